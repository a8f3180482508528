"""The public columns of each noun: name, words, kind, and how to get the value.

One list serves the downloads, their dictionaries, the data page and the API. Names of columns never change with the
language; codes come with their labels in both.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.models import Announcement, Grant, Organisation, Programme, Project, Source
from grants.models import codes as c

from . import expressions
from .public_columns import (
    PublicColumn,
    Sheet,
    both,
    coded,
    columns_of,
    grant_count,
    granted,
    joined,
    number,
    organisation,
    other_names,
    public_grants,
    public_projects,
    region,
    sources,
    stored,
)

GRANT_COLUMNS = columns_of(
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
        joined(public_projects, "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    PublicColumn(
        "projects", _("Projects"), joined(public_projects, "title_fr"), note=_("the amount is not split among them")
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

# What may tell who a natural person is: empty for a grant to one.
TELLING = {"recipient_kind", "recipient_kind_fr", "recipient_kind_en"}
TELLING |= {"reference", "negative_reason", "project_ids", "projects", "benefit_place"}
TELLING |= {"title_fr", "title_en", "description_fr", "description_en"}


def _unless_private(column: PublicColumn) -> PublicColumn:
    return replace(
        column, get=lambda language: expressions.unless("recipient__is_natural_person", column.get(language))
    )


GRANT_COLUMNS = tuple(_unless_private(one) if one.name in TELLING else one for one in GRANT_COLUMNS)

ORGANISATION_COLUMNS = columns_of(
    "organisation-detail",
    both("name", _("Name")),
    PublicColumn("other_names", _("Other names"), joined(other_names, "name"), note=_("separated by “; ”")),
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
    PublicColumn("grant_count", _("Number of grants"), grant_count, "integer"),
    PublicColumn("granted", _("Total granted"), granted, "money", _("sum of the known amounts, in dollars")),
    sources("organisation"),
)

ANNOUNCEMENT_COLUMNS = columns_of(
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

PROGRAMME_COLUMNS = columns_of(
    "programme-detail",
    both("name", _("Name")),
    PublicColumn("acronym", _("Acronym"), stored("acronym")),
    both("objective", _("Objective")),
    PublicColumn("launched", _("Launched"), stored("launched"), "date"),
    organisation("administrator", _("Administering organisation")),
    PublicColumn("parent_id", _("Parent programme"), stored("parent__public_id"), "identifier", _("public id")),
    sources("programme"),
)

PROJECT_COLUMNS = columns_of(
    "project-detail",
    both("title", _("Title")),
    both("description", _("Description")),
    both("sectors", _("Sectors")),
    organisation("organisation", _("Organisation")),
    PublicColumn(
        "grant_ids",
        _("Grants"),
        joined(public_grants, "public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    ),
    sources("project"),
)

SOURCE_COLUMNS = columns_of(
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
