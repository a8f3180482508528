"""The screens of an import, through the real admin and the real engine."""

import pytest

from grants.models import Grant, Import, Organisation
from tests.people import alice, bob, charlie, first_source  # noqa: F401

from .importing import BAD, GRANTS, Screens, words, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]


@pytest.fixture
def screens(client, alice):  # noqa: F811
    client.force_login(alice)
    return Screens(client)


# ── The file ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_chosen_is_kept_and_waits_to_be_read(screens):
    response = screens.choose()
    batch = Import.objects.get()
    assert response.status_code == 302
    assert (batch.state, batch.file_size, batch.parts.count()) == ("reading", len(GRANTS.encode()), 1)
    assert "en attente" in words(screens.page(batch)).lower()


def test_the_rows_are_shown_before_anything_is_written(screens):
    before = Grant.objects.count()
    batch = screens.read()
    text = words(screens.page(batch))
    assert batch.state == "preview"
    assert "2 nouvelles" in text
    assert "Groupe MISA" in text
    assert Grant.objects.count() == before
