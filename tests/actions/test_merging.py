"""Two records of one organisation become one."""

import pytest
from django.contrib.auth.models import User

from grants.actions.merging import merge_organisations
from grants.actions.publication import Refused
from grants.models import Organisation
from tests.factories import (
    CitationFactory,
    FigureFactory,
    GrantFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Organisation:
    return OrganisationFactory(published=True, name_fr="École de technologie supérieure")


@pytest.fixture
def merged() -> Organisation:
    return OrganisationFactory(published=True, name_fr="ETS Montréal", neq="8812345678", city="Montréal")


def test_grants_and_figures_move(kept: Organisation, merged: Organisation, bob: User) -> None:
    grant = GrantFactory(published=True, recipient=merged)
    figure = FigureFactory(published=True, programme=None, organisation=merged, measure="members")
    merge_organisations(kept=kept, merged=merged, by=bob)
    grant.refresh_from_db()
    figure.refresh_from_db()
    assert (grant.recipient, figure.organisation) == (kept, kept)


def test_the_other_s_names_become_other_names(kept: Organisation, merged: Organisation, bob: User) -> None:
    OrganisationNameFactory(organisation=merged, name="ÉTS", kind="acronym")
    merge_organisations(kept=kept, merged=merged, by=bob)
    assert set(kept.names.values_list("name", "kind")) == {("ETS Montréal", "alias"), ("ÉTS", "acronym")}


def test_facts_that_the_kept_one_lacks_are_taken_over(kept: Organisation, merged: Organisation, bob: User) -> None:
    merge_organisations(kept=kept, merged=merged, by=bob)
    kept.refresh_from_db()
    assert (kept.neq, kept.city) == ("8812345678", "Montréal")


def test_the_other_is_withdrawn_and_leads_to_the_kept_one(kept: Organisation, merged: Organisation, bob: User) -> None:
    merge_organisations(kept=kept, merged=merged, by=bob)
    merged.refresh_from_db()
    assert (merged.publication, merged.merged_into, merged.withdrawn_by) == ("withdrawn", kept, bob)


def test_one_merged_earlier_follows(kept: Organisation, merged: Organisation, bob: User) -> None:
    earlier = OrganisationFactory(published=True)
    merge_organisations(kept=merged, merged=earlier, by=bob)
    merge_organisations(kept=kept, merged=merged, by=bob)
    earlier.refresh_from_db()
    assert earlier.merged_into == kept


def test_a_child_merged_into_its_host_leaves_no_loop(kept: Organisation, bob: User) -> None:
    child = OrganisationFactory(published=True, parent=kept)
    merge_organisations(kept=kept, merged=child, by=bob)
    kept.refresh_from_db()
    assert kept.parent is None


def test_a_host_merged_into_its_child_leaves_no_loop(merged: Organisation, bob: User) -> None:
    child = OrganisationFactory(published=True, parent=merged)
    merge_organisations(kept=child, merged=merged, by=bob)
    child.refresh_from_db()
    assert child.parent is None


def test_a_source_cited_by_both_is_cited_once(kept: Organisation, merged: Organisation, bob: User) -> None:
    source = SourceFactory()
    for organisation in (kept, merged):
        CitationFactory(grant=None, organisation=organisation, source=source)
    merge_organisations(kept=kept, merged=merged, by=bob)
    assert kept.citations.count() == 1


def test_two_different_neqs_are_two_organisations(kept: Organisation, merged: Organisation, bob: User) -> None:
    kept.neq = "1112345678"
    kept.save()
    with pytest.raises(Refused, match="8812345678"):
        merge_organisations(kept=kept, merged=merged, by=bob)


def test_saisie_cannot_merge(kept: Organisation, merged: Organisation, alice: User) -> None:
    with pytest.raises(Refused):
        merge_organisations(kept=kept, merged=merged, by=alice)


def test_an_organisation_cannot_be_merged_into_itself(kept: Organisation, bob: User) -> None:
    with pytest.raises(Refused):
        merge_organisations(kept=kept, merged=kept, by=bob)


def test_a_published_one_cannot_disappear_into_a_draft(merged: Organisation, bob: User) -> None:
    with pytest.raises(Refused):
        merge_organisations(kept=OrganisationFactory(), merged=merged, by=bob)


def test_a_person_never_becomes_a_name_of_an_organisation(kept: Organisation, bob: User) -> None:
    with pytest.raises(Refused):
        merge_organisations(kept=kept, merged=OrganisationFactory(is_natural_person=True), by=bob)


def test_a_draft_host_is_not_taken_over_by_a_public_organisation(kept: Organisation, bob: User) -> None:
    draft = OrganisationFactory(parent=OrganisationFactory(), city="Alma")
    merge_organisations(kept=kept, merged=draft, by=bob)
    kept.refresh_from_db()
    assert (kept.parent, kept.city) == (None, "Alma")


def test_a_body_of_the_kept_one_does_not_become_its_host(kept: Organisation, bob: User) -> None:
    child = OrganisationFactory(published=True, parent=kept)
    merge_organisations(kept=kept, merged=OrganisationFactory(parent=child), by=bob)
    kept.refresh_from_db()
    assert kept.parent is None


def test_a_host_further_up_is_refused_in_words(kept: Organisation, bob: User) -> None:
    between = OrganisationFactory(published=True, parent=kept)
    last = OrganisationFactory(published=True, parent=between)
    with pytest.raises(Refused, match="par une autre organisation"):
        merge_organisations(kept=last, merged=kept, by=bob)
