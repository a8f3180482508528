"""What a text says of a grant beside its recipient and amount, and which words are the grant's own."""

from grants.communiques.reading.read import read

from .told import ENGLISH, figures, only_grant, pairs

SERIES = "Le Réseau du Lac (RDL) obtient 6,48 M$, l'Institut boréal, 3 M$, et Sensation mode, 2,8 M$."


def test_two_projects_of_one_grant_are_two_titles():
    grant = only_grant("FPInnovations reçoit 2 M$ pour deux projets portant sur les données et la forêt.")
    assert grant.project == "Données; Forêt"


def test_projects_are_not_split_where_the_text_counts_more_of_them():
    assert only_grant("Palco reçoit 2 M$ pour trois projets portant sur les données et la forêt.").project == ""


def test_the_words_of_a_grant_in_a_series_are_its_own():
    text = f"Le gouvernement du Québec annonce des aides aux entreprises.\n\n{SERIES}"
    told = [text[slice(*grant.span)] for grant in read(text).grants]
    assert told == ["Réseau du Lac (RDL) obtient 6,48 M$", "Institut boréal, 3 M$", "Sensation mode, 2,8 M$"]


def test_a_project_in_a_series_belongs_to_its_own_grant():
    text = "Palco reçoit 2 M$ pour son projet intitulé Le grand saut, et le Groupe Boréal, 3 M$."
    assert [grant.project for grant in read(text + " Les aides du gouvernement sont pour la région.").grants] == [
        "Le grand saut",
        "",
    ]


def test_what_a_programme_disposes_of_is_no_grant_to_it():
    words = "Le Programme Innovation Lac (PIL) soutient les entreprises. Palco reçoit 2 M$. PIL dispose de 40 M$."
    assert pairs(words) == [("Palco", 2_000_000)]


def test_businesses_that_are_supported_are_the_recipients_where_as_many_are_named():
    text = "CED supports two businesses in the region.\n\nHarbour Works: $2 million\nWindsor Mills: $1 million\n"
    assert ("recipients", 2, "act") in figures(text, ENGLISH)
