"""The registry's one application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """Programmes, announcements, organisations, projects, grants, and the sources that say so."""

    name = "grants"
    verbose_name = _("Grants registry")
    default_auto_field = "django.db.models.BigAutoField"
