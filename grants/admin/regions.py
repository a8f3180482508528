"""Administrative regions in the editors' door: a reference list, seldom touched."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.models import Region

from .base import RegistryAdmin


@admin.register(Region)
class RegionAdmin(RegistryAdmin):
    """The 17 regions and the registry's own two values."""

    list_display = ["code", "name_fr", "name_en", "economic_region"]
    list_display_links = ["code", "name_fr"]
    search_fields = ["code", "name_fr"]
    ordering = ["code"]
    fieldsets = [(_("region"), {"fields": ["code", "name_fr", "name_en", "economic_region"]})]
