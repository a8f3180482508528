"""What a web page says of itself: title, address, language, day of publication."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from .found import Found

TITLES = ("og:title", "dcterms.title", "dc.title", "twitter:title")
DAYS = (
    "article:published_time",
    "og:published_time",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
)
ISO = re.compile(r"\s*(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")
LONGEST = 500
LONGEST_ADDRESS = 2_000


def find(root: Any) -> Found:
    """The facts that the page declares, its text left out."""
    said = dict(reversed(list(declared(root))))
    title = next((said[name] for name in TITLES if said.get(name)), "")
    if not title:
        title = " ".join(root.xpath("string(.//head/title)").split())
    return Found(
        "",
        title[:LONGEST],
        address_of(root, said),
        language_of(root.get("lang") or root.get("xml:lang") or said.get("dcterms.language") or ""),
        day_of(root, said),
    )


def declared(root: Any) -> Iterator[tuple[str, str]]:
    """Name and value of each `meta`."""
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            yield name.strip().lower(), value


def address_of(root: Any, said: dict[str, str]) -> str:
    """The page's own address, "" where it gives none that is whole."""
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    return next((clean for one in [*links, said.get("og:url", "")] if (clean := web_address(one))), "")


def web_address(text: str) -> str:
    """`text` if it is a whole address of the web, else ""."""
    text = text.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    fits = len(text) <= LONGEST_ADDRESS and text.isprintable() and " " not in text
    return text if fits and parts.scheme in ("http", "https") and "." in (parts.hostname or "") else ""


def language_of(tag: str) -> str:
    """« fr-CA » is fr; "" for what is no language."""
    found = re.match(r"([a-zA-Z]{2})(?:[-_]|$)", tag.strip())
    return found[1].lower() if found else ""


def day_of(root: Any, said: dict[str, str]) -> str:
    """The day (or month) of publication, ISO; "" where the page gives none."""
    given = [said.get(name, "") for name in DAYS] + list(days_in_scripts(root))
    times = [time.get("datetime") or "" for time in root.iter("time")]
    # A page full of times is a list of news; the first one is then anything's.
    given += times[:1] if len(times) <= 3 else []
    return next((day for one in given if (day := iso_day(one))), "")


def days_in_scripts(root: Any) -> Iterator[str]:
    """`datePublished` of the descriptions that pages make for search engines."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            described = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        things = described if isinstance(described, list) else [described]
        for thing in things[:20]:
            if isinstance(thing, dict):
                inner = thing.get("@graph")
                for one in [thing, *(inner if isinstance(inner, list) else [])][:50]:
                    if isinstance(one, dict) and isinstance(one.get("datePublished"), str):
                        yield one["datePublished"]


def iso_day(text: str) -> str:
    """The date at the start of `text`, ISO, if it is one."""
    found = ISO.match(text)
    if not found:
        return ""
    year, month, day = found.groups()
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return f"{year}-{month}-{day}" if day else f"{year}-{month}"
