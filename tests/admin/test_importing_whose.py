"""Giving a preview up, and acting on what somebody else began."""

import pytest

from grants.imports.steps.tables import Tables
from grants.models import Grant, Import
from tests.people import alice, bob  # noqa: F401

from .importing import Screens, words, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def screens(client, alice):  # noqa: F811
    client.force_login(alice)
    return Screens(client)


def test_a_preview_that_is_given_up_leaves_no_rows_but_its_file(screens):
    batch = screens.read()
    screens.press(batch, "cancel")
    batch.refresh_from_db()
    assert (batch.state, batch.parts.count()) == ("cancelled", 1)
    assert not Tables(batch.pk).exist()


def test_what_was_given_up_can_be_read_again(screens):
    batch = screens.read()
    screens.press(batch, "cancel")
    screens.press(batch, "again")
    assert work(batch).state == "preview"


def test_somebody_else_reads_it_in_their_own_name_before_applying(screens, client, bob):  # noqa: F811
    batch = screens.read()
    client.force_login(bob)
    assert "Le lire en mon nom" in str(screens.page(batch).content.decode())
    assert "au vôtre" in words(screens.press(batch, "apply"))
    screens.press(batch, "again")
    assert work(batch).imported_by == bob
    screens.press(batch, "apply")
    work(batch)
    assert (Import.objects.get(pk=batch.pk).state, Grant.objects.count()) == ("applied", 2)
