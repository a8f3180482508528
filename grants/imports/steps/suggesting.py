"""The nearest records to names that none has: staff decide once per name."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import connection, models
from rapidfuzz import fuzz

from grants.imports.lookups import NAMES
from grants.models import Organisation, OrganisationName
from grants.values.folding import fold, organisation_key

from .plan import Plan

# The names that concern the most money first; beyond that staff would not look, and nobody would wait.
MOST_NAMES = 5_000
MOST_SUGGESTIONS = 3
NEAR = 86
# A word that so many names share tells nothing.
COMMON_WORD = 400


def suggest(plan: Plan) -> None:
    """Give names without a record the nearest ones, and ambiguous names the records they may be."""
    for model in plan.referenced:
        noun = str(model._meta.model_name)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT key FROM {plan.tables.names} WHERE noun = %s AND how IN ('new', 'unknown') AND NOT decided
                ORDER BY total DESC NULLS LAST, rows DESC LIMIT {MOST_NAMES}""",
                [noun],
            )
            keys = [key for (key,) in cursor.fetchall()]
            if keys:
                keep(cursor, plan, noun, nearest(model, keys))
            explain_ambiguous(cursor, plan, model)


def keep(cursor: Any, plan: Plan, noun: str, found: dict[str, list[dict[str, Any]]]) -> None:
    """Write the suggestions; a new name with some is « similar », for staff to look at first."""
    if not found:
        return
    cursor.execute(
        f"""UPDATE {plan.tables.names} n SET suggestions = said.near,
            how = CASE WHEN n.how = 'new' THEN 'similar' ELSE n.how END
        FROM (SELECT key, value AS near FROM jsonb_each(%s::jsonb)) said WHERE n.noun = %s AND n.key = said.key""",
        [json.dumps(found), noun],
    )


def explain_ambiguous(cursor: Any, plan: Plan, model: type[models.Model]) -> None:
    """The records that an ambiguous name may be."""
    name = NAMES[model][0]
    key = "code" if not hasattr(model, "public_id") else "public_id"
    cursor.execute(
        f"""UPDATE {plan.tables.names} n SET suggestions = said.near FROM (
            SELECT h.noun, h.key, jsonb_agg(DISTINCT jsonb_build_object(
                'pk', r.id, 'label', r.{key} || ' (' || r.{name} || ')', 'score', 100, 'reason', 'same_name')) AS near
            FROM {plan.tables.hits} h JOIN {model._meta.db_table} r ON r.id = h.record_id GROUP BY 1, 2
        ) said WHERE said.noun = n.noun AND said.key = n.key AND n.how = 'ambiguous' AND n.noun = %s""",
        [model._meta.model_name],
    )


def nearest(model: type[models.Model], keys: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Folded name → the records whose names are nearest, best first."""
    known = known_names(model)
    if not known:
        return {}
    by_word = defaultdict(list)
    for position, (key, _pk, _label) in enumerate(known):
        for word in set(key.split()):
            by_word[word].append(position)
    found = {}
    for key in keys:
        if near := near_to(key.partition(" #")[0], known, by_word):
            found[key] = near
    return found


def near_to(key: str, known: list[tuple[str, int, str]], by_word: dict[str, list[int]]) -> list[dict[str, Any]]:
    """The records near to one name: those that share a telling word, compared letter by letter."""
    positions: set[int] = set()
    for word in set(key.split()):
        if len(word) > 2 and len(by_word.get(word, ())) <= COMMON_WORD:
            positions.update(by_word.get(word, ()))
    best: dict[int, tuple[float, str]] = {}
    for position in positions:
        other, pk, label = known[position]
        score = fuzz.token_sort_ratio(key, other, score_cutoff=NEAR)
        if score > best.get(pk, (0, ""))[0]:
            best[pk] = (score, label)
    ranked = sorted(best.items(), key=lambda item: -item[1][0])[:MOST_SUGGESTIONS]
    return [{"pk": pk, "label": label, "score": round(score), "reason": "similar"} for pk, (score, label) in ranked]


def known_names(model: type[models.Model]) -> list[tuple[str, int, str]]:
    """(folded name, record, label) of every name of every record."""
    folded = organisation_key if model is Organisation else fold
    fields = NAMES[model]
    records = model._default_manager.all()
    if model is Organisation:
        records = records.filter(merged_into=None)
    found = []
    labels = {}
    for pk, *names in records.values_list("pk", *fields).iterator():
        labels[pk] = names[0]
        found += [(folded(name), pk, names[0]) for name in names if name]
    if model is Organisation:
        others = OrganisationName.objects.filter(organisation__merged_into=None).values_list("organisation", "name")
        found += [(folded(name), pk, labels[pk]) for pk, name in others.iterator()]
    return found
