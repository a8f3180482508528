"""The registry's one application."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """Programmes, announcements, organisations, projects, grants, and the sources that say so."""

    name = "grants"
    verbose_name = _("Grants registry")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .groups import make_groups

        post_migrate.connect(make_groups, sender=self, dispatch_uid="grants.make_groups")
