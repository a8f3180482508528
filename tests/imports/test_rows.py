"""What rows say, cell by cell: amounts, dates, codes, references, other names; and what they may not say."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from grants.imports.resources import RESOURCES
from grants.models import (
    Citation,
    Figure,
    Grant,
    GrantProject,
    Import,
    Organisation,
    Programme,
    Project,
    Region,
    Source,
)
from tests.imports.test_resources import brought, problems
from tests.people import alice, bob, first_source  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]


def bring(model, text, user=None, **more):
    return brought(model, text.encode(), user, **more)


def refused(model, text, user=None):
    """The one sentence that refuses the sheet."""
    result = bring(model, text, user)
    [sentence] = problems(result)
    return sentence


def made(model, text, **found):
    """The record that the sheet made."""
    result = bring(model, text)
    assert problems(result) == []
    return model.objects.get(**found)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("model", RESOURCES)
def test_every_title_means_one_column(model, language):
    with override(language):
        resource = RESOURCES[model]()
        seen = {}
        for column in resource.fields.values():
            for title in column.titles():
                assert seen.setdefault(title, column.column_name) == column.column_name


@pytest.mark.parametrize("model", RESOURCES)
def test_every_label_means_one_code(model):
    for column in RESOURCES[model]().fields.values():
        labels = getattr(column.widget, "labels", {})
        for language in ("fr", "en"):
            with override(language):
                for code, label in labels.items():
                    assert column.widget.read(str(label), {}) == code


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("2 307 663,50 $", "2307663.50"),
        ("2,3 M$", "2300000"),
        ("$2,307,663.50", "2307663.50"),
        ("784915", "784915"),
    ],
)
def test_amounts_are_read_as_people_write_them(written, amount):
    grant = made(Grant, f'recipient\tamount\treference\nAQIP\t"{written}"\tA-1\n', reference="A-1")
    assert grant.amount == Decimal(amount)


def test_an_unknown_amount_stays_unknown():
    assert made(Grant, "recipient;amount;reference\nAQIP;;A-1\n", reference="A-1").amount is None


def test_a_month_stays_a_month():
    grant = made(Grant, "recipient;date;reference\nAQIP;mars 2021;A-1\n", reference="A-1")
    assert grant.date.iso == "2021-03"


@pytest.mark.parametrize("status", ["agreed", "Agreed", "AGREED"])
def test_codes_are_read_by_code_or_label(status):
    grant = made(Grant, f"recipient;status;reference\nAQIP;{status};A-1\n", reference="A-1")
    assert grant.status == "agreed"


def test_a_code_out_of_the_list_is_refused_with_the_list():
    sentence = refused(Grant, "recipient;statut\nAQIP;peut-être\n")
    assert "Ligne 2, colonne « statut », valeur « peut-être »" in sentence
    assert "n’est pas dans la liste" in sentence


@pytest.mark.parametrize("name", ["GROUPE MISA", "Le Groupe Misa inc.", "groupe misa"])
def test_an_organisation_is_found_by_its_telling_words(name):
    grant = made(Grant, f"recipient;reference\n{name};A-1\n", reference="A-1")
    assert grant.recipient.name_fr == "Groupe MISA"


def test_an_organisation_is_found_by_another_name():
    other = Organisation.objects.get(name_fr="Groupe MISA").names.create(name="Pôle du Nord-Ouest")
    grant = made(Grant, f"recipient;reference\n{other.name};A-1\n", reference="A-1")
    assert grant.recipient == other.organisation


def test_an_unknown_organisation_is_never_made_in_silence():
    before = Organisation.objects.count()
    sentence = refused(Grant, "recipient\nMaison inconnue\n")
    assert "n’est pas dans le registre" in sentence
    assert Organisation.objects.count() == before


def test_a_name_that_may_be_two_organisations_is_refused_with_both():
    twin = Organisation.objects.create(name_fr="Groupe Misa ltée")
    sentence = refused(Grant, "recipient\nGroupe MISA\n")
    assert "peut désigner plusieurs enregistrements" in sentence
    assert twin.public_id in sentence


def test_an_id_and_a_name_that_disagree_are_refused():
    misa = Organisation.objects.get(name_fr="Groupe MISA")
    sentence = refused(Grant, f"recipient;recipient_name\n{misa.public_id};AQIP\n")
    assert "est l’identifiant de « Groupe MISA »" in sentence


def test_the_name_alone_is_enough():
    grant = made(Grant, "recipient_name;reference\nGroupe MISA;A-1\n", reference="A-1")
    assert grant.recipient.name_fr == "Groupe MISA"


def test_nothing_new_leans_on_a_withdrawn_organisation():
    Organisation.objects.filter(name_fr="Centech").update(publication="withdrawn", withdrawn_at="2030-01-01T00:00Z")
    assert "a été retiré ou fusionné" in refused(Grant, "recipient\nCentech\n")


@pytest.mark.parametrize("code", ["8", "08", "Abitibi-Témiscamingue", "abitibi temiscamingue"])
def test_a_region_is_found_by_code_or_name(code):
    grant = made(Grant, f"recipient;benefit_region;reference\nAQIP;{code};A-1\n", reference="A-1")
    assert grant.benefit_region.code == "08"


def test_a_grant_takes_its_projects():
    first, second = Project.objects.all()[:2]
    text = f'recipient\tprojects\treference\nAQIP\t"{first.public_id}; {second.title_fr}"\tA-1\n'
    grant = made(Grant, text, reference="A-1")
    assert set(grant.projects.all()) == {first, second}


def test_a_blank_cell_takes_the_projects_away_and_a_missing_column_does_not(bob):  # noqa: F811
    link = GrantProject.objects.first()
    assert problems(bring(Grant, f"public_id;title_en\n{link.grant.public_id};Trees\n", bob)) == []
    assert link.grant.projects.exists()
    assert problems(bring(Grant, f"public_id;projects\n{link.grant.public_id};\n", bob)) == []
    assert not link.grant.projects.exists()


def test_other_names_keep_their_kinds():
    text = "name_fr\tother_names\nPôle neuf\tPN [sigle]; Ancien pôle [former name]; Le neuf\n"
    organisation = made(Organisation, text, name_fr="Pôle neuf")
    kinds = dict(organisation.names.values_list("name", "kind"))
    assert kinds == {"PN": "acronym", "Ancien pôle": "former", "Le neuf": "alias"}


def test_a_likely_duplicate_is_a_doubt_not_a_refusal():
    result = bring(Organisation, "name_fr\nLe groupe Misa inc.\n", dry_run=True)
    assert result.problems == []
    with override("fr"):
        assert "Le registre connaît déjà" in str(result.doubts[0])


def test_a_neq_of_nine_digits_is_refused_and_an_odd_one_doubted():
    assert "dix chiffres" in refused(Organisation, "name_fr;neq\nPôle;123456789\n")
    result = bring(Organisation, "name_fr;neq\nPôle;9912345678\n")
    assert problems(result) == []
    assert result.doubts[0].value == "9912345678"


def test_an_unknown_id_is_refused():
    assert "Aucune fiche n’a cet identifiant" in refused(Grant, "public_id;amount\n9zzzzz;12\n")


def test_a_programme_may_choose_its_id():
    assert made(Programme, "public_id;name_fr\nesp;Essor\n", public_id="esp").name_fr == "Essor"


def test_two_rows_for_one_record_are_refused():
    sentence = refused(Grant, "recipient;reference\nAQIP;A-1\nAQIP;A-1\n")
    assert sentence.startswith("Ligne 3")
    assert "La ligne 2 a déjà cette référence" in sentence


def test_what_changed_since_the_export_is_refused(bob):  # noqa: F811
    grant = Grant.objects.first()
    Grant.objects.filter(pk=grant.pk).update(benefit_place="Ailleurs")
    text = f"public_id;version;benefit_place\n{grant.public_id};{grant.version};Ici\n"
    assert "Quelqu’un a modifié cette fiche" in refused(Grant, text, bob)


def test_a_published_record_is_corrected_by_those_who_may_publish(alice, bob):  # noqa: F811
    grant = Grant.objects.published().first()
    text = f"public_id;benefit_place\n{grant.public_id};Rouyn-Noranda\n"
    assert "ne peut pas la corriger" in refused(Grant, text, alice)
    assert problems(bring(Grant, text, bob)) == []
    grant.refresh_from_db()
    assert (grant.benefit_place, grant.publication, grant.import_row) == ("Rouyn-Noranda", "published", 2)


def test_a_published_record_cannot_come_to_lean_on_a_draft(bob):  # noqa: F811
    draft = Organisation.objects.create(name_fr="Pôle neuf")
    grant = Grant.objects.published().first()
    sentence = refused(Grant, f"public_id;recipient\n{grant.public_id};{draft.public_id}\n", bob)
    assert "colonne « bénéficiaire »" in sentence
    assert "ce que cette cellule nomme ne l’est pas" in sentence


def test_a_bad_row_undoes_the_good_ones():
    before = Grant.objects.count()
    result = bring(Grant, "recipient;amount\nAQIP;12\nAQIP;douze\n")
    assert (result.new, result.refused) == (1, 1)
    assert Grant.objects.count() == before
    assert result.batch.state == "refused"
    assert Import.objects.get().errors[0]["row"] == 3


def test_a_constraint_speaks_in_its_own_words():
    assert "ne peut pas se terminer avant" in refused(
        Grant, "recipient;agreement_start;agreement_end\nAQIP;2022-05;2021\n"
    )


def test_a_figure_reads_its_measure_and_share():
    source = Source.objects.first()
    text = f"organisation;mesure;valeur;nature;source\nCentech;part;25 %;résultat;{source.public_id}\n"
    figure = made(Figure, text, measure="share", organisation__name_fr="Centech")
    assert (figure.value, figure.unit) == (25, "percent")


def test_a_figure_about_nothing_is_refused():
    source = Source.objects.first()
    sentence = refused(Figure, f"mesure;valeur;source\naide;12;{source.public_id}\n")
    assert "un seul enregistrement" in sentence


def test_a_citation_is_found_by_source_and_subject():
    citation = Citation.objects.exclude(grant=None).first()
    text = f"source;grant;quote\n{citation.source.public_id};{citation.grant.public_id};Nouveaux mots\n"
    result = bring(Citation, text)
    assert (result.new, result.changed) == (0, 1)


def test_programmes_in_a_circle_are_refused_in_words():
    Programme.objects.create(public_id="haut", name_fr="Haut")
    Programme.objects.create(public_id="bas", name_fr="Bas", parent=Programme.objects.get(public_id="haut"))
    assert "en cercle" in refused(Programme, "public_id;parent\nhaut;bas\n")


def test_a_region_is_corrected_not_doubled():
    result = bring(Region, "code;nom officiel\n8;Abitibi\n")
    assert problems(result) == []
    assert Region.objects.get(code="08").name_fr == "Abitibi"


def test_a_fault_of_ours_shows_no_traceback(monkeypatch):
    monkeypatch.setattr("grants.imports.resources.sets.judge", lambda plan: 1 / 0)
    sentence = refused(Grant, "recipient\nAQIP\n")
    assert "La faute est de notre côté" in sentence
    assert "ZeroDivision" not in sentence


def test_a_thousand_rows_cost_as_many_queries_as_ten():
    sheets = []
    for count in (10, 999):
        rows = "".join(f"AQIP;{number};R-{number}\n" for number in range(count))
        sheets.append("recipient;amount;reference\n" + rows)
    with CaptureQueriesContext(connection) as few:
        bring(Grant, sheets[0], dry_run=True)
    with CaptureQueriesContext(connection) as many:
        bring(Grant, sheets[1], dry_run=True)
    assert len(many) <= len(few) + 5
