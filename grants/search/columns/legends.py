"""What the codes of a column stand for: the values of a facet in their order, as in addresses and in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from grants.bilingual import current_language, pick
from grants.models import Announcement, Programme, Region
from grants.search.facets import BANDS, FACETS, FOREIGN, UNKNOWN, BandFacet, RecordFacet

from .cubes import distinct
from .raw import CODES, NO_AMOUNT, Raw


@dataclass
class Legend:
    """`values` as they stand in addresses, in the order of the facet; what is not known is the last."""

    name: str
    values: Sequence[str]
    word: Callable[[str], str]
    _words: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, int]:
        return {value: place for place, value in enumerate(self.values)}

    def label(self, value: str) -> str:
        """In the reader's words, remembered: thousands of announcements are worded once."""
        at = (current_language(), value)
        if at not in self._words:
            self._words[at] = self.word(value)
        return self._words[at]


def coded(name: str, column: np.ndarray) -> tuple[Legend, np.ndarray]:
    """A code list: what is not known comes last."""
    values = (*CODES[name], UNKNOWN)
    return Legend(name, values, FACETS[name].label_of), np.where(column < 0, len(values) - 1, column).astype(np.int32)


def recorded(name: str, column: np.ndarray) -> tuple[Legend, np.ndarray]:
    """Published programmes by name, or announcements from the latest."""
    facet = FACETS[name]
    assert isinstance(facet, RecordFacet)  # noqa: S101 (for mypy)
    wanted = {
        Programme: ("public_id", "name_fr", "name_en", "acronym"),
        Announcement: ("public_id", "title_fr", "title_en", "date"),
    }[facet.model]
    records = list(facet.model.objects.published().only(*wanted))
    by_id = {record.public_id: record for record in records}

    def word(value: str) -> str:
        return facet.words_for(by_id[value]) if value in by_id else facet.label_of(value)

    keys = np.array([record.pk for record in records], dtype=np.int64)
    order = np.argsort(keys)
    # The place of each key among the records, which are in the order of the facet.
    found = np.searchsorted(keys[order], column) if len(keys) else np.zeros(len(column), dtype=np.int64)
    codes = np.full(len(column), len(records), dtype=np.int32)
    there = (column > 0) & (found < len(keys))
    there[there] = keys[order][found[there]] == column[there]
    codes[there] = order[found[there]]
    return Legend(name, [*by_id, UNKNOWN], word), codes


def regions(column: np.ndarray) -> tuple[Legend, np.ndarray]:
    """Regions in the order of their codes, their names read once."""
    legend, codes = coded("region", column)
    by_code = {region.code: region for region in Region.objects.all()}
    plain = legend.word

    def word(value: str) -> str:
        return str(pick(by_code[value], "name")) if value in by_code else plain(value) if value == UNKNOWN else value

    legend.word = word
    return legend, codes


def bands(raw: Raw) -> tuple[Legend, np.ndarray]:
    """How large the amounts are."""
    facet = FACETS["band"]
    assert isinstance(facet, BandFacet)  # noqa: S101 (for mypy)
    edges = [int(high * 100) for _low, high in BANDS.values() if high is not None]
    codes = np.searchsorted(np.array(edges), raw.cents, side="right").astype(np.int32)
    codes[~raw.is_dollars] = facet.values.index(FOREIGN)
    codes[raw.cents == NO_AMOUNT] = facet.values.index(UNKNOWN)
    return Legend("band", facet.values, facet.label_of), codes


def months(dates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The months that grants are dated in (202204; 202200 for a year alone; -1 for none), and the place of each row."""
    floor = np.where(dates < 0, 0, dates // 100)
    found, places = distinct(floor, int(floor.max(initial=0)) + 1)
    return np.where(found, found, -1), places


def years(found: np.ndarray) -> tuple[Legend, np.ndarray]:
    """The years of these months, the latest first."""
    return _dated("year", found // 100, found > 0, str)


def fiscal_years(found: np.ndarray) -> tuple[Legend, np.ndarray]:
    """The fiscal years of these months; of a year alone it is not known."""
    starts = np.where(found % 100 >= 4, found // 100, found // 100 - 1)
    return _dated("fiscal", starts, (found > 0) & (found % 100 > 0), lambda start: f"{start}-{int(start) + 1}")


def _dated(
    name: str, starts: np.ndarray, known: np.ndarray, written: Callable[[int], str]
) -> tuple[Legend, np.ndarray]:
    distinct = sorted({int(start) for start in starts[known]}, reverse=True)
    place = {start: at for at, start in enumerate(distinct)}
    codes = [place[int(start)] if is_known else len(distinct) for start, is_known in zip(starts, known, strict=True)]
    values = [*map(written, distinct), UNKNOWN]
    return Legend(name, values, FACETS[name].label_of), np.array(codes, dtype=np.int32)
