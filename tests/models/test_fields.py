"""Amounts typed as people write them, and text without what cannot be seen."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from grants.models import Grant, Organisation
from grants.models.fields import MoneyFormField

money = MoneyFormField(max_digits=16, decimal_places=2, required=False)
line = Organisation._meta.get_field("name_fr")
prose = Organisation._meta.get_field("description_fr")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2 307 663 $", "2307663"), ("2\u00a0307\u00a0663,50\u00a0$", "2307663.50"), ("2,3 M$", "2300000"), ("0", "0")],
)
def test_a_form_reads_an_amount_as_people_write_it(typed: str, value: str) -> None:
    assert money.clean(typed) == Decimal(value)


def test_an_empty_amount_is_unknown_and_not_nil() -> None:
    assert money.clean("") is None


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("deux millions", "n’est pas un montant", "is not an amount"),
        ("100 $ US", "n’est pas en dollars canadiens", "is not in Canadian dollars"),
    ],
)
def test_a_form_says_what_is_wrong_with_an_amount(typed: str, french: str, english: str) -> None:
    for language, words in (("fr", french), ("en", english)):
        with override(language), pytest.raises(ValidationError, match=words):
            money.clean(typed)


@pytest.mark.parametrize("typed", ["0,001 $", "99999999999999999", "1" * 10_000])
def test_an_amount_too_fine_or_too_large_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        money.clean(typed)


def test_the_form_of_a_grant_reads_amounts_so() -> None:
    assert isinstance(Grant._meta.get_field("amount").formfield(), MoneyFormField)


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\u202e", "\u200b", "\u2066", "\ufeff", "\x85"])
@pytest.mark.parametrize("field", [line, prose])
def test_a_character_that_cannot_be_seen_is_refused_by_its_code_and_place(field, hidden: str) -> None:
    for language, place in (("fr", "à la position 4"), ("en", "in position 4")):
        with override(language), pytest.raises(ValidationError, match=place) as refused:
            field.clean(f"abc{hidden}d", None)
        assert f"U+{ord(hidden):04X}" in str(refused.value)


def test_a_line_has_no_line_ends_and_prose_may() -> None:
    with pytest.raises(ValidationError):
        line.clean("two\nlines", None)
    assert prose.clean("two\r\nlines\tof text", None) == "two\nlines\tof text"


def test_letters_and_their_accents_are_kept_as_one_character() -> None:
    assert line.clean("E\u0301cole", None) == "École"


@pytest.mark.parametrize(("field", "length"), [(line, 301), (prose, 20_001)])
def test_a_text_of_unending_length_is_refused(field, length: int) -> None:
    with pytest.raises(ValidationError):
        field.clean("a" * length, None)


def test_html_is_text_like_any_other() -> None:
    assert line.clean("<script>alert(1)</script>", None) == "<script>alert(1)</script>"
