"""The text with what was read in it marked, as HTML. Marks may overlap: the text is cut where one starts or ends."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from grants.models import Passage

# Over one piece of text: what is marked more often than this is marked enough.
MOST_LINES = 12
# Where two marks cover the same words, the first of these is seen.
ORDER = ("correction", "grant", "question", "figure", "left", "fact")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` speak of what the element `line` of the page holds ("": of nothing on the page)."""

    start: int
    end: int
    kind: str
    line: str = ""


def passage_id(start: int, end: int) -> str:
    """The id, in the page of a communiqué, of these characters of its text."""
    return f"p{start}-{end}"


def passage_address(passage: Passage) -> str:
    """Where the words of a record stand: the page of the communiqué, at these characters."""
    page = reverse("admin:grants_communique_change", args=[passage.communique_id])
    return f"{page}#{passage_id(passage.start, passage.end)}"


def marked_text(text: str, marks: Iterable[Mark]) -> SafeString:
    """`text` escaped, each piece under the shortest of the marks that cover it. A line has one tab stop, its first."""
    marks = sorted(dict.fromkeys(mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=_nesting)
    starts, ends = defaultdict(list), defaultdict(list)
    for mark in marks:
        starts[mark.start].append(mark)
        ends[mark.end].append(mark)
    active: dict[Mark, None] = {}
    stopped: set[str] = set()
    pieces, place = [], 0
    for cut in sorted({*starts, *ends, len(text)}):
        if cut > place:
            pieces.append(_piece(text[place:cut], active, starts.get(place, []), stopped))
        for mark in ends.get(cut, []):
            active.pop(mark, None)
        active.update(dict.fromkeys(starts.get(cut, [])))
        place = cut
    return mark_safe("".join(pieces))  # noqa: S308 (each piece is escaped)


def _nesting(mark: Mark) -> tuple[int, int, int]:
    """The longer first; among the same words, the one to be seen last."""
    return mark.start, -mark.end, -ORDER.index(mark.kind)


def _piece(text: str, active: Iterable[Mark], starting: list[Mark], stopped: set[str]) -> str:
    """One piece of the text; `stopped` remembers the lines that have their tab stop."""
    covering = sorted(active, key=lambda mark: (mark.end - mark.start, ORDER.index(mark.kind)))
    if not covering:
        return str(conditional_escape(text))
    shown, lines = covering[0], list(dict.fromkeys(mark.line for mark in covering if mark.line))[:MOST_LINES]
    ids = list(dict.fromkeys(passage_id(mark.start, mark.end) for mark in starting))
    anchors = "".join(format_html('<span id="{}"></span>', one) for one in ids[1:])
    own = format_html(' id="{}"', ids[0]) if ids else ""
    opening = format_html('<mark{} class="read read-{}" data-of="{}">', own, shown.kind, " ".join(lines))
    if not shown.line:
        return f"{anchors}{opening}{conditional_escape(text)}</mark>"
    stop = mark_safe(' tabindex="-1"') if shown.line in stopped else ""
    stopped.add(shown.line)
    link = format_html('<a href="#{}" aria-describedby="kind-{}"{}>{}</a>', shown.line, shown.kind, stop, text)
    return f"{anchors}{opening}{link}</mark>"
