"""The page that explains columns, in a real Chromium: nothing against axe-core's rules, nothing the CSP refuses."""

import pytest

from tests.people import person

from .test_browser import faults, listen, sign_in
from .test_column_help import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("fr", 320), ("en", 1280)])
def test_no_fault_and_no_complaint(browser_page, live_server, language, width):
    person("alice", "lecture")
    complaints = listen(browser_page)
    browser_page.set_viewport_size({"width": width, "height": 900})
    sign_in(browser_page, live_server.url, "alice", language)
    complaints.clear()
    browser_page.goto(live_server.url + address("columns", "grant", language))
    browser_page.wait_for_load_state("networkidle")
    heard = list(complaints)
    wide = browser_page.evaluate("document.documentElement.scrollWidth")
    assert not faults(browser_page)
    assert not heard
    assert wide <= width
