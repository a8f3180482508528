"""Figures: their unit, what they are about, and the claim that the reconciliation compares."""

from decimal import Decimal

import pytest

from grants.models import Figure
from grants.models.codes import UNIT_OF, Measure
from tests.factories import CitationFactory, FigureFactory, GrantFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("measure", Measure.values)
def test_the_unit_follows_from_the_measure(measure: str) -> None:
    assert FigureFactory(measure=measure, value=1).unit == UNIT_OF[Measure(measure)]


def test_every_measure_has_a_unit() -> None:
    assert set(UNIT_OF) == set(Measure)


def test_a_figure_knows_what_it_is_about() -> None:
    grant = GrantFactory()
    assert FigureFactory(programme=None, grant=grant).subject == grant
    assert Figure().subject is None


def test_a_citation_is_found_by_its_source_and_subject() -> None:
    citation = CitationFactory(source__public_id="rc", grant__public_id="otn-colab")
    assert citation.natural_key() == ("rc", "grant", "otn-colab")
    assert type(citation).objects.get_by_natural_key(*citation.natural_key()) == citation


def test_the_claim_of_a_figure_keeps_hedge_and_precision() -> None:
    figure = FigureFactory(value="29000000.00", precision="1000000.00", qualifier="more_than")
    figure.refresh_from_db()
    assert figure.claim.bounds() == (Decimal(29_000_000), None)
