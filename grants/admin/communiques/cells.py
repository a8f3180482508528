"""What of a draft can be edited, and how: each cell of the page, its label, its value as people write it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.bilingual import current_language
from grants.models.codes import Instrument, Language, ListState, Measure, Nature, Qualifier, Scope, SourceKind
from grants.values import wording
from grants.values.amounts import BadAmount, read_amount
from grants.values.partial_dates import BadDate, PartialDate

Label = str | Promise
TEXT, LONG, NUMBER, DATE, CHOICE, FLAG, KEY = "text", "long", "number", "date", "choice", "flag", "key"
# What may be typed in a cell at all; the registry's own limits, far below, are said when the draft is filed.
LONGEST = 20_000


@dataclass(frozen=True)
class Spec:
    """A field of a line: its name in the draft and in the form, its label, what it holds, where it is shown."""

    name: str
    label: Label
    kind: str = TEXT
    choices: Any = ()
    folded: bool = False


ANNOUNCEMENT = (
    Spec("existing", _("Announcement"), KEY),
    Spec("programme", _("Programme"), KEY),
    Spec("date", _("Date"), DATE),
    Spec("place", _("Place")),
    Spec("title_fr", _("Title")),
    Spec("title_en", _("Title in English")),
    Spec("list_state", _("Its list of grants"), CHOICE, ListState.choices),
)
SOURCE = (
    Spec("title", _("Title")),
    Spec("publisher", _("Publisher")),
    Spec("url", _("Address of the page")),
    Spec("published", _("Published on"), DATE),
    Spec("retrieved", _("Retrieved on"), DATE),
    Spec("language", _("Language"), CHOICE, Language.choices),
    Spec("kind", _("Kind"), CHOICE, SourceKind.choices),
)
GRANT = (
    Spec("take", _("Take this grant"), FLAG),
    Spec("name", _("Recipient")),
    Spec("amount", _("Amount"), NUMBER),
    Spec("organisation", _("Organisation"), KEY),
    Spec("project", _("Project")),
    Spec("acronym", _("Acronym"), folded=True),
    Spec("host", _("Attached to"), folded=True),
    Spec("total_project_cost", _("Total project cost"), NUMBER, folded=True),
    Spec("instrument", _("Instrument"), CHOICE, Instrument.choices, folded=True),
    Spec("currency", _("Currency"), folded=True),
    Spec("funder", _("Funder"), folded=True),
    Spec("place", _("Place that benefits"), folded=True),
    Spec("note", _("Note"), LONG, folded=True),
)
ABOUT = [("announcement", _("the announcement")), ("programme", _("the programme"))]
FIGURE = (
    Spec("take", _("Take this figure"), FLAG),
    Spec("measure", _("Measure"), CHOICE, Measure.choices),
    Spec("qualifier", _("Qualifier"), CHOICE, Qualifier.choices),
    Spec("value", _("Value"), NUMBER),
    Spec("scope", _("Scope"), CHOICE, Scope.choices),
    Spec("about", _("About"), CHOICE, ABOUT, folded=True),
    Spec("nature", _("Nature"), CHOICE, Nature.choices, folded=True),
    Spec("precision", _("Precision"), NUMBER, folded=True),
    Spec("as_of", _("As of"), DATE, folded=True),
    Spec("wording", _("Words as written"), LONG, folded=True),
)
AMENDMENT = (
    Spec("take", _("Take this correction"), FLAG),
    Spec("grant", pgettext_lazy("noun", "Grant"), KEY),
    Spec("recipient", _("Recipient")),
    Spec("was", _("Amount said before"), NUMBER),
    Spec("now", _("Amount said now"), NUMBER),
)


@dataclass(frozen=True)
class Cell:
    """A field as the page shows it. `id` is that of its input; `choices`: (code, label, whether it is this one)."""

    name: str
    label: Label
    kind: str
    value: str
    errors: list[str]
    choices: list[tuple[str, Label, bool]]
    folded: bool

    @property
    def id(self) -> str:
        """The id of its input, and the start of that of its errors."""
        return f"id_{self.name}"

    @property
    def said(self) -> str:
        """Its value in words."""
        return next((str(label) for _code, label, is_it in self.choices if is_it), self.value)

    @property
    def short(self) -> str:
        """The name without its line."""
        return self.name.rpartition("-")[2]


def cells(specs: Iterable[Spec], prefix: str, line: Any, errors: Mapping[str, list[str]]) -> dict[str, Cell]:
    """The cells of one line, by the names of its fields."""
    return {spec.name: _cell(spec, f"{prefix}-{spec.name}", getattr(line, spec.name), errors) for spec in specs}


def _cell(spec: Spec, name: str, value: Any, errors: Mapping[str, list[str]]) -> Cell:
    choices: list[tuple[str, Label, bool]] = []
    if spec.kind == CHOICE:
        choices = [(code, label, code == value) for code, label in spec.choices]
        if not any(chosen for *_code, chosen in choices):
            choices.insert(0, (value, value or "—", True))  # an odd code is shown, and refused when it is filed
    return Cell(name, spec.label, spec.kind, shown(spec.kind, value), errors.get(name, []), choices, spec.folded)


def shown(kind: str, value: Any) -> str:
    """A value of the draft as people write it; what cannot be read as it was typed."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    try:
        if kind == NUMBER and value:
            return wording.money(Decimal(value), current_language()).replace("$", "").strip()
        if kind == DATE and value:
            return wording.date(PartialDate.parse(value), current_language())
    except (InvalidOperation, BadDate, ValueError):
        pass
    return str(value)


def _plain(value: Decimal) -> str:
    """« 46000 », never « 46000.000 »: three digits after a mark are read as thousands."""
    written = format(value.normalize(), "f")
    return f"{written}0" if len(written.partition(".")[2]) == 3 else written


def read(spec: Spec, text: str) -> Any:
    """What was typed in a cell, as a draft keeps it: plain where it can be read, else as typed."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    if spec.kind == FLAG:
        return text == "on"
    if spec.kind == KEY:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    try:
        if spec.kind == NUMBER and text:
            amount = read_amount(text.removesuffix("%"))
            return _plain(amount.value) if amount.currency in (None, "CAD") else text
        if spec.kind == DATE and text:
            return PartialDate.parse(text).iso
    except (BadAmount, BadDate):
        pass
    return text.replace("\r\n", "\n") if spec.kind == LONG else text
