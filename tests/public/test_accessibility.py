"""Every type of page in a real Chromium: axe-core finds nothing, nothing overflows, nothing is refused by the CSP."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from grants.models import Programme
from tests.factories import GrantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/aides/",
    "/aides/?region=08&status=announced",
    "/aides/?date_from=31+février+2022&amount_min=beaucoup",
    "/aides/?q=introuvable",
    "/aides/?view=charts",
    "/aides/?view=map",
    "/aides/otn-fpi/",
    "/beneficiaires/",
    "/beneficiaires/ets/",
    "/annonces/",
    "/annonces/otn-2022-04-20/",
    "/annonces/otn-2022-01/",
    "/programmes/",
    "/programmes/otn/",
    "/projets/",
    "/sources/",
    "/sources/quebec-39538/",
    "/concordance/",
    "/donnees/",
    "/recherche/?q=numerique",
    "/nulle-part/",
    "/en/",
    "/en/grants/",
    "/en/grants/?amount_min=much",
    "/en/grants/?view=charts&measure=count&period=fiscal",
    "/en/grants/?view=map&measure=count",
    "/en/grants/otn-fpi/",
    "/en/recipients/",
    "/en/recipients/ets/",
    "/en/announcements/",
    "/en/announcements/otn-2022-04-20/",
    "/en/programmes/",
    "/en/programmes/otn/",
    "/en/projects/",
    "/en/sources/",
    "/en/sources/quebec-39538/",
    "/en/reconciliation/",
    "/en/data/",
    "/en/search/?q=school",
    "/en/nowhere/",
]
RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # Dark is the same page in other colours.
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}},
}


@pytest.mark.parametrize("scheme", RULES)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible(first_source, live_server, browser_page, width, scheme):
    refused: list[str] = []
    browser_page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    for page in PAGES:
        browser_page.goto(live_server.url + page)
        # What is folded must be as good as what is open.
        browser_page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        found = Axe().run(browser_page, options=RULES[scheme])
        assert found.violations_count == 0, f"{page}\n{found.generate_report()}"
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, page
    assert refused == []


def test_a_page_is_read_and_filtered_with_the_keyboard_alone(first_source, live_server, browser_page):
    browser_page.goto(live_server.url + "/aides/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.className") == "skip"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "content"
    browser_page.focus("main input[name=q]")
    browser_page.keyboard.type("misa")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**q=misa**")
    assert browser_page.locator("tbody tr").count() == 1


@pytest.mark.parametrize("page", ["/", "/aides/", "/beneficiaires/", "/programmes/otn/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_endless_name_and_a_large_amount_stay_inside_the_page(first_source, live_server, browser_page, width, page):
    otn = Programme.objects.get(public_id="otn")
    GrantFactory(
        published=True, programme=otn, amount="-31987654321.99", negative_reason="essai", recipient__name_fr="n" * 120
    )
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(live_server.url + page)
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
