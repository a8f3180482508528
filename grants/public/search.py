"""Search over everything, grouped by noun."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from grants.bilingual import Text, current_language, pick
from grants.search.everything import Group, search_everything
from grants.search.words import why_unanswerable
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


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/recherche/` and `/en/search/`, the words in `q`."""
    words = " ".join(request.GET.get("q", "").split(" ")).strip()
    problem = why_unanswerable(words)
    groups = [] if problem else search_everything(words)
    shown = words.replace("\x00", "")[:200]
    context = {
        "title": _("Search: %(words)s") % {"words": shown} if shown else pgettext("page", "Search"),
        "no_index": True,
        "words": shown,
        "problem": problem,
        "groups": [_group(group, words) for group in groups],
        "count": sum(group.count for group in groups),
    }
    return render(request, "grants/pages/search.html", context)


def _group(group: Group, words: str) -> dict[str, Any]:
    title, all_of_them = TITLES[group.kind]
    question = {"q": words, **({"role": "all"} if group.kind == "organisation" else {})}
    return {
        "kind": group.kind,
        "title": title,
        "all": all_of_them,
        "href": f"{reverse(f'public:{group.kind}-list')}?{urlencode(question)}",
        "count": group.count,
        "hits": [_hit(group.kind, record) for record in group.records],
    }


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
