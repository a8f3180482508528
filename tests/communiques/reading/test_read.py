"""Reading any text: spans that give back the very words, questions, texts that are no press release."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.communiques.reading.read import MOST_CHARACTERS, read

from .told import FRENCH, as_pairs, pairs, spans

UNHURRIED = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("Palco", "2\u00a0307\u202f663\u00a0$"),
        ("Fonderie\u00a0du\u00a0Lac", "54,6\u00a0millions de dollars"),
        ("Coope\u0301rative du Lac", "2 M$"),
        ("Fon\u00adderie du Lac", "130\u00a0M\u00a0$"),
        ("Fonderie de l\u2019Île", "un demi-million de dollars"),
        ("Fonderie du Lac", "près de 25 M$"),
        ("Fonderie du Lac", "784915$"),
    ],
)
def test_spans_give_back_the_very_words(name, amount):
    text = f"🎉 {FRENCH}".replace("\n", "\r\n") + f"La {name} reçoit {amount} pour ses vitrines."
    [grant] = read(text).grants
    assert text[slice(*grant.name_span)] == name
    assert text[slice(*grant.amount_span)] == amount


@pytest.mark.parametrize("text", ["", " \n\t", "🎉", "\x00\x01", "12", "$", "•", "|", "À", "e\u0301"])
def test_a_text_that_says_nothing_gives_nothing(text):
    reading = read(text)
    assert (reading.grants, reading.questions, reading.figures) == ([], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "El gobierno anuncia una ayuda de 2 M$ para los museos de la región y del norte.",
        "Die Regierung gibt den Museen der Stadt 2 M$ und das ist von der Stadt.",
    ],
)
def test_a_text_in_another_language_gives_no_grants(text):
    assert (read(text).language, pairs(text, "")) == ("", [])


def test_a_novel_gives_no_grants():
    novel = "Elle marchait dans la rue sans parler. Le vent soufflait sur les toits de la ville, et la nuit tombait. "
    assert pairs(novel * 300, "") == []


def test_a_page_pasted_as_html_is_read_without_error():
    page = f"<html><script>var a = '2 M$';</script><p>{FRENCH}</p><ul><li>Palco : 175 000 $</li></ul></html>"
    assert all(0 <= start <= end <= len(page) for start, end in spans(read(page)))


@pytest.mark.parametrize("piece", ["a", "(", "1 ", "Le ", "2 M$ à Palco, ", "« ", "de ", "• ", "\n", "Palco – ", "$"])
def test_a_megabyte_of_repetition_ends(piece):
    reading = read(piece * (1_000_000 // len(piece)))
    assert reading.cut


def test_a_very_long_text_is_read_in_its_first_part():
    long = FRENCH + "Palco reçoit 2 M$.\n\n" + "Le vent soufflait sur la ville. " * (MOST_CHARACTERS // 30)
    reading = read(long)
    assert (reading.cut, as_pairs(reading.grants)) == (True, [("Palco", 2_000_000)])


def test_a_grant_below_confidence_is_a_question():
    reading = read(FRENCH + "Palco reçoit de 100 000 à 200 000 $.")
    assert (reading.grants, as_pairs(reading.questions)) == ([], [("Palco", 100_000)])


def test_an_unknown_amount_is_null():
    [grant] = read(FRENCH + "Le Musée de la Rive est aussi du nombre.").grants
    assert (grant.amount, grant.amount_span) == (None, None)


def test_a_list_that_counts_more_than_it_names_is_not_complete():
    some = "Parmi les projets retenus : Fonderie du Lac (2,8 M$) et Musée de la Rive (1 M$)."
    assert not read(FRENCH + some).list_complete
    assert read(FRENCH + some.replace("Parmi les", "Les")).list_complete


def test_what_stands_under_about_grants_nothing():
    about = "\n\nÀ propos de la Fondation du Lac\nLa Fondation du Lac a versé 5 M$ à Palco depuis 2010."
    told = FRENCH + "Les musées sont heureux.\n\nLa Rive reçoit 2 M$ pour le musée." + about
    assert 5_000_000 not in [amount for _, amount in as_pairs(read(told).grants)]


def test_a_text_told_in_two_languages_is_read_once():
    french = "Le gouvernement accorde une aide de 175 000 $ à la Fonderie du Lac pour ses vitrines et son musée."
    english = "The government is providing a grant of $175,000 to Fonderie du Lac for its windows and its museum."
    assert pairs(f"{french}\n\n{english}", "") == [("Fonderie du Lac", 175_000)]


PIECES = st.sampled_from(
    [
        *("Palco", "Le Centre", "d'", " ", "\n", "\r\n", "•", "(", ")", "«", "»", "–", "$", " M$", "2", "16, 2"),
        *("reçoit", "à", "et", ":", ";", ".", ",", "|", "\t", "The", "will receive", "$2.5 million", "Total", "dont"),
        *("Montréal", "e\u0301", "\u00ad", "\u00a0", "🎉", "inc.", "Bénéficiaire :", "chacun", "respectivement"),
        *("un million", "erratum"),
    ]
)
NUMBER_WORDS = ("cent", "mille", "million", "milliard", "demi", "thousand", "hundred", "billion")


@UNHURRIED
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_read_without_error_and_every_span_lies_inside_it(given):
    text = given + " " + FRENCH
    for start, end in spans(read(text)) + spans(read(given)):
        assert 0 <= start <= end <= len(text)


@UNHURRIED
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_the_span_of_every_amount_says_a_number(given):
    text = FRENCH + given
    reading = read(text)
    for grant in (*reading.grants, *reading.questions):
        said = text[slice(*grant.amount_span)].lower() if grant.amount_span else "0"
        assert any(letter.isdigit() for letter in said) or any(word in said for word in NUMBER_WORDS)
