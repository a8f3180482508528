"""The registry's settings, with the stock admin in place of ours: its own site, its own templates, its own log."""

from otnregistry.settings import *  # noqa: F403
from otnregistry.settings import INSTALLED_APPS as OURS

ROOT_URLCONF = "benchmarks.stock.urls"
# Last, so that none of our templates stands before theirs.
INSTALLED_APPS = [
    "django.contrib.admin",
    *(app for app in OURS if app not in {"grants", "otnregistry.apps.RegistryAdminConfig"}),
    "grants",
]
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
