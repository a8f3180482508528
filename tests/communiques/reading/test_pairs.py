"""Amounts and whom they go to, in sentences."""

import pytest

from .told import ENGLISH, only_grant, pairs


@pytest.mark.parametrize(
    "sentence",
    [
        "Palco reçoit une aide de 175 000 $.",
        "Palco obtient 175 000 $ pour sa vitrine.",
        "Palco se voit octroyer 175 000 $.",
        "Palco (Rimouski) reçoit 175 000 $.",
    ],
)
def test_the_recipient_may_stand_before_its_amount(sentence):
    assert pairs(sentence) == [("Palco", 175_000)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Une aide de 175 000 $ est versée à Palco.",
        "Québec accorde 175 000 $ à Palco.",
        "Un montant de 175 000 $ est remis au profit de Palco.",
        "C'est 175 000 $ que reçoit Palco.",
    ],
)
def test_the_recipient_may_stand_after_its_amount(sentence):
    assert pairs(sentence) == [("Palco", 175_000)]


@pytest.mark.parametrize(
    "sentence", ["Québec accorde à Palco une aide de 2 M$.", "Québec soutient Palco à hauteur de 2 M$."]
)
def test_the_recipient_may_stand_between_the_giver_and_the_amount(sentence):
    assert pairs(sentence) == [("Palco", 2_000_000)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Harbour Works will receive $85,000 to build a pier.",
        "$85,000 for Harbour Works to build a pier.",
        "Ottawa is providing $85,000 to Harbour Works.",
        "Ottawa is supporting Harbour Works with $85,000.",
    ],
)
def test_english_sentences_are_read_alike(sentence):
    assert pairs(sentence, ENGLISH) == [("Harbour Works", 85_000)]


def test_an_amount_in_parentheses_goes_to_the_name_before_it():
    told = "Le Centre d'entreprises du Lac (CEL, 1,5 M$) et la Fonderie du Lac (2 M$) sont soutenus."
    assert pairs(told) == [("Centre d'entreprises du Lac", 1_500_000), ("Fonderie du Lac", 2_000_000)]


def test_a_series_says_its_verb_once():
    told = "La Fonderie du Lac reçoit 150 000 $, le Musée de la Rive, 62 500 $ et le Festival du Nord, 50 000 $."
    assert pairs(told) == [("Fonderie du Lac", 150_000), ("Musée de la Rive", 62_500), ("Festival du Nord", 50_000)]


def test_an_english_series_says_its_verb_once():
    told = "Bouffe Pontiac gets $22,000 and the Pontiac Archives $9,500."
    assert pairs(told, ENGLISH) == [("Bouffe Pontiac", 22_000), ("Pontiac Archives", 9_500)]


def test_respectively_gives_each_its_own():
    told = "Palco et Moulin 7 reçoivent respectivement 175 000 $ et 36 700 $."
    assert pairs(told) == [("Palco", 175_000), ("Moulin 7", 36_700)]


def test_each_gives_all_the_same():
    assert pairs("Palco et Moulin 7 reçoivent chacun 20 000 $.") == [("Palco", 20_000), ("Moulin 7", 20_000)]


def test_one_amount_for_several_recipients_stays_one_grant_with_a_note():
    grant = only_grant("Palco et Moulin 7 se partagent 175 000 $.")
    assert (grant.recipient, grant.others, grant.note) == ("Palco", ["Moulin 7"], "shared")


def test_instalments_with_their_total_are_one_grant():
    assert pairs("Palco reçoit 250 000 $ par année pendant trois ans, soit 750 000 $ en tout.") == [("Palco", 750_000)]


def test_the_same_recipient_twice_may_be_two_grants():
    told = "Palco reçoit 62 000 $ du Fonds régional et 30 000 $ de la Fondation du Lac."
    assert pairs(told) == [("Palco", 62_000), ("Palco", 30_000)]


def test_what_a_second_funder_adds_is_a_grant_of_its_own():
    told = "Palco reçoit 175 000 $. Investissement Québec ajoute 50 000 $ de ses fonds propres pour Palco."
    assert pairs(told) == [("Palco", 175_000), ("Palco", 50_000)]


def test_a_number_is_no_pronoun():
    told = "La Fonderie du Lac reçoit 2 M$. Huit reçoivent 5 M$."
    assert pairs(told) == [("Fonderie du Lac", 2_000_000)]


def test_the_body_stands_for_the_name_of_the_sentence_before():
    told = "Le Musée de la Rive agrandit ses salles. L'organisme reçoit 36 700 $."
    assert pairs(told) == [("Musée de la Rive", 36_700)]


def test_an_inverted_sentence_names_its_recipient_first():
    told = "C'est au Musée de la Rive que va la plus grosse part : 560 000 $."
    assert pairs(told) == [("Musée de la Rive", 560_000)]


def test_a_recipient_named_without_an_amount_stays_null():
    assert pairs("Palco reçoit 2 M$. Le Musée de la Rive est aussi du nombre.") == [
        ("Palco", 2_000_000),
        ("Musée de la Rive", None),
    ]


def test_a_grant_told_in_the_title_and_below_is_one():
    told = "2 M$ à Palco\n\nQuébec, le 3 mars 2023 – Le gouvernement accorde 2 M$ à Palco pour ses vitrines."
    assert pairs(told, "") == [("Palco", 2_000_000)]
