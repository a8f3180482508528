"""The formats that the staff's screens offer."""

from decimal import Decimal

import pytest
import tablib
from django.utils.translation import override
from import_export import admin as stock_admin

from grants.imports.formats import CSV, FORMATS, ODS, XLS, XLSX, reading_errors
from grants.imports.reading import SheetError

from .samples import FRENCH

WRITTEN = [CSV, XLSX, ODS]


def dataset(*rows: list[object]) -> tablib.Dataset:
    return tablib.Dataset(*rows, headers=["nom", "montant", "note"])


@pytest.mark.parametrize("format_", WRITTEN)
def test_what_is_exported_can_be_imported_again(format_):
    exported = format_().export_data(dataset(["=1+1", Decimal("-5.10"), None], ["Élan", 3, "a\nb"]))
    read = format_(encoding="utf-8-sig").create_dataset(exported)
    assert read.headers == ["nom", "montant", "note"]
    assert [str(value) for value in read[0]] in (["=1+1", "-5.10", ""], ["=1+1", "-5.1", ""])
    assert [str(value) for value in read[1]] == ["Élan", "3", "a\nb"]


def test_the_dataset_keeps_the_sheets_own_row_numbers_and_facts():
    read = CSV().create_dataset(b"\n" + FRENCH.encode("cp1252"))
    assert (read.row_numbers, read.row_number(1)) == ([3, 4], 3)
    assert (read.sheet.encoding, read.sheet.delimiter) == ("cp1252", ";")


@pytest.mark.parametrize("format_", FORMATS)
def test_formats_know_what_they_are(format_):
    assert format_().can_import()
    assert format_().is_binary()
    assert format_().get_read_mode() == "rb"
    assert format_().get_title() == format_().get_extension().upper()
    assert "/" in format_().get_content_type()


def test_old_workbooks_are_read_but_not_written():
    assert [format_ for format_ in FORMATS if not format_().can_export()] == [XLS]


@pytest.mark.parametrize("format_", FORMATS)
def test_screens_give_numbers_as_numbers_to_our_formats(format_):
    assert format_ in stock_admin.BINARY_FORMATS


def test_a_form_shows_our_sentences_with_the_files_name():
    with pytest.raises(SheetError) as caught:
        CSV().create_dataset(b"nom,montant\nA,1,2\n")
    with override("fr"):
        sentences = reading_errors(caught.value, "aides.csv")
    assert len(sentences) == 1
    assert sentences[0].startswith("Fichier «\xa0aides.csv\xa0», ligne 2")


def test_a_fault_of_ours_shows_neither_its_class_nor_its_words(caplog):
    with override("fr"):
        (sentence,) = map(str, reading_errors(KeyError("secret"), "aides.csv"))
    assert "KeyError" not in sentence
    assert "secret" not in sentence
    assert "A sheet could not be read" in caplog.text
