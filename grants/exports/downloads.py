"""A selection as a file that is sent while it is made: CSV, XLSX or JSON."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from grants.bilingual import current_language

from .columns import Sheet
from .writers import write_csv, write_json, write_xlsx

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


def download(sheet: Sheet, records: QuerySet, ending: str, question: Mapping[str, Any]) -> HttpResponseBase:
    """The records as a file to save. `ending` is a key of FORMATS; `question` is told in the JSON's metadata."""
    language = current_language()
    columns = [column.column() for column in sheet.columns]
    rows = sheet.rows(records, language)
    name = f"{slugify(str(sheet.word))}-{timezone.localdate().isoformat()}.{ending}"
    response: HttpResponseBase
    if ending == "xlsx":
        file = write_xlsx(columns, rows, title=str(sheet.title), language=language)
        response = FileResponse(file, content_type=FORMATS[ending])
    elif ending == "json":
        meta = _metadata(sheet, records, question, language)
        response = StreamingHttpResponse(write_json(columns, rows, meta), content_type=FORMATS[ending])
    else:
        response = StreamingHttpResponse(write_csv(columns, rows), content_type=FORMATS[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _metadata(sheet: Sheet, records: QuerySet, question: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "title": str(sheet.title),
        "publisher": settings.OPERATOR_NAME or _("OTN grants registry"),
        "site": settings.SITE_URL,
        "licence": LICENCE,
        "language": language,
        "query": dict(question),
        "generated": timezone.localtime().isoformat(timespec="seconds"),
        "count": records.order_by().count(),
    }
