"""Staging tables are dropped once nobody waits for them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from grants.imports.steps.staging import sweep
from grants.imports.steps.tables import Tables
from grants.models import Import

from .road import bring, read, sheet

pytestmark = pytest.mark.django_db


def test_rows_to_be_looked_at_stay():
    batch = read(sheet("A-1;MISA;5;2022;un"))
    sweep()
    assert Tables(batch.pk).exist()


def test_rows_that_came_in_go():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    sweep()
    assert not Tables(batch.pk).exist()


def test_rows_refused_stay_for_a_month_so_that_they_can_be_mended():
    batch = bring(sheet("A-1;MISA;5;2022;un", "A-2;MISA;cinq;2022;deux"))
    sweep()
    assert Tables(batch.pk).exist()
    Import.objects.filter(pk=batch.pk).update(applied_at="2020-01-01T00:00Z")
    sweep()
    assert not Tables(batch.pk).exist()


def test_rows_that_nobody_looked_at_for_a_month_go():
    batch = read(sheet("A-1;MISA;5;2022;un"))
    sweep(timezone.now() + timedelta(days=31))
    assert not Tables(batch.pk).exist()
