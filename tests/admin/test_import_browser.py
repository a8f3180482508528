"""The screens of imports and exports in a real Chromium: accessible, narrow enough, nothing that the CSP refuses."""

import os

import pytest
from django.core.management import call_command

from grants.models import Grant
from tests.people import person

from .pages import address
from .test_browser import faults, listen, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

SHEETS = {
    "good": "bénéficiaire;montant;référence\nGroupe MISA;2 307 663,50 $;A-1\n",
    "bad": "bénéficiaire;montant;date\nGroupe MISA;deux millions;31 février 2022\nInconnue;12;2022\n",
}


@pytest.fixture
def sheets(settings, tmp_path):
    """The sheets as files; those that wait do so in the test's own folder."""
    settings.VAR_DIR = tmp_path
    call_command("loaddata", "regions", "otn", verbosity=0)
    grant = Grant.objects.first()
    changes = {"change": f"public_id;montant\n{grant.public_id};12,50 $\n"}
    paths = {name: tmp_path / f"{name}.csv" for name in {**SHEETS, **changes}}
    for name, text in {**SHEETS, **changes}.items():
        paths[name].write_text(text)
    return paths


def shown(page, name):
    """Everything wrong with the page as it is shown."""
    page.wait_for_load_state("networkidle")
    if pictures := os.environ.get("PICTURES"):
        page.screenshot(path=f"{pictures}/{name}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name} {fault}" for fault in faults(page)] + ([f"{name} is {wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("fr", "light", 1280), ("fr", "dark", 320), ("en", "light", 320)]
)
def test_the_screens_of_sheets_have_no_fault(browser_page, live_server, sheets, language, scheme, width):
    person("bob", "révision", "saisie")
    page, complaints = browser_page, listen(browser_page)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server.url, "bob", language)
    found, heard = [], []
    grants = live_server.url + address(Grant, "changelist", language)
    for name, path in {"choose": None, "export": None, **sheets}.items():
        complaints.clear()
        page.goto(f"{grants}{'export' if name == 'export' else 'import'}/")
        if path:
            page.set_input_files("input[type=file]", path)
            page.click(".sheets [type=submit]")
        page.wait_for_load_state("networkidle")
        heard += complaints
        found += shown(page, f"{name}-{language}-{width}")
    assert (found, heard) == ([], [])
