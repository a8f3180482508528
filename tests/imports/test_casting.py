"""Rows of cells become rows of values, and everything wrong in them is said."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils.translation import override

from grants.imports.nouns import noun_sheet
from grants.imports.problems import MESSAGES, Problem

from .understood import cast, caster_of, codes

pytestmark = pytest.mark.django_db

NAME, AMOUNT = "Bénéficiaire", "Montant"
REASON = {"columns": {"Pourquoi": "negative_reason"}}


@pytest.fixture(autouse=True)
def regions(db: None) -> None:
    """The administrative regions, as every registry has them."""
    call_command("loaddata", "regions", verbosity=0)


def test_a_plain_row_becomes_values() -> None:
    values, problems = cast({NAME: "Groupe MISA", AMOUNT: "5 416 050 $", "Date": "20 avril 2022"})
    assert not problems
    assert values["recipient"] == "Groupe MISA"
    assert values["amount"] == Decimal(5416050)
    assert values["currency"] == "CAD"
    assert values["date"] == "2022-04-20"


def test_cells_of_a_workbook_are_values_already() -> None:
    row = {NAME: "A", AMOUNT: Decimal("12.50"), "Date": datetime.date(2022, 4, 20), "Référence": 5417}
    values, problems = cast(row)
    assert not problems
    assert (values["amount"], values["date"], values["reference"]) == (Decimal("12.50"), "2022-04-20", "5417")


def test_a_month_stays_a_month() -> None:
    assert cast({NAME: "A", "Date": "mars 2021"})[0]["date"] == "2021-03"


@pytest.mark.parametrize("words", ["à confirmer", "ND", "voir annexe"])
def test_words_are_no_amount(words: str) -> None:
    _values, problems = cast({NAME: "A", AMOUNT: words})
    assert codes(problems) == [("amount", "not_an_amount")]


@pytest.mark.parametrize("blank", [None, "-", "—"])
def test_a_blank_amount_is_unknown_and_never_nil(blank: str | None) -> None:
    values, problems = cast({NAME: "A", AMOUNT: blank})
    assert not problems
    assert values["amount"] is None


def test_parts_of_a_cent_are_rounded() -> None:
    assert cast({NAME: "A", AMOUNT: Decimal("10.005")})[0]["amount"] == Decimal("10.01")


def test_an_amount_beyond_what_fits_is_refused() -> None:
    assert codes(cast({NAME: "A", AMOUNT: 10**14})[1]) == [("amount", "too_much")]


def test_a_recipient_is_needed() -> None:
    problems = cast({NAME: None, AMOUNT: 1})[1]
    assert problems == [Problem(7, "recipient", "", "empty")]


def test_words_for_nothing_name_nobody() -> None:
    assert codes(cast({NAME: "Ne rien indiquer", AMOUNT: 1})[1]) == [("recipient", "empty")]


def test_spaces_around_and_inside_a_name_are_put_right() -> None:
    assert cast({NAME: "  Groupe   MISA\n inc. "})[0]["recipient"] == "Groupe MISA inc."


def test_text_is_composed() -> None:
    assert cast({NAME: "Que\u0301bec"})[0]["recipient"] == "Qu\u00e9bec"


def test_hidden_characters_are_refused_with_their_place() -> None:
    problem = cast({NAME: "A\u202eB"})[1][0]
    assert (problem.code, problem.params) == ("hidden_character", {"character": "U+202E", "position": 2})


def test_line_ends_stay_in_a_description() -> None:
    assert cast({NAME: "A", "Description": "un\r\ndeux"})[0]["description_fr"] == "un\ndeux"


def test_a_title_too_long_goes_whole_into_the_description() -> None:
    objet = "Soutien " * 60
    values, problems = cast({NAME: "A", "Objet": objet})
    assert not problems
    assert len(values["title_fr"]) <= 300
    assert values["title_fr"].endswith("…")
    assert values["description_fr"] == objet.strip()


def test_a_title_too_long_is_refused_where_the_description_has_its_own_cell() -> None:
    problems = cast({NAME: "A", "Objet": "Soutien " * 60, "Description": "Autre"})[1]
    assert codes(problems) == [("title_fr", "too_long")]


@pytest.mark.parametrize("written", ["06", "6", "Montréal", "MONTREAL", "06 Montréal", "Région de Montréal"])
def test_regions_are_known_by_code_and_name(written: str) -> None:
    assert cast({NAME: "A", "Région qui en bénéficie": written})[0]["benefit_region"] == "06"


def test_hyphens_and_saint_make_no_other_region() -> None:
    assert cast({NAME: "A", "Région": "Saguenay - Lac-St-Jean"})[0]["recipient_region"] == "02"


def test_an_unknown_region_refuses_the_row_where_the_grant_would_have_it() -> None:
    assert codes(cast({NAME: "A", "Région qui en bénéficie": "Bretagne"})[1]) == [("benefit_region", "unknown_region")]


def test_an_unknown_region_of_the_recipient_is_noted_and_left_out() -> None:
    caster = caster_of([NAME, "Région"])
    values, problems = caster.cast(["A", "Bretagne"])
    assert not problems
    assert values[caster.places["recipient_region"]] is None
    assert caster.notes["recipient_region", "unknown_region", "Bretagne"] == 1


@pytest.mark.parametrize(
    ("written", "kind", "is_nonprofit", "is_person"),
    [
        ("F", "company", False, None),
        ("N", "association", True, None),
        ("P", "other", None, True),
        ("Organisme à but non lucratif", "association", True, None),
        ("Particulier ou entreprise individuelle", "other", None, True),
        ("Association loi 1901", "association", True, None),
        ("Municipalité ou gouvernement local", "municipal", None, None),
        ("université", "university", None, None),
    ],
)
def test_a_kind_of_recipient_says_all_that_it_says(
    written: str, kind: str, is_nonprofit: bool | None, is_person: bool | None
) -> None:
    values, problems = cast({NAME: "A", "Type de bénéficiaire": written})
    assert not problems
    found = (values["recipient_kind"], values["recipient_is_nonprofit"], values["recipient_is_person"])
    assert found == (kind, is_nonprofit, is_person)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1188888888", "1188888888"),
        ("11 8888 8888", "1188888888"),
        ("CA_QC-QBC-1188888888", "1188888888"),
        ("22100005200011", None),
        ("2,43E+13", None),
        ("GB-CHC-1126147", None),
        (118888888, None),
    ],
)
def test_only_a_neq_recognises_a_recipient(written: str, number: str | None) -> None:
    values, problems = cast({NAME: "A", "NEQ": written})
    assert not problems
    assert values["recipient_number"] == number


def test_numbers_that_a_spreadsheet_has_cut_recognise_nobody() -> None:
    assert cast({NAME: "A", "NEQ": "1188888888"}, NEQ={"destroyed": True})[0]["recipient_number"] is None


def test_the_neq_of_an_organisation_has_ten_digits() -> None:
    assert codes(cast({"Nom": "A", "NEQ": "123"}, "organisation")[1]) == [("neq", "not_a_neq")]


def test_an_amount_says_its_currency() -> None:
    assert cast({NAME: "A", AMOUNT: "50 000 euros"})[0]["currency"] == "EUR"


def test_a_lone_dollar_sign_does_not_contradict_the_currency_beside_it() -> None:
    values, problems = cast({NAME: "A", AMOUNT: "50 $", "Devise": "USD"})
    assert not problems
    assert values["currency"] == "USD"


def test_two_currencies_in_one_row_refuse_it() -> None:
    assert codes(cast({NAME: "A", AMOUNT: "50 €", "Devise": "CAD"})[1]) == [("currency", "two_currencies")]


def test_the_currency_of_a_column_is_that_of_its_amounts() -> None:
    assert cast({NAME: "A", AMOUNT: 50}, Montant={"currency": "EUR"})[0]["currency"] == "EUR"


def test_constants_fill_what_rows_leave_out() -> None:
    wishes = {"constants": {"programme": "otn", "currency": "USD"}}
    values = cast({NAME: "A", AMOUNT: 50}, wishes=wishes)[0]
    assert (values["programme"], values["currency"]) == ("otn", "USD")


def test_an_agreement_ends_after_it_starts() -> None:
    row = {NAME: "A", "Date de début": "2022-05-01", "Date de fin": "2022-04-30"}
    assert codes(cast(row)[1]) == [("agreement_end", "ends_before_it_starts")]


def test_dates_are_compared_as_well_as_both_are_known() -> None:
    assert not cast({NAME: "A", "Date de début": "2022-05-01", "Date de fin": "2022"})[1]


def test_a_negative_amount_needs_a_reason() -> None:
    assert codes(cast({NAME: "A", AMOUNT: -5})[1]) == [("amount", "negative_without_reason")]
    assert not cast({NAME: "A", AMOUNT: -5, "Pourquoi": "correction"}, wishes=REASON)[1]


def test_other_names_come_with_their_kind() -> None:
    values, problems = cast({"Nom": "A", "Autres noms": "AQIP [sigle]; Pêche Québec"}, "organisation")
    assert not problems
    assert values["other_names"] == (("AQIP", "acronym"), ("Pêche Québec", ""))


def test_projects_are_told_apart_by_semicolons() -> None:
    assert cast({NAME: "A", "Projets": "1abcde; Un\\; deux"})[0]["projects"] == ("1abcde", "Un; deux")


def test_a_code_of_a_region_keeps_its_zero() -> None:
    assert cast({"Code": 1, "Nom officiel": "Bas-Saint-Laurent"}, "region")[0]["code"] == "01"


def test_a_figure_is_about_one_record() -> None:
    row = {"programme": "otn", "grant": "1abcde", "measure": "aide", "value": "25 %", "source": "x"}
    assert ("", "not_one_record") in codes(cast(row, "figure")[1])


def test_every_problem_is_said_in_both_languages() -> None:
    for language in ("fr", "en"):
        with override(language):
            for code in MESSAGES:
                assert Problem(3, "recipient", "x", code).message(noun_sheet("grant").column("recipient"))


def test_a_code_that_is_not_in_the_list_is_told_which_are() -> None:
    problem = cast({NAME: "A", "Statut": "rêvée"})[1][0]
    with override("fr"):
        assert "annoncée" in str(problem.error(noun_sheet("grant").column("status")))
