"""What is drawn: values with their words, and where each leads."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: words, value (None: unknown, nothing is drawn), the value in words, CSS class.

    `href` makes it a link; `short` is the value where there is little room (« 29,2 M$ »).
    """

    label: str
    value: Decimal | None
    text: str
    style: str = "bar"
    href: str = ""
    short: str = ""

    @property
    def words(self) -> str:
        """What it says where nothing is seen: « Laval, 5 $ »."""
        return f"{self.label}, {self.text}"


@dataclass(frozen=True, slots=True)
class RegionMark(Mark):
    """A region: `code` places its tile."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A place on an axis of time: its words, the columns that stand there, and a level drawn across them."""

    label: str
    columns: tuple[Mark, ...]
    level: Mark | None = None

    @property
    def values(self) -> list[Decimal]:
        """The known values that stand there."""
        return [mark.value for mark in (*self.columns, *([self.level] if self.level else ())) if mark.value is not None]
