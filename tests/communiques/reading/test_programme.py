"""The programme under which a text announces its grants."""

import pytest

from grants.communiques.reading.answers import Known
from grants.communiques.reading.read import read

from .told import ENGLISH, FRENCH


@pytest.mark.parametrize(
    ("words", "called", "name"),
    [
        ("dans le cadre du programme Essor", "Essor", "Essor"),
        ("dans le cadre du Fonds régions et ruralité (FRR)", "FRR", "Fonds régions et ruralité"),
        ("par l'entremise du FRR", "FRR", "FRR"),
        ("grâce à la mesure Soutien aux festivals", "Soutien aux festivals", "Soutien aux festivals"),
    ],
)
def test_words_lead_to_the_programme(words, called, name):
    reading = read(f"{FRENCH}Palco reçoit 2 M$ {words}.")
    assert (reading.programme and reading.programme.value, reading.programme_name) == (called, name)


def test_an_english_fund_is_read_with_its_acronym():
    reading = read(f"{ENGLISH}Harbour Works will receive $2 million through the Harbour Arts Fund (HAF).")
    assert (reading.programme.value, reading.programme_name) == ("HAF", "Harbour Arts Fund")


def test_a_known_programme_is_recognised_by_its_name():
    known = Known(programmes=(("Offensive de transformation numérique", "OTN"), ("OTN", "OTN")))
    reading = read(f"{FRENCH}Palco reçoit 2 M$ de l'Offensive de transformation numérique.", known)
    assert reading.programme.value == "OTN"


@pytest.mark.parametrize("words", ["dans le cadre d'un programme fédéral", "de deux nouveaux programmes", ""])
def test_a_noun_alone_names_no_programme(words):
    assert read(f"{FRENCH}Palco reçoit 2 M$ {words}.").programme is None
