"""What real releases state, entered as values, beside the grants that they list."""

from decimal import Decimal as D

import pytest

from grants.reconciliation.verdicts import Verdict, compare, compare_count
from grants.values.amounts import ClaimedAmount

M, TENTH = D(1_000_000), D(100_000)
MARCH_2021 = [D(20_000_000), None]
JANUARY_2022 = [D(n) * 1000 for n in (6480, 3000, 2800, 3760, 2640, 2370, 2000, 1500)]
APRIL_2022 = [D(n) for n in (2307663, 6678540, 11597632, 374700, 448800, 600000, 875000, 5416050, 951500)]
INCUBATORS = [D(n) * 1000 for n in (1500, 1500, 1070, 1500, 1500, 1500, 1490, 1500, 1250, 1500)]
OCTOBER_2019 = [D(n) for n in (267915, 300000, 17000, 175000, 25000, 175000)]


@pytest.mark.parametrize(
    ("claim", "parts", "verdict"),
    [
        (ClaimedAmount(D("24.6") * M, "exact", TENTH), JANUARY_2022, Verdict.CONSISTENT),
        (ClaimedAmount(25 * M, "nearly", M), JANUARY_2022, Verdict.CONSISTENT),  # the title of the same release
        (ClaimedAmount(29 * M, "exact", M), APRIL_2022, Verdict.CONSISTENT),
        (ClaimedAmount(D("14.3") * M, "more_than", TENTH), INCUBATORS, Verdict.CONSISTENT),
        (ClaimedAmount(D(959915), "exact", D(1)), OCTOBER_2019, Verdict.EXACT),
    ],
)
def test_a_release_and_its_list_agree(claim: ClaimedAmount, parts: list[D], verdict: Verdict) -> None:
    assert compare(claim, parts, complete=True).verdict == verdict


def test_a_recipient_named_without_an_amount_leaves_the_rest_to_find() -> None:
    line = compare(ClaimedAmount(D("33.7") * M, "exact", TENTH), MARCH_2021, complete=True)
    assert (line.verdict, line.to_find, line.missing) == (Verdict.PARTIAL, D(13_700_000), 1)


@pytest.mark.parametrize(("stated", "listed"), [(2, MARCH_2021), (8, JANUARY_2022), (9, APRIL_2022), (10, INCUBATORS)])
def test_the_recipients_that_a_release_counts_are_those_it_lists(stated: int, listed: list[D | None]) -> None:
    assert compare_count(ClaimedAmount(D(stated)), len(listed), complete=True).verdict == Verdict.EXACT
