"""How to quote a page of the registry."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.bilingual import current_language
from grants.values import wording
from grants.values.partial_dates import PartialDate


def full_address(page: str, *arguments: str) -> str:
    """The address to quote, with the site's name."""
    return settings.SITE_URL.rstrip("/") + reverse(f"public:{page}", args=arguments)


def how_to_cite(title: str, page: str, *arguments: str) -> str:
    """Publisher, title, address and the day of reading, in one line."""
    publisher = settings.OPERATOR_NAME or _("OTN grants registry")
    today = wording.date(PartialDate.parse(timezone.localdate()), current_language())
    words = {"publisher": publisher, "title": title, "address": full_address(page, *arguments), "day": today}
    return _("%(publisher)s, “%(title)s”, %(address)s, read on %(day)s.") % words
