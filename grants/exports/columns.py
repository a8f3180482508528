"""The public columns of each noun: name, words, kind, and how to get the value.

One list serves the downloads and the dictionary of fields on the data page. Names of columns never change with the
language; codes come with their labels in both. A natural person is never named, nor is anything unpublished.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

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
from grants.search.filters import with_grants

from .cells import Column, Kind

Getter = Callable[[Any], Any]
SEPARATOR = "; "
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class PublicColumn:
    """A column and its place of origin; `note` explains what the label cannot."""

    name: str
    label: str | Promise
    get: Getter
    kind: Kind = "text"
    note: str | Promise = ""

    def column(self) -> Column:
        """As the writers want it, its label in the language of the moment."""
        return Column(self.name, str(self.label), self.kind)


@dataclass(frozen=True)
class Sheet:
    """What a noun is as a file: the word that begins the file's name, title, columns, and what their values need."""

    page: str
    word: str | Promise
    title: str | Promise
    columns: tuple[PublicColumn, ...]
    prepare: Callable[[QuerySet], QuerySet]

    def rows(self, records: QuerySet, language: str) -> Iterator[list[Any]]:
        """The values of the records, in their order, a few at a time."""
        for record in self.prepare(records).iterator(chunk_size=ROWS_AT_ONCE):
            with override(language):
                row = [column.get(record) for column in self.columns]
            yield row


# ── How to get a value ───────────────────────────────────────────────────────────────────────────────────


def path(dotted: str) -> Getter:
    """The value at the end of a dotted path, None where it breaks off."""
    steps = dotted.split(".")
    return lambda record: functools.reduce(lambda at, step: getattr(at, step, None), steps, record)


def named(field: str, language: str) -> Getter:
    """The public name of an organisation; an English name only where there is one."""

    def get(record: Any) -> str | None:
        organisation = path(field)(record) if field else record
        if organisation is None:
            return None
        text = organisation.public_name(language)
        return None if text.is_fallback else text.value

    return get


def public_id_of(field: str) -> Getter:
    """The public id of an organisation, none for a natural person."""

    def get(record: Any) -> str | None:
        organisation = path(field)(record)
        return None if organisation is None or organisation.is_natural_person else organisation.public_id

    return get


def joined(attribute: str, field: str) -> Getter:
    """The values of several related records in one cell."""
    return lambda record: SEPARATOR.join(str(getattr(one, field)) for one in getattr(record, attribute))


def sources_of(record: Any) -> str:
    return SEPARATOR.join(citation.source.public_id for citation in record.public_citations)


def address(view: str) -> Getter:
    return lambda record: settings.SITE_URL.rstrip("/") + reverse(f"public:{view}", args=[record.public_id])


@functools.cache
def _labels(codes: Any, language: str) -> dict[str, str]:
    with override(language):
        return {code.value: str(code.label) for code in codes}


# ── Columns that come in groups ──────────────────────────────────────────────────────────────────────────


def coded(name: str, label: Any, codes: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A code and its labels in both languages."""
    value = path(at or name)

    def label_in(language: str) -> Getter:
        return lambda record: _labels(codes, language).get(value(record) or "", None)

    return (
        PublicColumn(name, label, value, "identifier", _("code")),
        PublicColumn(f"{name}_fr", label, label_in("fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, label_in("en"), note=_("in English")),
    )


def both(name: str, label: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A text in both languages."""
    start = f"{at}." if at else ""
    return (
        PublicColumn(f"{name}_fr", label, path(f"{start}{name.split('_')[-1]}_fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, path(f"{start}{name.split('_')[-1]}_en"), note=_("in English")),
    )


def organisation(name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(f"{name}_id", label, public_id_of(name), "identifier", _("public id")),
        PublicColumn(f"{name}_fr", label, named(name, "fr"), note=_("name in French; “Particulier” for a person")),
        PublicColumn(f"{name}_en", label, named(name, "en"), note=_("name in English, where there is one")),
    )


def region(at: str, name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(name, label, path(f"{at}.code"), "identifier", _("two-character code")),
        PublicColumn(f"{name}_name", label, path(f"{at}.name_fr"), note=_("official name")),
    )


def frame(view: str) -> tuple[tuple[PublicColumn, ...], tuple[PublicColumn, ...]]:
    """What begins and what ends every sheet."""
    start = (PublicColumn("id", _("Public id"), path("public_id"), "identifier", _("never changes")),)
    end = (
        PublicColumn("published_at", _("Published in the registry"), path("published_at"), "date"),
        PublicColumn("modified_at", _("Last changed"), path("modified_at"), "date"),
        PublicColumn("address", _("Address"), address(view), note=_("of its page in this registry")),
    )
    return start, end


SOURCES = PublicColumn(
    "sources", pgettext_lazy("column", "Sources"), sources_of, "identifier", _("public ids, separated by “; ”")
)

# ── The nouns ────────────────────────────────────────────────────────────────────────────────────────────


def _columns(view: str, *groups: PublicColumn | tuple[PublicColumn, ...]) -> tuple[PublicColumn, ...]:
    start, end = frame(view)
    middle = [column for group in groups for column in (group if isinstance(group, tuple) else (group,))]
    return (*start, *middle, *end)


GRANT_COLUMNS = _columns(
    "grant-detail",
    organisation("recipient", _("Recipient")),
    coded("recipient_kind", _("Kind of recipient"), c.OrganisationKind, "recipient.kind"),
    organisation("funder", _("Funder")),
    PublicColumn("programme_id", _("Programme"), path("programme.public_id"), "identifier", _("public id")),
    both("programme_name", _("Programme"), "programme"),
    PublicColumn("announcement_id", _("Announcement"), path("announcement.public_id"), "identifier", _("public id")),
    PublicColumn("reference", _("Reference"), path("reference"), "identifier", _("number of the agreement")),
    PublicColumn("amount", _("Amount"), path("amount"), "money", _("empty when unknown, never 0")),
    PublicColumn("currency", _("Currency"), path("currency"), "identifier"),
    PublicColumn("negative_reason", _("Reason of a negative amount"), path("negative_reason")),
    PublicColumn("total_project_cost", _("Total project cost"), path("total_project_cost"), "money"),
    coded("instrument", _("Instrument"), c.Instrument),
    both("title", _("Title")),
    both("description", _("Description")),
    PublicColumn(
        "project_ids",
        _("Projects"),
        joined("public_projects", "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    PublicColumn(
        "projects", _("Projects"), joined("public_projects", "title_fr"), note=_("the amount is not split among them")
    ),
    region("benefit_region", "benefit_region", _("Region that benefits")),
    PublicColumn("benefit_place", _("Place that benefits"), path("benefit_place")),
    PublicColumn("date", _("Date"), path("date"), "date", _("ISO 8601, as precise as it is known")),
    PublicColumn("agreement_start", _("Start of the agreement"), path("agreement_start"), "date"),
    PublicColumn("agreement_end", _("End of the agreement"), path("agreement_end"), "date"),
    coded("status", _("Status"), c.GrantStatus),
    PublicColumn("status_date", _("Status as of"), path("status_date"), "date"),
    SOURCES,
)

# Words that may tell who a natural person is: empty for a grant to one.
TELLING = {"reference", "negative_reason", "project_ids", "projects", "benefit_place"}
TELLING |= {"title_fr", "title_en", "description_fr", "description_en"}


def _unless_private(column: PublicColumn) -> PublicColumn:
    return replace(column, get=lambda grant: None if grant.is_private else column.get(grant))


GRANT_COLUMNS = tuple(_unless_private(one) if one.name in TELLING else one for one in GRANT_COLUMNS)

ORGANISATION_COLUMNS = _columns(
    "organisation-detail",
    both("name", _("Name")),
    PublicColumn("other_names", _("Other names"), joined("all_names", "name"), note=_("separated by “; ”")),
    coded("kind", _("Kind"), c.OrganisationKind),
    PublicColumn("is_nonprofit", _("Non-profit"), path("is_nonprofit"), "boolean", _("empty when unknown")),
    PublicColumn("neq", _("NEQ"), path("neq"), "identifier", _("Québec enterprise number")),
    PublicColumn("founded", _("Founded or opened"), path("founded"), "date"),
    organisation("parent", _("Host or parent organisation")),
    PublicColumn("city", _("City"), path("city")),
    region("region", "region", _("Region")),
    both("territory", _("Territory served")),
    both("description", _("Description")),
    PublicColumn("website", _("Website"), path("website")),
    PublicColumn("grant_count", _("Number of grants"), path("grant_count"), "integer"),
    PublicColumn("granted", _("Total granted"), path("granted"), "money", _("sum of the known amounts, in dollars")),
    SOURCES,
)

ANNOUNCEMENT_COLUMNS = _columns(
    "announcement-detail",
    PublicColumn("programme_id", _("Programme"), path("programme.public_id"), "identifier", _("public id")),
    both("programme_name", _("Programme"), "programme"),
    PublicColumn("date", _("Date"), path("date"), "date"),
    both("title", _("Title")),
    PublicColumn("place", _("Place"), path("place")),
    both("summary", _("Summary")),
    coded("list_state", _("List of grants"), c.ListState),
    SOURCES,
)

PROGRAMME_COLUMNS = _columns(
    "programme-detail",
    both("name", _("Name")),
    PublicColumn("acronym", _("Acronym"), path("acronym")),
    both("objective", _("Objective")),
    PublicColumn("launched", _("Launched"), path("launched"), "date"),
    organisation("administrator", _("Administering organisation")),
    PublicColumn("parent_id", _("Parent programme"), path("parent.public_id"), "identifier", _("public id")),
    SOURCES,
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
        joined("public_grants", "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    SOURCES,
)

SOURCE_COLUMNS = _columns(
    "source-detail",
    PublicColumn("title", _("Title"), path("title"), note=_("in the language of the document")),
    PublicColumn("url", _("Address of the document"), path("url")),
    PublicColumn("publisher", _("Publisher"), path("publisher")),
    coded("language", _("Language"), c.Language),
    coded("kind", _("Kind"), c.SourceKind),
    PublicColumn("published", _("Published on"), path("published"), "date"),
    PublicColumn("retrieved", _("Retrieved on"), path("retrieved"), "date"),
)


# ── What the values need ─────────────────────────────────────────────────────────────────────────────────


def public_citations() -> Prefetch:
    citations = Citation.objects.published().select_related("source")
    return Prefetch("citations", citations, to_attr="public_citations")


def _grants(records: QuerySet) -> QuerySet:
    projects = Prefetch("projects", Project.objects.published().order_by("pk"), to_attr="public_projects")
    related = ("recipient", "funder", "programme", "announcement", "benefit_region")
    return records.select_related(*related).prefetch_related(projects, public_citations())


def _organisations(records: QuerySet) -> QuerySet:
    names = Prefetch("names", OrganisationName.objects.all(), to_attr="all_names")
    return with_grants(records).select_related("parent", "region").prefetch_related(names, public_citations())


def _projects(records: QuerySet) -> QuerySet:
    grants = Prefetch("grants", Grant.objects.published().order_by("pk"), to_attr="public_grants")
    return records.select_related("organisation").prefetch_related(grants, public_citations())


def _related(*names: str) -> Callable[[QuerySet], QuerySet]:
    return lambda records: records.select_related(*names).prefetch_related(public_citations())


SHEETS: dict[Any, Sheet] = {
    Grant: Sheet("grant", _("grants"), _("Grants"), GRANT_COLUMNS, _grants),
    Organisation: Sheet("organisation", _("recipients"), _("Recipients"), ORGANISATION_COLUMNS, _organisations),
    Announcement: Sheet(
        "announcement", _("announcements"), _("Announcements"), ANNOUNCEMENT_COLUMNS, _related("programme")
    ),
    Programme: Sheet(
        "programme", _("programmes"), _("Programmes"), PROGRAMME_COLUMNS, _related("administrator", "parent")
    ),
    Project: Sheet("project", _("projects"), _("Projects"), PROJECT_COLUMNS, _projects),
    Source: Sheet("source", _("sources"), _("Sources"), SOURCE_COLUMNS, lambda records: records),
}
