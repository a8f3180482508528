"""For the head of every page and the foot of a selection: feeds, breadcrumbs for search engines, quoting, embedding."""

from typing import Any, NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.public import embeds, structured
from grants.public.citing import full_address, site_address
from grants.public.references import reference_to_selection, selection_title

from .registry import json_ld

register = template.Library()

# Pages of one record that can be followed by themselves; pages that offer what concerns the whole registry.
FOLLOWED = {"programme-detail": "programme-feed", "organisation-detail": "organisation-feed"}
OF_ALL = {"home", "data", "corrections"}


class FeedLink(NamedTuple):
    """A feed that this page offers."""

    href: str
    title: str


@register.simple_tag(takes_context=True)
def page_feeds(context: dict[str, Any]) -> list[FeedLink]:
    """`{% page_feeds as feeds %}`: what readers of feeds find by themselves."""
    if context.get("no_index"):
        return []
    page, record, selection = _page_name(context), context.get("record"), _selection(context)
    if selection is not None:
        return [FeedLink(feed_address(selection), selection_title(selection))]
    if page in FOLLOWED and record is not None:
        return [FeedLink(reverse(f"public:{FOLLOWED[page]}", args=[record.public_id]), str(context.get("title", "")))]
    if page in OF_ALL:
        corrections = FeedLink(reverse("public:corrections-feed"), _("Corrections"))
        return [FeedLink(reverse("public:grant-feed"), _("Grants")), corrections]
    return []


@register.simple_tag(takes_context=True)
def page_breadcrumbs(context: dict[str, Any]) -> str:
    """`{% page_breadcrumbs %}`: the way to this page, for search engines; nothing on the first page and on errors."""
    request, title = context.get("request"), context.get("title")
    if request is None or not title or context.get("no_index") or not _page_name(context):
        return ""
    steps = [(full_address("home"), _("Home"))]
    if context.get("list_page"):
        steps.append((site_address(reverse(context["list_page"])), str(context["list_title"])))
    return json_ld(structured.breadcrumbs([*steps, (site_address(request.path), str(title))]))


@register.simple_tag(takes_context=True)
def selection_data(context: dict[str, Any]) -> str:
    """`{% selection_data %}`: on the list of grants, the selection as a set of data with its files."""
    selection = _selection(context)
    if selection is None:
        return ""
    description = str(context.get("description", ""))
    return json_ld(structured.selection_dataset(selection_title(selection), description, selection.canonical))


@register.inclusion_tag("grants/parts/follow.html", takes_context=True)
def follow_selection(context: dict[str, Any]) -> dict[str, Any]:
    """`{% follow_selection %}`: follow, quote and embed the selection of grants in the context."""
    selection = context["selection"]
    return {
        "feed": feed_address(selection),
        "reference": reference_to_selection(selection),
        "embeds": embeds.codes(selection),
    }


def feed_address(selection: Any) -> str:
    """The feed of a selection: its order is not the feed's."""
    question = selection.address(sort=None).removeprefix("?")
    return reverse("public:grant-feed") + (f"?{question}" if question else "")


def _selection(context: dict[str, Any]) -> Any:
    """The selection that the list of grants shows; None on other pages and where the question makes no sense."""
    selection = context.get("selection")
    if _page_name(context) != "grant-list" or selection is None or selection.problems:
        return None
    return selection


def _page_name(context: dict[str, Any]) -> str:
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return match.url_name if match and match.namespace == "public" else ""
