"""What forbids a row, beyond cells that cannot be read: found for all rows at once, each check one statement.

Every check gives (number, column, value, code, params) of the rows that it refuses; `problems.MESSAGES` has the words.
The registry's own constraints are asked here, before anything is written, so that writing meets none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models.sql import Query

from grants.actions.permissions import allowed
from grants.models import Grant, Organisation, Publishable
from grants.models.leaning import LEANINGS

from .plan import ONE, Plan, Reference

Check = tuple[str, str, str, str, str]  # column name, SQL of the value, code, SQL of the params, FROM and WHERE


def check(plan: Plan) -> None:
    """Write the problems that only show in the whole of the sheet, beside the registry."""
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {tables.problems} WHERE of_set")
        cursor.execute(f"TRUNCATE {tables.flags}")
        for column, value, code, params, source in checks(plan):
            cursor.execute(
                f"INSERT INTO {tables.problems} (number, column_name, value, code, params, of_set) "
                f"SELECT s.number, '{column}', left(({value})::text, 200), '{code}', {params}, true FROM {source}"
            )
        drop_ambiguous_targets(plan)


def drop_ambiguous_targets(plan: Plan) -> None:
    """A row that may speak of several records speaks of none: its problem says so."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM {plan.tables.targets} WHERE number IN (
                SELECT number FROM {plan.tables.targets} GROUP BY number HAVING count(*) > 1)"""
        )


def base(plan: Plan) -> str:
    """SQL: rows, the names they use, and the records they speak of."""
    return (
        f"{plan.tables.rows} s {plan.joins} LEFT JOIN {plan.tables.targets} g ON g.number = s.number "
        f"LEFT JOIN {plan.table} t ON t.id = g.target_id"
    )


def checks(plan: Plan) -> Iterator[Check]:
    """All the checks of this import."""
    yield from names_not_known(plan)
    yield from companions_that_disagree(plan)
    yield from keys_not_known(plan)
    yield from several_records(plan)
    yield from rows_of_one_record(plan)
    yield from columns_that_new_records_need(plan)
    yield from what_the_registry_said(plan)
    yield from what_may_not_be_corrected(plan)
    yield from leaning_on_what_is_not_public(plan)
    yield from constraints(plan)
    yield from values_that_must_be_alone(plan)


NOTHING = "'{}'::jsonb"


def names_not_known(plan: Plan) -> Iterator[Check]:
    """A name that no record has and that may not make one, that several have, or whose record was withdrawn."""
    for reference in plan.references:
        said = f"coalesce({reference.written}, {reference.said})"
        near = f"{reference.alias}.suggestions"
        candidates = f"(SELECT string_agg(c ->> 'label', ', ') FROM jsonb_array_elements({near}) c)"
        params = {
            "unknown": f"jsonb_build_object('nearest', {near} -> 0 ->> 'label')",
            "ambiguous": f"jsonb_build_object('candidates', {candidates})",
        }
        for how in params:
            source = f"{plan.tables.rows} s {plan.joins} WHERE {reference.alias}.how = '{how}'"
            yield reference.name, said, how, params[how], source
        yield from withdrawn(plan, reference, said)
    for column in plan.many:
        if column.kind == "references":
            noun = column.model._meta.model_name
            source = f"""{plan.tables.lines} s JOIN {plan.tables.names} n ON n.noun = '{noun}' AND n.key = s.key
                WHERE s.column_name = '{column.name}' AND n.record_id IS NULL"""
            params = "jsonb_build_object('nearest', n.suggestions -> 0 ->> 'label')"
            yield column.name, "s.written", "unknown", params, source


def withdrawn(plan: Plan, reference: Reference, said: str) -> Iterator[Check]:
    """Nothing new leans on what was withdrawn or merged."""
    if not issubclass(reference.model, Publishable):
        return
    column = plan.model._meta.get_field(reference.name).column
    source = f"""{base(plan)} JOIN {reference.model._meta.db_table} r ON r.id = {reference.alias}.record_id
        WHERE r.publication = 'withdrawn' AND t.{column} IS DISTINCT FROM r.id"""
    yield reference.name, said, "withdrawn", f"jsonb_build_object('record', {said})", source


def companions_that_disagree(plan: Plan) -> Iterator[Check]:
    """An id and a name side by side must be of one record."""
    from .matching import folding_of

    for reference in plan.references:
        if not (reference.is_written and reference.is_named):
            continue
        fold = folding_of(reference.model)
        fields = [
            name for name in ("name_fr", "name_en", "title_fr", "title_en", "title") if hasattr(reference.model, name)
        ]
        ours = f"{fold}(s.{reference.name}_name)"
        same = " OR ".join(f"{fold}(r.{name}) = {ours}" for name in fields)
        if reference.model is Organisation:
            same += f""" OR EXISTS (SELECT FROM grants_organisationname a
                WHERE a.organisation_id = r.id AND {fold}(a.name) = {ours})"""
        source = f"""{plan.tables.rows} s {plan.joins} JOIN {reference.model._meta.db_table} r
            ON r.id = {reference.alias}.record_id WHERE s.{reference.name}_name <> '' AND s.{reference.name} <> '' AND NOT ({same})"""
        params = f"jsonb_build_object('record', r.{fields[0]}, 'name', s.{reference.name}_name)"
        yield reference.name, reference.written, "disagreement", params, source


def keys_not_known(plan: Plan) -> Iterator[Check]:
    """A public id that the registry does not have; programmes and regions may choose theirs."""
    key = plan.sheet.key
    if not key or not plan.has(key) or key == "code":
        return
    chosen = "AND s.public_id !~ '^[A-Za-z]'" if plan.model._meta.model_name == "programme" else ""
    source = f"""{plan.tables.rows} s LEFT JOIN {plan.tables.targets} g ON g.number = s.number
        WHERE s.{key} IS NOT NULL AND g.number IS NULL {chosen}"""
    yield key, f"s.{key}", "unknown_id", NOTHING, source


def several_records(plan: Plan) -> Iterator[Check]:
    """A reference that several grants have."""
    column = "reference" if plan.has("reference") else next(iter(plan.present), "")
    source = f"""{plan.tables.rows} s JOIN (
        SELECT number FROM {plan.tables.targets} GROUP BY number HAVING count(DISTINCT target_id) > 1) g USING (number)"""
    yield column, f's."{column}"' if column else "NULL", "several_with_reference", NOTHING, source


def rows_of_one_record(plan: Plan) -> Iterator[Check]:
    """Two rows that speak of one record: the first stands. New ones are told apart by their key or reference."""
    first = "jsonb_build_object('row', s.first)"
    source = f"""(SELECT number, target_id, min(number) OVER (PARTITION BY target_id) AS first
        FROM {plan.tables.targets}) s WHERE s.number > s.first"""
    yield next(iter(plan.present), ""), "NULL", "repeated_id", first, source
    if plan.sheet.key and plan.has(plan.sheet.key):
        yield from repeated(plan, [f"s.{plan.sheet.key}"], plan.sheet.key)
    if plan.model is Grant and plan.identity == "reference" and plan.has("reference"):
        programme = [f's."{reference.key}"' for reference in plan.references if reference.name == "programme"]
        yield from repeated(plan, ["s.reference", *programme], "reference")
    if plan.model is Organisation and plan.has("neq"):
        yield from repeated(plan, ["s.neq"], "neq")


def repeated(plan: Plan, parts: list[str], column: str) -> Iterator[Check]:
    """Rows without a record yet that share what should tell them apart."""
    source = f"""(
        SELECT s.number, {parts[0]}, min(s.number) OVER (PARTITION BY {", ".join(parts)}) AS first
        FROM {plan.tables.rows} s LEFT JOIN {plan.tables.targets} g ON g.number = s.number
        WHERE g.number IS NULL AND {parts[0]} IS NOT NULL
    ) s WHERE s.number > s.first"""
    code = "repeated_reference" if column == "reference" else "repeated_id"
    yield column, f"s.{column}", code, "jsonb_build_object('row', s.first)", source


def columns_that_new_records_need(plan: Plan) -> Iterator[Check]:
    """A new record without what its noun always has, because the sheet has no such column or the cell is blank."""
    for column in plan.sheet.columns:
        if column.obligation != "required" or column.readonly:
            continue
        # A row that cannot be read, or that names an id that is not there, has its problem already.
        told = f"""NOT EXISTS (SELECT FROM {plan.tables.problems} p
            WHERE p.number = s.number AND p.code IN ('unreadable', 'unknown_id'))"""
        new = f"""{plan.tables.rows} s LEFT JOIN {plan.tables.targets} g ON g.number = s.number
            WHERE g.number IS NULL AND {told}"""
        if column.kind == ONE:
            reference = plan.reference(column.name)
            if reference is None:
                yield column.name, "NULL", "missing_column", NOTHING, new
            else:
                where = f"""{plan.tables.rows} s WHERE coalesce(s."{reference.key}", '') = '' AND s.number NOT IN (
                    SELECT number FROM {plan.tables.problems} WHERE column_name IN ('{column.name}', '{column.name}_name'))
                    AND {told}"""
                yield column.name, "NULL", "empty", NOTHING, where
        elif not plan.has(column.name):
            yield column.name, "NULL", "missing_column", NOTHING, new


def what_the_registry_said(plan: Plan) -> Iterator[Check]:
    """An import never publishes, and never overwrites what changed since the sheet went out."""
    if plan.is_publishable and plan.has("publication"):
        state = "coalesce(t.publication, 'draft')"
        source = f"{base(plan)} WHERE s.publication IS NOT NULL AND s.publication <> {state}"
        yield "publication", "s.publication", "not_published_by_import", f"jsonb_build_object('state', {state})", source
    if plan.has("version") and plan.fields:
        source = f"{base(plan)} WHERE s.version IS NOT NULL AND t.version <> s.version::integer AND {differs(plan)}"
        yield "version", "s.version", "changed_since_export", NOTHING, source


def differs(plan: Plan) -> str:
    """SQL: the row says something else than its record."""
    if not plan.fields:
        return "false"
    return f"(ROW({', '.join(plan.fields.values())}) IS DISTINCT FROM ROW({', '.join('t.' + column for column in plan.fields)}))"


def what_may_not_be_corrected(plan: Plan) -> Iterator[Check]:
    """Published records are corrected by those who may publish; merged ones by nobody."""
    if plan.is_publishable and plan.user is not None and not allowed(plan.user, "publish", plan.model):
        merged = " OR t.merged_into_id IS NOT NULL" if plan.model is Organisation else ""
        source = f"{base(plan)} WHERE (t.publication = 'published'{merged}) AND {differs(plan)}"
        yield next(iter(plan.present), ""), "NULL", "may_not_change", NOTHING, source
    elif plan.model is Organisation:
        yield (
            next(iter(plan.present), ""),
            "NULL",
            "may_not_change",
            NOTHING,
            f"{base(plan)} WHERE t.merged_into_id IS NOT NULL AND {differs(plan)}",
        )


def leaning_on_what_is_not_public(plan: Plan) -> Iterator[Check]:
    """A published record leans only on published ones."""
    for name in LEANINGS.get(plan.model, ()):
        reference = plan.reference(name)
        if reference is None:
            continue
        source = f"""{base(plan)} LEFT JOIN {reference.model._meta.db_table} r ON r.id = {reference.alias}.record_id
            WHERE t.publication = 'published' AND {reference.alias}.key IS NOT NULL
            AND r.publication IS DISTINCT FROM 'published'"""
        yield name, reference.said, "leaning", NOTHING, source


# ── The model's own constraints ──────────────────────────────────────────────────────────────────────────


def constraints(plan: Plan) -> Iterator[Check]:
    """The check constraints that the sheet's columns could violate, asked of the records as they would be."""
    for constraint in plan.model._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint) or constraint.name.endswith("_codes_known"):
            continue
        columns = columns_asked(plan.model, constraint.condition)
        if not columns or not plan.writes(*columns):
            continue
        with connection.schema_editor(collect_sql=True) as editor:
            asked = constraint._get_check_sql(plan.model, editor)
        merged = ", ".join(f"{merged_value(plan, column)} AS {column}" for column in sorted(columns))
        # What is wrong with one of these cells already is not said twice.
        cells = "', '".join(["", *columns_of_sheet(plan, columns)])
        source = f"""(SELECT s.number, {merged} FROM {base(plan)}) s WHERE ({asked}) IS FALSE AND NOT EXISTS (
            SELECT FROM {plan.tables.problems} p WHERE p.number = s.number AND p.column_name IN ('{cells}'))"""
        column = first_column(plan, columns)
        params = f"jsonb_build_object('constraint', '{constraint.name}')"
        yield column, "NULL", "constraint", params, source


def columns_asked(model: type[models.Model], condition: Any) -> set[str]:
    """The columns that a condition speaks of."""
    query = Query(model, alias_cols=False)
    try:
        where = query.build_where(condition)
    except FieldError:
        return set()
    found: set[str] = set()

    def walk(node: Any) -> None:
        if hasattr(node, "target"):
            found.add(node.target.column)
        for source in getattr(node, "children", None) or node.get_source_expressions():
            if source is not None and hasattr(source, "get_source_expressions"):
                walk(source)

    walk(where)
    return found


def merged_value(plan: Plan, column: str) -> str:
    """SQL: a column of the record as it would be, with its own type."""
    target = next(field for field in plan.model._meta.concrete_fields if field.column == column)
    kind = target.db_type(connection)
    if column in plan.fields:
        # A name that becomes a new record has no id yet: any number stands for it.
        reference = plan.reference(target.name)
        coming = (
            f"CASE WHEN {reference.alias}.how IN ('new', 'similar') THEN -1 ELSE {plan.fields[column]} END"
            if reference
            else plan.fields[column]
        )
        return f"({coming})::{kind}"
    return f"coalesce(t.{column}, {plan.defaults.get(column, 'NULL')})::{kind}"


def first_column(plan: Plan, columns: set[str]) -> str:
    """The sheet's column to which the problem is shown."""
    return next(iter(columns_of_sheet(plan, columns)), next(iter(plan.present), ""))


def columns_of_sheet(plan: Plan, columns: set[str]) -> list[str]:
    """The sheet's columns that say something of these columns of the record."""
    return [
        name
        for name, column in plan.present.items()
        if column.field and not column.many and plan.model._meta.get_field(column.field).column in columns
    ]


def values_that_must_be_alone(plan: Plan) -> Iterator[Check]:
    """Unique values (a NEQ, an address) that another record has already."""
    for constraint in plan.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or len(constraint.fields) != 1:
            continue
        name = constraint.fields[0]
        if not plan.has(name) or name == plan.sheet.key:
            continue
        condition = "AND o.merged_into_id IS NULL" if plan.model is Organisation else ""
        source = f"""{base(plan)} JOIN {plan.table} o ON o.{name} = s.{name} AND o.id IS DISTINCT FROM t.id {condition}
            WHERE s.{name} <> ''"""
        params = f"jsonb_build_object('constraint', '{constraint.name}')"
        yield name, f"s.{name}", "constraint", params, source
