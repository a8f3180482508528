"""The public's list of recipients, in the order of their names with accents and case put aside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0010_quicker_words")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                models.Func(models.F("name_fr"), function="grants_fold", output_field=models.TextField()),
                models.F("id"),
                condition=models.Q(("is_natural_person", False), ("publication", "published")),
                name="organisation_by_spelling",
            ),
        ),
    ]
