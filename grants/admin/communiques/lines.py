"""The lines of a draft as the page shows them: their cells, the words they came from, what a name may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.bilingual import current_language
from grants.communiques.draft import Draft, GrantDraft, NotGrantDraft
from grants.communiques.typed import number_or_none
from grants.communiques.words import DOUBTS, NOTES, REASONS, called
from grants.models import Citation, Grant, Organisation
from grants.models.codes import Measure
from grants.values import wording

from .cells import ANNOUNCEMENT, SOURCE, Cell, Label, cells, shown
from .marks import passage_id
from .sheet import KINDS, MOST_LEFT, MOST_LINES, may_be_money, rest_of
from .words import FIGURE_REASONS

Errors = Mapping[str, list[str]]
AROUND = 48  # characters on either side of a number alone
LONGEST_TOLD = 60
USUAL = ("CAD", "announcement", "commitment")
UNTOLD = ("wording", "precision")
LONGEST_WORDS = 280  # characters of the text shown in a line
COPIED, COPIED_LABEL = "copied-name", "copied-label"  # stand in the box that the boxes of all lines are copies of
# Fields of the registry whose autocompletion finds such records.
FOUND_BY = {
    "organisation": Grant._meta.get_field("recipient"),
    "existing": Grant._meta.get_field("announcement"),
    "grant": Citation._meta.get_field("grant"),
}


@dataclass(frozen=True)
class Shown:
    """One line: `cells` by the names of its fields, `why` in words, `choices` of the record that it is about."""

    anchor: str
    number: int
    line: Any
    cells: dict[str, Cell]
    rest: str
    words: str
    passage: str
    why: list[str]
    choices: list[tuple[str, Label, bool]]
    finder: SafeString | str
    record: models.Model | None = None

    @property
    def unfolded(self) -> list[Cell]:
        """Text cells that are always seen."""
        return [cell for cell in self.cells.values() if not cell.folded and cell.kind not in ("flag", "key")]

    @property
    def folded(self) -> list[Cell]:
        """Cells behind « more »."""
        return [cell for cell in self.cells.values() if cell.folded]

    @property
    def is_open(self) -> bool:
        """Whether what is folded must be seen: something is wrong in it, or the amount is not in dollars of Canada."""
        return any(cell.errors for cell in self.folded) or getattr(self.line, "currency", "CAD") != "CAD"

    @property
    def filled(self) -> list[str]:
        """What the folded cells say, where it is not what they mostly say."""
        told = [cell for cell in self.folded if cell.value and cell.value not in USUAL and cell.short not in UNTOLD]
        return [
            _("%(label)s: %(value)s") % {"label": cell.label, "value": Truncator(cell.said).chars(LONGEST_TOLD)}
            for cell in told
        ]

    @property
    def differs(self) -> str:
        """What the registry has of a correction where it is neither of the two amounts."""
        value = number_or_none(getattr(self.line, "differs", ""))
        return "" if value is None else wording.money(value, current_language())

    @property
    def measure(self) -> str:
        """Of which total a correction speaks."""
        code = getattr(self.line, "measure", "")
        return str(Measure(code).label) if code in Measure.values else code

    @property
    def errors(self) -> list[str]:
        """What is wrong with the record chosen."""
        return [error for cell in self.cells.values() if cell.kind == "key" for error in cell.errors]


@dataclass(frozen=True)
class Left:
    """A number that was not taken for a grant."""

    number: int
    line: NotGrantDraft
    value: str
    reason: str
    words: str
    passage: str


class Lines:
    """All the lines of a draft over its text. `site`: the admin whose autocompletion the page uses."""

    def __init__(self, draft: Draft, text: str, site: Any, errors: Errors):
        self.draft, self.text, self.site, self.errors = draft, text, site, errors
        self._boxes: dict[str, str] = {}
        self.organisations = Organisation.objects.in_bulk({line.organisation for line in draft.grants} - {None})
        found = Grant.objects.select_related("recipient", "announcement").prefetch_related("citations__source")
        self.grants_of_registry = found.in_bulk({line.grant for line in draft.amendments} - {None})

    def grants(self, *, questions: bool) -> list[Shown]:
        """The grants that were read, or the pairs that are doubted."""
        return [
            self._grant(number, line)
            for number, line in enumerate(self.draft.grants[: MOST_LINES["grants"]])
            if line.question == questions
        ]

    def figures(self) -> list[Shown]:
        """The figures that the text states."""
        return [
            self._shown("figures", number, line, [called(line.reason, FIGURE_REASONS)] if line.reason else [])
            for number, line in enumerate(self.draft.figures[: MOST_LINES["figures"]])
        ]

    def amendments(self) -> list[Shown]:
        """The corrections of what was said before."""
        return [
            self._shown(
                "amendments",
                number,
                line,
                [],
                finder=self._finder("grant", f"amendments-{number}", line.recipient),
                record=self.grants_of_registry.get(line.grant or 0),
            )
            for number, line in enumerate(self.draft.amendments[: MOST_LINES["amendments"]])
        ]

    def left(self) -> list[Left]:
        """The numbers that were not taken for grants."""
        return [
            Left(
                number,
                line,
                self._amount(line),
                called(line.reason, REASONS),
                self._words(line) or line.text,
                passage_id(*line.span) if line.span else "",
            )
            for number, line in enumerate(self.draft.not_grants[:MOST_LEFT])
            if may_be_money(line)
        ]

    def announcement(self) -> dict[str, Cell]:
        """The cells of the announcement."""
        return cells(ANNOUNCEMENT, "announcement", self.draft.announcement, self.errors)

    def source(self) -> dict[str, Cell]:
        """The cells of the source."""
        return cells(SOURCE, "source", self.draft.source, self.errors)

    def finder_of_announcement(self) -> SafeString:
        """The box that finds any other announcement."""
        return self._finder("existing", "announcement", "")

    # ── A line ───────────────────────────────────────────────────────────────────────────────────────────

    def _grant(self, number: int, line: GrantDraft) -> Shown:
        why = [called(reason, {**NOTES, **DOUBTS}) for reason in line.reasons]
        if line.others:
            why.append(_("shared with %(names)s") % {"names": ", ".join(line.others)})
        if line.organisation is None and line.nearest:
            near = len(line.nearest)
            why.append(
                ngettext(
                    "One organisation of the registry has nearly this name: choose it if it is the same.",
                    "%(count)s organisations of the registry have nearly this name: choose one if it is the same.",
                    near,
                )
                % {"count": near}
            )
        return self._shown(
            "grants",
            number,
            line,
            why,
            choices=self._choices(line),
            finder=self._finder("organisation", f"grants-{number}", line.name),
            record=self.organisations.get(line.organisation or 0),
        )

    def _shown(self, kind: str, number: int, line: Any, why: list[str], **more: Any) -> Shown:
        prefix = f"{kind}-{number}"
        return Shown(
            prefix,
            number + 1,
            line,
            cells(KINDS[kind], prefix, line, self.errors),
            rest_of(kind, line),
            self._words(line),
            passage_id(*line.span) if line.span else "",
            why,
            **{"choices": [], "finder": "", **more},
        )

    def _amount(self, line: NotGrantDraft) -> str:
        """A number that was left, with the sign of dollars where its words have it."""
        value = number_or_none(line.value)
        if value is None or not any(sign in line.text.lower() for sign in ("$", "dollar")):
            return shown("number", line.value)
        return wording.money(value, current_language())

    def _words(self, line: Any) -> str:
        """The words of the text that a line came from, on one line; those around a number too."""
        if not line.span:
            return ""
        start, end = line.span
        if end - start > LONGEST_WORDS and getattr(line, "name_span", None):  # one of several in a long sentence
            spans = [span for span in (line.name_span, line.amount_span) if span]
            start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        if end - start >= AROUND:
            return Truncator(" ".join(self.text[start:end].split())).chars(LONGEST_WORDS)
        before = self.text[max(start - AROUND, 0) : start].rpartition("\n")[2]
        after = self.text[end : end + AROUND].partition("\n")[0]
        before = f"…{before.partition(' ')[2]}" if len(before) == AROUND else before
        after = f"{after.rpartition(' ')[0]}…" if len(after) == AROUND else after
        return " ".join(f"{before}{self.text[start:end]}{after}".split())

    def _choices(self, line: GrantDraft) -> list[tuple[str, Label, bool]]:
        """What the recipient may be: a new organisation, the one chosen, those whose names are near."""
        choices: list[tuple[str, Label, bool]] = [("", _("a new organisation"), line.organisation is None)]
        near = {one.pk: one for one in line.nearest}
        if line.organisation is not None and line.organisation not in near:
            record = self.organisations.get(line.organisation)
            label = _("%(record)s, of the registry") % {"record": record} if record else _("a record that has gone")
            choices.append((str(line.organisation), label, True))
        for one in near.values():
            label = _("%(record)s (names alike at %(score)s%%)") % {"record": one.label, "score": one.score}
            choices.append((str(one.pk), label, one.pk == line.organisation))
        return choices

    def _finder(self, field: str, prefix: str, name: str) -> SafeString:
        """The box that finds any other record of that kind. A page has hundreds: each is a copy of one."""
        label = _("Another record for “%(name)s”") % {"name": name} if name else _("Another record")
        if field not in self._boxes:
            column = FOUND_BY[field]
            widget = AutocompleteSelect(column, self.site, attrs={"aria-label": COPIED_LABEL})
            box = forms.ModelChoiceField(column.related_model._default_manager.none(), widget=widget, required=False)
            self._boxes[field] = box.widget.render(COPIED, None, {"id": f"id_{COPIED}"})
        copy = self._boxes[field].replace(COPIED, f"{prefix}-other").replace(COPIED_LABEL, conditional_escape(label))
        return mark_safe(copy)  # noqa: S308 (Django's own box, and a label escaped)
