"""The public columns of each noun: name, words, kind, and how to get the value.

One list serves the downloads and the dictionary of fields on the data page. Names of columns never change with the
language; codes come with their labels in both. A natural person is never named, nor is anything unpublished.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Expression, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy

from grants.models import (
    Announcement,
    Citation,
    Grant,
    Organisation,
    OrganisationName,
    Programme,
    Project,
    Source,
)
from grants.models import codes as c

from . import expressions
from .cells import Column, Kind
from .tables import Field, Table

# What a column's value is in PostgreSQL, for a reader of that language.
Getter = Callable[[str], Expression | F]


@dataclass(frozen=True)
class PublicColumn:
    """A column and its place of origin; `note` explains what the label cannot."""

    name: str
    label: str | Promise
    get: Getter
    kind: Kind = "text"
    note: str | Promise = ""

    def field(self, language: str) -> Field:
        """As a table wants it, its label in the language of the moment."""
        return Field(Column(self.name, str(self.label), self.kind), self.get(language))


@dataclass(frozen=True)
class Sheet:
    """What a noun is as a file: the word that begins the file's name, its title and columns."""

    page: str
    word: str | Promise
    title: str | Promise
    columns: tuple[PublicColumn, ...]

    def table(self, records: QuerySet, language: str) -> Table:
        """The records as rows, in their order, for a reader of that language."""
        return Table(records, [column.field(language) for column in self.columns])


# ── How to get a value ───────────────────────────────────────────────────────────────────────────────────


def stored(path: str) -> Getter:
    """A text, code or partial date."""
    return lambda language: expressions.text(path)


def number(path: str) -> Getter:
    """An amount, a count or a truth."""
    return lambda language: F(path)


def moment(path: str) -> Getter:
    return lambda language: expressions.moment(path)


def named(at: str, language: str) -> Getter:
    """The public name of an organisation; an English name only where there is one."""

    def get(_language: str) -> Expression:
        with override(language):
            individual = Value(pgettext("recipient", "Individual"))
        name = expressions.text(f"{at}__name_{language}")
        return Case(When(**{f"{at}__is_natural_person": True}, then=individual), default=name, output_field=TextField())

    return get


def public_id_of(at: str) -> Getter:
    """The public id of an organisation, none for a natural person."""
    return lambda language: expressions.unless(f"{at}__is_natural_person", F(f"{at}__public_id"))


def joined(records: Callable[[], QuerySet], field: str) -> Getter:
    """The values of several related records in one cell."""
    return lambda language: expressions.joined(records(), field)


def address(view: str) -> Getter:
    """The address of a record's page in the reader's language."""

    def get(language: str) -> Expression:
        mark = "public-id"
        with override(language):
            start, _mark, end = reverse(f"public:{view}", args=[mark]).rpartition(mark)
        return expressions.around(settings.SITE_URL.rstrip("/") + start, "public_id", end)

    return get


# ── Related records that the public may see ──────────────────────────────────────────────────────────────


def _projects() -> QuerySet:
    return Project.objects.published().filter(grants=OuterRef("pk")).order_by("pk")


def _grants() -> QuerySet:
    return Grant.objects.published().filter(projects=OuterRef("pk")).order_by("pk")


def _other_names() -> QuerySet:
    return OrganisationName.objects.filter(organisation=OuterRef("pk"))


def _received(number: Expression) -> Any:
    grants = Grant.objects.published().filter(recipient=OuterRef("pk")).order_by()
    return Subquery(grants.values("recipient").annotate(number=number).values("number"))


def _grant_count(language: str) -> Expression:
    return Coalesce(_received(Count("pk")), 0)


def _granted(language: str) -> Expression:
    return _received(Sum("amount", filter=Q(currency="CAD")))


# ── Columns that come in groups ──────────────────────────────────────────────────────────────────────────


def coded(name: str, label: Any, codes: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A code and its labels in both languages."""

    def label_in(language: str) -> Getter:
        def get(_language: str) -> Expression:
            with override(language):
                words = [(code.value, str(code.label)) for code in codes]
            return expressions.in_words(at or name, words)

        return get

    return (
        PublicColumn(name, label, stored(at or name), "identifier", _("code")),
        PublicColumn(f"{name}_fr", label, label_in("fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, label_in("en"), note=_("in English")),
    )


def both(name: str, label: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A text in both languages."""
    field = f"{at}__{name.split('_')[-1]}" if at else name
    return (
        PublicColumn(f"{name}_fr", label, stored(f"{field}_fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, stored(f"{field}_en"), note=_("in English")),
    )


def organisation(name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(f"{name}_id", label, public_id_of(name), "identifier", _("public id")),
        PublicColumn(f"{name}_fr", label, named(name, "fr"), note=_("name in French; “Particulier” for a person")),
        PublicColumn(f"{name}_en", label, named(name, "en"), note=_("name in English, where there is one")),
    )


def region(at: str, name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(name, label, stored(f"{at}__code"), "identifier", _("two-character code")),
        PublicColumn(f"{name}_name", label, stored(f"{at}__name_fr"), note=_("official name")),
    )


def frame(view: str) -> tuple[tuple[PublicColumn, ...], tuple[PublicColumn, ...]]:
    """What begins and what ends every sheet."""
    start = (PublicColumn("id", _("Public id"), stored("public_id"), "identifier", _("never changes")),)
    end = (
        PublicColumn("published_at", _("Published in the registry"), moment("published_at"), "date"),
        PublicColumn("modified_at", _("Last changed"), moment("modified_at"), "date"),
        PublicColumn("address", _("Address"), address(view), note=_("of its page in this registry")),
    )
    return start, end


def sources(subject: str) -> PublicColumn:
    """The documents that support the record, as far as the public may see them."""
    return PublicColumn(
        "sources",
        pgettext_lazy("column", "Sources"),
        joined(lambda: Citation.objects.published().filter(**{subject: OuterRef("pk")}), "source__public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    )


# ── The nouns ────────────────────────────────────────────────────────────────────────────────────────────


def _columns(view: str, *groups: PublicColumn | tuple[PublicColumn, ...]) -> tuple[PublicColumn, ...]:
    start, end = frame(view)
    middle = [column for group in groups for column in (group if isinstance(group, tuple) else (group,))]
    return (*start, *middle, *end)


GRANT_COLUMNS = _columns(
    "grant-detail",
    organisation("recipient", _("Recipient")),
    coded("recipient_kind", _("Kind of recipient"), c.OrganisationKind, "recipient__kind"),
    organisation("funder", _("Funder")),
    PublicColumn("programme_id", _("Programme"), stored("programme__public_id"), "identifier", _("public id")),
    both("programme_name", _("Programme"), "programme"),
    PublicColumn("announcement_id", _("Announcement"), stored("announcement__public_id"), "identifier", _("public id")),
    PublicColumn("reference", _("Reference"), stored("reference"), "identifier", _("number of the agreement")),
    PublicColumn("amount", _("Amount"), number("amount"), "money", _("empty when unknown, never 0")),
    PublicColumn("currency", _("Currency"), stored("currency"), "identifier"),
    PublicColumn("negative_reason", _("Reason of a negative amount"), stored("negative_reason")),
    PublicColumn("total_project_cost", _("Total project cost"), number("total_project_cost"), "money"),
    coded("instrument", _("Instrument"), c.Instrument),
    both("title", _("Title")),
    both("description", _("Description")),
    PublicColumn(
        "project_ids",
        _("Projects"),
        joined(_projects, "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    PublicColumn(
        "projects", _("Projects"), joined(_projects, "title_fr"), note=_("the amount is not split among them")
    ),
    region("benefit_region", "benefit_region", _("Region that benefits")),
    PublicColumn("benefit_place", _("Place that benefits"), stored("benefit_place")),
    PublicColumn("date", _("Date"), stored("date"), "date", _("ISO 8601, as precise as it is known")),
    PublicColumn("agreement_start", _("Start of the agreement"), stored("agreement_start"), "date"),
    PublicColumn("agreement_end", _("End of the agreement"), stored("agreement_end"), "date"),
    coded("status", _("Status"), c.GrantStatus),
    PublicColumn("status_date", _("Status as of"), stored("status_date"), "date"),
    sources("grant"),
)

# Words that may tell who a natural person is: empty for a grant to one.
TELLING = {"reference", "negative_reason", "project_ids", "projects", "benefit_place"}
TELLING |= {"title_fr", "title_en", "description_fr", "description_en"}


def _unless_private(column: PublicColumn) -> PublicColumn:
    return replace(
        column, get=lambda language: expressions.unless("recipient__is_natural_person", column.get(language))
    )


GRANT_COLUMNS = tuple(_unless_private(one) if one.name in TELLING else one for one in GRANT_COLUMNS)

ORGANISATION_COLUMNS = _columns(
    "organisation-detail",
    both("name", _("Name")),
    PublicColumn("other_names", _("Other names"), joined(_other_names, "name"), note=_("separated by “; ”")),
    coded("kind", _("Kind"), c.OrganisationKind),
    PublicColumn("is_nonprofit", _("Non-profit"), number("is_nonprofit"), "boolean", _("empty when unknown")),
    PublicColumn("neq", _("NEQ"), stored("neq"), "identifier", _("Québec enterprise number")),
    PublicColumn("founded", _("Founded or opened"), stored("founded"), "date"),
    organisation("parent", _("Host or parent organisation")),
    PublicColumn("city", _("City"), stored("city")),
    region("region", "region", _("Region")),
    both("territory", _("Territory served")),
    both("description", _("Description")),
    PublicColumn("website", _("Website"), stored("website")),
    PublicColumn("grant_count", _("Number of grants"), _grant_count, "integer"),
    PublicColumn("granted", _("Total granted"), _granted, "money", _("sum of the known amounts, in dollars")),
    sources("organisation"),
)

ANNOUNCEMENT_COLUMNS = _columns(
    "announcement-detail",
    PublicColumn("programme_id", _("Programme"), stored("programme__public_id"), "identifier", _("public id")),
    both("programme_name", _("Programme"), "programme"),
    PublicColumn("date", _("Date"), stored("date"), "date"),
    both("title", _("Title")),
    PublicColumn("place", _("Place"), stored("place")),
    both("summary", _("Summary")),
    coded("list_state", _("List of grants"), c.ListState),
    sources("announcement"),
)

PROGRAMME_COLUMNS = _columns(
    "programme-detail",
    both("name", _("Name")),
    PublicColumn("acronym", _("Acronym"), stored("acronym")),
    both("objective", _("Objective")),
    PublicColumn("launched", _("Launched"), stored("launched"), "date"),
    organisation("administrator", _("Administering organisation")),
    PublicColumn("parent_id", _("Parent programme"), stored("parent__public_id"), "identifier", _("public id")),
    sources("programme"),
)

PROJECT_COLUMNS = _columns(
    "project-detail",
    both("title", _("Title")),
    both("description", _("Description")),
    both("sectors", _("Sectors")),
    organisation("organisation", _("Organisation")),
    PublicColumn(
        "grant_ids",
        _("Grants"),
        joined(_grants, "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    sources("project"),
)

SOURCE_COLUMNS = _columns(
    "source-detail",
    PublicColumn("title", _("Title"), stored("title"), note=_("in the language of the document")),
    PublicColumn("url", _("Address of the document"), stored("url")),
    PublicColumn("publisher", _("Publisher"), stored("publisher")),
    coded("language", _("Language"), c.Language),
    coded("kind", _("Kind"), c.SourceKind),
    PublicColumn("published", _("Published on"), stored("published"), "date"),
    PublicColumn("retrieved", _("Retrieved on"), stored("retrieved"), "date"),
)


SHEETS: dict[Any, Sheet] = {
    Grant: Sheet("grant", _("grants"), _("Grants"), GRANT_COLUMNS),
    Organisation: Sheet("organisation", _("recipients"), _("Recipients"), ORGANISATION_COLUMNS),
    Announcement: Sheet("announcement", _("announcements"), _("Announcements"), ANNOUNCEMENT_COLUMNS),
    Programme: Sheet("programme", _("programmes"), _("Programmes"), PROGRAMME_COLUMNS),
    Project: Sheet("project", _("projects"), _("Projects"), PROJECT_COLUMNS),
    Source: Sheet("source", _("sources"), _("Sources"), SOURCE_COLUMNS),
}
