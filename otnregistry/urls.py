"""The doors of the registry: staff, visitors, programs."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path


def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves, the admin's pages included."""
    return redirect(static("grants/favicon.svg"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("favicon.ico", icon),
    path("", include("grants.public.site_urls")),
    path("api/v1/", include("grants.api.urls")),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("", include("grants.public.urls")),
    prefix_default_language=False,
)

handler400 = "grants.public.errors.bad_request"
handler403 = "grants.public.errors.permission_denied"
handler404 = "grants.public.errors.page_not_found"
handler500 = "grants.public.errors.server_error"
