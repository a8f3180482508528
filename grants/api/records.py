"""A list with the filters of its page, read on by key; and one record with what its page shows."""

import base64
import binascii
import re
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from grants.models import Citation, Figure
from grants.search.filters import RecordFilter
from grants.search.selection import Selection

from .fields import FIELDS
from .problems import BadQuestion, problem
from .rows import array, json_rows, with_parts
from .view import ApiView, answer, cursor_of, page_answer, size_of


class RecordList(ApiView):
    """The published records of a noun, in the order in which they were entered."""

    model: ClassVar[Any]
    filters: ClassVar[type[RecordFilter]]

    def understands(self, name: str) -> bool:
        return name in {"after", "size", *self.filters.base_filters} or super().understands(name)

    def records(self) -> QuerySet:
        """All that the list may give."""
        return self.model.objects.published()

    def get(self, request: Request) -> HttpResponse:
        size, start = size_of(self.question), key_of(cursor_of(self.question))
        selection = Selection(self.question, self.records(), self.filters, {"id": (F("pk"),)}, "id")
        if selection.problems:
            raise BadQuestion(selection.problems)
        found = selection.records.filter(pk__gt=start).order_by("pk")
        keys = list(found.values_list("pk", flat=True)[: size + 1])
        rows = json_rows(self.records().filter(pk__in=keys[:size]).order_by("pk"), FIELDS[self.model])
        pairs = [(name, one) for name, values in self.question.lists() for one in values]
        following = [*pairs, ("size", str(size))]
        return page_answer(
            request.path, array(rows), following, cursor_at(keys[size - 1]) if len(keys) > size else None
        )


def cursor_at(key: int) -> str:
    """The place after a record, as text that means nothing to others."""
    return base64.urlsafe_b64encode(f"k{key}".encode()).decode().rstrip("=")


def key_of(cursor: str) -> int:
    """The key in a cursor; 0 at the start. Raises BadQuestion for what was never given."""
    if not cursor:
        return 0
    try:
        text = base64.b64decode(cursor[:40] + "=" * (-len(cursor[:40]) % 4), altchars=b"-_", validate=True).decode(
            "ascii"
        )
    except (binascii.Error, ValueError):
        text = ""
    if not re.fullmatch(r"k[0-9]{1,18}", text, re.ASCII):
        raise BadQuestion([bad_cursor()])
    return int(text[1:])


def bad_cursor() -> str:
    return _("“after” is not a place in this list: take it from the address of the next page.")


class RecordDetail(ApiView):
    """One published record, its figures and citations; a noun may add what else its page shows."""

    model: ClassVar[Any]
    subject: ClassVar[str] = ""

    def records(self) -> QuerySet:
        """The published records, with what the fields need."""
        return self.model.objects.published()

    def get(self, request: Request, public_id: str) -> HttpResponse:
        record = self.records().filter(public_id=public_id)
        rows = json_rows(record, FIELDS[self.model])
        return answer(with_parts(rows[0], self.parts(public_id))) if rows else self.missing(request, public_id)

    def parts(self, public_id: str) -> dict[str, bytes]:
        """More members of the answer, as JSON."""
        if not self.subject:
            return {}
        return {"figures": figures_of(self.subject, public_id), "citations": citations_of(self.subject, public_id)}

    def missing(self, request: Request, public_id: str) -> HttpResponse:
        """410 with the dated notice for what was public, 404 for all else."""
        gone = self.model.objects.withdrawn().filter(public_id=public_id).first()
        if gone is None or getattr(gone, "is_natural_person", False):
            raise Http404
        notices = {"notice_fr": gone.withdrawal_notice_fr or None, "notice_en": gone.withdrawal_notice_en or None}
        day = timezone.localdate(gone.withdrawn_at).isoformat()
        text = _("It was public and no longer is. Its address will not be used again.")
        return problem(410, text, withdrawn=day, **notices)


def figures_of(subject: str, public_id: str) -> bytes:
    """The published figures about one record, as its page orders them."""
    found = Figure.objects.published().filter(**{f"{subject}__public_id": public_id}).order_by("as_of", "pk")
    return array(json_rows(found, FIELDS[Figure]))


def citations_of(subject: str, public_id: str) -> bytes:
    """The published documents that support one record, in the order they were entered."""
    found = Citation.objects.published().filter(**{f"{subject}__public_id": public_id}).order_by("pk")
    return array(json_rows(found, FIELDS[Citation]))


def moved_to(view: str, public_id: str) -> HttpResponsePermanentRedirect:
    """308: the record goes on under another id."""
    target = settings.SITE_URL.rstrip("/") + reverse(f"api:{view}", args=[public_id])
    response = HttpResponsePermanentRedirect(target)
    response.status_code = 308
    return response
