"""The worker is killed wherever an import can be hurt: the import is wholly in or wholly out, and then goes on."""

import pytest
from django.db import connection

from grants.imports.faults import FAULTS, faultpoint
from grants.imports.jobs import enqueue
from grants.imports.jobs.queueing import AT_WORK
from grants.imports.jobs.steps import take_step
from grants.imports.steps.files import store_file
from grants.models import Import, ImportProgress
from tests.factories import ImportFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = {
    "after_upload": "read",
    "while_reading": "read",
    "while_staging": "read",
    "after_staging": "read",
    "after_matching": "read",
    "apply_started": "apply",
    "after_organisations": "apply",
    "after_grants": "apply",
    "after_search": "apply",
    "before_commit": "apply",
    "after_commit": "apply",
    "undo_started": "undo",
    "undo_before_commit": "undo",
}
STEPS = list(AT_WORK)
ENDS = {"read": "preview", "apply": "applied", "undo": "undone"}
ROWS = 2_100  # more than the engine reads between two looks at its progress
RECIPIENTS = 40
HEAD = "référence;bénéficiaire;montant;date;titre\n"
SHEET = HEAD + "".join(
    f"R-{n};Organisme {n % RECIPIENTS};{n},50 $;2024-03-{n % 28 + 1:02d};Aide {n}\n" for n in range(1, ROWS + 1)
)
SUM = sum(range(1, ROWS + 1)) + ROWS * 50 / 100
REGISTRY = """
    SELECT (SELECT count(*) FROM grants_grant), (SELECT coalesce(sum(amount), 0) FROM grants_grant),
        (SELECT count(*) FROM grants_organisation), (SELECT count(*) FROM grants_searchentry WHERE kind = 'grant')
"""


def queued(step):
    """An import of SHEET that waits for `step`, all before it being done."""
    batch = ImportFactory(state="reading", noun="grant", programme=ProgrammeFactory())
    store_file(batch, [SHEET.encode()])
    for before in STEPS[: STEPS.index(step)]:
        enqueue(before, batch.pk)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
        take_step(before, batch.pk)
        assert state(batch) == ENDS[before], Import.objects.get(pk=batch.pk).report
    assert enqueue(step, batch.pk)
    return batch


def state(batch):
    return Import.objects.values_list("state", flat=True).get(pk=batch.pk)


def registry():
    """What the registry holds: grants, their sum, organisations, entries of the search."""
    with connection.cursor() as cursor:
        cursor.execute(REGISTRY)
        return cursor.fetchone()


def no_job_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        return cursor.fetchone()[0] == 0


def test_every_point_is_tried():
    assert list(POINTS) == list(FAULTS)


def test_a_point_that_is_not_listed_is_a_mistake():
    with pytest.raises(ValueError, match="nowhere"):
        faultpoint("nowhere")


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_it_is_wholly_out_or_wholly_in_and_goes_on(point, real_engine, killed, finish):
    step = POINTS[point]
    batch = queued(step)
    before = registry()
    killed(OTN_FAULT=point, STANDIN_REAL="1")
    if point == "after_commit":
        assert state(batch) == "applied"
    else:
        assert (state(batch), registry()) == (AT_WORK[step], before)
    finish(no_job_waits, STANDIN_REAL="1")
    assert state(batch) == ENDS[step]
    assert registry() == ((ROWS, SUM, RECIPIENTS, ROWS) if step == "apply" else (0, 0, 0, 0))
    assert ImportProgress.objects.get(pk=batch.pk).attempts == (1 if point == "after_commit" else 2)
