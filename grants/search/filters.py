"""The filters of each list, one FilterSet a noun. Pages and downloads share them through `Selection`.

A value that makes no sense is an error of the form, in the visitor's language: never a page that breaks, never
a list that silently holds everything.
"""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.bilingual import current_language, pick
from grants.models import Announcement, Citation, Grant, Organisation, Programme, Project, Region, Source
from grants.models import codes as c
from grants.models.fields import MoneyFormField, PartialDateFormField
from grants.values import wording
from grants.values.partial_dates import PartialDate

from .facets import FACETS, Facet
from .places import with_kind, with_region
from .remembered import remembered
from .words import LONGEST, matching, tidy, why_unanswerable

ANY = pgettext_lazy("filter", "All")
NOT_PROVIDED = _("not provided")
MOST_VALUES = 100  # of one facet at once: addresses have an end


# ── Form fields ──────────────────────────────────────────────────────────────────────────────────────────


class WordsField(forms.CharField):
    """Words to search for."""

    def __init__(self, **kwargs: Any):
        attributes = {"maxlength": LONGEST, "type": "search"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")

    def run_validators(self, value: Any) -> None:
        if reason := why_unanswerable(value or ""):
            raise ValidationError(str(reason), code="unanswerable")


class PublicRecordField(forms.CharField):
    """A published record by its public id; kept out of sight, it comes from links."""

    widget = forms.HiddenInput

    def __init__(self, *, model: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.model = model

    def clean(self, value: Any) -> Any:
        public_id = super().clean(value)
        if not public_id:
            return None
        record = self.model.objects.published().filter(public_id=public_id[:24]).first()
        if record is None:
            raise ValidationError(_("the registry has nothing called “%(value)s”."), params={"value": public_id[:80]})
        return record


class FacetField(forms.MultipleChoiceField):
    """Values of a facet, several at once, each once and in a fixed order."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, facet: Facet, **kwargs: Any):
        super().__init__(**kwargs)
        self.facet = facet

    def clean(self, value: Any) -> tuple[str, ...]:
        asked = {self.facet.plain(one.strip()[:LONGEST]) for one in value or () if one.strip()}
        if len(asked) > MOST_VALUES:
            raise ValidationError(_("Choose at most %(most)s values."), params={"most": MOST_VALUES})
        strangers = [one for one in asked if "\x00" in one] or self.facet.strangers(asked)
        if strangers:
            told = strangers[0].replace("\x00", "")[:80]
            raise ValidationError(_("the registry has nothing called “%(value)s”."), params={"value": told})
        return tuple(sorted(asked))


# ── Filters ──────────────────────────────────────────────────────────────────────────────────────────────


class WordsFilter(django_filters.Filter):
    field_class = WordsField

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return matching(qs, value) if value else qs


class PublicRecordFilter(django_filters.Filter):
    field_class = PublicRecordField


class FacetFilter(django_filters.Filter):
    """The grants that have one of the values of a facet, or with `exclude` none of them."""

    field_class = FacetField

    def __init__(self, facet: Facet, *, exclude: bool = False):
        label = format_lazy(_("{facet} (excluded)"), facet=facet.label) if exclude else facet.label
        super().__init__(label=label, exclude=exclude, facet=facet)
        self.facet = facet

    def filter(self, qs: QuerySet, value: tuple[str, ...]) -> QuerySet:
        if not value:
            return qs
        found = self.facet.where(value)
        # Where nothing is known, SQL's NOT would leave the row out: what is not known is not among the refused.
        known = Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField())
        return qs.filter(Q(Exact(known, Value(False)))) if self.exclude else qs.filter(found)


class CodeFilter(django_filters.ChoiceFilter):
    """One code of a list; `unknown` is what the column holds where nothing is known (absent: always known)."""

    def __init__(self, codes: Any = (), *, unknown: Any = False, **kwargs: Any):
        choices = [choice for choice in getattr(codes, "choices", codes) if choice[0]]
        if unknown is not False:
            kwargs["null_label"] = NOT_PROVIDED
        kwargs.setdefault("empty_label", ANY)
        super().__init__(choices=choices, **kwargs)
        self.unknown = unknown

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if value == self.null_value:
            return qs.filter(**{self.field_name: self.unknown})
        return super().filter(qs, value)


class YearFilter(CodeFilter):
    """The year of a partial date."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if value and value != self.null_value:
            return qs.filter(**{f"{self.field_name}__startswith": value})
        return super().filter(qs, value)


class MoneyFilter(django_filters.Filter):
    """An amount typed as people write it."""

    field_class = MoneyFormField

    def __init__(self, **kwargs: Any):
        super().__init__(max_digits=16, decimal_places=2, **kwargs)


class DateFilter(django_filters.Filter):
    """A date typed as people write it, as well as it is known; `end` takes its last day, else its first."""

    field_class = PartialDateFormField

    def __init__(self, *, end: bool = False, **kwargs: Any):
        super().__init__(lookup_expr="lte" if end else "gte", max_length=40, **kwargs)
        self.end = end

    def filter(self, qs: QuerySet, value: PartialDate | None) -> QuerySet:
        # ISO text: « 2022 » comes before all that is in 2022, hence the last day at the end of a range.
        edge = (value.last_day.isoformat() if self.end else value.iso) if value else None
        return super().filter(qs, edge)


# ── What there is to choose from ─────────────────────────────────────────────────────────────────────────

Choices = list[tuple[str, str]]


def programme_choices() -> Choices:
    return [(one.public_id, one.acronym or str(pick(one, "name"))) for one in Programme.objects.published()]


def region_choices() -> Choices:
    return [(region.code, str(pick(region, "name"))) for region in Region.objects.all()]


def years_of(model: Any, field: str) -> Callable[[], Choices]:
    """The years that the dates of the published records are in, the latest first."""

    def choices() -> Choices:
        year = Left(field, 4, output_field=CharField())
        known = model.objects.published().filter(**{f"{field}__isnull": False})
        found = known.order_by().values_list(year).distinct()  # the list's own order would tell the rows apart
        return [(str(one), str(one)) for (one,) in sorted(found, reverse=True)]

    return choices


# ── The lists ────────────────────────────────────────────────────────────────────────────────────────────


class SelectionForm(forms.Form):
    """Refuses ranges that end before they start."""

    ranges = (("amount_min", "amount_max"), ("date_from", "date_to"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for low, high in self.ranges:
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and _last(most) < _last(least):
                self.add_error(high, _("the range ends before it starts."))
        return cleaned


def _last(value: Any) -> Any:
    return value.last_day if isinstance(value, PartialDate) else value


class RecordFilter(django_filters.FilterSet):
    """`lists` gives the choices that come from the database, read once a request."""

    q = WordsFilter(label=_("Words"))
    lists: ClassVar[dict[str, Callable[[], Choices]]] = {}

    class Meta:
        form = SelectionForm

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, choices in self.lists.items():
            self.filters[name].extra["choices"] = remembered(("choices", type(self).__name__, name), choices)

    def words_for(self, name: str, value: Any) -> str:
        """A chosen value in the visitor's words."""
        if isinstance(value, models.Model):
            field = "name" if hasattr(value, "name_fr") else "title"
            return str(getattr(value, "title", None) or pick(value, field))
        if isinstance(value, PartialDate):
            return wording.date(value, current_language())
        if name.startswith("amount"):
            return wording.money(value, current_language())
        return str(value)


def _facet_filters() -> dict[str, FacetFilter]:
    """`region` and `region_not`, and so on."""
    made = {}
    for name, facet in FACETS.items():
        made[name] = FacetFilter(facet)
        made[f"{name}_not"] = FacetFilter(facet, exclude=True)
    return made


def grants_funding(project: Project) -> QuerySet:
    """The keys of the published grants that fund a project, as far as it is told."""
    return Grant.objects.published().told_with_projects().filter(projects=project).order_by().values("pk")


def grants_citing(source: Source) -> QuerySet:
    """The keys of the grants that a source supports; of grants to persons it is not told."""
    return Citation.objects.published().filter(source=source, grant__isnull=False).values("grant")


class GrantFilter(RecordFilter):
    """What can be asked of grants; the facets' filters come first, in their order."""

    date_from = DateFilter(
        field_name="date", label=_("From (date)"), help_text=_("Such as 2022, 2022-04 or 2022-04-20.")
    )
    date_to = DateFilter(field_name="date", end=True, label=_("To (date)"))
    amount = CodeFilter(
        [("known", pgettext_lazy("amount", "known")), ("unknown", NOT_PROVIDED)],
        method="with_amount",
        label=_("Amount"),
    )
    amount_min = MoneyFilter(
        field_name="amount",
        lookup_expr="gte",
        label=_("Minimum amount"),
        help_text=_("Such as 500,000 or $2.3M."),
    )
    amount_max = MoneyFilter(field_name="amount", lookup_expr="lte", label=_("Maximum amount"))
    recipient = PublicRecordFilter(model=Organisation, label=_("Recipient"))
    project = PublicRecordFilter(model=Project, method="for_project", label=_("Project"))
    source = PublicRecordFilter(model=Source, method="cited_by", label=_("Source"))

    def __init__(self, data: Any, queryset: QuerySet):
        super().__init__(data, with_kind(with_region(queryset)))

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        return {**_facet_filters(), **super().get_filters()}

    def for_project(self, queryset: QuerySet, name: str, value: Project) -> QuerySet:
        return queryset.filter(pk__in=grants_funding(value))

    def cited_by(self, queryset: QuerySet, name: str, value: Source) -> QuerySet:
        return queryset.filter(pk__in=grants_citing(value))

    def with_amount(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(amount__isnull=value == "unknown")


class OrganisationFilter(RecordFilter):
    role = CodeFilter(
        [("all", _("all organisations"))],
        empty_label=_("recipients only"),
        method="in_role",
        label=pgettext_lazy("filter", "Show"),
    )
    kind = CodeFilter(c.OrganisationKind, unknown="", label=_("Kind"))
    region = CodeFilter(field_name="region__code", unknown=None, label=_("Region"))
    nonprofit = CodeFilter(
        [("yes", pgettext_lazy("non-profit", "yes")), ("no", pgettext_lazy("non-profit", "no"))],
        method="by_profit",
        unknown=None,
        label=_("Non-profit"),
    )
    lists = {"region": region_choices}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Recipients, unless all organisations are asked for."""
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("role") == "all":
            return queryset
        receiving = Grant.objects.published().values("recipient")
        return queryset.filter(pk__in=receiving)

    def in_role(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset

    def by_profit(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_nonprofit={"yes": True, "no": False}.get(value))


class AnnouncementFilter(RecordFilter):
    programme = CodeFilter(field_name="programme__public_id", label=_("Programme"))
    year = YearFilter(field_name="date", unknown=None, label=_("Year"))
    list = CodeFilter(c.ListState, field_name="list_state", label=_("List of grants"))
    lists = {"programme": programme_choices, "year": years_of(Announcement, "date")}


class ProgrammeFilter(RecordFilter):
    year = YearFilter(field_name="launched", unknown=None, label=_("Year of launch"))
    lists = {"year": years_of(Programme, "launched")}


class ProjectFilter(RecordFilter):
    organisation = PublicRecordFilter(model=Organisation, label=_("Organisation"))
    programme = CodeFilter(field_name="programme", method="under", label=_("Programme"))
    lists = {"programme": programme_choices}

    def under(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        grants = Grant.objects.published().filter(programme__public_id=value)
        return queryset.filter(pk__in=grants.values("projects"))


class SourceFilter(RecordFilter):
    kind = CodeFilter(c.SourceKind, label=_("Kind"))
    language = CodeFilter(c.Language, label=_("Language"))
    year = YearFilter(field_name="published", unknown=None, label=_("Year"))
    lists = {"year": years_of(Source, "published")}


def with_grants(organisations: QuerySet) -> QuerySet:
    """Annotate `grant_count` and `granted` (Canadian dollars, null when no amount is known): published grants only."""
    public = Q(grants__publication=c.Publication.PUBLISHED)
    return organisations.annotate(
        grant_count=Count("grants", filter=public),
        granted=models.Sum("grants__amount", filter=public & Q(grants__currency="CAD")),
    )
