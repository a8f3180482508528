"""Drawings in a real Chromium: reached and followed by the keyboard, with a focus that is seen."""

import pytest

from tests.factories import GrantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("address", "link", "seen", "leads"),
    [
        ("/aides/?view=charts", ".plot a", ".plot a:focus-visible .target", "year=2022"),
        ("/aides/?view=charts", "#chart-region .bars a", None, "region="),
        ("/aides/?view=map", "a.tile", "a.tile:focus-visible rect", "region=08"),
        ("/", "a.tile", "a.tile:focus-visible rect", "/aides/?region=08"),
    ],
)
def test_a_part_of_a_drawing_is_followed_with_the_keyboard(
    first_source, live_server, browser_page, address, link, seen, leads
):
    browser_page.goto(live_server.url + address)
    first = browser_page.locator(link).first
    first.focus()
    browser_page.keyboard.press("Shift+Tab")  # a focus that comes from the keyboard is one that is shown
    browser_page.keyboard.press("Tab")
    assert first.evaluate("one => one === document.activeElement")
    if seen:
        width = browser_page.locator(seen).first.evaluate("one => getComputedStyle(one).strokeWidth")
        assert float(width.removesuffix("px")) >= 3
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url(f"**{leads}**")


def test_the_whole_of_a_bar_can_be_clicked(first_source, live_server, browser_page):
    browser_page.goto(live_server.url + "/aides/?view=charts")
    browser_page.locator("#chart-recipient .bars li").first.locator("svg").click(position={"x": 5, "y": 8}, force=True)
    browser_page.wait_for_url("**recipient=**")


def test_on_a_small_screen_the_latest_years_are_in_view(first_source, live_server, browser_page):
    for year in range(1990, 2022):
        GrantFactory(published=True, date=str(year))
    browser_page.set_viewport_size({"width": 320, "height": 900})
    browser_page.goto(live_server.url + "/aides/?view=charts")
    last = browser_page.locator(".plot a").last.bounding_box()
    assert last["x"] + last["width"] <= 320
    assert browser_page.locator(".plot a").first.bounding_box()["x"] < 0
