"""Who published a text, as its foot or its first sentences say."""

import pytest

from grants.communiques.reading.read import read


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Québec, le 4 mai 2022. – Le gouvernement du Québec accorde 2 M$ à Palco.", "Gouvernement du Québec"),
        (
            "Le ministère de l'Économie, de l'Innovation et de l'Énergie a annoncé 2 M$ à Palco.",
            "Ministère de l'Économie, de l'Innovation et de l'Énergie",
        ),
        ("The Government of Canada is providing $2 million to Harbour Works.", "Government of Canada"),
        ("Palco reçoit 2 M$ de la région.\n\nSource : Fondation du Lac", "Fondation du Lac"),
        ("Palco reçoit 2 M$ du gouvernement du Québec.\n\nSource : Cabinet de la ministre", "Gouvernement du Québec"),
        ("Palco reçoit 2 M$ pour son usine.", ""),
    ],
)
def test_a_text_says_who_publishes_it(text, publisher):
    assert read(text).publisher == publisher
