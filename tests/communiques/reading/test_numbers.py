"""Numbers in digits and words, and what holds of the mentions of any text at all."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.communiques.reading.mentions import MOST, Mention, find_mentions
from grants.communiques.reading.text import plain_text

UNHURRIED = settings(deadline=None)  # the first example waits for the rules to be compiled

ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_french(number: int) -> str:
    """The number in words, in the spelling taught in Québec."""
    if number < 17:
        return ONES[number]
    if number < 20:
        return f"dix-{ONES[number - 10]}"
    if number < 100:
        return _french_tens(number)
    unit, word = next(row for row in ((1_000_000, "million"), (1000, "mille"), (100, "cent")) if number >= row[0])
    count, rest = divmod(number, unit)
    plural = "s" if unit == 1_000_000 and count > 1 else ""
    head = word + plural if count == 1 and unit < 1_000_000 else f"{in_french(count)} {word}{plural}"
    return f"{head} {in_french(rest)}" if rest else head


def _french_tens(number: int) -> str:
    if number >= 80:
        return f"quatre-vingt-{in_french(number - 80)}" if number > 80 else "quatre-vingts"
    base = number // 10 * 10 if number < 70 else 60
    rest = number - base
    if not rest:
        return TENS[base]
    return f"{TENS[base]} et {in_french(rest)}" if rest in (1, 11) else f"{TENS[base]}-{in_french(rest)}"


def in_english(number: int) -> str:
    """The number in words."""
    if number < 20:
        return ENGLISH_ONES[number]
    if number < 100:
        tens = ENGLISH_TENS[number // 10 - 2]
        return f"{tens}-{ENGLISH_ONES[number % 10]}" if number % 10 else tens
    unit, word = next(row for row in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")) if number >= row[0])
    count, rest = divmod(number, unit)
    link = " and " if unit == 100 else " "
    return f"{in_english(count)} {word}" + (f"{link}{in_english(rest)}" if rest else "")


def only(text: str) -> Mention:
    found = find_mentions(plain_text(text))
    assert len(found) == 1, (text, found)
    return found[0]


@UNHURRIED
@given(st.integers(2, 999_999_999))
def test_numbers_in_french_words_read_back(number):
    mention = only(f"Une aide de {in_french(number)} dollars est versée.")
    assert (mention.kind, mention.value) == ("money", number)


@UNHURRIED
@given(st.integers(2, 999_999_999))
def test_numbers_in_english_words_read_back(number):
    mention = only(f"A grant of {in_english(number)} dollars is made.")
    assert (mention.kind, mention.value) == ("money", number)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("soixante et onze", 71),
        ("septante-deux", 72),
        ("quatre vingt dix sept", 97),
        ("cent un", 101),
        ("deux-cent-quatre-vingts", 280),
        ("mille neuf cent quatre-vingt-dix-neuf", 1999),
        ("one hundred five", 105),
        ("two thousand and six", 2006),
    ],
)
def test_looser_spellings_read_as_well(words, value):
    assert only(f"Pour {words} projets.").value == value


def test_words_that_make_no_one_number_stay_apart():
    assert [mention.value for mention in find_mentions(plain_text("deux et trois projets"))] == [2, 3]


def test_a_number_said_twice_is_one():
    assert only("Pour huit (8) organismes.").value == 8
    assert only("Une aide de cinq cent mille dollars (500 000 $).").value == 500_000


@pytest.mark.parametrize("article", ["Un projet", "une aide", "a project", "An organization", "one of them", "à neuf"])
def test_an_article_or_a_lone_adjective_is_no_number(article):
    assert find_mentions(plain_text(f"{article} est là.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Téléphone : 418 555-0123, poste 4567",
        "1 800 463-5229 ou 1-888-555-0199",
        "(418) 555-0123",
        "G1R 5H1 et K1A 0H5",
        "La Loi 25, l'article 12 et le n° 2022-15",
        "à 13 h 30, à 10:30 et 24/7",
        "au 1er cycle, la 20e édition, the 3rd cohort",
        "700, rue de la Gare, bureau 200",
        "C3i, COVID-19, la 5G et le réseau A4",
        "9123-4567 Québec inc.",
        "https://exemple.quebec/aide?montant=2500&annee=2022 et aide24@exemple.quebec",
        "poste budgétaire 02-702-90-970",
        "1. Titre",
    ],
)
def test_what_only_has_digits_is_no_mention(text):
    assert find_mentions(plain_text(text)) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("en 2019", 2019, None), ("en 2021-2022", 2021, 2022), ("en 2020-21", 2020, 2021), ("de 2020 à 2023", 2020, 2023)],
)
def test_years_are_years(text, first, last):
    mention = only(text)
    assert (mention.kind, mention.value, mention.high) == ("year", first, last)


def test_a_number_after_a_year_is_its_own():
    found = find_mentions(plain_text("En 2021 300 entreprises ont répondu."))
    assert [(mention.kind, mention.value) for mention in found] == [("year", 2021), ("count", 300)]


@pytest.mark.parametrize(
    ("text", "noun", "value"), [("sur trois ans", "ans", 3), ("24 mois", "mois", 24), ("a five-year plan", "year", 5)]
)
def test_lengths_of_time_are_no_counts(text, noun, value):
    mention = only(text)
    assert (mention.kind, mention.noun, mention.value) == ("duration", noun, value)


PIECES = st.sampled_from(
    [
        *"0123456789 .,-–$€%()/:'\n\t\u00a0\u202fkKmMgGaà",
        *("million", "millions", "de dollars", " et ", " à ", "un", "demi", "dix", "cent", "mille", "plus de "),
        *("entre ", "projets", "entreprises", "accompagner ", "avril", "2022", " CAD", "US$", "environ", "\ufeff", "é"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@UNHURRIED
@given(TEXTS)
def test_any_text_gives_mentions_in_order_that_hold_what_they_claim(given_text):
    text = plain_text(given_text)
    last = 0
    for mention in find_mentions(text):
        assert last <= mention.start < mention.end <= len(text.plain)
        assert mention.whole <= mention.start
        assert mention.last >= mention.end
        assert mention.precision > 0
        assert mention.high is None or mention.high > mention.value
        last = mention.end


@UNHURRIED
@given(TEXTS)
def test_the_digits_of_a_value_stand_in_its_words(given_text):
    text = plain_text(given_text)
    for mention in find_mentions(text):
        words = text.plain[mention.start : mention.end]
        if mention.kind in ("money", "count", "number") and mention.high is None and re.fullmatch(r"[\d ]+\D*", words):
            written = re.sub(r"\D", "", words).strip("0")
            assert re.sub(r"\D", "", str(abs(mention.value))).strip("0").startswith(written)


@pytest.mark.parametrize("piece", ["1", "1 ", "de ", "123 ", "$", "(1) ", "deux ", "1 M$ ", "10 et ", "www.a", "a@"])
def test_a_long_repetition_ends(piece):
    assert len(find_mentions(plain_text(piece * (50_000 // len(piece))))) <= MOST


def test_numbers_beyond_measure_are_left_out():
    assert find_mentions(plain_text("9" * 500 + " $ et 10" + "0" * 30 + " M$")) == []


def test_the_place_of_a_mention_leads_back_to_the_text_as_given():
    given_text = "Une aide de\u00a02\u202f307\u202f663\u00a0$\u200b."
    text = plain_text(given_text)
    mention = find_mentions(text)[0]
    start, end = text.span(mention.start, mention.end)
    assert given_text[start:end] == "2\u202f307\u202f663\u00a0$"
    assert mention.value == Decimal(2307663)
