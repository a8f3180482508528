"""The registry's version: a number that changes exactly when something published does, by whatever road.

Statement triggers on every table that the public sees add a row to a log when a row that is or was public changes;
nobody waits for anybody. Just before the commit, and only then, the log's own trigger gives all rows of the
transaction one new number, in the single row of `grants_registryversion`: whoever holds that row is committing, so that
numbers become visible in the order of the commits.
"""

from django.db import migrations

MOST_TOUCHED = 5000  # keys that one statement's row of the log names; more: NULL, "read everything again"
KEPT = 1000  # rows of the log that stay

TABLES = """
CREATE TABLE grants_registryversion (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number bigint NOT NULL,
    complete_since bigint NOT NULL
);
COMMENT ON COLUMN grants_registryversion.number IS 'microseconds since 1970 of the last commit that changed what is public';
COMMENT ON COLUMN grants_registryversion.complete_since IS 'grants_registrychange has every change after this number';
CREATE TABLE grants_registrychange (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    touched bigint[],
    number bigint
);
COMMENT ON COLUMN grants_registrychange.touched IS 'keys of the records of this kind; NULL: too many to name';
COMMENT ON COLUMN grants_registrychange.number IS 'the version that it made; NULL until the commit';
CREATE INDEX registry_change_by_number ON grants_registrychange (number);
"""

CLOCK = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"

# A restored or emptied table goes on from the clock, and never comes back to a number that somebody remembers.
SETTLE = f"""
CREATE FUNCTION grants_settle_version() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    given bigint;
    oldest bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM grants_registrychange WHERE id = NEW.id AND number IS NULL) THEN
        RETURN NULL;  -- another row of this transaction settled them all
    END IF;
    INSERT INTO grants_registryversion AS now (number, complete_since) VALUES ({CLOCK}, {CLOCK})
    ON CONFLICT (only_row) DO UPDATE SET number = greatest(now.number + 1, {CLOCK})
    RETURNING number INTO given;
    UPDATE grants_registrychange SET number = given WHERE number IS NULL;
    SELECT number INTO oldest FROM grants_registrychange
        WHERE number IS NOT NULL ORDER BY number DESC OFFSET {KEPT} LIMIT 1;
    IF oldest IS NOT NULL THEN
        DELETE FROM grants_registrychange WHERE number <= oldest;
        UPDATE grants_registryversion SET complete_since = greatest(complete_since, oldest);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER registry_version_settled AFTER INSERT ON grants_registrychange
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION grants_settle_version();
INSERT INTO grants_registryversion (number, complete_since) VALUES ({CLOCK}, {CLOCK});
"""

LOG = f"""
CREATE FUNCTION grants_log_change(kind text, touched bigint[]) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    INSERT INTO grants_registrychange (kind, touched)
    SELECT kind, CASE WHEN cardinality(touched) <= {MOST_TOUCHED} THEN touched END WHERE cardinality(touched) > 0
$$;
CREATE FUNCTION grants_published_anew() RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
    INSERT INTO grants_registrychange (kind) VALUES ('registry')
$$;
COMMENT ON FUNCTION grants_published_anew() IS 'To be called after work that kept triggers from running';
"""

# ── Whether the public sees a row: {r} is the row ────────────────────────────────────────────────────────

PUBLISHED = "{r}.publication = 'published'"
NOT_ABOUT_A_PERSON = """NOT EXISTS (
        SELECT FROM grants_organisation p WHERE p.id = {r}.organisation_id AND p.is_natural_person
    ) AND NOT EXISTS (
        SELECT FROM grants_project j JOIN grants_organisation p ON p.id = j.organisation_id
        WHERE j.id = {r}.project_id AND p.is_natural_person
    ) AND NOT EXISTS (
        SELECT FROM grants_grant g JOIN grants_organisation p ON p.id = g.recipient_id
        WHERE g.id = {r}.grant_id AND p.is_natural_person
    )"""
SUBJECTS = ("programme", "announcement", "organisation", "project", "grant")
OF_PUBLISHED = "EXISTS (SELECT FROM grants_{noun} s WHERE s.id = {{r}}.{noun}_id AND s.publication = 'published')"

PUBLIC = {
    "programme": PUBLISHED,
    "announcement": PUBLISHED,
    "organisation": PUBLISHED + " AND NOT {r}.is_natural_person",
    "project": PUBLISHED
    + """ AND NOT EXISTS (
        SELECT FROM grants_organisation p WHERE p.id = {r}.organisation_id AND p.is_natural_person)""",
    "grant": PUBLISHED,
    "source": PUBLISHED,
    "figure": PUBLISHED + " AND " + NOT_ABOUT_A_PERSON,
    "organisationname": """EXISTS (
        SELECT FROM grants_organisation s
        WHERE s.id = {r}.organisation_id AND s.publication = 'published' AND NOT s.is_natural_person)""",
    "grantproject": OF_PUBLISHED.format(noun="grant")
    + """ AND EXISTS (
        SELECT FROM grants_project s LEFT JOIN grants_organisation p ON p.id = s.organisation_id
        WHERE s.id = {r}.project_id AND s.publication = 'published' AND p.is_natural_person IS NOT TRUE)""",
    "citation": OF_PUBLISHED.format(noun="source")
    + " AND (" + " OR ".join(OF_PUBLISHED.format(noun=noun) for noun in SUBJECTS) + ") AND " + NOT_ABOUT_A_PERSON,
    "region": "true",
}
RECORDS = ("programme", "announcement", "organisation", "project", "grant", "source", "figure")

# What else an update may change for the public. Of a natural person, that is the kind of whoever received its grants;
# of what was withdrawn, the notice at its address.
NOTICE = (
    "(n.withdrawn_at, n.withdrawal_notice_fr, n.withdrawal_notice_en)"
    " IS DISTINCT FROM (o.withdrawn_at, o.withdrawal_notice_fr, o.withdrawal_notice_en)"
)
ALSO = dict.fromkeys(RECORDS, NOTICE) | {
    "organisation": f"""NOT n.is_natural_person AND {NOTICE} OR n.is_natural_person AND n.kind <> o.kind AND EXISTS (
        SELECT FROM grants_grant g WHERE g.recipient_id = n.id AND g.publication = 'published')""",
}

# ── What is told of a changed row: (kind, SQL giving a key from the row {r}, only where) ─────────────────

TOLD = {noun: [(noun, "{r}.id", "true")] for noun in PUBLIC} | {
    "organisationname": [("organisation", "{r}.organisation_id", "true")],
    "grantproject": [("grant", "{r}.grant_id", "true")],
    "citation": [("citation", "{r}.id", "true"), ("grant", "{r}.grant_id", "{r}.grant_id IS NOT NULL")],
}
# A project or a source that comes or goes changes what its grants are found by.
CAME_OR_WENT = "n.publication <> o.publication"
GRANTS_OF = {
    "project": "SELECT t.grant_id FROM grants_grantproject t WHERE t.project_id IN ({ids})",
    "source": "SELECT t.grant_id FROM grants_citation t WHERE t.grant_id IS NOT NULL AND t.source_id IN ({ids})",
}

FUNCTION = """
CREATE FUNCTION grants_{noun}_public_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {inserted}
    ELSIF TG_OP = 'DELETE' THEN
        {deleted}
    ELSIF TG_OP = 'UPDATE' THEN
        {guard}
        {updated}
    ELSE
        INSERT INTO grants_registrychange (kind) VALUES ('{noun}');
    END IF;
    RETURN NULL;
END
$$
"""

# Most updates of many rows are of drafts: one look at them ends it.
GUARD = """
        IF NOT EXISTS (SELECT FROM new_rows r WHERE r.publication = 'published' OR r.withdrawn_at IS NOT NULL)
                AND NOT EXISTS (SELECT FROM old_rows r WHERE r.publication = 'published') THEN
            RETURN NULL;
        END IF;
"""

PERFORM = "PERFORM grants_log_change('{kind}', ARRAY({keys} LIMIT {most}));"

TRIGGERS = """
CREATE TRIGGER public_insert AFTER INSERT ON grants_{noun}
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION grants_{noun}_public_changes();
CREATE TRIGGER public_delete AFTER DELETE ON grants_{noun}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION grants_{noun}_public_changes();
CREATE TRIGGER public_update AFTER UPDATE ON grants_{noun}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION grants_{noun}_public_changes();
CREATE TRIGGER public_truncate AFTER TRUNCATE ON grants_{noun}
    FOR EACH STATEMENT EXECUTE FUNCTION grants_{noun}_public_changes();
"""


def log(kind: str, keys: str) -> str:
    return PERFORM.format(kind=kind, keys=keys, most=MOST_TOUCHED + 1)


def written(noun: str, rows: str) -> str:
    """SQL: tell of the public rows that came or went."""
    seen = PUBLIC[noun].format(r="r")
    return "\n        ".join(
        log(kind, f"SELECT {key.format(r='r')} FROM {rows} r WHERE {where.format(r='r')} AND {seen}")
        for kind, key, where in TOLD[noun]
    )


def changed(noun: str) -> str:
    """SQL: tell of the rows that changed and that the public sees, or saw."""
    seen = " OR ".join([PUBLIC[noun].format(r="n"), PUBLIC[noun].format(r="o"), *filter(None, [ALSO.get(noun)])])
    rows = f"FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.* IS DISTINCT FROM o.* AND ({seen})"
    calls = []
    for kind, key, where in TOLD[noun]:
        each = (f"SELECT {key.format(r=row)} {rows} AND {where.format(r=row)}" for row in "no")
        calls.append(log(kind, next(each) if key == "{r}.id" else " UNION ".join(each)))
    if noun in GRANTS_OF:
        calls.append(log("grant", GRANTS_OF[noun].format(ids=f"SELECT n.id {rows} AND {CAME_OR_WENT}")))
    return "\n        ".join(calls)


def statements() -> list[str]:
    made = [TABLES, SETTLE, LOG]
    for noun in PUBLIC:
        parts = {"inserted": written(noun, "new_rows"), "deleted": written(noun, "old_rows"), "updated": changed(noun)}
        made.append(FUNCTION.format(noun=noun, guard=GUARD if noun in RECORDS else "", **parts))
        made.append(TRIGGERS.format(noun=noun))
    return made


def undo() -> list[str]:
    made = [f"DROP FUNCTION grants_{noun}_public_changes() CASCADE" for noun in PUBLIC]
    made += ["DROP FUNCTION grants_published_anew()", "DROP FUNCTION grants_log_change(text, bigint[])"]
    return [*made, "DROP TABLE grants_registrychange, grants_registryversion", "DROP FUNCTION grants_settle_version()"]


class Migration(migrations.Migration):
    dependencies = [("grants", "0008_ids_by_the_million")]

    operations = [migrations.RunSQL(statements(), undo())]
