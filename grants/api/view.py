"""What all views of the API share: reading only, the reader's language, the question, answers that are JSON already."""

import json
import re
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework.request import Request
from rest_framework.views import APIView

from grants.bilingual import ENGLISH, FRENCH

from .problems import BadQuestion

METHODS = "GET, HEAD, OPTIONS"
DEFAULT_SIZE, LARGEST = 50, 500
# Parameters that other sites hang on links: they ask for nothing.
HARMLESS = ("utm_", "fbclid", "gclid", "mc_")


class ApiView(APIView):
    """A view that reads. `asks` names the parameters that it understands beside `lang`."""

    asks: ClassVar[frozenset[str]] = frozenset()
    operation: Any = None  # what the OpenAPI document says of it
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        translation.activate(language_of(request))
        super().initial(request, *args, **kwargs)
        self.question = self._question(request)

    def _question(self, request: Request) -> QueryDict:
        """The parameters asked, without `lang`. Raises BadQuestion for what this address does not understand."""
        question = request.query_params.copy()
        problems = []
        for value in question.pop("lang", []):
            if value not in (FRENCH, ENGLISH):
                problems.append(_("“lang” is “fr” or “en”."))
        # Asked for nothing by mistake, a list would silently be that of everything.
        empty = [
            name
            for name, values in question.lists()
            if not all(map(str.strip, values)) and not name.startswith(HARMLESS)
        ]
        problems += [_("“%(value)s” is empty: leave it out.") % {"value": name[:80]} for name in empty]
        strangers = [name for name in question if not self.understands(name)]
        problems += [
            _("This address has no parameter called “%(value)s”.") % {"value": name[:80]} for name in strangers
        ]
        if problems:
            raise BadQuestion(problems)
        for name in [name for name in question if name.startswith(HARMLESS)]:
            del question[name]
        return question

    def understands(self, name: str) -> bool:
        """Whether a parameter of that name means something here."""
        return name in self.asks or name.startswith(HARMLESS)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204, headers={"Allow": METHODS})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Allow"] = METHODS
        patch_vary_headers(response, ["Accept-Language"])
        return response


class NothingHere(ApiView):
    """Where no record and no list is."""

    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        raise Http404


def language_of(request: Request) -> str:
    """`fr` or `en`, as `?lang=` or Accept-Language ask; French where neither asks for one of the two."""
    asked = request.query_params.get("lang")
    if asked in (FRENCH, ENGLISH):
        return asked
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return FRENCH


def answer(body: bytes, *, language: str = "fr, en") -> HttpResponse:
    """JSON as it stands. Records and labels come in both languages."""
    response = HttpResponse(body, content_type="application/json")
    response["Content-Language"] = language
    return response


def answer_of(value: Any) -> HttpResponse:
    """A value as JSON."""
    return answer(json.dumps(value, ensure_ascii=False).encode())


def address_of(path: str, pairs: list[tuple[str, str]]) -> str:
    """The full address of a question."""
    asked = urlencode(pairs)
    return f"{settings.SITE_URL.rstrip('/')}{path}{'?' if asked else ''}{asked}"


def page_answer(path: str, rows: bytes, pairs: list[tuple[str, str]], after: str | None) -> HttpResponse:
    """A page of a list and the address of the next one, in the body and as a Link header."""
    following = address_of(path, [*pairs, ("after", after)]) if after else None
    response = answer(b'{"next":' + json.dumps(following).encode() + b',"results":' + rows + b"}")
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def size_of(question: QueryDict) -> int:
    """How many records are asked for at once, taken out of the question. Raises BadQuestion."""
    if "size" not in question:
        return DEFAULT_SIZE
    asked = question.pop("size")[-1]
    if not re.fullmatch(r"[1-9][0-9]{0,2}", asked, re.ASCII) or int(asked) > LARGEST:
        raise BadQuestion([_("“size” is a whole number from 1 to %(largest)s.") % {"largest": LARGEST}])
    return int(asked)


def cursor_of(question: QueryDict) -> str:
    """Where the last page ended, taken out of the question; empty at the start."""
    return (question.pop("after", None) or [""])[-1]
