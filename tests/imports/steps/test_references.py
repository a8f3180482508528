"""References tell the grants of one funder or programme apart, and no others."""

from decimal import Decimal

import pytest

from grants.models import Grant

from .road import bring, read

pytestmark = pytest.mark.django_db

HEAD = "référence;bénéficiaire;montant;date"


def list_of(names: str, *, funder: str = "") -> str:
    head = HEAD + (";organisme subventionnaire" if funder else "")
    end = f";{funder}" if funder else ""
    return "\n".join([head, *(f"{n};{name};{n}0;2022{end}" for n, name in enumerate(names, 1))]) + "\n"


def test_another_recipient_with_the_same_bare_reference_is_another_grant():
    bring(list_of("ABC"))
    assert (read(list_of("DEF")).rows_new, read(list_of("ABC")).rows_unchanged) == (3, 3)


def test_another_funder_with_the_same_references_overwrites_nothing():
    wishes = {"columns": {"organisme subventionnaire": "funder", "référence": "reference"}}
    first = bring(list_of("ABC", funder="Ville de Lectoure"), wishes=wishes)
    second = bring(list_of("DEF", funder="Ville de Mirande"), wishes=wishes)
    assert (first.rows_new, second.rows_new, Grant.objects.count()) == (3, 3, 6)


def test_the_same_funder_may_correct_the_recipient():
    wishes = {"columns": {"organisme subventionnaire": "funder", "référence": "reference"}}
    bring(list_of("ABC", funder="Ville de Lectoure"), wishes=wishes)
    assert read(list_of("ABD", funder="Ville de Lectoure"), wishes=wishes).rows_changed == 1


def test_departments_number_their_agreements_each_for_itself():
    text = (
        "ref_number,amendment_number,recipient_legal_name,agreement_value,agreement_start_date,owner_org_title\n"
        "001,0,Alpha,100,2022-01-01,ISDE\n001,1,Alpha,150,2022-01-01,ISDE\n001,0,Beta,5,2022-01-01,MPO\n"
    )
    batch = read(text)
    assert (batch.rows_read, batch.rows_excluded, batch.amount_sum) == (2, 1, Decimal(155))
