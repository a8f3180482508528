"""What the page of a draft shows."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest

from grants.communiques.adding_up import lines as added_up
from grants.communiques.draft import Draft
from grants.communiques.explaining import explained
from grants.communiques.recognising import recognise
from grants.models import Announcement, Communique, Programme
from grants.models.codes import UNIT_OF, CommuniqueState, Measure, Qualifier
from grants.values.amounts import ClaimedAmount

from ..showing import show_claim, show_value
from .access import may_read
from .errors import faults_of, named
from .joining import joining_of
from .lines import FOUND_BY, Errors, Lines
from .marking import marks_of_draft
from .marks import marked_text
from .sheet import MOST_LEFT, MOST_LINES
from .words import LEGEND, LIKENESSES


def review_context(
    model_admin: Any, request: HttpRequest, communique: Communique, draft: Draft, errors: Errors | None
) -> dict[str, Any]:
    """Everything of the page: the text with its marks, the lines, what they add up to, what the registry has."""
    errors = {**faults_of(draft), **(errors or {})}
    lines = Lines(draft, communique.text, model_admin.admin_site, errors)
    joined = Announcement.objects.filter(pk=draft.announcement.existing or 0).first()
    return {
        "draft": draft,
        "errors": errors,
        "wrong": named(errors),
        "text": marked_text(communique.text, marks_of_draft(draft, communique.reading)),
        "kinds": LEGEND.items(),
        "announcement": lines.announcement(),
        "source": lines.source(),
        "programmes": [
            (str(pk), name, pk == draft.announcement.programme)
            for pk, name in Programme.objects.order_by("name_fr", "pk").values_list("pk", "name_fr")
        ],
        "programme_unknown": _unknown_programme(communique, draft),
        "grants": lines.grants(questions=False),
        "questions": lines.grants(questions=True),
        "figures": lines.figures(),
        "amendments": lines.amendments(),
        "left": lines.left(),
        "totals": {kind: min(len(getattr(draft, kind)), most) for kind, most in MOST_LINES.items()},
        "beyond": {kind: max(len(getattr(draft, kind)) - most, 0) for kind, most in MOST_LINES.items()}
        | {"left": max(len(draft.not_grants) - MOST_LEFT, 0)},
        "candidates": [] if joined else candidates_of(draft, communique),
        "joined": joined,
        "joining": joining_of(joined, draft) if joined else None,
        "announcement_finder": lines.finder_of_announcement(),
        "media": AutocompleteSelect(FOUND_BY["organisation"], model_admin.admin_site).media,
        "may_edit": may_read(request.user) and communique.state == CommuniqueState.REVIEW,
        **concordance_context(draft),
    }


def _unknown_programme(communique: Communique, draft: Draft) -> str:
    """The programme that the text names where the registry has none of that name; "" otherwise."""
    if draft.announcement.programme or draft.announcement.existing:
        return ""
    reading = communique.reading or {}
    return str(reading.get("programme_name") or reading.get("programme") or "")


def candidates_of(draft: Draft, communique: Communique) -> list[dict[str, Any]]:
    """The announcements of the registry that the text may speak of, and what speaks for each."""
    return [
        {
            "announcement": one.announcement,
            "date": show_value(one.announcement.date),
            "reasons": [LIKENESSES.get(reason, reason) for reason in one.reasons],
        }
        for one in recognise(draft, communique)
    ]


def concordance_context(draft: Draft) -> dict[str, Any]:
    """What is stated beside what is itemised."""
    return {
        "lines": [
            {
                "measure": line.measure,
                "label": Measure(line.measure).label,
                "stated": claimed(line.claim, UNIT_OF[Measure(line.measure)]),
                "comparison": line.comparison,
                "explained": explained(line),
            }
            for line in added_up(draft)
        ],
        "unread": len(faults_of(draft)),
    }


def claimed(claim: ClaimedAmount | None, unit: str) -> str:
    """« près de 29 000 000 $ »; "" where nothing is claimed."""
    if claim is None:
        return ""
    hedge = "" if claim.qualifier == Qualifier.EXACT else f"{Qualifier(claim.qualifier).label} "
    return hedge + show_claim(claim.value, unit)
