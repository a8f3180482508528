"""Figures and citations are about exactly one record of five kinds: five foreign keys, one of them filled."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Func, IntegerField, Q, Value
from django.db.models.lookups import Exact

from .codes import Publication

Lines = TypeVar("Lines", bound=models.QuerySet[Any])
SUBJECTS = ("programme", "announcement", "organisation", "project", "grant")


def about_exactly_one(name: str, message: Any) -> models.CheckConstraint:
    """The constraint that one and only one of the five is there."""
    there = Func(*SUBJECTS, function="num_nonnulls", output_field=IntegerField())
    return models.CheckConstraint(name=name, condition=Q(Exact(there, Value(1))), violation_error_message=message)


def not_about_a_person(lines: Lines) -> Lines:
    """Leave out what is said of a natural person, of its projects, or of grants to it: words may name it."""
    return (
        lines.exclude(organisation__is_natural_person=True)
        .exclude(project__organisation__is_natural_person=True)
        .exclude(grant__recipient__is_natural_person=True)
    )


def about_published() -> Q:
    """That the record which a figure or citation is about is itself published."""
    return Q(*[Q(**{f"{subject}__publication": Publication.PUBLISHED}) for subject in SUBJECTS], _connector=Q.OR)


def subject_of(record: Any) -> tuple[str, Any]:
    """The kind and the record that a figure or citation is about (`("", None)` while it has none)."""
    for kind in SUBJECTS:
        if getattr(record, f"{kind}_id") is not None:
            return kind, getattr(record, kind)
    return "", None
