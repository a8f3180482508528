"""Bodies and programmes that belong to one another never go in a circle."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from factory.django import DjangoModelFactory

from grants.models.cycles import is_under
from tests.factories import OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
KEYS = [(OrganisationFactory, "parent"), (ProgrammeFactory, "parent"), (OrganisationFactory, "merged_into")]
each_key = pytest.mark.parametrize(("factory", "name"), KEYS)


def chain(factory: type[DjangoModelFactory], name: str) -> list:
    """Three records, each leading to the one before."""
    top = factory()
    middle = factory(**{name: top})
    return [top, middle, factory(**{name: middle})]


@each_key
def test_a_circle_is_refused_by_postgresql(factory: type[DjangoModelFactory], name: str) -> None:
    top, _middle, last = chain(factory, name)
    with pytest.raises(IntegrityError) as refused:
        type(top).objects.filter(pk=top.pk).update(**{name: last})
    assert refused.value.__cause__.diag.constraint_name == f"{top._meta.model_name}_{name}_no_circle"


@each_key
def test_a_longer_chain_is_let_in(factory: type[DjangoModelFactory], name: str) -> None:
    top, _middle, last = chain(factory, name)
    assert is_under(factory(**{name: last}), top, name)
    assert not is_under(top, last, name)


@pytest.mark.parametrize("factory", [OrganisationFactory, ProgrammeFactory])
def test_a_form_says_why_a_circle_is_refused(factory: type[DjangoModelFactory]) -> None:
    top, _middle, last = chain(factory, "parent")
    top.parent = last
    with pytest.raises(ValidationError) as refused:
        top.full_clean()
    assert refused.value.error_dict["parent"][0].code == "circle"


@pytest.mark.parametrize("factory", [OrganisationFactory, ProgrammeFactory])
def test_a_circle_in_one_statement_is_refused(factory: type[DjangoModelFactory]) -> None:
    one, other = factory(), factory()
    one.parent, other.parent = other, one
    with pytest.raises(IntegrityError, match="come back to itself"):
        type(one).objects.bulk_update([one, other], ["parent"])
