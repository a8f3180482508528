"""Feeds tell what was published last, corrections what changed after publication; projects stand by their titles."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0011_recipients_by_name'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='announcementevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='announcement_set_right'),
        ),
        migrations.AddIndex(
            model_name='figureevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='figure_set_right'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('publication', 'published')), name='grant_by_publication'),
        ),
        migrations.AddIndex(
            model_name='grantevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='grant_set_right'),
        ),
        migrations.AddIndex(
            model_name='organisationevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='organisation_set_right'),
        ),
        migrations.AddIndex(
            model_name='programmeevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='programme_set_right'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(models.Func(models.F('title_fr'), function='grants_fold', output_field=models.TextField()), models.F('id'), condition=models.Q(('publication', 'published')), name='project_by_spelling'),
        ),
        migrations.AddIndex(
            model_name='projectevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='project_set_right'),
        ),
        migrations.AddIndex(
            model_name='sourceevent',
            index=models.Index(models.OrderBy(models.F('pgh_created_at'), descending=True), models.OrderBy(models.F('pgh_id'), descending=True), condition=models.Q(('pgh_created_at__gt', models.F('published_at')), ('pgh_label', 'update')), name='source_set_right'),
        ),
    ]
