"""A table as a file that is sent while it is made: CSV, XLSX, ODS, JSON or JSON lines."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from grants.bilingual import current_language

from .columns import Sheet
from .reading import one_state
from .tables import Table
from .writers import stream_ods, stream_xlsx, write_csv

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}


def download(sheet: Sheet, records: QuerySet, ending: str, question: Mapping[str, Any]) -> StreamingHttpResponse:
    """The records as a file to save. `ending` is a key of FORMATS; `question` is told in the JSON's metadata."""
    language = current_language()
    table = sheet.table(records, language)
    name = f"{slugify(str(sheet.word))}-{timezone.localdate().isoformat()}.{ending}"
    if ending == "json":
        return sending(json_document(table, _metadata(sheet, question, language)), ending, name)
    return sending(pieces(table, ending, title=str(sheet.title), language=language), ending, name)


def pieces(table: Table, ending: str, *, title: str, language: str) -> Iterator[bytes]:
    """The bytes of a file; `ending` is csv, xlsx, ods or jsonl."""
    if ending == "csv":
        return chain(write_csv(table.columns, ()), table.csv())
    if ending == "jsonl":
        return (b"\n".join(records) + b"\n" for records in table.json())
    stream = {"xlsx": stream_xlsx, "ods": stream_ods}[ending]
    return stream(table.columns, table.rows(), title=title, language=language)


def json_document(table: Table, metadata: Mapping[str, Any]) -> Iterator[bytes]:
    """``{"metadata": {…}, "records": [{…}, …]}``; amounts are JSON numbers with all their digits.

    The metadata names the columns, with their labels, and counts the records.
    """
    columns = [{"name": column.name, "label": str(column.label), "kind": column.kind} for column in table.columns]
    with one_state(table.records.db):
        described = {**metadata, "count": table.records.order_by().count(), "columns": columns}
        yield f'{{"metadata": {json.dumps(described, ensure_ascii=False)},\n"records": ['.encode()
        mark = b"\n"
        for records in table.json():
            yield mark + b",\n".join(records)
            mark = b",\n"
    yield b"\n]}\n"


def sending(content: Iterator[bytes], ending: str, name: str) -> StreamingHttpResponse:
    """The answer that makes a browser save the file under that name."""
    response = StreamingHttpResponse(content, content_type=FORMATS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _metadata(sheet: Sheet, question: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": str(sheet.title),
        "publisher": settings.OPERATOR_NAME or _("OTN grants registry"),
        "site": settings.SITE_URL,
        "licence": LICENCE,
        "language": language,
        "query": dict(question),
        "generated": timezone.localtime().isoformat(timespec="seconds"),
    }
