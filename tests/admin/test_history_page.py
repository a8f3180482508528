"""The history of a record: who, when, before and after, also of its lines, in words."""

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Grant
from tests.factories import CitationFactory, GrantFactory, GrantProjectFactory, OrganisationNameFactory, ProjectFactory

from .pages import address, send, signed_in

pytestmark = pytest.mark.django_db


def history(client, record, language="fr", query=""):
    return client.get(address(record, "history", language) + query).content.decode().replace("\xa0", " ")


def test_a_change_shows_who_made_it_before_and_after(alice):
    grant = GrantFactory(amount="2307663.00", date="2021-03")
    client = signed_in(alice)
    send(client, address(grant), amount="2 400 000,50", date="avril 2021", status="agreed")
    page = history(client, grant)
    for words in ("alice", "2 307 663 $", "2 400 000,50 $", "mars 2021", "avril 2021", "annoncée", "convenue"):
        assert words in page


def test_the_history_is_in_the_language_of_the_page(alice):
    grant = GrantFactory(amount="2307663.00", date="2021-03")
    page = history(signed_in(alice), grant, "en")
    assert "$2,307,663" in page
    assert "March 2021" in page


def test_a_command_and_a_database_account_are_named(alice):
    grant = GrantFactory()
    with pghistory.context(command="loaddata"):
        Grant.objects.filter(pk=grant.pk).update(reference="A-1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        account = cursor.fetchone()[0]
    page = history(signed_in(alice), grant)
    assert "commande loaddata" in page
    assert f"compte de base de données {account}" in page


def test_lines_added_and_deleted_are_in_the_history_of_their_record(alice):
    link = GrantProjectFactory(project=ProjectFactory(title_fr="Mon succès"))
    grant = link.grant
    CitationFactory(grant=grant, quote="les mots mêmes")
    link.delete()
    page = history(signed_in(alice), grant)
    assert page.count("Mon succès") == 2
    assert "les mots mêmes" in page


def test_a_name_is_in_the_history_of_its_organisation(alice):
    name = OrganisationNameFactory(name="C.O.R.")
    assert "C.O.R." in history(signed_in(alice), name.organisation)


def test_a_long_history_is_paged(alice):
    grant = GrantFactory()
    for number in range(30):
        Grant.objects.filter(pk=grant.pk).update(reference=f"R{number}")
    client = signed_in(alice)
    assert "R29" in history(client, grant)
    assert "R1<" not in history(client, grant)
    assert "R1<" in history(client, grant, query="?p=2")
    assert history(client, grant, query="?p=zzz")


def test_the_queries_of_a_history_do_not_grow_with_it(alice):
    """Session, user, record; count, page of events, their rows and those before; people; a query per related noun."""
    grant, client = GrantFactory(), signed_in(alice)
    send(client, address(grant), reference="R")
    history(client, grant)
    counts = []
    for start in (0, 20):
        for number in range(start, start + 20):
            Grant.objects.filter(pk=grant.pk).update(reference=f"R{number}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            history(client, grant)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_charlie_reads_the_history(charlie):
    assert signed_in(charlie).get(address(GrantFactory(), "history")).status_code == 200
