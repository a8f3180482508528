"""The screens of imports and exports, through the real admin."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from grants.imports.waiting import WaitingSheets
from grants.models import Grant, Import, Organisation
from tests.imports.samples import archive, cells, xlsx
from tests.people import alice, bob, charlie, first_source  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]

GRANTS = "bénéficiaire;montant;référence;programme\nGroupe MISA inc.;2 307 663,50 $;A-1;OTN\nAQIP;2,3 M$;A-2;otn\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Sheets wait in the test's own folder."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def screen(client, alice):  # noqa: F811
    """Alice at the screens."""
    client.force_login(alice)
    return Screen(client)


class Screen:
    """What a person does: choose a file, confirm its preview."""

    def __init__(self, client, noun="grant"):
        self.client, self.noun = client, noun

    def address(self, page, language="fr"):
        with override(language):
            return reverse(f"admin:grants_{self.noun}_{page}")

    def choose(self, content, name="aides.csv", *, language="fr", **more):
        content = content.encode() if isinstance(content, str) else content
        posted = {"import_file": SimpleUploadedFile(name, content), "format": "", "resource": "0", **more}
        return self.client.post(self.address("import", language), posted)

    def confirm(self, preview, **changes):
        form = preview.context["confirm_form"]
        posted = {name: form.initial.get(name, "") for name in form.fields} | changes
        return self.client.post(self.address("process_import"), posted, follow=True)


def words(response):
    """The text of a page, its spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("&#x27;", "'").replace("&quot;", '"'))


def test_a_preview_writes_nothing(screen):
    preview = screen.choose(GRANTS)
    assert preview.context["result"].new == 2
    assert "2 307 663,50" in words(preview)
    assert not Grant.objects.filter(reference="A-1").exists()
    assert not Import.objects.exists()


def test_a_confirmed_preview_becomes_drafts_that_know_their_row(screen):
    screen.confirm(screen.choose(GRANTS))
    grant = Grant.objects.get(reference="A-1")
    assert (grant.publication, grant.import_row) == ("draft", 2)
    assert grant.recipient.name_fr == "Groupe MISA"
    assert (grant.import_batch.rows_new, grant.import_batch.rows_read) == (2, 2)
    assert len(grant.import_batch.fingerprint) == 64


def test_the_history_says_who_and_by_which_import(screen, alice):  # noqa: F811
    screen.confirm(screen.choose(GRANTS))
    metadata = Grant.objects.get(reference="A-1").events.get().pgh_context.metadata
    assert metadata["user"] == alice.pk
    assert metadata["file"] == "aides.csv"
    assert metadata["import_id"] == Import.objects.get().pk


def test_the_same_sheet_again_changes_nothing(screen):
    screen.confirm(screen.choose(GRANTS))
    again = screen.choose(GRANTS).context["result"]
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_a_change_is_shown_before_and_after(screen):
    screen.confirm(screen.choose(GRANTS))
    preview = screen.choose("référence;programme;bénéficiaire;montant\nA-2;otn;AQIP;2,4 M$\n")
    assert "<del>2\xa0300\xa0000</del>" in preview.content.decode()
    assert "<ins>2\xa0400\xa0000</ins>" in preview.content.decode()


def test_all_the_faults_are_told_at_once_with_the_sheets_own_rows(screen):
    sheet = "bénéficiaire;montant;date\n\nGroupe MISA;deux millions;31 février 2022\nInconnue inc.;12;2022\n"
    response = screen.choose(sheet)
    rows = [(problem.row, problem.column) for problem in response.context["result"].problems]
    assert rows == [(3, "montant"), (3, "date"), (4, "bénéficiaire")]
    assert "confirm_form" not in response.context
    assert "« deux millions » n'est pas un montant" in words(response).replace("’", "'")
    assert "Traceback" not in words(response)


def test_the_faults_are_told_in_english_too(screen):
    response = screen.choose("recipient;amount\nGroupe MISA;two million\n", language="en")
    assert "“two million” is not an amount" in words(response)


def test_nobody_who_only_reads_imports(client, charlie):  # noqa: F811
    client.force_login(charlie)
    assert Screen(client).choose(GRANTS).status_code == 403


def test_whoever_reads_exports(client, charlie):  # noqa: F811
    client.force_login(charlie)
    response = client.post(Screen(client).address("export"), {"format": "0", "resource": "0"})
    assert response["Content-Type"].startswith("text/csv")
    assert response.getvalue().decode("utf-8-sig").startswith("identifiant public,")


def test_an_import_changes_nothing_published_without_the_right_to_publish(screen):
    grant = Grant.objects.published().first()
    response = screen.choose(f"public_id;montant\n{grant.public_id};1\n")
    assert "votre compte ne peut pas la corriger" in words(response)


def test_an_import_publishes_nothing(screen):
    response = screen.choose(GRANTS.replace("programme\n", "programme;publication\n").replace("OTN\n", "OTN;publié\n"))
    assert "Une importation ne publie pas" in words(response)


def test_a_confirmation_with_another_name_is_refused(screen, tmp_path):
    preview = screen.choose(GRANTS)
    for name in ("../../etc/passwd", "/etc/passwd", "0" * 32, "", "x" * 5000):
        response = screen.confirm(preview, import_file_name=name)
        assert response.status_code == 200
        assert "ne vient pas de votre aperçu" in words(response)
    assert not Import.objects.exists()


@pytest.mark.parametrize("number", ["99", "-1", "x", "²", ""])
def test_a_confirmation_with_another_format_is_refused(screen, number):
    response = screen.confirm(screen.choose(GRANTS), format=number)
    assert "ne vient pas de votre aperçu" in words(response)


def test_a_confirmation_is_its_own_persons(screen, client, bob):  # noqa: F811
    preview = screen.choose(GRANTS)
    client.force_login(bob)
    assert "ne vient pas de votre aperçu" in words(screen.confirm(preview))


def test_a_file_that_has_gone_is_told_so(screen):
    preview = screen.choose(GRANTS)
    for path in WaitingSheets().folder.iterdir():
        path.unlink()
    assert "a attendu trop longtemps" in words(screen.confirm(preview))


def test_what_changed_since_the_preview_must_be_seen_again(screen):
    screen.confirm(screen.choose(GRANTS))
    preview = screen.choose("référence;programme;bénéficiaire;montant\nA-2;otn;AQIP;2,4 M$\n")
    Grant.objects.filter(reference="A-2").update(amount=5)
    response = screen.confirm(preview)
    assert "a changé depuis l’aperçu" in words(response)
    assert Grant.objects.get(reference="A-2").amount == 5
    assert Import.objects.filter(state="refused").count() == 1


def test_a_row_that_turned_bad_since_the_preview_refuses_all(screen):
    preview = screen.choose(GRANTS)
    Organisation.objects.filter(name_fr="Groupe MISA").update(name_fr="Autre nom")
    response = screen.confirm(preview)
    assert "n’a pas été importée" in words(response)
    assert not Grant.objects.filter(reference="A-2").exists()
    assert Import.objects.get().errors[0]["row"] == 2


LONG = "x" * 10_000
BAD = {
    "empty": (b"", "a.csv", "vide", "empty"),
    "blank": (b"  \n \n", "a.csv", "vide", "empty"),
    "binary": (bytes(range(256)) * 40, "a.csv", "", ""),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.xlsx", "image", "image"),
    "workbook named text": (xlsx(cells([["montant"], [1]])), "a.csv", "XLSX", "XLSX"),
    "text named workbook": (b"montant\n12\n", "a.xlsx", "CSV", "CSV"),
    "unknown ending": (b"montant\n12\n", "a.docx", "CSV, XLSX, ODS ou XLS", "CSV, XLSX, ODS or XLS"),
    "zip": (archive({"a.txt": "a"}), "a.xlsx", "", ""),
    "unknown column": (b"montent;recipient\n12;x\n", "a.csv", "Vouliez-vous dire « montant »", "Did you mean “amount”"),
    "same column twice": (
        b"montant;amount;recipient\n1;1;x\n",
        "a.csv",
        "dit la même chose que la colonne « montant »",
        "says the same as the column “montant”",
    ),
    "repeated title": (b"montant;montant\n1;1\n", "a.csv", "deux fois", "twice"),
    "missing column": (b"montant\n12\n", "a.csv", "Cette colonne manque", "This column is missing"),
    "NUL": (b"recipient;title_fr\nAQIP;a\x00b\n", "a.csv", "", ""),
    "control character": (b"recipient;title_fr\nAQIP;a\x07b\n", "a.csv", "", ""),
    "long name": (f"recipient;title_fr\nAQIP;{LONG}\n".encode(), "a.csv", "300", "300"),
    "long recipient": (f"recipient\n{LONG}\n".encode(), "a.csv", "300", "300"),
    "nothing obligatory": (b"recipient;amount\n;12\n", "a.csv", "ne doit pas être vide", "must not be empty"),
    "end before start": (
        b"recipient;agreement_start;agreement_end\nAQIP;2022-05;2021\n",
        "a.csv",
        "avant",
        "before",
    ),
    "protected": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "a.xlsx",
        "mot de passe",
        "password",
    ),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_in_words(screen, case, language):
    content, name, french, english = BAD[case]
    before = Grant.objects.count()
    response = screen.choose(content, name, language=language)
    assert response.status_code == 200
    assert "confirm_form" not in response.context
    text = words(response)
    assert (french if language == "fr" else english) in text
    assert not re.search(r"Traceback|Error\b|Exception", text)
    assert Grant.objects.count() == before
    assert not list(WaitingSheets().folder.glob("*"))


def test_a_file_that_is_too_large_is_refused(screen, settings):
    settings.UPLOAD_LIMIT_MB = 1
    response = screen.choose(b"a" * 1_100_000)
    assert "Ce fichier fait 2 Mo" in words(response)


def test_html_is_shown_as_text(screen):
    sheet = "recipient;title_fr\nAQIP;<script>alert(1)</script>\n<img src=x>;b\n"
    page = screen.choose(sheet).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


@pytest.mark.parametrize("page", ["import", "export"])
def test_the_screens_have_nothing_inline(screen, page):
    html = screen.client.get(screen.address(page)).content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)


@pytest.mark.parametrize("noun", ["grant", "organisation", "programme", "citation", "region", "source", "figure"])
def test_every_noun_has_its_screens(screen, noun):
    screen.noun = noun
    assert screen.client.get(screen.address("export")).status_code == 200
    expected = 200 if noun != "region" else screen.client.get(screen.address("import")).status_code
    assert screen.client.get(screen.address("import")).status_code == expected


def test_imports_only_go_out(screen):
    screen.noun = "import"
    assert screen.client.get(screen.address("export")).status_code == 200
    assert screen.client.get(screen.address("import")).status_code == 403


def test_a_selection_goes_out_alone(screen):
    screen.noun = "organisation"
    one = Organisation.objects.get(name_fr="Groupe MISA")
    chosen = screen.client.post(
        screen.address("changelist"), {"action": "export_admin_action", "_selected_action": [one.pk]}
    )
    assert "1 fiche choisie" in words(chosen)
    response = screen.client.post(screen.address("export"), {"format": "0", "resource": "0", "export_items": [one.pk]})
    assert len(response.getvalue().decode("utf-8-sig").strip().split("\r\n")) == 2
