"""Lists: one filter, two records, one comes back; orders, totals, and questions that make no sense."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()

ADDRESSES = ["/aides/", "/beneficiaires/", "/annonces/", "/programmes/", "/projets/", "/sources/"]
NONSENSE = [
    ("q", "x" * 201),
    ("q", "b e f g h i k o p q r u v"),
    ("q", "\x00"),
    ("q", "' OR 1=1 --"),
    ("q", '"((&|!<->:*'),
    ("region", "99"),
    ("year", "20222"),
    ("status", "\x00"),
    ("programme", "nowhere"),
    ("recipient", "nowhere"),
    ("recipient", "\x00"),
    ("amount_min", "deux millions"),
    ("amount_min", "9" * 400),
    ("amount_max", "NaN"),
    ("date_from", "2022-02-31"),
    ("date_to", "31 février 2022"),
    ("sort", "recipient__neq"),
    ("sort", "\x00"),
    ("nowhere", "1"),
]


def rows(address: str, **question: str) -> list:
    return list(client.get(address, question).context["rows"])


def grants(**question: str) -> list[str]:
    """The public ids of the grants on the page."""
    return [row.href.split("/")[-2] for row in rows("/aides/", **question)]


@pytest.fixture
def two_grants():
    """One of Groupe MISA as the first source has it, and one of which little is known."""
    programme = make.ProgrammeFactory(published=True, public_id="otn")
    full = make.GrantFactory(
        published=True,
        public_id="full",
        programme=programme,
        announcement=make.AnnouncementFactory(published=True, public_id="april", programme=programme),
        recipient__public_id="misa",
        recipient__name_fr="Groupe MISA",
        recipient__region=make.RegionFactory(),
        recipient__kind="research",
        amount="5416050.00",
        instrument="loan",
        status="completed",
    )
    bare = make.GrantFactory(published=True, public_id="bare", amount=None, date=None, recipient__name_fr="Élan")
    return full, bare


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("q", "misa", "full"),
        ("q", "elan", "bare"),
        ("programme", "otn", "full"),
        ("programme", "null", "bare"),
        ("announcement", "april", "full"),
        ("announcement", "null", "bare"),
        ("year", "2022", "full"),
        ("year", "null", "bare"),
        ("date_from", "avril 2022", "full"),
        ("date_to", "2022", "full"),
        ("region", "08", "full"),
        ("region", "null", "bare"),
        ("kind", "research", "full"),
        ("kind", "null", "bare"),
        ("instrument", "loan", "full"),
        ("status", "completed", "full"),
        ("amount", "known", "full"),
        ("amount", "unknown", "bare"),
        ("amount_min", "5,4 M$", "full"),
        ("amount_max", "6 000 000 $", "full"),
        ("recipient", "misa", "full"),
    ],
)
def test_a_filter_of_grants_keeps_the_one_meant(two_grants, name, value, found):
    assert grants(**{name: value}) == [found]


def test_grants_are_filtered_by_source_and_by_project(two_grants):
    full, _bare = two_grants
    source, project = make.SourceFactory(published=True), make.ProjectFactory(published=True)
    make.CitationFactory(source=source, grant=full)
    make.GrantProjectFactory(grant=full, project=project)
    assert grants(source=source.public_id) == ["full"]
    assert grants(project=project.public_id) == ["full"]


def test_filters_add_up(two_grants):
    assert rows("/aides/", region="08", amount="unknown") == []


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("amount", ["full", "bare"]),
        ("-amount", ["full", "bare"]),
        ("recipient", ["bare", "full"]),
        ("-recipient", ["full", "bare"]),
        ("-date", ["full", "bare"]),
    ],
)
def test_grants_are_sorted_with_the_unknown_last_and_accents_aside(two_grants, sort, order):
    assert grants(sort=sort) == order


def test_a_sorted_column_says_so(two_grants):
    assert 'aria-sort="ascending"' in client.get("/aides/?sort=amount").content.decode()


def test_totals_leave_the_unknown_out_and_count_it(two_grants):
    page = client.get("/aides/").content.decode()
    assert "2 aides financières" in page
    assert "5\u00a0416\u00a0050\u00a0$" in page
    assert "(dont 1 sans montant connu)" in page


def test_other_currencies_stay_out_of_the_total():
    make.GrantFactory(published=True, amount="100.00")
    make.GrantFactory(published=True, amount="50.00", currency="EUR")
    totals = client.get("/aides/").context["totals"]
    assert (totals.total, totals.foreign) == (100, 1)


def test_a_filter_in_force_can_be_removed(two_grants):
    page = client.get("/aides/?region=08&status=completed").content.decode()
    assert '<a href="?status=completed" rel="nofollow"><span class="visually-hidden">Retirer le filtre </span>' in page


def test_pages_follow_one_another_with_the_filters_kept():
    recipient = make.OrganisationFactory(published=True)
    make.GrantFactory.create_batch(51, published=True, recipient=recipient)
    page = client.get("/aides/?status=announced").content.decode()
    assert 'href="?status=announced&amp;page=2"' in page
    assert len(rows("/aides/", page="2")) == 1


def test_an_empty_list_says_so():
    assert "Aucune aide financière à montrer ici." in client.get("/aides/").content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_nonsense_never_breaks_a_list(address, name, value):
    assert client.get(address, {name: value}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [pair for pair in NONSENSE if pair[0] != "q" or len(set(pair[1].split())) > 12 or pair[1][0] in "x\x00"],
)
def test_nonsense_lists_nothing_and_says_why_in_both_languages(two_grants, name, value):
    for address, words in (("/aides/", "n’a pas pu être comprise"), ("/en/grants/", "could not be understood")):
        response = client.get(address, {name: value})
        assert words in response.content.decode()
        assert list(response.context["rows"]) == []


def test_a_range_that_ends_before_it_starts_is_refused(two_grants):
    response = client.get("/en/grants/?amount_min=2&amount_max=1&date_from=2022&date_to=2021")
    assert response.content.decode().count("the range ends before it starts") == 4  # above, and beside each field


def test_marks_of_other_sites_are_no_filter(two_grants):
    assert len(rows("/aides/", utm_source="lettre")) == 2


def test_what_is_typed_comes_back_as_text():
    page = client.get("/aides/", {"q": "<script>alert(1)</script>", "sort": "<b>"}).content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_recipients_are_those_who_receive_unless_all_are_asked_for(two_grants):
    make.OrganisationFactory(published=True, name_fr="Hôte")
    assert len(rows("/beneficiaires/")) == 2
    assert len(rows("/beneficiaires/", role="all")) == 3


def test_recipients_show_the_sum_of_their_published_grants(two_grants):
    full, _bare = two_grants
    make.GrantFactory(recipient=full.recipient, amount="1.00")
    (misa,) = rows("/beneficiaires/", q="misa")
    assert (misa["sums"].count, str(misa["sums"].total)) == (1, full.amount)
