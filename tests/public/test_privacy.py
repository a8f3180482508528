"""What the public must never see: natural persons, drafts, names of staff."""

import csv

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()

NAME = "Zéphirine Introuvable"
LISTS = ["aides", "beneficiaires", "annonces", "programmes", "projets", "sources"]
EVERYWHERE = (
    ["/", "/concordance/", "/donnees/", "/recherche/?q=zephirine", "/en/search/?q=introuvable"]
    + [f"/{name}/" for name in LISTS]
    + [f"/{name}.{ending}" for name in LISTS for ending in ("csv", "xlsx", "ods", "json", "jsonl")]
    + ["/beneficiaires/?role=all", "/beneficiaires.csv?role=all"]
)


def everything(address: str) -> str:
    response = client.get(address)
    if address.partition("?")[0].endswith(("xlsx", "ods")):
        return _cells(b"".join(response))
    return b"".join(response).decode() if response.streaming else response.content.decode()


def _cells(content: bytes) -> str:
    import io

    from python_calamine import CalamineWorkbook

    return str(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


@pytest.fixture
def person():
    """Somebody with a grant, a project, a hosted body, figures and citations, all published."""
    person = make.OrganisationFactory(
        published=True, public_id="person", name_fr=NAME, is_natural_person=True, region=make.RegionFactory()
    )
    make.OrganisationNameFactory(organisation=person, name=f"Atelier {NAME}")
    project = make.ProjectFactory(published=True, public_id="theirs", organisation=person, title_fr=f"Projet {NAME}")
    programme = make.ProgrammeFactory(published=True, administrator=person)
    grant = make.GrantFactory(
        published=True,
        public_id="to-a-person",
        recipient=person,
        programme=programme,
        funder=person,
        title_fr=f"Aide à {NAME}",
        description_fr=f"Pour {NAME}",
        benefit_place=NAME,
        reference=NAME,
    )
    make.GrantProjectFactory(grant=grant, project=project)
    make.GrantProjectFactory(grant=grant, project=make.ProjectFactory(published=True, title_fr=f"Chez {NAME}"))
    source = make.SourceFactory(published=True, public_id="about-them")
    for subject in ({"organisation": person, "grant": None}, {"grant": grant}, {"project": project, "grant": None}):
        make.CitationFactory(source=source, quote=f"{NAME} reçoit", **subject)
    make.FigureFactory(published=True, programme=None, organisation=person, source=source, wording=f"{NAME} : 1")
    make.FigureFactory(published=True, programme=None, grant=grant, source=source, wording=f"{NAME} : 2")
    make.OrganisationFactory(published=True, public_id="hosted", parent=person)
    return person


@pytest.mark.parametrize("address", ["/aides/to-a-person/", "/en/grants/to-a-person/", "/sources/about-them/"])
def test_pages_around_a_natural_person_do_not_name_it(person, address):
    response = client.get(address)
    assert response.status_code == 200
    assert NAME not in response.content.decode()


def test_the_body_it_hosts_does_not_name_it(person):
    page = everything("/beneficiaires/hosted/")
    assert "Particulier" in page
    assert NAME not in page


@pytest.mark.parametrize("address", ["/beneficiaires/person/", "/en/recipients/person/", "/projets/theirs/"])
def test_a_natural_person_and_its_projects_have_no_page(person, address):
    assert client.get(address).status_code == 404


def test_a_withdrawn_natural_person_has_no_notice_either(person):
    gone = {"publication": "withdrawn", "withdrawn_at": "2024-04-01T12:00:00Z", "is_natural_person": True}
    make.OrganisationFactory(published=True, public_id="gone", **gone)
    assert client.get("/beneficiaires/gone/").status_code == 404


def test_no_list_search_or_file_names_it(person):
    # A project that is somebody else's is public under its own title: here the title itself would name them.
    type(make.ProjectFactory.build()).objects.filter(title_fr__startswith="Chez").update(title_fr="Atelier")
    for address in EVERYWHERE:
        assert "Introuvable" not in everything(address).replace("introuvable", ""), address


def test_its_grant_counts_in_the_totals_under_a_common_label(person):
    page = everything("/aides/")
    assert "Particulier" in page
    assert "1\u00a0000\u00a0$" in page
    assert "Individual" in everything("/en/grants.csv")


def test_its_region_is_not_told(person):
    assert "Abitibi" not in everything("/aides/").partition("<tbody>")[2]


def test_the_order_by_name_does_not_tell_it(person):
    make.GrantFactory(published=True, recipient__name_fr="Abeille")
    first = client.get("/aides/?sort=recipient").context["rows"][0]
    assert first.recipient == "Particulier"  # before all names, though it begins with Z


def test_drafts_around_a_public_record_stay_out_of_its_page():
    grant = make.GrantFactory(published=True, public_id="public")
    make.GrantProjectFactory(grant=grant, project=make.ProjectFactory(title_fr="Projet secret"))
    make.CitationFactory(grant=grant, source=make.SourceFactory(title="Source secrète"), quote="Mots secrets")
    source = make.SourceFactory(published=True)
    make.FigureFactory(programme=None, grant=grant, source=source, wording="Chiffre secret")
    make.OrganisationFactory(parent=grant.recipient, name_fr="Filiale secrète")
    make.GrantFactory(recipient=grant.recipient, title_fr="Aide secrète", amount="777.00")
    for address in ("/aides/public/", f"/beneficiaires/{grant.recipient.public_id}/", f"/sources/{source.public_id}/"):
        page = everything(address)
        assert "secr" not in page.lower()
        assert "777" not in page


def test_drafts_stay_out_of_lists_searches_and_files():
    for factory, field in (
        (make.GrantFactory, "title_fr"),
        (make.OrganisationFactory, "name_fr"),
        (make.AnnouncementFactory, "title_fr"),
        (make.ProgrammeFactory, "name_fr"),
        (make.ProjectFactory, "title_fr"),
        (make.SourceFactory, "title"),
    ):
        factory(**{field: NAME})
    for address in EVERYWHERE:
        assert "Introuvable" not in everything(address).replace("introuvable", ""), address


def test_no_page_names_the_staff(alice, bob):
    make.GrantFactory(published=True, public_id="seen", ready_by=alice, published_by=bob)
    page = everything("/aides/seen/").lower()
    assert "alice" not in page
    assert "bob" not in page


def test_a_project_does_not_tell_which_grants_to_persons_fund_it():
    project = make.ProjectFactory(published=True)
    person = make.OrganisationFactory(published=True, is_natural_person=True)
    for recipient in (person, make.OrganisationFactory(published=True)):
        make.GrantProjectFactory(grant=make.GrantFactory(published=True, recipient=recipient), project=project)
    page = client.get(f"/aides/?project={project.public_id}")
    assert page.context["totals"].count == 1
    (written,) = csv.DictReader(everything("/projets.csv").removeprefix("\ufeff").splitlines())
    assert len(written["grant_ids"].split("; ")) == 1
