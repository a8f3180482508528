"""Names of recipients: where one begins and ends, what is taken off it, what is no name."""

import pytest

from grants.communiques.reading.names.finding import name_from
from grants.communiques.reading.text import plain_text

from .told import only_grant, pairs


def name_in(words: str) -> str:
    text = plain_text(words)
    name = name_from(text, 0, len(text.plain))
    return name.value if name else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("la Fonderie du Lac, qui dessert la région", "Fonderie du Lac"),
        ("la Fonderie du Lac située à Alma", "Fonderie du Lac"),
        ("la Fonderie du Lac afin de rénover", "Fonderie du Lac"),
        ("la Fonderie du Lac obtient", "Fonderie du Lac"),
        ("Harbour Works based in Alma", "Harbour Works"),
        ("Harbour Works will", "Harbour Works"),
        ("9123-4567 Québec inc. pour", "9123-4567 Québec inc."),
        ("Les Industries Mégasol (2005) inc. obtiennent", "Industries Mégasol (2005) inc."),
        ("l'accélérateur La Piscine reçoit", "La Piscine"),
        ("la coopérative « Le Levier » reçoit", "Le Levier"),
        ("le Centre d'aide aux victimes de la Rive reçoit", "Centre d'aide aux victimes de la Rive"),
        ("le ministère de l'Économie, de l'Innovation et de l'Énergie annonce", ""),
        ("Tremblant et fils pour", "Tremblant et fils"),
    ],
)
def test_a_name_ends_where_its_sentence_goes_on(words, name):
    assert name_in(words) == name


@pytest.mark.parametrize(
    "words",
    ["le gouvernement du Québec", "cette aide", "les entreprises", "vingt-cinq projets", "2 M$", "du programme", ""],
)
def test_givers_money_and_what_stands_for_many_are_no_names(words):
    assert name_in(words) == ""


def test_an_acronym_is_taken_off_the_name():
    grant = only_grant("Le Réseau des centres d'innovation (RCI) reçoit 2 M$.")
    assert (grant.recipient, grant.acronym) == ("Réseau des centres d'innovation", "RCI")


def test_a_host_is_taken_off_the_name():
    grant = only_grant("Le COlab, rattaché au Collège d'Alma, reçoit 2 M$.")
    assert (grant.recipient, grant.host) == ("COlab", "Collège d'Alma")


def test_a_project_title_is_taken_off_the_name():
    grant = only_grant("Palco reçoit 2 M$ pour son projet intitulé Mon succès numérique.")
    assert (grant.recipient, grant.project) == ("Palco", "Mon succès numérique")


def test_a_quoted_project_is_no_recipient():
    grant = only_grant("Palco reçoit 2 M$ pour le projet « Mon succès numérique ».")
    assert (grant.recipient, grant.project) == ("Palco", "Mon succès numérique")


def test_a_place_is_taken_off_the_name():
    assert pairs("• Palco (Rimouski) : 175 000 $\n• Moulin 7, Matane : 36 700 $")[0] == ("Palco", 175_000)


def test_a_full_stop_belongs_to_legal_forms_alone():
    assert pairs("Québec accorde 2 M$ à Meubles du Lac inc. Le projet commence.") == [
        ("Meubles du Lac inc.", 2_000_000)
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("L'Unité de recherche en gérontologie du Cégep de l'Érable", "Unité de recherche en gérontologie"),
        ("Gouvernement de la nation mi'gmaq de Gespeg", "Gouvernement de la nation mi'gmaq de Gespeg"),
        ("le Club d'athlétisme Filoup pour la tenue du championnat", "Club d'athlétisme Filoup"),
    ],
)
def test_a_name_ends_where_its_host_or_its_purpose_begins(words, name):
    assert name_in(words) == name
