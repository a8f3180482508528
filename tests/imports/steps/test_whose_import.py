"""Whose name an import is compared, applied and taken back in."""

import pytest
from django.utils import timezone

from grants.imports.steps import undoing
from grants.models import Organisation

from .road import bring, sheet

pytestmark = pytest.mark.django_db


def test_the_registry_knows_when_the_public_sees_what_an_import_made():
    batch = bring(sheet("A-1;MISA;5;2022;un"))
    assert not undoing.touches_published(batch)
    published = {"publication": "published", "ready_at": timezone.now(), "published_at": timezone.now()}
    Organisation.objects.filter(name_fr="MISA").update(**published)
    assert undoing.touches_published(batch)
