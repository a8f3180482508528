"""The addresses that have no language."""

from django.urls import URLPattern, path

from . import sitemaps

app_name = "site"
urlpatterns: list[URLPattern] = [
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<slug:section>.xml", sitemaps.one, name="sitemap"),
]
