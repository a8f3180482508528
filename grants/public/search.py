"""Search over everything, grouped by noun; suggestions while typing; the nearest words where there is no answer."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from grants.bilingual import Text, current_language, pick
from grants.search.everything import Group, search_everything
from grants.search.marking import mark
from grants.search.nearest import did_you_mean
from grants.search.suggestions import Suggestion, suggest
from grants.search.words import tidy, why_unanswerable
from grants.values import wording

# Noun: the words above its answers, and the link to all of them.
TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "programme": (gettext_lazy("Programmes"), gettext_lazy("All the programmes found")),
    "announcement": (gettext_lazy("Announcements"), gettext_lazy("All the announcements found")),
    "organisation": (gettext_lazy("Organisations"), gettext_lazy("All the organisations found")),
    "project": (gettext_lazy("Projects"), gettext_lazy("All the projects found")),
    "grant": (gettext_lazy("Grants"), gettext_lazy("All the grants found")),
    "source": (gettext_lazy("Sources"), gettext_lazy("All the sources found")),
}
# What a suggestion is called beside its name.
NOUNS: dict[str, str | Promise] = {
    "programme": gettext_lazy("Programme"),
    "announcement": gettext_lazy("Announcement"),
    "organisation": gettext_lazy("Organisation"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/recherche/` and `/en/search/`, the words in `q`."""
    words = tidy(request.GET.get("q", ""))
    problem = why_unanswerable(words)
    groups = [] if problem else search_everything(words)
    shown = words.replace("\x00", "")[:200]
    context = {
        "title": _("Search: %(words)s") % {"words": shown} if shown else pgettext("page", "Search"),
        "no_index": True,
        "words": shown,
        "problem": problem,
        "groups": _with_marks([_group(group, words) for group in groups], words),
        "count": sum(group.count for group in groups),
        "there_are_more": any(group.there_are_more for group in groups),
        "did_you_mean": None if problem or groups else nearest(words, lambda mended: f"?{urlencode({'q': mended})}"),
    }
    return render(request, "grants/pages/search.html", context)


def nearest(words: str, address: Callable[[str], str]) -> tuple[str, str] | None:
    """What `parts/did_you_mean.html` shows where nothing was found: the nearest question and its address, or None."""
    mended = did_you_mean(words)
    return (mended, address(mended)) if mended else None


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/recherche/suggestions/` and `/en/search/suggestions/`: at most eight records for what is typed (`q`)."""
    found = suggest(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [_suggestion(each) for each in found]})


def _suggestion(found: Suggestion) -> dict[str, str]:
    """`noun` is a code; `kind` and `label` are words, `lang` the label's language where it is not the page's."""
    label = f"{found.label.value} ({found.note})" if found.note else found.label.value
    href = reverse(f"public:{found.kind}-detail", args=[found.public_id])
    answer = {"label": label, "kind": str(NOUNS[found.kind]), "noun": found.kind, "href": href}
    return {**answer, "lang": found.label.language} if found.label.is_fallback else answer


def _group(group: Group, words: str) -> dict[str, Any]:
    title, all_of_them = TITLES[group.kind]
    question = {"q": words, **({"role": "all"} if group.kind == "organisation" else {})}
    return {
        "kind": group.kind,
        "title": title,
        "all": all_of_them,
        "href": f"{reverse(f'public:{group.kind}-list')}?{urlencode(question)}",
        "count": group.count,
        "there_are_more": group.there_are_more,
        "hits": [_hit(group.kind, record) for record in group.records],
    }


def _with_marks(groups: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    """The same groups with the words found marked in every hit; one query for all."""
    hits = [hit for group in groups for hit in group["hits"]]
    texts = mark([*(hit["text"] for hit in hits), *(hit["details"] for hit in hits)], words)
    for hit, text, details in zip(hits, texts[: len(hits)], texts[len(hits) :], strict=True):
        name = hit["text"]
        hit["text"] = name._replace(value=text) if isinstance(name, Text) else text
        hit["details"] = details
    return groups


def _hit(kind: str, record: Any) -> dict[str, Any]:
    """A record found: its words, its page, and what tells it apart."""
    return {
        "text": _name(kind, record),
        "href": reverse(f"public:{kind}-detail", args=[record.public_id]),
        "details": " · ".join(filter(None, _details(kind, record))),
    }


def _name(kind: str, record: Any) -> Text | str:
    if kind == "source":
        return Text(record.title, record.language, record.language != current_language())
    if kind == "grant":
        return record.recipient.public_name()
    return pick(record, "name" if kind in ("programme", "organisation") else "title")


def _details(kind: str, record: Any) -> list[str]:
    language = current_language()
    if kind == "grant":
        amount = record.amount
        day = wording.date(record.date, language) if record.date else ""
        shown = _("amount not provided") if amount is None else wording.money(amount, language, record.currency)
        title = "" if record.is_private else str(pick(record, "title"))
        return [shown, title, day, record.programme.acronym if record.programme else ""]
    if kind == "announcement":
        return [wording.date(record.date, language) if record.date else "", str(pick(record.programme, "name"))]
    if kind == "organisation":
        return [str(record.get_kind_display()) if record.kind else "", record.city]
    if kind == "project":
        return [str(record.organisation.public_name()) if record.organisation else ""]
    return [getattr(record, "acronym", "") or getattr(record, "publisher", "")]
