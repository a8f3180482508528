"""What went wrong, as RFC 9457 says it: `application/problem+json`, in the reader's language."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status

CONTENT_TYPE = "application/problem+json"

TITLES: dict[int, str | Promise] = {
    400: gettext_lazy("This question cannot be answered"),
    404: gettext_lazy("Nothing is at this address"),
    405: gettext_lazy("This API only reads"),
    410: gettext_lazy("This record was withdrawn"),
}


class BadQuestion(Exception):
    """A question with these problems, each a sentence in the reader's language."""

    def __init__(self, problems: list[str]):
        super().__init__(*problems)
        self.problems = problems


def problem(number: int, detail: str = "", **more: Any) -> HttpResponse:
    """The answer that says so. Nobody may keep it: a record may come (back), a question may become right."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(number) or HTTPStatus(number).phrase),
        "status": number,
        **({"detail": detail} if detail else {}),
        **more,
    }
    response = HttpResponse(json.dumps(said, ensure_ascii=False), status=number, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def handle(wrong: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """For REST_FRAMEWORK's EXCEPTION_HANDLER. None: a fault of ours, which Django reports."""
    if isinstance(wrong, BadQuestion):
        return problem(400, " ".join(wrong.problems), errors=[{"detail": one} for one in wrong.problems])
    if isinstance(wrong, Http404 | exceptions.NotFound):
        return problem(404, _("There is nothing at this address. It may be mistyped, or the page may have moved."))
    if isinstance(wrong, exceptions.MethodNotAllowed):
        return problem(405, _("It answers to GET, HEAD and OPTIONS."))
    if isinstance(wrong, RequestDataTooBig | SuspiciousOperation):
        text = _("This request could not be understood")
        return problem(400, text, errors=[{"detail": text}])
    if isinstance(wrong, PermissionDenied):
        return problem(status.HTTP_403_FORBIDDEN)
    if isinstance(wrong, exceptions.APIException):
        return problem(wrong.status_code, str(wrong.detail))
    return None
