"""What a grant does by itself."""

import pytest

from grants.models import Grant
from tests.factories import AnnouncementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_grant_that_names_no_programme_takes_that_of_its_announcement() -> None:
    announcement = AnnouncementFactory()
    grant = Grant(recipient=OrganisationFactory(), announcement=announcement)
    grant.full_clean()
    assert grant.programme == announcement.programme
