"""Names that meet whatever their spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.values.folding import fold, initials, organisation_key

SAME = [
    ("Le Groupe MISA inc.", "GROUPE MISA"),
    ("A.M.V.P.Q.", "AMVPQ"),
    ("L’École de technologie supérieure", "ecole technologie superieure"),
    ("L'Ecole de Technologie Supérieure", "École de technologie supérieure"),
    ("Pêches d’Œuvre ltée", "peches oeuvre limitee"),
    ("PME MTL Centre-Ouest", "PME  MTL  centre ouest"),
    ("Réseau des CCTT – Synchronex", "Reseau CCTT Synchronex"),
]
OTHER = [("La Piscine", "Le Piscinier"), ("Centech", "Centec"), ("Groupe MISA", "Groupe MISE")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert organisation_key(one) != organisation_key(other)


@pytest.mark.parametrize("name", ["Inc.", "La La", "The And", "Le"])
def test_a_name_made_of_small_words_keeps_them(name: str) -> None:
    assert organisation_key(name) == fold(name)


def test_folding_puts_case_accents_ligatures_and_signs_aside() -> None:
    assert fold("L’École de technologie supérieure (ÉTS)") == "l ecole de technologie superieure ets"
    assert fold("Œuvre d'Æon – Straße") == "oeuvre d aeon strasse"


def test_the_initials_of_a_name_are_those_of_its_telling_words() -> None:
    assert initials("École de technologie supérieure") == "ets"
    assert initials("Association québécoise de l’industrie de la pêche") == "aqip"


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_a_folded_text_neither_starts_nor_ends_with_a_space_nor_has_two_in_a_row(text: str) -> None:
    plain = "".join(character for character in text if character != "\x00")
    assert "  " not in fold(plain)
    assert fold(plain) == fold(plain).strip(" ")
