"""The screens of press releases, through the real admin and the real reader."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants.communiques.draft import Draft, GrantDraft, Near, NotGrantDraft
from grants.models import Announcement, Communique, Figure, Grant, Organisation, Passage
from tests.factories import CommuniqueFactory

from .pages import address
from .reviewing import TEXT, Desk, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_source")]


@pytest.fixture
def desk(client, alice):
    client.force_login(alice)
    return Desk(client)


def line_of(fields, value, of="name"):
    """The line whose field `of` holds `value`: « grants-1 »."""
    return next(name.rpartition("-")[0] for name, held in fields.items() if name.endswith(f"-{of}") and held == value)


# ── Pasting ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_text_that_is_pasted_is_read_and_shown_beside_its_draft(desk):
    communique = desk.read()
    assert (communique.state, communique.language, communique.read_by.username) == ("review", "fr", "alice")
    fields = desk.fields(communique)
    assert fields[f"{line_of(fields, 'Groupe MISA')}-amount"] == "5\xa0416\xa0050"
    assert fields["announcement-date"] == "20\xa0mai 2022"
    page = desk.page(communique).content.decode()
    start = TEXT.index("Groupe MISA")
    assert f'id="p{start}-{start + 11}"' in page
    assert "Enveloppe d’un programme" in page.replace("&#x27;", "’")


@pytest.mark.parametrize(
    ("sent", "french"),
    [
        ({"text": " "}, "Collez le texte du communiqué ou choisissez son fichier"),
        ({"text": TEXT, "url": "pas une adresse"}, "URL"),
        ({"text": TEXT, "published": "31 février 2022"}, "ce jour n'existe pas"),
        ({"text": "\x00\x01\x02\ufffd" * 500}, "n'a pas été lu"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"Bonjour")}, "pas les deux"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100))}, "a.png"),
        ({"file": SimpleUploadedFile("vide.txt", b"")}, "vide"),
    ],
)
def test_what_cannot_be_read_says_so_and_loses_nothing(desk, sent, french):
    response = desk.client.post(desk.address("add"), sent)
    assert response.status_code == 200
    assert french in words(response)
    if TEXT in sent.values():
        assert "5 416 050 $ pour le projet" in words(response)
    assert not Communique.objects.exists()


def test_more_text_than_a_form_holds_is_refused_in_words(desk):
    response = desk.paste("Une aide de 10 $. " * 300_000)
    assert response.status_code == 413
    assert "5 Mo de texte à la fois" in words(response)


def test_the_same_text_again_leads_to_what_became_of_it(desk):
    communique = desk.read()
    response = desk.client.post(desk.address("add"), {"text": TEXT}, follow=True)
    assert response.redirect_chain[-1][0] == desk.address("change", communique.pk)
    assert "Ce texte a déjà été collé" in words(response)
    assert Communique.objects.count() == 1


def test_a_page_is_read_without_its_menus_and_says_where_it_came_from(desk):
    head, text = "<html lang=fr><head><title>Titre</title></head>", TEXT.replace("\n", "<br>")
    html = f"{head}<body><nav>Menu 9 M$</nav><main>{text}</main></body></html>"
    file = SimpleUploadedFile("page.html", html.encode(), "text/html")
    desk.client.post(desk.address("add"), {"file": file, "url": "www.quebec.ca/nouvelles/1", "publisher": "Ministère"})
    communique = Communique.objects.get()
    fields = desk.fields(communique)
    assert "Menu" not in communique.text
    assert (communique.file_name, fields["source-publisher"]) == ("page.html", "Ministère")
    assert fields["source-url"] == "https://www.quebec.ca/nouvelles/1"


# ── The draft ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_typed_is_kept_even_where_it_cannot_be_read(desk):
    communique = desk.read()
    line = line_of(desk.fields(communique), "Groupe MISA")
    desk.press(communique, "keep", **{f"{line}-amount": "cinq millions", "announcement-date": "2022-05"})
    fields = desk.fields(communique)
    assert (fields[f"{line}-amount"], fields["announcement-date"]) == ("cinq millions", "mai 2022")
    assert "n'est pas un montant" in words(desk.page(communique))
    assert Draft.from_json(communique.draft).announcement.date == "2022-05"


def test_spans_stay_with_their_lines_when_a_draft_is_kept(desk):
    communique = desk.read()
    before = Draft.from_json(communique.draft)
    desk.press(communique, "keep")
    assert Draft.from_json(communique.draft) == before


def test_a_line_may_be_added_and_a_number_taken(desk):
    communique = desk.read()
    count = len(communique.draft["grants"])
    response = desk.press(communique, "add")
    assert response.redirect_chain[-1][0].endswith(f"#grants-{count}")
    left = communique.draft["not_grants"]
    envelope = next(number for number, one in enumerate(left) if one["reason"] == "envelope")
    desk.press(communique, f"take-{envelope}")
    taken = communique.draft["grants"][-1]
    assert (taken["amount"], taken["name"], taken["take"]) == ("130000000", "", True)
    assert len(communique.draft["not_grants"]) == len(left) - 1


def test_a_recipient_that_is_called_otherwise_is_recognised(desk):
    communique = desk.read()
    line = line_of(desk.fields(communique), "Coopérative Boréale de Val-d'Or")
    desk.press(communique, "keep", **{f"{line}-name": "La Piscine"})
    assert desk.fields(communique)[f"{line}-organisation"] == str(Organisation.objects.get(public_id="la-piscine").pk)


def test_another_record_is_named_by_its_public_id_where_there_is_no_script(desk):
    communique = desk.read()
    line = line_of(desk.fields(communique), "Coopérative Boréale de Val-d'Or")
    assert "Aucune fiche n'a l'identifiant « zut »" in words(
        desk.press(communique, "keep", **{f"{line}-public_id": "zut"})
    )
    desk.press(communique, "keep", **{f"{line}-public_id": "aqip"})
    assert desk.fields(communique)[f"{line}-organisation"] == str(Organisation.objects.get(public_id="aqip").pk)


def test_the_reconciliation_follows_what_is_typed_and_keeps_nothing(desk):
    communique = desk.read()
    fields = desk.fields(communique)
    fields[f"{line_of(fields, 'Groupe MISA')}-amount"] = "5,5 M$"
    response = desk.client.post(desk.address("concordance", communique.pk), fields)
    assert "6 775 000 $" in words(response)
    fields["grants-0-amount"] = "zut"
    assert "Une valeur ne peut être lue" in words(desk.client.post(desk.address("concordance", communique.pk), fields))
    version = communique.version
    communique.refresh_from_db()
    assert communique.version == version


def test_the_second_of_two_people_is_told_and_loses_nothing(desk, bob):
    communique = desk.read()
    mine, line = desk.fields(communique), line_of(desk.fields(communique), "Groupe MISA")
    other = Desk(Client())
    other.client.force_login(bob)
    other.press(communique, "keep", **{f"{line}-amount": "1 $"})
    response = desk.press(communique, "file", mine, **{f"{line}-amount": "2 $", "announcement-place": "Ailleurs"})
    assert "bob a modifié ce communiqué" in words(response)
    assert 'value="Ailleurs"' in response.content.decode()
    assert communique.draft["announcement"]["place"] == "Rouyn-Noranda"
    assert not Passage.objects.exists()


def test_reading_again_asks_first_and_drops_what_was_typed(desk):
    communique = desk.read()
    desk.press(communique, "keep", **{"announcement-place": "Ailleurs", "source-publisher": "Ministère"})
    assert "est perdu" in words(desk.page(communique, "reread"))
    assert communique.draft["announcement"]["place"] == "Ailleurs"
    desk.client.post(desk.address("reread", communique.pk), {"seen_version": communique.version})
    communique.refresh_from_db()
    assert communique.draft["announcement"]["place"] == "Rouyn-Noranda"
    assert communique.draft["source"]["publisher"] == "Ministère"


def test_a_text_of_which_nothing_is_left_is_read_again(desk):
    communique = desk.read()
    desk.press(communique, "file", **{"source-publisher": "Ministère"})
    announcement = communique.announcement
    Figure.objects.filter(passages__communique=communique).delete()
    Grant.objects.filter(announcement=announcement).delete()
    announcement.delete()
    assert "Relire le texte" in words(desk.page(communique))
    communique.refresh_from_db()
    desk.client.post(desk.address("reread", communique.pk), {"seen_version": communique.version})
    communique.refresh_from_db()
    assert (communique.state, communique.filed_at) == ("review", None)


def test_what_is_set_aside_waits_until_it_is_taken_up_again(desk):
    communique = desk.read()
    fields = desk.fields(communique)
    assert "Reprenez-le" in words(desk.press(communique, "aside"))
    desk.press(communique, "file", fields)
    assert communique.state == "set_aside"
    desk.press(communique, "resume", {"seen_version": str(communique.version)})
    assert communique.state == "review"


@pytest.mark.parametrize(
    "forged",
    [
        {"grants-TOTAL": "9" * 30},
        {"grants-TOTAL": "12", "grants-11-organisation": "9" * 18, "grants-11-take": "on"},
        {"grants-0-rest": "nonsense", "grants-0-organisation": "-1", "grants-0-other": "²"},
        {"announcement-existing": "999999999", "announcement-programme": "x", "offered": "1 x 2"},
        {"seen_version": "x", "do": "take-99999999999"},
        {"do": "nonsense", "grants-0-public_id": "\x00"},
    ],
)
@pytest.mark.parametrize("do", ["keep", "file"])
def test_a_forged_page_is_answered_in_words(desk, forged, do):
    communique = desk.read()
    sent = {**desk.fields(communique), "do": do, **forged}
    assert desk.client.post(desk.address("change", communique.pk), sent, follow=True).status_code == 200
    assert desk.client.post(desk.address("concordance", communique.pk), sent).status_code == 200
    assert desk.page(communique).status_code == 200


def test_a_list_too_long_for_a_page_says_so_and_files_what_is_shown(desk):
    draft = Draft(grants=[GrantDraft(name=f"Coopérative {number}", amount="1") for number in range(302)])
    communique = CommuniqueFactory(draft=draft.to_json())
    assert "2 autres lignes ne sont pas affichées" in words(desk.page(communique))
    desk.press(communique, "keep")
    assert [line["take"] for line in communique.draft["grants"][299:]] == [True, False, False]


def test_readers_see_it_all_and_change_nothing(desk, client, charlie):
    communique = desk.read()
    client.force_login(charlie)
    page = desk.page(communique).content.decode()
    assert '<fieldset class="all" disabled>' in page
    assert 'value="file"' not in page
    assert desk.client.post(desk.address("change", communique.pk), {"do": "keep"}).status_code == 403


def test_the_first_screen_leads_to_what_waits_and_to_the_box(desk, client, charlie):
    desk.read()
    assert "Communiqués à relire 1" in words(client.get("/admin/"))
    assert desk.address("add") in client.get("/admin/").content.decode()
    client.force_login(charlie)
    assert "Communiqués à relire 1" in words(client.get("/admin/"))
    assert "Coller un communiqué" not in words(client.get("/admin/"))


# ── Filing ───────────────────────────────────────────────────────────────────────────────────────────────


def test_filing_makes_drafts_that_lead_to_their_words_and_back(desk):
    communique = desk.read()
    response = desk.press(communique, "file", **{"source-publisher": "Ministère", "figures-0-take": ""})
    assert communique.state == "filed", words(response)
    grant = Grant.objects.get(announcement=communique.announcement, amount=5_416_050)
    assert (grant.publication, grant.recipient.public_id) == ("draft", "groupe-misa")
    passage = Passage.objects.get(grant=grant)
    assert "5 416 050 $" in passage.words
    anchor = f"p{passage.start}-{passage.end}"
    assert address(grant) in response.content.decode()
    assert f'id="{anchor}"' in response.content.decode()
    assert "Un chiffre qui n'a pas été pris" in words(response)
    assert f"{desk.address('change', communique.pk)}#{anchor}" in desk.client.get(address(grant)).content.decode()
    figure = Figure.objects.filter(announcement=communique.announcement).first()
    assert desk.address("change", communique.pk) in desk.client.get(address(figure)).content.decode()
    assert desk.address("change", communique.pk) in desk.client.get(address(communique.announcement)).content.decode()


def test_what_prevents_filing_is_said_beside_its_line_and_nothing_is_made(desk):
    communique = desk.read()
    made = Grant.objects.count()
    response = desk.press(
        communique, "file", **{"grants-0-amount": "zut", "grants-1-name": "", "announcement-place": "X"}
    )
    page = response.content.decode()
    assert 'id="id_grants-0-amount_error"' in page
    assert 'id="id_grants-1-name_error"' in page
    assert 'value="X"' in page
    assert (Grant.objects.count(), communique.state) == (made, "review")


def test_a_page_sent_twice_is_filed_once(desk):
    communique = desk.read()
    fields = {**desk.fields(communique), "source-publisher": "Ministère"}
    desk.press(communique, "file", fields)
    made = Grant.objects.count()
    desk.press(communique, "file", fields)
    assert Grant.objects.count() == made


def test_a_text_that_joins_an_announcement_stands_beside_what_the_registry_has(desk):
    announcement = Announcement.objects.get(public_id="otn-2022-04-20")
    text = (
        "29 millions de dollars à neuf organisations\n\nQuébec, le 20 avril 2022. – Dans le cadre de l'Offensive de "
        "transformation numérique (OTN), 30 millions de dollars sont accordés à neuf organisations.\n\n"
        "• Groupe MISA : 5 416 050 $;\n• La Piscine : 900 000 $;\n• Coopérative Boréale : 10 000 $.\n"
    )
    communique = desk.read(text)
    page = words(desk.press(communique, "keep", **{"announcement-existing": str(announcement.pk)}))
    assert "Le registre à côté de ce texte" in page
    assert "La Piscine 875 000 $" in page
    assert "900 000 $ Différent : les deux sont gardés" in page
    made = announcement.grants.count()
    desk.press(communique, "file", **{"source-publisher": "Journal"})
    assert (communique.announcement, announcement.grants.count()) == (announcement, made + 1)


def test_a_text_that_surely_tells_an_announcement_again_joins_it_unless_somebody_says_otherwise(desk):
    announcement = Announcement.objects.get(public_id="otn-2022-04-20")
    communique = desk.read(
        "Québec, le 20 avril 2022. – Dans le cadre de l'Offensive de transformation numérique (OTN), 29 millions de "
        "dollars sont accordés à neuf organisations.\n\n• Groupe MISA : 5 416 050 $;\n• La Piscine : 875 000 $.\n"
    )
    assert desk.fields(communique)["announcement-existing"] == str(announcement.pk)
    assert "semble parler d'une annonce" in words(desk.press(communique, "keep", **{"announcement-existing": ""}))


def test_a_name_that_is_nearly_known_says_so_and_offers_the_record(desk):
    piscine = Organisation.objects.get(public_id="la-piscine")
    line = GrantDraft(name="La Picine", nearest=[Near(piscine.pk, "La Piscine", 94)])
    communique = CommuniqueFactory(draft=Draft(grants=[line]).to_json())
    assert "Une organisation du registre porte presque ce nom" in words(desk.page(communique))
    assert "La Piscine (noms semblables à 94 %)" in words(desk.page(communique))
    desk.press(communique, "keep", **{"grants-0-organisation": str(piscine.pk)})
    assert "presque ce nom" not in words(desk.page(communique))


# ── What a newcomer meets ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "kept"), [("0,046 M$", "46\xa0000"), ("1,2345 k$", "1\xa0234,50"), ("0,8753 M$", "875\xa0300")]
)
def test_an_amount_typed_in_millions_stays_that_amount(desk, typed, kept):
    communique = desk.read()
    line = line_of(desk.fields(communique), "Groupe MISA")
    desk.press(communique, "keep", **{f"{line}-amount": typed})
    assert desk.fields(communique)[f"{line}-amount"] == kept
    desk.press(communique, "keep")
    assert desk.fields(communique)[f"{line}-amount"] == kept


def test_all_that_is_missing_is_said_at_once(desk):
    communique = desk.read()
    answer = desk.press(communique, "file", **{"announcement-programme": "", "source-publisher": "", "source-url": ""})
    assert "Une annonce doit avoir son programme." in words(answer)
    assert "Une source doit avoir son éditeur" in words(answer)


def test_a_text_in_another_language_says_that_nothing_was_taken(desk):
    communique = desk.read(
        "El Ministerio concede 1.200.000 € al Museo del Puerto y 800.000 € a la Fundación Casa Blanca."
    )
    assert "n'est ni en français ni en anglais" in words(desk.page(communique))
    assert "n'est ni en français" not in words(desk.page(desk.read()))


def test_a_programme_that_the_registry_does_not_have_is_named(desk):
    text = TEXT.replace("Offensive de transformation numérique (OTN)", "Fonds régions et ruralité (FRR)")
    assert "que le registre n'a pas" in words(desk.page(desk.read(text.replace("L'Offensive", "Le fonds"))))
    assert "que le registre n'a pas" not in words(desk.page(desk.read()))


def test_a_small_number_that_nothing_calls_money_is_not_offered_as_a_grant(desk):
    communique = desk.read()
    draft = Draft.from_json(communique.draft)
    left = len(draft.not_grants)
    draft.not_grants += [NotGrantDraft("30", "30", "number", (0, 5)), NotGrantDraft("4 250", "4250", "number", (6, 12))]
    Communique.objects.filter(pk=communique.pk).update(draft=draft.to_json())
    offered = words(desk.page(communique)).partition("Lu comme de l'argent")[2]
    assert "4 250 Nombre sans unité" in offered
    assert "30 Nombre sans unité" not in offered
    page = desk.page(communique).content.decode()
    assert f'href="#left-{left + 1}"' in page
    assert f'href="#left-{left}"' not in page


def test_what_was_filed_is_chosen_at_once_in_the_lists(desk):
    communique = desk.read()
    answer = desk.press(communique, "file", **{"source-publisher": "Gouvernement du Québec"})
    grants = Grant.objects.filter(passages__communique=communique)
    listed = f"{address(Grant, 'changelist')}?id__in="
    chosen = answer.content.decode().partition(listed)[2].partition('"')[0]
    assert {int(key) for key in chosen.split(",")} == set(grants.values_list("pk", flat=True))
    assert "3 aides financières" in words(desk.client.get(listed + chosen))


def test_a_correction_that_was_taken_is_told(desk):
    desk.press(desk.read(), "file", **{"source-publisher": "Gouvernement du Québec"})
    correction = "L'aide accordée au Groupe MISA y était établie à 5 416 050 $; il fallait lire 5 614 050 $."
    error = "Rouyn-Noranda, le 24 mai 2022 – Une erreur s'est glissée dans le communiqué du 20 mai 2022."
    communique = desk.read(f"RECTIFICATIF\n\n{error} {correction}\n")
    grant = Grant.objects.get(passages__communique__lt=communique.pk, recipient__name_fr="Groupe MISA")
    chosen = {"amendments-0-public_id": grant.public_id}  # the first source has one too
    answer = desk.press(communique, "file", **{"source-publisher": "Gouvernement du Québec", **chosen})
    assert "1 aide a été corrigée." in words(answer)
    assert "Groupe MISA · aide · 5 614 050 $" in words(answer)
