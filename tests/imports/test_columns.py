"""Each column is declared once, and everything about it is there."""

import pytest
from django.db import models

from grants.imports.dictionary import columns_of
from grants.imports.nouns import SHEETS, noun_sheet
from grants.imports.resources import RESOURCES
from grants.models import Grant, Import

pytestmark = pytest.mark.django_db
COMING_IN = [noun for noun, sheet in SHEETS.items() if sheet.comes_in]


def test_every_noun_with_a_resource_has_a_sheet() -> None:
    assert {noun_sheet(model).model for model in RESOURCES} == set(RESOURCES)


@pytest.mark.parametrize("noun", SHEETS)
def test_no_two_columns_share_a_name(noun: str) -> None:
    names = [column.name for column in SHEETS[noun].columns]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("noun", COMING_IN)
def test_no_two_columns_share_a_title(noun: str) -> None:
    titles = [title for column in SHEETS[noun].columns for title in {column.label_in("fr"), column.name}]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("noun", COMING_IN)
def test_every_column_says_what_it_means_in_both_languages(noun: str) -> None:
    for words in columns_of(noun):
        assert words.meaning
        assert words.format
        assert words.label_fr
        assert words.label_en


@pytest.mark.parametrize("noun", SHEETS)
def test_every_written_column_is_a_field_of_its_model(noun: str) -> None:
    sheet = SHEETS[noun]
    for column in sheet.written():
        assert hasattr(sheet.model, column.field)


def test_obligation_and_choices_come_from_the_model() -> None:
    sheet = noun_sheet(Grant)
    assert sheet.column("recipient").required
    assert not sheet.column("amount").required
    assert sheet.column("currency").keeps_when_blank
    status: models.Field = Grant._meta.get_field("status")
    assert sheet.column("status").choices == tuple(status.choices or ())
    assert sheet.column("title_fr").longest == 300


def test_imports_go_out_only() -> None:
    assert not noun_sheet(Import).comes_in


def test_the_dictionary_knows_what_neighbours_call_a_column() -> None:
    amount = next(words for words in columns_of("grant") if words.name == "amount")
    assert dict(amount.equivalents)["360Giving"] == "Amount Awarded"
    assert len(amount.equivalents) == 3
    assert "montant accordé" in amount.aliases
