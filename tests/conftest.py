"""What every test stands on: settings, a real PostgreSQL, compiled translations, a browser.

The first part runs before Django reads its settings; workers of pytest-xdist inherit what it set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django
import pytest
from django.utils import translation

from grants.management.catalogues import compile_all
from otnregistry import local

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

if "PYTEST_XDIST_WORKER" not in os.environ:
    # What the shell holds for a real site must not lead the tests anywhere.
    os.environ.update({"ALLOWED_HOSTS": "127.0.0.1,localhost,testserver", "DEBUG": "off", "HTTPS": "off"})
    os.environ["SITE_URL"] = "http://testserver"
    local.prepare_environment()
    compile_all()
    # A test's data need not survive a power cut, and tables are emptied between tests that commit.
    os.environ["PGOPTIONS"] = "-c synchronous_commit=off -c grants.may_truncate=on"
os.environ["DJANGO_SETTINGS_MODULE"] = "otnregistry.settings"
# pytest-django looked for settings before this file ran, and would leave the applications unloaded.
django.setup()

pytest_plugins = ["tests.people"]  # alice, bob, charlie, first_source


@pytest.fixture(autouse=True)
def french() -> None:
    """A request leaves its language behind in the thread: each test starts in the registry's own."""
    translation.deactivate()


BROWSERS = ["chromium", "chromium-browser", "google-chrome"]
BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def plain_settings(settings: pytest.FixtureRequest) -> None:
    """Cheap passwords and no collected files: neither is what a test is about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": settings.PLAIN_STATIC}}
    settings.WHITENOISE_AUTOREFRESH = True


def find_chromium() -> str | None:
    """The path of a Chromium: the one $CHROMIUM names, or the first that is installed."""
    return next(filter(None, map(shutil.which, filter(None, [os.environ.get("CHROMIUM"), *BROWSERS]))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real Chromium for all the tests of a worker. Without one: a skip, and under CI=true a failure."""
    path = find_chromium()
    if path is None:
        why = f"no Chromium: set CHROMIUM, or install one of {', '.join(BROWSERS)}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(why, pytrace=False)
        pytest.skip(why)
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A fresh page, without cookies. Mark the test `browser`; visit `live_server.url`."""
    context = browser.new_context(locale="fr-CA")
    yield context.new_page()
    context.close()
