"""Several at once: imports beside one another, beside editors, after a crash. Nothing is lost or comes in twice."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection, connections, transaction

from grants.imports.jobs import Quiet
from grants.imports.steps.running import run_applying, run_reading
from grants.imports.steps.tables import Tables
from grants.models import Grant, Import, Organisation
from tests.factories import GrantFactory, OrganisationFactory

from .road import apply, choose, counts, names, problems, read, registry, sheet, undo

pytestmark = pytest.mark.django_db(transaction=True)


def together(*tasks: Callable[[], object]) -> list[BaseException]:
    """Do these at the same time, each on a connection of its own; what was raised."""
    errors: list[BaseException] = []
    gate = threading.Barrier(len(tasks))

    def do(task: Callable[[], object]) -> None:
        try:
            gate.wait()
            task()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _try in range(2_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.005)")
    raise AssertionError("nobody waits")


def ready(batch: Import) -> Import:
    Import.objects.filter(pk=batch.pk).update(state="applying")
    return batch


def applying(batch: Import) -> Callable[[], None]:
    return lambda: run_applying(batch.pk, Quiet())


def test_an_import_waits_for_an_editor_and_leaves_what_was_saved():
    one, other = GrantFactory(), GrantFactory()
    batch = ready(read(sheet(f"{one.public_id};5", f"{other.public_id};6", head="public_id;amount")))
    with transaction.atomic():
        Grant.objects.filter(pk=other.pk).update(title_fr="Par quelqu'un", amount=77)
        worker = threading.Thread(target=lambda: together(applying(batch)))
        worker.start()
        wait_until_somebody_waits()
    worker.join()
    assert dict(Grant.objects.values_list("pk", "amount")) == {one.pk: 5, other.pk: 77}
    assert problems(batch) == [(3, "", "changed_meanwhile")]


def test_an_editor_waits_for_an_import_and_sees_what_it_wrote():
    grants = GrantFactory.create_batch(3)
    batch = ready(read(sheet(*(f"{grant.public_id};5" for grant in grants), head="public_id;amount")))
    seen = []

    def edit() -> None:
        with transaction.atomic():
            locked = Grant.objects.select_for_update().get(pk=grants[-1].pk)
            seen.append(locked.amount)

    class Slow(Quiet):
        def phase(self, code: str, total: int | None = None) -> None:
            if code == "committing":  # the records are held from a moment before
                editor.start()
                wait_until_somebody_waits()

    editor = threading.Thread(target=lambda: together(edit))
    run_applying(batch.pk, Slow())
    editor.join()
    assert seen == [5]


def test_imports_in_opposite_orders_never_meet_in_a_deadlock():
    grants = GrantFactory.create_batch(6)
    for turn in range(10):
        lines = [f"{grant.public_id};{{}}{turn}" for grant in grants]
        one = ready(read(sheet(*(line.format(1) for line in lines), head="public_id;amount")))
        other = ready(read(sheet(*(line.format(2) for line in reversed(lines)), head="public_id;amount")))
        assert together(*map(applying, (one, other))) == []
        amounts = {int(amount) for amount in Grant.objects.values_list("amount", flat=True)}
        one.refresh_from_db()
        other.refresh_from_db()
        assert amounts in ({10 + turn}, {20 + turn})
        assert {counts(one), counts(other)} == {(0, 6, 0, 0), (0, 0, 0, 6)}


def test_one_import_applied_twice_at_once_is_applied_once():
    batch = ready(read(sheet("A-1;MISA;5;2022;un")))
    assert together(applying(batch), applying(batch)) == []
    assert (Grant.objects.count(), Grant.objects.get().events.count()) == (1, 1)


def test_two_imports_of_one_list_at_once_make_it_once():
    text = sheet("A-1;MISA;5;2022;un", "A-2;Autre;6;2022;deux")
    batches = [ready(read(text)), ready(read(text))]
    assert together(*map(applying, batches)) == []
    assert (Grant.objects.count(), Organisation.objects.count()) == (2, 2)


def test_rows_lost_in_a_crash_are_read_again_with_what_was_decided():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    batch = choose(read(sheet("A-1;Autre chose;5;2022;un", "A-2;B;x;2022;")), "autre chose", organisation.pk)
    before = counts(batch)
    with connection.cursor() as cursor:
        tables = Tables(batch.pk)
        cursor.execute(
            f"TRUNCATE {tables.rows}, {tables.names}, {tables.problems}, {tables.verdicts}, {tables.excluded}"
        )
    apply(batch)
    assert (counts(batch), Grant.objects.get().recipient) == (before, organisation)
    assert names(batch)["Autre chose"] == "chosen"


def test_what_is_decided_while_the_names_are_matched_again_is_kept():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    batch = read(sheet("A-1;Autre chose;5;2022;un"))

    class Deciding(Quiet):
        def phase(self, code: str, total: int | None = None) -> None:
            if code == "checking":
                stored = Import.objects.get(pk=batch.pk)
                stored.wishes = {"names": {"organisation": {"autre chose": str(organisation.pk)}}}
                stored.save(update_fields=["wishes"])

    run_reading(batch.pk, Deciding())
    assert Import.objects.get(pk=batch.pk).wishes["names"]


def test_a_failure_in_the_middle_leaves_everything_as_it_was():
    grant = GrantFactory(reference="A-1", recipient__name_fr="MISA")
    batch = ready(read(sheet("A-1;MISA;5;2022;un", "A-2;Neuf;5;2022;un")))
    before = registry()

    class Broken(Quiet):
        def phase(self, code: str, total: int | None = None) -> None:
            if code == "committing":
                raise psycopg.OperationalError("the cable is out")

    with pytest.raises(psycopg.OperationalError):
        run_applying(batch.pk, Broken())
    assert registry() == before
    run_applying(batch.pk, Quiet())
    assert Grant.objects.get(pk=grant.pk).amount == 5


def test_undone_in_a_transaction_of_its_own_everything_is_as_before():
    GrantFactory(reference="A-1", recipient__name_fr="MISA")
    before = registry()
    batch = apply(read(sheet("A-1;MISA;5;2022;un", "A-2;Neuf;5;2022;un")))
    undo(batch)
    assert registry() == before
