"""What stands behind charts and facets, as files."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from grants.search.facets import FACETS
from tests import factories as make

from .test_downloads import as_csv, as_sheet, body_of

pytestmark = pytest.mark.django_db
client = Client()


def test_the_groups_of_a_selection_come_with_their_sums(first_source):
    make.GrantFactory(published=True, amount=None, date="2021")
    make.GrantFactory(published=True, amount="10.50", currency="EUR", date="2021-03")
    rows = {row["value"]: row for row in as_csv("/aides/par/year.csv")}
    assert rows["2021"] == {
        "value": "2021",
        "label_fr": "2021",
        "label_en": "2021",
        "count": "2",
        "total": "",
        "unknown": "1",
        "foreign": "1",
    }
    assert rows["2022"]["count"] == "9"


def test_groups_follow_the_selection(first_source):
    rows = as_csv("/en/grants/by/status.csv?recipient=groupe-misa")
    assert [(row["value"], row["label_fr"], row["label_en"], row["total"]) for row in rows] == [
        ("announced", "annoncée", "announced", "5416050.00")
    ]


def test_every_facet_can_be_had_in_both_languages(first_source):
    for name in FACETS:
        for address in (f"/aides/par/{name}.csv", f"/en/grants/by/{name}.csv"):
            assert sum(int(row["count"]) for row in as_csv(address)) == 9


def test_recipients_come_largest_first(first_source):
    rows = as_csv("/en/grants/by/recipient.csv")
    totals = [Decimal(row["total"]) for row in rows]
    assert len(rows) == 9
    assert totals == sorted(totals, reverse=True)
    misa = next(row for row in rows if row["recipient_id"] == "groupe-misa")
    assert (misa["region"], misa["region_name"], misa["count"]) == ("08", "Abitibi-Témiscamingue", "1")


def test_natural_persons_are_one_row_that_names_nobody():
    for name in ("Jeanne Secrète", "Paul Secret"):
        person = make.OrganisationFactory(
            published=True, name_fr=name, is_natural_person=True, kind="other", region=make.RegionFactory()
        )
        make.GrantFactory(published=True, recipient=person)
    (row,) = as_csv("/aides/par/recipient.csv")
    assert (row["recipient_id"], row["recipient_fr"], row["recipient_en"]) == ("", "Particulier", "Individual")
    assert (row["region"], row["kind"], row["count"], row["total"]) == ("", "", "2", "2000.00")


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "xlsx", "ods", "zip"])
def test_groups_come_in_every_format(first_source, ending):
    response = client.get(f"/aides/par/region.{ending}")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="aides-financieres-par-region-2')
    assert b"".join(response)


def test_groups_explain_themselves(first_source):
    told = json.loads(body_of("/en/grants/by/kind.json?year=2022"))
    assert told["metadata"]["address"] == "http://testserver/en/grants/?year=2022"
    assert told["metadata"]["count"] == len(told["records"])
    assert told["records"][0].keys() >= {"value", "label_fr", "label_en", "count", "total", "unknown", "foreign"}
    assert as_sheet("/aides/par/kind.xlsx")["A1"].value == "value"


def test_a_facet_that_is_none_is_not_found():
    assert client.get("/aides/par/colour.csv").status_code == 404
    assert client.get("/aides/par/year.exe").status_code == 404


def test_a_question_that_makes_no_sense_gives_no_groups():
    response = client.get("/en/grants/by/year.csv?region=99")
    assert response.status_code == 400
    assert "This file cannot be made" in response.content.decode()
