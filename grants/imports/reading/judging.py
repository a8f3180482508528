"""Which lines under the titles are data, and which are totals, sections, repeated titles or notes."""

import re
from decimal import Decimal

from grants.values.amounts import BadAmount
from grants.values.folding import fold

from ..sheets import Value
from ..styles import cell_amount
from . import facts, hints, looks
from .facts import SheetLine, Understanding

_MAYBE_TOTAL = re.compile(
    r"[\W_]*(?:(?:grand|sous|sub|s/?)[\s\-–_./]*)?(?:total|totaux|cumul|ensemble|(?:montant|somme)s?\s+tota)",
    re.IGNORECASE,
)
_END = r"(?: general| generale| generaux| global| partiel| cumule| final| section| page| annuel| a reporter| reporte)*"
_TOTAL = re.compile(
    rf"(?:(?:le|grand|sous|sub|s) ?)?(?:total|totaux|totals|soustotal|subtotal){_END}(?: (?:19|20)\d\d){{0,2}}"
    r"|(?:grand|sous|sub|s) ?(?:total|totaux).*"
    r"|total(?: (?:de|des|du|d|pour|for|of|par|amount|awarded|value|montants?|subventions?|ttc|ht|en)\b.*)"
    r"|(?:montants?|sommes?) tota(?:l|le|ux|les)|cumul|ensemble"
)
_NOTE = re.compile(
    r"\s*(?:\*|\(\d\)|\d\)|source|notes?\b|nota\b|n\.?\s?b\.?\s|remarque|l[ée]gende|mise? à jour"
    r"|derni[èe]re mise|extrait|extraction|g[ée]n[ée]r[ée]|donn[ée]es|page \d|last updated|data |updated)",
    re.IGNORECASE,
)
_OTHER_TOTALS = ("cumul", "ensemble")
LONG_NOTE = 160
AMOUNTS_SUMMED = 3


class Judge:
    """Says of each line what it is; remembers the sums of the rows above, of the whole sheet and of the section."""

    def __init__(self, understanding: Understanding) -> None:
        columns = understanding.columns
        self.width = len(columns)
        self.first_titles = {column.title.lower() for column in columns}
        self.narrow = self.width <= 6
        self.titles = [fold(column.title) for column in columns]
        self.amounts = [
            (position, column.number_style) for position, column in enumerate(columns) if column.looks_like == "amount"
        ][:AMOUNTS_SUMMED]
        self.constants = {
            position: column.samples[0]
            for position, column in enumerate(columns)
            if column.distinct == 1 and column.filled >= 3 and column.looks_like != "amount"
        }
        self.headers: list[list[str]] = []
        self.whole = [Decimal(0)] * len(self.amounts)
        self.section = [Decimal(0)] * len(self.amounts)
        self.rows = self.section_rows = 0

    def see_header(self, cells: list[Value]) -> None:
        """Remember a row of titles, so as to know it again."""
        self.first_titles |= {str(cell).lower() for cell in cells if cell is not None}
        self.headers.append([fold(str(cell)) if cell is not None else "" for cell in cells])

    def line(self, number: int, cells: list[Value]) -> SheetLine | None:
        """What the line is; None where it is blank."""
        blanks = cells.count(None)
        if blanks * 2 >= self.width or self.narrow:
            if blanks == self.width:
                return None
            kind, reason = self._kind(cells, blanks)
        else:
            first = cells[0] if cells[0] is not None else next(cell for cell in cells if cell is not None)
            kind = reason = ""
            if first.__class__ is str:
                lower = first.lower()  # type: ignore[union-attr]
                if lower in self.first_titles or "tota" in lower or lower.startswith(_OTHER_TOTALS):
                    kind, reason = self._kind(cells, blanks)
        if kind:
            if kind in (facts.TOTAL, facts.SECTION):
                self.section = [Decimal(0)] * len(self.amounts)
                self.section_rows = 0
            return SheetLine(number, cells, kind, reason)
        self._add(cells)
        return SheetLine(number, cells)

    def _add(self, cells: list[Value]) -> None:
        self.rows += 1
        self.section_rows += 1
        for place, (position, style) in enumerate(self.amounts):
            cell = cells[position]
            if cell is not None:
                try:
                    value = cell_amount(cell, style)[0]
                except BadAmount:
                    continue
                self.whole[place] += value
                self.section[place] += value

    def _kind(self, cells: list[Value], blanks: int) -> tuple[str, str]:
        filled: list[tuple[int, Value]] = [(position, cell) for position, cell in enumerate(cells) if cell is not None]
        if self._is_header(filled):
            return facts.HEADER, "header"
        texts = [(position, cell) for position, cell in filled if not looks.is_value(cell)]
        total = self._total(filled, texts)
        if total:
            return facts.TOTAL, total
        if len(filled) == 1 and self.width >= 3 and isinstance(filled[0][1], str):
            position, text = filled[0][0], filled[0][1]
            if texts or looks.look(text) == looks.DATE:
                return self._lone(position, text)
        if self.constants and len(filled) < self.width and self._is_prefilled(filled):
            return facts.NOTE, "prefilled"
        return "", ""

    def _is_header(self, filled: list[tuple[int, Value]]) -> bool:
        if len(filled) < 2:
            return False
        folded = [(position, fold(str(cell))) for position, cell in filled if isinstance(cell, str)]
        for header in (self.titles, *self.headers):
            same = sum(bool(text) and position < len(header) and text == header[position] for position, text in folded)
            if same >= max(2, 0.6 * len(filled)):
                return True
        return self._is_reworded_header(filled)

    def _is_reworded_header(self, filled: list[tuple[int, Value]]) -> bool:
        """Whether the row says the titles in other words: « MONTANT ACCORDÉ » where rows have amounts."""
        cells = dict(filled)
        promised = [cells.get(position) for position, _style in self.amounts]
        if not any(isinstance(cell, str) and hints.hint(cell) == hints.AMOUNT for cell in promised):
            return False
        shared = sum(
            isinstance(cell, str) and bool(set(hints.words_of(cell)) & set(self.titles[position].split()))
            for position, cell in filled
        )
        return shared >= max(2, 0.6 * len(filled))

    def _total(self, filled: list[tuple[int, Value]], texts: list[tuple[int, Value]]) -> str:
        """Return "total" or "sum" where the row is one, else ""."""
        label = next((str(cell) for _position, cell in texts if _MAYBE_TOTAL.match(str(cell))), "")
        alone = len(texts) == 1 or (len(texts) == 2 and len(filled) * 2 <= self.width)
        if label and alone and (_TOTAL.fullmatch(fold(label)) or self._is_sum(filled)):
            return "total"
        if not texts and self.width >= 3 and len(filled) * 2 <= self.width and self._is_sum(filled):
            return "sum"
        return ""

    def _is_sum(self, filled: list[tuple[int, Value]]) -> bool:
        """Whether an amount of the row is the sum of at least two rows above it."""
        cells = dict(filled)
        for place, (position, style) in enumerate(self.amounts):
            if cells.get(position) is None:
                continue
            try:
                value = cell_amount(cells[position], style)[0]
            except BadAmount:
                continue
            if value and (
                (value == self.whole[place] and self.rows > 1)
                or (value == self.section[place] and self.section_rows > 1)
            ):
                return True
        return False

    def _lone(self, position: int, text: str) -> tuple[str, str]:
        if self.constants.get(position) == text:
            return facts.NOTE, "prefilled"
        if _NOTE.match(text) or looks.look(text) == looks.DATE or len(text) > LONG_NOTE or position > 2:
            return facts.NOTE, "note"
        return facts.SECTION, "section"

    def _is_prefilled(self, filled: list[tuple[int, Value]]) -> bool:
        return all(self.constants.get(position) == str(cell)[:80] for position, cell in filled)
