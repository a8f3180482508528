"""The fixtures load by plain loaddata, twice without harm, and say nothing that the models would refuse."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command

from grants.models import PUBLISHABLE, Citation, Figure, Grant, Organisation, Region, Source
from grants.models.records import Record

pytestmark = pytest.mark.django_db
RECORDS = [model for model in apps.get_app_config("grants").get_models() if issubclass(model, Record)]


def load() -> None:
    call_command("loaddata", "regions", "otn", verbosity=0)


def everything() -> dict[str, list]:
    """Every row of every noun, and every event of its history."""
    rows = {model._meta.model_name: list(model.objects.order_by("pk").values_list()) for model in RECORDS}
    events = {
        f"{model._meta.model_name} events": list(
            model.events.rel.related_model.objects.order_by("pk").values_list("pk")
        )
        for model in RECORDS
    }
    return rows | events


def test_loading_twice_changes_nothing() -> None:
    load()
    before = everything()
    load()
    assert everything() == before


def test_every_record_would_pass_its_own_form(first_source: None) -> None:
    for model in RECORDS:
        for record in model.objects.all():
            record.full_clean()


def test_everything_that_can_be_public_is(first_source: None) -> None:
    for model in PUBLISHABLE:
        assert list(model.objects.all()) == list(model.objects.published())


def test_there_are_seventeen_regions_and_two_values_for_no_single_one(first_source: None) -> None:
    codes = Region.objects.values_list("code", flat=True)
    assert list(codes) == [f"{number:02d}" for number in range(1, 18)] + ["HQ", "QC"]


def test_the_nine_amounts_add_up_as_the_registry_says(first_source: None) -> None:
    assert Grant.objects.count() == 9
    assert sum(Grant.objects.values_list("amount", flat=True)) == Decimal("29249885.00")


def test_every_record_cites_the_source_that_supports_it(first_source: None) -> None:
    for kind in ("programme", "announcement", "organisation", "project", "grant"):
        model = Citation._meta.get_field(kind).related_model
        assert not model.objects.exclude(pk__in=Citation.objects.filter(**{f"{kind}__isnull": False}).values(kind))


def test_each_figure_and_citation_has_the_words_as_written(first_source: None) -> None:
    assert not Figure.objects.filter(wording="").exists()
    assert not Citation.objects.filter(quote="").exists()


def test_no_region_is_given_but_the_one_that_the_text_names(first_source: None) -> None:
    assert [o.public_id for o in Organisation.objects.filter(region__isnull=False)] == ["groupe-misa"]
    assert not Grant.objects.filter(benefit_region__isnull=False).exists()


def test_the_date_that_no_text_gives_stays_unknown(first_source: None) -> None:
    assert Source.objects.get(public_id="rc-1877670").published is None
