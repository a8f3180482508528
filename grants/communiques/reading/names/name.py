"""A name found in the text."""

from dataclasses import dataclass, field

LONGEST = 160  # characters; no name is longer


@dataclass(slots=True)
class Name:
    """A name found: cleaned, with its place in the plain text. `quality` between 0 and 1."""

    value: str
    start: int
    end: int
    quality: float
    known: bool = False
    acronym: str = ""
    place: str = ""
    after: int = 0  # where what belongs to the name ends, acronym included
    article: str = ""
    reasons: list[str] = field(default_factory=list)
