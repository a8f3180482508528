"""What waits, on the first screen: a count per chore with the list it leads to, whatever the number of rows."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.models import PUBLISHABLE, Announcement, Communique, Grant, Import, Organisation
from grants.models.codes import CommuniqueState, ImportState

from .chores import CHANGED_SINCE, DISCORDANT, DUPLICATES, WITHOUT_SOURCE, Chore, narrowed

# Counting stops here: beyond it the screen says « 1 000 and more ».
MOST_COUNTED = 1000
LAST_IMPORTS = 5
AT_WORK = (ImportState.READING, ImportState.APPLYING, ImportState.UNDOING)


@dataclass(frozen=True)
class Wait:
    """One line of the screen: how many records of a noun wait, and where they are listed."""

    label: str | Promise
    count: int
    url: str

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST_COUNTED

    @property
    def shown(self) -> int:
        """The number to show."""
        return min(self.count, MOST_COUNTED)


@dataclass(frozen=True)
class Group:
    """Lines that belong together, under one heading."""

    label: str | Promise
    waits: list[Wait]


CHORES: tuple[tuple[type[models.Model], Chore, str | Promise], ...] = (
    (Announcement, DISCORDANT, _("announcements with discordant totals")),
    (Organisation, DUPLICATES, _("organisations that may be duplicates")),
    (Grant, WITHOUT_SOURCE, _("grants without a source")),
    (Grant, CHANGED_SINCE, _("grants changed since published")),
)


def waiting(user: Any) -> list[Group]:
    """What waits for `user`, who sees only the nouns that they may view. A constant number of queries."""
    questions: dict[tuple[Any, ...], QuerySet] = {}
    for model in PUBLISHABLE:
        if allowed(user, "view", model):
            questions["ready", model] = model._default_manager.filter(publication="ready")
            questions["draft", model] = model._default_manager.filter(publication="draft")
    chores = [line for line in CHORES if allowed(user, "view", line[0])]
    for noun, chore, _label in chores:
        questions[chore.slug, noun] = narrowed(noun, chore)
    if sees_imports := allowed(user, "view", Import):
        questions["preview", Import] = Import.objects.filter(state=ImportState.PREVIEW)
    if sees_communiques := allowed(user, "view", Communique):
        questions["review", Communique] = Communique.objects.filter(state=CommuniqueState.REVIEW)
    counts = dict(zip(questions, count_each(list(questions.values())), strict=True))
    return [
        Group(_("Ready to publish"), _by_state("ready", counts)),
        Group(_("Drafts"), _by_state("draft", counts)),
        Group(
            _("To look at"),
            [
                Wait(label, counts[chore.slug, model], _list_url(model, chore=chore.slug))
                for model, chore, label in chores
            ]
            + ([_imports_to_look_at(counts["preview", Import])] if sees_imports else [])
            + ([_communiques_to_look_over(counts["review", Communique])] if sees_communiques else []),
        ),
    ]


def _imports_to_look_at(count: int) -> Wait:
    """Imports that were read and wait for somebody to say whether their rows come in."""
    return Wait(_("imports to look at"), count, _list_url(Import, state__exact=ImportState.PREVIEW))


def _communiques_to_look_over(count: int) -> Wait:
    """Press releases that were read and whose drafts nobody has made yet."""
    url = _list_url(Communique, state__exact=CommuniqueState.REVIEW)
    return Wait(_("press releases to look over"), count, url)


def _by_state(state: str, counts: dict[tuple[Any, ...], int]) -> list[Wait]:
    return [
        Wait(model._meta.verbose_name_plural, count, _list_url(model, publication__exact=state))
        for (what, model), count in counts.items()
        if what == state and count
    ]


def _list_url(model: type[models.Model], **query: str) -> str:
    return reverse(f"admin:grants_{model._meta.model_name}_changelist", query=query)


def count_each(querysets: list[QuerySet]) -> list[int]:
    """How many rows each queryset has, up to one more than MOST_COUNTED, in a single query."""
    parts: list[str] = []
    params: list[Any] = []
    for queryset in querysets:
        sql, values = _capped(queryset)
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 (the SQL is Django's own)
        params += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        return list(cursor.fetchone())


def _capped(queryset: QuerySet) -> tuple[str, tuple[Any, ...]]:
    """SQL of the first rows of `queryset`. Django writes none for one that can have no row."""
    try:
        return queryset.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()


def last_imports(user: Any) -> list[Import]:
    """The imports at work, then the last few others, for those who may view imports."""
    if not allowed(user, "view", Import):
        return []
    at_work = Case(When(state__in=AT_WORK, then=0), default=1)
    return list(Import.objects.select_related("imported_by").order_by(at_work, "-created_at", "-pk")[:LAST_IMPORTS])
