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
