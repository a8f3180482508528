"""What holds for any sheet: the figures add up, the same again is nothing new, taken back everything is as before."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.models import Grant

from .road import apply, counts, read, registry, undo, unindexed

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["MISA", "Groupe MISA inc.", "L'École", "l'ecole", "100 % d'or", "Ville d'Amos", ""])
AMOUNTS = st.one_of(
    st.decimals(0, 10**9, places=2).map(str), st.just(""), st.sampled_from(["x1", "1 000,50 $", "2,3 M$", "-5", "0"])
)
DATES = st.sampled_from(["2022-04-20", "2021-03", "2019", "", "31/02/2020", "20/04/2022"])
TITLES = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters=';"\n\r'), max_size=20)
REFERENCES = st.sampled_from(["A-1", "A-2", "A-3", "B-10", ""])
ROWS = st.lists(st.tuples(REFERENCES, NAMES, AMOUNTS, DATES, TITLES), min_size=1, max_size=12)
HEAD = "référence;bénéficiaire;montant;date;titre"


def text_of(rows: list[tuple[str, ...]]) -> str:
    return "\n".join([HEAD, *(";".join(row) for row in rows)]) + "\n"


@given(rows=ROWS, identity=st.sampled_from(["reference", "content"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sheet_comes_in_once_and_goes_out_whole(db, rows, identity):
    before = registry()
    wishes = {"identity": identity, "answers": {}}
    batch = read(text_of(rows), wishes=wishes)
    if batch.state == "refused":
        return
    assert batch.rows_read == sum(counts(batch))
    assert batch.rows_read + batch.rows_excluded == sum(any(cell.strip() for cell in row) for row in rows)
    apply(batch)
    made = Grant.objects.filter(import_batch=batch)
    assert made.count() == batch.rows_new
    amounts = made.values_list("amount", flat=True)
    assert sum((amount for amount in amounts if amount is not None), Decimal(0)) == (batch.amount_sum or 0)
    assert unindexed() == []
    again = read(text_of(rows), wishes=wishes)
    assert counts(again) == (0, 0, batch.rows_new, batch.rows_refused)
    undo(batch)
    assert registry() == before
    assert unindexed() == []
