"""Loading a fixture is a change like any other: it says what made it."""

import pytest

from grants.models import Grant, Region

pytestmark = pytest.mark.django_db


def test_the_history_of_a_loaded_record_names_the_fixture(first_source: None) -> None:
    for record in (Grant.objects.get(public_id="otn-ets"), Region.objects.get(code="08")):
        context = record.events.get().pgh_context.metadata
        assert context == {"command": "loaddata", "fixtures": ["regions", "otn"]}
