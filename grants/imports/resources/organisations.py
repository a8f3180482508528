"""The sheet of organisations, with their other names in one column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.imports.columns import ManyField, SheetField
from grants.imports.errors import SheetError
from grants.imports.widgets import CellWidget, Code, join, split, text_of
from grants.models import Organisation, OrganisationName
from grants.models.codes import NameKind

from .base import SheetMeta, SheetResource

_WITH_KIND = re.compile(r"(?P<name>.+?)\s*\[(?P<kind>[^\[\]]+)\]", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class OtherName:
    """Another name as a cell says it; `kind` is "" where the cell says none."""

    name: str
    kind: str = ""


class OtherNames(CellWidget):
    """« A.M.V.P.Q. [sigle]; AMVPQ »: names separated by semicolons, their kind in square brackets."""

    kinds = Code(NameKind.choices)

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> list[OtherName]:
        found: dict[str, OtherName] = {}
        for part in split(text_of(value)):
            other = self._one(part)
            found.setdefault(other.name, other)
        return sorted(found.values())

    def _one(self, part: str) -> OtherName:
        match = _WITH_KIND.fullmatch(part)
        if not match:
            return OtherName(part)
        try:
            return OtherName(match["name"], self.kinds.read(match["kind"], {}))
        except ValidationError:
            return OtherName(part)

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return join(
            f"{other.name} [{self.kinds.render(other.kind)}]" if other.kind else other.name for other in value or []
        )


class OtherNamesField(ManyField):
    """The other names. A name that says no kind keeps the one it has; a new one is an alias."""

    def save(self, instance: models.Model, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any) -> None:
        kinds = {other.name: other.kind for other in self.stored(instance)} if instance.pk else {}
        names = [OtherName(other.name, other.kind or kinds.get(other.name, NameKind.ALIAS)) for other in self.read(row)]
        for other in names:
            OrganisationName(name=other.name, kind=other.kind).clean_fields(exclude=["organisation"])
        setattr(instance, self._pending, names)

    def stored(self, instance: models.Model) -> list[OtherName]:
        return sorted(OtherName(name.name, name.kind) for name in instance.names.all())

    def write(self, instance: models.Model) -> None:
        if not hasattr(instance, self._pending):
            return
        wanted = {other.name: other.kind for other in getattr(instance, self._pending)}
        instance.names.exclude(name__in=wanted).delete()
        kept = {name.name: name for name in instance.names.all()}
        for name, kind in wanted.items():
            if name not in kept:
                instance.names.create(name=name, kind=kind)
            elif kept[name].kind != kind:
                kept[name].kind = kind
                kept[name].save()


class OrganisationResource(SheetResource):
    """Organisations."""

    columns = (
        *("name_fr", "name_en", "kind", "is_nonprofit", "is_natural_person", "neq", "founded"),
        *("description_fr", "description_en", "website", "parent", "city", "region"),
        *("territory_fr", "territory_en"),
    )
    companions = ("parent", "region")

    class Meta(SheetMeta):
        model = Organisation

    def more_columns(self) -> Iterable[SheetField]:
        yield OtherNamesField("other_names", _("other names"), OtherNames(), attribute="names", empty=[])

    def find_without_key(self, row: dict[str, Any]) -> models.Model | None:
        """A NEQ tells an enterprise apart."""
        neq = text_of(row.get("neq"))
        return self.get_queryset().filter(neq=neq, merged_into=None).first() if neq else None

    def doubts_about(self, instance: models.Model) -> list[SheetError]:
        """The registry may have this organisation already, under the same telling words; the NEQ may be odd."""
        doubts = []
        alike = self.lookups.of(Organisation).called(instance.name_fr)
        if alike:
            message = _("The registry already has %(names)s. Write its id if it is the same.")
            params = {"names": ", ".join(map(str, alike.values()))}
            doubts.append(self.doubt(message, "name_fr", instance.name_fr, params))
        if instance.neq_is_unusual:
            message = _("This NEQ does not start like the others (11, 22, 33 or 88): check it.")
            doubts.append(self.doubt(message, "neq", instance.neq))
        return doubts

    def doubt(self, message: Any, column: str, value: str, params: dict[str, Any] | None = None) -> SheetError:
        """A doubt about one cell of this row."""
        label = str(self.fields[column].label)
        return SheetError(message, params=params, row=self.row_number, column=label, value=value)
