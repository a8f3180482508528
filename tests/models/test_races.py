"""Two people at once: neither order of their steps publishes a record over one that the public may not see."""

import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from grants.models import Grant, Organisation
from tests.factories import PUBLIC_SINCE, GrantFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)
PUBLISHED = {"publication": "published", "ready_at": PUBLIC_SINCE, "published_at": PUBLIC_SINCE}
WITHDRAWN = {"publication": "withdrawn", "withdrawn_at": PUBLIC_SINCE}
STARTED = 0.5  # seconds in which the second statement has run, or waits for the first


def meanwhile(first: Callable[[], int], second: Callable[[], int]) -> list[Exception]:
    """Run `second` in a session of its own while the transaction of `first` is open; return what it was refused for."""
    refusals: list[Exception] = []

    def run() -> None:
        try:
            second()
        except IntegrityError as error:
            refusals.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        other.join(STARTED)
    other.join()
    return refusals


@pytest.mark.parametrize("publishes_first", [True, False])
def test_a_grant_is_not_published_while_its_recipient_is_withdrawn(publishes_first: bool) -> None:
    recipient = OrganisationFactory(published=True)
    grant = GrantFactory(recipient=recipient)

    def publish() -> int:
        return Grant.objects.filter(pk=grant.pk).update(**PUBLISHED)

    def withdraw() -> int:
        return Organisation.objects.filter(pk=recipient.pk).update(**WITHDRAWN)

    steps = (publish, withdraw) if publishes_first else (withdraw, publish)
    assert len(meanwhile(*steps)) == 1
    assert not Grant.objects.filter(publication="published").exclude(recipient__publication="published").exists()


def test_two_grants_of_one_recipient_are_published_at_once() -> None:
    recipient = OrganisationFactory(published=True)
    one, other = GrantFactory(recipient=recipient), GrantFactory(recipient=recipient)
    steps = [lambda pk=grant.pk: Grant.objects.filter(pk=pk).update(**PUBLISHED) for grant in (one, other)]
    assert meanwhile(*steps) == []
    assert Grant.objects.published().count() == 2
