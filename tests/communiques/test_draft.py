"""A reading becomes a draft that people edit: what is taken by itself, what waits, and how it is kept."""

import json
from decimal import Decimal

import pytest

from grants.communiques.draft import Draft, GrantDraft, Near
from grants.communiques.drafting import draft_of
from grants.communiques.reading.answers import CorrectionRead, FigureRead, GrantRead, NotGrant, Reading, Words


def grant(**more) -> GrantRead:
    values = {"recipient": "Groupe MISA", "amount": Decimal("5416050"), "span": (10, 50), "name_span": (10, 21)}
    return GrantRead(**values | more)


def figure(**more) -> FigureRead:
    values = {"measure": "aid", "value": Decimal(29_000_000), "unit": "CAD", "span": (0, 9), "words": "29 millions"}
    return FigureRead(**values | more)


def reading(**more) -> Reading:
    return Reading(**{"text": "Neuf aides\nLe 20 avril", "language": "fr", "date": "2022-04-20"} | more)


class Names:
    """A registry that knows one organisation and one programme."""

    def organisation(self, name, acronym=""):
        return (7, []) if name == "Groupe MISA" else (None, [Near(7, "Groupe MISA", 90)])

    def programme(self, name):
        return 3 if name == "OTN" else None

    def grant(self, recipient, amount):
        return (5, Decimal(375_000)) if recipient == "Palco" else (None, None)


def test_a_draft_comes_back_from_json_as_it_was():
    draft = draft_of(
        reading(
            grants=[grant(project_cost=Decimal("10.50"))],
            questions=[grant(recipient="Palco", amount=None)],
            figures=[figure(precision=Decimal("0.10"))],
            not_grants=[NotGrant("130 M$", Decimal(130_000_000), "envelope", (3, 9))],
            corrections=[CorrectionRead("Palco", Decimal(5), Decimal(6), (1, 2))],
        ),
        Names(),
    )
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


def test_a_draft_of_another_version_of_the_program_is_still_read():
    draft = Draft.from_json({"grants": [{"name": "Palco", "colour": "red"}], "extra": 1})
    assert draft.grants == [GrantDraft(name="Palco")]


def test_a_known_recipient_is_recognised_and_an_unknown_one_has_its_nearest():
    known, unknown = draft_of(reading(grants=[grant(), grant(recipient="Misa")]), Names()).grants
    assert (known.organisation, known.amount) == (7, "5416050")
    assert (unknown.organisation, unknown.nearest) == (None, [Near(7, "Groupe MISA", 90)])


def test_a_question_is_not_taken():
    (question,) = draft_of(reading(questions=[grant(amount=None, confidence=0.4, reasons=["far"])])).grants
    assert (question.take, question.question, question.amount, question.reasons) == (False, True, "", ["far"])


def test_the_programme_is_found_by_the_words_or_by_the_whole_name():
    assert draft_of(reading(programme=Words("OTN", (0, 3))), Names()).announcement.programme == 3
    assert draft_of(reading(programme_name="OTN"), Names()).announcement.programme == 3
    assert draft_of(reading(programme=Words("ABC", (0, 3))), Names()).announcement.programme is None


def test_a_text_without_a_title_is_called_by_its_first_line():
    draft = draft_of(reading())
    assert (draft.announcement.title_fr, draft.source.title) == ("Neuf aides", "Neuf aides")


def test_the_note_of_a_shared_amount_is_in_the_language_of_the_source():
    shared = grant(note="shared", others=["Palco"])
    assert "Palco" in draft_of(reading(grants=[shared])).grants[0].note
    assert draft_of(reading(grants=[shared], language="en")).grants[0].note.startswith("One amount")


@pytest.mark.parametrize(
    ("scope", "about", "kept", "as_of"),
    [("act", "announcement", "act", "2022-04-20"), ("cumulative", "programme", "cumulative", "2022-04-20")],
)
def test_a_figure_is_about_this_act_or_the_programme_so_far(scope, about, kept, as_of):
    (drafted,) = draft_of(reading(figures=[figure(scope=scope)])).figures
    assert (drafted.take, drafted.about, drafted.scope, drafted.as_of) == (True, about, kept, as_of)


@pytest.mark.parametrize(("date", "before"), [("2022-04-20", "2022-04-19"), ("2022-01", "2021-12"), ("2022", "2021")])
def test_a_claim_that_leaves_this_act_out_was_true_until_the_day_before(date, before):
    (drafted,) = draft_of(reading(date=date, figures=[figure(scope="cumulative", before=True)])).figures
    assert drafted.as_of == before


def test_an_envelope_is_the_programmes():
    (drafted,) = draft_of(reading(figures=[figure(measure="envelope", scope="programme")])).figures
    assert (drafted.take, drafted.about, drafted.scope) == (True, "programme", "act")


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (figure(scope="other_programme"), "other_programme"),
        (figure(scope="funder"), "funder"),
        (figure(measure="members", unit="count"), "of_an_organisation"),
        (figure(measure="jobs", unit="count"), "other_measure"),
        (figure(unit="USD", money="aid"), "other_currency"),
        (figure(high=Decimal(30_000_000)), "range"),
    ],
)
def test_a_figure_of_something_else_waits_and_says_why(read, reason):
    (drafted,) = draft_of(reading(figures=[read])).figures
    assert (drafted.take, drafted.reason) == (False, reason)


def test_a_claim_that_is_repeated_is_taken_once():
    first, second, hedged = draft_of(reading(figures=[figure(), figure(), figure(qualifier="nearly")])).figures
    assert (first.take, second.take, second.reason, hedged.take) == (True, False, "repeated", True)


def test_what_was_not_taken_becomes_a_grant_that_still_lacks_its_name():
    draft = draft_of(reading(not_grants=[NotGrant("3 M$", Decimal(3_000_000), "envelope", (4, 8))]))
    line = draft.take_as_grant(0)
    assert (line.amount, line.span, line.name, draft.not_grants) == ("3000000", (4, 8), "", [])
    assert draft.grants == [line]


@pytest.mark.parametrize(("was", "differs"), [(374_700, "375000"), (375_000, "")])
def test_a_correction_finds_its_grant_and_says_where_the_registry_differs(was, differs):
    correction = CorrectionRead("Palco", Decimal(was), Decimal(374_000), (0, 9))
    (amendment,) = draft_of(reading(corrections=[correction]), Names()).amendments
    assert (amendment.grant, amendment.now, amendment.differs) == (5, "374000", differs)


def test_a_grant_whose_correction_finds_it_in_the_registry_is_not_made_again():
    drafted = draft_of(
        reading(
            grants=[grant(recipient="Palco", amount=Decimal(450_000))],
            corrections=[CorrectionRead("Palco", Decimal(375_000), Decimal(450_000), (1, 2))],
        ),
        Names(),
    )
    (only,) = drafted.grants
    assert (only.take, only.question, only.reasons) == (False, True, ["amendment"])
    assert drafted.amendments[0].grant == 5


def test_a_grant_whose_correction_finds_nothing_is_taken():
    drafted = draft_of(
        reading(
            grants=[grant(recipient="Boréal", amount=Decimal(450_000))],
            corrections=[CorrectionRead("Boréal", Decimal(375_000), Decimal(450_000), (1, 2))],
        ),
        Names(),
    )
    assert drafted.grants[0].take


def test_a_text_without_a_title_lends_its_first_sentence():
    text = (
        "Le 20 avril, le gouvernement a fait une annonce dans le cadre de son offensive. " + "De nouvelles aides. " * 9
    )
    assert draft_of(reading(text=text)).announcement.title_fr.endswith("dans le cadre de son offensive")
