"""A selection as a data package: its CSV, a description for programs and one for people, in one archive.

The description follows Frictionless' Data Package 1.0 with its table schema.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .about import LICENCE, About
from .archives import Archive
from .cells import Column
from .tables import Rows
from .writers import stream_csv

# Dates are as precise as they are known, which the schema's own type of date cannot say.
TYPES = {"money": "number", "integer": "integer", "boolean": "boolean"}


def stream_package(table: Rows, about: About) -> Iterator[bytes]:
    """The bytes of the archive."""
    file, readme = f"{slugify(about.word)}.csv", _("README.txt")
    members = {
        file: about.title,
        "datapackage.json": _("description for programs (Frictionless Data Package)"),
        readme: _("this text"),
    }
    description = json.dumps(_description(table, about, file), ensure_ascii=False, indent=2)
    return _archive(table, about, description, members)


def _archive(table: Rows, about: About, description: str, members: Mapping[str, str]) -> Iterator[bytes]:
    archive = Archive()
    rows, programs, people = members
    with table.one_state():
        yield archive.small(programs, description)
        yield from archive.streamed(rows, stream_csv(table.columns, table.csv()))
        yield archive.small(people, "\ufeff" + about.readme(table.columns, table.count(), members))
    yield archive.end()


def _description(table: Rows, about: About, file: str) -> dict[str, Any]:
    word = file.removesuffix(".csv")
    return {
        "profile": "tabular-data-package",
        "name": f"{word}-{about.made.date().isoformat()}",
        "title": about.title,
        "homepage": about.address,
        "created": about.generated,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0 International"}],
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": word,
                "title": about.title,
                "path": file,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": {
                    "fields": [_field(column) for column in table.columns],
                    "missingValues": [""],
                    **({"primaryKey": ["id"]} if table.columns[0].name == "id" else {}),
                },
            }
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    described = {
        "name": column.name,
        "title": str(column.label),
        "description": str(column.note),
        "type": TYPES.get(column.kind, "string"),
        "constraints": {"enum": [code for code, _label in column.codes]} if column.codes else None,
    }
    return {name: value for name, value in described.items() if value}
