"""The head of a press release: title, place, date."""

import pytest

from grants.communiques.reading.read import read

BODY = "Le gouvernement du Québec accorde une aide de 2 M$ à Palco pour les vitrines de la ville et de la région."


def head(text: str) -> tuple[str, str, str]:
    reading = read(text)
    return (
        reading.title.value if reading.title else "",
        reading.place.value if reading.place else "",
        reading.date,
    )


@pytest.mark.parametrize(
    ("dateline", "place", "date"),
    [
        ("Québec, le 24 janvier 2022 – ", "Québec", "2022-01-24"),
        ("RIMOUSKI, le 3 mars 2023 – ", "Rimouski", "2023-03-03"),
        ("Gatineau (Québec), le 1er avril 2021 – ", "Gatineau", "2021-04-01"),
        ("Le 7 juillet 2023, Sudbury (Ontario) – ", "Sudbury", "2023-07-07"),
        ("Vancouver, British Columbia – March 3, 2020 – ", "Vancouver", "2020-03-03"),
        ("Rivière-du-Loup, 5 mai 2020 /CNW/ - ", "Rivière-du-Loup", "2020-05-05"),
    ],
)
def test_a_dateline_gives_place_and_date(dateline, place, date):
    assert head(f"Une aide pour les vitrines\n\n{dateline}{BODY}") == ("Une aide pour les vitrines", place, date)


def test_what_stands_above_the_title_is_none():
    page = f"COMMUNIQUÉ DE PRESSE\nPour diffusion immédiate\n\nUne aide pour les vitrines\n\n{BODY}"
    assert head(page)[0] == "Une aide pour les vitrines"


def test_a_date_alone_on_its_line_is_the_date():
    assert head(f"Une aide pour les vitrines\n\n12 avril 2023\n\n{BODY}")[2] == "2023-04-12"


def test_the_date_of_something_else_is_not_the_date():
    assert head(f"Une aide pour les vitrines\n\n{BODY} L'organisme existe depuis le 3 mai 2018.")[2] == ""


def test_the_title_gives_back_its_very_words():
    text = f"Une aide\u00a0pour les vitrines\r\n\r\n{BODY}"
    reading = read(text)
    assert text[slice(*reading.title.span)] == "Une aide\u00a0pour les vitrines"


def test_a_text_without_a_head_has_none():
    assert head("Le gouvernement du Québec accorde une aide de 2 M$ à Palco. Le projet est grand.") == ("", "", "")
