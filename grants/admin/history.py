"""The history of a record and of its lines: who, when, and each field before and after, from the event tables.

Values come from the event rows themselves, so that amounts are exact and dates as precise as they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.models import Citation, Figure, GrantProject, OrganisationName

from .people import name_of, names_of
from .showing import show

PER_PAGE = 25
# Kept by PostgreSQL for itself: they change with every change.
SILENT = {"id", "version", "created_at", "modified_at"}
# Lines that belong to a record, and the foreign key that says so.
LINES: tuple[type[models.Model], ...] = (OrganisationName, Citation, GrantProject, Figure)
DONE = {
    "insert": pgettext_lazy("history", "added"),
    "update": pgettext_lazy("history", "changed"),
    "delete": pgettext_lazy("history", "deleted"),
}
# What came of filing a press release.
READ = {
    "insert": pgettext_lazy("history", "read in a press release"),
    "update": pgettext_lazy("history", "changed after a press release"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One event: when, who, what was done to which record or line, and its fields."""

    when: datetime
    who: str
    done: str | Promise
    what: str
    changes: list[FieldChange]


class HistoryPage(admin.ModelAdmin):
    """The page « Historique » reads the registry's own history instead of Django's log."""

    object_history_template = "admin/grants/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the events of a record and of its lines, the latest first."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        page = Paginator(stubs_of(record), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(record),
            "page": page,
            "entries": entries_of(page.object_list),
            "pages": list(page.paginator.get_elided_page_range(page.number)),
            "module_name": str(self.opts.verbose_name_plural),
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def stubs_of(record: models.Model) -> QuerySet:
    """The events of `record` and of its lines as (model, event id, moment), the latest first: one query a page."""
    stubs = _stubs(type(record), Q(pgh_obj_id=record.pk))
    noun = type(record)._meta.model_name
    for line in LINES:
        if any(field.name == noun for field in line._meta.concrete_fields) and line is not type(record):
            stubs = stubs.union(_stubs(line, Q(**{f"{noun}_id": record.pk})), all=True)
    return stubs.order_by("-pgh_created_at", "-pgh_id")


def _events_of(model: type[models.Model]) -> type[models.Model]:
    return model._meta.get_field("events").related_model  # type: ignore[return-value]


def _stubs(model: type[models.Model], condition: Q) -> QuerySet:
    named = Value(model._meta.model_name, output_field=models.CharField())
    events = _events_of(model)._default_manager.filter(condition)
    return events.order_by().annotate(pgh_noun=named).values_list("pgh_noun", "pgh_id", "pgh_created_at")


def entries_of(stubs: Iterable[tuple[str, int, datetime]]) -> list[Entry]:
    """The events behind `stubs` in words. The number of queries does not grow with theirs."""
    wanted: dict[str, list[int]] = {}
    stubs = list(stubs)
    for noun, pk, _moment in stubs:
        wanted.setdefault(noun, []).append(pk)
    tracked = {model._meta.model_name: model for model in _tracked_models()}
    events = {
        (noun, event.pgh_id): event for noun, keys in wanted.items() for event in _with_before(tracked[noun], keys)
    }
    pairs = [(tracked[noun], events[noun, pk]) for noun, pk, _moment in stubs]
    people, records = names_of(event for _model, event in pairs), _related_names(pairs)
    return [_entry(model, event, people, records) for model, event in pairs]


def _tracked_models() -> list[type[models.Model]]:
    return [model for model in _grants_models() if any(field.name == "events" for field in model._meta.related_objects)]


def _grants_models() -> list[type[models.Model]]:
    return list(Citation._meta.app_config.get_models())  # type: ignore[union-attr]


def _with_before(model: type[models.Model], keys: list[int]) -> list[Any]:
    """The events with these keys, each with `.before`: the event that came before it on the same row, if any."""
    every = _events_of(model)._default_manager
    earlier = every.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    events = list(
        every.filter(pk__in=keys)
        .select_related("pgh_context")
        .annotate(before_id=Subquery(earlier.values("pgh_id")[:1]))
    )
    before = every.in_bulk([event.before_id for event in events if event.before_id])
    for event in events:
        event.before = before.get(event.before_id)
    return events


def _entry(model: type[models.Model], event: Any, people: dict[int, str], records: dict[Any, str]) -> Entry:
    return Entry(
        when=event.pgh_created_at,
        who=name_of(event, people),
        done=_done(event),
        what=str(model._meta.verbose_name),
        changes=_changes(model, event, records),
    )


def _done(event: Any) -> str | Promise:
    by_reading = event.pgh_context is not None and "communique" in (event.pgh_context.metadata or {})
    words = DONE | READ if by_reading else DONE
    return words.get(event.pgh_label, event.pgh_label)


def _changes(model: type[models.Model], event: Any, records: dict[Any, str]) -> list[FieldChange]:
    """The fields that differ. An insert has nothing before it; a delete's row is what was there before."""
    before = event if event.pgh_label == "delete" else event.before if event.pgh_label == "update" else None
    after = None if event.pgh_label == "delete" else event
    changes = []
    for field in _fields(model):
        old, new = (getattr(row, field.attname) if row is not None else None for row in (before, after))
        if old != new and not (old in (None, "") and new in (None, "")):
            shown = [_show(field, value, records) for value in (old, new)]
            changes.append(FieldChange(str(field.verbose_name), *shown))
    return changes


def _fields(model: type[models.Model]) -> list[Any]:
    kept = {field.name for field in _events_of(model)._meta.concrete_fields}  # long texts are left out
    return [field for field in model._meta.concrete_fields if field.name in kept - SILENT]


def _show(field: Any, value: Any, records: dict[Any, str]) -> str:
    if field.is_relation and value is not None:
        return records.get((field.related_model, value), f"#{value}")
    return show(field, value)


def _related_names(pairs: list[tuple[type[models.Model], Any]]) -> dict[Any, str]:
    """The names of the records that foreign keys of these events lead to, a query per model."""
    wanted: dict[Any, set[int]] = {}
    for model, event in pairs:
        for field in _fields(model):
            if field.is_relation:
                rows = (event, getattr(event, "before", None))
                found = {getattr(row, field.attname) for row in rows if row is not None} - {None}
                wanted.setdefault(field.related_model, set()).update(found)
    return {
        (model, pk): str(record)
        for model, keys in wanted.items()
        if keys
        for pk, record in _lean(model).in_bulk(keys).items()
    }


def _lean(model: Any) -> QuerySet:
    """Records with what their own names need."""
    queryset = model._base_manager.all()
    return queryset.select_related("recipient") if model._meta.model_name == "grant" else queryset
