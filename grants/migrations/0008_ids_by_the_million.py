"""The public ids of 0001, dealt at the same speed in a registry of any size.

A function keeps the plan it made first, perhaps over empty tables: reading them whole is then cheap, and costs a
million imported rows an hour. Here it always asks the indexes. The ids are the same.
"""

from django.db import migrations

NEW_PUBLIC_ID = """
CREATE OR REPLACE FUNCTION grants_new_public_id() RETURNS text
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
DECLARE
    alphabet CONSTANT text := '0123456789abcdefghjkmnpqrstvwxyz';
    dealt bigint;
    left_over bigint;
    written text;
BEGIN
    LOOP
        dealt := nextval('grants_public_id_number');
        left_over := 33554432 * (1 + dealt / 33554432) + ((dealt % 33554432) * 20450437) % 33554432;
        -- The six last digits at once, those before them one by one.
        written := substr(alphabet, ((left_over >> 25) & 31)::integer + 1, 1)
            || substr(alphabet, ((left_over >> 20) & 31)::integer + 1, 1)
            || substr(alphabet, ((left_over >> 15) & 31)::integer + 1, 1)
            || substr(alphabet, ((left_over >> 10) & 31)::integer + 1, 1)
            || substr(alphabet, ((left_over >> 5) & 31)::integer + 1, 1)
            || substr(alphabet, (left_over & 31)::integer + 1, 1);
        left_over := left_over >> 30;
        WHILE left_over > 0 LOOP
            written := substr(alphabet, (left_over & 31)::integer + 1, 1) || written;
            left_over := left_over >> 5;
        END LOOP;
        -- A file from another registry may have brought an id that this one had yet to deal.
        EXIT WHEN NOT EXISTS (SELECT FROM grants_grant WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_organisation WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_project WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_figure WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_source WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_announcement WHERE public_id = written)
            AND NOT EXISTS (SELECT FROM grants_programme WHERE public_id = written);
    END LOOP;
    RETURN written;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_names_by_words")]

    # Going back needs nothing: the ids are the same.
    operations = [migrations.RunSQL(NEW_PUBLIC_ID, migrations.RunSQL.noop)]
