"""A reading as one JSON object."""

import json
from decimal import Decimal
from typing import Any

import pytest

from grants.communiques.reading.answers import CorrectionRead, FigureRead, GrantRead, NotGrant, Reading, Words
from grants.communiques.told import amount_text, told

TEXT = "Le Pôle du Nord (PDN) obtient près de 2 M$."


def a_grant(**more: Any) -> GrantRead:
    return GrantRead("Pôle du Nord", Decimal(2_000_000), **{"span": (0, 42), "name_span": (3, 15), **more})


def a_figure(**more: Any) -> FigureRead:
    said: dict[str, Any] = {"measure": "aid", "value": Decimal(2_000_000), "unit": "CAD", "span": (30, 42)}
    return FigureRead(**{**said, "words": "près de 2 M$", **more})


@pytest.mark.parametrize(
    ("value", "text"),
    [("2000000", "2000000"), ("1E+6", "1000000"), ("12.5", "12.50"), ("12.00", "12"), ("0", "0"), ("0.01", "0.01")],
)
def test_an_amount_is_a_string_with_decimals_only_where_it_has_cents(value: str, text: str) -> None:
    assert amount_text(Decimal(value)) == text


def test_an_unknown_amount_is_null() -> None:
    [grant] = told(Reading(TEXT, grants=[GrantRead("Zù", None, (0, 2), (0, 2))]))["grants"]
    assert grant["amount"] is None


def test_a_grant_says_what_is_known_and_null_for_the_rest() -> None:
    [grant] = told(Reading(TEXT, grants=[a_grant(acronym="PDN", confidence=0.875)]))["grants"]
    assert (grant["recipient"], grant["amount"], grant["currency"]) == ("Pôle du Nord", "2000000", "CAD")
    assert (grant["acronym"], grant["host"], grant["project"], grant["span"]) == ("PDN", None, None, [0, 42])
    assert grant["confidence"] == pytest.approx(0.88)


def test_questions_are_told_like_grants_with_their_reasons() -> None:
    found = told(Reading(TEXT, questions=[a_grant(reasons=["no_verb"])]))
    assert found["questions"][0]["reasons"] == ["no verb"]
    assert found["grants"] == []


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ({"measure": "made_aware", "qualifier": "more_than"}, {"measure": "businesses made aware"}),
        ({"measure": "project_cost"}, {"measure": "project cost"}),
        ({"qualifier": "more_than"}, {"qualifier": "more than"}),
        ({"scope": "act"}, {"scope": "this act"}),
        ({"scope": "funder"}, {"scope": "one funder"}),
        ({"scope": "other_programme"}, {"scope": "another programme"}),
        ({"scope": "other_act"}, {"scope": "another act"}),
        ({"scope": "cumulative", "before": True}, {"scope": "cumulative", "before": True}),
        ({"money": "envelope"}, {"nature": "envelope"}),
        ({"nature": "target"}, {"nature": "target"}),
        ({"precision": Decimal("1E+5")}, {"precision": "100000"}),
    ],
)
def test_codes_are_told_in_words(codes: dict[str, Any], words: dict[str, Any]) -> None:
    [figure] = told(Reading(TEXT, figures=[a_figure(**codes)]))["figures"]
    assert words.items() <= figure.items()


def test_what_is_no_grant_says_why() -> None:
    [left] = told(Reading(TEXT, not_grants=[NotGrant("2 M$", Decimal(2_000_000), "project_cost", (38, 42))]))[
        "not_grants"
    ]
    assert left == {"text": "2 M$", "value": "2000000", "reason": "project cost", "span": [38, 42]}


def test_a_correction_has_both_values() -> None:
    found = told(Reading(TEXT, corrections=[CorrectionRead("Zù", Decimal(3), Decimal(4), (0, 5))]))["corrections"]
    assert (found[0]["recipient"], found[0]["was"], found[0]["now"]) == ("Zù", "3", "4")


def test_totals_of_the_act_stand_beside_the_sum() -> None:
    stated = [a_figure(qualifier="nearly", precision=Decimal(1_000_000)), a_figure(scope="cumulative")]
    [line] = told(Reading(TEXT, grants=[a_grant()], figures=stated, list_complete=True))["reconciliation"]
    assert (line["measure"], line["stated"], line["qualifier"], line["words"]) == (
        "aid",
        "2000000",
        "nearly",
        "près de 2 M$",
    )
    assert (line["itemised"], line["difference"], line["verdict"]) == ("2000000", "0", "exact")


def test_a_list_that_is_not_whole_owes_the_rest() -> None:
    reading = Reading(TEXT, grants=[a_grant()], figures=[a_figure(value=Decimal(3_000_000))])
    [line] = told(reading)["reconciliation"]
    assert (line["difference"], line["verdict"]) == ("-1000000", "partial")


def test_without_any_grant_the_whole_is_to_be_found() -> None:
    [line] = told(Reading(TEXT, figures=[a_figure()]))["reconciliation"]
    assert (line["itemised"], line["verdict"]) == (None, "partial")


def test_an_empty_reading_has_every_name() -> None:
    found = told(Reading(""))
    assert [found[name] for name in ("date", "place", "title", "programme", "language")] == [None] * 5
    assert [found[name] for name in ("grants", "figures", "not_grants", "questions", "reconciliation")] == [[]] * 5


def test_the_text_is_in_it_only_where_it_is_asked_for() -> None:
    assert "text" not in told(Reading(TEXT))
    assert told(Reading(TEXT), with_text=True)["text"] == TEXT


def test_all_of_it_is_json() -> None:
    place = Words("Québec", (0, 6))
    reading = Reading(TEXT, place=place, grants=[a_grant()], figures=[a_figure(high=Decimal(3))], date_span=(0, 2))
    assert json.loads(json.dumps(told(reading)))["place"] == "Québec"
