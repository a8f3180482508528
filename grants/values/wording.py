"""Numbers, money and dates in words, in French (Canada) and English (Canada). The one formatter, over Babel.

French: « 2 307 663 $ » (no-break spaces), « 1er avril 2022 », « mars 2021 ». English: "$2,307,663", "April 1, 2022".
"""

from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent

from .partial_dates import PartialDate

LOCALES = {"fr": "fr_CA", "en": "en_CA"}
NBSP = "\u00a0"
REMEMBERED = 16_384  # numbers in words: a list says hundreds, and the next visitor's list nearly the same ones


def _locale(language: str) -> str:
    return LOCALES.get(language[:2], "fr_CA")


@lru_cache(maxsize=REMEMBERED)
def money(value: Decimal | int, language: str, currency: str = "CAD") -> str:
    """An amount in dollars and cents (or another currency); the cents are left out where they are nil."""
    decimals = "" if value == int(value) else ".00"
    pattern = f"#,##0{decimals}\u00a0¤" if language[:2] == "fr" else f"¤#,##0{decimals}"
    return _keep_together(
        format_currency(value, currency, format=pattern, locale=_locale(language), currency_digits=False)
    )


@lru_cache(maxsize=REMEMBERED)
def number(value: Decimal | int, language: str) -> str:
    """A count or quantity, its thousands grouped."""
    return _keep_together(format_decimal(value, locale=_locale(language)))


@lru_cache(maxsize=REMEMBERED)
def percent(value: Decimal | int, language: str) -> str:
    """A share given in hundredths: 25 gives « 25 % »."""
    return _keep_together(format_percent(Decimal(value) / 100, locale=_locale(language), decimal_quantization=False))


@lru_cache(maxsize=REMEMBERED)
def date(value: PartialDate, language: str) -> str:
    """A date in words, no more precise than it is known."""
    locale = _locale(language)
    if value.precision == "year":
        return f"{value.year:04d}"
    if value.precision == "month":
        return format_skeleton("yMMMM", value.first_day, locale=locale)
    words = format_date(value.first_day, "long", locale=locale)
    if language[:2] == "fr" and value.day == 1 and words.startswith("1 "):
        words = "1er" + words[1:]
    return words.replace(" ", NBSP, 1) if language[:2] == "fr" else words


def _keep_together(text: str) -> str:
    """Narrow and plain spaces inside a number become no-break spaces, as Québec's usage has it."""
    return text.replace("\u202f", NBSP).replace(" ", NBSP)
