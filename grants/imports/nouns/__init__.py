"""The columns of each noun's sheet, stated once; how titles are taken for them; how cells become values."""

from django.db import models

from .casting import Caster
from .grants import GRANT
from .mapping import Mapping, map_titles
from .organisations import ORGANISATION
from .records import ANNOUNCEMENT, CITATION, FIGURE, IMPORT, PROGRAMME, PROJECT, REGION, SOURCE
from .sheet_columns import NounSheet, SheetColumn

SHEETS: dict[str, NounSheet] = {
    sheet.noun: sheet
    for sheet in (
        GRANT,
        ORGANISATION,
        PROGRAMME,
        ANNOUNCEMENT,
        PROJECT,
        FIGURE,
        SOURCE,
        CITATION,
        REGION,
        IMPORT,
    )
}


def noun_sheet(noun: str | type[models.Model]) -> NounSheet:
    """The sheet of a noun, by its model or machine name (`grant`). Raises KeyError where it has none."""
    return SHEETS[noun if isinstance(noun, str) else str(noun._meta.model_name)]


__all__ = ["SHEETS", "Caster", "Mapping", "NounSheet", "SheetColumn", "map_titles", "noun_sheet"]
