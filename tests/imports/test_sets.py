"""What callers of django-import-export rely on, while rows come in as sets."""

import pytest
import tablib
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from import_export.exceptions import ImportError
from import_export.results import RowResult

from grants.imports.at_once import take_back
from grants.imports.jobs import Quiet
from grants.imports.resources.grants import GrantResource
from grants.imports.resources.organisations import OrganisationResource
from grants.models import Grant, Import, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]


def sheet(*rows, headers=("recipient", "amount", "reference")):
    return tablib.Dataset(*rows, headers=list(headers))


def test_each_row_has_its_result_with_the_sheets_own_number():
    result = GrantResource().import_data(sheet(("AQIP", "12", "A-1"), ("AQIP", "x", "A-2")), dry_run=True)
    assert [(row.number, row.import_type) for row in result] == [
        (2, RowResult.IMPORT_TYPE_NEW),
        (3, RowResult.IMPORT_TYPE_INVALID),
    ]
    assert [(row.number, list(row.error_dict)) for row in result.invalid_rows] == [(2, ["amount"])]
    assert result.totals["new"] == result.totals["invalid"] == 1


def test_a_change_names_its_record_and_the_cells_that_change():
    GrantResource().import_data(sheet(("AQIP", "12", "A-1")))
    grant = Grant.objects.get(reference="A-1")
    [row] = GrantResource().import_data(sheet(("AQIP", "13", "A-1")), dry_run=True)
    assert (row.import_type, row.object_id, row.object_repr) == ("update", grant.pk, str(grant))
    assert [(cell.before, cell.after) for cell in row.diff] == [("12", "13")]


def test_a_trial_leaves_nothing_behind():
    before = Grant.objects.count()
    GrantResource().import_data(sheet(("AQIP", "12", "A-1")), dry_run=True)
    assert (Grant.objects.count(), Import.objects.count()) == (before, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'staging'")
        assert cursor.fetchone() == (0,)


def test_the_good_rows_can_come_in_alone():
    rows = sheet(("AQIP", "12", "A-1"), ("AQIP", "x", "A-2"))
    result = GrantResource().import_data(rows, only_good_rows=True)
    assert not result.has_errors()
    assert (result.batch.state, result.batch.rows_new, result.batch.rows_refused) == ("applied", 1, 1)
    assert set(Grant.objects.filter(reference__startswith="A-").values_list("reference", flat=True)) == {"A-1"}


def test_failed_rows_are_collected_when_asked():
    result = GrantResource().import_data(sheet(("AQIP", "x", "A-2")), dry_run=True, collect_failed_rows=True)
    assert result.failed_dataset.headers == ["recipient", "amount", "reference", "Error"]
    assert result.failed_dataset[0][:3] == ("AQIP", "x", "A-2")


def test_errors_are_raised_when_asked():
    with pytest.raises(ImportError) as caught:
        GrantResource().import_data(sheet(("AQIP", "x", "A-2")), raise_errors=True)
    assert caught.value.number == 2


def test_numbers_of_other_readers_are_taken_as_they_are():
    GrantResource().import_data(sheet(("AQIP", 12.5, "A-1")))
    assert str(Grant.objects.get(reference="A-1").amount) == "12.50"


def test_what_came_in_can_be_taken_back():
    result = GrantResource().import_data(sheet(("AQIP", "12", "A-1")))
    take_back(result.batch.pk, None, Quiet())
    assert not Grant.objects.filter(reference="A-1").exists()


def test_a_hook_that_nobody_would_call_is_told_at_once():
    with pytest.raises(ImproperlyConfigured, match="before_import_row"):
        type("Mine", (GrantResource,), {"before_import_row": lambda self, row, **kwargs: None})


def test_rows_speak_of_no_record_outside_the_queryset():
    class Mine(OrganisationResource):
        def get_queryset(self):
            return Organisation.objects.filter(city="Rouyn-Noranda")

    other = Organisation.objects.exclude(city="Rouyn-Noranda").first()
    result = Mine().import_data(sheet((other.public_id, "Ici"), headers=("public_id", "city")), dry_run=True)
    assert result.totals["invalid"] == 1


def test_a_resource_may_refuse_rows_in_sets():
    class Mine(GrantResource):
        def more_problems(self, plan):
            yield "too_much", f"SELECT number, 'amount', amount::text FROM {plan.tables.rows} WHERE amount > 100"

    rows = sheet(("AQIP", "12", "A-1"), ("AQIP", "120", "A-2"))
    result = Mine().import_data(rows, dry_run=True)
    assert [problem.row for problem in result.problems] == [3]


def test_the_hooks_of_the_whole_are_called():
    called = []

    class Mine(GrantResource):
        def before_import(self, dataset, **kwargs):
            called.append(("before", len(dataset), kwargs["dry_run"]))

        def before_applying(self, plan):
            called.append("applying")

        def after_import(self, dataset, result, **kwargs):
            called.append(("after", result.new, Grant.objects.filter(reference="A-1").count()))

    Mine().import_data(sheet(("AQIP", "12", "A-1")))
    assert called == [("before", 1, False), "applying", ("after", 1, 1)]
