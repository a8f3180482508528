"""The screens of an import, through the real admin and the real engine."""

import io
import re

import pghistory
import pytest
from python_calamine import CalamineWorkbook

from grants.imports.steps.tables import Tables
from grants.models import Grant, Import, ImportProfile, Organisation
from tests.factories import OrganisationFactory, ProgrammeFactory
from tests.people import alice, bob, charlie, first_source  # noqa: F401

from .importing import BAD, GRANTS, Screens, words, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]

TWO_WAYS = "bénéficiaire;montant;date\nGroupe MISA;10 $;04/03/2022\nAQIP;20 $;05/06/2022\n"


@pytest.fixture
def screens(client, alice):  # noqa: F811
    client.force_login(alice)
    return Screens(client)


# ── The file ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_chosen_is_kept_and_waits_to_be_read(screens):
    response = screens.choose()
    batch = Import.objects.get()
    assert response.headers["Location"] == screens.address("change", batch.pk)
    assert (batch.state, batch.file_size, batch.parts.count()) == ("reading", len(GRANTS.encode()), 1)
    assert "en attente" in words(screens.page(batch)).lower()


@pytest.mark.parametrize(
    ("content", "name", "french"),
    [
        (b"", "a.csv", "Ce fichier est vide"),
        (b"abc", "a.docx", "aucun format lisible"),
        (b"x" * 1_100_000, "a.csv", "le registre accepte au plus 1 Mo"),
    ],
)
def test_what_need_not_be_read_is_refused_at_once(screens, settings, content, name, french):
    settings.UPLOAD_LIMIT_MB = 1
    assert french in words(screens.choose(content, name))
    assert not Import.objects.exists()


def test_a_file_that_cannot_be_read_says_why(screens):
    batch = screens.read(b"\x89PNG\r\n\x1a\n" + bytes(100), "aides.xlsx")
    text = words(screens.page(batch))
    assert batch.state == "refused"
    assert "Ce fichier ne peut pas être lu tel quel" in text
    assert "image" in text


def test_the_same_file_asks_before_it_is_read_again(screens):
    first = screens.read()
    screens.press(first, "apply")
    work(first)
    screens.choose()
    again = Import.objects.latest("pk")
    text = words(screens.page(again))
    assert again.state == "cancelled"
    assert "Ce fichier a déjà été importé" in text
    assert screens.address("change", first.pk) in screens.page(again).content.decode()
    screens.press(again, "again")
    assert work(again).state == "preview"
    assert (again.rows_new, again.rows_unchanged) == (0, 2)


def test_the_rows_that_name_no_programme_take_the_one_chosen(screens):
    programme = ProgrammeFactory()
    batch = screens.read(programme=programme.pk)
    screens.press(batch, "apply")
    work(batch)
    assert set(Grant.objects.filter(import_batch=batch).values_list("programme", flat=True)) == {programme.pk}


# ── Progress ─────────────────────────────────────────────────────────────────────────────────────────────


def test_progress_is_told_to_the_script_and_without_it(screens):
    screens.choose()
    batch = Import.objects.get()
    told = screens.page(batch, "progress").json()
    assert (told["is_working"], told["phase"], told["state"]) == (True, "queued", "reading")
    assert '<meta http-equiv="refresh" content="3">' in screens.page(batch).content.decode()


def test_what_waits_can_be_stopped_and_tried_again(screens):
    screens.choose()
    batch = Import.objects.get()
    response = screens.press(batch, "cancel")
    assert "Cette importation a été arrêtée" in words(response)
    screens.press(batch, "again")
    assert work(batch).state == "preview"


def test_the_list_and_the_first_screen_show_what_runs_and_what_waits(screens):
    screens.read()
    screens.choose(GRANTS + "AQIP;5 $;2022-05-03;A-9\n", name="autres.csv")
    first_screen = words(screens.client.get("/admin/"))
    assert re.search(r"autres\.csv \S.*aides\.csv", first_screen)
    assert "Importations à regarder 1" in first_screen
    assert "autres.csv" in words(screens.client.get(screens.address("changelist") + "?state__exact=reading"))


def test_the_first_screen_tells_nothing_to_who_may_see_no_import(screens, client, charlie):  # noqa: F811
    screens.read()
    charlie.groups.clear()
    client.force_login(charlie)
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "aides.csv" not in words(response)


# ── What was understood ──────────────────────────────────────────────────────────────────────────────────


def test_what_was_understood_is_shown_column_by_column(screens):
    batch = screens.read()
    text = words(screens.page(batch, "reading"))
    assert "reconnu : montant" in text
    assert "2 307 663,50 $" in text


def test_a_column_that_is_missing_is_named(screens):
    batch = screens.read("Qui;Combien\nGroupe MISA;10 $\n", name="autre.csv")
    assert "Aucun titre n'a été pris pour : bénéficiaire" in words(screens.page(batch, "reading"))


def test_another_row_can_hold_the_titles(screens):
    batch = screens.read("bénéficiaire;montant\nnom du bénéficiaire;montant accordé\nGroupe MISA;10 $\n")
    screens.press(batch, "reading", header="2")
    batch = work(batch)
    assert (batch.understanding["header_rows"], batch.rows_read) == ([2], 1)


def test_a_column_can_be_left_out(screens):
    batch = screens.read()
    screens.press(batch, "reading", c3="-")
    batch = work(batch)
    assert batch.wishes["columns"] == {"référence": ""}
    assert "référence" not in batch.mapping


def test_a_question_is_asked_first_and_its_answer_followed(screens):
    batch = screens.read(TWO_WAYS)
    assert "commencent-elles par le jour ou par le mois" in words(screens.page(batch, "reading"))
    assert "Répondre à 1 question sous « Ce qui a été compris »" in words(screens.page(batch))
    screens.press(batch, "reading", q0="mdy")
    screens.press(work(batch), "apply")
    work(batch)
    assert {grant.date.iso for grant in Grant.objects.filter(import_batch=batch)} == {"2022-04-03", "2022-05-06"}


def test_an_open_question_prevents_the_import(screens):
    batch = screens.read(TWO_WAYS)
    screens.press(batch, "apply")
    assert work(batch).state == "preview"


def test_a_choice_that_is_not_offered_changes_nothing(screens):
    batch = screens.read()
    response = screens.press(batch, "reading", c1="password")
    assert "un choix qu'il n'offre pas" in words(response)
    assert work(batch).wishes == {}


def test_a_mapping_is_kept_as_a_profile(screens):
    batch = screens.read("Qui;Combien\nGroupe MISA;10 $\n", name="autre.csv")
    screens.press(batch, "reading", c0="recipient", c1="amount")
    screens.press(work(batch), "profile", name="Liste de Combien")
    profile = ImportProfile.objects.get()
    assert (profile.name, set(profile.titles.values())) == ("Liste de Combien", {"recipient", "amount"})
    again = screens.press(batch, "profile", name="Liste de Combien")
    assert "Un profil porte déjà ce nom" in words(again)


# ── The preview ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_rows_are_shown_before_anything_is_written(screens):
    before = Grant.objects.count()
    batch = screens.read()
    text = words(screens.page(batch))
    assert "2 nouvelles" in text
    assert "2 307 663,50" in text
    assert Grant.objects.count() == before


def test_a_change_is_shown_before_and_after(screens):
    screens.press(first := screens.read(), "apply")
    work(first)
    batch = screens.read(GRANTS.replace("1 000 $", "1 250,50 $"))
    page = screens.page(batch, verdict="changed").content.decode()
    assert "<del>1\xa0000</del>" in page
    assert "<ins>1\xa0250,5" in page


def test_problems_are_grouped_and_lead_to_their_rows(screens):
    batch = screens.read(BAD)
    page = screens.page(batch)
    (problem,) = page.context["problems"]
    assert (problem["group"].code, problem["group"].count) == ("not_an_amount", 1)
    shown = screens.client.get(screens.address("change", batch.pk) + problem["query"])
    assert [row["row"].number for row in shown.context["rows"]] == [4]
    assert "« deux mille » n'est pas un montant" in words(shown)


def test_rows_are_searched_and_filtered(screens):
    batch = screens.read(BAD)

    def numbers(**query):
        return [row["row"].number for row in screens.page(batch, **query).context["rows"]]

    assert numbers(words="elan") == [3]
    assert numbers(verdict="refused") == [4]
    assert numbers(verdict="new", words="misa") == [2]
    assert numbers(words="\x00") == [2, 3, 4]


def test_a_total_is_left_out_and_checked(screens):
    batch = screens.read(GRANTS + "Total;2 308 663,50 $;;\n")
    text = words(screens.page(batch))
    assert "2 nouvelles" in text
    assert re.search(r"Le total de la ligne 4 est 2 308 663,50 \$, la somme lue aussi", text)
    assert "Total" in words(screens.page(batch, verdict="excluded"))


def test_rows_are_paged_by_their_place_in_the_sheet(screens):
    rows = "".join(f"Organisme {n};{n} $;2022-01-01;R-{n}\n" for n in range(1, 121))
    batch = screens.read("bénéficiaire;montant;date;référence\n" + rows)
    first = screens.page(batch)
    assert [row["row"].number for row in first.context["rows"]] == list(range(2, 52))
    assert first.context["more"] == "?after=51"
    assert [row["row"].number for row in screens.page(batch, after=51).context["rows"]] == list(range(52, 102))


@pytest.mark.parametrize("rows", [3, 90])
def test_the_preview_asks_as_much_for_many_rows_as_for_few(screens, django_assert_num_queries, rows):
    lines = "".join(f"Organisme {n};{n} $;2022-01-01;R-{n}\n" for n in range(1, rows + 1))
    batch = screens.read("bénéficiaire;montant;date;référence\n" + lines + "Vide;rien;2022;Z\n")
    # Session, user, permissions (two); the import; its tables; problems, flags, names, sums, totals (seven);
    # rows (five).
    with django_assert_num_queries(PREVIEW_QUERIES):
        screens.page(batch)


PREVIEW_QUERIES = 15


@pytest.mark.parametrize("rows", [3, 24])
@pytest.mark.parametrize(("page", "queries"), [("names", 11), ("reading", 6)])
def test_the_other_pages_ask_as_much_for_many_names(screens, django_assert_num_queries, page, queries, rows):
    lines = "".join(f"Organisme {n};{n} $\n" for n in range(1, rows + 1))
    batch = screens.read("bénéficiaire;montant\n" + lines)
    with django_assert_num_queries(queries):
        screens.page(batch, page)


def test_rows_that_no_longer_wait_can_be_read_again(screens):
    batch = screens.read()
    Tables(batch.pk).drop()
    assert "Les lignes n'attendent plus" in words(screens.page(batch))
    screens.press(batch, "again")
    work(batch)
    assert "2 nouvelles" in words(screens.page(batch))


# ── Names ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def near(screens):
    """An import with a name that nearly is that of an organisation."""
    organisation = OrganisationFactory(name_fr="Centre de robotique de Rimouski")
    return screens.read("bénéficiaire;montant\nCentre de robotiques de Rimouski;10 $\n"), organisation


def test_a_near_name_is_asked_about_once_and_remembered(screens, near):
    batch, organisation = near
    page = screens.page(batch, "names")
    (line,) = page.context["lines"]
    assert (line.name.how, [choice.value for choice in line.choices]) == ("similar", ["", str(organisation.pk), "new"])
    screens.press(batch, "names", **decision(line, str(organisation.pk)))
    screens.press(work(batch), "apply")
    work(batch)
    assert Grant.objects.get(import_batch=batch).recipient == organisation
    assert organisation.names.get().name == "Centre de robotiques de Rimouski"


def test_a_near_name_can_be_another_record_found_by_its_id(screens, near):
    batch, _organisation = near
    (line,) = screens.page(batch, "names").context["lines"]
    screens.press(batch, "names", **decision(line, "other"), **{"public_id-0": "groupe-misa"})
    screens.press(work(batch), "apply")
    work(batch)
    assert Grant.objects.get(import_batch=batch).recipient.public_id == "groupe-misa"


def test_a_decision_brings_one_back_to_the_names(screens, near):
    batch, _organisation = near
    (line,) = screens.page(batch, "names").context["lines"]
    response = screens.press(batch, "names", **decision(line, "new"))
    assert response.request["QUERY_STRING"] == "then=names"
    work(batch)
    assert screens.client.get(screens.address("change", batch.pk) + "?then=names").status_code == 302
    (line,) = screens.page(batch, "names").context["lines"]
    assert line.shown == "new"


@pytest.mark.parametrize("choice", ["999999", "x", "-1", "other"])
def test_a_record_that_is_not_there_is_refused(screens, near, choice):
    batch, _organisation = near
    (line,) = screens.page(batch, "names").context["lines"]
    response = screens.press(batch, "names", **decision(line, choice))
    assert "Rien n'a été décidé" in words(response)
    assert "names" not in work(batch).wishes


def decision(line, choice):
    return {"noun-0": line.name.noun, "key-0": line.name.key, "shown-0": line.shown, "choice-0": choice}


# ── Applying ─────────────────────────────────────────────────────────────────────────────────────────────


def test_good_rows_come_in_and_the_report_says_so(screens):
    batch = screens.read()
    screens.press(batch, "apply")
    text = words(screens.page(work(batch)))
    assert batch.state == "applied"
    assert Grant.objects.filter(import_batch=batch).count() == 2
    assert "Voir les aides" in text


def test_refused_rows_are_left_out_only_by_choice(screens):
    batch = screens.read(BAD)
    assert "laisser de côté celles qui sont refusées" in words(screens.page(batch, "apply"))
    refused = screens.press(batch, "apply")
    assert "dites si les bonnes sont importées" in words(refused)
    screens.press(batch, "apply", good_rows="yes")
    assert (work(batch).state, batch.only_good_rows) == ("applied", True)
    assert Grant.objects.filter(import_batch=batch).count() == 2


def test_the_refused_rows_are_downloaded_as_a_spreadsheet(screens):
    batch = screens.read(BAD)
    response = screens.page(batch, "errors")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0)
    titles, row = sheet.to_python()
    assert titles[:4] == ["bénéficiaire", "montant", "date", "référence"]
    assert row[:2] == ["AQIP", "deux mille"]


def test_of_two_tabs_one_wins_and_the_other_is_told(screens):
    batch = screens.read()
    seen = Import.objects.get(pk=batch.pk).version
    address = screens.address("apply", batch.pk)
    screens.client.post(address, {"seen_version": seen})
    work(batch)
    second = screens.client.post(address, {"seen_version": seen}, follow=True)
    assert "Cette importation a avancé" in words(second)
    assert Grant.objects.filter(import_batch=batch).count() == 2


# ── Taking back ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_import_is_taken_back_and_says_what_stayed(screens):
    before = set(Grant.objects.values_list("pk", flat=True))
    batch = screens.read()
    screens.press(batch, "apply")
    work(batch)
    with pghistory.context(command="by hand"):  # the test is one transaction: another context is another deed
        Grant.objects.filter(reference="A-2").update(amount=7)
    foreseen = words(screens.page(batch, "undo"))
    assert "Ce qui reste, et pourquoi" in foreseen
    screens.press(batch, "undo")
    text = words(screens.page(work(batch)))
    assert batch.state == "undone"
    assert set(Grant.objects.values_list("pk", flat=True)) - before == {Grant.objects.get(reference="A-2").pk}
    assert "changée depuis" in text


def test_a_page_visited_takes_nothing_back(screens):
    batch = screens.read()
    screens.press(batch, "apply")
    screens.page(work(batch), "undo")
    assert work(batch).state == "applied"


def test_the_lists_lead_to_the_import_of_their_records(screens):
    page = screens.client.get("/admin/grants/organisation/").content.decode()
    assert '/admin/grants/import/add/?noun=organisation"' in page
    chosen = screens.client.get(screens.address("add"), {"noun": "organisation"}).content.decode()
    assert '<option value="organisation" selected>' in chosen


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_only_reads_looks_and_does_nothing(screens, client, charlie):  # noqa: F811
    batch = screens.read(TWO_WAYS)
    client.force_login(charlie)
    for page in ("change", "reading", "names"):
        html = screens.page(batch, page).content.decode()
        assert 'type="submit" class="default"' not in re.sub(r"\s+", " ", html)
    for page in ("apply", "cancel", "again", "undo", "profile", "reading", "names"):
        assert client.post(screens.address(page, batch.pk)).status_code == 403
    assert screens.choose().status_code == 403


def test_a_form_without_its_token_does_nothing(alice):  # noqa: F811
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert Screens(client).choose().status_code == 403


@pytest.mark.parametrize("page", ["change", "reading", "names", "apply", "undo"])
def test_an_import_that_is_not_there_is_not_found(screens, page):
    assert screens.client.get(screens.address(page, 999_999)).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_screens_have_nothing_inline(screens, language):
    screens.language = language
    batch = screens.read(BAD)
    addresses = [
        screens.address("add"),
        *(screens.address(page, batch.pk) for page in ("change", "reading", "names", "apply")),
    ]
    for address in addresses:
        html = screens.client.get(address).content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)


def test_html_in_a_sheet_is_shown_as_text(screens):
    batch = screens.read("bénéficiaire;montant;titre\n<img src=x>;1 $;<script>alert(1)</script>\n")
    for page in ("change", "reading", "names"):
        html = screens.page(batch, page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x>" not in html


def test_only_the_noun_chosen_is_written(screens):
    before = Organisation.objects.count()
    batch = screens.read("nom;ville\nCoopérative du Témis;Rimouski\n", noun="organisation")
    screens.press(batch, "apply")
    assert work(batch).state == "applied"
    assert Organisation.objects.count() == before + 1
