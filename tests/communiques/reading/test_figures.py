"""The figures of a text: what each amount and count states, of what."""

import pytest

from .told import ENGLISH, FRENCH, figures, only_figure


@pytest.mark.parametrize(
    ("words", "measure", "value", "scope"),
    [
        ("Sept incubateurs se partagent 9,6 M$.", "aid", 9_600_000, "act"),
        ("L'OTN, dotée d'une enveloppe de 130 M$, aide les entreprises.", "envelope", 130_000_000, "programme"),
        ("56,8 M$ ont été accordés depuis le lancement.", "aid", 56_800_000, "cumulative"),
        ("Ces aides s'ajoutent aux 56,8 M$ déjà accordés.", "aid", 56_800_000, "cumulative"),
        ("L'an dernier, 25 M$ avaient été annoncés.", "aid", 25_000_000, "other_act"),
        ("La part fédérale s'établit à 427 868 $.", "aid", 427_868, "funder"),
        ("Ces projets ont une valeur totale de 48 M$.", "project_cost", 48_000_000, "act"),
    ],
)
def test_each_amount_is_stated_of_what_it_speaks_of(words, measure, value, scope):
    assert (measure, value, scope) in figures(words)


@pytest.mark.parametrize(
    ("words", "measure", "value"),
    [
        ("Eight organizations will share $24.6 million.", "aid", 24_600_000),
        ("The program has a budget of $130 million.", "envelope", 130_000_000),
        ("The projects have a total cost of $48 million.", "project_cost", 48_000_000),
    ],
)
def test_english_amounts_are_stated_alike(words, measure, value):
    assert (measure, value) in [(one[0], one[1]) for one in figures(words, ENGLISH)]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("24,6 M$", "exact"),
        ("près de 24,6 M$", "nearly"),
        ("plus de 24,6 M$", "more_than"),
        ("au moins 24,6 M$", "at_least"),
        ("environ 24,6 M$", "about"),
        ("jusqu'à 24,6 M$", "up_to"),
    ],
)
def test_a_hedge_is_kept_with_its_figure(words, qualifier):
    stated = [one for one in _figures_of(f"Les organismes se partagent {words}.") if one.measure == "aid"]
    assert [one.qualifier for one in stated] == [qualifier]


def _figures_of(words):
    from grants.communiques.reading.read import read

    return read(FRENCH + words).figures


def test_the_precision_is_that_of_the_words():
    assert only_figure("56,8 M$ ont été accordés depuis le lancement.").precision == 100_000


def test_firms_made_aware_and_supported_are_counted():
    told = "Ils accompagneront 2 000 entreprises et en sensibiliseront 6 000."
    assert figures(told) == [("supported", 2_000, "act"), ("made_aware", 6_000, "act")]


def test_a_number_of_recipients_is_a_figure():
    assert ("recipients", 7, "act") in figures("Sept incubateurs se partagent 9,6 M$.")


def test_what_will_be_done_is_a_target_and_what_was_done_a_result():
    aimed = only_figure("Ils permettront d'accompagner 2 000 entreprises.")
    done = only_figure("2 600 entreprises ont été accompagnées.")
    assert (aimed.nature, done.nature) == ("target", "result")


def test_the_amount_of_a_grant_told_again_is_no_total():
    assert figures("Palco reçoit 2 M$. Cette aide de 2 M$ permettra de rénover.") == []
