"""The browser that other rooms' tests rely on."""

import pytest


@pytest.mark.browser
def test_a_real_browser_reads_a_page_with_its_style_sheets(browser_page, live_server):
    faults = []
    browser_page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    browser_page.goto(f"{live_server.url}/admin/login/")
    assert browser_page.locator("input[name=username]").is_visible()
    assert browser_page.evaluate("document.styleSheets.length") > 0
    assert not faults
