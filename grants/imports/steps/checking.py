"""What forbids a row, beyond cells that cannot be read: found for all rows at once, each check one statement.

Every check gives (number, column, value, code, params) of the rows that it refuses; `problems.MESSAGES` has the words.
The registry's own constraints are asked here, before anything is written, so that writing meets none of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from grants.actions.permissions import allowed
from grants.models import Citation, Grant, Organisation, Publishable
from grants.models.leaning import LEANINGS
from grants.models.subjects import SUBJECTS

from .differences import base, says_otherwise
from .matching import folding_of
from .plan import ONE, Plan, Reference, column_of
from .rules import NOTHING, Check, refuse_circles, rules


def check(plan: Plan) -> None:
    """Write the problems that only show in the whole of the sheet, beside the registry."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {plan.tables.problems} WHERE of_set")
        cursor.execute(f"TRUNCATE {plan.tables.flags}")
    check_again(plan, f"SELECT number FROM {plan.tables.rows}")


def check_again(plan: Plan, numbers: str) -> None:
    """The same for some rows (SQL giving their numbers), what is known of the others being kept."""
    with connection.cursor() as cursor:
        for column, value, code, params, source in checks(plan):
            cursor.execute(
                f"""INSERT INTO {plan.tables.problems} (number, column_name, value, code, params, of_set)
                SELECT * FROM (
                    SELECT s.number, '{column}', left(({value})::text, 200), '{code}', {params}, true FROM {source}
                ) found WHERE number IN ({numbers})"""
            )
    refuse_circles(plan)
    drop_ambiguous_targets(plan)


def drop_ambiguous_targets(plan: Plan) -> None:
    """A row that may speak of several records speaks of none: its problem says so."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM {plan.tables.targets} WHERE number IN (
                SELECT number FROM {plan.tables.targets} GROUP BY number HAVING count(*) > 1)"""
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
    yield from lines_of_what_may_not_be_corrected(plan)
    yield from leaning_on_what_is_not_public(plan)
    yield from rules(plan)


NEAREST = "jsonb_build_object('nearest', {name}.suggestions -> 0 ->> 'label')"


def names_not_known(plan: Plan) -> Iterator[Check]:
    """A name that no record has and that may not make one, that several have, or whose record was withdrawn."""
    for reference in plan.references:
        said = f"coalesce({reference.written}, {reference.said})"
        near = f"{reference.alias}.suggestions"
        candidates = f"(SELECT string_agg(c ->> 'label', ', ') FROM jsonb_array_elements({near}) c)"
        params = {
            "unknown": NEAREST.format(name=reference.alias),
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
            yield column.name, "s.written", "unknown", NEAREST.format(name="n"), source


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
            ON r.id = {reference.alias}.record_id
            WHERE s.{reference.name}_name <> '' AND s.{reference.name} <> '' AND NOT ({same})"""
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
        SELECT number FROM {plan.tables.targets} GROUP BY number HAVING count(DISTINCT target_id) > 1
    ) g USING (number)"""
    yield column, f's."{column}"' if column else "NULL", "several_with_reference", NOTHING, source


def rows_of_one_record(plan: Plan) -> Iterator[Check]:
    """Two rows that speak of one record: the first stands. New ones are told apart by their key or reference."""
    first = "jsonb_build_object('row', s.first)"
    source = f"""(SELECT number, target_id, min(number) OVER (PARTITION BY target_id) AS first
        FROM {plan.tables.targets}) s WHERE s.number > s.first"""
    yield next(iter(plan.present), ""), "NULL", "repeated_id", first, source
    if plan.sheet.key and plan.has(plan.sheet.key):
        yield repeated(plan, plan.sheet.key, "repeated_id", f"lower(s.{plan.sheet.key})")
    if plan.model is Grant and plan.identity == "reference" and plan.has("reference"):
        # Where references tell a funder's grants apart, one that comes back is a slip, whatever its programme.
        funder = plan.reference("funder")
        of_funder = f"""s.reference || chr(9) || coalesce(s."{funder.key}", '')""" if funder else "s.reference"
        without_key = "s.public_id IS NULL" if plan.has("public_id") else "true"
        yield repeated(plan, "reference", "repeated_reference", of_funder, without_key)
    if plan.model is Organisation and plan.has("neq"):
        yield repeated(plan, "neq", "repeated_id", "s.neq")


def repeated(plan: Plan, column: str, code: str, said: str, among: str = "g.number IS NULL") -> Check:
    """Rows that share what should tell them apart, `among` those without a record yet: the first stands."""
    tables = plan.tables
    rows = f"{tables.rows} s LEFT JOIN {tables.targets} g ON g.number = s.number"
    source = f"""{rows} JOIN (
        SELECT {said} AS said, min(s.number) AS first FROM {rows}
        WHERE {among} AND s.{column} IS NOT NULL GROUP BY 1 HAVING count(*) > 1
    ) twice ON twice.said = {said} WHERE {among} AND s.number > twice.first"""
    return column, f"s.{column}", code, "jsonb_build_object('row', twice.first)", source


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
                where = f"""{plan.tables.rows} s WHERE coalesce(s."{reference.key}", '') = '' AND NOT EXISTS (
                    SELECT FROM {plan.tables.problems} p WHERE p.number = s.number
                    AND p.column_name IN ('{column.name}', '{column.name}_name')) AND {told}"""
                yield column.name, "NULL", "empty", NOTHING, where
        elif not plan.has(column.name):
            yield column.name, "NULL", "missing_column", NOTHING, new


def what_the_registry_said(plan: Plan) -> Iterator[Check]:
    """An import never publishes, and never overwrites what changed since the sheet went out."""
    if plan.is_publishable and plan.has("publication"):
        state = "coalesce(t.publication, 'draft')"
        source = f"{base(plan)} WHERE s.publication IS NOT NULL AND s.publication <> {state}"
        yield "publication", "s.publication", "not_published_by_import", f"jsonb_build_object('state', {state})", source
    if plan.has("version"):
        source = (
            f"{base(plan)} WHERE s.version IS NOT NULL AND t.version <> s.version::integer AND {says_otherwise(plan)}"
        )
        yield "version", "s.version", "changed_since_export", NOTHING, source


def what_may_not_be_corrected(plan: Plan) -> Iterator[Check]:
    """Published records are corrected by those who may publish; merged ones by nobody."""
    forbidden = []
    if plan.is_publishable and plan.user is not None and not allowed(plan.user, "publish", plan.model):
        forbidden.append("t.publication = 'published'")
    if plan.model is Organisation:
        forbidden.append("t.merged_into_id IS NOT NULL")
    if forbidden:
        source = f"{base(plan)} WHERE ({' OR '.join(forbidden)}) AND {says_otherwise(plan)}"
        yield next(iter(plan.present), ""), "NULL", "may_not_change", NOTHING, source


def lines_of_what_may_not_be_corrected(plan: Plan) -> Iterator[Check]:
    """What supports a published record is as public as the record."""
    if plan.model is not Citation or plan.user is None:
        return
    for reference in plan.references:
        if reference.name in SUBJECTS and not allowed(plan.user, "publish", reference.model):
            source = f"""{base(plan)} JOIN {reference.model._meta.db_table} r ON r.id = {reference.alias}.record_id
                WHERE r.publication = 'published' AND (t.id IS NULL OR {says_otherwise(plan)})"""
            yield reference.name, reference.said, "may_not_change", NOTHING, source


def leaning_on_what_is_not_public(plan: Plan) -> Iterator[Check]:
    """A published record leans only on published ones, also where its row says so without naming them."""
    fields = plan.compared
    for name in LEANINGS.get(plan.model, ()):
        target = plan.model._meta.get_field(name)
        column = column_of(plan.model, name)
        if column not in fields:
            continue
        reference = plan.reference(name)
        said = reference.said if reference else "NULL"
        leaning = f"""SELECT s.number, {fields[column]} AS leans_on, {said} AS said FROM {base(plan)}
            WHERE t.publication = 'published'"""
        source = f"""({leaning}) s LEFT JOIN {target.related_model._meta.db_table} r ON r.id = s.leans_on
            WHERE s.leans_on IS NOT NULL AND r.publication IS DISTINCT FROM 'published'"""
        yield name, "s.said", "leaning", NOTHING, source
