"""Every check and unique constraint of every noun, from both sides: what it lets in, what it refuses by name."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib.postgres.search import SearchVector
from django.db import IntegrityError, connection
from django.db.models import Model, TextChoices, Value

from grants.models import SearchEntry
from grants.models import codes as c
from grants.models.codes import UNIT_OF
from tests.factories import (
    AnnouncementFactory,
    CitationFactory,
    CommuniqueFactory,
    FigureFactory,
    GrantFactory,
    GrantProjectFactory,
    ImportFactory,
    ImportPartFactory,
    ImportProfileFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    PassageFactory,
    ProgrammeFactory,
    ProjectFactory,
    RegionFactory,
    SourceFactory,
)
from tests.models.test_publication import PUBLICATION_CONSTRAINTS

pytestmark = pytest.mark.django_db
Attempt = Callable[[], Any]


class Sides(NamedTuple):
    """What a constraint must let in and what it must refuse; each is tried alone."""

    accepted: list[Attempt]
    refused: list[Attempt]


def sides(factory: type, *, accepted: list[dict], refused: list[dict]) -> Sides:
    """One record of `factory` for each set of values."""

    def attempt(values: dict) -> Attempt:
        return lambda: factory(**values)

    return Sides([attempt(values) for values in accepted], [attempt(values) for values in refused])


def two(factory: type, shared: dict[str, type | Any], second: dict | None = None) -> Attempt:
    """Two records that share these values (a factory gives one record for both), but for what the second has else."""

    def attempt() -> None:
        values = {name: value() if isinstance(value, type) else value for name, value in shared.items()}
        factory(**values)
        factory(**values | (second or {}))

    return attempt


def pointing(factory: type, name: str, *, at_itself: bool) -> Attempt:
    """A record whose foreign key leads to itself, or to another of its kind."""

    def attempt() -> None:
        record = factory()
        setattr(record, name, record if at_itself else factory())
        record.save()

    return attempt


SUBJECTS = {
    "programme": ProgrammeFactory,
    "announcement": AnnouncementFactory,
    "organisation": OrganisationFactory,
    "project": ProjectFactory,
    "grant": GrantFactory,
}


def about(factory: type, kinds: list[str]) -> Attempt:
    """A figure or citation about these kinds of records, and no other."""

    def attempt() -> None:
        factory(**{kind: make() if kind in kinds else None for kind, make in SUBJECTS.items()})

    return attempt


def one_subject(factory: type) -> Sides:
    return Sides(
        [about(factory, [kind]) for kind in SUBJECTS],
        [about(factory, []), about(factory, ["programme", "grant"]), about(factory, list(SUBJECTS))],
    )


def codes(factory: type, **lists: type[TextChoices]) -> Sides:
    """Every code of these lists, and one that is in none."""
    return sides(
        factory,
        accepted=[{column: code} for column, choices in lists.items() for code in choices.values],
        refused=[{column: "zz"} for column in lists],
    )


def named(factory: type, column: str) -> Sides:
    return sides(factory, accepted=[{column: "É"}], refused=[{column: ""}])


def written(factory: type, column: str) -> Attempt:
    """A record where plain SQL writes the NaN of PostgreSQL, which Django would not send."""

    def attempt() -> None:
        table = factory()._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'NaN'")

    return attempt


def agreement(start: str | None, end: str | None) -> dict:
    return {"agreement_start": start, "agreement_end": end}


def rows(read: int, new: int, changed: int = 0, unchanged: int = 0, refused: int = 0) -> dict:
    names = ["rows_read", "rows_new", "rows_changed", "rows_unchanged", "rows_refused"]
    return dict(zip(names, [read, new, changed, unchanged, refused], strict=True))


def entry(kind: str, record: int) -> None:
    SearchEntry.objects.create(kind=kind, record_id=record, vector=SearchVector(Value("")))


PREFERRED = {"programme": ProgrammeFactory, "preferred": True, "as_of": "2022-03"}
NOW = datetime.datetime(2022, 4, 21, 12, tzinfo=datetime.UTC)
ADDRESS = "https://www.quebec.ca/nouvelles/39538"
MERGED = {"neq": "1140000001", "merged_into": OrganisationFactory}

CASES: dict[str, Sides] = {
    # Figures
    "figure_is_about_exactly_one_record": one_subject(FigureFactory),
    "figure_negative_value_has_a_reason": sides(
        FigureFactory,
        accepted=[{"value": 0}, {"value": -1, "negative_reason": "Correction"}],
        refused=[{"value": -1}, {"value": "-0.01"}],
    ),
    "figure_precision_is_positive": sides(
        FigureFactory,
        accepted=[{"precision": None}, {"precision": "0.01"}],
        refused=[{"precision": 0}, {"precision": -1}],
    ),
    "figure_count_is_whole": sides(
        FigureFactory,
        accepted=[{"measure": "projects", "value": 10}, {"measure": "aid", "value": "0.50"}],
        refused=[{"measure": "projects", "value": "9.50"}],
    ),
    "figure_share_within_a_hundred": sides(
        FigureFactory,
        accepted=[{"measure": "share", "value": 100}, {"measure": "aid", "value": 101}],
        refused=[{"measure": "share", "value": "100.01"}],
    ),
    "figure_unit_fits_measure": sides(
        FigureFactory,
        accepted=[{"measure": measure, "unit": unit, "value": 1} for measure, unit in UNIT_OF.items()],
        refused=[
            {"measure": measure, "unit": unit, "value": 1}
            for measure, right in UNIT_OF.items()
            for unit in sorted(set(UNIT_OF.values()) - {right})
        ],
    ),
    "figure_one_preferred_claim": Sides(
        [
            two(FigureFactory, PREFERRED, {"preferred": False}),
            two(FigureFactory, PREFERRED, {"as_of": "2022-04"}),
            two(FigureFactory, PREFERRED, {"measure": "envelope"}),
            two(FigureFactory, PREFERRED, {"scope": "cumulative"}),
            two(FigureFactory, PREFERRED, {"nature": "target"}),
        ],
        [two(FigureFactory, PREFERRED), two(FigureFactory, {**PREFERRED, "as_of": None})],
    ),
    "figure_value_is_a_number": sides(
        FigureFactory,
        accepted=[{"value": "99999999999999.99", "precision": "10000000000000"}],
        refused=[],
    )._replace(refused=[written(FigureFactory, "value"), written(FigureFactory, "precision")]),
    "figure_codes_known": codes(
        FigureFactory, qualifier=c.Qualifier, scope=c.Scope, nature=c.Nature, wording_language=c.Language
    ),
    # Grants
    "grant_codes_known": codes(GrantFactory, status=c.GrantStatus, instrument=c.Instrument),
    "grant_amounts_are_numbers": sides(
        GrantFactory,
        accepted=[{"amount": "99999999999999.99"}, {"amount": None, "total_project_cost": "99999999999999.99"}],
        refused=[],
    )._replace(refused=[written(GrantFactory, "amount"), written(GrantFactory, "total_project_cost")]),
    "grant_negative_amount_has_a_reason": sides(
        GrantFactory,
        accepted=[{"amount": None}, {"amount": 0}, {"amount": -5, "negative_reason": "Correction"}],
        refused=[{"amount": -5}],
    ),
    "grant_project_cost_not_negative": sides(
        GrantFactory,
        accepted=[{"total_project_cost": None}, {"total_project_cost": 0}],
        refused=[{"total_project_cost": "-0.01"}],
    ),
    "grant_ends_after_it_starts": sides(
        GrantFactory,
        accepted=[
            agreement("2022-04-01", "2022-04-01"),
            agreement("2022-04-01", None),
            agreement(None, "2022-04-01"),
            agreement("2022-04-30", "2022-04"),  # may still be the same day
            agreement("2022", "2022-01-01"),
        ],
        refused=[
            agreement("2022-04-02", "2022-04-01"),
            agreement("2022-04", "2022-03-31"),
            agreement("2022-01-01", "2021"),
        ],
    ),
    "grant_currency_three_letters": sides(
        GrantFactory,
        accepted=[{"currency": "CAD"}, {"currency": "USD"}],
        refused=[{"currency": "cad"}, {"currency": "$"}, {"currency": ""}],
    ),
    "grant_import_row_has_a_file": Sides(
        [lambda: GrantFactory(import_row=2, import_batch=ImportFactory()), lambda: GrantFactory(import_row=None)],
        [lambda: GrantFactory(import_row=2)],
    ),
    "grant_funds_a_project_once": Sides(
        [
            two(GrantProjectFactory, {"grant": GrantFactory}),
            two(GrantProjectFactory, {"project": ProjectFactory}),
        ],
        [two(GrantProjectFactory, {"grant": GrantFactory, "project": ProjectFactory})],
    ),
    # Organisations
    "organisation_website_on_the_web": sides(
        OrganisationFactory,
        accepted=[{"website": ""}, {"website": "http://misa.example"}, {"website": "https://misa.example/a?b"}],
        refused=[{"website": "javascript:alert(1)"}, {"website": "//misa.example"}, {"website": "ftp://misa.example"}],
    ),
    "source_address_on_the_web": sides(
        SourceFactory,
        accepted=[{"url": ""}, {"url": "https://misa.example/a"}],
        refused=[{"url": "javascript:alert(1)"}, {"url": "data:text/html,x"}, {"url": "misa.example"}],
    ),
    "organisation_neq_ten_digits": sides(
        OrganisationFactory,
        accepted=[{"neq": ""}, {"neq": "1140000001"}, {"neq": "0000000000"}],
        refused=[{"neq": "114000000"}, {"neq": "11 4000000"}, {"neq": "114000000x"}, {"neq": "١١٤٠٠٠٠٠٠١"}],
    ),
    "organisation_neq_once": Sides(
        [
            two(OrganisationFactory, {"neq": ""}),
            two(OrganisationFactory, {"neq": "1140000001"}, {"neq": "1140000002"}),
            two(OrganisationFactory, MERGED),
        ],
        [two(OrganisationFactory, {"neq": "1140000001"})],
    ),
    "organisation_not_its_own_parent": Sides(
        [pointing(OrganisationFactory, "parent", at_itself=False)],
        [pointing(OrganisationFactory, "parent", at_itself=True)],
    ),
    "organisation_not_merged_into_itself": Sides(
        [pointing(OrganisationFactory, "merged_into", at_itself=False)],
        [pointing(OrganisationFactory, "merged_into", at_itself=True)],
    ),
    "organisation_merged_is_not_public": Sides(
        [lambda: OrganisationFactory(merged_into=OrganisationFactory())],
        [lambda: OrganisationFactory(merged_into=OrganisationFactory(), published=True)],
    ),
    "organisation_has_a_name": sides(
        OrganisationFactory, accepted=[{"name_fr": "É"}], refused=[{"name_fr": "", "name_en": "Only English"}]
    ),
    "organisation_name_once": Sides(
        [
            two(OrganisationNameFactory, {"name": "ÉTS"}),
            two(OrganisationNameFactory, {"organisation": OrganisationFactory}),
        ],
        [two(OrganisationNameFactory, {"organisation": OrganisationFactory, "name": "ÉTS"}, {"kind": "legal"})],
    ),
    "organisation_codes_known": codes(OrganisationFactory, kind=c.OrganisationKind),
    "organisation_name_codes_known": codes(OrganisationNameFactory, kind=c.NameKind),
    "organisation_name_is_not_empty": named(OrganisationNameFactory, "name"),
    # The others
    "announcement_codes_known": codes(AnnouncementFactory, list_state=c.ListState),
    "announcement_has_a_title": named(AnnouncementFactory, "title_fr"),
    "programme_has_a_name": named(ProgrammeFactory, "name_fr"),
    "project_has_a_title": named(ProjectFactory, "title_fr"),
    "source_codes_known": codes(SourceFactory, kind=c.SourceKind, language=c.Language),
    "source_has_a_title": named(SourceFactory, "title"),
    "import_codes_known": codes(ImportFactory, state=c.ImportState),
    "programme_not_its_own_parent": Sides(
        [pointing(ProgrammeFactory, "parent", at_itself=False)],
        [pointing(ProgrammeFactory, "parent", at_itself=True)],
    ),
    "source_address_once": Sides(
        [two(SourceFactory, {"url": ""}), two(SourceFactory, {"url": ADDRESS}, {"url": ADDRESS + "0"})],
        [two(SourceFactory, {"url": ADDRESS})],
    ),
    "citation_supports_exactly_one_record": one_subject(CitationFactory),
    "citation_once": Sides(
        [two(CitationFactory, {"source": SourceFactory}), two(CitationFactory, {"grant": GrantFactory})],
        [two(CitationFactory, {"source": SourceFactory, "grant": GrantFactory}, {"quote": "other words"})],
    ),
    "region_code_known": sides(
        RegionFactory,
        accepted=[{"code": code} for code in ("01", "17", "QC", "HQ")],
        refused=[{"code": code} for code in ("00", "18", "1", "qc", "ON")],
    ),
    "import_rows_add_up": sides(
        ImportFactory,
        accepted=[rows(0, 0), rows(10, 1, 2, 3, 4)],
        refused=[rows(1, 0), rows(0, 1), rows(10, 1, 2, 3, 5)],
    ),
    "import_part_once": Sides(
        [two(ImportPartFactory, {"import_batch": ImportFactory}, {"position": 1}), two(ImportPartFactory, {})],
        [two(ImportPartFactory, {"import_batch": ImportFactory})],
    ),
    "import_profile_has_a_name": named(ImportProfileFactory, "name"),
    # Press releases
    "communique_codes_known": sides(
        CommuniqueFactory,
        accepted=[{"state": "review"}, {"state": "set_aside"}, {"state": "filed", "filed_at": NOW}],
        refused=[{"state": "zz"}],
    ),
    "communique_has_a_text": named(CommuniqueFactory, "text"),
    "communique_text_once": Sides(
        [two(CommuniqueFactory, {"title": "Un", "text": "Un"}, {"text": "Deux"})],
        [two(CommuniqueFactory, {"text": "Un"})],
    ),
    "communique_filed_on_a_day": sides(
        CommuniqueFactory,
        accepted=[{"state": "filed", "filed_at": NOW}, {"state": "review"}],
        refused=[{"state": "filed"}, {"state": "review", "filed_at": NOW}],
    ),
    "passage_of_exactly_one_record": Sides(
        [lambda: PassageFactory(), lambda: PassageFactory(grant=None, figure=FigureFactory())],
        [lambda: PassageFactory(grant=None), lambda: PassageFactory(figure=FigureFactory())],
    ),
    "passage_has_words": sides(
        PassageFactory, accepted=[{"start": 0, "end": 1}], refused=[{"start": 3, "end": 3}, {"start": 4, "end": 3}]
    ),
    "passage_once": Sides(
        [two(PassageFactory, {"communique": CommuniqueFactory}), two(PassageFactory, {"grant": GrantFactory})],
        [two(PassageFactory, {"communique": CommuniqueFactory, "grant": GrantFactory}, {"start": 0})],
    ),
    "search_entry_once": Sides(
        [lambda: (entry("grant", 1), entry("grant", 2), entry("source", 1))],
        [lambda: (entry("grant", 1), entry("grant", 1))],
    ),
}


def attempts(side: str) -> list:
    return [
        pytest.param(name, attempt, id=f"{name}-{number}")
        for name, both in CASES.items()
        for number, attempt in enumerate(getattr(both, side))
    ]


@pytest.mark.parametrize(("name", "attempt"), attempts("accepted"))
def test_what_is_right_is_let_in(name: str, attempt: Attempt) -> None:
    attempt()


@pytest.mark.parametrize(("name", "attempt"), attempts("refused"))
def test_what_must_never_be_is_refused_by_the_constraint_of_that_name(name: str, attempt: Attempt) -> None:
    with pytest.raises(IntegrityError) as refused:
        attempt()
    assert refused.value.__cause__.diag.constraint_name == name


def constraints_of(model: type[Model]) -> set[str]:
    return {constraint.name for constraint in model._meta.constraints}


def test_every_constraint_of_every_noun_is_tried_here_from_both_sides() -> None:
    nouns = [model for model in apps.get_app_config("grants").get_models() if not hasattr(model, "pgh_tracked_model")]
    there = set().union(*map(constraints_of, nouns))
    assert there == set(CASES) | PUBLICATION_CONSTRAINTS
    assert all(both.accepted and both.refused for both in CASES.values())
