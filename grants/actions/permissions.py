"""Who may do what to a record, beyond what a group's permissions say of its kind."""

from typing import Any

from django.db import models

from grants.models import Citation, GrantProject, OrganisationName, Publishable


def allowed(user: Any, verb: str, model: type[models.Model]) -> bool:
    """Whether `user` has the permission `grants.<verb>_<model>`."""
    return user.has_perm(f"grants.{verb}_{model._meta.model_name}")


def owner_of(record: models.Model) -> models.Model | None:
    """The record that a line (another name, a citation, a project funded) is part of; None for a record by itself."""
    if isinstance(record, Citation):
        return record.subject
    if isinstance(record, OrganisationName):
        return record.organisation
    return record.grant if isinstance(record, GrantProject) else None


def may_change(user: Any, record: models.Model) -> bool:
    """Whether `user` may edit `record` as it stands.

    What is public changes for the public as soon as it is saved: only those who may publish may correct it. A record
    merged into another is kept as it was. A line changes the record that it is part of.
    """
    if not allowed(user, "change", type(record)):
        return False
    if (owner := owner_of(record)) is not None:
        return may_change(user, owner)
    if getattr(record, "merged_into_id", None) is not None:
        return False
    if isinstance(record, Publishable) and record.is_published:
        return allowed(user, "publish", type(record))
    return True


def may_delete(user: Any, record: models.Model) -> bool:
    """Whether `user` may delete `record`: never what was once public, whose address must go on answering."""
    if owner_of(record) is not None and not may_change(user, record):
        return False
    if isinstance(record, Publishable) and record.published_at is not None:
        return False
    return allowed(user, "delete", type(record))
