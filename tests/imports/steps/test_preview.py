"""What the preview says before anything is written."""

import pytest

from grants.imports.steps import preview
from tests.factories import GrantFactory, OrganisationFactory

from .road import bring, read, read_again, sheet

pytestmark = pytest.mark.django_db


def test_a_total_is_compared_with_the_rows_that_it_stands_for():
    text = sheet("A-1;MISA;5;2022;", "A-2;Autre;6;2022;", ";Total;11;;", "A-3;MISA;7;2022;", ";Total;8;;")
    totals = preview.summary(read(text)).totals
    assert [(total.row, total.stated, total.read, total.agrees) for total in totals] == [
        (4, 11, 11, True),
        (6, 8, 7, False),
    ]


def test_a_grand_total_is_that_of_all_rows():
    text = sheet("A-1;MISA;5;2022;", ";Total;5;;", "A-3;MISA;7;2022;", ";Total;7;;", ";Grand total;12;;")
    assert [total.agrees for total in preview.summary(read(text)).totals] == [True, True, True]


def test_sums_are_told_before_and_after():
    grant = GrantFactory(amount="10.00")
    found = preview.summary(read(sheet(f"{grant.public_id};MISA;12", ";Neuf;5", head="public_id;recipient;amount")))
    assert [(one.before, one.after) for one in found.sums] == [(10, 17)]


def test_rows_alike_are_flagged_and_kept():
    text = sheet("A-1;MISA;5;2022;un", "A-2;misa inc.;5;2022;deux", "A-3;MISA;6;2022;")
    batch = read(text)
    assert (batch.rows_new, preview.summary(batch).repeated) == (3, 2)


def test_rows_like_a_grant_of_the_registry_are_flagged():
    grant = GrantFactory(amount="5.00", date="2022", recipient__name_fr="MISA")
    batch = read(sheet("A-1;MISA;5;2022;un"))
    assert preview.summary(batch).alike == 1
    assert preview.rows(batch)[0].flags == [("alike", {"ids": grant.public_id})]


def test_a_change_is_shown_cell_by_cell():
    grant = GrantFactory(amount="10.00", recipient__name_fr="MISA")
    batch = read(sheet(f"{grant.public_id};Toute nouvelle;12", head="public_id;recipient;amount"))
    cells = {cell.column: (cell.before, cell.after) for cell in preview.rows(batch)[0].cells}
    assert cells == {"recipient": ("MISA", "Toute nouvelle"), "amount": ("10.00", "12.00")}


@pytest.mark.parametrize("words", ["100 %", "l'ete", "%x", "'; DROP"])
def test_rows_are_found_by_any_words(words):
    batch = read(sheet("A-1;MISA;5;2022;À 100 % l'été %x '; DROP", "A-2;MISA;5;2022;rien"))
    assert [row.number for row in preview.rows(batch, words=words)] == [2]


def test_rows_come_by_pages():
    batch = read(sheet(*(f"A-{n};MISA;{n};2022;" for n in range(1, 8))))
    first = preview.rows(batch, limit=5)
    assert [row.number for row in first + preview.rows(batch, after=first[-1].number, limit=5)] == list(range(2, 9))


def test_rows_are_narrowed_by_verdict_problem_and_flag():
    bring(sheet("A-1;MISA;5;2022;un"))
    batch = read(sheet("A-1;MISA;5;2022;un", "A-2;MISA;x;2022;", "A-3;;6;2022;", "A-4;MISA;7;2022;"))
    assert [row.number for row in preview.rows(batch, verdict="new")] == [5]
    assert [row.number for row in preview.rows(batch, problem="not_an_amount", column="amount")] == [3]
    assert [row.number for row in preview.rows(batch, problem="empty")] == [4]
    assert [row.number for row in preview.rows(batch, verdict="unchanged")] == [2]


def test_a_question_without_answer_is_a_reason_not_to(bob):
    asked = sheet("A-1;MISA;5;03/04/2022;un")
    assert len(preview.can_apply(read(asked), bob)) == 1
    assert preview.can_apply(read(asked, wishes={"answers": {"date_order:date": "dmy"}}), bob) == []


def test_rows_compared_in_the_name_of_somebody_else_are_read_again_first(alice, bob):
    batch = read(sheet("A-1;MISA;5;2022;un"), imported_by=alice)
    assert preview.can_apply(batch, alice) == []
    assert len(preview.can_apply(batch, bob)) == 1


def test_nothing_to_bring_in_is_a_reason_not_to(bob):
    text = sheet("A-1;MISA;5;2022;un")
    assert preview.can_apply(read(text), bob) == []
    bring(text)
    assert len(preview.can_apply(read(text), bob)) == 1


def test_those_who_read_do_not_apply(charlie):
    assert len(preview.can_apply(read(sheet("A-1;MISA;5;2022;un")), charlie)) == 1


def test_the_same_reading_says_the_same():
    OrganisationFactory(name_fr="MISA")
    batch = read(sheet("A-1;MISA;5;2022;un", "A-2;Autre;x;2022;", ";Total;5;;"))
    first = (preview.summary(batch), preview.rows(batch))
    assert (preview.summary(read_again(batch)), preview.rows(batch)) == first
