"""The screens of an import in a real Chromium: accessible, narrow enough, nothing that the CSP refuses."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Error

from grants.models import Import
from tests.factories import OrganisationFactory
from tests.people import person

from .importing import GRANTS, Screens, work
from .test_browser import listen, sign_in
from .test_import_browser import shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

ROWS = (
    "Aides versées en 2022;;;\nbénéficiaire;montant;date;référence\nGroupe MISA inc.;2 307 663,50 $;04/03/2022;A-1\n"
    "Centre de robotiques de Rimouski;1 000 $;05/06/2022;A-2\nAQIP;deux mille;05/06/2022;A-3\n"
    "Groupe MISA inc.;2 307 663,50 $;04/03/2022;A-4\nTotal;4 616 327,00 $;;\n"
)


@pytest.fixture
def site(browser_page, live_server, client, request):
    """Bob signed in at the width asked for, and what the browser complains of."""
    language, scheme, width = request.param
    call_command("loaddata", "regions", "otn", verbosity=0)
    OrganisationFactory(name_fr="Centre de robotique de Rimouski")
    bob = person("bob", "révision", "saisie")
    client.force_login(bob)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    sign_in(browser_page, live_server.url, "bob", language)
    return Site(browser_page, live_server.url, Screens(client, language), f"{language}-{width}")


class Site:
    """A browser at the screens; every page visited is looked at."""

    def __init__(self, page, url, screens, name):
        self.page, self.url, self.screens, self.name = page, url, screens, name
        self.complaints, self.heard, self.faults = listen(page), [], []

    def look(self, name):
        self.page.wait_for_load_state("networkidle")
        self.heard += self.complaints
        self.faults += shown(self.page, f"importing-{name}-{self.name}")
        self.complaints.clear()  # axe-core itself writes styles, which the CSP refuses

    def visit(self, name, page, *args, **query):
        question = "&".join(f"{key}={value}" for key, value in query.items())
        address = f"{self.url}{self.screens.address(page, *args)}?{question}"
        try:
            self.page.goto(address)
        except Error:  # a page that follows its import was going elsewhere by itself
            self.page.wait_for_load_state("networkidle")
            self.page.goto(address)
        self.look(name)


EVERYWHERE = [("fr", "light", 1280), ("fr", "dark", 320), ("en", "light", 320)]


@pytest.mark.parametrize("site", EVERYWHERE, indirect=True)
def test_the_screens_of_an_import_have_no_fault(site):
    screens = site.screens
    site.visit("choose", "add")
    batch = screens.read(ROWS)
    site.visit("preview", "change", batch.pk)
    site.visit("excluded", "change", batch.pk, verdict="excluded")
    site.visit("reading", "reading", batch.pk)
    site.visit("names", "names", batch.pk)
    screens.press(batch, "reading", q0="dmy")
    site.visit("progress", "change", batch.pk)
    work(batch)
    site.visit("answered", "change", batch.pk)
    site.visit("apply", "apply", batch.pk)
    screens.press(batch, "apply", good_rows="yes")
    work(batch)
    site.visit("report", "change", batch.pk)
    site.visit("undo", "undo", batch.pk)
    screens.press(batch, "undo")
    work(batch)
    site.visit("undone", "change", batch.pk)
    site.visit("refused", "change", screens.read(b"\x89PNG\r\n\x1a\n" + bytes(100), "aides.xlsx").pk)
    screens.press(first := screens.read(GRANTS), "apply")
    work(first)
    screens.choose(GRANTS)
    site.visit("again", "change", Import.objects.latest("pk").pk)
    site.visit("list", "changelist")
    assert (site.faults, site.heard) == ([], [])


@pytest.mark.parametrize("site", [("fr", "light", 1280)], indirect=True)
def test_the_page_follows_the_work_by_itself(site):
    """The script changes the page where it stands, and opens the preview once the work is done."""
    site.screens.choose(GRANTS)
    batch = Import.objects.get()
    site.visit("following", "change", batch.pk)
    batch.progress.phase, batch.progress.done = "staging", 12_345
    batch.progress.save()
    site.page.wait_for_selector("[data-show=done]:has-text('12 345')")
    work(batch)
    site.page.wait_for_selector(".importing .counts")
    assert (site.faults, site.heard) == ([], [])


@pytest.mark.parametrize("site", [("fr", "light", 1280)], indirect=True)
def test_another_record_is_found_while_its_name_is_typed(site):
    batch = site.screens.read("bénéficiaire;montant\nCentre de robotiques de Rimouski;10 $\n")
    site.visit("finding", "names", batch.pk)
    site.page.click(".importing .name .select2-selection")
    site.page.keyboard.type("groupe mis")
    site.page.click(".select2-results__option:has-text('Groupe MISA')")
    site.page.check(".importing .name input[value=other]")
    site.page.click(".importing input[type=submit].default")
    assert work(batch).wishes["names"]["organisation"]
    assert (site.faults, site.heard) == ([], [])
