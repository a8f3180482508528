"""Corrections, references and embeds in a real Chromium: axe-core finds nothing, nothing overflows."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from grants.models import Grant
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FRENCH, ENGLISH = "/aides/integrer/", "/en/grants/embed/"
EMBEDS = [
    "?show=chart&by=year",
    "?show=chart&by=recipient&measure=count",
    "?show=table&by=region",
    "?show=map",
    "?show=total",
    "?show=chart&year=1999",
    "?show=wrong",
]
PAGES = ["/corrections/", "/en/corrections/", "/aides/otn-fpi/", "/en/data/", "/aides/?region=null", "/en/grants/"]
PAGES += [f"{page}{asked}" for page in (FRENCH, ENGLISH) for asked in EMBEDS]
RULES = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}},
}


@pytest.fixture
def corrected(first_source) -> None:
    """The first source, with a correction of each kind."""
    grants = Grant.objects.filter(public_id="otn-fpi")
    grants.update(amount="6678541.00", title_fr="Autre titre", status="amended", reference="n" * 100)
    gone = make.SourceFactory(published=True)
    notice = "Ce document était inscrit deux fois."
    withdrawal = {"publication": "withdrawn", "withdrawn_at": timezone.now(), "withdrawal_notice_fr": notice}
    type(gone).objects.filter(pk=gone.pk).update(**withdrawal)


@pytest.mark.parametrize("scheme", RULES)
@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_followed_is_accessible(corrected, live_server, browser_page, width, scheme):
    refused: list[str] = []
    browser_page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    for page in PAGES:
        browser_page.goto(live_server.url + page)
        browser_page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        found = Axe().run(browser_page, options=RULES[scheme])
        assert found.violations_count == 0, f"{page}\n{found.generate_report()}"
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, page
    assert refused == []


@pytest.fixture
def other_site() -> Iterator[ThreadingHTTPServer]:
    """A site of another origin, whose only page is its `page`."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(self.server.page.encode())

        def log_message(self, *_words: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_another_site_can_frame_an_embed_and_nothing_else(first_source, live_server, browser_page, other_site):
    paths = (FRENCH, "/aides/")
    other_site.page = "".join(f'<iframe src="{live_server.url}{path}" title="Registre"></iframe>' for path in paths)
    browser_page.goto(f"http://127.0.0.1:{other_site.server_port}/", wait_until="networkidle")
    shown, refused = (frame.content_frame() for frame in browser_page.query_selector_all("iframe"))
    assert "Source :" in shown.locator("footer").inner_text().replace("\u00a0", " ")
    assert refused.url.startswith("chrome-error:")
