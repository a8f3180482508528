"""Rows as a file that is sent while it is made: CSV, XLSX, ODS, JSON, JSON lines, or a data package."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.urls import reverse

from grants.bilingual import current_language

from .about import LICENCE, About
from .cells import Annexes, no_annexes
from .dictionary import described
from .packages import stream_package
from .public_columns import Sheet
from .tables import Rows
from .writers import stream_csv, stream_ods, stream_xlsx

LICENCE_LINK = f'<{LICENCE}>; rel="license"'
FORMATS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "zip": "application/zip",
}


def download(sheet: Sheet, records: QuerySet, ending: str, address: str, question: Mapping[str, Any]) -> Any:
    """The records as a file to save. `ending` is a key of FORMATS.

    `address` is that of the page which shows the same, and `question` what it is asked: the file tells both.
    """
    language = current_language()
    about = About(str(sheet.title), str(sheet.word), address, question, language)
    return as_file(sheet.table(records, language), ending, about)


def as_file(table: Rows, ending: str, about: About) -> StreamingHttpResponse:
    """The rows as a file to save, with all that makes them understood. `ending` is a key of FORMATS."""
    if ending == "json":
        content = json_document(table, about.metadata())
    elif ending == "zip":
        content = stream_package(table, about)
    else:
        annexes = partial(about.annexes, table.columns)
        content = pieces(table, ending, title=about.title, language=about.language, annexes=annexes)
    return explained(sending(content, ending, about.file_name(ending)))


def pieces(table: Rows, ending: str, *, title: str, language: str, annexes: Annexes = no_annexes) -> Iterator[bytes]:
    """The bytes of a file; `ending` is csv, xlsx, ods or jsonl. `annexes` are for workbooks."""
    if ending == "csv":
        return stream_csv(table.columns, table.csv())
    if ending == "jsonl":
        return (b"\n".join(records) + b"\n" for records in table.json() if records)
    stream = {"xlsx": stream_xlsx, "ods": stream_ods}[ending]
    return stream(table.columns, table.rows(), title=title, language=language, annexes=annexes)


def json_document(table: Rows, metadata: Mapping[str, Any]) -> Iterator[bytes]:
    """``{"metadata": {…}, "records": [{…}, …]}``; amounts are JSON numbers with all their digits.

    The metadata explains the columns and counts the records.
    """
    with table.one_state():
        told = {**metadata, "count": table.count(), "columns": described(table.columns)}
        yield f'{{"metadata": {json.dumps(told, ensure_ascii=False)},\n"records": ['.encode()
        yield from json_array(table)
    yield b"\n]}\n"


def json_array(table: Rows) -> Iterator[bytes]:
    """The rows, one a line, between the brackets of an array."""
    mark = b"\n"
    for records in table.json():
        if records:
            yield mark + b",\n".join(records)
            mark = b",\n"


def sending(content: Iterator[bytes], ending: str, name: str) -> StreamingHttpResponse:
    """The answer that makes a browser save a file of one of our FORMATS under that name."""
    return saved_as(content, FORMATS[ending], name)


def saved_as(content: Iterator[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    """The answer that makes a browser save the file under that name."""
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def explained(response: StreamingHttpResponse) -> StreamingHttpResponse:
    """The same answer, with links to the licence and to the dictionary of columns for formats that cannot hold them."""
    dictionary = settings.SITE_URL.rstrip("/") + reverse("public:dictionary")
    response["Link"] = f'{LICENCE_LINK}, <{dictionary}>; rel="describedby"; type="text/csv"'
    return response
