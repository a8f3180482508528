"""What each group may do to a record as it stands."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from grants.actions.permissions import may_change, may_delete
from tests.factories import (
    CitationFactory,
    GrantFactory,
    GrantProjectFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db


def test_saisie_edits_drafts(alice: User) -> None:
    assert may_change(alice, OrganisationFactory())


def test_saisie_cannot_change_what_is_public(alice: User) -> None:
    assert not may_change(alice, GrantFactory(published=True))


def test_revision_corrects_what_is_public(bob: User) -> None:
    assert may_change(bob, GrantFactory(published=True))


def test_lecture_changes_nothing(charlie: User) -> None:
    assert not may_change(charlie, OrganisationFactory())


def test_nobody_changes_a_record_merged_into_another(bob: User) -> None:
    assert not may_change(bob, OrganisationFactory(merged_into=OrganisationFactory()))


def test_nobody_deletes_what_was_public(bob: User) -> None:
    assert not may_delete(bob, GrantFactory(published=True))


def test_a_draft_may_be_deleted(alice: User) -> None:
    assert may_delete(alice, GrantFactory())


def test_records_without_publication_follow_the_group_alone(alice: User, charlie: User) -> None:
    region = RegionFactory()
    assert (may_change(alice, region), may_change(charlie, region)) == (True, False)


def test_a_permission_that_an_operator_added_survives_a_migration(db) -> None:
    group = Group.objects.get(name="lecture")
    permission = Group.objects.get(name="saisie").permissions.get(codename="add_source")
    group.permissions.add(permission)
    call_command("migrate", verbosity=0)
    assert permission in group.permissions.all()


def test_a_permission_that_a_group_lost_comes_back_with_a_migration(db) -> None:
    group = Group.objects.get(name="saisie")
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    assert group.permissions.filter(codename="change_grant").exists()


@pytest.mark.parametrize("published", [True, False])
def test_the_lines_of_a_public_record_are_as_closed_to_saisie_as_the_record(published: bool, alice: User) -> None:
    grant = GrantFactory(published=published)
    lines = [
        CitationFactory(grant=grant),
        GrantProjectFactory(grant=grant),
        OrganisationNameFactory(organisation=grant.recipient),
    ]
    assert [may_change(alice, line) for line in lines] == [not published] * 3
    assert [may_delete(alice, line) for line in lines] == [not published] * 3
