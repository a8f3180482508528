"""The registry's version changes exactly when something published does, whatever the road."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from grants.actions.merging import merge_organisations
from grants.models import Grant, Organisation, registry_version
from grants.models.registry_version import Changes, ask, changes_since, current
from tests import factories as make

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def version() -> int:
    """The version that a commit would make now."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")
    return ask().number


def moves(statement: str, *values: object) -> bool:
    """Whether this SQL changes the version."""
    before = version()
    sql(statement, *values)
    return version() != before


NOUNS = {
    "programme": (make.ProgrammeFactory, "name_fr"),
    "announcement": (make.AnnouncementFactory, "title_fr"),
    "organisation": (make.OrganisationFactory, "name_fr"),
    "project": (make.ProjectFactory, "title_fr"),
    "grant": (make.GrantFactory, "title_fr"),
    "source": (make.SourceFactory, "title"),
    "figure": (make.FigureFactory, "wording"),
}
WITHDRAWN = "publication = 'withdrawn', withdrawn_at = now()"
PUBLISHED = "publication = 'published', ready_at = now(), published_at = now()"


@pytest.mark.parametrize("noun", NOUNS)
def test_a_published_record_changes_it_when_it_comes_changes_and_goes(noun):
    factory, column = NOUNS[noun]
    before = version()
    record = factory(published=True)
    assert version() > before
    assert moves(f"UPDATE grants_{noun} SET {column} = 'autrement' WHERE id = %s", record.pk)
    assert moves(f"UPDATE grants_{noun} SET {WITHDRAWN} WHERE id = %s", record.pk)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_does_not_until_it_is_published(noun):
    factory, column = NOUNS[noun]
    leaning = {"source": make.SourceFactory(published=True)} if noun == "figure" else {}
    if noun in ("announcement", "figure"):
        leaning["programme"] = make.ProgrammeFactory(published=True)
    if noun == "grant":
        leaning["recipient"] = make.OrganisationFactory(published=True)
    before = version()
    record = factory(**leaning)
    other = factory(**leaning)
    assert version() == before
    assert not moves(f"UPDATE grants_{noun} SET {column} = 'autrement'" + f" WHERE id = {record.pk}")
    assert not moves(f"DELETE FROM grants_{noun} WHERE id = %s", other.pk)
    assert moves(f"UPDATE grants_{noun} SET {PUBLISHED} WHERE id = %s", record.pk)


@pytest.mark.parametrize("noun", NOUNS)
def test_an_update_that_changes_nothing_does_not(noun):
    factory, column = NOUNS[noun]
    factory(published=True)
    assert not moves(f"UPDATE grants_{noun} SET {column} = {column}")


def line(noun, published):
    """A line of that noun and the SQL that changes it."""
    if noun == "organisationname":
        owner = make.OrganisationFactory(published=published)
        return lambda: make.OrganisationNameFactory(organisation=owner, name="CC"), "name = 'DD'"
    if noun == "grantproject":
        grant, project = make.GrantFactory(published=published), make.ProjectFactory(published=True)
        other = make.ProjectFactory(published=True)
        return lambda: make.GrantProjectFactory(grant=grant, project=project), f"project_id = {other.pk}"
    if noun == "citation":
        grant, source = make.GrantFactory(published=published), make.SourceFactory(published=True)
        return lambda: make.CitationFactory(grant=grant, source=source, quote="ainsi"), "quote = 'autrement'"
    return lambda: make.RegionFactory(code="06"), "name_en = 'Montreal'"


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("noun", ["organisationname", "grantproject", "citation"])
def test_a_line_changes_it_where_what_it_hangs_on_is_published(noun, published):
    create, change = line(noun, published)
    before = version()
    made = create()
    assert (version() != before) is published
    assert moves(f"UPDATE grants_{noun} SET {change} WHERE id = %s", made.pk) is published
    assert moves(f"DELETE FROM grants_{noun} WHERE id = %s", made.pk) is published


def test_a_region_always_changes_it():
    create, change = line("region", True)
    before = version()
    create()
    assert version() > before
    assert moves(f"UPDATE grants_region SET {change} WHERE code = '06'")
    assert moves("DELETE FROM grants_region WHERE code = '06'")


@pytest.mark.parametrize("hidden", ["source", "project"])
def test_a_line_to_what_is_not_published_does_not(hidden):
    grant = make.GrantFactory(published=True)
    project, source = make.ProjectFactory(), make.SourceFactory()
    before = version()
    if hidden == "source":
        make.CitationFactory(grant=grant, source=source)
    else:
        make.GrantProjectFactory(grant=grant, project=project)
    assert version() == before


def test_of_a_natural_person_nothing_changes_it_but_its_grants():
    person = make.OrganisationFactory(published=True, is_natural_person=True)
    grant = make.GrantFactory(published=True, recipient=person)
    source = make.SourceFactory(published=True)
    before = version()
    sql("UPDATE grants_organisation SET name_fr = 'Autrement', city = 'Laval' WHERE id = %s", person.pk)
    make.OrganisationNameFactory(organisation=person)
    make.ProjectFactory(published=True, organisation=person)
    make.FigureFactory(published=True, programme=None, grant=grant, source=source)
    make.CitationFactory(grant=grant, source=source)
    make.OrganisationFactory(published=True, is_natural_person=True)
    assert version() == before
    assert moves("UPDATE grants_grant SET amount = 5 WHERE id = %s", grant.pk)
    assert moves("UPDATE grants_organisation SET kind = 'other' WHERE id = %s", person.pk)


def test_who_becomes_a_natural_person_changes_it():
    body = make.OrganisationFactory(published=True)
    assert moves("UPDATE grants_organisation SET is_natural_person = true WHERE id = %s", body.pk)
    assert moves("UPDATE grants_organisation SET is_natural_person = false WHERE id = %s", body.pk)


def test_a_merge_changes_it(bob):
    kept, merged = make.OrganisationFactory(published=True), make.OrganisationFactory(published=True)
    grant = make.GrantFactory(published=True, recipient=merged)
    before = version()
    merge_organisations(kept=kept, merged=merged, by=bob)
    version()
    assert changes_since(before) == Changes({grant.pk}, {kept.pk, merged.pk})


def test_a_row_merged_in_by_sql_changes_it():
    grant = make.GrantFactory(published=True)
    assert moves(
        "MERGE INTO grants_grant g USING (VALUES (%s)) AS s (id) ON g.id = s.id"
        " WHEN MATCHED THEN UPDATE SET amount = 12",
        grant.pk,
    )


def test_a_copy_changes_it():
    before = version()
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY grants_region (code, name_fr, name_en, economic_region, version) FROM STDIN") as copy,
    ):
        copy.write("07\tOutaouais\t\t\t1\n")
    assert version() > before


def test_what_changed_since_is_told():
    recipient = make.OrganisationFactory(published=True)
    one, other = (make.GrantFactory(published=True, recipient=recipient) for _ in range(2))
    project = make.ProjectFactory(published=True)
    before = version()
    assert changes_since(before) == Changes()
    make.GrantProjectFactory(grant=one, project=project)
    between = version()
    make.OrganisationNameFactory(organisation=recipient)
    sql("UPDATE grants_grant SET amount = 7 WHERE id = %s", other.pk)
    version()
    assert changes_since(before) == Changes({one.pk, other.pk}, {recipient.pk})
    assert changes_since(between) == Changes({other.pk}, {recipient.pk})


def test_a_project_or_source_that_goes_touches_its_grants():
    grant, project, source = (f(published=True) for f in (make.GrantFactory, make.ProjectFactory, make.SourceFactory))
    make.GrantProjectFactory(grant=grant, project=project)
    make.CitationFactory(grant=grant, source=source)
    for table in ("project", "source"):
        before = version()
        sql(f"UPDATE grants_{table} SET {WITHDRAWN}")
        version()
        assert changes_since(before) == Changes({grant.pk})


@pytest.mark.parametrize("number", [0, 1, 4_000_000_000_000_000])
def test_of_a_version_of_another_time_nothing_is_told(number):
    make.GrantFactory(published=True)
    version()
    assert changes_since(number) is None


def test_too_many_changes_are_not_named():
    make.GrantFactory.create_batch(2, published=True)
    before = version()
    sql("INSERT INTO grants_registrychange (kind, touched) VALUES ('grant', NULL)")
    version()
    assert changes_since(before) is None


def test_the_log_keeps_the_newest_and_knows_since_when():
    first = version()
    for _ in range(1003):
        sql("SELECT grants_log_change('programme', ARRAY[1::bigint])")
        last = version()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM grants_registrychange")
        assert cursor.fetchone() == (1000,)
    assert changes_since(first) is None
    assert changes_since(last) == Changes()


def test_it_is_pending_until_the_commit_and_takes_one_query(django_assert_num_queries):
    version()
    with django_assert_num_queries(1):
        assert not current().pending
    make.OrganisationFactory(published=True)
    with django_assert_num_queries(1):
        assert current().pending


def test_inside_a_request_it_is_asked_for_once(django_assert_num_queries):
    told = registry_version.Version(5, False)
    with registry_version.during(told), django_assert_num_queries(0):
        assert current() is told


def test_an_emptied_table_goes_on_from_the_clock_and_is_not_trusted_before():
    before = version()
    sql("DELETE FROM grants_registryversion")
    assert ask() == registry_version.Version(0, True)
    make.RegionFactory()
    assert version() > before


def test_work_without_triggers_can_be_told():
    before = version()
    sql("SELECT grants_published_anew()")
    assert version() > before
    assert changes_since(before) is None


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_it():
    make.OrganisationFactory(published=True)
    before = ask()
    assert not before.pending
    with transaction.atomic():
        make.OrganisationFactory(published=True)
        assert ask().pending
        transaction.set_rollback(True)
    assert ask() == before


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_and_versions_follow_the_order_of_commits():
    one, other = make.OrganisationFactory.create_batch(2, published=True)
    before = ask().number
    done = threading.Event()

    def second() -> None:
        Organisation.objects.filter(pk=other.pk).update(city="Laval")
        connection.close()
        done.set()

    with transaction.atomic():
        Organisation.objects.filter(pk=one.pk).update(city="Gatineau")
        thread = threading.Thread(target=second)
        thread.start()
        assert done.wait(10)  # it committed while we had changed a published record and not
        middle = ask().number
        assert before < middle
        assert changes_since(before) == Changes(set(), {other.pk})
    thread.join()
    assert ask().number > middle
    assert changes_since(middle) == Changes(set(), {one.pk})


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_change_it():
    make.GrantFactory(published=True)
    before = ask().number
    call_command("flush", verbosity=0, interactive=False)
    assert not Grant.objects.exists()
    assert ask().number > before
    assert not ask().pending
