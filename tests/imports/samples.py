"""Sheets made on the spot, sound ones and flawed ones."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

import pytest
from django.utils.translation import override

from grants.imports.reading import SheetError, read_sheet

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'

FRENCH = "Bénéficiaire;Montant;Région\nCoopérative du Témis;12 500,00;Bas-Saint-Laurent\n"
FRENCH += "Maison de l’œuvre « Élan »;3 000,50;Île-de-Montréal\n"


def archive(members: dict[str, bytes | str]) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def xlsx(*sheets: str, prologue: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook whose sheets « Feuil1 », « Feuil2 »… hold this XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="Feuil{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}/main" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }
    for n, sheet in zip(numbers, sheets, strict=True):
        members[f"xl/worksheets/sheet{n}.xml"] = f'{_XML}{prologue}<worksheet xmlns="{_MAIN}/main">{sheet}</worksheet>'
    return archive(members | (more or {}))


def cells(rows: Iterable[Iterable[str | int | float | None]], first: int = 1) -> str:
    """The sheet's XML for these rows, the first of which has the number ``first``."""
    written = "".join(f'<row r="{n}">{"".join(map(cell, row))}</row>' for n, row in enumerate(rows, first))
    return f"<sheetData>{written}</sheetData>"


def cell(value: str | int | float | None) -> str:
    """One cell, placed after the one before it."""
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value!r}</v></c>"


def refusal(content: bytes, name: str = "aides.csv", **options: object) -> str:
    """The French sentences with which a file is refused, one a line, their no-break spaces made plain."""
    with pytest.raises(SheetError) as caught:
        read_sheet(content, name, **options)
    with override("fr"):
        return "\n".join(caught.value.sentences()).replace("\xa0", " ")
