"""Lines of CSV and JSON as PostgreSQL writes them, with the registry's own rules applied to the few that need them.

Looking for such lines in many at once costs a thousandth of what reading every cell would.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

from .cells import digits
from .escaping import has_controls, places_of_care, safe_csv_text, without_controls

_CSV_CELL = re.compile(r'"((?:[^"]+|"")*)"|[^,]*')
# How JSON writes the control characters that it does not leave as they are, told a little too often: a backslash may be
# of the text.
_ESCAPED_CONTROLS = (b"\\u00", b"\\b", b"\\f", b"\\r")


def safe_csv(lines: Sequence[bytes], textual: Sequence[bool]) -> bytes:
    """The lines, ended by CRLF; in columns that are `textual`, dangerous text escaped and controls dropped."""
    written = list(lines)
    for number, line in _of_concern(lines):
        written[number] = _safe_csv_line(line, textual).encode()
    return b"\r\n".join([line[:-1] for line in written]) + b"\r\n"


def _of_concern(lines: Sequence[bytes]) -> Iterator[tuple[int, str]]:
    """The lines, with their numbers, that may need care."""
    places = list(places_of_care(b"".join(lines)))
    if places:
        texts = [line.decode() for line in lines]
        ends = list(accumulate(map(len, texts)))
        for number in sorted({bisect_right(ends, place) for place in places}):
            yield number, texts[number]


def _safe_csv_line(line: str, textual: Sequence[bool]) -> str:
    cells = zip(_csv_cells(line.removesuffix("\n")), textual, strict=True)
    return ",".join(_csv_cell(safe_csv_text(without_controls(cell))) if text else cell for cell, text in cells) + "\n"


def _csv_cells(line: str) -> Iterator[str]:
    """The texts of the cells. Python's reader would refuse those that are longer than uploaded files may have."""
    at = 0
    while at <= len(line):
        cell = _CSV_CELL.match(line, at)
        assert cell is not None  # noqa: S101 (the pattern fits everywhere)
        yield cell[0] if cell[1] is None else cell[1].replace('""', '"')
        at = cell.end() + 1


def _csv_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


def clean_json(lines: Sequence[bytes]) -> list[bytes]:
    """The lines without their ends; texts without control characters."""
    if _may_have_controls(b"".join(lines)):
        return [_clean_json_line(line) if _may_have_controls(line) else line[:-1] for line in lines]
    return [line[:-1] for line in lines]


def _may_have_controls(json_text: bytes) -> bool:
    return has_controls(json_text) or any(escaped in json_text for escaped in _ESCAPED_CONTROLS)


def _clean_json_line(line: bytes) -> bytes:
    record: dict[str, Any] = json.loads(line, parse_float=Decimal)
    return json_object(record.items())


def json_object(pairs: Iterable[tuple[str, Any]]) -> bytes:
    """Names and values as one JSON object without line ends."""
    return ("{" + ",".join(f"{json_value(name)}:{json_value(value)}" for name, value in pairs) + "}").encode()


def json_value(value: Any) -> str:
    """A text, number, truth, None, or what is made of them, in JSON.

    Numbers keep their digits: a float would lose cents.
    """
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, dict):
        return json_object(value.items()).decode()
    if isinstance(value, list):
        return f"[{','.join(map(json_value, value))}]"
    return json.dumps(without_controls(value) if isinstance(value, str) else value, ensure_ascii=False)
