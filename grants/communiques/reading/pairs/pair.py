"""An amount and whom it goes to."""

from dataclasses import dataclass, field

from ..judging import Judged
from ..names.name import Name


@dataclass(slots=True)
class Pair:
    """An amount and whom it goes to. `how` says by which words; `strength` between 0 and 1."""

    judged: Judged | None
    name: Name
    how: str
    strength: float
    more: list[Name] = field(default_factory=list)
    each: bool = False
    funder: str = ""
    project: str = ""
    place: str = ""
