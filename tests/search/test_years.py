"""The years that a list offers to choose from."""

import pytest

from grants.models import Announcement, Grant
from grants.search.filters import years_of

pytestmark = pytest.mark.django_db


def test_each_year_is_offered_once(first_source: None) -> None:
    assert years_of(Grant, "date")() == [("2022", "2022")]
    assert years_of(Announcement, "date")() == [("2022", "2022")]
