"""The code lists of the registry, each defined once: stored code, English label (French in the catalogue)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def known_codes(name: str, **codes: type[models.TextChoices]) -> models.CheckConstraint:
    """The constraint that each of these columns holds a code of its list."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__in": choices.values for column, choices in codes.items()}),
        violation_error_message=_("A code is not one of its list."),
    )


def not_empty(name: str, column: str) -> models.CheckConstraint:
    """The constraint that a name or title is there."""
    return models.CheckConstraint(
        name=name,
        condition=~Q(**{column: ""}),
        violation_error_message=_("A record needs a name or title."),
    )


class Publication(models.TextChoices):
    """How far a record is on its way to the public, and back."""

    DRAFT = "draft", pgettext_lazy("publication", "draft")
    READY = "ready", pgettext_lazy("publication", "ready")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "withdrawn")


class Waiver(models.TextChoices):
    """Why one person alone could make a record ready and publish it."""

    NONE = "", _("none: two people saw it")
    SETTING = "setting", _("the registry's four-eyes rule is off")
    ADMINISTRATOR = "administrator", _("an administrator's exception")


class Measure(models.TextChoices):
    """What a figure counts."""

    ENVELOPE = "envelope", _("envelope")
    AID = "aid", _("aid")
    PROJECT_COST = "project_cost", _("project cost")
    RECIPIENTS = "recipients", _("recipients")
    PROJECTS = "projects", _("projects")
    MADE_AWARE = "made_aware", _("businesses made aware")
    SUPPORTED = "supported", _("businesses supported")
    MEMBERS = "members", _("members")
    SHARE = "share", _("share")


class Unit(models.TextChoices):
    """The unit of a figure's value: Canadian dollars, a count, or hundredths."""

    CAD = "CAD", _("Canadian dollars")
    COUNT = "count", _("count")
    PERCENT = "percent", _("percent")


UNIT_OF = {
    Measure.ENVELOPE: Unit.CAD,
    Measure.AID: Unit.CAD,
    Measure.PROJECT_COST: Unit.CAD,
    Measure.RECIPIENTS: Unit.COUNT,
    Measure.PROJECTS: Unit.COUNT,
    Measure.MADE_AWARE: Unit.COUNT,
    Measure.SUPPORTED: Unit.COUNT,
    Measure.MEMBERS: Unit.COUNT,
    Measure.SHARE: Unit.PERCENT,
}


class Qualifier(models.TextChoices):
    """The hedge that came with a number."""

    EXACT = "exact", pgettext_lazy("qualifier", "exactly")
    ABOUT = "about", pgettext_lazy("qualifier", "about")
    NEARLY = "nearly", pgettext_lazy("qualifier", "nearly")
    MORE_THAN = "more_than", pgettext_lazy("qualifier", "more than")
    AT_LEAST = "at_least", pgettext_lazy("qualifier", "at least")
    UP_TO = "up_to", pgettext_lazy("qualifier", "up to")


class Scope(models.TextChoices):
    """Whether a figure speaks of one act or of everything until its date."""

    ACT = "act", _("this act alone")
    CUMULATIVE = "cumulative", _("cumulative")


class Nature(models.TextChoices):
    """Whether a figure says what was promised, what is aimed at, or what came of it."""

    COMMITMENT = "commitment", _("commitment")
    TARGET = "target", _("target")
    RESULT = "result", _("result")


class Instrument(models.TextChoices):
    """The form that the money takes; releases often say only « aide financière »."""

    GRANT = "grant", pgettext_lazy("instrument", "grant")
    CONTRIBUTION = "contribution", _("contribution")
    REPAYABLE = "repayable", _("repayable contribution")
    LOAN = "loan", _("loan")
    GUARANTEE = "guarantee", _("guarantee")
    OTHER = "other", pgettext_lazy("instrument", "other")
    UNKNOWN = "", _("not provided")


class GrantStatus(models.TextChoices):
    """Where a grant stands in its life."""

    ANNOUNCED = "announced", pgettext_lazy("grant", "announced")
    AGREED = "agreed", pgettext_lazy("grant", "agreed")
    IN_PROGRESS = "in_progress", pgettext_lazy("grant", "in progress")
    COMPLETED = "completed", pgettext_lazy("grant", "completed")
    AMENDED = "amended", pgettext_lazy("grant", "amended")
    CANCELLED = "cancelled", pgettext_lazy("grant", "cancelled")
    UNKNOWN = "unknown", pgettext_lazy("grant", "unknown")


class ListState(models.TextChoices):
    """Whether the grants entered under an announcement are all of its grants."""

    COMPLETE = "complete", pgettext_lazy("list", "complete")
    PARTIAL = "partial", pgettext_lazy("list", "partial")


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is. Maps onto Canada's `recipient_type` codes."""

    COMPANY = "company", _("company")
    ASSOCIATION = "association", _("association or group")
    ACCELERATOR = "accelerator", _("accelerator or incubator")
    COLLEGE = "college", _("college")
    UNIVERSITY = "university", _("university")
    RESEARCH = "research", _("research or transfer centre")
    MUNICIPAL = "municipal", _("municipal or regional body")
    PUBLIC = "public", _("government or public body")
    INDIGENOUS = "indigenous", _("Indigenous organisation")
    INTERNATIONAL = "international", _("international organisation")
    OTHER = "other", pgettext_lazy("organisation", "other")
    UNKNOWN = "", _("not provided")


class NameKind(models.TextChoices):
    """Why an organisation has another name."""

    ALIAS = "alias", _("alias")
    ACRONYM = "acronym", _("acronym")
    FORMER = "former", _("former name")
    LEGAL = "legal", _("legal name")


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    PRESS_RELEASE = "press_release", _("press release")
    NEWS = "news", _("news report")
    REPORT = "report", pgettext_lazy("source", "report")
    DATASET = "dataset", _("dataset")
    DECREE = "decree", _("decree or order")
    WEBSITE = "website", _("web page")
    OTHER = "other", pgettext_lazy("source", "other")


class Language(models.TextChoices):
    """The languages of sources and names."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class ImportState(models.TextChoices):
    """How far an import has come. Nothing is written among the records before it is applied."""

    READING = "reading", pgettext_lazy("import", "being read")
    PREVIEW = "preview", pgettext_lazy("import", "to be looked at")
    APPLYING = "applying", pgettext_lazy("import", "being applied")
    APPLIED = "applied", pgettext_lazy("import", "applied")
    REFUSED = "refused", pgettext_lazy("import", "refused")
    CANCELLED = "cancelled", pgettext_lazy("import", "cancelled")
    FAILED = "failed", pgettext_lazy("import", "failed")
    UNDOING = "undoing", pgettext_lazy("import", "being undone")
    UNDONE = "undone", pgettext_lazy("import", "undone")


class CommuniqueState(models.TextChoices):
    """How far a press release has come. Nothing is written among the records before it is filed."""

    REVIEW = "review", pgettext_lazy("communique", "to be looked over")
    FILED = "filed", pgettext_lazy("communique", "filed")
    SET_ASIDE = "set_aside", pgettext_lazy("communique", "set aside")
