"""The staff's site: Django's admin, with the registry's own first screen."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class RegistryAdminConfig(AdminConfig):
    """Django's admin application, over the registry's site."""

    default_site = "grants.admin.site.RegistryAdminSite"

    def ready(self) -> None:
        super().ready()
        # After the site exists: a noun that registered itself while the site's own package is being read would be lost.
        import_module("grants.admin.nouns")
        drop_queue_screens()


def drop_queue_screens() -> None:
    """Take the queue's own screens away: an import is watched, cancelled and resumed on its own page."""
    from django.contrib import admin
    from procrastinate.contrib.django.models import ProcrastinateJob

    admin.site.unregister(ProcrastinateJob)
