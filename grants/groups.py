"""The three groups of staff, made and kept complete after each migration.

*saisie* enters and imports; *révision* does so too, and publishes, withdraws and merges; *lecture* reads. A group gets
the permissions it lacks and loses none: what an operator added stays.
"""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

ENTRY, REVIEW, READING = "saisie", "révision", "lecture"

PERMITS = {
    ENTRY: ("view", "add", "change", "delete", "undo"),
    REVIEW: ("view", "add", "change", "delete", "publish", "withdraw", "merge", "undo"),
    READING: ("view",),
}


def make_groups(sender: Any, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: give each group the permissions on the registry's records that it should have."""
    # Permissions are themselves made after migration; ours may run first.
    create_permissions(sender, verbosity=0, using=using, apps=installed)
    group_model = installed.get_model("auth", "Group")
    permission_model = installed.get_model("auth", "Permission")
    ours = permission_model.objects.using(using).filter(content_type__app_label="grants").select_related("content_type")
    for name, verbs in PERMITS.items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.add(*[permission for permission in ours if permission.codename.split("_")[0] in verbs])
