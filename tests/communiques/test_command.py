"""`manage.py read_communique`: what it prints, on which stream, and the status with which it ends."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command

from grants.models import Announcement, Grant, Organisation, Programme, Source
from otnregistry.local import BASE_DIR
from tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

TEXT = (
    "Québec, le 24 janvier 2022 – Le gouvernement octroie 5 M$ à deux organisations.\r\n\r\n"
    "Le Réseau des ateliers connectés (RAC) obtient 3 M$ et la Coopérative du Nord, 2 M$.\r\n"
)


def run(*arguments: str) -> tuple[int, str, str]:
    """(status, standard output, standard error) of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("read_communique", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def written(folder: Path, content: str | bytes = TEXT, name: str = "communiqué.txt") -> str:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(file)


def answer(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--json")[1])


def test_the_object_has_the_pairs(tmp_path: Path) -> None:
    found = answer(written(tmp_path))
    pairs = [(grant["recipient"], grant["amount"], grant["acronym"]) for grant in found["grants"]]
    assert pairs == [("Réseau des ateliers connectés", "3000000", "RAC"), ("Coopérative du Nord", "2000000", None)]
    assert (found["date"], found["place"], found["language"]) == ("2022-01-24", "Québec", "fr")


def test_spans_count_the_characters_of_the_file_as_it_is(tmp_path: Path) -> None:
    found = answer(written(tmp_path, b"\xef\xbb\xbf" + TEXT.encode()))
    assert [TEXT[slice(*grant["amount_span"])] for grant in found["grants"]] == ["3 M$", "2 M$"]


def test_of_a_web_page_the_text_is_in_the_object(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html lang='fr'><body><script>let a = '9 M$'</script><p>{TEXT}</p></body></html>"
    found = answer(written(tmp_path, page, "page.html"))
    assert [found["text"][slice(*grant["amount_span"])] for grant in found["grants"]] == ["3 M$", "2 M$"]


def test_a_dash_is_the_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    assert len(answer("-")["grants"]) == 2


def test_people_read_it_in_the_registrys_language(tmp_path: Path) -> None:
    status, out, err = run(written(tmp_path))
    assert (status, err) == (0, "")
    assert "3\xa0000\xa0000\xa0$  Réseau des ateliers connectés (RAC)" in out
    assert "Concordance" in out


def test_people_read_it_in_english_where_they_ask_for_it(tmp_path: Path) -> None:
    out = run(written(tmp_path), "--language", "en")[1]
    assert "$3,000,000  Réseau des ateliers connectés (RAC)" in out
    assert "Date: January 24, 2022" in out


def test_a_text_without_grants_says_so(tmp_path: Path) -> None:
    status, out, _err = run(
        written(tmp_path, "Il a neigé toute la nuit sur le fleuve, et le traversier est resté à quai.")
    )
    assert status == 0
    assert "Aucune aide" in out


def test_the_codes_of_a_terminal_do_not_reach_it(tmp_path: Path) -> None:
    assert "\x1b" not in run(written(tmp_path, TEXT.replace("Nord", "Nord \x1b[31m")))[1]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.txt", b"", "vide"),
        ("liste.zip", b"PK\x03\x04" + b"\0" * 60, "Fichier « liste.zip »"),
        ("octets", bytes(range(256)) * 40, "Fichier « octets »"),
        ("gros.txt", b"a" * (21 << 20), "Mo"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    status, out, err = run(written(tmp_path, content, name))
    assert (status, out) == (2, "")
    assert words in err.replace("\xa0", " ")
    assert len(err.strip().splitlines()) == 1


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    status, out, err = run(str(tmp_path / "absent.txt"))
    assert (status, out, len(err.strip().splitlines())) == (2, "", 1)


def test_a_refusal_is_one_object_too(tmp_path: Path) -> None:
    assert "vide" in answer(written(tmp_path, b""))["error"]


def test_a_very_long_text_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    status, out, err = run(written(tmp_path, TEXT + "Rien de plus à dire de cette affaire. " * 140_000), "--json")
    assert status == 0
    assert json.loads(out)["cut"]
    assert err


def test_nothing_is_written(tmp_path: Path) -> None:
    run(written(tmp_path))
    assert not any(model.objects.exists() for model in (Announcement, Grant, Organisation, Programme, Source))


def test_programmes_of_the_registry_are_recognised(tmp_path: Path) -> None:
    ProgrammeFactory(name_fr="Fonds des bonnes idées", acronym="FBI")
    found = answer(written(tmp_path, TEXT.replace("octroie", "octroie, dans le cadre du Fonds des bonnes idées,")))
    assert found["programme"] == "FBI"


def without_database(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, where no database answers."""
    nowhere = {
        "DATABASE_URL": "postgres://127.0.0.1:1/none",
        "DJANGO_SETTINGS_MODULE": "otnregistry.settings",
        "SECRET_KEY": "only-to-read-the-settings-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "localhost",
    }
    command = [sys.executable, "manage.py", "read_communique", *arguments]
    environment = {**os.environ, **nowhere, **more}
    return subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)


def test_without_its_database_it_reads_all_the_same(tmp_path: Path) -> None:
    done = without_database(written(tmp_path), "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["grants"]) == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_output_that_lacks_letters_loses_none(tmp_path: Path) -> None:
    done = without_database(written(tmp_path), "--json", PYTHONIOENCODING="ascii")
    assert (done.returncode, json.loads(done.stdout)["place"]) == (0, "Québec")
