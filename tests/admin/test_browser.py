"""The staff's pages in a real Chromium: nothing against axe-core's rules, nothing that the CSP refuses."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from grants.models import Announcement, Grant, Organisation, Programme
from tests.factories import AnnouncementFactory, OrganisationFactory
from tests.people import person

from .pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=False)]

PASSWORD = "a long enough password"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def sign_in(page, site, name, language="fr"):
    page.goto(f"{site}{'/en' if language == 'en' else ''}/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")


def listen(page):
    """What the browser complains of from now on."""
    complaints = []
    page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def faults(page):
    """What axe-core finds on the page, in short."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def staff_pages(language):
    grant, announcement = Grant.objects.first(), Announcement.objects.get(public_id="otn-2022-04-20")
    organisation, draft = Organisation.objects.get(public_id="ets"), OrganisationFactory()
    programme = Programme.objects.get(public_id="otn")
    yield f"{'/en' if language == 'en' else ''}/admin/"
    for model in (Grant, Announcement, Organisation):
        yield address(model, "changelist", language)
    yield address(Grant, "add", language)
    for record in (grant, announcement, organisation, programme, draft):
        yield address(record, "change", language)
    yield address(announcement, "history", language)
    yield address(organisation, "change", language).replace("change/", "publication/withdraw/")
    yield f"{address(Organisation, 'changelist', language)}merge/?one={organisation.pk}&other={draft.pk}"
    yield address(draft, "delete", language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("group", "scheme", "width"), [("révision", "light", 1280), ("saisie", "dark", 320)])
def test_no_fault_and_no_complaint_on_the_staffs_pages(browser_page, live_server, language, group, scheme, width):
    call_command("loaddata", "regions", "otn", verbosity=0)
    person("alice", group)
    complaints = listen(browser_page)
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(f"{live_server.url}/admin/login/")
    found, heard = faults(browser_page), []
    sign_in(browser_page, live_server.url, "alice", language)
    for number, url in enumerate(staff_pages(language)):
        complaints.clear()  # axe-core itself writes styles, which the CSP refuses: only the page's own count
        if browser_page.goto(live_server.url + url).status == 403:
            continue  # what this group may not do; the console tells of it
        browser_page.wait_for_load_state("networkidle")
        heard += complaints
        found += [f"{url} {fault}" for fault in faults(browser_page)]
        if pictures := os.environ.get("PICTURES"):
            browser_page.screenshot(path=f"{pictures}/{language}-{width}-{number:02}.png", full_page=True)
    assert found == [], "\n".join(found)
    assert heard == []


def test_scripts_of_the_forms_work_under_the_csp(browser_page, live_server):
    """Autocompletion, a row added, a popup's answer: all without a complaint."""
    call_command("loaddata", "regions", "otn", verbosity=0)
    person("alice", "saisie")
    announcement = AnnouncementFactory()
    complaints = listen(browser_page)
    sign_in(browser_page, live_server.url, "alice")
    browser_page.goto(live_server.url + address(announcement))
    browser_page.click("#grants-group .add-row a")
    browser_page.click("#grants-0 .field-recipient .select2-selection")
    browser_page.keyboard.type("mis")
    browser_page.click(".select2-results__option:has-text('Groupe MISA')")
    browser_page.fill("#id_grants-0-amount", "2,3 M$")
    browser_page.click("[name=_save]")
    grant = announcement.grants.get()
    assert (grant.recipient.public_id, grant.amount) == ("groupe-misa", 2_300_000)
    assert complaints == []
