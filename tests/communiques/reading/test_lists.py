"""Recipients and amounts told by the build of the text: items, rows, records."""

import pytest

from .told import ENGLISH, figures, only_grant, pairs, reasons

TWO = [("Palco", 175_000), ("Moulin 7", 36_700)]


@pytest.mark.parametrize(
    "lines",
    [
        "• Palco : 175 000 $\n• Moulin 7 : 36 700 $",
        "- Palco – 175 000 $\n- Moulin 7 – 36 700 $",
        "1. Palco (175 000 $)\n2. Moulin 7 (36 700 $)",
        "- 175 000 $ à Palco\n- 36 700 $ à Moulin 7",
        "Organisme\tMontant\nPalco\t175 000 $\nMoulin 7\t36 700 $",
        "Organisme | Aide\nPalco | 175 000 $\nMoulin 7 | 36 700 $",
        "Bénéficiaire : Palco\nMontant : 175 000 $\n\nBénéficiaire : Moulin 7\nMontant : 36 700 $",
    ],
)
def test_lists_tables_and_records_pair_each_name_with_its_amount(lines):
    assert pairs(lines) == TWO


def test_an_english_list_is_read_alike():
    lines = "Recipients:\n- Harbour Works: $85,000\n- Windsor Museum: $40,000"
    assert pairs(lines, ENGLISH) == [("Harbour Works", 85_000), ("Windsor Museum", 40_000)]


def test_an_item_without_an_amount_stays_null():
    lines = "Les organismes retenus sont :\n• Palco : 175 000 $\n• Moulin 7"
    assert pairs(lines) == [("Palco", 175_000), ("Moulin 7", None)]


def test_an_amount_said_before_the_list_goes_to_each():
    lines = "Un montant de 20 000 $ est accordé à chacun des organismes suivants :\n• Palco\n• Moulin 7"
    assert pairs(lines) == [("Palco", 20_000), ("Moulin 7", 20_000)]


def test_a_heading_of_gifts_gives_to_each_line_below():
    lines = "Dons de 100 000 $\nFondation du Lac\nMusée de la Rive"
    assert pairs(lines) == [("Fondation du Lac", 100_000), ("Musée de la Rive", 100_000)]


def test_a_name_a_project_and_an_amount_may_each_have_a_line():
    grant = only_grant("Fonderie du Lac\nRénovation de l'usine\n175 000 $")
    assert (grant.recipient, grant.project, grant.amount) == ("Fonderie du Lac", "Rénovation de l'usine", 175_000)


COSTS = (
    "Organisme | Coût du projet | Aide\nPalco | 500 000 $ | 175 000 $\nMoulin 7 | 90 000 $ | 36 700 $\n"
    "Total | 590 000 $ | 211 700 $"
)


def test_a_column_of_costs_grants_nothing():
    assert pairs(COSTS) == TWO
    assert reasons(COSTS)[500_000] == "project_cost"


def test_a_row_of_totals_states_figures():
    assert figures(COSTS) == [("project_cost", 590_000, "act"), ("aid", 211_700, "act")]


def test_instalments_of_an_item_with_their_total_are_one_grant():
    lines = (
        "• Fonderie du Lac : 100 000 $ la première année et 50 000 $ la deuxième, pour un total de 150 000 $\n"
        "• Musée de la Rive : 36 700 $"
    )
    assert pairs(lines) == [("Fonderie du Lac", 150_000), ("Musée de la Rive", 36_700)]


def test_the_cost_of_a_project_beside_its_aid_is_kept_with_the_grant():
    grant = only_grant("• Fonderie du Lac : aide de 100 000 $ pour un projet de 900 000 $")
    assert (grant.amount, grant.project_cost) == (100_000, 900_000)


def test_subtotals_grant_nothing():
    lines = "Arts (sous-total : 211 700 $)\n• Palco : 175 000 $\n• Moulin 7 : 36 700 $"
    assert pairs(lines) == TWO
