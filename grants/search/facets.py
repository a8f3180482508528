"""The facets of grants: what a reader may count and choose by, each defined once.

A facet knows its name and values as they stand in an address for years, its words, and how PostgreSQL tells them.
The same numbers counted in memory are in `columns`; a test holds the two together.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.bilingual import current_language, pick
from grants.models import Announcement, Programme, Region
from grants.models import codes as c
from grants.values import wording
from grants.values.partial_dates import PartialDate

UNKNOWN = "null"  # in an address: what nobody has said
NOT_PROVIDED = gettext_lazy("not provided")
YEAR = r"1[5-9][0-9]{2}|2[01][0-9]{2}"  # those of values.PartialDate, but for its last


@dataclass(frozen=True)
class Facet(ABC):
    """`column` is the field or annotation of a grant that holds the value; `aliases` are old words for values."""

    name: str
    label: str | Promise
    column: str
    unknown: Any = None
    aliases: Mapping[str, str] | None = None

    def plain(self, value: str) -> str:
        """The value as it stands in a canonical address."""
        return (self.aliases or {}).get(value, value)

    @abstractmethod
    def strangers(self, values: Iterable[str]) -> list[str]:
        """Those that are no values of this facet."""

    @abstractmethod
    def label_of(self, value: str) -> str:
        """The value in the reader's words."""

    def where(self, values: Iterable[str]) -> Q:
        """The grants that have one of the values, for PostgreSQL."""
        asked = list(values)
        found = Q(**{f"{self.column}__in": [value for value in asked if value != UNKNOWN]})
        return found | self._nothing_known() if UNKNOWN in asked else found

    def _nothing_known(self) -> Q:
        return Q(**{f"{self.column}__isnull": True}) if self.unknown is None else Q(**{self.column: self.unknown})


@dataclass(frozen=True)
class CodeFacet(Facet):
    """A code list."""

    codes: Any = None

    @property
    def values(self) -> list[str]:
        """In the list's own order; what is not known comes last."""
        known = [code for code in self.codes.values if code and code != self.unknown]
        return known if self.unknown is False else [*known, UNKNOWN]

    def strangers(self, values: Iterable[str]) -> list[str]:
        return [value for value in values if value not in self.values]

    def label_of(self, value: str) -> str:
        return str(NOT_PROVIDED if value == UNKNOWN else self.codes(value).label)


@dataclass(frozen=True)
class RecordFacet(Facet):
    """A published record, by its public id."""

    model: Any = None

    def strangers(self, values: Iterable[str]) -> list[str]:
        asked = {value for value in values if value != UNKNOWN}
        if not asked:
            return []
        there = self.model.objects.published().filter(public_id__in=asked).values_list("public_id", flat=True)
        return sorted(asked - set(there))

    def label_of(self, value: str) -> str:
        if value == UNKNOWN:
            return str(NOT_PROVIDED)
        record = self.model.objects.published().filter(public_id=value).first()
        return self.words_for(record) if record else value

    def words_for(self, record: Model) -> str:
        """What the record is called in a list of choices."""
        if isinstance(record, Announcement):
            title = str(pick(record, "title"))
            if not record.date:
                return title
            return f"{wording.date(PartialDate.parse(record.date), current_language())} · {title}"
        return getattr(record, "acronym", "") or str(pick(record, "name"))


@dataclass(frozen=True)
class RegionFacet(Facet):
    """Where the money goes (see `places.with_region`)."""

    def strangers(self, values: Iterable[str]) -> list[str]:
        return [value for value in values if value != UNKNOWN and not re.fullmatch(r"0[1-9]|1[0-7]|QC|HQ", value)]

    def label_of(self, value: str) -> str:
        region = None if value == UNKNOWN else Region.objects.filter(code=value).first()
        return str(pick(region, "name")) if region else str(NOT_PROVIDED if value == UNKNOWN else value)


@dataclass(frozen=True)
class YearFacet(Facet):
    """The year of a grant's date."""

    def strangers(self, values: Iterable[str]) -> list[str]:
        return [value for value in values if value != UNKNOWN and not re.fullmatch(YEAR, value)]

    def label_of(self, value: str) -> str:
        return str(NOT_PROVIDED) if value == UNKNOWN else value

    def where(self, values: Iterable[str]) -> Q:
        found = Q(pk__in=[])
        for value in values:
            found |= self._nothing_known() if value == UNKNOWN else self.span(value)
        return found

    def span(self, value: str) -> Q:
        """The grants of one such year."""
        return Q(**{f"{self.column}__startswith": value})


@dataclass(frozen=True)
class FiscalYearFacet(YearFacet):
    """April to March, as Québec counts. A date known by its year alone is in no known fiscal year."""

    def strangers(self, values: Iterable[str]) -> list[str]:
        return [value for value in values if value != UNKNOWN and not self._is_one(value)]

    @staticmethod
    def _is_one(value: str) -> bool:
        found = re.fullmatch(rf"({YEAR})-({YEAR})", value)
        return found is not None and int(found[2]) == int(found[1]) + 1

    def span(self, value: str) -> Q:
        first, last = value.split("-")
        # ISO text: « 2022 » alone comes before « 2022-04 » and must not count.
        within = Q(**{f"{self.column}__gte": f"{first}-04", f"{self.column}__lt": f"{last}-04"})
        return within & ~Q(**{self.column: last})

    def _nothing_known(self) -> Q:
        return Q(**{f"{self.column}__isnull": True}) | Q(**{f"{self.column}__regex": r"^[0-9]{4}$"})


FOREIGN = "foreign"
# Canadian dollars: the value in an address, from, and below what.
BANDS: dict[str, tuple[Decimal | None, Decimal | None]] = {
    "lt10k": (None, Decimal(10_000)),
    "10k-50k": (Decimal(10_000), Decimal(50_000)),
    "50k-100k": (Decimal(50_000), Decimal(100_000)),
    "100k-500k": (Decimal(100_000), Decimal(500_000)),
    "500k-1m": (Decimal(500_000), Decimal(1_000_000)),
    "1m-10m": (Decimal(1_000_000), Decimal(10_000_000)),
    "gte10m": (Decimal(10_000_000), None),
}


@dataclass(frozen=True)
class BandFacet(Facet):
    """How large the amount is; amounts in other currencies are a band of their own."""

    values = (*BANDS, FOREIGN, UNKNOWN)

    def strangers(self, values: Iterable[str]) -> list[str]:
        return [value for value in values if value not in self.values]

    def label_of(self, value: str) -> str:
        if value == UNKNOWN:
            return str(NOT_PROVIDED)
        if value == FOREIGN:
            return _("in another currency")
        low, high = BANDS[value]
        language = current_language()
        words = {
            "low": "" if low is None else wording.money(low, language),
            "high": "" if high is None else wording.money(high, language),
        }
        if low is None:
            return _("less than %(high)s") % words
        if high is None:
            return _("%(low)s or more") % words
        return _("%(low)s to under %(high)s") % words

    def where(self, values: Iterable[str]) -> Q:
        found = Q(pk__in=[])
        for value in values:
            found |= self._within(value)
        return found

    def _within(self, value: str) -> Q:
        if value == UNKNOWN:
            return self._nothing_known()
        if value == FOREIGN:
            return Q(**{f"{self.column}__isnull": False}) & ~Q(currency="CAD")
        low, high = BANDS[value]
        found = Q(currency="CAD", **{f"{self.column}__isnull": False})
        if low is not None:
            found &= Q(**{f"{self.column}__gte": low})
        if high is not None:
            found &= Q(**{f"{self.column}__lt": high})
        return found


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        RecordFacet("programme", gettext_lazy("Programme"), "programme__public_id", model=Programme),
        RecordFacet("announcement", gettext_lazy("Announcement"), "announcement__public_id", model=Announcement),
        YearFacet("year", gettext_lazy("Year"), "date"),
        FiscalYearFacet("fiscal", gettext_lazy("Fiscal year"), "date"),
        RegionFacet("region", gettext_lazy("Region"), "region_code"),
        CodeFacet("kind", gettext_lazy("Kind of recipient"), "recipient_kind", "", codes=c.OrganisationKind),
        CodeFacet("instrument", gettext_lazy("Instrument"), "instrument", "", codes=c.Instrument),
        CodeFacet(
            "status",
            gettext_lazy("Status"),
            "status",
            c.GrantStatus.UNKNOWN.value,
            {c.GrantStatus.UNKNOWN.value: UNKNOWN},
            codes=c.GrantStatus,
        ),
        BandFacet("band", pgettext_lazy("facet", "Amount"), "amount"),
    )
}
