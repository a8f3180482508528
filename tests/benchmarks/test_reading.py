"""What measures reading still works: the registry that it fills, plain SQL as the truth, the questions, the others."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

from benchmarks import asking, beside, datasette, loading, looking, measuring, plain, questions, reading
from benchmarks.files import sheet
from benchmarks.naive.views import grants as naive_page
from grants.models import Citation, Grant, GrantProject, Organisation, SearchEntry

ROWS = 600


@pytest.fixture(scope="session")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sheet(tmp_path_factory.mktemp("sheets"), ROWS)


@pytest.fixture
def registry(db: None, rows: Path) -> None:
    call_command("loaddata", "regions", verbosity=0)
    loading.fill(rows, measuring.Stopwatch())


@pytest.fixture
def facts(registry: None) -> dict[str, Any]:
    with connection.cursor() as cursor:
        found = plain.facets(cursor, {})
        facets = {name: questions.most_frequent(found[name]) for name in plain.NINE}
        words = {name: [("numérique", 1), ("réseau", 1)] for name in questions.WORDS}
        return {"size": ROWS, "pages": 12, "facets": facets, "words": words, "records": questions.records(cursor)}


def test_every_row_becomes_a_published_grant_and_some_more_are_drafts(registry: None) -> None:
    assert Grant.objects.published().count() == ROWS
    assert Grant.objects.drafts().count() == ROWS // 100


def test_every_grant_has_its_words_and_its_history(registry: None) -> None:
    grants = Grant.objects.count()
    assert SearchEntry.objects.filter(kind="grant").count() == grants
    assert Grant._meta.get_field("events").related_model.objects.count() == grants


def test_the_index_of_words_is_there_again(registry: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'search_entry_words'")
        assert cursor.fetchone() == (1,)


def test_a_little_of_everything_is_unknown(registry: None) -> None:
    with connection.cursor() as cursor:
        found = plain.facets(cursor, {})
    assert all(found[name]["null"][0] > 0 for name in plain.NINE)
    assert all(len(found[name]) > 5 for name in plain.NINE)


def test_some_grants_have_projects_sources_and_natural_persons(registry: None) -> None:
    assert GrantProject.objects.count() > ROWS // 40
    assert Citation.objects.filter(grant__isnull=False).exists()
    assert Organisation.objects.filter(is_natural_person=True).exists()


def test_ours_and_plain_sql_answer_alike(facts: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        assert beside.compare(facts, cursor, None) == []


def test_many_questions_are_counted_at_once(facts: dict[str, Any]) -> None:
    asked = [{}, {"year": ["2015"]}, {"year": ["2015"], "kind_not": ["company", "null"]}, {"q": ["réseau"]}]
    with connection.cursor() as cursor:
        counted = plain.counts(cursor, asked)
        assert counted == [plain.facets(cursor, question)[""][""][0] for question in asked]
    assert counted[0] == ROWS
    assert 0 < counted[2] < counted[1]


def test_another_answer_is_told() -> None:
    truth = {"year": {"2015": (2, 10), "null": (1, None)}}
    assert plain.differences(truth, {"year": {"2015": (2, 10), "null": (1, None), "2016": (0, None)}}) == []
    assert plain.differences(truth, {"year": {"2015": (2, 10)}}) == ["year=null is None, and should be (1, None)"]
    assert plain.differences(truth, {"year": {"2015": 3, "null": 1}}, sums=False) == ["year=2015 is 3, and should be 2"]


def test_the_same_seed_asks_the_same_two_hundred_pages(facts: dict[str, Any]) -> None:
    drawn = questions.Draw(facts, seed=1).mixed()
    assert [asked.path for asked in drawn] == [asked.path for asked in questions.Draw(facts, seed=1).mixed()]
    assert len(drawn) == sum(questions.MIX.values()) == 200
    assert {asked.language for asked in drawn} == {"fr", "en"}
    assert {asked.sort for asked in drawn} == set(questions.MIX)


def test_selections_to_press_with_are_never_the_same(facts: dict[str, Any]) -> None:
    endless = questions.Draw(facts, seed=3).endless()
    paths = [next(endless) for _turn in range(300)]
    assert len(set(paths)) == 300


def test_the_statements_of_a_page_are_counted(facts: dict[str, Any], client: Any) -> None:
    asked = questions.Draw(facts, seed=1).one("grant")
    statements = looking.look(client, asked)
    assert statements.count > 1
    assert "Execution Time" in looking.explained(statements)


def test_sqlite_holds_the_same_grants(facts: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "grants.db"
    with connection.cursor() as cursor:
        datasette.make(file, cursor)
        truth = plain.facets(cursor, {})
    database = sqlite3.connect(file)
    for name in plain.NINE:
        counted = dict(database.execute(f"SELECT {name}, count(*) FROM grants GROUP BY 1"))
        assert counted == {None if value == "null" else value: one[0] for value, one in truth[name].items()}
    found = database.execute("SELECT count(*) FROM grants_fts WHERE grants_fts MATCH 'reseau'").fetchone()[0]
    assert found > 0
    database.close()


def test_datasette_is_asked_the_same_question(tmp_path: Path) -> None:
    path = datasette.address(tmp_path / "x.db", {"region": ["06", "07"], "kind": ["null"], "q": ["école"]}, ["year"])
    assert path == "/x/grants?region__in=06%2C07&kind__isnull=1&_search=%C3%A9cole&_facet=year"


def test_the_naive_list_answers(facts: dict[str, Any]) -> None:
    page = naive_page(RequestFactory().get("/", {"year": "2015", "q": "le"}))
    assert b"grants" in page.content


def test_the_first_row_of_a_page_is_recognised() -> None:
    assert asking.ROW.search(b'<a href="/aides/1d95we/">')
    assert asking.ROW.search(b'<a href="/en/grants/1d95we/">')
    assert not asking.ROW.search(b'<a href="/aides/?region=06">')


def test_a_wrong_answer_holds_no_floor() -> None:
    row = measuring.Row("fast but wrong", 1, "ms", None, 1, 50, True, wrong=reading.wrong(["a", "b", "c", "d"]))
    assert row.verdict == "FAIL"
    assert row.wrong == "WRONG: a; b; c (and 1 more)"
