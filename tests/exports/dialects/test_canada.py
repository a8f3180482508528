"""Canada's proactive publication: every rule of the template that can be told from a row."""

import re

import pytest
from django.test import Client

from grants.exports.dialects.canada import COLUMNS
from tests import factories as make

from .mixed import body_of, impossible, mixed, person, rows_of, whole

pytestmark = pytest.mark.django_db
client = Client()

ALWAYS = ("ref_number", "amendment_number", "agreement_value", "agreement_start_date")
SINCE = {
    "2018-04-01": "agreement_type recipient_legal_name recipient_country recipient_city description_en description_fr",
    "2025-12-01": "recipient_type prog_name_en prog_name_fr prog_purpose_en prog_purpose_fr agreement_title_en "
    "agreement_title_fr agreement_end_date expected_results_en expected_results_fr",
}
PROVINCES = ["ON", "QC", "NB", "NL", "PE", "SK", "YT", "AB", "BC", "MB", "NT", "NU", "NS"]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def broken(row: dict[str, str]) -> list[str]:
    """The rules that a row breaks, by column."""
    start, end = row["agreement_start_date"], row["agreement_end_date"]
    must = [*ALWAYS, *(name for day, names in SINCE.items() if start >= day for name in names.split())]
    wrong = [name for name in must if not row[name].strip()]
    checks = {
        "ref_number": "," not in row["ref_number"],
        "amendment_number": row["amendment_number"].isdecimal(),
        "amendment_date": bool(DAY.fullmatch(row["amendment_date"])) == (row["amendment_number"] != "0"),
        "agreement_type": row["agreement_type"] in ("", "G", "C", "O"),
        "recipient_type": row["recipient_type"] in ("", *"FNSAGIPO"),
        "recipient_province": row["recipient_province"] in (PROVINCES if row["recipient_country"] == "CA" else [""]),
        "agreement_value": bool(re.fullmatch(r"-?\d+\.\d\d", row["agreement_value"])),
        "not negative": start < "2026-05-01" or not row["agreement_value"].startswith("-"),
        "agreement_start_date": bool(DAY.fullmatch(start)),
        "agreement_end_date": not end or bool(DAY.fullmatch(end) and end >= start),
        "foreign_currency_type": bool(row["foreign_currency_type"]) == bool(row["foreign_currency_value"]),
        "bars": all(row[name].count("|") <= 1 for name in row if name.startswith("recipient_")),
    }
    return wrong + [name for name, holds in checks.items() if not holds]


def only(address: str = "/aides.canada.csv") -> dict[str, str]:
    (row,) = rows_of(address)
    return row


@pytest.mark.parametrize("where", ["unknown", "CA-QC", "FR"])
def test_every_row_keeps_every_rule(settings, where):
    settings.RECIPIENTS_ARE_IN = where
    mixed()
    impossible()
    rows = rows_of("/aides.canada.csv")
    assert len(rows) > 12
    assert {row["ref_number"]: broken(row) for row in rows if broken(row)} == {}
    keys = [(row["ref_number"], row["amendment_number"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_the_file_has_a_byte_order_mark_and_the_template_s_columns_in_their_order():
    body = body_of("/aides.canada.csv")
    assert body.startswith(b"\xef\xbb\xbfref_number,amendment_number,amendment_date,agreement_type,")
    assert body.decode("utf-8-sig").splitlines()[0].split(",") == list(COLUMNS)
    assert len(COLUMNS) == 36 + 2


def test_both_languages_stand_in_one_cell_with_a_bar():
    whole(recipient__name_fr="A|B", recipient__name_en="C")
    row = only()
    assert (row["recipient_legal_name"], row["recipient_city"]) == ("C|A/B", "Rouyn-Noranda")


def test_a_name_in_one_language_stands_alone():
    whole(recipient__name_fr="Usine", recipient__name_en="")
    assert only()["recipient_legal_name"] == "Usine"


def test_a_legal_name_comes_before_the_usual_one():
    body = whole(recipient__name_fr="Usine", recipient__name_en="").recipient
    make.OrganisationNameFactory(organisation=body, name="9999-9999 Québec inc.", kind="legal")
    row = only()
    assert (row["recipient_legal_name"], row["recipient_operating_name"]) == ("9999-9999 Québec inc.", "Usine")


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2022-04-01", "2022-2023-Q1"), ("2022-03-31", "2021-2022-Q4"), ("2022-12-31", "2022-2023-Q3")],
)
def test_a_number_tells_department_fiscal_year_and_quarter(settings, day, quarter):
    settings.DEPARTMENT_NUMBER = "999"
    grant = whole(agreement_start=day)
    row = only()
    assert (row["ref_number"], row["agreement_number"]) == (f"999-{quarter}-{grant.public_id}", "D-2022-14")


def test_a_number_of_the_standard_s_own_form_is_kept():
    whole(reference="235-2022-2023-Q1-00123")
    row = only()
    assert (row["ref_number"], row["agreement_number"]) == ("235-2022-2023-Q1-00123", "")


@pytest.mark.parametrize(
    ("kind", "nonprofit", "code"),
    [
        ("company", None, "F"),
        ("company", True, "N"),
        ("association", None, "N"),
        ("accelerator", True, "N"),
        ("accelerator", None, ""),
        ("college", None, "S"),
        ("municipal", None, "G"),
        ("indigenous", True, "A"),
        ("international", None, "I"),
        ("other", None, "O"),
        ("", None, ""),
    ],
)
def test_kinds_of_recipients_have_the_template_s_codes(kind, nonprofit, code):
    whole(recipient__kind=kind, recipient__is_nonprofit=nonprofit)
    assert only()["recipient_type"] == code


@pytest.mark.parametrize(
    ("instrument", "code", "remark"),
    [
        ("grant", "G", ""),
        ("repayable", "C", "Repayable contribution."),
        ("loan", "O", "Loan."),
        ("", "O", "Type of agreement: not provided."),
    ],
)
def test_a_row_says_what_its_code_of_agreement_cannot(instrument, code, remark):
    whole(instrument=instrument)
    row = only()
    assert (row["agreement_type"], row["additional_information_en"]) == (code, remark)


def test_a_row_says_where_the_day_of_the_grant_stands_for_the_start():
    whole(agreement_start="2022")
    row = only()
    assert row["agreement_start_date"] == "2022-04-20"
    assert row["additional_information_fr"] == "Début de l’entente\u00a0: jour de l’aide."


def test_a_termination_is_called_so_in_both_languages():
    whole(status="cancelled")
    row = only()
    assert row["additional_information_en"] == "Termination."
    assert row["additional_information_fr"] == "Résiliation."


def test_an_amended_agreement_has_the_day_of_its_amendment():
    whole(status="amended", status_date="2023-01-15")
    row = only()
    assert (row["amendment_number"], row["amendment_date"]) == ("1", "2023-01-15")


def test_recipients_of_no_known_region_are_left_out_unless_the_publisher_says_where_they_are(settings):
    whole(recipient__region=None)
    response = client.get("/aides.canada.csv")
    assert (response["X-Rows-Left-Out"], len(b"".join(response).splitlines())) == ("1", 1)
    settings.RECIPIENTS_ARE_IN = "CA-QC"
    row = only()
    assert (row["recipient_country"], row["recipient_province"]) == ("CA", "QC")
    assert row["additional_information_en"] == "Place of the recipient: assumed by the publisher."


def test_a_natural_person_is_an_individual_of_no_place(settings):
    settings.RECIPIENTS_ARE_IN = "CA-QC"
    whole(recipient=person(), title_fr="Aide à Jeanne Secrète", reference="235-2022-2023-Q1-SECRET", date="2026-01-01")
    row = only()
    assert (row["recipient_legal_name"], row["recipient_type"]) == ("Individual|Particulier", "P")
    assert row["recipient_city"] == "Not provided|Non précisé"
    assert row["description_fr"] == "Non précisé"
    assert "secr" not in " ".join(row.values()).lower()


def test_a_person_s_own_region_is_never_told():
    whole(recipient=person(region=make.RegionFactory(code="08")))
    assert client.get("/aides.canada.csv")["X-Rows-Left-Out"] == "1"


def test_what_the_template_cannot_hold_is_counted():
    whole()
    impossible()
    response = client.get("/aides.canada.csv")
    rows = b"".join(response)
    assert response["X-Rows-Left-Out"] == "8"
    assert rows.count(b"\r\n") == 3


def test_no_cell_becomes_a_formula():
    whole(title_fr="=1+1", recipient__name_en="", recipient__name_fr="@SUM(A1)")
    row = only()
    assert (row["agreement_title_fr"], row["recipient_legal_name"]) == ("'=1+1", "'@SUM(A1)")
