"""Organisations are found by the telling words of their names, thousands at once, as an import needs."""

from django.conf import settings
from django.db import migrations, models

# The same as grants.values.folding.organisation_key (a test compares them). An index uses it: a restored database must
# find grants_fold whatever path it is restored under.
ORGANISATION_KEY = """
CREATE FUNCTION grants_organisation_key(written text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    folded text := grants_fold(written);
    telling text;
BEGIN
    telling := array_to_string(ARRAY(
        SELECT word FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS words (word, place)
        WHERE word <> ALL (ARRAY[{words}]) ORDER BY place
    ), ' ');
    RETURN CASE WHEN telling = '' THEN folded ELSE telling END;
END
$$
"""
# Articles and legal suffixes, as values.folding has them.
SET_ASIDE = (
    "a an and au aux d de des du en et l la le les of pour the un une "
    "cie corp corporation enr inc incorporated incorporee limited limitee llp lp ltd ltee obnl osbl sec senc sencrl"
)

# Making words is slow: worth sharing among processors.
COSTS = ["ALTER FUNCTION grants_search_vector(text, text) COST 5000", "ALTER FUNCTION grants_fold(text) COST 500"]


def organisation_key() -> str:
    return ORGANISATION_KEY.format(words=", ".join(f"'{word}'" for word in SET_ASIDE.split()))


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0006_words_by_need'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL([organisation_key(), *COSTS], "DROP FUNCTION grants_organisation_key(text)"),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.Func(models.F('name_fr'), function='grants_organisation_key', output_field=models.TextField()), name='organisation_by_words'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.Func(models.F('name_en'), function='grants_organisation_key', output_field=models.TextField()), condition=models.Q(('name_en', ''), _negated=True), name='organisation_by_words_en'),
        ),
        migrations.AddIndex(
            model_name='organisationname',
            index=models.Index(models.Func(models.F('name'), function='grants_organisation_key', output_field=models.TextField()), name='organisation_name_by_words'),
        ),
    ]
