"""Lists as files: the same records as the page, codes and labels, nothing that runs."""

import csv
import io
import json

import pytest
from django.db import InternalError, connection
from django.test import Client
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from grants.exports.reading import one_state
from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()

PAYLOADS = ["=1+1", "==1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x")']


def body_of(address: str) -> bytes:
    return b"".join(client.get(address))


def as_csv(address: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(body_of(address).decode("utf-8-sig"))))


def as_sheet(address: str):
    return load_workbook(io.BytesIO(body_of(address))).active


def test_each_list_comes_in_five_formats_in_both_languages(first_source):
    for french, english in {
        "/aides": "/en/grants",
        "/beneficiaires": "/en/recipients",
        "/annonces": "/en/announcements",
        "/programmes": "/en/programmes",
        "/projets": "/en/projects",
        "/sources": "/en/sources",
    }.items():
        for start in (french, english):
            rows = as_csv(f"{start}.csv")
            assert rows
            assert len(json.loads(body_of(f"{start}.json"))["records"]) == len(rows)
            assert [json.loads(line)["id"] for line in body_of(f"{start}.jsonl").splitlines()] == [
                row["id"] for row in rows
            ]
            assert as_sheet(f"{start}.xlsx").max_row == len(rows) + 1
            ods = CalamineWorkbook.from_filelike(io.BytesIO(body_of(f"{start}.ods"))).get_sheet_by_index(0)
            assert len(ods.to_python()) == len(rows) + 1


def test_a_file_is_for_saving_and_dated():
    headers = client.get("/aides.csv").headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith('attachment; filename="aides-financieres-2')
    assert 'filename="grants-2' in client.get("/en/grants.json").headers["Content-Disposition"]


def test_a_file_holds_what_its_list_shows(first_source):
    for question in ("region=08", "amount_min=1 M$", "q=numerique", "year=null", "sort=-amount"):
        listed = [row.href.split("/")[-2] for row in client.get(f"/aides/?{question}").context["rows"]]
        assert [row["id"] for row in as_csv(f"/aides.csv?{question}")] == listed


def test_a_list_of_several_pages_comes_whole():
    make.GrantFactory.create_batch(51, published=True, recipient=make.OrganisationFactory(published=True))
    assert len(as_csv("/aides.csv?page=2")) == 51


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "json", "jsonl"])
def test_a_list_of_nothing_is_a_file_of_nothing(ending):
    content = body_of(f"/aides.{ending}")
    assert content.startswith({"xlsx": b"PK", "ods": b"PK", "json": b"{"}.get(ending, content))


def test_a_reader_who_goes_away_leaves_no_transaction_open(transactional_db):
    make.GrantFactory.create_batch(3, published=True, recipient=make.OrganisationFactory(published=True))
    for ending in ("csv", "xlsx", "json"):
        response = client.get(f"/aides.{ending}")
        pieces = iter(response)
        next(pieces)
        next(pieces)
        response.close()
        assert not connection.in_atomic_block
        assert connection.connection is None or connection.connection.info.transaction_status.name == "IDLE"


def test_a_file_cannot_change_the_registry(transactional_db):
    make.GrantFactory(published=True)
    with one_state("default"), pytest.raises(InternalError, match="read-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM grants_grant")


@pytest.mark.parametrize("question", ["region=99", "amount_min=beaucoup", "nowhere=1", "sort=nowhere", "q=%00"])
def test_a_question_that_makes_no_sense_gives_a_message_and_no_file(question):
    response = client.get(f"/en/grants.csv?{question}")
    assert response.status_code == 400
    assert "This file cannot be made" in response.content.decode()


def test_codes_come_with_labels_in_both_languages(first_source):
    (row,) = as_csv("/en/grants.csv?recipient=groupe-misa")
    assert (row["status"], row["status_fr"], row["status_en"]) == ("announced", "annoncée", "announced")


def test_amounts_are_numbers_and_dates_no_more_precise_than_known(first_source):
    make.GrantFactory(published=True, public_id="march", date="2021-03", amount="1234.50")
    (row,) = as_csv("/aides.csv?year=2021")
    assert (row["amount"], row["date"]) == ("1234.50", "2021-03")
    assert '"amount":1234.50' in body_of("/aides.json?year=2021").decode()
    assert '"amount":1234.50' in body_of("/aides.jsonl?year=2021").decode()


def test_an_unknown_amount_is_empty_and_never_nil():
    make.GrantFactory(published=True, amount=None)
    assert as_csv("/aides.csv")[0]["amount"] == ""
    assert json.loads(body_of("/aides.json"))["records"][0]["amount"] is None


def test_identifiers_are_text_in_a_workbook():
    make.OrganisationFactory(published=True, neq="1140000000")
    sheet = as_sheet("/beneficiaires.xlsx?role=all")
    cells = {title.value: cell for title, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["neq"].value == "1140000000"
    assert cells["neq"].data_type == "s"


def test_amounts_are_numbers_in_a_workbook():
    make.GrantFactory(published=True, amount="-12.50", negative_reason="Correction")
    sheet = as_sheet("/aides.xlsx")
    cells = {title.value: cell for title, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["amount"].value, cells["amount"].data_type) == (-12.5, "n")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload):
    make.GrantFactory(published=True, title_fr=payload.strip() or payload, recipient__name_fr=payload.strip())
    (row,) = as_csv("/aides.csv")
    assert row["title_fr"].startswith("'")
    assert row["recipient_fr"].startswith("'")
    for cell in as_sheet("/aides.xlsx")[2]:
        assert cell.data_type != "f"


def test_the_address_of_a_record_is_in_the_language_of_the_file(first_source):
    assert as_csv("/aides.csv?recipient=colab")[0]["address"] == "http://testserver/aides/otn-colab/"
    assert as_csv("/en/grants.csv?recipient=colab")[0]["address"] == "http://testserver/en/grants/otn-colab/"


def test_a_json_file_says_what_it_is(first_source):
    metadata = json.loads(body_of("/en/grants.json?status=announced&sort=amount"))["metadata"]
    assert metadata["title"] == "Grants"
    assert metadata["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert metadata["query"] == {"status": ["announced"], "sort": ["amount"]}
    assert metadata["count"] == 9
    assert metadata["generated"][:2] == "20"
    assert metadata["address"] == "http://testserver/en/grants/?status=announced&sort=amount"
    columns = {column["name"]: column for column in metadata["columns"]}
    assert columns["amount"] == {
        "name": "amount",
        "label": "Amount",
        "kind": "money",
        "note": "empty when unknown, never 0",
    }
    assert {"code": "loan", "label": "loan"} in columns["instrument"]["codes"]


def test_projects_and_sources_of_a_grant_are_listed_without_splitting_it(first_source):
    (row,) = as_csv("/aides.csv?recipient=fpinnovations")
    assert len(row["project_ids"].split("; ")) == 2
    assert row["amount"] == "6678540.00"
    assert "quebec-39538" in row["sources"]


def test_every_column_is_explained_on_the_data_page():
    from grants.exports.columns import SHEETS

    page = client.get("/en/data/").content.decode()
    for sheet in SHEETS.values():
        names = [column.name for column in sheet.columns]
        assert len(names) == len(set(names))
        assert all(f"<code>{name}</code>" in page for name in names)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx", "zip", "canada.csv"])
def test_a_file_given_up_in_the_middle_keeps_nobody_waiting(ending):
    make.GrantFactory(published=True, programme=make.ProgrammeFactory(published=True))
    response = Client().get(f"/aides.{ending}")
    next(iter(response.streaming_content))
    response.close()
    assert Client().get("/aides/").status_code == 200
