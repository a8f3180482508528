"""Text that a spreadsheet program would run as a formula, made harmless and back again.

A CSV cell has no type: a program that opens it decides by its first character whether it is a formula.
An apostrophe in front settles it. Programs set to French cut a comma-separated file at its semicolons
instead, and then take each piece for a cell; so a piece that follows a semicolon, a tab or a line end
inside a text is treated like the start of one.
"""

import re
from collections.abc import Iterator
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
# format. A line end straight behind a comma is that of a row whose last cell is empty. Most cells begin with a letter
# or digit, or are empty, and are known by that alone.
_perhaps_unsafe = re.compile(
    rf"[,{_CUTS}](?![,0-9A-Za-zÀ-ÿ])(?=['{_SKIPPED}]*(?:[=+\-@|\t＝＋－＠｜]|(?<!,)[\r\n]))"
).finditer
# What XML 1.0 cannot hold and what no cell should: controls, lone surrogates, non-characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_perhaps_control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]").finditer
# The same in UTF-8: those of one byte, of two and of three.
_ONE_BYTE = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_two_bytes = re.compile(rb"\xc2[\x80-\x9f]").search
_three_bytes = re.compile(rb"\xef\xbf[\xbe\xbf]").search


def safe_csv_text(value: Any) -> Any:
    """The value as a CSV cell may hold it: dangerous text gets apostrophes, numbers stay what they are."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    return _UNSAFE.sub("'", str(value))


def unescape(text: Any) -> Any:
    """What safe_csv_text() was given, from what it returned; anything but text is returned as it is."""
    return _ESCAPED.sub("", text) if isinstance(text, str) else text


def places_of_care(lines: bytes) -> Iterator[int]:
    """Where lines of CSV may hold a text that safe_csv_text() or without_controls() would change, in characters."""
    text = lines.decode()
    for found in _perhaps_unsafe(f"\n{text}"):
        yield found.start()  # with the line end put in front, the place behind the cut
    if has_controls(lines):
        for found in _perhaps_control(text):
            yield found.start()


def has_controls(data: bytes) -> bool:
    """Whether UTF-8 holds anything that without_controls() would change."""
    return len(data.translate(None, _ONE_BYTE)) < len(data) or bool(_two_bytes(data) or _three_bytes(data))


def without_controls(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters; tabs and line ends stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
