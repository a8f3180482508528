"""Which title of a sheet is taken for which of our columns, by profile and as staff overrule it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.imports import profiles
from grants.imports.errors import SheetError
from grants.imports.reading.facts import ColumnFacts, Question, Understanding
from grants.models import ImportProfile

from .sheet_columns import NounSheet
from .titles import title_key, title_keys

# Fourteen digits, or what a spreadsheet leaves of them: 22100005200011, 2,43E+13.
SIRET = re.compile(r"\d{14}|\d{13}|\d[.,]\d{1,6}E\+13", re.IGNORECASE)
MOSTLY = 0.9
ENOUGH = 20  # references that are all different in fewer rows prove nothing


@dataclass
class Mapping:
    """What each title means. `columns` gives a column's name by title; the titles left are in `ignored`.

    `constants` are the values of columns where the row says nothing. `identity` says how rows find their grant:
    "reference", "content", or "" where the key of the noun alone does. `splits` are titles whose cells hold
    « English|French ». `missing` are the columns that a new record needs and no title says.
    """

    profile: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    identity: str = ""
    ignored: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    splits: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    currency: str = ""
    negative_reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values that json.dumps takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> Mapping:
        """The mapping that `to_json` gave."""
        return cls(**(facts | {"questions": [Question(**each) for each in facts.get("questions", [])]}))


def map_titles(
    sheet: NounSheet, understanding: Understanding, profile: str = "", wishes: dict[str, Any] | None = None
) -> Mapping:
    """Take the titles of a sheet for our columns. `wishes` are Import.wishes: columns, constants, identity, answers.

    `profile` names the profile to use; left empty, the one that fits best is. Raises SheetError for
    one that is not there.
    """
    wishes = wishes or {}
    kept = [profiles.of_saved(one) for one in ImportProfile.objects.filter(noun=sheet.noun)]
    titles = [title for title in understanding.titles if title]
    name = profile or wishes.get("profile") or ""
    if name:
        chosen = next((one for one in [*profiles.built_in(sheet), *kept] if one.name == name), None)
        if chosen is None:
            raise SheetError(_("There is no profile called “%(name)s”."), params={"name": name})
    else:
        chosen = profiles.best_profile(sheet, titles, kept)
    answers = wishes.get("answers") or {}
    found = {title: column for title, column in chosen.take(titles).items() if column in sheet.by_name}
    if understanding.currency_column and "currency" in sheet.by_name and "currency" not in found.values():
        found[understanding.currency_column] = "currency"
    wished = {title: column for title, column in (wishes.get("columns") or {}).items() if title in titles}
    columns, questions = settle(understanding, found, wished, answers, chosen.weak)
    columns = names_alone(sheet, columns)
    constants = dict(chosen.wishes.get("constants") or {}) | (wishes.get("constants") or {})
    constants = {name: value for name, value in constants.items() if name in sheet.by_name}
    return Mapping(
        profile=chosen.name,
        columns=columns,
        constants=constants,
        identity=identity_of(sheet, chosen, columns, understanding, wishes.get("identity") or "", wished),
        ignored=[title for title in titles if title not in columns],
        questions=questions,
        splits=[title for title in chosen.split_titles(titles) if title in columns],
        missing=missing_from(sheet, [*columns.values(), *constants]),
        currency=currency_of(chosen, columns, understanding),
        negative_reason=chosen.negative_reason,
    )


def settle(
    understanding: Understanding,
    found: dict[str, str],
    wished: dict[str, str],
    answers: dict[str, str],
    weak: frozenset[str] = frozenset(),
) -> tuple[dict[str, str], list[Question]]:
    """One title per column: staff's choice, or else the first with values; a question where another has some too."""
    columns = {title: column for title, column in wished.items() if column}
    questions = []
    claims: dict[str, list[str]] = {}
    for title in understanding.titles:
        if title in found and title not in wished and found[title] not in columns.values():
            claims.setdefault(found[title], []).append(title)
    for column, titles in claims.items():
        titles.sort(key=lambda title: title_key(title) in weak)
        filled = [title for title in titles if is_filled(understanding.column(title))]
        chosen = answers.get(f"two_titles:{column}", "")
        if chosen not in titles:
            chosen = (filled or titles)[0]
        columns[chosen] = column
        if len(filled) > 1:
            questions.append(Question("two_titles", column, options=filled, assumed=chosen))
    in_order = {title: columns[title] for title in understanding.titles if title in columns}
    return in_order, questions


def is_filled(facts: ColumnFacts | None) -> bool:
    """Whether a column has values, as far as is known."""
    return facts is None or facts.filled > 0


def names_alone(sheet: NounSheet, columns: dict[str, str]) -> dict[str, str]:
    """A reference said only in words is the reference itself."""
    there = set(columns.values())
    return {
        title: sheet.column(name).of
        if (name == f"{sheet.column(name).of}_name" and sheet.column(name).of not in there)
        else name
        for title, name in columns.items()
    }


def identity_of(
    sheet: NounSheet,
    profile: Any,
    columns: dict[str, str],
    understanding: Understanding,
    wish: str,
    by_hand: dict[str, str],
) -> str:
    """How rows find their grant: by reference where it names one grant each, else by what they hold.

    A title that somebody took for the reference `by_hand` names grants.
    """
    if sheet.noun != "grant" or wish:
        return wish
    title = next((title for title, name in columns.items() if name == "reference"), "")
    facts = understanding.column(title) if title else None
    if facts is None or facts.destroyed or not facts.filled:
        return "content"
    if profile.identity == "reference":
        return "reference"
    numbers_grants = title in by_hand or any(key in profile.strong for key in title_keys(title))
    if numbers_grants:
        return "reference" if facts.distinct >= MOSTLY * facts.filled else "content"
    return "reference" if facts.distinct == facts.filled >= ENOUGH else "content"


def missing_from(sheet: NounSheet, there: Iterable[str]) -> list[str]:
    """The columns that a new record needs and that are not there, by id or in words."""
    names = set(there) | ({"recipient"} if "recipient_person" in there else set())
    return [
        column.name
        for column in sheet.columns
        if column.required and not column.readonly and not {column.name, f"{column.name}_name"} & names
    ]


def currency_of(profile: Any, columns: dict[str, str], understanding: Understanding) -> str:
    """The currency of amounts that name none: of the amounts' own column, of the file, or of the profile."""
    title = next((title for title, name in columns.items() if name == "amount"), "")
    facts = understanding.column(title) if title else None
    said = (facts.currency if facts else "") or understanding.currency or profile.currency
    if said or not profile.euros_by_siret:
        return said
    numbers = ("funder_number", "recipient_number")
    samples = [
        sample
        for title, name in columns.items()
        if name in numbers and (facts := understanding.column(title))
        for sample in facts.samples
    ]
    french = [sample for sample in samples if SIRET.fullmatch(sample.replace(" ", "").replace("\xa0", ""))]
    return "EUR" if french and len(french) * 2 > len(samples) else ""
