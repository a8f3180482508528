"""Lists of the API: the filters of the pages, read on by key, never a row twice or lost."""

import json

import pytest
from django.test import Client

from grants.models import Grant
from tests import factories as make

pytestmark = pytest.mark.django_db


def asked(path: str, **headers: str):
    response = Client(headers=headers).get(f"/api/v1/{path}")
    return json.loads(response.content)


def walk(path: str) -> list[list[dict]]:
    """The pages of a list, from the first to the last."""
    pages = [asked(path)]
    while following := pages[-1]["next"]:
        pages.append(asked(following.removeprefix("http://testserver/api/v1/")))
    return [page["results"] for page in pages]


def test_a_list_of_grants_is_read_to_its_end_without_a_row_twice_or_lost():
    made = {
        make.GrantFactory(published=True, amount=amount).public_id for amount in (None, "1.00", "1.00", "7.00", None)
    }
    pages = walk("grants/?sort=amount&size=2")
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {row["id"] for page in pages for row in page} == made
    assert [row["amount"] for page in pages for row in page] == ["1.00", "1.00", "7.00", None, None]


@pytest.mark.parametrize("noun", ["organisations", "announcements", "programmes", "projects", "sources", "figures"])
def test_every_other_list_is_read_on_by_key(noun):
    for _one in range(3):
        make.FigureFactory(published=True)
        grant = make.GrantFactory(published=True, announcement=make.AnnouncementFactory(published=True))
        make.GrantProjectFactory(grant=grant, project=make.ProjectFactory(published=True))
    pages = walk(f"{noun}/?size=2")
    ids = [row["id"] for page in pages for row in page]
    assert len(ids) == len(set(ids)) >= 3
    assert max(len(page) for page in pages) == 2


def test_the_next_page_is_in_the_link_header_too():
    make.GrantFactory.create_batch(2, published=True)
    response = Client().get("/api/v1/grants/?size=1")
    assert response["Link"] == f'<{json.loads(response.content)["next"]}>; rel="next"'


def test_the_next_page_keeps_the_question():
    make.GrantFactory.create_batch(2, published=True, status="completed")
    make.GrantFactory(published=True, status="announced")
    pages = walk("grants/?status=completed&size=1")
    assert [len(page) for page in pages] == [1, 1]


def test_a_list_has_the_filters_of_its_page():
    make.ProgrammeFactory(published=True, public_id="wanted", launched="2021-05")
    make.ProgrammeFactory(published=True, launched="2019")
    assert [row["id"] for row in asked("programmes/?year=2021")["results"]] == ["wanted"]


def test_figures_are_found_by_what_they_are_about():
    programme = make.ProgrammeFactory(published=True, public_id="otn")
    figure = make.FigureFactory(published=True, programme=programme)
    make.FigureFactory(published=True)
    (row,) = asked("figures/?programme=otn")["results"]
    assert (row["id"], row["about"], row["about_id"]) == (figure.public_id, "programme", "otn")


def test_the_order_of_a_selection_is_that_of_the_page():
    for amount in ("1.00", "3.00", "2.00"):
        make.GrantFactory(published=True, amount=amount)
    assert [row["amount"] for row in asked("grants/?sort=-amount")["results"]] == ["3.00", "2.00", "1.00"]


def test_all_regions_come_at_once():
    for code in ("01", "08", "QC"):
        make.RegionFactory(code=code)
    assert [row["code"] for row in asked("regions/")["results"]] == ["01", "08", "QC"]


def test_an_amount_is_a_text_that_keeps_its_cents():
    make.GrantFactory(published=True, amount="99999999999999.99")
    (row,) = asked("grants/")["results"]
    assert row["amount"] == "99999999999999.99"


def test_the_sums_of_a_selection_leave_out_what_cannot_be_added_up():
    make.GrantFactory(published=True, amount="10.50")
    make.GrantFactory(published=True, amount=None)
    make.GrantFactory(published=True, amount="99.00", currency="USD")
    assert asked("grants/summary/") == {"count": 3, "total": "10.50", "unknown": 1, "foreign": 1}


def test_facets_say_their_values_in_both_languages():
    make.GrantFactory(published=True, status="completed")
    facet = asked("grants/facets/status/")
    assert (facet["label_fr"], facet["label_en"]) == ("Statut", "Status")
    (choice,) = facet["choices"]
    assert (choice["value"], choice["label_fr"], choice["label_en"]) == ("completed", "terminée", "completed")


def test_a_facet_ignores_its_own_filter_and_a_group_does_not():
    make.GrantFactory(published=True, status="completed")
    make.GrantFactory(published=True, status="announced")
    choices = asked("grants/facets/status/?status=completed")["choices"]
    assert {choice["value"]: choice["chosen"] for choice in choices} == {"completed": True, "announced": False}
    assert [group["value"] for group in asked("grants/by/status/?status=completed")["results"]] == ["completed"]


def test_all_facets_come_in_the_order_of_the_page():
    names = [facet["name"] for facet in asked("grants/facets/")["results"]]
    assert names == ["programme", "announcement", "year", "fiscal", "region", "kind", "instrument", "status", "band"]


def test_recipients_come_largest_first_and_page_on():
    for amount in ("5.00", "7.00"):
        make.GrantFactory(published=True, amount=amount)
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Nom Secret")
    make.GrantFactory(published=True, recipient=person, amount="1.00")
    rows = [row for page in walk("grants/by/recipient/?size=1") for row in page]
    assert [row["total"] for row in rows] == ["7.00", "5.00", "1.00"]
    assert (rows[-1]["value"], rows[-1]["label_fr"]) == ("individuals", "Particuliers")


def test_drafts_are_in_no_list():
    make.GrantFactory()
    assert asked("grants/")["results"] == []
    assert asked("grants/summary/")["count"] == 0 == Grant.objects.published().count()
