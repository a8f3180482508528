"""The public fields of each noun, as corrections tell them: in which words, and whether the values are told at all.

Of texts, and of whom a record points to, only the fact of a change is told: a name entered by mistake may be the very
reason for the correction. Of grants to natural persons the words are not public, so nothing is told of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from grants.bilingual import current_language
from grants.models import Announcement, Figure, Grant, Organisation, Programme, Project, Source
from grants.models import codes as c
from grants.values import wording
from grants.values.partial_dates import PartialDate


@dataclass(frozen=True)
class Change:
    """One field: its words, what it was, what it became (both empty where only the fact of a change is told)."""

    label: str | Promise
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Field:
    """A public field: column, words, and how its value reads (None: its values are not told)."""

    name: str
    label: str | Promise
    in_words: Callable[[Any], str] | None = None
    is_private: bool = False  # not public of grants to natural persons


def _money(value: Any) -> str:
    return _("not provided") if value is None else wording.money(value, current_language())


def _number(value: Any) -> str:
    return wording.number(value, current_language())


def _date(value: PartialDate | None) -> str:
    return wording.date(value, current_language()) if value else _("not provided")


def _text(value: Any) -> str:
    return str(value) if value else _("not provided")


def _yes_or_no(value: bool | None) -> str:
    words = {True: pgettext("non-profit", "yes"), False: pgettext("non-profit", "no")}
    return words.get(value, _("not provided")) if value is not None else _("not provided")


def _label(codes: Any) -> Callable[[Any], str]:
    return lambda value: str(codes(value).label) if value in codes.values and value else _text(value)


FIELDS: dict[type[Model], tuple[Field, ...]] = {
    Grant: (
        Field("amount", gettext_lazy("Amount"), _money),
        Field("currency", gettext_lazy("Currency"), _text),
        Field("total_project_cost", gettext_lazy("Total project cost"), _money),
        Field("instrument", gettext_lazy("Instrument"), _label(c.Instrument)),
        Field("status", gettext_lazy("Status"), _label(c.GrantStatus)),
        Field("status_date", gettext_lazy("Status as of"), _date),
        Field("date", gettext_lazy("Date"), _date),
        Field("agreement_start", gettext_lazy("Start of the agreement"), _date),
        Field("agreement_end", gettext_lazy("End of the agreement"), _date),
        Field("reference", gettext_lazy("Reference"), _text, is_private=True),
        Field("benefit_place", gettext_lazy("Place that benefits"), _text, is_private=True),
        Field("recipient_id", gettext_lazy("Recipient")),
        Field("funder_id", gettext_lazy("Funder")),
        Field("programme_id", gettext_lazy("Programme")),
        Field("announcement_id", gettext_lazy("Announcement")),
        Field("benefit_region_id", gettext_lazy("Region that benefits")),
        Field("title_fr", gettext_lazy("Title"), is_private=True),
        Field("title_en", gettext_lazy("Title in English"), is_private=True),
        Field("description_fr", gettext_lazy("Description"), is_private=True),
        Field("description_en", gettext_lazy("Description in English"), is_private=True),
    ),
    Organisation: (
        Field("name_fr", gettext_lazy("Name")),
        Field("name_en", gettext_lazy("Name in English")),
        Field("kind", gettext_lazy("Kind"), _label(c.OrganisationKind)),
        Field("is_nonprofit", gettext_lazy("Non-profit"), _yes_or_no),
        Field("neq", gettext_lazy("NEQ"), _text),
        Field("founded", gettext_lazy("Founded or opened"), _date),
        Field("description_fr", gettext_lazy("Description")),
        Field("description_en", gettext_lazy("Description in English")),
        Field("website", gettext_lazy("Website")),
        Field("parent_id", gettext_lazy("Host or parent organisation")),
        Field("city", gettext_lazy("City"), _text),
        Field("region_id", gettext_lazy("Region")),
        Field("territory_fr", gettext_lazy("Territory served")),
        Field("territory_en", gettext_lazy("Territory served")),
    ),
    Programme: (
        Field("name_fr", gettext_lazy("Name")),
        Field("name_en", gettext_lazy("Name in English")),
        Field("acronym", gettext_lazy("Acronym"), _text),
        Field("objective_fr", gettext_lazy("Objective")),
        Field("objective_en", gettext_lazy("Objective in English")),
        Field("launched", gettext_lazy("Launched"), _date),
        Field("administrator_id", gettext_lazy("Administering organisation")),
        Field("parent_id", gettext_lazy("Parent programme")),
    ),
    Announcement: (
        Field("date", gettext_lazy("Date"), _date),
        Field("title_fr", gettext_lazy("Title")),
        Field("title_en", gettext_lazy("Title in English")),
        Field("place", gettext_lazy("Place"), _text),
        Field("summary_fr", gettext_lazy("Summary")),
        Field("summary_en", gettext_lazy("Summary in English")),
        Field("list_state", gettext_lazy("List of grants"), _label(c.ListState)),
        Field("programme_id", gettext_lazy("Programme")),
    ),
    Project: (
        Field("title_fr", gettext_lazy("Title")),
        Field("title_en", gettext_lazy("Title in English")),
        Field("description_fr", gettext_lazy("Description")),
        Field("description_en", gettext_lazy("Description in English")),
        Field("sectors_fr", gettext_lazy("Sectors")),
        Field("sectors_en", gettext_lazy("Sectors in English")),
        Field("organisation_id", gettext_lazy("Organisation")),
    ),
    Figure: (
        Field("value", gettext_lazy("Value"), _number),
        Field("qualifier", gettext_lazy("Qualifier"), _label(c.Qualifier)),
        Field("measure", gettext_lazy("Measure"), _label(c.Measure)),
        Field("scope", gettext_lazy("Scope"), _label(c.Scope)),
        Field("nature", gettext_lazy("Nature"), _label(c.Nature)),
        Field("as_of", gettext_lazy("As of"), _date),
        Field("source_id", gettext_lazy("Source")),
        Field("wording", gettext_lazy("Words as written")),
        Field("note_fr", gettext_lazy("Note")),
        Field("note_en", gettext_lazy("Note in English")),
    ),
    Source: (
        Field("title", gettext_lazy("Title")),
        Field("url", gettext_lazy("Address of the document")),
        Field("publisher", gettext_lazy("Publisher")),
        Field("language", gettext_lazy("Language"), _label(c.Language)),
        Field("kind", gettext_lazy("Kind"), _label(c.SourceKind)),
        Field("published", gettext_lazy("Published on"), _date),
        Field("retrieved", gettext_lazy("Retrieved on"), _date),
    ),
}


def changes_between(model: type[Model], before: Any, after: Any, *, is_private: bool = False) -> list[Change]:
    """The public fields that differ between two states of a record (rows of its history).

    `is_private`: it is a grant to a natural person.
    """
    told = [field for field in FIELDS[model] if not (is_private and field.is_private)]
    return [
        Change(field.label, field.in_words(old), field.in_words(new)) if field.in_words else Change(field.label)
        for field in told
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    ]


def persons_among(states: Iterable[Any]) -> set[int]:
    """The keys of the natural persons to whom a grant went in any of these states of its history.

    What it said then was not public, and stays so whoever it goes to now. One query, or none.
    """
    keys = {state.recipient_id for state in states}
    persons = Organisation.objects.filter(pk__in=keys, is_natural_person=True)
    return set(persons.values_list("pk", flat=True)) if keys else set()
