"""A file in a dialect, brought into an empty registry, gives the same grants as far as the dialect can tell."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from grants.models import Grant
from tests import factories as make
from tests.imports.steps.road import apply, counts, read

from .mixed import body_of, package_of, person, whole

pytestmark = pytest.mark.django_db(transaction=True)

ALL = ("recipient__name_fr", "funder__name_fr", "amount", "currency", "title_fr")
BY_DIALECT = {
    "360giving.json": (
        *("recipient__neq", "recipient__city", "programme__name_fr", "description_fr", "benefit_place"),
        *("date", "agreement_start", "agreement_end", "reference"),
    ),
    "canada.csv": (
        *("recipient__name_en", "recipient__kind", "recipient__is_nonprofit", "recipient__city", "reference"),
        *("programme__name_fr", "programme__name_en", "title_en", "description_fr", "description_en"),
        *("instrument", "agreement_start", "agreement_end"),
    ),
    "scdl.csv": ("recipient__neq", "reference", "date"),
}
NEGATIVE = "Montant négatif publié à la source"  # what the import says of those that come without a reason
REFERENCES = {"360giving.json": "360G-otn-{}", "canada.csv": "235-2022-2023-Q1-{}", "scdl.csv": "D-2022-{}"}


def told(ending: str) -> list[tuple[Any, ...]]:
    """What the grants say that the dialect can tell."""
    return sorted(Grant.objects.values_list(*ALL, *BY_DIALECT[ending]), key=repr)


def known(ending: str) -> None:
    """Grants whose references have the dialect's form."""
    refer = REFERENCES[ending].format
    whole(reference=refer("001"), recipient__neq="1140000011")
    usine = {"recipient__name_fr": "Usine", "recipient__name_en": "", "recipient__kind": "company"}
    whole(reference=refer("002"), recipient__is_nonprofit=False, title_fr='L’avenir, « ici » et "là"', **usine)
    whole(reference=refer("003"), amount="-12.50", negative_reason=NEGATIVE, recipient__name_fr="Fondation Élan")


def read_back(ending: str, file: bytes) -> Any:
    """Brought in as staff would; of SCDL the import asks which currency it is in."""
    return read(file, wishes={"reading": {"currency": "CAD"}} if ending == "scdl.csv" else {})


def emptied() -> None:
    """No record is left but a region."""
    call_command("flush", interactive=False, verbosity=0)
    make.RegionFactory(code="08")


def file_in(ending: str) -> bytes:
    return flattened() if ending.endswith("json") else body_of(f"/aides.{ending}")


def flattened() -> bytes:
    """The package as a sheet whose titles are the paths of its fields, as the standard's own tools make of it."""
    rows = [dict(_paths(grant)) for grant in package_of("/aides.360giving.json")["grants"]]
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(path for row in rows for path in row)))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def _paths(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    named = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if named is None:
        yield at, value
        return
    for name, inner in named:
        yield from _paths(inner, f"{at}/{name}" if at else str(name))


@pytest.mark.parametrize("ending", BY_DIALECT)
def test_an_empty_registry_gets_the_same_grants(ending):
    known(ending)
    before, file = told(ending), file_in(ending)
    emptied()
    batch = apply(read_back(ending, file))
    assert counts(batch) == (3, 0, 0, 0)
    assert told(ending) == before


# SCDL tells neither programme nor description, by which the import would know a grant again.
@pytest.mark.parametrize("ending", ["360giving.json", "canada.csv"])
def test_the_registry_that_sent_it_has_nothing_to_change(ending):
    known(ending)
    assert counts(read_back(ending, file_in(ending))) == (0, 0, 3, 0)


@pytest.mark.parametrize("ending", ["360giving.json", "canada.csv"])
def test_a_natural_person_comes_back_as_one_without_name(settings, ending):
    settings.RECIPIENTS_ARE_IN = "CA-QC"
    whole(recipient=person())
    file = file_in(ending)
    emptied()
    apply(read_back(ending, file))
    recipient = Grant.objects.get().recipient
    assert recipient.is_natural_person
    assert recipient.name_fr == "Particulier"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_our_own_files_change_nothing_with_all_their_sheets(ending):
    known("canada.csv")
    batch = read(body_of(f"/aides.{ending}"), file_name=f"aides.{ending}")
    assert counts(batch) == (0, 0, 3, 0), batch.report
