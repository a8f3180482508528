"""The sheet of organisations, with their other names in one column."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from grants.imports.columns import ManyField, SheetField
from grants.imports.errors import SheetError
from grants.imports.steps.plan import Plan
from grants.imports.widgets import CellWidget, Code, join, split, text_of
from grants.models import Organisation
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

    def stored(self, instance: models.Model) -> list[OtherName]:
        return sorted(OtherName(name.name, name.kind) for name in instance.names.all())


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

    def more_doubts(self, plan: Plan) -> Iterator[SheetError]:
        """The registry may have a new organisation already, under the same telling words; a NEQ may be odd."""
        with connection.cursor() as cursor:
            if plan.has("name_fr"):
                cursor.execute(ALIKE.format(rows=plan.tables.rows, verdicts=plan.tables.verdicts))
                for number, name, names in cursor.fetchall():
                    message = _("The registry already has %(names)s. Write its id if it is the same.")
                    yield self.doubt(message, "name_fr", number, name, {"names": names})
            if plan.has("neq"):
                cursor.execute(f"SELECT number, neq FROM {plan.tables.rows} WHERE neq <> '' ORDER BY number")  # noqa: S608
                for number, neq in cursor.fetchall():
                    if Organisation(neq=neq).neq_is_unusual:
                        message = _("This NEQ does not start like the others (11, 22, 33 or 88): check it.")
                        yield self.doubt(message, "neq", number, neq)

    def doubt(
        self, message: Any, column: str, row: int, value: str, params: dict[str, Any] | None = None
    ) -> SheetError:
        """A doubt about one cell."""
        return SheetError(message, params=params, row=row, column=str(self.fields[column].label), value=value)


# The names that new rows give, and the organisations that have them already, by their telling words.
ALIKE = """
    SELECT s.number, s.name_fr, string_agg(DISTINCT o.public_id || ' (' || o.name_fr || ')', ', ')
    FROM {rows} s JOIN {verdicts} v USING (number)
    JOIN (
        SELECT grants_organisation_key(name_fr) AS key, id FROM grants_organisation
        UNION ALL SELECT grants_organisation_key(name_en), id FROM grants_organisation WHERE name_en <> ''
        UNION ALL SELECT grants_organisation_key(name), organisation_id FROM grants_organisationname
    ) known ON known.key = grants_organisation_key(s.name_fr) AND known.key <> ''
    JOIN grants_organisation o ON o.id = known.id
    WHERE v.verdict = 'new' GROUP BY s.number, s.name_fr ORDER BY s.number
"""
