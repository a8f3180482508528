"""Text that a spreadsheet program would run as a formula, made harmless and back again.

A CSV cell has no type: a program that opens it decides by its first character whether it is a formula.
An apostrophe in front settles it. Programs set to French cut a comma-separated file at its semicolons
instead, and then take each piece for a cell; so a piece that follows a semicolon, a tab or a line end
inside a text is treated like the start of one.
"""

import re
from decimal import Decimal
from typing import Any

# ASCII triggers, then their full-width forms, which some programs fold to the former.
_TRIGGERS = r"=+\-@|\t\r\n" + "＝＋－＠｜"
# Spaces and invisible characters that programs skip before they look; quotation marks, which they take off.
_SKIPPED = r"\x22\x20\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\x00"
_CUTS = r";\t\r\n"
_PIECE = rf"(?:(?<![\s\S])|(?<=[{_CUTS}]))"
_DANGEROUS = rf"'*[{_SKIPPED}]*[{_TRIGGERS}]"

_UNSAFE = re.compile(rf"{_PIECE}(?={_DANGEROUS})")
_ESCAPED = re.compile(rf"{_PIECE}'(?={_DANGEROUS})")
# The same in lines of CSV as they stand, told a little too often: a comma may be of a text, a quotation mark of the
# format. A line end straight behind a comma is that of a row whose last cell is empty.
_perhaps_unsafe = re.compile(rf"[,{_CUTS}]['{_SKIPPED}]*(?:[=+\-@|\t＝＋－＠｜]|(?<!,)[\r\n])").search
_perhaps_control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]").search
# What XML 1.0 cannot hold and what no cell should: controls, lone surrogates, non-characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def safe_csv_text(value: Any) -> Any:
    """The value as a CSV cell may hold it: dangerous text gets apostrophes, numbers stay what they are."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    return _UNSAFE.sub("'", str(value))


def unescape(text: Any) -> Any:
    """What safe_csv_text() was given, from what it returned; anything but text is returned as it is."""
    return _ESCAPED.sub("", text) if isinstance(text, str) else text


def may_need_care(lines: str) -> bool:
    """Whether lines of CSV may hold a text that safe_csv_text() or without_controls() would change."""
    return bool(_perhaps_unsafe(f"\n{lines}") or _perhaps_control(lines))


def without_controls(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters; tabs and line ends stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
