"""One administrator and one account per staff group, where there is no administrator yet."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

STAFF_GROUPS = ["saisie", "révision", "lecture"]


class Command(BaseCommand):
    """Prints names and random passwords once; existing accounts are left alone."""

    help = "Make an administrator and one account per staff group, if there is no administrator yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do nothing where there is an administrator."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        with transaction.atomic():
            made = [make_account("admin", is_superuser=True)]
            made += [make_account(slugify(group), group=group) for group in STAFF_GROUPS]
        self.stdout.write(box([(name, password) for name, password in made if password]))


def make_account(name: str, *, group: str = "", is_superuser: bool = False) -> tuple[str, str]:
    """One staff account and its password, which is empty for an account that was already there.

    Raises CommandError where the group is missing.
    """
    user, is_new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    if is_superuser and not is_new:
        raise CommandError(f"An account “{name}” exists and is no administrator. Use: manage.py createsuperuser")
    if not is_new:
        return name, ""
    password = secrets.token_urlsafe(12)
    user.is_superuser = is_superuser
    user.set_password(password)
    user.save()
    if group:
        try:
            user.groups.add(Group.objects.get(name=group))
        except Group.DoesNotExist as error:
            raise CommandError(f"There is no group “{group}”. Run: manage.py migrate") from error
    return name, password


def box(accounts: list[tuple[str, str]]) -> str:
    """The names and passwords, framed so that they are not missed."""
    lines = ["First accounts, for /admin/. Their passwords are shown this once:", ""]
    lines += [f"  {name:<10} {password}" for name, password in accounts]
    width = max(map(len, lines))
    framed = [f"│ {line:<{width}} │" for line in lines]
    return "\n".join(["┌" + "─" * (width + 2) + "┐", *framed, "└" + "─" * (width + 2) + "┘"])
