"""A draft becomes draft records, all or none, each tied to its words; filed twice, nothing is made twice."""

import threading

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse

from grants.communiques.draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft, SourceDraft
from grants.communiques.filing import file_draft
from grants.models import (
    PUBLISHABLE,
    Announcement,
    Citation,
    Figure,
    Grant,
    Organisation,
    OrganisationName,
    Passage,
    Project,
    Source,
)
from grants.models.registry_version import ask
from tests import factories as make
from tests.people import person

pytestmark = pytest.mark.django_db
TEXT = "Neuf aides annoncées\nLe Groupe MISA (GM) reçoit 5 416 050 $.\nPalco reçoit 17 000 $ pour Moulin 7, et 3 000 $."


@pytest.fixture
def communique():
    return make.CommuniqueFactory(text=TEXT)


def grant(words="Groupe MISA (GM) reçoit 5 416 050 $.", **more) -> GrantDraft:
    start = TEXT.index(words)
    values = {"name": "Groupe MISA", "amount": "5416050", "span": (start, start + len(words))}
    return GrantDraft(**values | more)


def palco(**more) -> GrantDraft:
    return grant("Palco reçoit 17 000 $", **{"name": "Palco", "amount": "17000"} | more)


def figure(**more) -> FigureDraft:
    values = {"measure": "recipients", "value": "9", "wording": "Neuf aides", "as_of": "2022-04-20", "span": (0, 10)}
    return FigureDraft(**values | more)


def draft(*grants, figures=(), programme=None, **more) -> Draft:
    act = {"date": "2022-04-20", "title_fr": "Neuf aides annoncées"} | more
    return Draft(
        source=SourceDraft(title="Neuf aides annoncées", publisher="Gouvernement du Québec", published="2022-04"),
        announcement=AnnouncementDraft(programme=programme or make.ProgrammeFactory().pk, **act),
        grants=list(grants),
        figures=list(figures),
    )


def refused(communique, wrong, user) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        file_draft(communique, wrong, user)
    assert not Source.objects.exists()
    assert not Grant.objects.exists()
    communique.refresh_from_db()
    assert communique.state == "review"
    return error.value.message_dict


# ── What is made ─────────────────────────────────────────────────────────────────────────────────────────


def test_everything_is_made_as_drafts_and_counted(communique, alice):
    filed = file_draft(communique, draft(grant(acronym="GM"), palco(project="Moulin 7"), figures=[figure()]), alice)
    assert filed.made == {
        "source": 1,
        "announcement": 1,
        "organisation": 2,
        "organisationname": 1,
        "grant": 2,
        "project": 1,
        "grantproject": 1,
        "figure": 1,
        "citation": 6,
    }
    assert (filed.joined, filed.left) == (False, [])
    drafts = sum(model.objects.drafts().count() for model in PUBLISHABLE)
    assert drafts == sum(model.objects.count() for model in PUBLISHABLE)


def test_the_communique_knows_what_became_of_it(communique, alice):
    filed = file_draft(communique, draft(grant()), alice)
    assert (communique.state, communique.announcement, communique.source) == ("filed", filed.announcement, filed.source)
    assert communique.filed_at is not None


def test_a_grant_is_as_the_draft_says(communique, alice):
    file_draft(
        communique, draft(grant(instrument="loan", place="Rouyn", total_project_cost="9 M$", note="En 2 fois")), alice
    )
    made = Grant.objects.get()
    assert (made.recipient.name_fr, made.amount, made.currency, made.instrument) == (
        "Groupe MISA",
        5416050,
        "CAD",
        "loan",
    )
    assert (made.benefit_place, made.total_project_cost, made.description_fr) == ("Rouyn", 9_000_000, "En 2 fois")
    assert (made.announcement.programme, made.date.iso, made.status) == (made.programme, "2022-04-20", "announced")


def test_an_unknown_amount_stays_unknown_and_a_month_stays_a_month(communique, alice):
    file_draft(communique, draft(grant(amount=""), date="avril 2022"), alice)
    made = Grant.objects.get()
    assert (made.amount, made.date.iso, made.announcement.date.iso) == (None, "2022-04", "2022-04")


def test_grants_and_figures_are_tied_to_their_words(communique, alice):
    file_draft(communique, draft(grant(), figures=[figure()]), alice)
    words = {passage.words for passage in Passage.objects.all()}
    assert words == {"Groupe MISA (GM) reçoit 5 416 050 $.", "Neuf aides"}


def test_a_line_written_by_hand_has_no_words(communique, alice):
    file_draft(communique, draft(grant(span=None)), alice)
    assert not Passage.objects.exists()
    assert Citation.objects.get(grant__isnull=False).quote == ""


def test_the_source_is_cited_in_its_words_by_what_it_gave(communique, alice):
    file_draft(communique, draft(palco(project="Moulin 7")), alice)
    quotes = {type(one.subject).__name__: one.quote for one in Citation.objects.all()}
    assert quotes == {"Announcement": "Neuf aides annoncées"} | dict.fromkeys(
        ["Grant", "Organisation", "Project"], "Palco reçoit 17 000 $"
    )


def test_a_figure_is_a_claim_of_the_source(communique, alice):
    line = figure(measure="aid", value="29 M$", precision="1000000", qualifier="more_than", wording="plus de 29 M$")
    filed = file_draft(communique, draft(figures=[line]), alice)
    made = Figure.objects.get()
    assert (made.announcement, made.source, made.unit) == (filed.announcement, filed.source, "CAD")
    assert (made.value, made.precision, made.qualifier, made.wording) == (
        29_000_000,
        1_000_000,
        "more_than",
        "plus de 29 M$",
    )
    assert (made.wording_language, made.as_of.iso) == ("fr", "2022-04-20")


def test_a_figure_of_the_programme_is_the_programmes(communique, alice):
    line = figure(about="programme", measure="envelope", value="130 M$", as_of="2021-03")
    filed = file_draft(communique, draft(figures=[line]), alice)
    assert Figure.objects.get().programme == filed.announcement.programme


def test_what_is_not_taken_is_not_made(communique, alice):
    filed = file_draft(communique, draft(grant(take=False), figures=[figure(take=False)]), alice)
    assert filed.made == {"source": 1, "announcement": 1, "citation": 1}


def test_hidden_characters_of_the_text_do_not_stand_in_the_way(alice):
    text = "Palco\u200b reçoit\x0b 17 000 $"
    file_draft(make.CommuniqueFactory(text=text), draft(palco(span=(0, len(text)))), alice)
    assert Citation.objects.get(grant__isnull=False).quote == "Palco reçoit 17 000 $"


def test_an_english_text_gives_english_words(communique, alice):
    there = draft(grant(note="In two parts", project="Green mine"), title_en="Nine grants", title_fr="")
    there.source.language = "en"
    file_draft(communique, there, alice)
    made = Grant.objects.get()
    assert (made.description_en, made.projects.get().title_en) == ("In two parts", "Green mine")
    assert (made.announcement.title_fr, made.announcement.title_en) == ("Nine grants", "Nine grants")


# ── Organisations ────────────────────────────────────────────────────────────────────────────────────────


def test_a_recipient_named_twice_is_one_organisation_with_two_grants(communique, alice):
    file_draft(communique, draft(palco(), palco(name="PALCO inc.", amount="3000")), alice)
    assert Organisation.objects.get().grants.count() == 2


def test_a_name_chosen_once_means_the_same_record_everywhere(communique, alice):
    known = make.OrganisationFactory(name_fr="Coopérative de l’Est")
    file_draft(communique, draft(palco(), palco(organisation=known.pk, amount="3000")), alice)
    assert known.grants.count() == 2


def test_a_new_organisation_has_its_acronym_and_its_host(communique, alice):
    file_draft(communique, draft(grant(acronym="GM", host="Collège d’Alma")), alice)
    acronym = OrganisationName.objects.get()
    assert (acronym.organisation.name_fr, acronym.name, acronym.kind) == ("Groupe MISA", "GM", "acronym")
    assert acronym.organisation.parent.name_fr == "Collège d’Alma"


def test_an_organisation_that_was_there_is_left_as_it_is(communique, alice):
    known = make.OrganisationFactory(name_fr="Groupe MISA")
    file_draft(communique, draft(grant(acronym="GM", host="Collège d’Alma")), alice)
    known.refresh_from_db()
    assert (known.parent, known.names.count(), known.citations.count(), known.grants.count()) == (None, 0, 0, 1)
    assert Organisation.objects.count() == 1


def test_a_recipient_may_be_a_natural_person(communique, alice):
    known = make.OrganisationFactory(is_natural_person=True)
    file_draft(communique, draft(grant(organisation=known.pk)), alice)
    assert known.grants.count() == 1


@pytest.mark.parametrize("take", [True, False])
def test_no_word_that_the_public_may_read_names_a_natural_person(communique, alice, take):
    known = make.OrganisationFactory(name_fr="PALCO", is_natural_person=True)
    shared = {"span": (21, len(TEXT)), "note": "Un montant partagé avec : Palco."}
    filed = file_draft(
        communique,
        draft(grant(**shared), palco(take=take), figures=[figure(wording="", span=shared["span"])]),
        alice,
    )
    ours = Grant.objects.exclude(recipient=known).get()
    assert (ours.description_fr, ours.citations.get().quote, Figure.objects.get().wording) == ("", "", "")
    assert ours.recipient.citations.get().quote == ""
    assert (ours.passages.get().end, len(filed.left)) == (len(TEXT), 1)


def test_an_organisation_merged_meanwhile_leads_to_what_it_was_merged_into(communique, alice):
    kept = make.OrganisationFactory()
    merged = make.OrganisationFactory(merged_into=kept)
    file_draft(communique, draft(grant(organisation=merged.pk)), alice)
    assert Grant.objects.get().recipient == kept


def test_a_funder_is_recorded(communique, alice):
    file_draft(communique, draft(grant(funder="MRC des Sources"), palco(funder="MRC des Sources")), alice)
    assert Organisation.objects.get(name_fr="MRC des Sources").grants_given.count() == 2


def test_two_grants_to_one_project_name_one_project(communique, alice):
    file_draft(communique, draft(palco(project="Moulin 7"), palco(project="MOULIN 7", amount="3000")), alice)
    assert Project.objects.get().grants.count() == 2


def test_one_grant_may_fund_several_projects(communique, alice):
    file_draft(communique, draft(grant(project="Données ; Forêt; données")), alice)
    assert sorted(Grant.objects.get().projects.values_list("title_fr", flat=True)) == ["Données", "Forêt"]


# ── The source ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_source_that_has_this_address_already_is_the_source(communique, alice):
    known = make.SourceFactory(url="https://quebec.example/39538")
    there = draft(grant())
    there.source.url = known.url
    assert file_draft(communique, there, alice).source == known


def test_a_source_without_a_publisher_is_refused(communique, alice):
    there = draft(grant())
    there.source.publisher = ""
    assert list(refused(communique, there, alice)) == ["source-publisher"]


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (grant(name=" "), "grants-1-name", "un bénéficiaire"),
        (grant(amount="beaucoup"), "grants-1-amount", "beaucoup"),
        (grant(amount="-5"), "grants-1-amount", "-5"),
        (grant(total_project_cost="-5"), "grants-1-total_project_cost", "-5"),
        (grant(amount="1e30"), "grants-1-amount", "1e30"),
        (grant(name="x" * 301), "grants-1-name", "301"),
        (grant(currency="$$"), "grants-1-currency", "lettres"),
        (grant(instrument="gift"), "grants-1-instrument", "gift"),
        (grant(place="x" * 301), "grants-1-place", "301"),
        (grant(project="x" * 301), "grants-1-project", "301"),
        (grant(organisation=10**9), "grants-1-organisation", "disparu"),
    ],
)
def test_a_grant_that_is_wrong_is_told_with_its_line_and_nothing_is_made(communique, alice, line, field, words):
    ((told, messages),) = refused(communique, draft(palco(), line), alice).items()
    assert told == field
    assert messages[0].startswith("Aide 2 (")
    assert words in messages[0]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (figure(value=""), "figures-0-value"),
        (figure(value="neuf"), "figures-0-value"),
        (figure(value="9,5"), "figures-0-value"),
        (figure(measure="jobs"), "figures-0-measure"),
        (figure(measure="share", value="101"), "figures-0-value"),
        (figure(precision="0"), "figures-0-value"),
        (figure(as_of="hier"), "figures-0-as_of"),
        (figure(qualifier="perhaps"), "figures-0-qualifier"),
    ],
)
def test_a_figure_that_is_wrong_is_told_with_its_line(communique, alice, line, field):
    assert list(refused(communique, draft(figures=[line]), alice)) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"programme": None}, "announcement-programme"),
        ({"programme": 10**9}, "announcement-programme"),
        ({"date": "30 février 2022"}, "announcement-date"),
        ({"title_fr": ""}, "announcement-title_fr"),
        ({"existing": 10**9}, "announcement-existing"),
        ({"list_state": "zz"}, "announcement-list_state"),
    ],
)
def test_an_announcement_that_is_wrong_is_told(communique, alice, change, field):
    there = draft(grant())
    for name, value in change.items():
        setattr(there.announcement, name, value)
    assert list(refused(communique, there, alice)) == [field]


def test_everything_that_is_wrong_is_told_at_once(communique, alice):
    there = draft(grant(amount="?"), palco(name=""), figures=[figure(value="")], programme=None)
    there.announcement.programme = None
    told = refused(communique, there, alice)
    assert set(told) == {"announcement-programme", "grants-0-amount", "grants-1-name", "figures-0-value"}


def test_what_is_wrong_and_not_taken_is_nobodys_trouble(communique, alice):
    assert file_draft(communique, draft(grant(take=False, amount="?")), alice).announcement is not None


def test_who_may_only_read_files_nothing(communique, charlie):
    assert "ne permet pas" in str(refused_plainly(communique, draft(grant()), charlie))


def test_who_may_not_make_organisations_is_told_beside_the_line(communique):
    user = person("dora")
    user.user_permissions.add(*permissions("change_communique", "add_source", "add_announcement", "add_citation"))
    assert list(refused(communique, draft(grant()), User.objects.get(pk=user.pk))) == ["grants-0-name"]


def refused_plainly(communique, wrong, user) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        file_draft(communique, wrong, user)
    return error.value


def permissions(*names):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=names)


# ── Once ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_filed_twice_nothing_is_made_twice(communique, alice):
    there = draft(grant(), figures=[figure()])
    first, second = (file_draft(communique, there, alice) for _ in range(2))
    assert (first.announcement, first.made) == (second.announcement, second.made)
    assert (Grant.objects.count(), Announcement.objects.count()) == (1, 1)


def test_filing_shows_in_the_history_as_read_in_this_text(communique, alice):
    file_draft(communique, draft(grant()), alice)
    context = Grant.objects.get().events.get().pgh_context.metadata
    assert context == {"user": alice.pk, "communique": communique.pk}


def test_the_page_of_the_history_says_so(communique, alice, client):
    file_draft(communique, draft(grant()), alice)
    client.force_login(alice)
    page = client.get(reverse("admin:grants_grant_history", args=[Grant.objects.get().pk]))
    assert "lu dans un communiqué" in page.content.decode()


def test_neither_communiques_nor_passages_nor_drafts_move_the_registrys_version(communique, alice):
    make.RegionFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    before = ask()
    file_draft(communique, draft(grant(), figures=[figure()]), alice)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    assert ask().number == before.number


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_file_at_once_make_one_announcement(communique, alice):
    there, made = draft(grant()), []

    def press() -> None:
        made.append(file_draft(type(communique).objects.get(), there, alice))
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.announcement.pk for one in made}) == 1
    assert (Grant.objects.count(), Announcement.objects.count(), Organisation.objects.count()) == (1, 1, 1)
