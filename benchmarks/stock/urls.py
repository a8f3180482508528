"""Two admin sites, each with django-import-export's screens for grants: stock, and tuned."""

from django.contrib.admin import AdminSite
from django.urls import path
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV

from grants.models import Grant

from .resources import StockResource, TunedResource


class StockAdmin(ImportExportModelAdmin):
    """As the documentation shows it."""

    resource_classes = [StockResource]
    import_formats = [CSV]


class TunedAdmin(StockAdmin):
    """Without an entry in the admin's log for each row."""

    resource_classes = [TunedResource]
    skip_admin_log = True


stock_site, tuned_site = AdminSite(name="stock"), AdminSite(name="tuned")
stock_site.register(Grant, StockAdmin)
tuned_site.register(Grant, TunedAdmin)
urlpatterns = [path("stock/", stock_site.urls), path("tuned/", tuned_site.urls)]
