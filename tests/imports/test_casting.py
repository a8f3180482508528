"""Rows of cells become rows of values, and everything wrong in them is said."""

from decimal import Decimal
from typing import Any

import pytest

from grants.imports.nouns import Caster, map_titles, noun_sheet
from grants.imports.reading import ColumnFacts, Understanding

pytestmark = pytest.mark.django_db


def understood(titles: list[str], **facts: dict[str, Any]) -> Understanding:
    """What a reader would say of a text file with these titles."""
    columns = [
        ColumnFacts(index, "", title, **({"filled": 1} | facts.get(title, {}))) for index, title in enumerate(titles)
    ]
    return Understanding("csv", titles=titles, columns=columns)


def cast(row: dict[str, Any], noun: str = "grant", profile: str = "") -> tuple[dict[str, Any], list[Any]]:
    """The values of one row by column, and its problems."""
    understanding = understood(list(row))
    sheet = noun_sheet(noun)
    caster = Caster(sheet, understanding, map_titles(sheet, understanding, profile))
    values, problems = caster.cast(list(row.values()), 7)
    return dict(zip([column.name for column in caster.columns], values, strict=True)), problems


def test_a_plain_row_becomes_values() -> None:
    values, problems = cast({"Bénéficiaire": "Groupe MISA", "Montant": "5 416 050 $", "Date": "20 avril 2022"})
    assert not problems
    assert values["recipient"] == "Groupe MISA"
    assert values["amount"] == Decimal(5416050)
    assert values["currency"] == "CAD"
    assert values["date"] == "2022-04-20"
