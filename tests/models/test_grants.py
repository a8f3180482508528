"""What a grant does by itself."""

import pytest
from django.utils.translation import override

from grants.models import Grant
from tests.factories import AnnouncementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_a_grant_that_names_no_programme_takes_that_of_its_announcement() -> None:
    announcement = AnnouncementFactory()
    grant = Grant(recipient=OrganisationFactory(), announcement=announcement)
    grant.full_clean()
    assert grant.programme == announcement.programme


def test_records_are_named_in_the_language_of_the_page() -> None:
    announcement = AnnouncementFactory(title_fr="Dix projets", title_en="Ten projects", date="2022-04")
    assert str(announcement) == "2022-04 · Dix projets"
    with override("en"):
        assert str(announcement) == "2022-04 · Ten projects"
