"""Administrative regions in the editors' door: a reference list, seldom touched."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.models import Grant, Region

from .base import RegistryAdmin


@admin.register(Region)
class RegionAdmin(RegistryAdmin):
    """The 17 regions and the registry's own two values. Public at once: for those who may publish."""

    list_display = ["code", "name_fr", "name_en", "economic_region"]
    list_display_links = ["code", "name_fr"]
    search_fields = ["code", "name_fr"]
    ordering = ["code"]
    fieldsets = [(_("region"), {"fields": ["code", "name_fr", "name_en", "economic_region"]})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and allowed(request.user, "publish", Grant)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and allowed(request.user, "publish", Grant)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and allowed(request.user, "publish", Grant)
