"""The columns that a process keeps follow what is committed, a row at a time or all at once."""

import numpy as np
import pytest
from django.db import transaction
from django.http import QueryDict

from grants.models import Organisation
from grants.search.columns import keeping
from grants.search.columns.raw import Raw, read_all
from grants.search.grant_selection import GrantSelection
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registry():
    region = make.RegionFactory(code="06")
    bodies = [
        make.OrganisationFactory(published=True, kind="college", region=region, is_natural_person=number == 2)
        for number in range(3)
    ]
    return [make.GrantFactory(published=True, recipient=bodies[number % 3], amount="10.00") for number in range(9)]


def publish(grant):
    make.GrantFactory(published=True, recipient=grant.recipient, amount="7.00")


def withdraw(grant):
    withdrawal = {"publication": "withdrawn", "withdrawn_at": grant.published_at}
    type(grant).objects.filter(pk=grant.pk).update(**withdrawal)


def set_right(grant):
    type(grant).objects.filter(pk=grant.pk).update(amount="99.99", date="2020-02")


def another_kind(grant):
    Organisation.objects.filter(pk=grant.recipient_id).update(kind="company", region=None)


def now_a_person(grant):
    Organisation.objects.filter(pk=grant.recipient_id).update(is_natural_person=True)


def no_person_after_all(grant):
    Organisation.objects.filter(is_natural_person=True).update(is_natural_person=False)


def all_at_once(grant):
    type(grant).objects.update(amount="1.00")


CHANGES = [publish, withdraw, set_right, another_kind, now_a_person, no_person_after_all, all_at_once]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_commit_the_columns_are_as_if_read_anew(registry, change):
    before = keeping.current()
    change(registry[0])
    now, fresh = keeping.current(), read_all()
    assert now is not before
    for name in Raw.__dataclass_fields__:
        assert np.array_equal(getattr(now.raw, name), getattr(fresh, name)), name


def test_where_nothing_public_changes_the_same_columns_are_kept(registry):
    before = keeping.current()
    make.GrantFactory(recipient=registry[0].recipient, amount="5.00")
    assert keeping.current() is before


def test_a_transaction_sees_its_own_changes_and_nobody_else_does(registry):
    kept = keeping.current()
    with transaction.atomic():
        set_right(registry[0])
        assert str(GrantSelection(QueryDict("")).sums.total) == "179.99"
        transaction.set_rollback(True)
    assert keeping.current() is kept
    assert str(GrantSelection(QueryDict("")).sums.total) == "90.00"
