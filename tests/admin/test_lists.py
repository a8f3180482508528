"""Lists of the admin: as many queries for thirty rows as for one, searched by the public index, narrowed by chores."""

import pytest

from grants.admin.announcements import MOST_INLINE
from grants.admin.lists import EstimatingPaginator
from grants.models import Announcement, Figure, Grant, Organisation, Programme
from tests import factories
from tests.factories import (
    AnnouncementFactory,
    CitationFactory,
    FigureFactory,
    GrantFactory,
    OrganisationFactory,
    ProgrammeFactory,
    RegionFactory,
)

from .pages import address, signed_in

pytestmark = pytest.mark.django_db

# For every list: session, user, its permissions (two: own and by group), the count, the rows.
EVERY = 6
LISTS = [
    # The related records come in the query of the rows (list_select_related).
    ("Programme", EVERY),
    # Three for the verdicts: figures, grants, projects.
    ("Announcement", EVERY + 3),
    ("Organisation", EVERY),
    ("Project", EVERY),
    ("Grant", EVERY),
    ("Figure", EVERY),
    ("Source", EVERY),
    ("Citation", EVERY),
    ("Region", EVERY),
    ("Import", EVERY),
]


@pytest.mark.parametrize(("noun", "queries"), LISTS, ids=[noun for noun, _queries in LISTS])
@pytest.mark.parametrize("rows", [1, 17])
def test_a_list_asks_as_much_for_many_rows_as_for_one(alice, django_assert_num_queries, noun, queries, rows):
    factory = getattr(factories, f"{noun}Factory")
    made = [factory(**({"code": f"{row:02}"} if noun == "Region" else {})) for row in range(1, rows + 1)]
    if noun == "Announcement":
        for announcement in made:
            GrantFactory(announcement=announcement)
            FigureFactory(announcement=announcement, programme=None)
            factories.GrantProjectFactory(grant=GrantFactory(announcement=announcement))
    client = signed_in(alice)
    with django_assert_num_queries(queries):
        response = client.get(address(type(made[0]), "changelist"))
    assert len(response.context["cl"].result_list) >= rows


@pytest.mark.parametrize("rows", [1, 8])
def test_the_first_screen_asks_as_much_for_many_rows_as_for_one(alice, django_assert_num_queries, rows):
    for _row in range(rows):
        announcement = AnnouncementFactory()
        factories.GrantProjectFactory(grant=GrantFactory(announcement=announcement))
        FigureFactory(announcement=announcement, programme=None)
    client = signed_in(alice)
    # Session, user, permissions (two); announcements with figures, their figures, grants and projects; names of
    # organisations (two); all the counts in one; imports; the person's last actions.
    with django_assert_num_queries(13):
        client.get("/admin/")


def listed(user, model, query):
    return list(signed_in(user).get(f"{address(model, 'changelist')}?{query}").context["cl"].result_list)


@pytest.mark.parametrize("words", ["ecole", "technologies", "ÉTS", "ets", "technol", "école de tech"])
def test_a_search_puts_accents_aside_and_takes_an_unfinished_word(alice, words):
    school = OrganisationFactory(name_fr="École de technologie supérieure")
    factories.OrganisationNameFactory(organisation=school, name="ÉTS", kind="acronym")
    OrganisationFactory(name_fr="Coopérative des Rives")
    assert listed(alice, Organisation, f"q={words}") == [school]


def test_staff_find_a_natural_person_by_name(alice):
    person = OrganisationFactory(name_fr="Quelqu’un de Privé", is_natural_person=True)
    assert listed(alice, Organisation, "q=privé") == [person]


def test_autocompletion_finds_by_the_beginning_of_a_word(alice):
    there = OrganisationFactory(name_fr="Synchronisme des collèges")
    answer = signed_in(alice).get(
        "/admin/autocomplete/?term=synchr&app_label=grants&model_name=grant&field_name=recipient"
    )
    assert [found["id"] for found in answer.json()["results"]] == [str(there.pk)]


CHORES = [
    ("no-source", Grant, lambda: (GrantFactory(), CitationFactory().grant)),
    ("no-amount", Grant, lambda: (GrantFactory(amount=None), GrantFactory())),
    ("no-date", Grant, lambda: (GrantFactory(date=None), GrantFactory())),
    ("no-region", Grant, lambda: (GrantFactory(), GrantFactory(benefit_region=RegionFactory()))),
    ("no-english", Programme, lambda: (ProgrammeFactory(name_en=""), ProgrammeFactory(name_en="A programme"))),
    (
        "odd-neq",
        Organisation,
        lambda: (OrganisationFactory(neq="9912345678"), OrganisationFactory(neq="1112345678")),
    ),
    ("no-neq", Organisation, lambda: (OrganisationFactory(neq=""), OrganisationFactory(neq="1112345678"))),
    ("no-wording", Figure, lambda: (FigureFactory(wording=""), FigureFactory(wording="29 millions"))),
]


@pytest.mark.parametrize(
    ("chore", "model", "make"), CHORES, ids=[f"{chore[0]}-{chore[1].__name__}" for chore in CHORES]
)
def test_a_chore_lists_what_waits_and_nothing_else(alice, chore, model, make):
    waits, done = make()
    found = listed(alice, model, f"chore={chore}")
    assert waits in found
    assert done not in found


def test_possible_duplicates_are_listed_together(alice):
    pair = {
        OrganisationFactory(name_fr="Coopérative des Rives"),
        OrganisationFactory(name_fr="Cooperative des rives inc."),
    }
    OrganisationFactory(name_fr="Tout autre chose")
    assert set(listed(alice, Organisation, "chore=duplicates")) == pair


def test_discordant_announcements_are_listed(alice):
    wrong, right = AnnouncementFactory(list_state="complete"), AnnouncementFactory(list_state="complete")
    for announcement in (wrong, right):
        GrantFactory(announcement=announcement, amount="5000.00")
    FigureFactory(announcement=wrong, programme=None, value="9000.00")
    FigureFactory(announcement=right, programme=None, value="5000.00")
    assert listed(alice, Announcement, "chore=discordant") == [wrong]


def test_what_changed_since_it_was_published_is_listed(alice):
    changed, same = GrantFactory(published=True), GrantFactory(published=True)
    Grant.objects.filter(pk=changed.pk).update(reference="A-1")
    assert listed(alice, Grant, "chore=changed-since") == [changed]
    assert same in listed(alice, Grant, "")


def test_a_long_list_is_not_counted_to_its_end(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("grants.admin.lists.MOST_COUNTED", 2)
    for number in range(1, 6):
        RegionFactory(code=f"0{number}")
    regions = RegionFactory._meta.model.objects
    assert EstimatingPaginator(regions.filter(code__gt="00").order_by("pk"), 10).count == 3
    assert EstimatingPaginator(regions.order_by("pk"), 10).count >= 3


def test_the_first_screen_counts_what_waits(alice):
    GrantFactory()
    page = signed_in(alice).get("/admin/")
    waits = {
        str(group.label): {str(wait.label): wait.count for wait in group.waits} for group in page.context["waiting"]
    }
    assert waits["Ébauches"]["aides financières"] == 1
    assert waits["À examiner"]["aides financières sans source"] == 1


def test_every_line_of_the_first_screen_leads_to_its_list(alice):
    GrantFactory()
    client = signed_in(alice)
    for group in client.get("/admin/").context["waiting"]:
        for wait in group.waits:
            found = client.get(wait.url)
            assert found.status_code == 200
            assert len(found.context["cl"].result_list) == wait.count


def test_an_announcement_leads_to_its_grants_when_they_are_too_many_for_its_page(alice):
    announcement = AnnouncementFactory()
    recipient = OrganisationFactory()
    GrantFactory.create_batch(MOST_INLINE + 1, announcement=announcement, recipient=recipient)
    client = signed_in(alice)
    page = client.get(address(announcement)).content.decode()
    assert "grants-TOTAL_FORMS" not in page
    assert f"/admin/grants/grant/?announcement__id__exact={announcement.pk}" in page
    answer = client.get(f"/admin/grants/grant/?announcement__id__exact={announcement.pk}")
    assert answer.context["cl"].result_count == MOST_INLINE + 1
