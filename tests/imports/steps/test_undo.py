"""An import taken back: what it made goes, what it changed returns, what somebody did since stays and is told."""

import pytest

from grants.imports.steps.undoing import foresee
from grants.models import Grant, GrantProject, Import, Organisation, OrganisationName, Programme
from tests.factories import (
    CitationFactory,
    FigureFactory,
    GrantFactory,
    GrantProjectFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    ProgrammeFactory,
    ProjectFactory,
    SourceFactory,
)

from .road import apply, bring, by_staff, choose, read, registry, sheet, undo, unindexed

pytestmark = pytest.mark.django_db
FULL = "public_id;référence;bénéficiaire;programme;montant;date;titre;projects"


def removed_and_restored(batch: Import) -> tuple[dict[str, int], dict[str, int]]:
    """What undoing does, which must be what was foreseen."""
    foreseen = foresee(batch)
    kept = undo(batch)
    assert (kept["removed"], kept["restored"], kept["count"]) == (
        foreseen.removed,
        foreseen.restored,
        foreseen.kept_count,
    )
    assert kept["records"] == foreseen.kept
    return kept["removed"], kept["restored"]


def kept(batch: Import) -> list[tuple[str, str, list[str]]]:
    """(noun, why, columns) of what stays."""
    return sorted((one["noun"], one["why"], one["columns"]) for one in batch.report["kept"]["records"])


def test_what_it_made_goes():
    before = registry()
    batch = bring(sheet(";A-1;MISA;Alpha;5;2022;un;", ";A-2;Autre;Alpha;6;2022;deux;", head=FULL))
    assert removed_and_restored(batch) == ({"grant": 2, "programme": 1, "organisation": 2}, {})
    assert registry() == before
    assert unindexed() == []
    assert batch.state == "undone"


def test_what_it_changed_returns():
    grant, other = GrantFactory(reference="A-1", title_fr="Avant"), GrantFactory(reference="A-2")
    GrantProjectFactory(grant=grant)
    ProjectFactory(title_fr="Nouveau projet")
    before = registry()
    row = f"{grant.public_id};A-1b;Une autre;Alpha;7,25;2021-05;Après;Nouveau projet"
    batch = bring(sheet(row, f"{other.public_id};A-2;{other.recipient.name_fr};;1000;2022-04-20;;", head=FULL))
    assert (batch.rows_changed, batch.rows_unchanged) == (1, 1)
    removed, restored = removed_and_restored(batch)
    assert removed == {"grantproject": 1, "organisation": 1, "programme": 1}
    assert restored == {"grant": 1, "grantproject": 1}
    assert registry() == before
    assert unindexed() == []


def test_what_staff_changed_since_stays_cell_by_cell():
    grant = GrantFactory(reference="A-1", title_fr="Avant")
    batch = bring(sheet(f"A-1;{grant.recipient.name_fr};77;2022-04-20;Après"))
    with by_staff():
        Grant.objects.update(title_fr="Depuis")
    undo(batch)
    grant.refresh_from_db()
    assert (grant.title_fr, grant.amount) == ("Depuis", 1000)
    assert kept(batch) == [("grant", "changed", ["title_fr"])]


def test_a_record_made_and_changed_since_stays_with_what_it_leans_on():
    ProjectFactory(title_fr="Un projet")
    batch = bring(sheet(";A-1;MISA;Alpha;5;2022;un;Un projet", ";A-2;Autre;Alpha;5;2022;deux;", head=FULL))
    with by_staff():
        Grant.objects.filter(reference="A-1").update(title_fr="Depuis")
    assert removed_and_restored(batch) == ({"grant": 1, "organisation": 1}, {})
    assert kept(batch) == sorted([("grant", "changed", []), ("programme", "used", []), ("organisation", "used", [])])
    assert GrantProject.objects.count() == 1


def test_a_record_made_and_published_since_stays():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    since = {"ready_at": "2022-01-01T00:00Z", "published_at": "2022-01-01T00:00Z", "publication": "published"}
    with by_staff():
        Organisation.objects.update(**since)
        Grant.objects.update(**since)
    assert removed_and_restored(batch) == ({}, {})
    assert kept(batch) == sorted([("grant", "published", []), ("organisation", "published", [])])


@pytest.mark.parametrize("factory", [FigureFactory, CitationFactory])
def test_a_record_used_elsewhere_since_stays_with_what_it_leans_on(factory):
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    more = {"programme": None} if factory is FigureFactory else {}
    with by_staff():
        factory(grant=Grant.objects.get(), source=SourceFactory(), **more)
    assert removed_and_restored(batch) == ({}, {})
    assert kept(batch) == sorted([("grant", "used", []), ("organisation", "used", [])])


def test_an_organisation_that_another_grant_uses_since_stays():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    with by_staff():
        GrantFactory(recipient=Organisation.objects.get())
    assert removed_and_restored(batch) == ({"grant": 1}, {})
    assert kept(batch) == [("organisation", "used", [])]


def test_an_organisation_named_otherwise_since_stays():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    with by_staff():
        OrganisationNameFactory(organisation=Organisation.objects.get())
    assert removed_and_restored(batch) == ({"grant": 1}, {})
    assert kept(batch) == [("organisation", "used", [])]


def test_a_grant_that_came_to_a_new_organisation_goes_back_to_the_old_one():
    grant = GrantFactory(reference="A-1")
    before = registry()
    batch = bring(sheet(f"{grant.public_id};Toute nouvelle;1000", head="public_id;bénéficiaire;montant"))
    assert removed_and_restored(batch) == ({"organisation": 1}, {"grant": 1})
    grant.refresh_from_db()
    assert registry() == before


def test_names_that_were_remembered_are_forgotten():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    before = registry()
    batch = read(sheet("A-1;Le groupe des mines;5;2022;un"))
    batch = choose(batch, "groupe mines", organisation.pk)
    apply(batch)
    assert OrganisationName.objects.count() == 1
    assert removed_and_restored(batch) == ({"grant": 1, "organisationname": 1}, {})
    assert registry() == before
    assert unindexed() == []


def test_other_names_that_were_dropped_come_back():
    organisation = OrganisationNameFactory(name="AMQ", kind="acronym").organisation
    OrganisationNameFactory(organisation=organisation, name="Ancien", kind="former")
    before = registry()
    text = f"public_id;other_names\n{organisation.public_id};AMQ [alias]; Neuf\n".replace("; N", " ; N")
    batch = bring(text.replace("AMQ [alias] ; Neuf", '"AMQ [alias]; Neuf"'), "organisation")
    assert set(organisation.names.values_list("name", "kind")) == {("AMQ", "alias"), ("Neuf", "alias")}
    assert removed_and_restored(batch) == ({"organisationname": 1}, {"organisationname": 2})
    assert registry() == before
    assert unindexed() == []


def test_after_a_second_import_the_second_goes_back_first():
    before = registry()
    first = bring(sheet("A-1;MISA;5;2022;un", "A-2;MISA;6;2022;deux"))
    between = registry()
    second = bring(sheet("A-1;MISA;55;2022;un", "A-3;MISA;7;2022;trois"))
    assert removed_and_restored(second) == ({"grant": 1}, {"grant": 1})
    assert registry() == between
    assert removed_and_restored(first) == ({"grant": 2, "organisation": 1}, {})
    assert registry() == before


def test_the_first_of_two_imports_leaves_what_the_second_wrote():
    first = bring(sheet("A-1;MISA;5;2022;un", "A-2;MISA;6;2022;deux"))
    bring(sheet("A-1;MISA;55;2022;un", "A-3;Autre;7;2022;trois"))
    assert removed_and_restored(first) == ({"grant": 1}, {})
    assert set(Grant.objects.values_list("reference", "amount")) == {("A-1", 55), ("A-3", 7)}


def test_twice_is_once():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    undo(batch)
    report = batch.report["kept"]
    from grants.imports.jobs import Quiet
    from grants.imports.steps.running import run_undoing

    run_undoing(batch.pk, Quiet())
    assert (Import.objects.get().report["kept"], Import.objects.get().state) == (report, "undone")


def test_a_cell_whose_return_is_forbidden_by_now_stays():
    one = OrganisationFactory(name_fr="Une", neq="1111111111")
    batch = bring(f"public_id;neq\n{one.public_id};\n", "organisation")
    with by_staff():
        other = OrganisationFactory(name_fr="Autre", neq="1111111111")
    assert removed_and_restored(batch) == ({}, {})
    assert kept(batch) == [("organisation", "forbidden", [])]
    other.refresh_from_db()
    assert other.neq == "1111111111"


def test_dates_that_would_cross_stay():
    head = "référence;bénéficiaire;agreement_start;agreement_end"
    grant = GrantFactory(reference="A-1", agreement_start="2020", agreement_end="2021")
    batch = bring(sheet(f"A-1;{grant.recipient.name_fr};2023;2024", head=head))
    with by_staff():
        Grant.objects.update(agreement_start="2022")
    undo(batch)
    grant.refresh_from_db()
    assert (str(grant.agreement_start), str(grant.agreement_end)) == ("2022", "2024")


def test_a_published_grant_does_not_come_back_to_a_draft():
    grant = GrantFactory(reference="A-1", recipient__name_fr="Brouillon")
    public = OrganisationFactory(name_fr="Publique", published=True)
    batch = bring(sheet(f"{grant.public_id};Publique;1000", head="public_id;bénéficiaire;montant"))
    with by_staff():
        Grant.objects.update(ready_at="2022-01-01T00:00Z", published_at="2022-01-01T00:00Z", publication="published")
    undo(batch)
    grant.refresh_from_db()
    assert grant.recipient == public


def test_what_a_cell_led_to_is_not_looked_for_when_it_is_gone():
    programme = ProgrammeFactory(name_fr="Ancien")
    grant = GrantFactory(reference="A-1", programme=programme)
    batch = bring(sheet(f"{grant.public_id};Neuf", head="public_id;programme"))
    with by_staff():
        programme.delete()
    assert removed_and_restored(batch) == ({}, {})
    grant.refresh_from_db()
    assert str(grant.programme) == "Neuf"
    assert Programme.objects.count() == 1
