"""Addresses for templates: a selection with a change, its downloads, the page in the other language.

All of them keep the visitor's place. They read `request.path` and `request.GET` only, never the host.
"""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, get_script_prefix, reverse, translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext_lazy as _

from grants.bilingual import ENGLISH, FRENCH, current_language

register = template.Library()

# Name of the page in `public`, and its word in the menu.
MENU = (
    ("home", _("Home")),
    ("grant-list", _("Grants")),
    ("organisation-list", _("Recipients")),
    ("announcement-list", _("Announcements")),
    ("programme-list", _("Programmes")),
    ("project-list", _("Projects")),
    ("source-list", _("Sources")),
    ("reconciliation", _("Reconciliation")),
    ("data", _("Data")),
)

OF_THE_PAGE = ("page", "view", "measure", "period")


def _request(context: dict[str, Any]) -> HttpRequest | None:
    return context.get("request")


def _query(context: dict[str, Any]) -> QueryDict:
    request = _request(context)
    return request.GET.copy() if request else QueryDict(mutable=True)


def _as_href(query: QueryDict) -> str:
    """`?a=b`; the current address without any question when nothing is left."""
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """`{% query_with sort="-amount" %}`: the current selection with changes (None takes away).

    Any change goes back to the first page, unless the page is what changes.
    """
    query = _query(context)
    query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return _as_href(query)


@register.simple_tag(takes_context=True)
def download_url(context: dict[str, Any], ending: str) -> str:
    """The current list and its filters as a file: `/aides/?region=06&page=2` gives `/aides.csv?region=06`."""
    request, selection = _request(context), context.get("selection")
    path = request.path.rstrip("/") if request else ""
    question = selection.canonical if selection is not None else _asked_of_the_list(context)
    return f"{path}.{ending}" + (f"?{question}" if question else "")


def _asked_of_the_list(context: dict[str, Any]) -> str:
    """The question without what is of the page alone."""
    query = _query(context)
    for name in OF_THE_PAGE:
        query.pop(name, None)
    return query.urlencode()


class SortLink(NamedTuple):
    """A column that sorts: `state` is ascending, descending or empty; `href` turns it round."""

    href: str
    state: str


@register.simple_tag(takes_context=True)
def sort_link(context: dict[str, Any], field: str, param: str = "sort") -> SortLink:
    """`{% sort_link "amount" as link %}`: where a click on this column leads, and how it is sorted now."""
    request = _request(context)
    now = (request.GET.get(param) if request else "") or str(context.get("default_sort", ""))
    state = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    turned = f"-{field}" if state == "ascending" else field
    return SortLink(query_with(context, **{param: turned}), state)


@register.simple_tag
def page_range(page: Page) -> list[int | str]:
    """The page numbers to show around `page`, an ellipsis standing for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


class MenuItem(NamedTuple):
    """One entry of the main menu; `current` is `page`, `true` (a page under it) or empty."""

    href: str
    label: str
    current: str


@register.simple_tag(takes_context=True)
def main_menu(context: dict[str, Any]) -> list[MenuItem]:
    """The pages of the menu that this site has."""
    request = _request(context)
    path = request.path if request else ""
    return [MenuItem(href, str(label), _current(href, path)) for name, label in MENU if (href := _page(name))]


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    return "true" if href != _home() and path.startswith(href) else ""


def _page(name: str) -> str:
    try:
        return reverse(f"public:{name}")
    except NoReverseMatch:
        return ""


def _home() -> str:
    """The first page, even where no page is routed yet (an error page must always render)."""
    prefix = get_script_prefix()
    return _page("home") or (f"{prefix}en/" if current_language() == ENGLISH else prefix)


@register.simple_tag
def page_url(name: str) -> str:
    """The address of a public page by name, or nothing where this site has no such page."""
    return _home() if name == "home" else _page(name)


@register.simple_tag
def sign_in_url() -> str:
    """Where staff sign in."""
    try:
        return reverse("admin:index")
    except NoReverseMatch:
        return ""


class OtherLanguage(NamedTuple):
    """The other language: its code, its own name for itself."""

    code: str
    name: str


@register.simple_tag
def other_language() -> OtherLanguage:
    """`{% other_language as other %}`: English on a French page, French on an English one."""
    return OtherLanguage(FRENCH, "Français") if current_language() == ENGLISH else OtherLanguage(ENGLISH, "English")


@register.simple_tag(takes_context=True)
def other_language_url(context: dict[str, Any]) -> str:
    """This page with the same filters in the other language; its home page where this one has none."""
    other = ENGLISH if current_language() == FRENCH else FRENCH
    request = _request(context)
    return _translated(request.get_full_path(), other) if request else _home_in(other)


def _translated(address: str, language: str) -> str:
    """`translate_url` answers the address unchanged where it cannot: here that means the home page."""
    # `//host/aides/` would be taken for a page of that host.
    address = escape_leading_slashes(address)
    translated = translate_url(address, language)
    unchanged = urlsplit(translated).path == urlsplit(address).path
    return _home_in(language) if unchanged and language != current_language() else translated


def _home_in(language: str) -> str:
    prefix = get_script_prefix()
    return f"{prefix}en/" if language == ENGLISH else prefix


class Alternates(NamedTuple):
    """Full addresses of one page: the one to quote, and the same in each language.

    `is_selection`: it is one of the endless selections of a list, which search engines should follow, not keep.
    """

    canonical: str
    fr: str
    en: str
    is_selection: bool = False


@register.simple_tag(takes_context=True)
def alternates(context: dict[str, Any]) -> Alternates | None:
    """`{% alternates as pages %}`: addresses for search engines, in which each selection has one of its own.

    None outside a request, and for a question that cannot be understood.
    """
    request, selection = _request(context), context.get("selection")
    if request is None or getattr(selection, "problems", None):
        return None
    question, page = getattr(selection, "canonical", ""), request.GET.get("page", "")
    pages = [f"page={page}"] if page.isdecimal() and page.isascii() and page != "1" else []
    asked = "&".join([*filter(None, [question]), *pages])
    address = request.path + (f"?{asked}" if asked else "")
    here = current_language()
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    there = ENGLISH if here == FRENCH else FRENCH
    both = {here: site + address, there: site + _translated(address, there)}
    return Alternates(both[here], fr=both[FRENCH], en=both[ENGLISH], is_selection=bool(question))
