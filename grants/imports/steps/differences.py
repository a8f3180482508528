"""Whether a row says something else than the record that it speaks of."""

from __future__ import annotations

from grants.imports.nouns import SheetColumn

from .plan import Plan


def base(plan: Plan) -> str:
    """SQL: rows, the names they use, and the records they speak of."""
    return (
        f"{plan.tables.rows} s {plan.joins} LEFT JOIN {plan.tables.targets} g ON g.number = s.number "
        f"LEFT JOIN {plan.table} t ON t.id = g.target_id"
    )


def says_otherwise(plan: Plan) -> str:
    """SQL: the row says something else than its record, be it in its own cells or in its lines."""
    parts = [f"{said} IS DISTINCT FROM {there}" for said, there in [rows_beside(plan)] if plan.fields]
    parts += [lines_differ(plan, column) for column in plan.many]
    return f"({' OR '.join(parts)})" if parts else "false"


def rows_beside(plan: Plan) -> tuple[str, str]:
    """SQL: what the row makes of its record, and what the record is."""
    return f"ROW({', '.join(plan.compared.values())})", f"ROW({', '.join('t.' + column for column in plan.fields)})"


def lines_differ(plan: Plan, column: SheetColumn) -> str:
    """SQL: a cell of several things says something else than the record's lines."""
    there, said = lines_of_record(plan, column), lines_of_row(plan, column)
    return f"EXISTS (({there}) EXCEPT ({said})) OR EXISTS (({said}) EXCEPT ({there}))"


def through_of(plan: Plan, column: SheetColumn) -> tuple[str, str, str]:
    """The table between two nouns, its column for this one and its column for the other."""
    other: type = column.model  # type: ignore[assignment]
    through = plan.model._meta.get_field(column.field).remote_field.through._meta.db_table
    return through, f"{plan.model._meta.model_name}_id", f"{other._meta.model_name}_id"


def lines_of_record(plan: Plan, column: SheetColumn) -> str:
    """SQL: the lines that the record has."""
    if column.kind == "references":
        through, own, other = through_of(plan, column)
        return f"SELECT {other}::text FROM {through} WHERE {own} = t.id"
    return "SELECT name || chr(9) || kind FROM grants_organisationname WHERE organisation_id = t.id"


def lines_of_row(plan: Plan, column: SheetColumn) -> str:
    """SQL: the lines that the row wants, told as those of the record are."""
    where = f"l.number = s.number AND l.column_name = '{column.name}'"
    if column.kind == "references":
        noun = column.model._meta.model_name
        return f"""SELECT n.record_id::text FROM {plan.tables.lines} l
            JOIN {plan.tables.names} n ON n.noun = '{noun}' AND n.key = l.key WHERE {where}"""
    known = "SELECT kind FROM grants_organisationname o WHERE o.organisation_id = t.id AND o.name = l.written"
    return f"""SELECT l.written || chr(9) || coalesce(nullif(l.extra, ''), ({known}), 'alias')
        FROM {plan.tables.lines} l WHERE {where}"""


def lines_there(plan: Plan) -> str:
    """SQL: a digest of the lines that the record `t` has now; null where the sheet says nothing of lines."""
    if not plan.many:
        return "NULL::text"
    parts = [
        f"(SELECT string_agg(line, chr(10) ORDER BY line) FROM ({lines_of_record(plan, column)}) own (line))"
        for column in plan.many
    ]
    return f"md5(concat_ws(chr(12), {', '.join(parts)}))"
