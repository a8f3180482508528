"""The interactive page in a real Chromium: under the registry's own policy, accessible, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("language", "title"), [("fr", "Registre des aides"), ("en", "OTN grants registry")])
def test_the_page_shows_the_api_and_nothing_is_refused(live_server, browser_page, language, title):
    said: list[str] = []
    browser_page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    browser_page.on("pageerror", lambda error: said.append(str(error)))
    browser_page.goto(f"{live_server.url}/api/v1/docs/?lang={language}")
    browser_page.wait_for_selector(".opblock")
    assert title in browser_page.inner_text("#swagger-ui .info h1, #swagger-ui .info h2")
    assert browser_page.locator(".opblock").count() == 22
    assert said == []


def test_a_question_can_be_tried(live_server, browser_page):
    make.GrantFactory(published=True, amount="7.00")
    browser_page.goto(f"{live_server.url}/api/v1/docs/?lang=en")
    browser_page.click("#operations-grants-summarise_grants button.opblock-summary-control")
    browser_page.click("#operations-grants-summarise_grants .try-out__btn")
    browser_page.click("#operations-grants-summarise_grants .execute")
    browser_page.wait_for_selector("#operations-grants-summarise_grants .live-responses-table .microlight")
    assert '"total": "7.00"' in browser_page.inner_text("#operations-grants-summarise_grants .live-responses-table")


def test_nothing_of_ours_is_in_anybodys_way(live_server, browser_page):
    browser_page.goto(f"{live_server.url}/api/v1/docs/")
    browser_page.wait_for_selector("h3.opblock-tag[aria-level]")
    found = Axe().run(browser_page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
