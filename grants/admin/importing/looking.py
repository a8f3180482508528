"""The preview: what the rows would do, before anything is written. A page costs the same for any number of rows."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.bilingual import current_language
from grants.imports.nouns import NounSheet, SheetColumn, noun_sheet
from grants.imports.reading.words import REASONS
from grants.imports.refused_rows import words_of
from grants.imports.steps import preview
from grants.models import Import
from grants.values import wording

from ..showing import show_value

ROWS_SHOWN = 50
LONGEST_SEARCH = 200
EXCLUDED = "excluded"
VERDICTS: dict[str, str | Promise] = {
    "new": pgettext_lazy("rows", "new"),
    "changed": pgettext_lazy("rows", "changed"),
    "unchanged": pgettext_lazy("rows", "unchanged"),
    "refused": pgettext_lazy("rows", "refused"),
    EXCLUDED: pgettext_lazy("rows", "no data"),
}
VERDICT: dict[str, str | Promise] = {
    "new": pgettext_lazy("row", "new"),
    "changed": pgettext_lazy("row", "changed"),
    "unchanged": pgettext_lazy("row", "unchanged"),
    "refused": pgettext_lazy("row", "refused"),
}
FLAGGED: dict[str, str | Promise] = {
    "repeated": pgettext_lazy("rows", "alike in the file"),
    "alike": pgettext_lazy("rows", "like a grant of the registry"),
    "repaired": pgettext_lazy("rows", "put back in their columns"),
}
FLAGS: dict[str, str | Promise] = {
    "repeated": gettext_lazy("same recipient, amount and date as row %(row)s: kept, as they may be two grants"),
    "first": gettext_lazy("same recipient, amount and date as other rows: kept, as they may be several grants"),
    "alike": gettext_lazy("same recipient, amount and date as %(ids)s in the registry"),
}
# What a filter of the page is called in its address.
FILTERS = ("verdict", "flagged", "problem", "column", "words")


@dataclass(frozen=True)
class Count:
    """A count of rows that leads to them."""

    name: str
    label: str | Promise
    count: int
    query: str
    is_chosen: bool


def preview_context(request: HttpRequest, batch: Import) -> dict[str, Any]:
    """What the page of the preview shows: the whole in figures, and the rows that its filters leave."""
    summary = preview.summary(batch)
    chosen = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST_SEARCH] for name in FILTERS}
    shown = _excluded(request, batch) if chosen["verdict"] == EXCLUDED else _rows(request, batch, chosen)
    return {
        "tab": "preview",
        "summary": summary,
        "counts": _counts(summary, chosen),
        "flagged": _flagged(summary, chosen),
        "problems": [
            {"group": group, "query": _query(problem=group.code, column=group.column)} for group in summary.problems
        ],
        "prevented": preview.can_apply(batch, request.user),
        "to_write": summary.new + summary.changed,
        "left_out": batch.report.get("mapping", {}).get("ignored", []),
        "open_questions": [question for question in summary.questions if not question["answer"]],
        "names_to_decide": sum(
            counts.get(how, 0) for counts in summary.names.values() for how in ("similar", "ambiguous")
        ),
        "chosen": chosen,
        "chosen_label": _label(summary, chosen),
        **shown,
    }


def _counts(summary: preview.Summary, chosen: dict[str, str]) -> list[Count]:
    counts = [summary.new, summary.changed, summary.unchanged, summary.refused, summary.excluded]
    return [
        Count(verdict, VERDICTS[verdict], count, _query(verdict=verdict), verdict == chosen["verdict"])
        for verdict, count in zip(VERDICTS, counts, strict=True)
    ]


def _flagged(summary: preview.Summary, chosen: dict[str, str]) -> list[Count]:
    counts = [summary.repeated, summary.alike, summary.repaired]
    return [
        Count(flag, FLAGGED[flag], count, _query(flagged=flag), flag == chosen["flagged"])
        for flag, count in zip(FLAGGED, counts, strict=True)
        if count
    ]


def _label(summary: preview.Summary, chosen: dict[str, str]) -> str:
    """In words, which rows are shown."""
    problem = (chosen["problem"], chosen["column"])
    if chosen["problem"]:
        return next((group.message for group in summary.problems if (group.code, group.column) == problem), "")
    return str(VERDICTS.get(chosen["verdict"], FLAGGED.get(chosen["flagged"], "")))


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(request: HttpRequest, batch: Import, chosen: dict[str, str]) -> dict[str, Any]:
    found = preview.rows(batch, **chosen, after=_after(request), limit=ROWS_SHOWN + 1)
    sheet = noun_sheet(batch.noun)
    return {"rows": [_shown(sheet, row) for row in found[:ROWS_SHOWN]], **_pages(request, found, chosen)}


def _shown(sheet: NounSheet, row: preview.PreviewRow) -> dict[str, Any]:
    """A row in words: its verdict, what is wrong with it as a whole, its cells, what should be looked at."""
    in_cells = {cell.column for cell in row.cells if cell.problem}
    of_cells = in_cells | {f"{name}_name" for name in in_cells}
    return {
        "row": row,
        "verdict": VERDICT.get(row.verdict, row.verdict),
        "url": reverse(f"admin:grants_{sheet.noun}_change", args=[row.pk]) if row.pk else "",
        "problems": [
            words_of(problem.code, problem.value, dict(problem.params), sheet.by_name.get(problem.column))
            for problem in row.problems
            if problem.column not in of_cells
        ],
        "flags": [_flag(row.number, code, params) for code, params in row.flags],
        "cells": [_cell(sheet.by_name.get(cell.column), cell) for cell in row.cells],
    }


def _flag(number: int, code: str, params: dict[str, Any]) -> str:
    """Why a row should be looked at; the first of rows alike points to no other."""
    if code == "repeated" and params.get("row") == number:
        code = "first"
    return str(FLAGS.get(code, code)) % {"row": "", "ids": "", **params}


def _cell(column: SheetColumn | None, cell: preview.CellChange) -> dict[str, Any]:
    return {
        "label": cell.label,
        "before": in_words(column, cell.before),
        "after": in_words(column, cell.after),
        "problem": cell.problem,
    }


def in_words(column: SheetColumn | None, text: str) -> str:
    """A value of the registry as its column's readers write it; what fits nothing stays as it is."""
    if column is None or not text:
        return text
    if column.kind in ("amount", "number"):
        try:
            value = Decimal(text)
        except InvalidOperation:
            return text
        # To the cent, like money, but without a sign: the currency is a column of its own.
        return wording.money(value, current_language()).strip("$\u00a0")
    if column.kind == "yesno":
        return show_value(text == "true")
    return str(dict(column.choices).get(text, text))


def _excluded(request: HttpRequest, batch: Import) -> dict[str, Any]:
    found = preview.excluded(batch, after=_after(request), limit=ROWS_SHOWN + 1)
    lines = [{"line": line, "why": REASONS.get(line.reason, line.reason)} for line in found[:ROWS_SHOWN]]
    return {"excluded": lines, **_pages(request, found, {"verdict": EXCLUDED})}


def _pages(request: HttpRequest, found: list[Any], chosen: dict[str, str]) -> dict[str, Any]:
    """The address of the rows that follow, and of the first ones: a position in the sheet, never a count of pages."""
    more = _query(**chosen, after=str(found[ROWS_SHOWN - 1].number)) if len(found) > ROWS_SHOWN else ""
    return {"more": more, "first": _query(**chosen) if _after(request) else ""}


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"?{query.urlencode()}"
