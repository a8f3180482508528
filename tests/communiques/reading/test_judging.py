"""What an amount is that is no grant, from the words around it."""

import pytest

from .told import ENGLISH, only_grant, pairs, reasons


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Le programme dispose d'une enveloppe de 5 M$.", "envelope"),
        ("Un projet d'une valeur totale de 5 M$.", "project_cost"),
        ("Le chantier coûtera 5 M$.", "project_cost"),
        ("Les revenus de la ville atteignent 5 M$.", "budget"),
        ("Le milieu investit 5 M$.", "other_money"),
        ("Une première tranche de 5 M$.", "instalment"),
        ("La demande du Club du Lac (5 M$) est refusée.", "refused"),
        ("L'an dernier, 5 M$ avaient été annoncés.", "other_act"),
        ("Par ailleurs, 5 M$ iront à la construction.", "aside"),
        ("Le plan d'action pour la construction prévoit 5 M$.", "other_programme"),
    ],
)
def test_each_amount_that_is_no_grant_has_its_reason(words, reason):
    assert pairs(words) == []
    assert reasons(words)[5_000_000] == reason


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("The program has a budget of $5 million.", "envelope"),
        ("A project with a total cost of $5 million.", "project_cost"),
        ("The firm has annual sales of $5 million.", "budget"),
        ("Private-sector partners are contributing $5 million.", "other_money"),
    ],
)
def test_english_words_say_it_alike(words, reason):
    assert reasons(words, ENGLISH)[5_000_000] == reason


def test_what_a_firm_invests_itself_is_no_grant():
    assert pairs("Palco investit 5 M$ dans son usine. Le gouvernement lui accorde 1 M$.") == [("Palco", 1_000_000)]


def test_the_cost_beside_a_grant_is_no_second_grant():
    assert pairs("Palco reçoit 2 M$ pour un projet évalué à 5 M$.") == [("Palco", 2_000_000)]


def test_counts_and_shares_are_no_grants():
    told = "Palco créera 35 emplois et 40 % des ventes. Ses 12 employés visent 2 000 visiteurs."
    assert {35: "count", 40: "share", 2000: "count"}.items() <= reasons(told).items()


@pytest.mark.parametrize(
    ("words", "instrument"),
    [
        ("une subvention", "grant"),
        ("un prêt", "loan"),
        ("une contribution remboursable", "repayable"),
        ("une contribution non remboursable", "contribution"),
        ("une garantie de prêt", "guarantee"),
        ("une somme", ""),
    ],
)
def test_the_form_of_the_money_is_that_of_its_words(words, instrument):
    assert only_grant(f"Palco reçoit {words} de 200 000 $.").instrument == instrument


def test_an_amount_up_to_which_one_may_go_has_a_note():
    assert only_grant("Palco reçoit une subvention pouvant atteindre 200 000 $.").note == "up_to"
