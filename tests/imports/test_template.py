"""The blank sheet: our titles, help beside them, and nothing to import in it."""

import io
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from grants.imports.nouns import SHEETS, map_titles, noun_sheet
from grants.imports.reading import SheetError, read_lines, read_sheet, understand
from grants.imports.template import write_template

from .understood import understood

pytestmark = pytest.mark.django_db
COMING_IN = [noun for noun, sheet in SHEETS.items() if sheet.comes_in]


def titles_of(content: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[0]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("noun", COMING_IN)
def test_a_blank_sheet_has_titles_but_no_row(noun: str, language: str) -> None:
    with pytest.raises(SheetError) as refused:
        read_sheet(write_template(noun, language), "modele.xlsx")
    assert "titres" in str(refused.value)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_titles_are_those_of_our_profile(language: str) -> None:
    titles = titles_of(write_template("grant", language))
    found = map_titles(noun_sheet("grant"), understood(titles))
    assert found.profile == "registre"
    assert not found.ignored
    assert not found.missing


def test_it_does_not_ask_for_what_the_registry_says() -> None:
    assert "publication" not in titles_of(write_template("grant", "fr"))


def test_it_helps_and_checks() -> None:
    with zipfile.ZipFile(io.BytesIO(write_template("grant", "fr"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        comments = book.read("xl/comments1.xml").decode()
    assert 'type="list"' in sheet
    assert "annoncée" in sheet
    assert "<pane" in sheet
    assert "Obligation" in comments


def test_its_second_sheet_explains_the_columns() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_template("organisation", "fr")))
    assert book.sheet_names[1] == "Aide"
    rows = book.get_sheet_by_name("Aide").to_python()
    assert ["NEQ (neq)"] in rows


@pytest.mark.parametrize("noun", COMING_IN)
def test_the_sheet_that_explains_is_never_the_one_read(noun: str, tmp_path: Path) -> None:
    path = tmp_path / "modele.xlsx"
    path.write_bytes(write_template(noun, "fr"))
    understanding = understand(path, path.name)
    assert understanding.sheet != "Aide"
    assert "no_rows" in [doubt.code for doubt in understanding.doubts]
    assert list(read_lines(path, understanding)) == []
