"""A draft is compared as the registry would compare it once filed."""

from decimal import Decimal

import pytest

from grants.communiques.adding_up import lines
from grants.communiques.draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft


def draft(*amounts, complete=True, figures=()):
    grants = [GrantDraft(name=f"Coopérative {place}", amount=amount) for place, amount in enumerate(amounts)]
    state = "complete" if complete else "partial"
    return Draft(announcement=AnnouncementDraft(list_state=state), grants=grants, figures=list(figures))


def aid(value, **more):
    return FigureDraft(**{"measure": "aid", "value": value, "wording": f"{value} $"} | more)


def verdicts(found):
    return {line.measure.value: line.comparison.verdict.value for line in found}


def test_each_measure_has_its_line_in_the_order_of_the_pages():
    said = [
        FigureDraft(measure="project_cost", value="54600000"),
        FigureDraft(measure="recipients", value="2"),
        aid("29 M$", precision="1000000"),
        FigureDraft(measure="projects", value="2"),
    ]
    found = lines(draft("14 624 942,50 $", "14624942.50", figures=said))
    assert [line.measure.value for line in found] == ["aid", "recipients", "projects", "project_cost"]
    assert [line.position for line in found] == [2, 1, 3, 0]
    assert verdicts(found) == {
        "aid": "consistent",
        "recipients": "exact",
        "projects": "exact",
        "project_cost": "nothing",
    }
    assert found[0].comparison.itemised == Decimal("29249885.00")


def test_a_list_that_is_not_complete_still_owes_the_rest():
    (line, *_rest) = lines(draft("10", complete=False, figures=[aid("25")]))
    assert (line.comparison.verdict.value, line.comparison.to_find) == ("partial", 15)


def test_a_list_without_grants_is_never_complete():
    assert verdicts(lines(draft(figures=[aid("25")]))) == {"aid": "partial"}


def test_what_is_itemised_and_not_stated_has_its_line_too():
    aided = lines(draft("10"))[0]
    assert (aided.claim, aided.comparison.itemised, aided.comparison.verdict.value) == (None, 10, "nothing")


@pytest.mark.parametrize("amount", ["", "beaucoup", "12..5"])
def test_an_amount_that_is_unknown_or_being_typed_is_missing(amount):
    (line, *_rest) = lines(draft("10", amount, figures=[aid("25")]))
    assert (line.comparison.verdict.value, line.comparison.missing) == ("partial", 1)


def test_another_currency_is_not_added_to_dollars():
    there = draft("10", "10", figures=[aid("20")])
    there.grants[1].currency = "USD"
    assert lines(there)[0].comparison.itemised == 10


def test_what_is_not_taken_counts_for_nothing():
    there = draft("10", "5", figures=[aid("10"), aid("15", take=False)])
    there.grants[1].take = False
    assert [line.comparison.verdict.value for line in lines(there) if line.claim] == ["exact"]


@pytest.mark.parametrize(
    "other", [{"scope": "cumulative"}, {"nature": "target"}, {"about": "programme"}, {"value": "?"}]
)
def test_only_what_this_act_promises_is_compared(other):
    assert lines(draft("10", figures=[aid(**{"value": "10"} | other)]))[0].claim is None


def test_two_claims_of_one_measure_have_a_line_each():
    there = draft("24550000", figures=[aid("24600000", precision="100000"), aid("25000000", qualifier="nearly")])
    assert [line.words for line in lines(there) if line.claim] == ["24600000 $", "25000000 $"]


def test_a_recipient_named_twice_counts_once_and_its_project_too():
    there = draft("1", "2", figures=[FigureDraft(measure="recipients", value="1")])
    for grant in there.grants:
        grant.name, grant.project = "Groupe MISA", "Mine verte"
    counts = {line.measure.value: line.comparison.counted for line in lines(there)}
    assert (counts["recipients"], counts["projects"]) == (1, 1)


def test_each_title_of_one_grant_is_a_project():
    there = draft("1", "2", figures=[FigureDraft(measure="projects", value="3")])
    there.grants[0].project = "Données; Forêt"
    assert verdicts(lines(there))["projects"] == "exact"
