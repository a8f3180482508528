"""The SQL functions that columns, constraints and the search index are built on."""

from django.db import migrations

# Partial dates are ISO text of 4, 7 or 10 characters. make_date and intervals are immutable; text to date is not.
IS_PARTIAL_DATE = r"""
CREATE FUNCTION grants_is_partial_date(written text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN written IS NULL THEN true
        -- The years that grants.values.PartialDate reads.
        WHEN substr(written, 1, 4) NOT BETWEEN '1500' AND '2200' THEN false
        WHEN written ~ '^[0-9]{4}$' THEN true
        WHEN written ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' THEN true
        WHEN written ~ '^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$' THEN
            substr(written, 9, 2)::integer BETWEEN 1 AND extract(
                day FROM make_date(substr(written, 1, 4)::integer, substr(written, 6, 2)::integer, 1)
                    + interval '1 month' - interval '1 day'
            )
        ELSE false
    END
$$
"""

# Compared at the coarser precision: « 2022 » may come after « 2022-04 », « 2021 » may not.
NOT_BEFORE = """
CREATE FUNCTION grants_not_before(later text, earlier text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(later, least(length(later), length(earlier))) COLLATE "C"
        >= left(earlier, least(length(later), length(earlier))) COLLATE "C"
$$
"""

# The n-th id of a block of 32^5 is n times an odd number, modulo the block: all different, neighbours unlike, so
# that a slip of the hand meets no other record. The first block starts at 100000, hence ids begin with a digit.
NEW_PUBLIC_ID = """
CREATE SEQUENCE grants_public_id_number AS bigint MINVALUE 0 START 0;
CREATE FUNCTION grants_new_public_id() RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    alphabet CONSTANT text := '0123456789abcdefghjkmnpqrstvwxyz';
    dealt bigint;
    left_over bigint;
    written text;
BEGIN
    LOOP
        dealt := nextval('grants_public_id_number');
        left_over := 33554432 * (1 + dealt / 33554432) + ((dealt % 33554432) * 20450437) % 33554432;
        written := '';
        WHILE left_over > 0 LOOP
            written := substr(alphabet, (left_over % 32)::integer + 1, 1) || written;
            left_over := left_over / 32;
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

# The same as grants.values.folding.fold (a test compares them). Spelt out so that the server's locale has a say
# only in the capitals of letters outside Latin, which the plain C locale leaves alone.
FOLD = r"""
CREATE FUNCTION grants_fold(written text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(regexp_replace(
        lower(regexp_replace(
            normalize(
                replace(replace(replace(replace(replace(
                    translate(coalesce(written, ''), 'ØøŁł', 'ooll'),
                    'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'), 'ß', 'ss'),
                NFKD
            ),
            '[\u0300-\u036f]', '', 'g'
        )),
        '(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))', '\1', 'g'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u303f]+',
        ' ', 'g'
    ))
$$
"""

# Both stemmings, and the words as they stand for acronyms and names. The weight says which of the three made a word
# (A French, B English, C as it stands): the French stem of « ÉTS » is « et », and must not meet every « et ».
SEARCH_VECTOR = """
CREATE FUNCTION grants_search_vector(french text, english text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.french'::regconfig, grants_fold(french)), 'A')
        || setweight(to_tsvector('pg_catalog.english'::regconfig, grants_fold(english)), 'B')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig, grants_fold(concat_ws(' ', french, english))), 'C')
$$
"""

DROP = """
DROP FUNCTION grants_search_vector(text, text);
DROP FUNCTION grants_fold(text);
DROP FUNCTION grants_new_public_id();
DROP SEQUENCE grants_public_id_number;
DROP FUNCTION grants_not_before(text, text);
DROP FUNCTION grants_is_partial_date(text);
"""


class Migration(migrations.Migration):
    initial = True

    operations = [
        migrations.RunSQL([IS_PARTIAL_DATE, NOT_BEFORE, NEW_PUBLIC_ID, FOLD, SEARCH_VECTOR], DROP),
    ]
