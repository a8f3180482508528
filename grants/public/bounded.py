"""No visitor's question takes PostgreSQL longer than it may: what is slower is cancelled, and a page
says how to ask for less.

The limit is set on the connection while a public request is answered and put back behind it, since connections are kept
from one request to the next and serve the staff too.
"""

import json
import re

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled
from psycopg.pq import TransactionStatus

from .errors import too_slow

# Addresses with an ending are files, which may take as long as they are long; a feed is short.
FILE = re.compile(r"\.(?!atom$|xml$)[a-z0-9]+$")
RETRY_AFTER = "60"  # seconds


def milliseconds_for(path: str) -> int:
    """How long each statement of a request of this path may take."""
    seconds = settings.PUBLIC_DOWNLOAD_SECONDS if FILE.search(path) else settings.PUBLIC_STATEMENT_SECONDS
    return int(seconds * 1000)


def put_back() -> None:
    """The limit that the server, the database or the account has of its own."""
    if connection.connection is None:
        return
    if connection.connection.info.transaction_status == TransactionStatus.ACTIVE:
        # A file that was given up in the middle of a COPY: the connection would be waited for for ever.
        connection.close()
        return
    try:
        connection.connection.execute("RESET statement_timeout")
    except psycopg.Error:
        return  # broken off, or inside a transaction that failed: either ends, and the limit with it


def was_cancelled(wrong: BaseException) -> bool:
    """Whether this is PostgreSQL's refusal to go on."""
    return isinstance(wrong, Error) and isinstance(wrong.__cause__, QueryCanceled)


def answer_to(request: HttpRequest, door: str) -> HttpResponse:
    """503: a page for people, a few words for programs."""
    response = _for_programs(request, door) if door != "public" or FILE.search(request.path) else too_slow(request)
    response["Retry-After"] = RETRY_AFTER
    return response


def _for_programs(request: HttpRequest, door: str) -> HttpResponse:
    title = _("The answer took too long to find")
    detail = _("Ask for less at once: fewer words, or one more filter such as a year or a region.")
    if door == "public" and not request.path.endswith("json"):
        return HttpResponse(f"{title}. {detail}\n", status=503, content_type="text/plain; charset=utf-8")
    problem = {"type": "about:blank", "title": title, "status": 503, "detail": detail}
    return HttpResponse(json.dumps(problem, ensure_ascii=False), status=503, content_type="application/problem+json")
