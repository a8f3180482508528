"""What is wrong with a draft, by the field of the page that it is said beside."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from grants.communiques.draft import Draft
from grants.communiques.typed import date_in, number_in

from . import cells
from .sheet import KINDS, MOST_LINES

MOST_NAMED = 50
HIDDEN = ("-grant", "-existing")  # chosen by other means than one field of that name
TITLES = {
    "announcement": gettext_lazy("Announcement"),
    "source": gettext_lazy("Source"),
    "grants": gettext_lazy("Grant %(number)s"),
    "figures": gettext_lazy("Figure %(number)s"),
    "amendments": gettext_lazy("Correction %(number)s"),
}
READERS: dict[str, Any] = {cells.NUMBER: number_in, cells.DATE: date_in}


def faults_of(draft: Draft) -> dict[str, list[str]]:
    """What was typed and cannot be read: field of the page → what is wrong with it."""
    faults = dict(_faults(cells.ANNOUNCEMENT, "announcement", draft.announcement))
    faults |= _faults(cells.SOURCE, "source", draft.source)
    for kind, specs in KINDS.items():
        for number, line in enumerate(getattr(draft, kind)[: MOST_LINES[kind]]):
            faults |= _faults(specs, f"{kind}-{number}", line)
    return faults


def _faults(specs: Iterable[cells.Spec], prefix: str, line: Any) -> dict[str, list[str]]:
    found = {}
    for spec in specs:
        if (reader := READERS.get(spec.kind)) and (text := getattr(line, spec.name)):
            try:
                reader(text)
            except ValidationError as error:
                found[f"{prefix}-{spec.name}"] = list(error.messages)
    return found


def named(errors: Iterable[str]) -> list[tuple[str, str]]:
    """The fields that have errors, as the page leads to them: (id, « Aide 3, Montant »); the first fifty."""
    return [(_place(name), _label(name)) for name in list(errors)[:MOST_NAMED]]


def _place(name: str) -> str:
    return name.rpartition("-")[0] if name.endswith(HIDDEN) else f"id_{name}"


def _label(name: str) -> str:
    kind, _dash, rest = name.partition("-")
    if kind in KINDS:
        number, _dash, column = rest.partition("-")
        title = TITLES[kind] % {"number": int(number) + 1 if number.isdigit() else number}
        specs = KINDS[kind]
    else:
        column, title = rest, str(TITLES.get(kind, kind))
        specs = cells.SOURCE if kind == "source" else cells.ANNOUNCEMENT
    label = next((str(spec.label) for spec in specs if spec.name == column), column)
    return f"{title}, {label}"


def by_field(error: ValidationError) -> dict[str, list[str]]:
    """What filing refused, by field; under "" what belongs to none."""
    return dict(error.message_dict) if hasattr(error, "error_dict") else {"": list(error.messages)}
