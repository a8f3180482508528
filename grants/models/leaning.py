"""A published record leans only on published records, whatever the road by which it was written.

A published grant whose recipient were a draft would show that draft's name. PostgreSQL therefore refuses, statement
by statement, both to publish a record that leans on one the public may not see, and to take away one that others
lean on. Records are published from the ground up (organisations, programmes, announcements, then grants and figures)
and withdrawn from the top down; the actions say so in words before these triggers have to.
"""

import pgtrigger
from django.db import models

from .announcements import Announcement
from .figures import Figure
from .grants import Grant
from .organisations import Organisation
from .programmes import Programme
from .projects import Project

LEANINGS: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("parent",),
    Programme: ("administrator", "parent"),
    Announcement: ("programme",),
    Project: ("organisation",),
    Grant: ("recipient", "funder", "programme", "announcement"),
    Figure: ("programme", "announcement", "organisation", "project", "grant", "source"),
}

# Whoever withdraws a support meanwhile waits for us, or we for them: two halves of a hole never pass each other.
_HOLD = """
    PERFORM 1 FROM "{parent}" WHERE id IN (
        SELECT "{column}" FROM new_rows WHERE publication = 'published'
    ) ORDER BY id FOR SHARE;
"""

_REFUSE = """
    IF EXISTS ({leaning}) THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}';
    END IF;
"""


def supports_of(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    """The foreign keys that a published `model` leans on, with the models they lead to."""
    return [(name, model._meta.get_field(name).remote_field.model) for name in LEANINGS.get(model, ())]


def leaning_on(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """The models and foreign keys whose published rows lean on a row of `model`."""
    return [(child, name) for child in LEANINGS for name, parent in supports_of(child) if parent is model]


def _statement_trigger(name: str, operation: pgtrigger.Operation, body: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_rows"),
        func=body + " RETURN NULL;",
    )


def _refuse_to_lean(model: type[models.Model]) -> str:
    """SQL: among the rows just written, none is published over a support that is not."""
    checks = ""
    for name, parent in supports_of(model):
        column = model._meta.get_field(name).column
        leaning = (
            f'SELECT 1 FROM new_rows child JOIN "{parent._meta.db_table}" parent ON parent.id = child."{column}" '
            "WHERE child.publication = 'published' AND parent.publication <> 'published'"
        )
        checks += _HOLD.format(parent=parent._meta.db_table, column=column) + _REFUSE.format(
            leaning=leaning,
            message=f"a published {model._meta.model_name} needs a published {name}",
            name=f"{model._meta.model_name}_{name}_published",
            table=model._meta.db_table,
        )
    return checks


def _refuse_to_drop(model: type[models.Model]) -> str:
    """SQL: none of the rows just written has stopped being public while a published record leans on it."""
    checks = ""
    for child, name in leaning_on(model):
        column = child._meta.get_field(name).column
        checks += _REFUSE.format(
            leaning=(
                f'SELECT 1 FROM new_rows parent JOIN "{child._meta.db_table}" child ON child."{column}" = parent.id '
                "WHERE child.publication = 'published' AND parent.publication <> 'published'"
            ),
            message=f"a published {child._meta.model_name} leans on this {model._meta.model_name}",
            name=f"{child._meta.model_name}_{name}_published",
            table=child._meta.db_table,
        )
    return checks


def register_triggers() -> None:
    """Give every model concerned its triggers (called once, when the models are loaded)."""
    for model in LEANINGS:
        body = _refuse_to_lean(model)
        pgtrigger.register(
            _statement_trigger("lean_on_insert", pgtrigger.Insert, body),
            _statement_trigger("lean_on_update", pgtrigger.Update, body),
        )(model)
    for model in {parent for child in LEANINGS for _, parent in supports_of(child)}:
        pgtrigger.register(_statement_trigger("keep_support", pgtrigger.Update, _refuse_to_drop(model)))(model)
