"""The addresses of the public pages, in both languages: `grants/` is `aides/` on the French side."""

import re
from typing import Any

from django.urls import URLPattern, path, register_converter
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from grants.exports.dialects import DIALECTS
from grants.exports.downloads import FORMATS

from . import (
    announcements,
    corrections,
    data,
    dialects,
    embeds,
    facets,
    feeds,
    grants,
    groups,
    home,
    organisations,
    over_time,
    programmes,
    projects,
    reconciliation,
    references,
    search,
    sources,
)
from .citing import STYLES


class EndingConverter:
    """The ending of a file that lists can be had as."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StyleConverter(EndingConverter):
    """The ending of a file that quotes a page."""

    regex = "|".join(STYLES)


class DialectConverter(EndingConverter):
    """The ending of a file in a neighbour's dialect."""

    regex = "|".join(map(re.escape, DIALECTS))


register_converter(EndingConverter, "ending")
register_converter(DialectConverter, "dialect")
register_converter(StyleConverter, "style")


def _ending(words: Any, ending: str) -> Any:
    """The same address with an ending instead of its last slash, in both languages."""
    return lazy(lambda: f"{words}".removesuffix("/") + ending, str)()


def _noun(noun: str, words: Any, record: Any, files: Any, list_view: Any, page_view: Any) -> list[URLPattern]:
    """The list, the same as a file, and the page of one record."""
    return [
        path(words, list_view.as_view(), name=f"{noun}-list"),
        path(files, list_view.as_view(), name=f"{noun}-download"),
        path(record, page_view.as_view(), name=f"{noun}-detail"),
        path(_ending(record, ".<style:style>"), page_view.as_view(), name=f"{noun}-reference"),
    ]


app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path(_("grants/embed/"), embeds.embed, name="grant-embed"),
    path(_ending(_("grants/"), ".<style:style>"), references.selection_reference, name="grant-list-reference"),
    path(_ending(_("data/"), ".<style:style>"), references.data_reference, name="data-reference"),
    *_noun(
        "grant",
        _("grants/"),
        _("grants/<slug:public_id>/"),
        _("grants.<ending:format>"),
        grants.GrantList,
        grants.GrantPage,
    ),
    *_noun(
        "organisation",
        _("recipients/"),
        _("recipients/<slug:public_id>/"),
        _("recipients.<ending:format>"),
        organisations.OrganisationList,
        organisations.OrganisationPage,
    ),
    *_noun(
        "announcement",
        _("announcements/"),
        _("announcements/<slug:public_id>/"),
        _("announcements.<ending:format>"),
        announcements.AnnouncementList,
        announcements.AnnouncementPage,
    ),
    *_noun(
        "programme",
        _("programmes/"),
        _("programmes/<slug:public_id>/"),
        _("programmes.<ending:format>"),
        programmes.ProgrammeList,
        programmes.ProgrammePage,
    ),
    path(_("programmes/<slug:public_id>/over-time.csv"), over_time.over_time, name="programme-over-time"),
    *_noun(
        "project",
        _("projects/"),
        _("projects/<slug:public_id>/"),
        _("projects.<ending:format>"),
        projects.ProjectList,
        projects.ProjectPage,
    ),
    *_noun(
        "source",
        _("sources/"),
        _("sources/<slug:public_id>/"),
        _("sources.<ending:format>"),
        sources.SourceList,
        sources.SourcePage,
    ),
    path(_ending(_("grants/"), ".atom"), require_safe(feeds.SelectionFeed()), name="grant-feed"),
    path(
        _ending(_("programmes/<slug:public_id>/"), ".atom"), require_safe(feeds.ProgrammeFeed()), name="programme-feed"
    ),
    path(
        _ending(_("recipients/<slug:public_id>/"), ".atom"),
        require_safe(feeds.OrganisationFeed()),
        name="organisation-feed",
    ),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections.atom", require_safe(corrections.CorrectionsFeed()), name="corrections-feed"),
    path(_("grants/facets/<slug:name>/"), facets.facet, name="grant-facet"),
    path(_("reconciliation/"), reconciliation.reconciliation, name="reconciliation"),
    path(_ending(_("grants/"), ".<dialect:format>"), dialects.grant_dialect, name="grant-dialect"),
    path(_("data/dialects/"), dialects.about_dialects, name="dialects"),
    path(_("grants/by/<slug:name>.<ending:format>"), groups.grant_groups, name="grant-groups"),
    path(_("data/"), data.data, name="data"),
    path(_("data/dictionary.csv"), data.dictionary, name="dictionary"),
    path(_("search/"), search.search, name="search"),
    path(_("search/suggestions/"), search.suggestions, name="search-suggestions"),
]
