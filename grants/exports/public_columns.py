"""What a public column is, and the ways to get its value: a natural person is never named, nor anything unpublished."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Expression, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy

from grants.models import Citation, Grant, OrganisationName, Project

from . import expressions
from .cells import Codes, Column, Kind
from .tables import Field, Table

# What a column's value is in PostgreSQL, for a reader of that language.
Getter = Callable[[str], Expression | F]


@dataclass(frozen=True)
class PublicColumn:
    """A column and how to get its value; `note` explains what the label cannot, `codes` is the list that it takes."""

    name: str
    label: str | Promise
    get: Getter
    kind: Kind = "text"
    note: str | Promise = ""
    codes: Codes = ()

    def field(self, language: str) -> Field:
        """As a table wants it, its words in the language of the moment."""
        codes = tuple((code, str(label)) for code, label in self.codes)
        return Field(Column(self.name, str(self.label), self.kind, str(self.note), codes), self.get(language))


@dataclass(frozen=True)
class Sheet:
    """What a noun is as a file: the word that begins the file's name, its title and columns."""

    page: str
    word: str | Promise
    title: str | Promise
    columns: tuple[PublicColumn, ...]

    def table(self, records: QuerySet, language: str) -> Table:
        """The records as rows, in their order, for a reader of that language."""
        return Table(records, [column.field(language) for column in self.columns])


# ── How to get a value ───────────────────────────────────────────────────────────────────────────────────


def stored(path: str) -> Getter:
    """A text, code or partial date."""
    return lambda language: expressions.text(path)


def number(path: str) -> Getter:
    """An amount, a count or a truth."""
    return lambda language: F(path)


def moment(path: str) -> Getter:
    return lambda language: expressions.moment(path)


def named(at: str, language: str) -> Getter:
    """The public name of an organisation; an English name only where there is one."""

    def get(_language: str) -> Expression:
        with override(language):
            individual = Value(pgettext("recipient", "Individual"))
        name = expressions.text(f"{at}__name_{language}")
        return Case(When(**{f"{at}__is_natural_person": True}, then=individual), default=name, output_field=TextField())

    return get


def public_id_of(at: str) -> Getter:
    """The public id of an organisation, none for a natural person."""
    return lambda language: expressions.unless(f"{at}__is_natural_person", F(f"{at}__public_id"))


def joined(records: Callable[[], QuerySet], field: str) -> Getter:
    """The values of several related records in one cell."""
    return lambda language: expressions.joined(records(), field)


def address(view: str) -> Getter:
    """The address of a record's page in the reader's language."""

    def get(language: str) -> Expression:
        mark = "public-id"
        with override(language):
            start, _mark, end = reverse(f"public:{view}", args=[mark]).rpartition(mark)
        return expressions.around(settings.SITE_URL.rstrip("/") + start, "public_id", end)

    return get


# ── Related records that the public may see ──────────────────────────────────────────────────────────────


def public_projects() -> QuerySet:
    return Project.objects.published().filter(grants=OuterRef("pk")).order_by("pk")


def public_grants() -> QuerySet:
    return Grant.objects.published().told_with_projects().filter(projects=OuterRef("pk")).order_by("pk")


def other_names() -> QuerySet:
    return OrganisationName.objects.filter(organisation=OuterRef("pk"))


def _received(number: Expression) -> Any:
    grants = Grant.objects.published().filter(recipient=OuterRef("pk")).order_by()
    return Subquery(grants.values("recipient").annotate(number=number).values("number"))


def grant_count(language: str) -> Expression:
    return Coalesce(_received(Count("pk")), 0)


def granted(language: str) -> Expression:
    return _received(Sum("amount", filter=Q(currency="CAD")))


# ── Columns that come in groups ──────────────────────────────────────────────────────────────────────────


def coded(name: str, label: Any, codes: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A code and its labels in both languages."""

    def label_in(language: str) -> Getter:
        def get(_language: str) -> Expression:
            with override(language):
                words = [(code.value, str(code.label)) for code in codes]
            return expressions.in_words(at or name, words)

        return get

    known = tuple((code.value, code.label) for code in codes if code.value)
    return (
        PublicColumn(name, label, stored(at or name), "identifier", _("code"), known),
        PublicColumn(f"{name}_fr", label, label_in("fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, label_in("en"), note=_("in English")),
    )


def both(name: str, label: Any, at: str = "") -> tuple[PublicColumn, ...]:
    """A text in both languages."""
    field = f"{at}__{name.split('_')[-1]}" if at else name
    return (
        PublicColumn(f"{name}_fr", label, stored(f"{field}_fr"), note=_("in French")),
        PublicColumn(f"{name}_en", label, stored(f"{field}_en"), note=_("in English")),
    )


def organisation(name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(f"{name}_id", label, public_id_of(name), "identifier", _("public id")),
        PublicColumn(f"{name}_fr", label, named(name, "fr"), note=_("name in French; “Particulier” for a person")),
        PublicColumn(f"{name}_en", label, named(name, "en"), note=_("name in English, where there is one")),
    )


def region(at: str, name: str, label: Any) -> tuple[PublicColumn, ...]:
    return (
        PublicColumn(name, label, stored(f"{at}__code"), "identifier", _("two-character code")),
        PublicColumn(f"{name}_name", label, stored(f"{at}__name_fr"), note=_("official name")),
    )


def frame(view: str) -> tuple[tuple[PublicColumn, ...], tuple[PublicColumn, ...]]:
    """What begins and what ends every sheet."""
    start = (PublicColumn("id", _("Public id"), stored("public_id"), "identifier", _("never changes")),)
    end = (
        PublicColumn("published_at", _("Published in the registry"), moment("published_at"), "date"),
        PublicColumn("modified_at", _("Last changed"), moment("modified_at"), "date"),
        PublicColumn("address", _("Address"), address(view), note=_("of its page in this registry")),
    )
    return start, end


def sources(subject: str) -> PublicColumn:
    """The documents that support the record, as far as the public may see them."""
    return PublicColumn(
        "sources",
        pgettext_lazy("column", "Sources"),
        joined(lambda: Citation.objects.published().filter(**{subject: OuterRef("pk")}), "source__public_id"),
        "identifier",
        _("public ids, separated by “; ”"),
    )


def columns_of(view: str, *groups: PublicColumn | tuple[PublicColumn, ...]) -> tuple[PublicColumn, ...]:
    """The columns of a noun whose records have pages of their own."""
    start, end = frame(view)
    middle = [column for group in groups for column in (group if isinstance(group, tuple) else (group,))]
    return (*start, *middle, *end)
