"""`manage.py import_grants`: what it prints, what it writes, and the status with which it ends."""

import io
import json
import os
import subprocess
import sys

import pghistory
import pytest
from django.core.management import call_command
from django.db import connection

from grants.models import Grant, Import, Organisation

pytestmark = pytest.mark.django_db

GOOD = "bénéficiaire;montant;référence\nPôle du Nord;1 200,50 $;A-1\nAtelier du Sud;2 M$;A-2\n"
MIXED = GOOD + "Maison de l’Est;deux;A-3\n"


@pytest.fixture
def run(tmp_path):
    """Run the command on a sheet; what it printed and its status."""

    def run(content, *options, name="aides.csv"):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return told(str(path), *options)

    return run


def told(*arguments):
    """(status, standard output, standard error) of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_grants", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def answer(run, content, *options, **more):
    """The JSON object, its status with it."""
    status, out, _err = run(content, "--json", *options, **more)
    return json.loads(out) | {"status": status}


def test_all_rows_in_ends_with_0(run):
    found = answer(run, GOOD)
    assert (found["status"], found["rows_read"], found["new"], found["refused"]) == (0, 2, 2, [])
    assert found["amount_sum"] == "2001200.50"
    assert Grant.objects.get(reference="A-2").recipient.name_fr == "Atelier du Sud"


def test_the_object_says_how_the_file_was_read(run):
    found = answer(run, GOOD)
    assert found["mapping"] == {"bénéficiaire": "recipient", "montant": "amount", "référence": "reference"}
    assert (found["file"], found["sheet"], found["header_row"]) == ("aides.csv", "", 1)
    assert (found["profile"], found["encoding"], found["currency"]) == ("registre", "utf-8", "CAD")
    assert found["seconds"] > 0


def test_a_refused_row_stays_out_and_the_others_come_in(run):
    found = answer(run, MIXED)
    assert (found["status"], found["rows_read"], found["new"]) == (1, 3, 2)
    [refused] = found["refused"]
    assert (refused["row"], refused["column"], refused["value"]) == (4, "montant", "deux")
    assert "n’est pas un montant" in refused["reason"]
    assert set(Grant.objects.values_list("reference", flat=True)) >= {"A-1", "A-2"}
    assert not Grant.objects.filter(reference="A-3").exists()


def test_a_row_with_several_faults_is_listed_once(run):
    [refused] = answer(run, "bénéficiaire;montant;date\nPôle;deux;31 février\n")["refused"]
    assert len(refused["others"]) == 1


def test_all_or_nothing_writes_nothing_when_a_row_is_refused(run):
    found = answer(run, MIXED, "--all-or-nothing")
    assert (found["status"], found["applied"]) == (1, False)
    assert not Grant.objects.filter(reference="A-1").exists()


def test_a_trial_says_the_same_and_writes_nothing(run):
    trial = answer(run, MIXED, "--dry-run")
    assert not Grant.objects.filter(reference="A-1").exists()
    assert not Organisation.objects.filter(name_fr="Pôle du Nord").exists()
    assert not Import.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'staging'")
        assert cursor.fetchone() == (0,)
    real = answer(run, MIXED)
    same = ("status", "mapping", "rows_read", "new", "changed", "unchanged", "refused", "excluded", "amount_sum")
    assert [trial[name] for name in same] == [real[name] for name in same]


def test_the_same_file_again_changes_nothing(run):
    run(GOOD)
    again = answer(run, GOOD)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert again["amount_sum"] == "2001200.50"


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.csv"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.xlsx"), (None, "absent.csv")]
)
def test_a_file_refused_ends_with_2_and_the_same_keys(run, content, name):
    good = answer(run, GOOD, "--dry-run", name="bon.csv")
    found = answer(run, content, name=name)
    assert found["status"] == 2
    assert found["error"]
    assert found.keys() == good.keys() | {"error"}
    assert (found["rows_read"], found["refused"], found["mapping"]) == (0, [], {})


def test_a_refusal_in_words_goes_to_the_standard_error(run):
    status, out, err = run(b"")
    assert (status, out) == (2, "")
    assert "vide" in err
    assert "Traceback" not in err


def test_titles_without_rows_are_told_and_write_nothing(run):
    status, out, err = run("bénéficiaire;montant\n", "--json")
    found = json.loads(out)
    assert (status, found["rows_read"], found["applied"]) == (0, 0, False)
    assert "aucune ligne de données" in err


def test_totals_are_left_out_with_their_reason(run):
    found = answer(run, "bénéficiaire;montant\nPôle du Nord;10\nAtelier du Sud;20\nTotal;30\n")
    assert (found["rows_read"], found["amount_sum"]) == (2, "30.00")
    [line] = found["excluded"]
    assert line["row"] == 4
    assert line["reason"]


def test_words_come_in_french_unless_asked_otherwise(run):
    assert "Lignes lues : 3" in run(MIXED, "--dry-run")[1].replace("\xa0", " ")
    assert "3 rows read" in run(MIXED, "--dry-run", "--language", "en")[1]


def test_every_refused_row_is_told(run):
    rows = "".join(f"Pôle;x{number};R-{number}\n" for number in range(300))
    assert len(answer(run, "bénéficiaire;montant;référence\n" + rows)["refused"]) == 300


def test_rows_take_the_programme_named(run, first_source):
    assert run(GOOD, "--programme", "otn")[0] == 0
    assert Grant.objects.get(reference="A-1").programme.public_id == "otn"


def test_a_programme_that_is_not_there_is_told(run):
    status, _out, err = run(GOOD, "--programme", "rien")
    assert status == 2
    assert "rien" in err


def test_an_ambiguity_is_told_with_what_was_assumed(run):
    sheet = "bénéficiaire;montant;date\nPôle;12 $;03/04/2021\nAtelier;13 $;05/06/2021\n"
    status, out, err = run(sheet, "--json")
    [assumed] = json.loads(out)["assumed"]
    assert (status, assumed["code"], assumed["assumed"]) == (0, "date_order", "dmy")
    assert "deux façons" in err


def test_an_answer_given_beforehand_is_no_assumption(run):
    sheet = "bénéficiaire;montant;date;référence\nPôle;12 $;03/04/2021;A-1\nAtelier;13 $;05/06/2021;A-2\n"
    assert answer(run, sheet, "--date-order", "mdy")["assumed"] == []
    assert Grant.objects.get(reference="A-1").date.iso == "2021-03-04"


def test_the_account_named_is_the_one_of_the_history(run, alice):
    run(GOOD, "--as", "alice")
    batch = Import.objects.get()
    assert batch.imported_by == alice
    assert Grant.objects.get(reference="A-1").events.first().pgh_context.metadata["user"] == alice.pk


def test_an_import_can_be_taken_back(run):
    number = answer(run, GOOD)["import_id"]
    status, out, _err = told("--undo", str(number))
    assert status == 0
    assert "annulée" in out
    assert not Grant.objects.filter(reference="A-1").exists()
    assert Import.objects.get().state == "undone"


def test_what_was_changed_since_is_kept_and_told(run):
    number = answer(run, GOOD)["import_id"]
    with pghistory.context(reason="somebody’s own"):
        Grant.objects.filter(reference="A-1").update(benefit_place="Ici")
    status, out, _err = told("--undo", str(number))
    assert status == 1
    assert Grant.objects.get(reference="A-1").public_id in out


def test_nothing_to_take_back_is_told():
    status, _out, err = told("--undo", "4242")
    assert status == 2
    assert "4242" in err


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path):
    path = tmp_path / "aides.csv"
    path.write_text(GOOD)
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"}
    command = [sys.executable, "manage.py", "import_grants", str(path)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert "Traceback" not in ended.stderr
    assert "ne répond pas" in ended.stderr
