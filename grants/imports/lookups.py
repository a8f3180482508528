"""Finding the record that a cell names: by its public id, or by its exact name, accents and case put aside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from grants.models import (
    Announcement,
    Grant,
    Organisation,
    OrganisationName,
    Programme,
    Project,
    Region,
    Source,
)
from grants.values.folding import fold, organisation_key

CANDIDATES_SHOWN = 5
NEAR = 85

# The fields by which a record may be named; the first is the one shown beside its public id.
NAMES: dict[type[models.Model], tuple[str, ...]] = {
    Announcement: ("title_fr", "title_en"),
    Grant: ("reference",),
    Organisation: ("name_fr", "name_en"),
    Programme: ("name_fr", "name_en", "acronym"),
    Project: ("title_fr", "title_en"),
    Region: ("name_fr", "name_en"),
    Source: ("title", "url"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A record as the index of names knows it. `usable`: not merged into another."""

    key: str
    name: str
    usable: bool = True

    def __str__(self) -> str:
        return f"{self.key} ({self.name})"


class Lookup:
    """Finds the records of one model; reads all names once, when the first name is asked for."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.key_field = "code" if model is Region else "public_id"
        self.main_name = NAMES[model][0]
        self.fold: Callable[[str], str] = organisation_key if model is Organisation else fold
        self._records: dict[str, models.Model | None] = {}
        self._index: dict[str, dict[str, Named]] | None = None

    def find(self, text: str) -> models.Model:
        """The record called `text`. Raises ValidationError where there is none, or several."""
        record = self.by_key(text)
        if record is None and (key := self.key_of_name(text)):
            record = self.by_key(key)
        if record is None:
            raise self._nothing(text)
        return record

    def by_key(self, key: str) -> models.Model | None:
        """The record of this public id (or region's code)."""
        if self.model is Region and key.isdigit():
            key = key.zfill(2)  # spreadsheets turn 01 into 1
        if key not in self._records:
            self._records[key] = self.model._default_manager.filter(**{self.key_field: key}).first()
        return self._records[key]

    def key_of_name(self, name: str) -> str:
        """The public id of the one record of this name, "" where there is none. Raises ValidationError for several."""
        hits = {key: named for key, named in self.called(name).items() if named.usable}
        if len(hits) > 1:
            shown = [str(named) for named in hits.values()][:CANDIDATES_SHOWN]
            message = _("“%(value)s” may be several %(nouns)s: %(candidates)s. Write the public id instead.")
            params = self._params(name) | {"candidates": ", ".join(shown)}
            raise ValidationError(message, code="ambiguous", params=params)
        return next(iter(hits), "")

    def called(self, name: str) -> dict[str, Named]:
        """All the records of this name, by public id, merged ones with them."""
        folded = self.fold(name)
        return self.index.get(folded, {}) if folded else {}

    @property
    def index(self) -> dict[str, dict[str, Named]]:
        """Folded names, and the records that have them."""
        if self._index is None:
            self._index = {}
            for name, named in self._all_names():
                if folded := self.fold(name):
                    self._index.setdefault(folded, {})[named.key] = named
        return self._index

    def _all_names(self) -> Any:
        fields = NAMES[self.model]
        more = ["merged_into"] if self.model is Organisation else []
        named_by_pk = {}
        for pk, key, *values in self.model._default_manager.values_list("pk", self.key_field, *fields, *more):
            usable = not (more and values[-1])
            named_by_pk[pk] = Named(key, values[0], usable)
            yield from ((name, named_by_pk[pk]) for name in values[: len(fields)] if name)
        if self.model is Organisation:
            for pk, name in OrganisationName.objects.values_list("organisation", "name"):
                yield name, named_by_pk[pk]

    def _nothing(self, text: str) -> ValidationError:
        near = process.extractOne(self.fold(text), self.index.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        params = self._params(text)
        if near is None:
            message = _("“%(value)s” is not among the %(nouns)s. Create it, or import the %(nouns)s first.")
            return ValidationError(message, code="unknown", params=params)
        params["nearest"] = str(next(iter(self.index[near[0]].values())))
        message = _(
            "“%(value)s” is not among the %(nouns)s; the nearest is %(nearest)s. "
            "Correct it, create it, or import the %(nouns)s first."
        )
        return ValidationError(message, code="unknown", params=params)

    def _params(self, text: str) -> dict[str, Any]:
        return {"value": text[:80], "nouns": self.model._meta.verbose_name_plural}


class Lookups:
    """The lookups of one import, one per model."""

    def __init__(self) -> None:
        self._lookups: dict[type[models.Model], Lookup] = {}

    def of(self, model: type[models.Model]) -> Lookup:
        return self._lookups.setdefault(model, Lookup(model))
