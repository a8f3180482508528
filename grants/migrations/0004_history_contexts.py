"""Who made a change is kept in a context beside its events: it stays as well as they do.

A request writes its context again with each change and may add to it (what it learns of itself on the way); who it was
never changes once known, and no context is removed.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION grants_keep_context() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id
            AND (OLD.metadata ->> 'user' IS NULL OR OLD.metadata -> 'user' = NEW.metadata -> 'user') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'who made a change is never changed or removed';
END
$$;
CREATE TRIGGER keep_context BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION grants_keep_context();
CREATE FUNCTION grants_keep_contexts() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION 'who made a change is never changed or removed';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER no_truncation BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION grants_keep_contexts();
"""

UNDO = """
DROP FUNCTION grants_keep_contexts() CASCADE;
DROP FUNCTION grants_keep_context() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0003_search_index"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [migrations.RunSQL(KEEP, UNDO)]
