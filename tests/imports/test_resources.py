"""The rows of every noun: out and back in, new and changed, refused in words."""

import pytest
from django.utils.translation import override

from grants.imports.formats import CSV, ODS, XLSX
from grants.imports.resources import RESOURCES
from grants.models import Import, Region
from tests.people import alice, bob, first_source  # noqa: F401

pytestmark = pytest.mark.django_db

COMING_IN = [model for model in RESOURCES if model is not Import]


def exported(model, format_class=CSV):
    """The bytes of a sheet of all the records."""
    return format_class().export_data(RESOURCES[model]().export(model.objects.all()))


def brought(model, content, user=None, *, dry_run=False, format_class=CSV, **more):
    """The result of bringing the sheet in."""
    dataset = format_class().create_dataset(content)
    with override("fr"):
        return RESOURCES[model]().import_data(dataset, dry_run=dry_run, user=user, file_name="essai.csv", **more)


def problems(result):
    """The French sentences, no-break spaces made plain."""
    with override("fr"):
        return [str(problem).replace("\xa0", " ") for problem in result.problems]


@pytest.mark.usefixtures("first_source")
@pytest.mark.parametrize("format_class", [CSV, XLSX, ODS])
@pytest.mark.parametrize("model", COMING_IN)
def test_what_goes_out_comes_back_unchanged(model, format_class, bob):  # noqa: F811
    with override("fr"):
        content = exported(model, format_class)
    result = brought(model, content, bob, format_class=format_class)
    assert problems(result) == []
    assert (result.new, result.changed, result.unchanged) == (0, 0, model.objects.count())
    assert result.unchanged or model is Region
