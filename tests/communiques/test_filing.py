"""A draft becomes draft records, all or none, each tied to its words; filed twice, nothing is made twice."""

import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from grants.communiques.filing import file_draft
from grants.models import (
    PUBLISHABLE,
    Announcement,
    Citation,
    Figure,
    Grant,
    Organisation,
    Passage,
)
from grants.models.registry_version import ask
from tests import factories as make

from .filing import draft, figure, grant, palco

pytestmark = pytest.mark.django_db


def test_everything_is_made_as_drafts_and_counted(communique, alice):
    filed = file_draft(communique, draft(grant(acronym="GM"), palco(project="Moulin 7"), figures=[figure()]), alice)
    assert filed.made == {
        "source": 1,
        "announcement": 1,
        "organisation": 2,
        "organisationname": 1,
        "grant": 2,
        "project": 1,
        "grantproject": 1,
        "figure": 1,
        "citation": 6,
    }
    assert (filed.joined, filed.left) == (False, [])
    drafts = sum(model.objects.drafts().count() for model in PUBLISHABLE)
    assert drafts == sum(model.objects.count() for model in PUBLISHABLE)


def test_the_communique_knows_what_became_of_it(communique, alice):
    filed = file_draft(communique, draft(grant()), alice)
    assert (communique.state, communique.announcement, communique.source) == ("filed", filed.announcement, filed.source)
    assert communique.filed_at is not None


def test_a_grant_is_as_the_draft_says(communique, alice):
    file_draft(
        communique, draft(grant(instrument="loan", place="Rouyn", total_project_cost="9 M$", note="En 2 fois")), alice
    )
    made = Grant.objects.get()
    assert (made.recipient.name_fr, made.amount, made.currency, made.instrument) == (
        "Groupe MISA",
        5416050,
        "CAD",
        "loan",
    )
    assert (made.benefit_place, made.total_project_cost, made.description_fr) == ("Rouyn", 9_000_000, "En 2 fois")
    assert (made.announcement.programme, made.date.iso, made.status) == (made.programme, "2022-04-20", "announced")


def test_an_unknown_amount_stays_unknown_and_a_month_stays_a_month(communique, alice):
    file_draft(communique, draft(grant(amount=""), date="avril 2022"), alice)
    made = Grant.objects.get()
    assert (made.amount, made.date.iso, made.announcement.date.iso) == (None, "2022-04", "2022-04")


def test_grants_and_figures_are_tied_to_their_words(communique, alice):
    file_draft(communique, draft(grant(), figures=[figure()]), alice)
    words = {passage.words for passage in Passage.objects.all()}
    assert words == {"Groupe MISA (GM) reçoit 5 416 050 $.", "Neuf aides"}


def test_a_line_written_by_hand_has_no_words(communique, alice):
    file_draft(communique, draft(grant(span=None)), alice)
    assert not Passage.objects.exists()
    assert Citation.objects.get(grant__isnull=False).quote == ""


def test_the_source_is_cited_in_its_words_by_what_it_gave(communique, alice):
    file_draft(communique, draft(palco(project="Moulin 7")), alice)
    quotes = {type(one.subject).__name__: one.quote for one in Citation.objects.all()}
    assert quotes == {"Announcement": "Neuf aides annoncées"} | dict.fromkeys(
        ["Grant", "Organisation", "Project"], "Palco reçoit 17 000 $"
    )


def test_a_figure_is_a_claim_of_the_source(communique, alice):
    line = figure(measure="aid", value="29 M$", precision="1000000", qualifier="more_than", wording="plus de 29 M$")
    filed = file_draft(communique, draft(figures=[line]), alice)
    made = Figure.objects.get()
    assert (made.announcement, made.source, made.unit) == (filed.announcement, filed.source, "CAD")
    assert (made.value, made.precision, made.qualifier, made.wording) == (
        29_000_000,
        1_000_000,
        "more_than",
        "plus de 29 M$",
    )
    assert (made.wording_language, made.as_of.iso) == ("fr", "2022-04-20")


def test_a_figure_of_the_programme_is_the_programmes(communique, alice):
    line = figure(about="programme", measure="envelope", value="130 M$", as_of="2021-03")
    filed = file_draft(communique, draft(figures=[line]), alice)
    assert Figure.objects.get().programme == filed.announcement.programme


def test_what_is_not_taken_is_not_made(communique, alice):
    filed = file_draft(communique, draft(grant(take=False), figures=[figure(take=False)]), alice)
    assert filed.made == {"source": 1, "announcement": 1, "citation": 1}


def test_hidden_characters_of_the_text_do_not_stand_in_the_way(alice):
    text = "Palco\u200b reçoit\x0b 17 000 $"
    file_draft(make.CommuniqueFactory(text=text), draft(palco(span=(0, len(text)))), alice)
    assert Citation.objects.get(grant__isnull=False).quote == "Palco reçoit 17 000 $"


def test_an_english_text_gives_english_words(communique, alice):
    there = draft(grant(note="In two parts", project="Green mine"), title_en="Nine grants", title_fr="")
    there.source.language = "en"
    file_draft(communique, there, alice)
    made = Grant.objects.get()
    assert (made.description_en, made.projects.get().title_en) == ("In two parts", "Green mine")
    assert (made.announcement.title_fr, made.announcement.title_en) == ("Nine grants", "Nine grants")


def test_a_source_that_has_this_address_already_is_the_source(communique, alice):
    known = make.SourceFactory(url="https://quebec.example/39538")
    there = draft(grant())
    there.source.url = known.url
    assert file_draft(communique, there, alice).source == known


# ── Once ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_filed_twice_nothing_is_made_twice(communique, alice):
    there = draft(grant(), figures=[figure()])
    first, second = (file_draft(communique, there, alice) for _ in range(2))
    assert (first.announcement, first.made) == (second.announcement, second.made)
    assert (Grant.objects.count(), Announcement.objects.count()) == (1, 1)


def test_filing_shows_in_the_history_as_read_in_this_text(communique, alice):
    file_draft(communique, draft(grant()), alice)
    context = Grant.objects.get().events.get().pgh_context.metadata
    assert context == {"user": alice.pk, "communique": communique.pk}


def test_the_page_of_the_history_says_so(communique, alice, client):
    file_draft(communique, draft(grant()), alice)
    client.force_login(alice)
    page = client.get(reverse("admin:grants_grant_history", args=[Grant.objects.get().pk]))
    assert "lu dans un communiqué" in page.content.decode()


def test_neither_communiques_nor_passages_nor_drafts_move_the_registrys_version(communique, alice):
    make.RegionFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    before = ask()
    file_draft(communique, draft(grant(), figures=[figure()]), alice)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    assert ask().number == before.number


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_file_at_once_make_one_announcement(communique, alice):
    there, made = draft(grant()), []

    def press() -> None:
        made.append(file_draft(type(communique).objects.get(), there, alice))
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.announcement.pk for one in made}) == 1
    assert (Grant.objects.count(), Announcement.objects.count(), Organisation.objects.count()) == (1, 1, 1)
