"""Lines as PostgreSQL writes them, put under the registry's own rules."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from grants.exports.escaping import safe_csv_text, without_controls
from grants.exports.lines import clean_json, safe_csv

from .test_escaping import PAYLOADS

CELLS = st.text() | st.text(alphabet="'=;\n\t a-\r\ufeff＝b@|\",\x7fé")


def as_copied(rows: list[list[str]]) -> list[bytes]:
    """The rows as COPY writes them."""
    return [
        (",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell for cell in row) + "\n")
        .encode(errors="ignore")
        for row in rows
    ]  # fmt: skip


def as_read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), lineterminator="\r\n"))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_any_rows_are_made_safe(rows):
    rows = [[cell.encode(errors="ignore").decode() for cell in row] for row in rows]
    safe = [[safe_csv_text(without_controls(cell)) for cell in row] for row in rows]
    written = safe_csv(as_copied(rows), [True] * 3)
    expected = io.StringIO(newline="")
    csv.writer(expected).writerows(safe)
    assert as_read(written) == as_read(expected.getvalue().encode())


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_payload_is_found_wherever_it_stands(payload, place):
    row = ["a", "b;", ""]
    row[place] = payload
    rows = [["x", "", ""], ["y", "", "z;"], row, ["x", "", ""]]
    (found,) = [each for each in as_read(safe_csv(as_copied(rows), [True] * 3)) if each[0] not in "xy"]
    assert found[place] == safe_csv_text(without_controls(payload))


def test_numbers_are_left_as_they_are():
    assert safe_csv([b"-5.10,=1,-5\n"], [False, True, False]) == b"-5.10,'=1,-5\r\n"


def test_a_long_cell_is_no_obstacle():
    (row,) = as_read(safe_csv([b"=1," + b"x" * 100_000 + b"\n"], [True, True]))
    assert len(row[1]) == 100_000


@given(st.dictionaries(st.text(alphabet="abc", min_size=1), CELLS | st.none() | st.booleans(), min_size=1))
def test_any_object_loses_its_control_characters(record):
    record = {name: v.encode(errors="ignore").decode() if isinstance(v, str) else v for name, v in record.items()}
    (line,) = clean_json([(json.dumps(record, ensure_ascii=False) + "\n").encode()])
    cleaned = {name: without_controls(v) if isinstance(v, str) else v for name, v in record.items()}
    assert json.loads(line) == cleaned


def test_amounts_keep_their_digits():
    (line,) = clean_json([b'{"a":"\x7f","b":-1234567890123456.10}\n'])
    assert json.loads(line, parse_float=Decimal) == {"a": "", "b": Decimal("-1234567890123456.10")}


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*PAYLOADS, 'a "b", c', "\\", "\\n", "é\u2028", "a\r\nb"])
def test_what_postgresql_copies_is_what_was_there(text):
    text = text.replace("\x00", "")
    statement = connection.ops.compose_sql("COPY (SELECT 'x', %s) TO STDOUT (FORMAT csv)", [text])
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        lines = list(map(bytes, copy))
    (row,) = as_read(safe_csv(lines, [True, True]))
    assert row == ["x", safe_csv_text(without_controls(text))]
