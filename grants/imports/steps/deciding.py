"""Names as the sheet writes them, and what staff decide of each: once, for all its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction

from grants.imports.lookups import NAMES
from grants.models import Announcement, Import, Organisation, Programme, Project, Source

from .tables import Tables, as_dict

NOUNS: dict[str, type[models.Model]] = {
    str(model._meta.model_name): model for model in (Organisation, Programme, Announcement, Project, Source)
}
# Those that staff should look at first.
TO_LOOK_AT = ["ambiguous", "unknown", "similar", "new", "chosen", "alias", "number", "exact", "id"]
PAGE = 50


@dataclass(frozen=True)
class Suggestion:
    """A record that a name may be. `score` of 100; `reason` is similar or same_name."""

    pk: int
    label: str
    score: int
    reason: str


@dataclass
class NameRow:
    """A record as the sheet names it: rows and sum (dollars) that hang on it, how it was recognised, as which one."""

    noun: str
    key: str
    name: str
    rows: int
    total: Decimal | None
    how: str
    record: int | None
    record_label: str
    suggestions: list[Suggestion]


def names(batch: Import, *, noun: str = "", how: str = "", offset: int = 0, limit: int = PAGE) -> list[NameRow]:
    """One page of names: those to be decided first, then those with the most money."""
    where = ["true"]
    params: dict[str, Any] = {"order": TO_LOOK_AT, "limit": limit, "offset": offset}
    if noun:
        where.append("noun = %(noun)s")
        params["noun"] = noun
    if how:
        where.append("how = %(how)s")
        params["how"] = how
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT noun, key, name, rows, total, how, record_id, suggestions FROM {Tables(batch.pk).names}
            WHERE {" AND ".join(where)}
            ORDER BY array_position(%(order)s::text[], how), total DESC NULLS LAST, rows DESC, key
            LIMIT %(limit)s OFFSET %(offset)s""",
            params,
        )
        found = cursor.fetchall()
    labels = labels_of(found)
    return [
        NameRow(
            noun,
            key,
            name,
            rows,
            total,
            how,
            record,
            labels.get((noun, record), ""),
            [Suggestion(**each) for each in as_list(suggestions)],
        )
        for noun, key, name, rows, total, how, record, suggestions in found
    ]


def as_list(suggestions: Any) -> list[dict[str, Any]]:
    """JSON of a cursor, decoded or not."""
    found: Any = as_dict(suggestions)
    return found if isinstance(found, list) else []


def labels_of(found: list[tuple[Any, ...]]) -> dict[tuple[str, int], str]:
    """The records recognised, by their names."""
    labels: dict[tuple[str, int], str] = {}
    for noun, model in NOUNS.items():
        pks = [row[6] for row in found if row[0] == noun and row[6]]
        if pks:
            labels |= {
                (noun, pk): name
                for pk, name in model._default_manager.filter(pk__in=pks).values_list("pk", NAMES[model][0])
            }
    return labels


def decide(batch: Import, choices: dict[tuple[str, str], str]) -> int:
    """Keep what staff decided: (noun, key) → "new", the pk of a record, or "" for undecided again; how many changed.

    The rows are judged again by the next reading. Raises ValueError for a record that is not there.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch.pk)
        decided = batch.wishes.get("names", {})
        changed = 0
        for (noun, key), choice in choices.items():
            said = decided.setdefault(noun, {})
            if said.get(key, "") == choice:
                continue
            if choice not in ("", "new") and not NOUNS[noun]._default_manager.filter(pk=int(choice)).exists():
                raise ValueError(choice)
            changed += 1
            if choice:
                said[key] = choice
            else:
                said.pop(key, None)
        if changed:
            batch.wishes = {**batch.wishes, "names": decided}
            batch.save(update_fields=["wishes"])
    return changed
