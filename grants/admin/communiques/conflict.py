"""Two people at one draft: what of it differs between the page that was sent and what was kept meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from grants.communiques.draft import Draft
from grants.models import Communique

from ..people import who_wrote
from ..showing import show_value
from . import cells
from .errors import TITLES
from .sheet import KINDS

MOST_SHOWN = 50


@dataclass(frozen=True)
class Difference:
    """One cell: this person's value, and the one kept meanwhile."""

    label: str
    mine: str
    stored: str


@dataclass(frozen=True)
class Conflict:
    """Who wrote meanwhile, when, and what differs (the first fifty of `count`)."""

    who: str
    when: datetime
    differences: list[Difference]
    count: int


def conflict_of(communique: Communique, mine: Draft) -> Conflict:
    """Compare what was sent with the draft as it is kept now."""
    who, when = who_wrote(communique)
    differences = _differences(mine, Draft.from_json(communique.draft))
    return Conflict(who, when or communique.modified_at, differences[:MOST_SHOWN], len(differences))


def _differences(mine: Draft, stored: Draft) -> list[Difference]:
    found = _of_line(cells.ANNOUNCEMENT, str(TITLES["announcement"]), mine.announcement, stored.announcement)
    found += _of_line(cells.SOURCE, str(TITLES["source"]), mine.source, stored.source)
    for kind, specs in KINDS.items():
        ours, theirs = getattr(mine, kind), getattr(stored, kind)
        for number in range(max(len(ours), len(theirs))):
            title = TITLES[kind] % {"number": number + 1}
            pair = [lines[number] if number < len(lines) else None for lines in (ours, theirs)]
            found += _of_line(specs, title, *pair)
    return found


def _of_line(specs: tuple[cells.Spec, ...], title: str, mine: object, stored: object) -> list[Difference]:
    differences = []
    for spec in specs:
        ours, theirs = (getattr(line, spec.name) if line is not None else None for line in (mine, stored))
        if ours != theirs and not (ours in (None, "") and theirs in (None, "")):
            values = [_shown(spec, value) for value in (ours, theirs)]
            differences.append(Difference(f"{title}, {spec.label}", *values))
    return differences


def _shown(spec: cells.Spec, value: object) -> str:
    if isinstance(value, bool):
        return show_value(value)
    labels = {str(code): str(label) for code, label in spec.choices}
    return show_value(labels.get(str(value)) or cells.shown(spec.kind, value))
