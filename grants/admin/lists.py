"""Manners of lists: searched through the public index, counted no further than needed, columns as people read them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grants.models import SearchKind
from grants.search.words import matching

from .keys import is_key

# Up to here a list is counted exactly; beyond, PostgreSQL's own estimate (or this number) serves.
MOST_COUNTED = 10_000


class EstimatingPaginator(Paginator):
    """A paginator that never counts a million rows: exact up to 10 000, then the planner's estimate of the table."""

    @cached_property
    def count(self) -> int:
        """How many rows, or about how many where they are more than MOST_COUNTED."""
        rows: Any = self.object_list
        counted = rows.order_by()[: MOST_COUNTED + 1].count()
        if counted <= MOST_COUNTED:
            return counted
        return counted if rows.query.where else max(counted, self._estimate(rows.model._meta.db_table))

    def _estimate(self, table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [table])
            row = cursor.fetchone()
        return row[0] if row else 0


class SearchedList(admin.ModelAdmin):
    """A list of searchable records. The last word typed may be unfinished, as autocompletion needs."""

    paginator = EstimatingPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    # Only its being there matters: Django then shows the box. The words go to the public index.
    search_fields = ["public_id"]

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any) -> HttpResponse | None:
        """A list action; what no box of the list can have sent is refused in words."""
        if not all(is_key(self.model, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            self.message_user(request, _("Choose records of this list."), messages.ERROR)
            return None
        return super().response_action(request, queryset, *args)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Records that answer the words, by the public index."""
        words = search_term.strip()
        if not words:
            return queryset, False
        if self.model._meta.model_name not in SearchKind.values or "\x00" in words:
            return super().get_search_results(request, queryset, words.replace("\x00", ""))
        return queryset.filter(self.answering(words)), False

    def answering(self, words: str) -> Q:
        """The condition that a record answers `words`."""
        records = self.model._default_manager.all()
        condition = Q(pk__in=matching(records, words).values("pk")) | Q(public_id=words.lower())
        if words[-1].isalnum():
            # The last word may be unfinished.
            condition |= Q(pk__in=matching(records, f"{words}*").values("pk"))
        return condition
