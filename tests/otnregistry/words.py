"""Every text for people that the code and the templates hold, and where."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

from tests.otnregistry.processes import PROJECT

LAZY = {f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY, "gettext_noop": None}
ROOMS = [PROJECT / "grants", PROJECT / "otnregistry"]

Key = tuple[str, str | None]  # msgid (of a plural, its singular) and context


def used() -> dict[Key, list[str]]:
    """Each msgid that is asked for, with the places that ask."""
    places = defaultdict(list)
    for file in files("*.py", "*.html", "*.txt"):
        for line, msgid, context in messages(file):
            places[msgid, context].append(f"{file.relative_to(PROJECT)}:{line}")
    return dict(places)


def files(*patterns: str) -> Iterator[Path]:
    """The project's own files."""
    for room in ROOMS:
        for pattern in patterns:
            yield from sorted(room.rglob(pattern))


def messages(file: Path) -> Iterator[tuple[int, str, str | None]]:
    """Line, msgid and context of each text in one file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # What Django makes of a template is nearly Python; only its indentation is not.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for line, found, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        yield line, found[0] if isinstance(found, tuple) else found, context


def filled_in_too_early(file: Path) -> Iterator[str]:
    """Translation calls whose text is already filled in, so that no catalogue can know it."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in KEYWORDS and any(map(is_filled_in, node.args[:2])):
            yield f"{file.relative_to(PROJECT)}:{node.lineno}"


def name_of(function: ast.expr) -> str:
    """The last part of the name of what is called."""
    return getattr(function, "id", None) or getattr(function, "attr", "")


def is_filled_in(argument: ast.expr) -> bool:
    """An f-string, a %, or a call to format()."""
    by_format = isinstance(argument, ast.Call) and name_of(argument.func) == "format"
    by_percent = isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Mod)
    return isinstance(argument, ast.JoinedStr) or by_percent or by_format
