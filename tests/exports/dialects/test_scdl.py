"""SCDL « Subventions »: the rules of its sixteen columns."""

import re

import pytest
from django.test import Client

from tests import factories as make

from .mixed import body_of, impossible, mixed, person, rows_of, whole

pytestmark = pytest.mark.django_db
client = Client()

COLUMNS = [
    *("nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire"),
    *("rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE"),
    *("notificationUE", "pourcentageSubvention", "dispositifAide"),
]
MUST = set(COLUMNS) - {"referenceDecision", "idBeneficiaire", "rnaBeneficiaire", "idRAE", "dispositifAide"}
DAY = r"\d{4}-\d{2}-\d{2}"


def broken(row: dict[str, str]) -> list[str]:
    """The columns whose rules a row breaks."""
    checks = {
        "dateConvention": re.fullmatch(DAY, row["dateConvention"]),
        "objet": len(row["objet"].removeprefix("'")) <= 256 and "\n" not in row["objet"],
        "montant": re.fullmatch(r"-?\d+\.\d\d", row["montant"]),
        "nature": row["nature"] in ("aide en numéraire", "aide en nature"),
        "conditionsVersement": len(row["conditionsVersement"]) <= 256,
        "datesPeriodeVersement": re.fullmatch(rf"{DAY}(/{DAY})?", row["datesPeriodeVersement"]),
        "notificationUE": row["notificationUE"] in ("oui", "non"),
        "pourcentageSubvention": 0.01 <= float(row["pourcentageSubvention"]) <= 1,
    }
    return [name for name in MUST if not row[name].strip()] + [name for name, holds in checks.items() if not holds]


def only() -> dict[str, str]:
    (row,) = rows_of("/aides.scdl.csv")
    return row


@pytest.mark.parametrize("address", ["/aides.scdl.csv", "/en/grants.scdl.csv"])
def test_every_row_keeps_every_rule(address):
    mixed()
    impossible()
    rows = rows_of(address)
    assert len(rows) > 15
    assert {row["objet"]: broken(row) for row in rows if broken(row)} == {}


def test_the_columns_stand_in_their_order():
    assert body_of("/en/grants.scdl.csv").decode("utf-8-sig").splitlines()[0].split(",") == COLUMNS


def test_everything_known_of_a_grant_is_told_in_french_whatever_the_page():
    grant = whole(recipient__neq="1140000011")
    (row,) = rows_of("/en/grants.scdl.csv")
    assert row == {
        "nomAttribuant": "Gouvernement du Québec",
        "idAttribuant": f"registre-otn-org-{grant.funder.public_id}",
        "dateConvention": "2022-04-20",
        "referenceDecision": "D-2022-14",
        "nomBeneficiaire": "Coopérative de l’Élan",
        "idBeneficiaire": "1140000011",
        "rnaBeneficiaire": "",
        "objet": "Virage numérique",
        "montant": "5416050.25",
        "nature": "aide en numéraire",
        "conditionsVersement": "Non précisé",
        "datesPeriodeVersement": "2022-05-01/2024-03-31",
        "idRAE": "",
        "notificationUE": "non",
        "pourcentageSubvention": "1",
        "dispositifAide": grant.programme.public_id,
    }


def test_an_object_too_long_is_cut():
    whole(title_fr="", title_en="", description_fr="Un mot.\n\n" + "x" * 400)
    text = only()["objet"]
    assert (len(text), text[:10], text[-1]) == (256, "Un mot. xx", "…")


def test_without_the_days_of_the_agreement_the_day_of_the_grant_stands():
    whole(agreement_end="2024")
    assert only()["datesPeriodeVersement"] == "2022-04-20"


def test_a_natural_person_is_named_no_more_than_elsewhere():
    whole(recipient=person(), title_fr="Aide à Jeanne Secrète", reference="SECRET-1")
    row = only()
    assert (row["nomBeneficiaire"], row["idBeneficiaire"], row["objet"]) == ("Particulier", "", "Non précisé")
    assert "secr" not in " ".join(row.values()).lower()


def test_a_funder_with_a_number_is_known_by_it():
    whole(funder=make.OrganisationFactory(published=True, neq="8831854938"))
    assert only()["idAttribuant"] == "8831854938"


def test_what_the_standard_cannot_hold_is_counted():
    whole()
    impossible()
    response = client.get("/aides.scdl.csv")
    assert response["X-Rows-Left-Out"] == "4"
    assert b"".join(response).count(b"\r\n") == 7
