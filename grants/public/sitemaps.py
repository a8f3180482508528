"""What search engines should read: an index of sitemaps, and the rules of robots.txt.

A sitemap holds the records of one range of keys, so that each is one scan of the primary key, whatever comes before
it: no offset, nothing counted. Each page is listed in both languages, with its translation beside it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap, x_robots_tag
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db import connection
from django.db.models import Max, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import override
from django.views.decorators.http import require_safe

from grants.bilingual import ENGLISH, FRENCH
from grants.exports.downloads import FORMATS
from grants.models import Announcement, Grant, Organisation, Programme, Project, Source

from .citing import site_address

SPAN = 5_000  # keys in one sitemap: at most twice as many addresses, of the 50 000 that a sitemap may hold


def _both(french: str, english: str, changed: datetime | None = None) -> SafeString:
    """The entries of one page, one for each language. `_address` has escaped their addresses."""
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    translations = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in ((FRENCH, french), (ENGLISH, english), ("x-default", french))
    )
    return SafeString("".join(f"<url><loc>{one}</loc>{when}{translations}</url>\n" for one in (french, english)))


class PagesSitemap(Sitemap):
    """The pages that are not of one record."""

    names = ("home", "reconciliation", "data", "corrections")
    lists = ("grant", "organisation", "announcement", "programme", "project", "source")

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        if str(page) != "1":
            raise EmptyPage
        names = [*self.names, *(f"{noun}-list" for noun in self.lists)]
        return [_both(_address(name, FRENCH), _address(name, ENGLISH)) for name in names]

    def numbers(self) -> list[int]:
        return [1]


class RecordSitemap(Sitemap):
    """The published records of one noun, `SPAN` keys a page."""

    model: type[Model]

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        found = self._rows(_whole(page))
        if not found:
            raise EmptyPage
        french, english = (_address(f"{self._noun}-detail", language, "x")[:-2] for language in (FRENCH, ENGLISH))
        return [_both(f"{french}{key}/", f"{english}{key}/", changed) for key, changed in found]

    def _rows(self, number: int) -> Sequence[tuple[str, datetime]]:
        records = self.model.objects.published().filter(pk__gt=(number - 1) * SPAN, pk__lte=number * SPAN)
        return list(records.order_by("pk").values_list("public_id", "modified_at"))

    def numbers(self) -> list[int]:
        """Of the pages that hold a published record: one look at the primary key for each."""
        last = self.model.objects.aggregate(last=Max("pk"))["last"] or 0
        published, parameters = self.model.objects.published().order_by().values("pk").query.sql_with_params()
        there = f"""
            SELECT number FROM generate_series(1, %s) AS number WHERE EXISTS (
                SELECT FROM ({published}) AS shown (id) WHERE id > (number - 1) * %s AND id <= number * %s
            ) ORDER BY number
        """  # noqa: S608 (a query of ours)
        with connection.cursor() as cursor:
            cursor.execute(there, [-(-last // SPAN), *parameters, SPAN, SPAN])
            return [number for (number,) in cursor.fetchall()]

    @property
    def _noun(self) -> str:
        return str(self.model._meta.model_name)


def _of(model: type[Model]) -> RecordSitemap:
    made = RecordSitemap()
    made.model = model
    return made


SECTIONS: dict[str, Any] = {
    "pages": PagesSitemap(),
    **{
        str(model._meta.model_name): _of(model)
        for model in (Programme, Announcement, Organisation, Project, Source, Grant)
    },
}


def _address(name: str, language: str, *arguments: str) -> str:
    with override(language):
        return escape(site_address(reverse(f"public:{name}", args=arguments)))


def _whole(page: int | str) -> int:
    text = str(page)
    if not (text.isascii() and text.isdecimal()):
        raise PageNotAnInteger
    if not 0 < len(text) < 10 or int(text) < 1:
        raise EmptyPage
    return int(text)


@require_safe
@x_robots_tag
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`."""
    files = []
    for section, pages in SECTIONS.items():
        address = site_address(reverse("site:sitemap", args=[section]))
        files += [f"{address}?p={number}" if number > 1 else address for number in pages.numbers()]
    return render(request, "grants/sitemap_index.xml", {"files": files}, content_type="application/xml")


@require_safe
def one(request: HttpRequest, section: str) -> HttpResponse:
    """`/sitemap-grant.xml?p=2`: the records of the second range of keys."""
    found: HttpResponse = sitemap(request, SECTIONS, section, template_name="grants/sitemap.xml")
    return found


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: what is endless is kept out of reach; what is not is found through the sitemaps.

    A selection by one filter may be read (its page says that it should not be kept); two parameters at once never end.
    """
    endless = ["/*?*&", *(f"/*.{ending}?" for ending in FORMATS)]
    names = ("search", "grant-embed")
    pages = [_path(name, language) for name in names for language in (FRENCH, ENGLISH)]
    closed = [*endless, *pages, "/admin/", "/en/admin/", "/api/"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {site_address(reverse('site:sitemaps'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _path(name: str, language: str) -> str:
    with override(language):
        return reverse(f"public:{name}")
