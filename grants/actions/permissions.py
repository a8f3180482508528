"""Who may do what to a record, beyond what a group's permissions say of its kind."""

from typing import Any

from django.db import models

from grants.models import Publishable


def allowed(user: Any, verb: str, model: type[models.Model]) -> bool:
    """Whether `user` has the permission `grants.<verb>_<model>`."""
    return user.has_perm(f"grants.{verb}_{model._meta.model_name}")


def may_change(user: Any, record: models.Model) -> bool:
    """Whether `user` may edit `record` as it stands.

    What is public changes for the public as soon as it is saved: only those who may publish may correct it. A record
    merged into another is kept as it was.
    """
    if not allowed(user, "change", type(record)):
        return False
    if getattr(record, "merged_into_id", None) is not None:
        return False
    if isinstance(record, Publishable) and record.is_published:
        return allowed(user, "publish", type(record))
    return True


def may_delete(user: Any, record: models.Model) -> bool:
    """Whether `user` may delete `record`: never what was once public, whose address must go on answering."""
    if isinstance(record, Publishable) and record.published_at is not None:
        return False
    return allowed(user, "delete", type(record))
