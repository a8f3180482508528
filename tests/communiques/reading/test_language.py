"""French, English or neither."""

import pytest

from grants.communiques.reading.language import language_of
from grants.communiques.reading.text import plain_text


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Le gouvernement du Québec annonce une aide pour les musées de la région.", "fr"),
        ("The Government of Canada announces funding for the museums of the region.", "en"),
        ("El gobierno anuncia una ayuda para los museos de la región.", ""),
        ("Die Regierung gibt den Museen der Stadt Geld und das ist gut.", ""),
        ("12 345 678", ""),
        ("", ""),
    ],
)
def test_small_words_tell_the_language(words, language):
    assert language_of(plain_text(words)) == language


def test_a_table_of_names_is_told_by_its_opening():
    from grants.communiques.reading.read import read

    names = "\n".join(f"Fonderie Numéro{number} {number} 000 $" for number in range(1, 400))
    assert read(f"Voici les entreprises qui reçoivent une aide dans la région\n\n{names}").language == "fr"
