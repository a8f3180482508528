"""After filing: the records that a communiqué gave, its text leading to them, and what was left out and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from grants.communiques.draft import Draft
from grants.communiques.words import REASONS, called
from grants.models import Citation, Communique, Figure, Organisation, Passage, Project

from .marking import marks_of_passages
from .marks import marked_text, passage_id
from .screen import claimed
from .words import FIGURE_REASONS, LEGEND

MOST_LEFT = 500
MOST_LISTED = 500  # more would not fit in an address


@dataclass(frozen=True)
class Made:
    """A record of the registry that the text gave, or that it speaks of."""

    name: str
    url: str
    state: str
    anchor: str = ""
    passage: str = ""


@dataclass(frozen=True)
class LeftOut:
    """What was read and not filed, and why."""

    words: str
    why: str | Promise
    passage: str


def nothing_left(communique: Communique) -> bool:
    """Whether all that was made of a text was deleted since: then it may be read again."""
    return communique.announcement_id is None and not communique.passages.exists()


def filed_context(request: HttpRequest, communique: Communique) -> dict[str, Any]:
    """What the page of a communiqué shows once its drafts were made."""
    found = communique.passages.select_related("grant__recipient", "figure__grant__recipient").order_by("start", "pk")
    passages, seen = list(found), set[str]()
    others = _others(communique)
    left = list(left_out(Draft.from_json(communique.draft), communique.text))
    return {
        "text": marked_text(communique.text, marks_of_passages(passages)),
        "kinds": [(kind, LEGEND[kind]) for kind in ("grant", "figure")],
        "not_done": communique.draft.get("filed", {}).get("left", []),
        "nothing_left": communique.announcement_id is None and not passages,
        "made_grants": [_of_passage(one, seen) for one in passages if one.grant_id],
        "made_figures": [_of_passage(one, seen) for one in passages if one.figure_id],
        "made_others": [Made(str(one), _page_of(one), one.get_publication_display()) for one in others],
        "lists_grants": _lists(one.grant for one in passages if one.grant),
        "lists_figures": _lists(one.figure for one in passages if one.figure),
        "lists_others": _lists(others),
        "left": left[:MOST_LEFT],
        "left_beyond": max(len(left) - MOST_LEFT, 0),
    }


def _of_passage(passage: Passage, seen: set[str]) -> Made:
    """The words of two records may be the same: they lead to the first (`seen`)."""
    record: Any = passage.grant or passage.figure
    here = passage_id(passage.start, passage.end)
    anchor = "" if here in seen else f"of-{here}"
    seen.add(here)
    name = _called(passage.figure) if passage.figure else str(record)
    return Made(name, _page_of(record), record.get_publication_display(), anchor, here)


def _called(figure: Figure) -> str:
    """« coût des projets · plus de 640 000 $ »; a claim about one grant begins with its recipient."""
    words = f"{figure.get_measure_display()} · {claimed(figure.claim, figure.unit)}"
    return f"{figure.grant.recipient} · {words}" if figure.grant else words


def _others(communique: Communique) -> list[Any]:
    """The organisations and projects that its source supports."""
    if communique.source_id is None:
        return []
    cited = Citation.objects.filter(source=communique.source_id)
    organisations = Organisation.objects.filter(pk__in=cited.values("organisation"))
    projects = Project.objects.filter(
        models.Q(pk__in=cited.values("project")) | models.Q(grants__passages__communique=communique)
    ).distinct()
    return [*organisations.order_by("name_fr", "pk"), *projects.order_by("title_fr", "pk")]


def _lists(records: Iterable[Any]) -> list[tuple[str, str]]:
    """The list of each noun with these records alone, where all are marked ready or published at once."""
    found: dict[type[models.Model], dict[int, None]] = {}
    for record in records:
        found.setdefault(type(record), {})[record.pk] = None
    return [
        (
            _("Choose them in the list: %(noun)s") % {"noun": model._meta.verbose_name_plural},
            reverse(f"admin:grants_{model._meta.model_name}_changelist") + "?id__in=" + ",".join(map(str, keys)),
        )
        for model, keys in found.items()
        if 1 < len(keys) <= MOST_LISTED
    ]


def _page_of(record: models.Model) -> str:
    return reverse(f"admin:grants_{record._meta.model_name}_change", args=[record.pk])


def left_out(draft: Draft, text: str) -> Iterator[LeftOut]:
    """What of the draft was not filed, in the order of the page."""
    for grant in draft.grants:
        if not grant.take:
            why = _("a pair that nobody confirmed") if grant.question else _("a grant that was not taken")
            yield LeftOut(_words(grant, text, grant.name), why, _passage(grant))
    for figure in draft.figures:
        if not figure.take:
            reason = called(figure.reason, FIGURE_REASONS) if figure.reason else _("a figure that was not taken")
            yield LeftOut(_words(figure, text, figure.wording), reason, _passage(figure))
    for amendment in draft.amendments:
        if not amendment.take:
            yield LeftOut(
                _words(amendment, text, amendment.recipient), _("a correction that was not taken"), _passage(amendment)
            )
    filed = {line.span for line in (*draft.figures, *draft.grants) if line.take}
    for number in draft.not_grants:
        if number.span in filed:
            continue  # no grant, but a figure
        yield LeftOut(number.text, called(number.reason, REASONS), _passage(number))


def _words(line: Any, text: str, otherwise: str) -> str:
    words = " ".join(text[slice(*line.span)].split()) if line.span else otherwise
    return words or "—"


def _passage(line: Any) -> str:
    return passage_id(*line.span) if line.span else ""
