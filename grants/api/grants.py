"""Grants: the selection of the list page as a list read on by key, as sums, as facets, as groups; and one grant."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from grants.models import Grant
from grants.search.answers import BadCursor, FacetAnswer, Group, RecipientGroup, Sums
from grants.search.facets import FACETS
from grants.search.filters import GrantFilter
from grants.search.grant_selection import GrantSelection
from grants.search.places import with_region

from .fields import FIELDS
from .history import history_of
from .labels import in_both
from .nouns import money
from .problems import BadQuestion
from .records import RecordDetail, bad_cursor, cursor_at, key_of
from .rows import array, in_order_of, json_rows
from .view import ApiView, answer_of, cursor_of, page_answer, size_of

SELECTING = frozenset(GrantFilter.base_filters)
INDIVIDUALS = "individuals"
INDIVIDUALS_FR, INDIVIDUALS_EN = "Particuliers", "Individuals"


class OfSelection(ApiView):
    """A view of a selection of grants: the parameters of the list page."""

    asks: ClassVar[frozenset[str]] = SELECTING

    def selection(self) -> GrantSelection:
        """The selection asked for. Raises BadQuestion with all that is wrong with it."""
        found = GrantSelection(self.question)
        if found.problems:
            raise BadQuestion(found.problems)
        return found


class GrantList(OfSelection):
    asks = SELECTING | {"sort", "after", "size"}

    def get(self, request: Request) -> HttpResponse:
        size, cursor = size_of(self.question), cursor_of(self.question)
        selection = self.selection()
        try:
            keys, following = selection.after(cursor, size)
        except BadCursor as wrong:
            raise BadQuestion([bad_cursor()]) from wrong
        rows = json_rows(in_order_of(with_region(Grant.objects.published()), keys), FIELDS[Grant])
        return page_answer(request.path, array(rows), [*selection.pairs, ("size", str(size))], following)


class GrantDetail(RecordDetail):
    model = Grant
    subject = "grant"

    def records(self) -> QuerySet:
        return with_region(super().records())

    def parts(self, public_id: str) -> dict[str, bytes]:
        return {**super().parts(public_id), "history": json.dumps(history_of(public_id)).encode()}


class GrantSummary(OfSelection):
    """How many grants, and what they add up to."""

    def get(self, request: Request) -> HttpResponse:
        return answer_of(sums_of(self.selection().sums))


class GrantFacets(OfSelection):
    """Every facet: its values, how many grants of the selection have each, and what they add up to."""

    def get(self, request: Request) -> HttpResponse:
        selection = self.selection()
        return answer_of({"results": [facet_of(selection, facet) for facet in selection.facets]})


class GrantFacet(OfSelection):
    """One facet."""

    def get(self, request: Request, name: str) -> HttpResponse:
        if name not in FACETS:
            raise Http404
        selection = self.selection()
        return answer_of(facet_of(selection, selection.facet(name)))


class GrantGroups(OfSelection):
    """The selection itself by the values of one facet."""

    def get(self, request: Request, name: str) -> HttpResponse:
        if name not in FACETS:
            raise Http404
        selection = self.selection()
        return answer_of({"results": groups_of(selection, name, selection.by(name))})


class GrantRecipients(OfSelection):
    """The selection by recipient, the largest first; all natural persons together are one of them."""

    asks = SELECTING | {"after", "size"}

    def get(self, request: Request) -> HttpResponse:
        size, start = size_of(self.question), key_of(cursor_of(self.question))
        selection = self.selection()
        groups = selection.recipients(size + 1, start)
        rows = [json.dumps(recipient_of(one), ensure_ascii=False).encode() for one in groups[:size]]
        following = cursor_at(start + size) if len(groups) > size else None
        return page_answer(request.path, array(rows), [*selection.pairs, ("size", str(size))], following)


def sums_of(sums: Sums) -> dict[str, Any]:
    """Amounts are Canadian dollars."""
    return {"count": sums.count, "total": money(sums.total), "unknown": sums.unknown, "foreign": sums.foreign}


def groups_of(selection: GrantSelection, name: str, groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Values of a facet with their words in both languages."""
    words = in_both(lambda: [selection.label_of(FACETS[name], group.value) for group in groups])
    return [
        {"value": group.value, "label_fr": french, "label_en": english, **sums_of(group.sums)}
        for group, (french, english) in zip(groups, words, strict=True)
    ]


def facet_of(selection: GrantSelection, facet: FacetAnswer) -> dict[str, Any]:
    """A facet and its values, those of the question marked."""
    ((french, english),) = in_both(lambda: [str(FACETS[facet.name].label)])
    choices = [
        {**group, "chosen": choice.chosen, "excluded": choice.excluded}
        for group, choice in zip(groups_of(selection, facet.name, facet.choices), facet.choices, strict=True)
    ]
    return {"name": facet.name, "label_fr": french, "label_en": english, "choices": choices}


def recipient_of(group: RecipientGroup) -> dict[str, Any]:
    """Of natural persons, only that they are."""
    if group.organisation is None:
        who = {"value": INDIVIDUALS, "label_fr": INDIVIDUALS_FR, "label_en": INDIVIDUALS_EN}
    else:
        one = group.organisation
        who = {"value": one.public_id, "label_fr": one.name_fr, "label_en": one.name_en or one.name_fr}
    return {**who, **sums_of(group.sums)}
