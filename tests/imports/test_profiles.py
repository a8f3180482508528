"""Titles are taken for our columns: by the profile that fits best, as staff overrule it."""

from typing import Any

import pytest

from grants.imports.errors import SheetError
from grants.imports.nouns import Caster, Mapping, map_titles, noun_sheet
from grants.imports.profiles import all_profiles, save_profile
from grants.models import Import

from .understood import cast, understood

pytestmark = pytest.mark.django_db

SCDL = [
    *("nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire"),
    *("objet", "montant", "nature", "conditionsVersement", "datesperiodeVersement", "IdRAE", "notificationUE"),
    "pourcentageSubvention",
]
CANADA = [
    *("ref_number", "amendment_number", "agreement_type", "recipient_type", "recipient_legal_name", "recipient_city"),
    *("prog_name_en", "prog_name_fr", "agreement_title_fr", "agreement_value", "agreement_start_date"),
    *("agreement_end_date", "description_en", "description_fr", "owner_org_title"),
]
THREE_SIXTY = [
    *("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name"),
    *("Recipient Org:Charity Number", "Funding Org:Name", "Grant Programme:Title"),
]
BENCH = [
    *("award_id", "programme", "announcement_date", "recipient_name", "recipient_city", "region", "recipient_type"),
    *("project_title", "description", "amount", "start_date", "end_date", "source_url"),
]
BENCH_FR = [
    *("Numéro d'octroi", "Programme", "Date d'annonce", "Bénéficiaire", "Ville", "Région administrative"),
    *("Type de bénéficiaire", "Titre du projet", "Description", "Montant", "Date de début", "Date de fin", "Source"),
]


def mapped(titles: list[str], profile: str = "", wishes: dict[str, Any] | None = None, **facts: Any) -> Mapping:
    return map_titles(noun_sheet("grant"), understood(titles, **facts), profile, wishes)


@pytest.mark.parametrize(
    ("titles", "profile"),
    [
        (SCDL, "scdl"),
        (CANADA, "canada"),
        (THREE_SIXTY, "360giving"),
        (BENCH, "auto"),
        (BENCH_FR, "auto"),
        (["Structure", "Montant "], "auto"),
        (["Bénéficiaire", "Montant", "Date", "Programme", "Référence"], "registre"),
        (["recipient", "amount", "date"], "registre"),
    ],
)
def test_the_profile_that_fits_is_chosen(titles: list[str], profile: str) -> None:
    assert mapped(titles).profile == profile


def test_titles_of_scdl_mean_our_columns_whatever_their_spelling() -> None:
    found = mapped(SCDL)
    assert found.columns["objet"] == "title_fr"
    assert found.columns["nomBeneficiaire"] == "recipient"
    assert "datesperiodeVersement" in found.ignored
    assert mapped([title.replace("nomBeneficiaire", "nomBeneficaire") for title in SCDL]).columns == {
        title.replace("nomBeneficiaire", "nomBeneficaire"): name for title, name in found.columns.items()
    }


def test_a_siret_says_that_amounts_are_in_euros() -> None:
    assert mapped(SCDL, idAttribuant={"samples": ["22460001500511"]}).currency == "EUR"
    assert mapped(SCDL, idAttribuant={"samples": ["2,43E+13"]}).currency == "EUR"
    assert mapped(SCDL, idAttribuant={"samples": ["1188888888"]}).currency == ""


def test_canada_writes_both_languages_in_one_cell() -> None:
    row = dict.fromkeys(CANADA) | {"recipient_legal_name": "Laval University | Université Laval", "agreement_value": 5}
    values, problems = cast(row | {"recipient_city": "Quebec│Québec"})
    assert not problems
    assert (values["recipient"], values["recipient_name_en"]) == ("Université Laval", "Laval University")
    assert values["recipient_city"] == "Québec"


def test_a_lower_case_l_is_no_bar() -> None:
    row = dict.fromkeys(CANADA) | {"recipient_legal_name": "Laval l Laval"}
    assert cast(row)[0]["recipient"] == "Laval l Laval"


def test_negative_amounts_of_canada_say_where_they_come_from() -> None:
    row = dict.fromkeys(CANADA) | {"recipient_legal_name": "A", "agreement_value": "-5.00"}
    values, problems = cast(row)
    assert not problems
    assert values["negative_reason"]


def test_charity_numbers_are_no_neq() -> None:
    assert "Recipient Org:Charity Number" in mapped(THREE_SIXTY).ignored


def test_a_recipient_kept_apart_as_a_person_is_one() -> None:
    titles = [*THREE_SIXTY, "Recipient Ind:Name"]
    values, problems = cast(dict.fromkeys(titles) | {"Recipient Ind:Name": "Personne 12", "Amount Awarded": 5})
    assert not problems
    assert (values["recipient"], values["recipient_is_person"]) == ("Personne 12", True)


@pytest.mark.parametrize("titles", [BENCH, BENCH_FR])
def test_a_list_like_the_benchmarks_is_wholly_understood(titles: list[str]) -> None:
    found = mapped(titles)
    assert not found.ignored
    assert not found.missing
    assert found.columns[titles[5]] == "recipient_region"
    assert found.columns[titles[7]] == "title_fr"
    assert found.identity == "reference"


def test_every_title_of_our_own_sheets_is_known() -> None:
    for noun in ("grant", "organisation", "programme", "figure", "source", "citation", "region"):
        sheet = noun_sheet(noun)
        for language in ("fr", "en"):
            titles = [column.label_in(language) for column in sheet.columns]
            found = map_titles(sheet, understood(titles))
            assert list(found.columns.values()) == [column.name for column in sheet.columns]


def test_a_download_of_the_public_comes_back() -> None:
    found = mapped(["id", "recipient_id", "recipient_fr", "programme_id", "project_ids", "projects", "amount", "date"])
    assert found.profile == "registre"
    assert found.columns["id"] == "public_id"
    assert (found.columns["recipient_id"], found.columns["recipient_fr"]) == ("recipient", "recipient_name")
    assert (found.columns["project_ids"], "projects" in found.ignored) == ("projects", True)


def test_of_two_titles_for_one_column_the_first_with_values_is_read() -> None:
    found = mapped(["Bénéficiaire", "Organisme", "Montant"], Bénéficiaire={"filled": 0})
    assert found.columns["Organisme"] == "recipient"
    assert found.ignored == ["Bénéficiaire"]
    assert not found.questions


def test_two_titles_with_values_are_asked_about() -> None:
    titles = ["Organisme", "Structure", "Montant accordé", "Ville du projet"]
    (question,) = mapped(titles).questions
    assert (question.code, question.column, question.assumed) == ("two_titles", "recipient", "Organisme")
    answered = mapped(titles, wishes={"answers": {"two_titles:recipient": "Structure"}})
    assert answered.columns["Structure"] == "recipient"


def test_a_year_yields_to_a_date() -> None:
    found = mapped(["Année", "Organisme", "Date de la décision", "Montant accordé", "Notes"])
    assert found.columns["Date de la décision"] == "date"


def test_staff_overrule_the_profile() -> None:
    wishes = {"columns": {"Structure": "funder", "Nom": "recipient", "Montant": ""}}
    found = mapped(["Structure", "Nom", "Montant"], wishes=wishes)
    assert found.columns == {"Structure": "funder", "Nom": "recipient"}


def test_what_a_new_record_needs_is_missed() -> None:
    assert mapped(["Montant", "Objet", "Ville"]).missing == ["recipient"]


def test_references_of_decisions_do_not_tell_grants_apart() -> None:
    few = {"filled": 4, "distinct": 2}
    assert mapped(SCDL, referenceDecision=few).identity == "content"
    assert mapped(SCDL, referenceDecision={"filled": 40, "distinct": 40}).identity == "reference"
    assert mapped(SCDL, referenceDecision={"filled": 40, "distinct": 40, "destroyed": True}).identity == "content"


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(SheetError, match="Mystère"):
        mapped(["Structure"], "Mystère")


def kept(name: str, titles: list[str], wishes: dict[str, Any]) -> None:
    understanding = understood(titles)
    found = map_titles(noun_sheet("grant"), understanding, wishes=wishes)
    batch = Import(noun="grant", mapping=found.columns, profile=found.profile, wishes=wishes)
    batch.understanding = understanding.to_json()
    save_profile(name, batch, None)


def test_a_mapping_made_by_hand_is_kept_and_found_again() -> None:
    titles = ["Col A", "Col B", "Col C"]
    wishes = {"columns": {"Col A": "recipient", "Col B": "amount"}, "constants": {"programme": "otn"}}
    kept("Liste du ministère", titles, wishes)
    found = mapped(["col_a", "COL B", "Col C"])
    assert found.profile == "Liste du ministère"
    assert found.columns == {"col_a": "recipient", "COL B": "amount"}
    assert found.constants == {"programme": "otn"}
    assert "Liste du ministère" in [profile.name for profile in all_profiles("grant")]


def test_a_kept_profile_takes_no_other_list() -> None:
    kept("Petite liste", ["Bénéficiaire", "Montant", "Zone"], {"columns": {"Zone": "benefit_place"}})
    assert mapped(SCDL).profile == "scdl"


def test_a_kept_profile_remembers_what_canada_writes_twice() -> None:
    kept("Canada à nous", [*CANADA, "colonne de plus"], {"columns": {"colonne de plus": "benefit_place"}})
    found = mapped([*CANADA, "colonne de plus"], "Canada à nous")
    assert "recipient_legal_name" in found.splits
    assert found.currency == "CAD"


def test_a_profile_of_the_registry_keeps_its_name() -> None:
    with pytest.raises(SheetError, match="canada"):
        kept("canada", ["Bénéficiaire"], {})


def test_a_mapping_goes_to_json_and_back() -> None:
    found = mapped(["Organisme", "Structure", "Montant accordé"])
    assert Mapping.from_json(found.to_json()) == found


def test_no_dialect_names_a_column_that_is_not_there() -> None:
    sheet = noun_sheet("grant")
    for profile in all_profiles("grant"):
        assert {name for name in profile.titles.values() if name} <= sheet.by_name.keys()


def test_a_caster_takes_any_mapping_of_its_sheet() -> None:
    for titles in (SCDL, CANADA, THREE_SIXTY, BENCH):
        understanding = understood(titles)
        caster = Caster(noun_sheet("grant"), understanding, map_titles(noun_sheet("grant"), understanding))
        values, _problems = caster.cast([None] * len(titles))
        assert len(values) == len(caster.columns)


def test_a_title_taken_for_the_reference_by_hand_tells_grants_apart() -> None:
    wishes = {"columns": {"Numéro": "reference"}}
    found = mapped(["Numéro", "Structure", "Montant"], wishes=wishes, Numéro={"filled": 4, "distinct": 4})
    assert found.identity == "reference"
