"""What the file leaves open, as questions, and what is noticed about its columns, as doubts."""

from collections import Counter

from grants.values.amounts import CURRENCIES

from . import hints
from .facts import ColumnFacts, Doubt, Question, Understanding, Wishes
from .profiles import Seen

KNOWN_CURRENCIES = ("CAD", "EUR", "USD", "GBP")
# Titles by which a file from France is known; there an amount without a sign is in euros.
_FRANCE = ("siret", "siren", "attribuant", "rae")
_FRENCH = frozenset(
    ["de", "la", "le", "du", "des", "montant", "nom", "beneficiaire", "objet", "subvention", "organisme"]
)


def settle_styles(understanding: Understanding, seen: list[Seen], wishes: Wishes) -> None:
    """Decide each column's styles and the currency, or put the question with what is assumed until it is answered."""
    _settle_numbers(understanding, seen, wishes)
    _settle_currency(understanding, seen, wishes)
    _settle_dates(understanding, seen, wishes)


def _settle_numbers(understanding: Understanding, seen: list[Seen], wishes: Wishes) -> None:
    amounts = [
        (column, each)
        for column, each in zip(understanding.columns, seen, strict=True)
        if column.looks_like in ("amount", "number")
    ]
    usual = next((column.number_style for column, _seen in amounts if column.number_style), "")
    for column, each in amounts:
        wished = wishes.number_styles.get(column.title)
        if wished in ("comma", "point"):
            column.number_style = wished
            continue
        told, unsure = each.marks["comma"] + each.marks["point"], each.marks["open"]
        quarrel = each.marks["comma"] and each.marks["point"]
        if not unsure or (told and not quarrel):
            continue
        if not column.number_style:
            column.number_style = usual or _grouping(each.examples["open"])
        if column.looks_like == "amount":
            question = Question("number_style", column.title, ["comma", "point"], column.number_style)
            question.evidence = (each.examples["open"] + each.examples.get("comma", []))[:5]
            understanding.questions.append(question)


def _grouping(examples: list[str]) -> str:
    """The decimal mark where three digits follow the only mark: that mark groups, the other one is it."""
    return "point" if sum("," in text for text in examples) * 2 >= len(examples) else "comma"


def _settle_currency(understanding: Understanding, seen: list[Seen], wishes: Wishes) -> None:
    amounts = [column for column in understanding.columns if column.looks_like == "amount"]
    if wishes.currency:
        understanding.currency = wishes.currency
        _spread(amounts, wishes.currency)
        return
    for column, each in zip(understanding.columns, seen, strict=True):
        if hints.hint(column.title) == hints.CURRENCY and column.filled:
            codes = {CURRENCIES.get(text.strip().lower(), text.strip().upper()) for text in each.distinct}
            if codes <= set(CURRENCIES.values()):
                understanding.currency_column = column.title
                understanding.currency = codes.pop() if len(codes) == 1 else ""
                _spread(amounts, understanding.currency)
                return
    named = Counter(column.currency for column in amounts if column.currency)
    if len(named) == 1:
        understanding.currency = next(iter(named))
        _spread(amounts, understanding.currency)
    elif amounts and not named:
        words = {word for title in understanding.titles for word in hints.words_of(title)}
        assumed = "EUR" if words & set(_FRANCE) else "CAD"
        understanding.currency = assumed
        _spread(amounts, assumed)
        # Canadian dollars are what this registry is about; anything else that no cell says is asked.
        if assumed != "CAD":
            question = Question("currency", amounts[0].title, list(KNOWN_CURRENCIES), assumed, amounts[0].samples)
            understanding.questions.append(question)


def _spread(amounts: list[ColumnFacts], currency: str) -> None:
    for column in amounts:
        column.currency = column.currency or currency


def _settle_dates(understanding: Understanding, seen: list[Seen], wishes: Wishes) -> None:
    dates = [(column, each) for column, each in zip(understanding.columns, seen, strict=True)]
    dates = [(column, each) for column, each in dates if column.looks_like == "date"]
    usual = next((column.date_style for column, _seen in dates if column.date_style in ("dmy", "mdy")), "")
    for column, each in dates:
        wished = wishes.date_styles.get(column.title)
        if wished:
            column.date_style = wished
        elif column.date_style == "day":
            column.date_style = usual or usual_order(understanding)
            _ask_order(understanding, column, each.examples.get("day", []))
        elif each.dates["dmy"] and each.dates["mdy"]:
            _ask_order(understanding, column, each.examples["dmy"][:2] + each.examples["mdy"][:2])
        if each.dates["true"] and each.dates["dmy"] and not each.dates["day"]:
            understanding.doubts.append(Doubt("swapped_days", column.title, value=each.examples["dmy"][0]))


def _ask_order(understanding: Understanding, column: ColumnFacts, evidence: list[str]) -> None:
    understanding.questions.append(
        Question("date_order", column.title, ["dmy", "mdy"], column.date_style, evidence[:5])
    )


def usual_order(understanding: Understanding) -> str:
    """Day first, as French and most English is written; month first in English with American dollars."""
    words = [word for title in understanding.titles for word in hints.words_of(title)]
    french = understanding.delimiter == ";" or sum(word in _FRENCH for word in words) > 0
    return "mdy" if not french and understanding.currency == "USD" else "dmy"


def column_doubts(understanding: Understanding, seen: list[Seen]) -> list[Doubt]:
    """What spreadsheets have done to columns: digits cut off, months become first days."""
    doubts = []
    for column, each in zip(understanding.columns, seen, strict=True):
        if column.destroyed:
            doubts.append(Doubt("destroyed", column.title, value=column.samples[0]))
        days = each.dates["true"]
        if column.looks_like == "date" and days > 2 and each.first_days == days:
            doubts.append(Doubt("first_days", column.title, params={"count": days}))
    return doubts
