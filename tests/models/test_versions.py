"""The version of a record counts its changes, whoever writes; nobody can set it, or the times, by hand."""

import pytest
from django.apps import apps
from django.db import connection

from grants.models import Grant
from grants.models.records import Record
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(record: Record) -> Record:
    return type(record).objects.get(pk=record.pk)


def test_a_new_record_is_version_one() -> None:
    assert fresh(factories.GrantFactory()).version == 1


def test_a_saved_change_counts() -> None:
    grant = fresh(factories.GrantFactory())
    grant.amount = 5
    grant.save()
    assert fresh(grant).version == 2


def test_a_change_by_plain_sql_counts() -> None:
    grant = factories.GrantFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET amount = 5")
        cursor.execute("UPDATE grants_grant SET amount = 6")
    assert fresh(grant).version == 3


def test_a_version_that_somebody_writes_is_not_taken() -> None:
    grant = factories.GrantFactory()
    Grant.objects.update(version=99)
    assert fresh(grant).version == 1
    Grant.objects.update(version=99, amount=5)
    assert fresh(grant).version == 2


def test_nobody_can_date_a_record_back() -> None:
    grant = fresh(factories.GrantFactory())
    Grant.objects.update(created_at="2001-01-01T00:00Z", modified_at="2001-01-01T00:00Z")
    assert (fresh(grant).created_at, fresh(grant).modified_at) == (grant.created_at, grant.modified_at)


@pytest.mark.parametrize("model", [m for m in apps.get_app_config("grants").get_models() if issubclass(m, Record)])
def test_every_noun_has_the_trigger_that_counts(model: type[Record]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'pgtrigger_count_changes%%'",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (1,)
