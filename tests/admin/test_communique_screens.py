"""The screens of press releases, through the real admin and the real reader."""

import pytest

from .reviewing import Desk, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return Desk(client)


def test_a_text_that_is_pasted_is_read_and_shown_beside_its_draft(desk):
    communique = desk.read()
    page = desk.page(communique)
    assert page.status_code == 200
    assert "Groupe MISA" in words(page)
