"""What is wrong with a draft, by the field of the page that it is said beside."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from grants.communiques.draft import Draft
from grants.communiques.typed import date_in, number_in

from . import cells
from .sheet import KINDS, MOST_LINES

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


def by_field(error: ValidationError) -> dict[str, list[str]]:
    """What filing refused, by field; under "" what belongs to none."""
    return dict(error.message_dict) if hasattr(error, "error_dict") else {"": list(error.messages)}
