"""Every address that the public can ask, in every format and both languages, over a registry full of what it may not
see.

The addresses come from the routes themselves: a new route is walked as well, and one with an argument that nothing here
knows how to fill fails.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle, islice

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from grants.exports.dialects import DIALECTS
from grants.exports.downloads import FORMATS
from grants.public.citing import STYLES
from grants.public.sitemaps import SECTIONS
from grants.search.facets import FACETS

from .hidden import ASKED, FORBIDDEN, registry

pytestmark = pytest.mark.django_db
client = Client()

PUBLIC_IDS = ["one", "two", "gone", *(f"{FORBIDDEN}-{who}" for who in ("draft", "ready", "other", "person"))]
# What fills an argument of an address, by its name; by its route where one name means several things.
VALUES = {
    "public_id": PUBLIC_IDS,
    "format": list(FORMATS),
    "public:grant-dialect format": list(DIALECTS),
    "name": [*FACETS, "recipient"],
    "style": list(STYLES),
    "section": list(SECTIONS),
    "code": ["08", "HQ"],
}
# What is asked where no single record is: words that only hidden records have, the beginning and a misspelling of one.
QUESTIONS = ["", f"q={ASKED}", "q=motsecre", "q=motsecreet", "sort=recipient", "role=all", "view=charts", "view=map"]
QUESTIONS += ["show=table&by=recipient", "lang=en"]
STAFF = ("admin",)
# Routes without a name: the icon, which leads to a file of ours.
NAMELESS = {"favicon.ico"}


def routes(patterns: list, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every public route and its full name."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            if inner[:1] != STAFF:
                yield from routes(pattern.url_patterns, inner)
        elif str(pattern.pattern) not in NAMELESS:
            yield ":".join((*spaces, pattern.name)), pattern


def addresses() -> Iterator[str]:
    """Each route with each value of each of its arguments at least once."""
    for name, pattern in routes(get_resolver().url_patterns):
        arguments = list(pattern.pattern.regex.groupindex)
        values = [VALUES.get(f"{name} {argument}") or VALUES[argument] for argument in arguments]
        length = max(map(len, values), default=1)
        for row in islice(zip(*map(cycle, values), strict=False) if values else [()], length):
            address = reverse(name, kwargs=dict(zip(arguments, row, strict=True)))
            questions = [""] if "public_id" in arguments or length > len(FORMATS) else QUESTIONS
            yield from (f"{address}?{question}" if question else address for question in questions)
    # The ranges of keys that sitemaps hold now: the first one is empty once enough records were made and deleted.
    yield from re.findall(r"<loc>http://testserver([^<]+\?p=\d+)</loc>", client.get("/sitemap.xml").content.decode())


def content_of(address: str) -> tuple[int, str]:
    """The status and all that was sent: headers, text, and what is inside archives."""
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    texts = [str(response.headers), *_texts(body)]
    return response.status_code, "\n".join(texts)


def _texts(body: bytes) -> Iterator[str]:
    if not zipfile.is_zipfile(io.BytesIO(body)):
        yield body.decode()
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield name
            yield from _texts(archive.read(name))


def without_what_was_asked(text: str, address: str) -> str:
    """An answer may say again what the visitor typed; marks inside words would hide what follows."""
    typed = re.findall(rf"{FORBIDDEN}-\w+", address)
    for word in typed:
        text = text.replace(word, "")
    return re.sub(r"<[^>]*mark[^>]*>", "", text)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_public_answer_holds_a_word_of_what_the_public_may_not_see(language):
    registry()
    with translation.override(language):
        asked = list(addresses())
    answered = set()
    for address in asked:
        status, text = content_of(address)
        assert FORBIDDEN not in without_what_was_asked(text, address).lower(), address
        assert status < 500, address
        answered.add((address.partition("?")[0], status))
    # The walk saw what it was meant to see: records that are public, some that were, some that never were.
    by_status = {wanted: sum(status == wanted for _address, status in answered) for wanted in (200, 404, 410)}
    assert by_status[200] > 150
    assert by_status[404] > 20
    assert by_status[410] >= 6


def test_the_forbidden_word_is_there_to_be_found(admin_client):
    registry()
    assert FORBIDDEN in admin_client.get("/admin/grants/grant/").content.decode()
