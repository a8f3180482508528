"""Files say what they are: licence, question, date, meaning of the columns, codes and their labels."""

import csv
import io
import json
import zipfile

import pytest
from django.test import Client
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from grants.exports.columns import SHEETS
from grants.imports.reading import read_sheet

from .test_downloads import as_csv, body_of

pytestmark = pytest.mark.django_db
client = Client()
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def package(address: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(body_of(address)))


def test_a_workbook_has_a_sheet_about_itself_and_a_dictionary(first_source):
    book = load_workbook(io.BytesIO(body_of("/en/grants.xlsx?status=announced&sort=amount")))
    assert book.sheetnames == ["Grants", "About this file", "Dictionary"]
    about = dict(list(book["About this file"].values)[1:])
    assert about["Address of the selection"] == "http://testserver/en/grants/?status=announced&sort=amount"
    assert (about["Number of rows"], about["Text of the licence"]) == (9, LICENCE)
    words = {row[0]: row for row in book["Dictionary"].values}
    assert list(words)[1:] == [cell.value for cell in book["Grants"][1]]
    assert "loan = loan" in words["instrument"][4]


def test_a_workbook_speaks_the_language_of_its_page(first_source):
    names = CalamineWorkbook.from_filelike(io.BytesIO(body_of("/aides.ods"))).sheet_names
    assert names == ["Aides financières", "À propos", "Dictionnaire"]


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_the_import_still_reads_the_rows_and_not_the_sheets_about_them(first_source, ending):
    sheet = read_sheet(body_of(f"/aides.{ending}"), f"aides.{ending}")
    assert len(sheet.rows) == 9
    assert sheet.headers == [column.name for column in next(iter(SHEETS.values())).columns]


def test_every_file_links_to_its_licence_and_dictionary(first_source):
    for ending in ("csv", "jsonl", "xlsx", "zip", "json"):
        link = client.get(f"/en/grants.{ending}").headers["Link"]
        assert f'<{LICENCE}>; rel="license"' in link
        assert '<http://testserver/en/data/dictionary.csv>; rel="describedby"' in link


def test_the_dictionary_has_every_column_of_every_list_in_both_languages():
    rows = as_csv("/donnees/dictionnaire.csv")
    assert [(row["list"], row["column"]) for row in rows] == [
        (sheet.page, column.name) for sheet in SHEETS.values() for column in sheet.columns
    ]
    instrument = next(row for row in rows if row["column"] == "instrument")
    assert (instrument["label_fr"], instrument["meaning_en"]) == ("Forme de l’aide", "code")
    assert "loan = prêt" in instrument["codes_fr"]
    assert "loan = loan" in instrument["codes_en"]
    assert as_csv("/en/data/dictionary.csv") == rows


def test_a_data_package_holds_the_rows_their_schema_and_a_text(first_source):
    archive = package("/aides.zip?status=announced")
    assert archive.testzip() is None
    assert archive.namelist() == ["datapackage.json", "aides-financieres.csv", "LISEZMOI.txt"]
    described = json.loads(archive.read("datapackage.json"))
    (resource,) = described["resources"]
    rows = list(csv.DictReader(io.StringIO(archive.read(resource["path"]).decode("utf-8-sig"))))
    assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
    assert rows == as_csv("/aides.csv?status=announced")
    assert described["licenses"][0]["path"] == LICENCE
    text = archive.read("LISEZMOI.txt").decode("utf-8-sig")
    assert "Nombre de lignes\u00a0: 9" in text
    assert "http://testserver/aides/?status=announced" in text
    assert "- amount · " in text


def test_the_schema_of_a_package_types_what_it_can(first_source):
    described = json.loads(package("/en/grants.zip").read("datapackage.json"))
    schema = described["resources"][0]["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert (fields["amount"]["type"], fields["date"]["type"]) == ("number", "string")
    assert "loan" in fields["instrument"]["constraints"]["enum"]
    assert schema["primaryKey"] == ["id"]


def test_each_list_comes_as_a_package():
    for page in ("/aides", "/beneficiaires", "/annonces", "/programmes", "/projets", "/sources"):
        assert package(f"{page}.zip").testzip() is None
