"""Records that belong to one another never go in a circle: A of B, B of C, C of A."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Climbs from each row just written. UNION drops what was met before, so that an old circle ends the climb as well.
_REFUSE = """
    IF EXISTS (
        WITH RECURSIVE climb (start, at) AS (
            SELECT id, "{column}" FROM new_rows WHERE "{column}" IS NOT NULL
            UNION
            SELECT climb.start, above."{column}" FROM climb JOIN "{table}" above ON above.id = climb.at
            WHERE above."{column}" IS NOT NULL
        )
        SELECT 1 FROM climb WHERE at = start
    ) THEN
        RAISE EXCEPTION 'a {noun} cannot come back to itself by its {name}'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{noun}_{name}_no_circle', TABLE = '{table}';
    END IF;
"""


def is_under(record: models.Model, other: models.Model, name: str = "parent") -> bool:
    """Whether `record` leads to `other` by the foreign key `name`, in one step or several."""
    met: set[int] = set()
    key = getattr(record, f"{name}_id")
    while key is not None and key not in met:
        if key == other.pk:
            return True
        met.add(key)
        key = type(record)._base_manager.filter(pk=key).values_list(f"{name}_id", flat=True).first()
    return False


def refuse_cycle(record: models.Model, name: str) -> None:
    """Raises ValidationError where `record` would come back to itself by way of others (its own constraint refuses
    the shortest circle)."""
    if record.pk is not None and getattr(record, f"{name}_id") != record.pk and is_under(record, record, name):
        message = _("“%(other)s” itself belongs to this record: the two would go in a circle.")
        raise ValidationError({name: ValidationError(message, "circle", {"other": getattr(record, name)})})


def register_cycle_triggers(keys: dict[type[models.Model], tuple[str, ...]]) -> None:
    """Give these models the triggers that refuse circles by these foreign keys (called once, at loading)."""
    for model, names in keys.items():
        meta, body = model._meta, ""
        for name in names:
            column = meta.get_field(name).column
            body += _REFUSE.format(column=column, table=meta.db_table, noun=meta.model_name, name=name)
        for suffix, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update)):
            trigger = pgtrigger.Trigger(
                name=f"no_circle_on_{suffix}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func=body + " RETURN NULL;",
            )
            pgtrigger.register(trigger)(model)
