"""What a neighbouring standard is to us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True)
class Dialect:
    """A standard's titles: `titles` gives our column for each spelling, "" for those we have no column for.

    `telling` are the titles by which its files are known, the spellings of each separated by semicolons.
    """

    name: str
    label: str | Promise
    titles: Mapping[str, str]
    telling: Iterable[str]
    identity: str = "reference"
    splits: Iterable[str] = field(default=())
    currency: str = ""
    euros_by_siret: bool = False
    negative_reason: str = ""


def spelt(table: Mapping[str, str], unused: str = "") -> dict[str, str]:
    """Titles to columns, from columns to titles separated by semicolons; `unused` are titles without a column."""
    found = {title.strip(): "" for title in unused.split(";") if title.strip()}
    for column, titles in table.items():
        found |= {title.strip(): column for title in titles.split(";") if title.strip()}
    return found
