"""The question of a list of grants as a form shows it, and what to take away where nothing answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.search.facets import FACETS
from grants.search.grant_selection import GrantSelection

from .lists import ShownChip

RANGES = ("date_from", "date_to", "amount_min", "amount_max")
MOST_WAYS = 6  # filters that are tried without where nothing answers: each costs one count


@dataclass(frozen=True, slots=True)
class Field:
    """A text field, as it was filled in."""

    name: str
    label: str
    value: str
    kind: str
    help: str
    errors: Sequence[str]


def words_field(selection: GrantSelection) -> Field:
    """The words to search for."""
    return _field(selection, "q", "search")


def range_fields(selection: GrantSelection) -> list[Field]:
    """From, to, at least, at most."""
    return [_field(selection, name) for name in RANGES]


def _field(selection: GrantSelection, name: str, kind: str = "text") -> Field:
    field = selection.form.fields[name]
    given = selection.question.get(name, "").replace("\x00", "")[:200]
    return Field(name, str(field.label), given, kind, str(field.help_text), selection.form.errors.get(name, []))


def kept(selection: GrantSelection, **place: str) -> list[tuple[str, str]]:
    """What the form does not show but must keep: the record it is about, the order, the view (`place`)."""
    shown = {"q", *RANGES}
    if selection.problems:
        # The facets are not there to choose from: what was well chosen stays, while the rest is mended.
        shown |= {*selection.form.errors, "sort"}
        pairs = [
            (name, value) for name, value in selection.pairs if name in selection.form.fields and name not in shown
        ]
    else:
        shown |= {*FACETS, *(f"{name}_not" for name in FACETS)}
        pairs = [pair for pair in selection.pairs if pair[0] not in shown]
    return pairs + [(name, value) for name, value in place.items() if value]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A filter that leaves something when it is taken away, and how much."""

    href: str
    text: str
    count: int


def ways_out(selection: GrantSelection, chips: Sequence[ShownChip], **place: str) -> list[WayOut]:
    """Which filters hide everything, those first that hide the most; a facet goes with all its values.

    Only the first few filters are tried.
    """
    texts: dict[str, list[str]] = {}
    for chip, shown in zip(selection.chips, chips, strict=True):
        texts.setdefault(chip.name, []).append(_said(shown))
    ways = []
    for name, said in list(texts.items())[:MOST_WAYS]:
        without = GrantSelection(QueryDict(selection.address(**{name: None})[1:]))
        without.columns = selection.columns  # one reading for all answers of the page
        count = without.sums.count
        if count:
            ways.append(WayOut(selection.address(**{name: None}, **place), ", ".join(said), count))
    return sorted(ways, key=lambda way: -way.count)


def _said(chip: ShownChip) -> str:
    words: dict[str, Any] = {"label": chip.label, "text": chip.text}
    return (_("%(label)s: except %(text)s") if chip.excluded else _("%(label)s: %(text)s")) % words
