"""A selection of grants: the question of an address, and everything it answers.

List, totals, facets, charts, map, files, feeds, dialects and API all ask this one object. What streams comes from
PostgreSQL (`records`); what counts, adds up and turns pages comes from the columns in memory.
"""

import base64
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.http import QueryDict
from django.utils.functional import cached_property

from grants.models import Grant, Organisation, SearchKind

from .answers import NOTHING, BadCursor, Choice, FacetAnswer, Group, RecipientGroup, Sums
from .columns import keeping
from .columns.asking import Asking, Between, Chosen, Condition, Received, WithAmount
from .columns.raw import keys_of
from .columns.table import MOST, Columns
from .facets import FACETS, Facet
from .filters import GrantFilter, grants_citing, grants_funding
from .orders import GRANT_ORDERS, NEWEST_FIRST
from .selection import Selection
from .words import hits


class GrantSelection(Selection):
    """`question` is the address's, parsed; nothing is read before it is asked for."""

    def __init__(self, question: QueryDict) -> None:
        super().__init__(question, Grant.objects.published(), GrantFilter, GRANT_ORDERS, NEWEST_FIRST)

    @cached_property
    def columns(self) -> Columns:
        """One reading for all answers of a request: they cannot contradict one another."""
        return keeping.current()

    @cached_property
    def _asking(self) -> Asking:
        if self.problems:
            return Asking(self.columns, (), [np.array([], dtype=np.int64)])
        cleaned = self.form.cleaned_data
        return Asking(self.columns, _conditions(cleaned), list(_lists_of_keys(cleaned)))

    # ── Counts and sums ──────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def sums(self) -> Sums:
        """Of the whole selection."""
        return self._asking.sums

    @cached_property
    def facets(self) -> list[FacetAnswer]:
        """All nine, in the page's order; the counts follow the other filters."""
        return [self.facet(name) for name in FACETS]

    def facet(self, name: str, most: int = 0, spare: int = 0) -> FacetAnswer:
        """One of them. Raises KeyError for a name that is no facet's.

        With `most`, only so many of the most frequent choices, those in force and « not provided », unless there are
        at most `spare` more: a thousand announcements are counted, not put into words.
        """
        cells = self._asking.by_without_own(name)
        counts = cells.counts.sum(axis=1)
        there = np.flatnonzero(counts)
        places, values = self.columns.places(name), self.columns.legends[name].values
        chosen, refused = self._values(name), self._values(f"{name}_not")
        in_force = {places[value] for value in chosen | refused if value in places}
        size = len(in_force.union(there.tolist())) if in_force else len(there)
        if most and len(there) > most + spare:
            frequent = there[np.argsort(-counts[there], kind="stable")[:most]]
            there = np.append(frequent, [len(values) - 1] if counts[-1] else []).astype(np.intp)
        shown = sorted(in_force.union(there.tolist()))
        choices = [
            Choice(values[at], self.columns.label(name, values[at]), sums, values[at] in chosen, values[at] in refused)
            for at, sums in zip(shown, cells.part(np.array(shown, dtype=np.intp)).as_sums(), strict=True)
        ]
        # A year that no grant has may be asked for all the same.
        strangers = sorted((chosen | refused) - places.keys()) if not self.problems else []
        for value in strangers:
            choices.append(Choice(value, FACETS[name].label_of(value), NOTHING, value in chosen, value in refused))
        return FacetAnswer(name, str(FACETS[name].label), choices, size + len(strangers))

    def by(self, name: str) -> list[Group]:
        """The selection itself by the values of a facet, in the facet's order. Raises KeyError for another name."""
        found = zip(self.columns.legends[name].values, self._asking.by(name).as_sums(), strict=True)
        return [Group(value, self.columns.label(name, value), sums) for value, sums in found if sums.count]

    @property
    def recipient_count(self) -> int:
        """How many receive; all natural persons together are one."""
        return self._asking.recipient_count

    def recipients(self, limit: int, offset: int = 0) -> list[RecipientGroup]:
        """Those who receive, the largest first. One query."""
        keys, cells = self._asking.recipients(offset, offset + limit)
        there = Organisation.objects.published().select_related("region").in_bulk([int(key) for key in keys])
        return [
            RecipientGroup(there.get(int(key)), sums)
            for key, sums in zip(keys, cells.as_sums(), strict=True)
            # One withdrawn this very moment is nobody's business, and no natural person either.
            if key == 0 or int(key) in there
        ]

    def label_of(self, facet: Facet, value: str) -> str:
        return self.columns.label(facet.name, value)

    # ── Pages ────────────────────────────────────────────────────────────────────────────────────────────

    def keys(self, start: int, size: int) -> list[int]:
        """The primary keys of `size` grants from the `start`-th (0 is the first), at any depth as quickly."""
        if self.problems:
            return []
        return [int(key) for key in self._asking.slice(self.sort, start, size)]

    def after(self, cursor: str, size: int) -> tuple[list[int], str | None]:
        """The keys of the `size` grants that follow a cursor ("" begins), and the next cursor (None: no more).

        A cursor holds its place whatever is published or withdrawn meanwhile. Raises BadCursor.
        """
        if self.problems:
            return [], None
        start = self._place_of(cursor) if cursor else 0
        keys = self.keys(start, size)
        there_is_more = start + len(keys) < self._asking.count
        return keys, self._cursor_of(keys[-1]) if keys and there_is_more else None

    def _cursor_of(self, key: int) -> str:
        order = self.columns.order(self.sort.lstrip("-"))
        (row,) = self.columns.rows_of(np.array([key], dtype=np.int64))
        # Names change their places: of that order the cursor keeps whose name it was.
        values = self.columns.raw.recipient if self._is_by_name else order.values
        value = None if order.is_unknown(int(row)) else int(values[row])
        written = json.dumps([self.sort, value, key], separators=(",", ":"))
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")

    def _place_of(self, cursor: str) -> int:
        try:
            sort, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except (ValueError, TypeError, RecursionError) as wrong:
            raise BadCursor(cursor) from wrong
        if sort != self.sort or not _is_whole(key) or not (value is None or _is_whole(value)):
            raise BadCursor(cursor)
        if self._is_by_name:
            value, key = self._place_by_name(value, key)
        return self._asking.place_after(self.sort, value, key)

    @property
    def _is_by_name(self) -> bool:
        return self.sort.lstrip("-") == "recipient"

    def _place_by_name(self, recipient: int | None, key: int) -> tuple[int, int]:
        """Where the grant itself stands now is what counts; where it is gone, its recipient's name."""
        rows = self.columns.rows_of(np.array([key], dtype=np.int64))
        if len(rows):
            return int(self.columns.order("recipient").values[rows[0]]), key
        found = None if recipient is None else self.columns.name_rank(recipient)
        if found is None:
            raise BadCursor(str(recipient))
        rank, is_there = found
        # Without it, the place is that of the name before, behind its last grant.
        return rank, key if is_there else MOST


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _conditions(cleaned: dict[str, Any]) -> Sequence[Condition]:
    """What is asked of each row, as the columns understand it."""
    found: list[Condition] = []
    for name in FACETS:
        for values, exclude in ((cleaned[name], False), (cleaned[f"{name}_not"], True)):
            if values:
                found.append(Chosen(name, values, exclude))
    first, last = cleaned["date_from"], cleaned["date_to"]
    if first or last:
        found.append(Between("date", _as_number(first.iso) if first else None, _last_number(last)))
    least, most = _cents(cleaned["amount_min"]), _cents(cleaned["amount_max"])
    if least is not None or most is not None:
        found.append(Between("cents", least, most))
    if cleaned["recipient"]:
        found.append(Received(cleaned["recipient"].pk))
    if cleaned["amount"]:
        found.append(WithAmount(cleaned["amount"] == "known"))
    return found


def _as_number(iso: str) -> int:
    """« 2022-04 » is 20220400: partial dates sort as their text does."""
    return int(iso.replace("-", "").ljust(8, "0"))


def _last_number(last: Any) -> int | None:
    day: date | None = last.last_day if last else None
    return _as_number(day.isoformat()) if day else None


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount.scaleb(2))


def _lists_of_keys(cleaned: dict[str, Any]) -> Any:
    """What only PostgreSQL can say of grants: their words, whose they are, what they fund, who says so."""
    if cleaned["q"].strip():
        yield hits(cleaned["q"], SearchKind.GRANT)
    if cleaned["project"]:
        yield keys_of(grants_funding(cleaned["project"]))
    if cleaned["source"]:
        yield keys_of(grants_citing(cleaned["source"]))
