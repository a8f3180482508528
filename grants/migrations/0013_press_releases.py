"""Press releases as they were read, and the passages that tie records to their words."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import grants.models.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0012_newest_and_corrected'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Communique',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='last changed')),
                ('title', grants.models.fields.Line(blank=True, max_length=500, verbose_name='title')),
                ('url', models.URLField(blank=True, max_length=1000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('file_name', grants.models.fields.Line(blank=True, editable=False, max_length=255, verbose_name='file')),
                ('text', models.TextField(editable=False, verbose_name='text as given')),
                ('fingerprint', models.CharField(editable=False, max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')], verbose_name='SHA-256')),
                ('language', models.CharField(blank=True, choices=[('fr', 'French'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('reading', models.JSONField(blank=True, default=dict, editable=False, verbose_name='what was read')),
                ('draft', models.JSONField(blank=True, default=dict, editable=False, verbose_name='what is to be filed')),
                ('state', models.CharField(choices=[('review', 'to be looked over'), ('filed', 'filed'), ('set_aside', 'set aside')], default='review', editable=False, max_length=9, verbose_name='state')),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='filed')),
                ('announcement', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='communiques', to='grants.announcement', verbose_name='announcement')),
                ('read_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('source', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='communiques', to='grants.source', verbose_name='source')),
            ],
            options={
                'verbose_name': 'press release',
                'verbose_name_plural': 'press releases',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CommuniqueEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_db_user', models.CharField(db_default=models.Func(output_field=models.CharField(), template='SESSION_USER'), editable=False, max_length=63, verbose_name='database account')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='last changed')),
                ('title', grants.models.fields.Line(blank=True, max_length=500, verbose_name='title')),
                ('url', models.URLField(blank=True, max_length=1000, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address')),
                ('file_name', grants.models.fields.Line(blank=True, editable=False, max_length=255, verbose_name='file')),
                ('fingerprint', models.CharField(editable=False, max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')], verbose_name='SHA-256')),
                ('language', models.CharField(blank=True, choices=[('fr', 'French'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('state', models.CharField(choices=[('review', 'to be looked over'), ('filed', 'filed'), ('set_aside', 'set aside')], default='review', editable=False, max_length=9, verbose_name='state')),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='filed')),
                ('announcement', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.announcement', verbose_name='announcement')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='grants.communique')),
                ('read_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.source', verbose_name='source')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='last changed')),
                ('start', models.PositiveIntegerField(verbose_name='first character')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('communique', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='grants.communique', verbose_name='press release')),
                ('figure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='grants.figure', verbose_name='figure')),
                ('grant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='grants.grant', verbose_name='grant')),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
                'ordering': ['communique', 'start', 'pk'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='PassageEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_db_user', models.CharField(db_default=models.Func(output_field=models.CharField(), template='SESSION_USER'), editable=False, max_length=63, verbose_name='database account')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='created')),
                ('modified_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='last changed')),
                ('start', models.PositiveIntegerField(verbose_name='first character')),
                ('end', models.PositiveIntegerField(verbose_name='end')),
                ('communique', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.communique', verbose_name='press release')),
                ('figure', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.figure', verbose_name='figure')),
                ('grant', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.grant', verbose_name='grant')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='grants.passage')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='communique',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['review', 'filed', 'set_aside'])), name='communique_codes_known', violation_error_message='A code is not one of its list.'),
        ),
        migrations.AddConstraint(
            model_name='communique',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='communique_has_a_text', violation_error_message='A record needs a name or title.'),
        ),
        migrations.AddConstraint(
            model_name='communique',
            constraint=models.UniqueConstraint(fields=('fingerprint',), name='communique_text_once', violation_error_message='This text was brought in before.'),
        ),
        migrations.AddConstraint(
            model_name='communique',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('filed_at__isnull', False), ('state', 'filed')), models.Q(models.Q(('state', 'filed'), _negated=True), ('filed_at__isnull', True)), _connector='OR'), name='communique_filed_on_a_day', violation_error_message='A press release is filed on a day, and only then.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='count_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.version := OLD.version;\n    NEW.created_at := OLD.created_at;\n    NEW.modified_at := OLD.modified_at;\n    IF NEW IS DISTINCT FROM OLD THEN\n        NEW.version := OLD.version + 1;\n        NEW.modified_at := now();\n    END IF;\n    RETURN NEW;\n', hash='8bd6a74403d159fc4f2ce579e55e54557775a377', operation='UPDATE', pgid='pgtrigger_count_changes_6e5c0', table='grants_communique', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'the key of a record never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'keep_key';", hash='1a08bf8ac769834a145fb79fea9df68dcb671cc9', operation='UPDATE', pgid='pgtrigger_keep_key_3a7d1', table='grants_communique', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='no_truncation', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN\n        RAISE EXCEPTION 'TRUNCATE would leave no history of %: use DELETE', TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='5c3c7555a5e9e3f6faebb26f0a88f9ddecfecf32', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncation_4fed1', table='grants_communique', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_communiqueevent" ("announcement_id", "created_at", "file_name", "filed_at", "fingerprint", "id", "language", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_by_id", "source_id", "state", "title", "url", "version") SELECT new_values."announcement_id", new_values."created_at", new_values."file_name", new_values."filed_at", new_values."fingerprint", new_values."id", new_values."language", new_values."modified_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."read_by_id", new_values."source_id", new_values."state", new_values."title", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='747409cc2cc4aaeacc40d208f1bce8b0cd00b0ae', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8b980', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_communique', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_communiqueevent" ("announcement_id", "created_at", "file_name", "filed_at", "fingerprint", "id", "language", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_by_id", "source_id", "state", "title", "url", "version") SELECT new_values."announcement_id", new_values."created_at", new_values."file_name", new_values."filed_at", new_values."fingerprint", new_values."id", new_values."language", new_values."modified_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."read_by_id", new_values."source_id", new_values."state", new_values."title", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."announcement_id" IS DISTINCT FROM (new_values."announcement_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."filed_at" IS DISTINCT FROM (new_values."filed_at") OR old_values."fingerprint" IS DISTINCT FROM (new_values."fingerprint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."modified_at" IS DISTINCT FROM (new_values."modified_at") OR old_values."read_by_id" IS DISTINCT FROM (new_values."read_by_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e97d31a38a50222877ac30b99984d6e0511e73f0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_251e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_communique', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communique',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_communiqueevent" ("announcement_id", "created_at", "file_name", "filed_at", "fingerprint", "id", "language", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_by_id", "source_id", "state", "title", "url", "version") SELECT old_values."announcement_id", old_values."created_at", old_values."file_name", old_values."filed_at", old_values."fingerprint", old_values."id", old_values."language", old_values."modified_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."read_by_id", old_values."source_id", old_values."state", old_values."title", old_values."url", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='00f2f615f5bcd9091c2b7fe3a13548abe8ba87e6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a240b', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_communique', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communiqueevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncation', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN\n        RAISE EXCEPTION 'TRUNCATE would leave no history of %: use DELETE', TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='3a210d99b305e7e8ac54dd94dd7df779ec4de91c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncation_4eac0', table='grants_communiqueevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communiqueevent',
            trigger=pgtrigger.compiler.Trigger(name='only_by_triggers', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF pg_trigger_depth() < 2 THEN\n        RAISE EXCEPTION 'events are written by the triggers of records alone';\n    END IF;\n    RETURN NULL;\n", hash='a2897be9267d766bf8762365452a78cfd6cfef90', level='STATEMENT', operation='INSERT', pgid='pgtrigger_only_by_triggers_08180', table='grants_communiqueevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='communiqueevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f7eb4ae08f64ca9318b5a5f07d7ddccb0d0d2002', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4a1a7', table='grants_communiqueevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func('figure', 'grant', function='num_nonnulls', output_field=models.IntegerField()), models.Value(1))), name='passage_of_exactly_one_record', violation_error_message='A passage belongs to one figure or one grant.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='passage_has_words', violation_error_message='A passage has at least one character.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('communique', 'figure', 'grant'), name='passage_once', nulls_distinct=False, violation_error_message='This record has its passage already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='count_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.version := OLD.version;\n    NEW.created_at := OLD.created_at;\n    NEW.modified_at := OLD.modified_at;\n    IF NEW IS DISTINCT FROM OLD THEN\n        NEW.version := OLD.version + 1;\n        NEW.modified_at := now();\n    END IF;\n    RETURN NEW;\n', hash='7cc0a4dc3a06032239d7c1e953ec1268b5163267', operation='UPDATE', pgid='pgtrigger_count_changes_41501', table='grants_passage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'the key of a record never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'keep_key';", hash='233050fa3b3183476c71e5f301fdedddb6d04d08', operation='UPDATE', pgid='pgtrigger_keep_key_d1013', table='grants_passage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='no_truncation', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN\n        RAISE EXCEPTION 'TRUNCATE would leave no history of %: use DELETE', TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='5a42d0a9b7c4d1b8dac250f79c90b3f7f8d2f595', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncation_87ea2', table='grants_passage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_passageevent" ("communique_id", "created_at", "end", "figure_id", "grant_id", "id", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "version") SELECT new_values."communique_id", new_values."created_at", new_values."end", new_values."figure_id", new_values."grant_id", new_values."id", new_values."modified_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d309d5343a806a0d269621727d86363e9b040cfa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_57cf2', referencing='REFERENCING NEW TABLE AS new_values ', table='grants_passage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_passageevent" ("communique_id", "created_at", "end", "figure_id", "grant_id", "id", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "version") SELECT new_values."communique_id", new_values."created_at", new_values."end", new_values."figure_id", new_values."grant_id", new_values."id", new_values."modified_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e28d8e9df4226d814a3c8f0214312a6cb87f2f22', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_14ab6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='grants_passage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "grants_passageevent" ("communique_id", "created_at", "end", "figure_id", "grant_id", "id", "modified_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "version") SELECT old_values."communique_id", old_values."created_at", old_values."end", old_values."figure_id", old_values."grant_id", old_values."id", old_values."modified_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ad97891fd15052efccf8fac606286e7ade36d0d6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3c590', referencing='REFERENCING OLD TABLE AS old_values ', table='grants_passage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passageevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncation', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN\n        RAISE EXCEPTION 'TRUNCATE would leave no history of %: use DELETE', TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='5d240cf25470c6006bc8e95e9cd92e716b2db4dc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncation_f4711', table='grants_passageevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passageevent',
            trigger=pgtrigger.compiler.Trigger(name='only_by_triggers', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF pg_trigger_depth() < 2 THEN\n        RAISE EXCEPTION 'events are written by the triggers of records alone';\n    END IF;\n    RETURN NULL;\n", hash='0eb0b362d2f3a47d71ef83c6dbd8044e34d28f2b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_only_by_triggers_a4c26', table='grants_passageevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='passageevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e17de244d0e737f56327fdd9e5aa9b61874ed8ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8518c', table='grants_passageevent', when='BEFORE')),
        ),
    ]
