"""The list of grants in a real Chromium: with scripts without reload, without scripts all the same."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def registry():
    """Twelve programmes, the first with two grants; two regions and one unknown."""
    montreal = make.RegionFactory(code="06", name_fr="Montréal")
    for number in range(12):
        programme = make.ProgrammeFactory(
            published=True, public_id=f"p{number}", name_fr=f"Programme {'abcdefghijkl'[number]}"
        )
        make.GrantFactory(published=True, programme=programme, recipient__name_fr=f"Coop {number}")
    first = make.OrganisationFactory(published=True, name_fr="Groupe MISA", region=montreal)
    make.GrantFactory(published=True, programme_id=None, recipient=first, amount="5000.00", date="2021-05")


@pytest.fixture
def page(browser_page, live_server, registry):
    """The list, with a mark that a reload would wipe out."""
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto(live_server.url + "/aides/")
    browser_page.evaluate("window.stayed = true")
    return browser_page


def stayed(page):
    return page.evaluate("window.stayed === true")


def test_a_box_filters_without_reload_and_keeps_the_focus(page):
    box = page.locator('[name=region][value="06"]')
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**region=06")
    page.wait_for_selector("tbody tr:only-child")
    assert stayed(page)
    assert page.evaluate("document.activeElement.name + document.activeElement.value") == "region06"
    assert "1 aide financière" in page.locator("body > [role=status]").text_content()
    assert "region=06" in page.locator(".band-language").get_attribute("href")


def test_going_back_shows_what_was_before(page):
    page.check('[name=region][value="06"]')
    page.wait_for_selector("tbody tr:only-child")
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(13)
    assert page.url.endswith("/aides/")
    assert stayed(page)


def test_a_value_is_excluded_with_the_keyboard(page):
    page.locator('[name=region_not][value="06"]').focus()
    page.keyboard.press("Space")
    page.wait_for_url("**region_not=06")
    page.wait_for_selector(".chips")
    assert "sauf Montréal" in page.locator(".chips").text_content()
    assert page.locator("tbody tr").count() == 12


def test_keeping_a_value_takes_its_exclusion_back(page):
    page.locator('[name=region_not][value="06"]').check(force=True)
    page.wait_for_url("**region_not=06")
    page.wait_for_selector('[name=region_not][value="06"]:checked')
    page.check('[name=region][value="06"]')
    page.wait_for_url("**/aides/?region=06")


def test_a_chip_is_taken_away_without_reload(page):
    page.check('[name=region][value="06"]')
    page.wait_for_selector(".chips")
    page.locator(".chips a").first.click()
    expect(page.locator(".chips")).to_have_count(0)
    assert stayed(page)
    assert page.evaluate("document.activeElement.id") == "results"


def test_words_are_searched_without_reload(page):
    page.locator("#id_q").press_sequentially("misa")
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr:only-child")
    assert stayed(page)
    assert page.evaluate("document.activeElement.id") == "id_q"


def test_a_long_facet_is_looked_through_while_typing(page):
    page.locator("#find-programme").press_sequentially("programme k")
    page.wait_for_selector(".found a.choice")
    assert page.locator(".found li").count() == 1
    page.locator(".found a.choice").click()
    page.wait_for_url("**/aides/?programme=p10")
    page.wait_for_selector("tbody tr:only-child")
    assert stayed(page)


def test_escape_brings_the_values_of_the_facet_back(page):
    page.locator("#find-programme").press_sequentially("zzz")
    page.wait_for_selector(".found .empty")
    page.keyboard.press("Escape")
    assert page.locator("[data-facet=programme] .choices").is_visible()


def test_what_the_server_refuses_is_visited_as_it_is(page):
    page.route("**/aides/?**", lambda route: route.fulfill(status=503, body="busy", content_type="text/html"))
    page.click('[name=region][value="06"]')  # not `check`, which looks for the box afterwards
    expect(page.locator("body")).to_have_text("busy")


def test_the_list_is_filtered_with_the_keyboard_and_no_script(browser, live_server, registry):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/aides/")
    page.locator('[name=region_not][value="06"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**region_not=06**")
    expect(page.locator("tbody tr")).to_have_count(12)
    page.locator("[data-facet=programme] p a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/facettes/programme/?region_not=06")
    page.locator("a.choice").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**programme=**")
    page.locator(".button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_scripts_add_is_accessible(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
    page.locator("#find-programme").press_sequentially("programme")
    page.wait_for_selector(".found a.choice")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
