"""What the staff export: every noun, every format, any size, and back in with nothing to change."""

import csv
import datetime
import io
import json

import pytest
from django.urls import reverse
from django.utils.translation import override

from grants.exports.downloads import pieces
from grants.imports.formats import CSV, ODS, XLSX
from grants.imports.going_out import EXPORT_FORMATS, table_of
from grants.imports.resources import RESOURCES
from grants.models import Figure, Grant, Import, Organisation
from tests import factories as make
from tests.people import alice, bob, charlie, first_source  # noqa: F401

pytestmark = pytest.mark.django_db

POSITIONS = {format_.kind: str(number) for number, format_ in enumerate(EXPORT_FORMATS)}
FORMATS = {"csv": CSV, "xlsx": XLSX, "ods": ODS}
COMING_IN = [model for model in RESOURCES if model is not Import]
TRICKY = ["=1+1", "+1 é", "-1 a", "@b", "'=c", "0012", "1e5", "a ; b;c", "d\u00a0: «\u202fe\u00a0»", "😀 f", "_x0041_"]
LONG = ["=1+1\n\n- a\n- b;=c\n+ d", "Avant\nAprès", "a  b", 'Il dit "oui", puis ; non', "😀\n\u00a0x"]


@pytest.fixture
def tricky(first_source):  # noqa: F811
    """Records whose words and numbers spreadsheets like to spoil."""
    region = make.RegionFactory(code="08")
    programmes = [make.ProgrammeFactory(name_fr=text, acronym="", launched="2021-03") for text in TRICKY]
    bodies = [
        make.OrganisationFactory(name_fr=f"{text} inc", description_fr=LONG[number % 5], founded="1969", region=region)
        for number, text in enumerate(TRICKY)
    ]
    make.OrganisationFactory(name_fr="Zéro inc", neq="1140000000", is_nonprofit=True, parent=bodies[0], city="=x")
    make.OrganisationNameFactory(organisation=bodies[0], name="L’Élan; dit « A »", kind="acronym")
    make.OrganisationNameFactory(organisation=bodies[0], name="=élan", kind="former")
    project = make.ProjectFactory(title_fr="=p; q", organisation=bodies[1], description_fr=LONG[0], sectors_fr=LONG[3])
    source = make.SourceFactory(title="-s", url="https://example.org/?a=1;b=2")
    for number, text in enumerate(TRICKY):
        grant = make.GrantFactory(
            recipient=bodies[number],
            funder=bodies[0],
            programme=programmes[number],
            reference=f"00{number}",
            title_fr=text,
            description_fr=LONG[number % 5],
            amount=[None, "-5.10", "0.00", "12345678901234.56"][number % 4],
            negative_reason="=correction; a" if number % 4 == 1 else "",
            date=[None, "2021", "2021-03", "2021-03-01"][number % 4],
            benefit_region=region,
        )
        make.GrantProjectFactory(grant=grant, project=project)
        make.CitationFactory(grant=grant, source=source, quote=f"« {text} »")
    make.AnnouncementFactory(title_fr="@a", programme=programmes[0], date="2021", summary_fr=LONG[2])
    make.FigureFactory(programme=programmes[0], source=source, value="-3.50", negative_reason="=n", wording=LONG[0])
    make.ImportFactory(file_name="=aides.csv")


def exported(model, format_="csv"):
    """The bytes of the table of all records, as the screens send them."""
    table = table_of(RESOURCES[model](), model.objects.order_by("pk"))
    return b"".join(pieces(table, format_, title="Aides", language="fr"))


@pytest.mark.usefixtures("tricky")
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("model", COMING_IN)
def test_what_the_staff_export_comes_back_unchanged(model, format_, bob):  # noqa: F811
    content = exported(model, format_)
    dataset = FORMATS[format_]().create_dataset(content)
    result = RESOURCES[model]().import_data(dataset, dry_run=True, user=bob, file_name="essai")
    assert [str(problem) for problem in result.problems] == []
    assert (result.new, result.changed, result.unchanged) == (0, 0, model.objects.count())
    assert result.unchanged > 1


@pytest.mark.usefixtures("tricky")
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("model", RESOURCES)
def test_the_cells_are_those_of_the_resource_itself(model, language):
    with override(language):
        resource = RESOURCES[model]()
        dataset = resource.export(model.objects.order_by("pk"))
        table = table_of(resource, model.objects.order_by("pk"))
    assert [column.name for column in table.columns] == dataset.headers
    rows = [["" if value is None else str(value) for value in row] for row in table.rows()]
    assert rows == [["" if value is None else in_utc(value) for value in row] for row in dataset]
    assert rows


def in_utc(value):
    if hasattr(value, "utcoffset"):
        return value.astimezone(datetime.UTC).isoformat(" ", "seconds")
    return str(value)


@pytest.mark.usefixtures("tricky")
@pytest.mark.parametrize("format_", POSITIONS)
@pytest.mark.parametrize("model", RESOURCES)
def test_every_noun_streams_in_every_format(model, format_, client, charlie):  # noqa: F811
    client.force_login(charlie)
    name = f"admin:grants_{model._meta.model_name}_export"
    response = client.post(reverse(name), {"format": POSITIONS[format_], "resource": "0"})
    assert response.streaming
    assert response["Content-Disposition"].endswith(f'.{format_}"')
    assert len(b"".join(response)) > 100


def test_json_lines_use_the_machines_names(client, alice):  # noqa: F811
    make.GrantFactory(title_fr="=x\ny", amount="-5.10", negative_reason="z", status="announced")
    (line,) = exported(Grant, "jsonl").decode().splitlines()
    record = json.loads(line, parse_float=str)
    assert list(record)[:3] == ["public_id", "recipient", "recipient_name"]
    assert (record["title_fr"], record["amount"], record["title_en"]) == ("=x\ny", "-5.10", None)


def test_what_is_ticked_goes_out_and_nothing_else(client, alice):  # noqa: F811
    client.force_login(alice)
    one, _other = make.GrantFactory(reference="007"), make.GrantFactory()
    posted = {"format": "0", "resource": "0", "export_items": [one.pk]}
    response = client.post(reverse("admin:grants_grant_export"), posted)
    (row,) = csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig")))
    assert row["référence"] == "007"


def test_all_of_a_filtered_list_goes_out_without_naming_each(client, alice):  # noqa: F811
    client.force_login(alice)
    grants = make.GrantFactory.create_batch(3)
    posted = {"action": "export_admin_action", "select_across": "1", "_selected_action": [grants[0].pk]}
    response = client.post(reverse("admin:grants_grant_changelist") + "?q=x", posted)
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:grants_grant_export") + "?q=x"


def test_a_list_goes_out_as_it_is_filtered(client, alice):  # noqa: F811
    client.force_login(alice)
    make.OrganisationFactory(name_fr="Groupe MISA")
    make.OrganisationFactory(name_fr="Autre")
    address = reverse("admin:grants_organisation_export") + "?q=misa"
    content = b"".join(client.post(address, {"format": "0", "resource": "0"})).decode("utf-8-sig")
    assert [row["nom"] for row in csv.DictReader(io.StringIO(content))] == ["Groupe MISA"]


def test_a_format_that_only_comes_in_is_not_offered(client, alice):  # noqa: F811
    client.force_login(alice)
    page = client.get(reverse("admin:grants_grant_export"))
    titles = [title for _position, title in page.context["form"].fields["format"].choices]
    assert titles == ["CSV", "XLSX", "ODS", "JSON Lines"]


def test_exporting_is_one_query_for_the_rows(django_assert_num_queries):
    for grant in make.GrantFactory.create_batch(5):
        make.GrantProjectFactory(grant=grant)
    for model in (Grant, Organisation, Figure):
        with django_assert_num_queries(1):
            exported(model)
