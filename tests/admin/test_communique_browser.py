"""The review of a press release in a real Chromium: by mouse, by keyboard; accessible; nothing that the CSP refuses."""

import pytest
from django.core.management import call_command

from tests.people import person

from .reviewing import Desk
from .test_browser import listen, sign_in
from .test_import_browser import shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]


@pytest.fixture
def site(browser_page, live_server, client, request):
    """Alice signed in at the width asked for, and what the browser complains of."""
    language, scheme, width = getattr(request, "param", ("fr", "light", 1280))
    call_command("loaddata", "regions", "otn", verbosity=0)
    client.force_login(person("alice", "saisie"))
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    sign_in(browser_page, live_server.url, "alice", language)
    return Site(browser_page, live_server.url, Desk(client, language), f"{language}-{width}")


class Site:
    """A browser at the screens; every page visited is looked at."""

    def __init__(self, page, url, desk, name):
        self.page, self.url, self.desk, self.name = page, url, desk, name
        self.complaints, self.heard, self.faults = listen(page), [], []

    def look(self, name):
        self.page.wait_for_load_state("networkidle")
        self.heard += self.complaints
        self.faults += shown(self.page, f"communique-{name}-{self.name}")
        self.complaints.clear()  # axe-core itself writes styles, which the CSP refuses

    def visit(self, name, page, *args):
        self.page.goto(self.url + self.desk.address(page, *args))
        self.look(name)


EVERYWHERE = [("fr", "light", 1280), ("fr", "dark", 320), ("en", "dark", 1280), ("en", "light", 320)]


@pytest.mark.parametrize("site", EVERYWHERE, indirect=True)
def test_the_screens_of_a_press_release_have_no_fault(site):
    site.visit("paste", "add")
    communique = site.desk.read()
    site.visit("review", "change", communique.pk)
    site.visit("reread", "reread", communique.pk)
    site.visit("list", "changelist")
    assert (site.faults, site.heard) == ([], [])
