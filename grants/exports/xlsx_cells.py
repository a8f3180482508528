"""What a value becomes in an XLSX sheet. A million rows have forty million cells: the common ones take a short way."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from .cells import EXACT_DIGITS, Kind, digits, is_exact, plain
from .escaping import safe_csv_text, without_controls

CELL_CHARACTERS = 32_767

# The numbers of the layouts in xlsx_parts.STYLES.
HEADER, MONEY, AS_TEXT, QUOTED = 1, 2, 3, 4

# A text without any of these stands in XML as it is.
_special = re.compile("[&<>_\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]").search
# What spreadsheets would read as an escaped character.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_EASY_STARTS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ÀÂÇÉÈÊËÎÏÔÙÛàâçéèêëîïôùû«(")

Writer = Callable[[Any, str], str]


def letters(count: int) -> str:
    """What spreadsheets call the column of that number, counted from 1: A, B, … Z, AA."""
    name = ""
    while count:
        count, rest = divmod(count - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def header_cell(title: str, number: int) -> str:
    """A title in the first row of column ``number``, counted from 1."""
    return f'<c r="{letters(number)}1" s="{HEADER}" t="inlineStr">{_inline(title)}</c>'


def writer_of(kind: Kind, number: int) -> Writer:
    """What writes the cells of column ``number``, given a value and the number of its row; "" for nothing."""
    opening = f'<c r="{letters(number)}'
    layout = f' s="{AS_TEXT}"' if kind in ("identifier", "date") else ""
    end = f'"{layout} t="inlineStr"><is><t>'

    def write_text(value: Any, row: str) -> str:
        if type(value) is not str:
            return "" if value is None else write_any(value, row)
        if value == "":
            return ""
        if value[0] in _EASY_STARTS and len(value) <= CELL_CHARACTERS and value[-1] != " " and not _special(value):
            return f"{opening}{row}{end}{value}</t></is></c>"
        return write_any(value, row)

    def write_number(value: Any, row: str) -> str:
        if value is None:
            return ""
        if type(value) is Decimal and kind == "money":
            text = str(value)
            if len(text) <= EXACT_DIGITS and value.is_finite():
                return f'{opening}{row}" s="{MONEY}"><v>{text}</v></c>'
        return write_any(value, row)

    def write_any(value: Any, row: str) -> str:
        return _cell(opening + row + '"', plain(value, kind), kind, layout)

    return write_text if kind in ("text", "identifier", "date") else write_number


def _cell(opening: str, value: Any, kind: Kind, layout: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'{opening} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, Decimal | int) and is_exact(value):
        is_money = kind == "money" or (kind == "any" and isinstance(value, Decimal))
        layout = f' s="{MONEY}"' if is_money else ""
        return f"{opening}{layout}><v>{digits(value)}</v></c>"
    text = digits(value) if isinstance(value, Decimal | int) else value
    if len(text) > CELL_CHARACTERS:
        text = text[: CELL_CHARACTERS - 1] + "…"
    if safe_csv_text(text) != text:
        # Keeps a text that begins like a formula from becoming one when somebody edits the cell.
        layout = f' s="{QUOTED}"'
    return f'{opening}{layout} t="inlineStr">{_inline(text)}</c>'


def _inline(text: str) -> str:
    spaces = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<is><t{spaces}>{escape(_LOOKS_ESCAPED.sub('_x005F_', without_controls(text)))}</t></is>"
