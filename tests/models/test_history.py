"""Every change leaves who, when, before and after, by whatever road it came; and no event can be altered."""

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Model

from grants.models import Grant, Organisation
from grants.models.records import Record
from tests import factories

pytestmark = pytest.mark.django_db
NOUNS = [model for model in apps.get_app_config("grants").get_models() if issubclass(model, Record)]
# One column to change in each noun, and its new value.
CHANGES = {
    "Announcement": ("place", "Alma"),
    "Citation": ("quote", "2 307 663 $"),
    "Communique": ("title", "Huit nouveaux projets"),
    "Figure": ("wording", "29 millions de dollars"),
    "Grant": ("amount", "2307663.00"),
    "GrantProject": ("project", None),
    "Import": ("file_name", "autres.csv"),
    "ImportProfile": ("name", "Subventions de la ville"),
    "Organisation": ("name_fr", "Groupe MISA"),
    "OrganisationName": ("name", "MISA"),
    "Passage": ("end", 15),
    "Programme": ("acronym", "OTN"),
    "Project": ("title_fr", "Mon succès numérique"),
    "Region": ("name_en", "All of Québec"),
    "Source": ("title", "Plus de 29 M$"),
}


def events(model: type[Model], pk: int):
    """The history of a record, also when it is gone."""
    return model.events.rel.related_model.objects.filter(pgh_obj_id=pk).order_by("pgh_id")


def labels(record: Model) -> list[str]:
    return list(events(type(record), record.pk).values_list("pgh_label", flat=True))


@pytest.mark.parametrize("model", NOUNS)
def test_the_insert_update_and_delete_of_every_noun_are_remembered(model: type[Record]) -> None:
    record = getattr(factories, f"{model.__name__}Factory")()
    pk = record.pk
    field, value = CHANGES[model.__name__]
    setattr(record, field, value or factories.ProjectFactory())
    record.save()
    record.delete()
    assert list(events(model, pk).values_list("pgh_label", flat=True)) == ["insert", "update", "delete"]


def test_an_event_holds_the_record_as_it_was_left() -> None:
    organisation = factories.OrganisationFactory(name_fr="Avant")
    Organisation.objects.filter(pk=organisation.pk).update(name_fr="Après")
    before, after = events(Organisation, organisation.pk)
    assert (before.name_fr, after.name_fr) == ("Avant", "Après")
    assert after.version == 2


def test_the_event_of_a_deletion_holds_the_record_as_it_last_was() -> None:
    organisation = factories.OrganisationFactory(name_fr="Disparue")
    pk = organisation.pk
    organisation.delete()
    assert events(Organisation, pk).last().name_fr == "Disparue"


def test_plain_sql_is_remembered_row_by_row_with_the_database_account() -> None:
    grants = [factories.GrantFactory(), factories.GrantFactory()]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET amount = amount + 1")
        cursor.execute("SELECT session_user")
        (account,) = cursor.fetchone()
    for grant in grants:
        last = events(Grant, grant.pk).last()
        assert (last.pgh_label, last.amount, last.pgh_db_user) == ("update", 1001, account)


def test_records_made_changed_and_removed_in_bulk_are_remembered() -> None:
    made = Organisation.objects.bulk_create([Organisation(name_fr=name) for name in "abc"])
    for organisation in made:
        organisation.name_fr *= 2
    Organisation.objects.bulk_update(made, ["name_fr"])
    Organisation.objects.all().delete()
    for organisation in made:
        assert labels(Organisation(pk=organisation.pk)) == ["insert", "update", "delete"]


def test_rows_copied_in_are_remembered() -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY grants_region (version, code, name_fr, name_en, economic_region) FROM STDIN") as copy,
    ):
        copy.write_row([1, "08", "Abitibi-Témiscamingue", "", ""])
    assert factories.RegionFactory._meta.model.objects.get().events.get().pgh_label == "insert"


def test_an_event_says_who_did_it_and_how(alice: User) -> None:
    with pghistory.context(user=alice.pk, command="import"):
        grant = factories.GrantFactory()
    context = grant.events.get().pgh_context.metadata
    assert context == {"user": alice.pk, "command": "import"}


def test_a_write_that_changes_nothing_leaves_no_event_and_no_new_version() -> None:
    grant = factories.GrantFactory()
    grant.refresh_from_db()
    grant.save()
    Grant.objects.update(amount="1000.00")
    grant.refresh_from_db()
    assert (labels(grant), grant.version) == (["insert"], 1)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_event_can_be_altered_or_removed(verb: str) -> None:
    history = factories.GrantFactory().events.all()
    with pytest.raises(DatabaseError, match="Cannot update or delete"):
        history.update(amount=0) if verb == "update" else history.delete()


@pytest.mark.parametrize("table", ["grants_citation", "grants_grantevent", "pghistory_context CASCADE"])
def test_no_table_of_records_or_events_is_emptied_without_a_trace(table: str) -> None:
    factories.CitationFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL grants.may_truncate = ''; SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"TRUNCATE would|is never"):
            cursor.execute(f"TRUNCATE {table}")


def test_the_key_that_history_follows_never_changes() -> None:
    grant = factories.GrantFactory()
    with pytest.raises(IntegrityError, match="key of a record"):
        Grant.objects.filter(pk=grant.pk).update(id=grant.pk + 1_000_000)


def test_no_event_can_be_forged() -> None:
    event = factories.GrantFactory().events.get()
    event.pgh_id, event.amount = None, "1.00"
    with pytest.raises(DatabaseError, match="by the triggers"):
        event.save(force_insert=True)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_who_made_a_change_cannot_be_altered_or_removed(verb: str, alice: User, bob: User) -> None:
    with pghistory.context(user=alice.pk):
        factories.GrantFactory()
    contexts = pghistory.models.Context.objects.all()
    with pytest.raises(DatabaseError, match="never changed or removed"):
        contexts.update(metadata={"user": bob.pk}) if verb == "update" else contexts._raw_delete("default")


def test_a_context_may_say_more_as_its_request_goes_on(alice: User) -> None:
    with pghistory.context(url="/"):
        factories.GrantFactory()
        with pghistory.context(user=alice.pk):
            grant = factories.GrantFactory()
    assert grant.events.get().pgh_context.metadata == {"url": "/", "user": alice.pk}


def test_rows_merged_or_met_on_conflict_are_remembered() -> None:
    region = factories.RegionFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO grants_region (version, code, name_fr, name_en, economic_region) VALUES (1, '08', 'A', '', '')"
            " ON CONFLICT (code) DO UPDATE SET name_fr = excluded.name_fr"
        )
        cursor.execute(
            "MERGE INTO grants_region region USING (VALUES ('08')) AS said (code) ON region.code = said.code"
            " WHEN MATCHED THEN UPDATE SET name_fr = 'B'"
        )
        cursor.execute(
            "MERGE INTO grants_region region USING (VALUES ('08')) AS said (code) ON region.code = said.code"
            " WHEN MATCHED THEN DELETE"
        )
    names = events(type(region), region.pk).values_list("pgh_label", "name_fr")
    assert list(names)[1:] == [("update", "A"), ("update", "B"), ("delete", "B")]


def test_money_and_partial_dates_are_exact_in_events() -> None:
    event = factories.GrantFactory(amount="12345678901234.56", date="2021-03").events.get()
    assert (str(event.amount), event.date.iso) == ("12345678901234.56", "2021-03")
