"""The editors' chores: each is a way to narrow a list, defined once for the filter and for the first screen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.actions.duplicates import duplicate_groups
from grants.models import Announcement, Citation
from grants.reconciliation.announcements import reconcile_announcements
from grants.reconciliation.verdicts import Verdict

# A record is stamped a moment before its row is written: that is no later change.
SAME_MOMENT = timedelta(seconds=10)
# The most announcements that are reconciled to look for discordances, the latest first.
MOST_RECONCILED = 500


@dataclass(frozen=True)
class Chore:
    """Something to do to records: its word in addresses, its label, and how it narrows a list."""

    slug: str
    label: str | Promise
    narrow: Callable[[QuerySet], QuerySet]


def _where(**conditions: Any) -> Callable[[QuerySet], QuerySet]:
    return lambda queryset: queryset.filter(**conditions)


def _without_source(queryset: QuerySet) -> QuerySet:
    cited = Citation.objects.filter(**{str(queryset.model._meta.model_name): OuterRef("pk")})
    return queryset.filter(~Exists(cited))


def _changed_since(queryset: QuerySet) -> QuerySet:
    return queryset.filter(publication="published", version__gt=1, modified_at__gt=F("published_at") + SAME_MOMENT)


def _possible_duplicates(queryset: QuerySet) -> QuerySet:
    return queryset.filter(pk__in=[pk for group in duplicate_groups() for pk in group])


def discordant(queryset: QuerySet) -> QuerySet:
    """The announcements whose list conflicts with what was stated (of the latest 500 that have figures)."""
    latest = Announcement.objects.filter(figures__isnull=False).distinct().order_by("-pk")[:MOST_RECONCILED]
    lines = reconcile_announcements(latest, published_only=False)
    conflicts = [pk for pk, found in lines.items() if any(line.verdict == Verdict.CONFLICT for line in found)]
    return queryset.filter(pk__in=conflicts)


def _odd_neq(queryset: QuerySet) -> QuerySet:
    usual = Q(neq="")
    for prefix in ("11", "22", "33", "88"):
        usual |= Q(neq__startswith=prefix)
    return queryset.exclude(usual)


WITHOUT_SOURCE = Chore("no-source", _("without a source"), _without_source)
WITHOUT_AMOUNT = Chore("no-amount", _("without an amount"), _where(amount__isnull=True))
WITHOUT_DATE = Chore("no-date", _("without a date"), _where(date__isnull=True))
CHANGED_SINCE = Chore("changed-since", _("changed since published"), _changed_since)
DUPLICATES = Chore("duplicates", _("possible duplicates"), _possible_duplicates)
DISCORDANT = Chore("discordant", _("discordant totals"), discordant)
ODD_NEQ = Chore("odd-neq", _("unusual NEQ"), _odd_neq)
WITHOUT_NEQ = Chore("no-neq", _("without a NEQ"), _where(neq="", is_natural_person=False, merged_into__isnull=True))
WITHOUT_WORDING = Chore("no-wording", _("without the words as written"), _where(wording=""))


def without_region(field: str) -> Chore:
    """Records whose region is not known."""
    return Chore("no-region", _("without a region"), _where(**{f"{field}__isnull": True}))


def without_english(field: str) -> Chore:
    """Records whose name or title has no English text."""
    return Chore("no-english", _("without an English name"), _where(**{field: ""}))


def chore_filter(chores: Iterable[Chore]) -> type[admin.SimpleListFilter]:
    """The list filter that offers `chores`."""
    offered = {chore.slug: chore for chore in chores}

    class ChoreFilter(admin.SimpleListFilter):
        title = _("to do")
        parameter_name = "chore"

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return [(chore.slug, chore.label) for chore in offered.values()]

        def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
            chore = offered.get(self.value() or "")
            return chore.narrow(queryset) if chore else queryset

    return ChoreFilter


def narrowed(model: type[models.Model], chore: Chore) -> QuerySet:
    """All the records that a chore waits for."""
    return chore.narrow(model._default_manager.all())
