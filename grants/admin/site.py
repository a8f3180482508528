"""The staff's site: who comes in, the order of the nouns, the first screen."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.models import Import

from .communiques.access import may_read
from .dashboard import last_imports, waiting

# The order of the nouns on the first screen: from what comes in to what it leans on.
ORDER = (
    "Communique",
    "Grant",
    "Announcement",
    "Programme",
    "Organisation",
    "Project",
    "Figure",
    "Source",
    "Citation",
    "Import",
    "Region",
)


class RegistryAdminSite(admin.AdminSite):
    """Django's admin with the registry's name and chores."""

    site_header = _("OTN grants registry")
    site_title = _("OTN grants registry")
    index_title = _("What waits")
    empty_value_display = "—"
    enable_nav_sidebar = False  # lists and lines need the width; the first screen and the trail lead everywhere

    def has_permission(self, request: HttpRequest) -> bool:
        """Who may come in at all. The one place for a second factor to be asked for."""
        return super().has_permission(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first screen: what waits for this person, and the last imports."""
        waits = {
            "waiting": waiting(request.user),
            "last_imports": last_imports(request.user),
            "may_import": allowed(request.user, "add", Import),
            "may_paste": may_read(request.user),
        }
        return super().index(request, {**waits, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The registry's nouns first, in their own order."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "grants":
                app["models"].sort(key=lambda model: ORDER.index(model["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "grants")
