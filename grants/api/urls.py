"""The addresses of the API, the same in both languages, each with what it is for."""

from typing import Any

from django.urls import URLPattern, path, re_path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import documentation, grants, nouns, parameters
from .operations import Operation
from .records import RecordDetail, RecordList
from .view import ApiView, NothingHere

app_name = "api"
SUMS = {"count": 9, "total": "23415130.00", "unknown": 1, "foreign": 0}  # an example


def _at(route: str, view: type[ApiView], name: str, operation: Operation) -> URLPattern:
    return path(route, view.as_view(operation=operation), name=name)


def _noun(
    name: str, list_view: type[RecordList], detail_view: type[RecordDetail], listed: str | Promise, one: str | Promise
) -> list[URLPattern]:
    """The list of a noun, and one of its records."""
    word = list_view.model.__name__
    detail = word if word in ("Source", "Figure") else f"{word}Detail"
    may = (308, 404, 410) if word == "Organisation" else (404, 410)

    def takes() -> list[dict[str, Any]]:
        return [*parameters.filtering(list_view.filters), *parameters.paging()]

    whole = Operation(f"list_{name}", name, listed, f"{word}Page", takes)
    single = Operation(f"get_{word.lower()}", name, one, detail, lambda: [parameters.public_id()], may=may)
    return [
        _at(f"{name}/", list_view, f"{word.lower()}-list", whole),
        _at(f"{name}/<slug:public_id>/", detail_view, f"{word.lower()}-detail", single),
    ]


def _selecting() -> list[dict[str, Any]]:
    return parameters.filtering(grants.GrantFilter)


def _of_grants(name: str, summary: str | Promise, gives: str, takes: Any = _selecting, **more: Any) -> Operation:
    return Operation(name, "grants", summary, gives, takes, **more)


urlpatterns: list[Any] = [
    _at("", documentation.Index, "index", Operation("index", "about", _("Where to begin"), "Index")),
    path("openapi.json", documentation.OpenApi.as_view(), name="openapi"),
    path("docs/", documentation.page, name="docs"),
    _at(
        "grants/",
        grants.GrantList,
        "grant-list",
        _of_grants(
            "list_grants",
            _("A selection of grants"),
            "GrantPage",
            lambda: [*_selecting(), parameters.sorting(), *parameters.paging()],
        ),
    ),
    _at(
        "grants/summary/",
        grants.GrantSummary,
        "grant-summary",
        _of_grants("summarise_grants", _("How many grants, and what they add up to"), "Sums", example=SUMS),
    ),
    _at(
        "grants/facets/",
        grants.GrantFacets,
        "grant-facets",
        _of_grants(
            "list_facets",
            _("What the selection can be narrowed by"),
            "FacetList",
            more=_("The counts of a facet follow all filters but its own."),
        ),
    ),
    _at(
        "grants/facets/<slug:name>/",
        grants.GrantFacet,
        "grant-facet",
        _of_grants(
            "get_facet",
            _("One facet"),
            "Facet",
            lambda: [parameters.facet_name(), *_selecting()],
            more=_("The counts of a facet follow all filters but its own."),
            may=(404,),
        ),
    ),
    _at(
        "grants/by/recipient/",
        grants.GrantRecipients,
        "grant-recipients",
        _of_grants(
            "group_grants_by_recipient",
            _("The selection by recipient, the largest first"),
            "RecipientGroupPage",
            lambda: [*_selecting(), *parameters.paging()],
        ),
    ),
    _at(
        "grants/by/<slug:name>/",
        grants.GrantGroups,
        "grant-groups",
        _of_grants(
            "group_grants",
            _("The selection by the values of a facet"),
            "GroupList",
            lambda: [parameters.facet_name(), *_selecting()],
            may=(404,),
        ),
    ),
    _at(
        "grants/<slug:public_id>/",
        grants.GrantDetail,
        "grant-detail",
        _of_grants("get_grant", _("One grant"), "GrantDetail", lambda: [parameters.public_id()], may=(404, 410)),
    ),
    *_noun(
        "organisations", nouns.OrganisationList, nouns.OrganisationDetail, _("Organisations"), _("One organisation")
    ),
    *_noun(
        "announcements", nouns.AnnouncementList, nouns.AnnouncementDetail, _("Announcements"), _("One announcement")
    ),
    *_noun("programmes", nouns.ProgrammeList, nouns.ProgrammeDetail, _("Programmes"), _("One programme")),
    *_noun("projects", nouns.ProjectList, nouns.ProjectDetail, _("Projects"), _("One project")),
    *_noun("sources", nouns.SourceList, nouns.SourceDetail, _("Sources"), _("One source")),
    *_noun("figures", nouns.FigureList, nouns.FigureDetail, _("Figures"), _("One figure")),
    _at("regions/", nouns.RegionList, "region-list", Operation("list_regions", "regions", _("Regions"), "RegionList")),
    _at(
        "regions/<slug:code>/",
        nouns.RegionDetail,
        "region-detail",
        Operation("get_region", "regions", _("One region"), "Region", lambda: [parameters.region_code()], may=(404,)),
    ),
    # All else that ends as addresses do here; without the last slash Django leads to the address that has it.
    re_path(r"^(?:[\s\S]*/)?\Z", NothingHere.as_view(), name="nothing"),
]
