"""The registry's rules are foreseen: what PostgreSQL would refuse is told in words beforehand, row by row."""

import pytest
from django.contrib.auth.models import User

from grants.models import Figure, Grant, Organisation, Programme, Region, Source
from tests.factories import (
    CitationFactory,
    FigureFactory,
    GrantFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    ProgrammeFactory,
    ProjectFactory,
    RegionFactory,
    SourceFactory,
)

from .road import apply, bring, by_staff, codes, counts, problems, read, sheet

pytestmark = pytest.mark.django_db


def tried(text: str, noun: str = "grant", **more: object) -> tuple[tuple[int, int, int, int], set[str]]:
    """Counts and codes of a sheet that is applied too: what was not foreseen would fail here."""
    batch = read(text, noun, **more)
    before, told = counts(batch), codes(batch)
    assert counts(apply(batch)) == before
    return before, told


# ── Grants ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_negative_amount_needs_a_reason():
    head = "référence;recipient;amount;negative_reason"
    assert tried(sheet("A-1;MISA;-5;", head=head)) == ((0, 0, 0, 1), {"negative_without_reason"})
    assert tried(sheet("A-1;MISA;-5;correction", head=head)) == ((1, 0, 0, 0), set())


def test_a_reason_that_goes_while_the_amount_stays_negative_is_refused():
    grant = GrantFactory(amount="-5.00", negative_reason="correction")
    assert tried(sheet(f"{grant.public_id};", head="public_id;negative_reason")) == ((0, 0, 0, 1), {"constraint"})


def test_a_project_cost_is_not_negative():
    assert tried(sheet("A-1;MISA;-5", head="référence;recipient;total_project_cost"))[0] == (0, 0, 0, 1)


def test_an_agreement_does_not_end_before_the_start_that_the_registry_knows():
    grant = GrantFactory(agreement_start="2022-05")
    head = "public_id;agreement_end"
    assert tried(sheet(f"{grant.public_id};2021", head=head)) == ((0, 0, 0, 1), {"constraint"})
    assert tried(sheet(f"{grant.public_id};2022", head=head)) == ((0, 1, 0, 0), set())


def test_a_currency_has_three_letters():
    assert tried(sheet("A-1;MISA;5;C1D", head="référence;recipient;amount;currency"))[0] == (0, 0, 0, 1)


PUBLIC = "public_id;recipient"


@pytest.mark.parametrize(("who", "expected"), [("alice", (0, 0, 0, 1)), ("bob", (0, 1, 0, 0))])
def test_a_published_record_is_corrected_by_those_who_publish(who, expected, alice, bob):
    grant = GrantFactory(published=True)
    text = sheet(f"{grant.public_id};7", head="public_id;amount")
    assert tried(text, imported_by=User.objects.get(username=who))[0] == expected


def test_a_published_record_that_stays_as_it_is_is_no_trouble(alice):
    grant = GrantFactory(published=True)
    text = sheet(f"{grant.public_id};1000", head="public_id;amount")
    assert tried(text, imported_by=alice) == ((0, 0, 1, 0), set())


def test_the_lines_of_a_published_record_are_corrected_by_those_who_publish(alice, bob):
    organisation = OrganisationNameFactory(organisation__published=True).organisation
    text = f"public_id;other_names\n{organisation.public_id};Neuf\n"
    assert tried(text, "organisation", imported_by=alice) == ((0, 0, 0, 1), {"may_not_change"})
    assert tried(text, "organisation", imported_by=bob)[0] == (0, 1, 0, 0)


def test_a_merged_organisation_is_changed_by_nobody():
    organisation = OrganisationFactory(merged_into=OrganisationFactory())
    text = f"public_id;city\n{organisation.public_id};Amos\n"
    assert tried(text, "organisation") == ((0, 0, 0, 1), {"may_not_change"})


def test_a_published_grant_does_not_come_to_lean_on_a_draft():
    grant = GrantFactory(published=True)
    OrganisationFactory(name_fr="Brouillon")
    for name in ("Brouillon", "Toute nouvelle"):
        assert tried(sheet(f"{grant.public_id};{name}", head=PUBLIC)) == ((0, 0, 0, 1), {"leaning"})
    OrganisationFactory(name_fr="Publique", published=True)
    assert tried(sheet(f"{grant.public_id};Publique", head=PUBLIC))[0] == (0, 1, 0, 0)


def test_a_published_grant_does_not_come_to_lean_on_the_draft_programme_of_the_import():
    grant = GrantFactory(published=True)
    text = sheet(f"{grant.public_id};5;", head="public_id;amount;programme")
    assert tried(text, programme=ProgrammeFactory()) == ((0, 0, 0, 1), {"leaning"})


# ── Organisations ────────────────────────────────────────────────────────────────────────────────────────


def test_a_neq_is_that_of_one_organisation():
    known = OrganisationFactory(neq="1111111111")
    other = OrganisationFactory()
    text = f"public_id;name_fr;neq\n{other.public_id};Autre;1111111111\n;Une;2222222222\n;Deux;2222222222\n"
    assert tried(text, "organisation") == ((1, 0, 0, 2), {"constraint", "repeated_id"})
    assert Organisation.objects.get(neq="1111111111") == known


def test_a_neq_that_two_rows_give_to_two_records_is_refused():
    one, other = OrganisationFactory.create_batch(2)
    text = f"public_id;neq\n{one.public_id};1111111111\n{other.public_id};1111111111\n"
    assert tried(text, "organisation") == ((0, 1, 0, 1), {"constraint"})


def test_an_organisation_is_found_by_its_neq():
    OrganisationFactory(neq="1111111111", name_fr="Avant")
    assert tried("name_fr;neq\nAprès;1111111111\n", "organisation")[0] == (0, 1, 0, 0)


def test_a_record_does_not_belong_to_itself():
    organisation = OrganisationFactory()
    text = f"public_id;parent\n{organisation.public_id};{organisation.public_id}\n"
    assert tried(text, "organisation")[0] == (0, 0, 0, 1)


def test_records_do_not_belong_to_one_another_in_a_circle():
    one, two, three = OrganisationFactory.create_batch(3)
    text = f"public_id;parent\n{one.public_id};{two.public_id}\n{two.public_id};{one.public_id}\n"
    text += f"{three.public_id};{one.public_id}\n"
    assert tried(text, "organisation") == ((0, 1, 0, 2), {"circle"})


def test_a_circle_that_a_row_refused_leaves_open_is_seen():
    low = OrganisationFactory(parent=OrganisationFactory())
    high, other = low.parent, OrganisationFactory()
    text = f"public_id;parent;neq\n{low.public_id};{other.public_id};x\n{high.public_id};{low.public_id};\n"
    assert tried(text, "organisation")[0] == (0, 0, 0, 2)


def test_a_name_cannot_be_emptied():
    organisation = OrganisationFactory()
    assert tried(f"public_id;name_fr\n{organisation.public_id};\n", "organisation") == ((0, 0, 0, 1), {"empty"})


def test_a_site_is_on_the_web():
    assert tried("name_fr;website\nMISA;misa\n", "organisation")[0] == (0, 0, 0, 1)


# ── The other nouns ──────────────────────────────────────────────────────────────────────────────────────


def test_a_programme_has_the_id_that_was_chosen():
    assert tried("public_id;name_fr\notn;Offensive\n", "programme")[0] == (1, 0, 0, 0)
    assert Programme.objects.get().public_id == "otn"
    assert tried("public_id;name_fr\nOTN;Offensive 2\n", "programme")[0] == (0, 1, 0, 0)


@pytest.mark.parametrize("written", ["Mon programme", "a_b", "2abc", "x--y"])
def test_an_id_of_another_shape_is_refused(written):
    assert tried(f"public_id;name_fr\n{written};Offensive\n", "programme")[0] == (0, 0, 0, 1)


def test_an_id_is_chosen_once():
    assert tried("public_id;name_fr\notn;Un\nOTN;Deux\n", "programme") == ((1, 0, 0, 1), {"repeated_id"})


def test_the_id_of_a_record_that_is_gone_is_not_given_again():
    ProgrammeFactory(public_id="otn").delete()
    assert tried("public_id;name_fr\notn;Offensive\n", "programme") == ((0, 0, 0, 1), {"id_of_a_record_gone"})


def test_an_announcement_needs_its_programme():
    ProgrammeFactory(name_fr="Offensive")
    text = "programme;date;title_fr\nOffensive;2021-03-29;Annonce\n;2021;Sans programme\n"
    assert tried(text, "announcement") == ((1, 0, 0, 1), {"empty"})


def test_a_project_is_of_a_known_organisation():
    OrganisationFactory(name_fr="MISA")
    text = "title_fr;organisation\nUn projet;MISA\nUn autre;Inconnue\n"
    assert tried(text, "project") == ((1, 0, 0, 1), {"unknown"})


def test_an_address_is_that_of_one_source():
    SourceFactory(url="https://example.org/1", title="Avant")
    text = "title;url;publisher\nAprès;https://example.org/1;G\nUn;https://example.org/2;G\n"
    text += "Deux;https://example.org/2;G\n"
    assert tried(text, "source") == ((1, 1, 0, 1), {"constraint"})
    assert set(Source.objects.values_list("title", flat=True)) == {"Après", "Un"}


FIGURE = "programme;measure;value;unit;source;preferred\n"


def test_a_figure_has_the_unit_of_its_measure():
    ProgrammeFactory(name_fr="Offensive")
    SourceFactory(title="Communiqué", url="")
    assert tried(FIGURE + "Offensive;aid;29000000;;Communiqué;\n", "figure")[0] == (1, 0, 0, 0)
    assert Figure.objects.get().unit == "CAD"
    assert tried(FIGURE + "Offensive;recipients;2,5;;Communiqué;\n", "figure") == ((0, 0, 0, 1), {"constraint"})


def test_one_figure_of_a_kind_is_preferred():
    figure = FigureFactory(preferred=True)
    row = f"{figure.programme.public_id};aid;5;;{figure.source.public_id};oui\n"
    assert tried(FIGURE + row, "figure") == ((0, 0, 0, 1), {"constraint"})
    other = f"{ProgrammeFactory().public_id};aid;5;;{figure.source.public_id};oui\n"
    assert tried(FIGURE + other * 2, "figure") == ((1, 0, 0, 1), {"constraint"})


def test_a_source_is_cited_once_of_a_record():
    known = CitationFactory()
    grant = GrantFactory()
    rows = [
        f"{known.source.public_id};{known.grant.public_id};mots",
        *[f"{known.source.public_id};{grant.public_id};"] * 2,
    ]
    assert tried("source;grant;quote\n" + "\n".join(rows) + "\n", "citation") == ((1, 1, 0, 1), {"constraint"})


def test_regions_are_found_by_their_codes_and_have_their_own_names():
    RegionFactory(code="08")
    text = "code;name_fr\n8;Abitibi\n01;Abitibi\n02;Saguenay\n99;Ailleurs\n"
    assert tried(text, "region")[0] == (1, 1, 0, 2)
    assert Region.objects.get(code="08").name_fr == "Abitibi"


def test_imports_never_come_in():
    batch = read("file_name;noun\na.csv;grant\n", "import")
    assert batch.state == "refused"


def test_the_projects_of_a_grant_are_those_that_its_cell_names():
    one, two = ProjectFactory(title_fr="Premier"), ProjectFactory(title_fr="Second")
    head = "référence;recipient;projects"
    bring(sheet('A-1;MISA;"Premier; Second"', head=head))
    assert set(Grant.objects.get().projects.all()) == {one, two}
    bring(sheet(f"A-1;MISA;{two.public_id}", head=head))
    assert set(Grant.objects.get().projects.all()) == {two}
    assert problems(read(sheet("A-1;MISA;Troisième", head=head))) == [(2, "projects", "unknown")]


# ── Meanwhile ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_somebody_changed_since_the_preview_is_left_and_told():
    one, other = GrantFactory(title_fr="un"), GrantFactory(title_fr="deux")
    batch = read(sheet(f"{one.public_id};5", f"{other.public_id};6", head="public_id;amount"))
    with by_staff():
        Grant.objects.filter(pk=one.pk).update(title_fr="Depuis")
    apply(batch)
    assert (counts(batch), codes(batch)) == ((0, 1, 0, 1), {"changed_meanwhile"})
    assert set(Grant.objects.values_list("title_fr", "amount")) == {("Depuis", 1000), ("deux", 6)}


def test_a_record_that_is_gone_since_the_preview_is_told():
    grant = GrantFactory()
    batch = read(sheet(f"{grant.public_id};5", head="public_id;amount"))
    with by_staff():
        grant.delete()
    assert counts(apply(batch)) == (0, 0, 0, 1)


def test_lines_that_somebody_changed_since_the_preview_are_left_and_told():
    organisation = OrganisationFactory()
    batch = read(f"public_id;other_names\n{organisation.public_id};Un\n", "organisation")
    with by_staff():
        OrganisationNameFactory(organisation=organisation, name="Deux")
    assert counts(apply(batch)) == (0, 0, 0, 1)
    assert organisation.names.get().name == "Deux"


def test_two_imports_of_one_list_looked_at_together_make_it_once():
    text = sheet("A-1;MISA;5;2022;un", "A-2;Autre;6;2022;deux")
    first, second = read(text), read(text)
    apply(first)
    assert counts(apply(second)) == (0, 0, 0, 2)
    assert (Grant.objects.count(), Organisation.objects.count()) == (2, 2)


def test_a_number_that_somebody_took_since_the_preview_is_told():
    batch = read("name_fr;neq\nUne;1111111111\nAutre;\n", "organisation")
    with by_staff():
        OrganisationFactory(neq="1111111111")
    assert counts(apply(batch)) == (1, 0, 0, 1)


def test_a_support_withdrawn_since_the_preview_is_told():
    grant = GrantFactory(published=True)
    public = OrganisationFactory(name_fr="Publique", published=True)
    batch = read(sheet(f"{grant.public_id};Publique", head=PUBLIC))
    with by_staff():
        Organisation.objects.filter(pk=public.pk).update(publication="withdrawn", withdrawn_at="2023-01-01T00:00Z")
    assert counts(apply(batch)) == (0, 0, 0, 1)
