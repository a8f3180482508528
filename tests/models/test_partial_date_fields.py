"""Partial dates in forms and in PostgreSQL: the same days exist in both, and nothing becomes more precise."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from grants.models import Grant, Organisation
from grants.models.fields import PartialDateFormField
from grants.values.partial_dates import PartialDate
from tests.factories import GrantFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
field = PartialDateFormField(required=False)


def founded(written: str) -> PartialDate:
    OrganisationFactory(founded=written)
    return Organisation.objects.get().founded


@pytest.mark.parametrize("written", ["1969", "1978-06", "2021-10-01", "2024-02-29"])
def test_a_date_comes_back_exactly_as_well_known_as_it_was(written: str) -> None:
    assert founded(written) == PartialDate.parse(written)


@pytest.mark.parametrize(
    "written", ["2021-02-31", "2023-02-29", "2021-13", "2021-00", "2021-1", "mars 2021", "21", "2021-03-", "2021-04-31"]
)
def test_postgresql_refuses_what_is_no_partial_date(written: str) -> None:
    with pytest.raises(DatabaseError):
        OrganisationFactory(founded=written)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("mars 2021", "2021-03"), ("2021-03", "2021-03"), ("1er avril 2022", "2022-04-01"), ("2021", "2021")],
)
def test_a_form_reads_a_date_as_people_write_it(typed: str, read: str) -> None:
    assert field.clean(typed) == PartialDate.parse(read)


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("31 février 2022", "ce jour n’existe pas", "that day does not exist"),
        ("2022-02-31", "ce jour n’existe pas", "that day does not exist"),
        ("13/2022", "ce mois n’existe pas", "that month does not exist"),
        ("0001", "hors limites", "out of range"),
        ("bientôt", "n’est pas une date", "is not a date"),
    ],
)
def test_a_form_says_what_is_wrong_with_a_date(typed: str, french: str, english: str) -> None:
    for language, words in (("fr", french), ("en", english)):
        with override(language), pytest.raises(ValidationError, match=words):
            field.clean(typed)


def test_an_empty_date_is_unknown() -> None:
    assert field.clean("") is None
    assert founded(None) is None


def test_the_same_date_typed_otherwise_is_no_change() -> None:
    assert not field.has_changed(PartialDate(2021, 3), "mars 2021")
    assert field.has_changed(PartialDate(2021, 3), "1er mars 2021")
    assert field.has_changed(PartialDate(2021, 3), "31 février 2021")


def test_dates_sort_as_text_the_coarser_first_and_filter_by_their_beginning() -> None:
    for written in ("2022-04-20", "2022", "2021-12-31", "2022-04"):
        GrantFactory(date=written)
    dates = [str(grant.date) for grant in Grant.objects.order_by("date")]
    assert dates == ["2021-12-31", "2022", "2022-04", "2022-04-20"]
    assert Grant.objects.filter(date__startswith="2022").count() == 3


def test_a_fixture_writes_a_date_no_more_precise_than_it_is() -> None:
    organisation = OrganisationFactory(founded=PartialDate(1978, 6))
    assert organisation._meta.get_field("founded").value_to_string(organisation) == "1978-06"


class EveryDay(TestCase):
    """PostgreSQL and Python agree on which days there are."""

    @given(st.integers(1500, 2200), st.integers(0, 13), st.integers(0, 32))
    def test_postgresql_knows_the_days_that_python_knows(self, year: int, month: int, day: int) -> None:
        try:
            exists = bool(datetime.date(year, month, day))
        except ValueError:
            exists = False
        with connection.cursor() as cursor:
            cursor.execute("SELECT grants_is_partial_date(%s)", [f"{year:04d}-{month:02d}-{day:02d}"])
            assert cursor.fetchone() == (exists,)
