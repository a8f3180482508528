"""Files as funders publish them: no row lost, none doubled, the sum right to the cent."""

from decimal import Decimal

import pytest

from .invented import Case, book_cases, odd_cases, read, text_cases


@pytest.mark.parametrize("case", text_cases() + odd_cases(), ids=lambda case: case.name)
def test_a_text_gives_its_rows_and_its_sum(case: Case, tmp_path):
    reading = read(tmp_path, "aides.csv", case.content)
    assert (len(reading.rows), reading.total) == (case.rows, Decimal(case.total))
    assert reading.others == {kind: count for kind, count in case.others.items() if count}


@pytest.mark.parametrize("case", book_cases(), ids=lambda case: case.name)
def test_a_workbook_gives_its_rows_and_its_sum(case: Case, tmp_path):
    reading = read(tmp_path, "aides.xlsx", case.content)
    assert (len(reading.rows), reading.total) == (case.rows, Decimal(case.total))
    assert reading.others == {kind: count for kind, count in case.others.items() if count}
