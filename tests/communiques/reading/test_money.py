"""Money in every spelling: value, precision as worded, currency and hedge read back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.communiques.reading.mentions import Mention, find_mentions
from grants.communiques.reading.text import plain_text

UNHURRIED = settings(deadline=None)  # the first example waits for the rules to be compiled

M = 1_000_000
SPACES = [" ", "\u00a0", "\u202f", "\u2009"]


def money_in(text: str) -> list[Mention]:
    return [mention for mention in find_mentions(plain_text(text)) if mention.kind == "money"]


def only(text: str) -> Mention:
    found = money_in(text)
    assert len(found) == 1, (text, found)
    return found[0]


# as written, value, precision, currency
SPELLINGS = [
    ("2 307 663 $", 2307663, 1, "CAD"),
    ("784915$", 784915, 1, "CAD"),
    ("267,915$", 267915, 1, "CAD"),
    ("150.000 $", 150000, 1, "CAD"),
    ("1 500 000,00 $", 1500000, "0.01", "CAD"),
    ("$1,500,000.00", 1500000, "0.01", "CAD"),
    ("$500 000", 500000, 1, "CAD"),
    ("6,49 $", "6.49", "0.01", "CAD"),
    ("54,6 millions de dollars", 54_600_000, 100_000, "CAD"),
    ("54,6\nmillions de dollars", 54_600_000, 100_000, "CAD"),
    ("29,00 millions $", 29_000_000, 10_000, "CAD"),
    ("130 M$", 130 * M, M, "CAD"),
    ("130 M $", 130 * M, M, "CAD"),
    ("3M$", 3 * M, M, "CAD"),
    ("1.5 M$", 1_500_000, 100_000, "CAD"),
    ("15 M de dollars", 15 * M, M, "CAD"),
    ("2.5M", 2_500_000, 100_000, "CAD"),
    ("250 k$", 250_000, 1000, "CAD"),
    ("$250K", 250_000, 1000, "CAD"),
    ("1,2 G$", 1_200_000_000, 100_000_000, "CAD"),
    ("1,2 milliard de dollars", 1_200_000_000, 100_000_000, "CAD"),
    ("$2.5bn", 2_500_000_000, 100_000_000, "CAD"),
    ("$6.48 million", 6_480_000, 10_000, "CAD"),
    ("$1.2-million", 1_200_000, 100_000, "CAD"),
    ("16, 2 millions", 16_200_000, 100_000, "CAD"),
    ("1,125 million de dollars", 1_125_000, 1000, "CAD"),
    ("33,7 millions", 33_700_000, 100_000, "CAD"),
    ("500 mille dollars", 500_000, 1000, "CAD"),
    ("CAD 2 million", 2 * M, M, "CAD"),
    ("CAD2.5M", 2_500_000, 100_000, "CAD"),
    ("1 000 $ CA", 1000, 1, "CAD"),
    ("C$1.5 billion", 1_500_000_000, 100_000_000, "CAD"),
    ("US$11.3 million", 11_300_000, 100_000, "USD"),
    ("$5M USD", 5 * M, M, "USD"),
    ("5 M$ US", 5 * M, M, "USD"),
    ("3 millions de dollars américains", 3 * M, M, "USD"),
    ("1.200.000 €", 1_200_000, 1, "EUR"),
    ("3,5 millions d'euros", 3_500_000, 100_000, "EUR"),
    ("£3m", 3 * M, M, "GBP"),
    ("deux millions de dollars", 2 * M, M, "CAD"),
    ("cent mille dollars", 100_000, 1000, "CAD"),
    ("un million et demi de dollars", 1_500_000, 100_000, "CAD"),
    ("deux millions et demi", 2_500_000, 100_000, "CAD"),
    ("un demi-million", 500_000, 100_000, "CAD"),
    ("half a million dollars", 500_000, 100_000, "CAD"),
    ("one and a half million dollars", 1_500_000, 100_000, "CAD"),
    ("three quarters of a million dollars", 750_000, 10_000, "CAD"),
    ("two hundred thousand dollars", 200_000, 1000, "CAD"),
    ("cinq cent mille (500 000) dollars", 500_000, 1000, "CAD"),
    ("75 000 $ (soixante-quinze mille dollars)", 75_000, 1, "CAD"),
    ("10 autres millions de dollars", 10 * M, M, "CAD"),
    ("25 millions de $", 25 * M, M, "CAD"),
    ("500 000 dollars canadiens", 500_000, 1, "CAD"),
]


@pytest.mark.parametrize(("written", "value", "precision", "currency"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_a_spelling_of_money_is_read(written, value, precision, currency):
    mention = only(f"Une somme de {written} est versée à l'organisme.")
    assert (mention.value, mention.precision, mention.currency) == (Decimal(value), Decimal(precision), currency)


@pytest.mark.parametrize("written", [row[0] for row in SPELLINGS])
def test_the_place_of_money_holds_its_words(written):
    text = plain_text(f"Il obtient ({written}).")
    mention = find_mentions(text)[0]
    assert text.plain[mention.start : mention.end] == plain_text(written).plain


def grouped(value: Decimal, group: str, mark: str) -> str:
    return f"{value:,}".replace(",", "\0").replace(".", mark).replace("\0", group)


AMOUNTS = st.decimals(min_value=1, max_value=10**11, places=2) | st.integers(1, 10**11).map(Decimal)
SIGNS = [("", "{}$"), (" ", "{} $"), ("\u00a0", "{}\u00a0$")]
HEDGES = {"": "exact", "plus de ": "more_than", "près de ": "nearly", "environ ": "about", "jusqu'à ": "up_to"}
HEDGES |= {"au moins ": "at_least", "over ": "more_than", "nearly ": "nearly", "up to ": "up_to", "about ": "about"}


@UNHURRIED
@given(AMOUNTS, st.sampled_from(SPACES), st.sampled_from(["{}$", "{} $", "{}\u00a0$"]), st.sampled_from(sorted(HEDGES)))
def test_amounts_in_french_digits_read_back(amount, space, sign, hedge):
    mention = only(f"Il reçoit {hedge}{sign.format(grouped(amount, space, ','))} du fonds.")
    assert (mention.value, mention.qualifier, mention.currency) == (amount, HEDGES[hedge], "CAD")
    assert mention.precision == Decimal(1).scaleb(amount.as_tuple().exponent)


@UNHURRIED
@given(AMOUNTS, st.sampled_from(["${}", "$ {}", "CAD {}", "{} dollars"]), st.sampled_from(sorted(HEDGES)))
def test_amounts_in_english_digits_read_back(amount, sign, hedge):
    mention = only(f"It receives {hedge}{sign.format(grouped(amount, ',', '.'))} from the fund.")
    assert (mention.value, mention.qualifier, mention.currency) == (amount, HEDGES[hedge], "CAD")


SCALES = [("k$", 3), (" k$", 3), ("M$", 6), (" M$", 6), (" M $", 6), (" millions de dollars", 6), (" millions", 6)]
SCALES += [(" million de dollars", 6), (" G$", 9), (" milliards de dollars", 9), (" milliards $", 9), ("M", 6)]


@UNHURRIED
@given(st.integers(1, 999), st.integers(0, 3), st.sampled_from(SCALES), st.sampled_from(",."))
def test_scaled_amounts_read_back_with_their_precision(digits, decimals, scale, mark):
    number = Decimal(digits).scaleb(-decimals)
    words, power = scale
    mention = only(f"Une aide de {str(number).replace('.', mark)}{words} est versée.")
    assert (mention.value, mention.precision) == (number.scaleb(power), Decimal(1).scaleb(power - decimals))


@UNHURRIED
@given(st.integers(1, 999), st.integers(0, 3), st.sampled_from([("K", 3), ("M", 6), (" million", 6), ("-million", 6)]))
def test_scaled_amounts_after_a_dollar_sign_read_back(digits, decimals, scale):
    number = Decimal(digits).scaleb(-decimals)
    words, power = scale
    mention = only(f"A grant of ${number}{words} goes to it.")
    assert (mention.value, mention.precision) == (number.scaleb(power), Decimal(1).scaleb(power - decimals))


@UNHURRIED
@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["entre {} et {} M$", "de {} à {} M$", "{}-{} M$"]))
def test_ranges_read_back(one, other, words):
    low, high = sorted((one, one + other))
    mention = only(f"L'aide sera {words.format(low, high)} au total.")
    assert (mention.value, mention.high, mention.precision) == (low * M, high * M, M)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("de 10 000 $ à 50 000 $", 10_000, 50_000),
        ("$10 to $12 million", 10 * M, 12 * M),
        ("$10-$12 million", 10 * M, 12 * M),
        ("between $50,000 and $10 million", 50_000, 10 * M),
        ("3 000 à 5 000 $", 3000, 5000),
    ],
)
def test_a_range_is_one_mention(text, low, high):
    mention = only(f"Il reçoit {text}.")
    assert (mention.value, mention.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10 et 12 millions de dollars", [10 * M, 12 * M]),
        ("1,2 et 3,4 M$ respectivement", [1_200_000, 3_400_000]),
        ("1,5, 2 et 3 M$", [1_500_000, 2 * M, 3 * M]),
        ("60 000 $ et 42 500 $", [60_000, 42_500]),
        ("$500 and $2 million", [500, 2 * M]),
        ("$10 and $12 million", [10 * M, 12 * M]),
        ("1 000 $ 2 000 $", [1000, 2000]),
        ("$1,000 $2,000", [1000, 2000]),
    ],
)
def test_amounts_side_by_side_are_as_many_mentions(text, values):
    assert [mention.value for mention in money_in(f"Elles reçoivent {text}.")] == values


def test_a_change_is_no_range():
    assert [mention.value for mention in money_in("L'enveloppe passe de 81 M$ à 130 M$.")] == [81 * M, 130 * M]


@pytest.mark.parametrize("name", ["Télé communautaire 12", "le Groupe 3737", "District 3", "Radio CKIA 88,3"])
@pytest.mark.parametrize("link", [" et ", ", ", " – ", " (", " : "])
def test_the_number_of_a_name_takes_no_unit_from_the_amount_that_follows(name, link):
    assert [mention.value for mention in money_in(f"avec {name}{link}2,5 M$")] == [2_500_000]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("au-delà de 25 M$", "more_than"),
        ("dépasse 25 M$", "more_than"),
        ("plus d'un million de dollars", "more_than"),
        ("presque 25 M$", "nearly"),
        ("autour de 25 M$", "about"),
        ("quelque 25 M$", "about"),
        ("25 M$ environ", "about"),
        ("some $25 million", "about"),
        ("un maximum de 25 M$", "up_to"),
        ("moins de 25 M$", "up_to"),
        ("jusqu'à concurrence de 25 M$", "up_to"),
        ("jusqu'à près de 25 M$", "up_to"),
        ("25 M$ et plus", "at_least"),
        ("minimum de 25 M$", "at_least"),
        ("at least $25 million", "at_least"),
        ("pas moins de 25 M$", "at_least"),
        ("une aide pouvant atteindre 25 M$", "up_to"),
        ("~25 M$", "about"),
        ("une contribution maximale de 25 M$", "up_to"),
        ("a maximum contribution of $25 million", "up_to"),
        ("25M$+", "at_least"),
        ("en plus de 25 M$", "exact"),
        ("the grants add up to $25 million", "exact"),
    ],
)
def test_hedges_before_and_after(text, qualifier):
    assert only(f"On y met {text}.").qualifier == qualifier


def test_the_whole_of_a_mention_starts_with_its_hedge():
    text = plain_text("Soit un peu plus de 25 M$ par année.")
    mention = find_mentions(text)[0]
    assert text.plain[mention.whole : mention.last] == "un peu plus de 25 M$ par année"
    assert text.plain[mention.start : mention.end] == "25 M$"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("une perte de -2 000 $", -2000),
        ("(−500 $)", -500),
        ("- 130 M$ d'enveloppe", 130 * M),
        ("-130 M$ d'enveloppe", 130 * M),
        ("Organisme -500 $", 500),
    ],
)
def test_a_minus_sign_is_told_from_a_dash(text, value):
    assert only(text).value == value


@pytest.mark.parametrize(
    "text", ["2 millions de visiteurs", "3 millions de Québécois", "2 million visitors", "2,5 M. Untel", "25 m de long"]
)
def test_millions_of_something_else_are_no_money(text):
    assert money_in(f"Il y a {text} ici.") == []


@pytest.mark.parametrize(
    "text", ["25 millions de financement", "20 millions de Québec", "un million il y a dix ans", "2 millions d'ici peu"]
)
def test_millions_without_dollars_are_money_where_nothing_is_counted(text):
    assert len(money_in(f"Il y a {text}.")) == 1


def test_digits_cut_by_the_end_of_a_line_make_one_number_inside_a_sentence():
    assert only("Le gouvernement du Québec verse une aide financière de 2 307\n663 $ à cet organisme.").value == 2307663
    assert [mention.value for mention in money_in("Moulin 7\n500 $\nDistrict 3\n250 $")] == [500, 250]
    long_name = "Corporation de développement socioéconomique du centre 3"
    assert [mention.value for mention in money_in(f"{long_name}\n500 000 $\nMoulin 7\n250 000 $")] == [500_000, 250_000]
