"""The review of a press release in a real Chromium: by mouse, by keyboard; accessible; nothing that the CSP refuses."""

import pytest
from django.core.management import call_command

from grants.models import Announcement, Grant, Passage
from tests.people import person

from .pages import address
from .reviewing import TEXT, Desk
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
JOINING = """29 millions de dollars à neuf organisations

Québec, le 20 avril 2022. – Dans le cadre de l'Offensive de transformation numérique (OTN), 30 millions de dollars \
sont accordés à neuf organisations.

• Groupe MISA : 5 416 050 $;
• La Piscine : 900 000 $.

Correction : l'aide accordée à l'AQIP est de 450 000 $, et non de 448 800 $ comme annoncé.
"""


@pytest.mark.parametrize("site", EVERYWHERE, indirect=True)
def test_the_screens_of_a_press_release_have_no_fault(site):
    desk = site.desk
    site.visit("paste", "add")
    communique = desk.read()
    desk.press(communique, "keep", **{"grants-0-amount": "cinq millions"})
    site.visit("review", "change", communique.pk)
    site.visit("reread", "reread", communique.pk)
    joining = desk.read(JOINING)
    announcement = str(Announcement.objects.get(public_id="otn-2022-04-20").pk)
    desk.press(joining, "keep", **{"announcement-existing": announcement})
    site.visit("joining", "change", joining.pk)
    desk.press(communique, "file", **{"grants-0-amount": "5 M$", "source-publisher": "Ministère"})
    assert communique.state == "filed"
    site.visit("filed", "change", communique.pk)
    site.visit("list", "changelist")
    grant = Passage.objects.filter(grant__isnull=False).first().grant
    site.page.goto(site.url + address(grant, language=desk.language))
    site.look("grant")
    assert (site.faults, site.heard) == ([], [])


def test_a_text_is_pasted_corrected_and_filed_with_the_mouse(site):
    page = site.page
    page.goto(site.url + site.desk.address("add"))
    page.fill("#id_text", TEXT)
    page.fill("#id_publisher", "Ministère")
    page.click("[type=submit].default")
    assert "6\xa0691\xa0050" in page.inner_text("#reconciliation-lines")
    # The reconciliation follows what is typed, and the text what is clicked.
    page.click(".communique-text a:has-text('5 416 050')")
    line = page.evaluate("document.activeElement.closest('[data-line]').id")
    page.fill(f"#id_{line}-amount", "5,5 M$")
    page.wait_for_selector("#reconciliation-lines:has-text('6\xa0775\xa0000')")
    assert page.inner_text(".communique-text .lit") != ""
    # A number that was not taken becomes a grant, and another organisation is found while its name is typed.
    page.click(".left li:has-text('130 000 000') button")
    page.wait_for_selector(".messagelist")
    taken = page.evaluate("document.activeElement.closest('[data-line]').id")
    page.fill(f"#id_{taken}-name", "Fonds inventé")
    page.click(f"#{taken} .select2-selection")
    page.keyboard.type("la pisc")
    page.click(".select2-results__option:has-text('La Piscine')")
    page.click("button[value=file]")
    page.wait_for_selector("#made-grants")
    made = Grant.objects.filter(passages__isnull=False)
    assert set(made.values_list("recipient__public_id", "amount")) >= {
        ("groupe-misa", 5_500_000),
        ("la-piscine", 130_000_000),
    }
    site.look("after")
    assert (site.faults, site.heard) == ([], [])


def test_the_review_is_done_by_keyboard_alone(site):
    communique = site.desk.read()
    page = site.page
    page.goto(site.url + site.desk.address("change", communique.pk))
    page.focus(".communique-text")
    lines = set()
    for _press in range(40):
        page.keyboard.press("Tab")
        inside = page.evaluate("!!document.activeElement.closest('.communique-text')")
        if not inside:
            break
        lines.add(page.evaluate("document.activeElement.hash"))
    assert {f"#grants-{number}" for number in range(3)} <= lines
    page.focus(".communique-text a[href='#grants-1']:not([tabindex])")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-line]').id") == "grants-1"
    # Nothing that is reached lies under the buttons that stay in sight.
    page.keyboard.press("Tab")
    box = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
    assert box <= page.evaluate("document.querySelector('.submit-row').getBoundingClientRect().top")
    assert site.heard == []
