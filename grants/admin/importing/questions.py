"""The questions that a file leaves open, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.imports.nouns import Mapping, NounSheet
from grants.imports.reading import Question, Understanding
from grants.models import Import

SENTENCES: dict[str, str | Promise] = {
    "date_order": gettext_lazy("Do the dates of “%(column)s” begin with the day or with the month?"),
    "number_style": gettext_lazy("In the numbers of “%(column)s”, is the decimal mark a comma or a point?"),
    "currency": gettext_lazy("In which currency are the amounts?"),
    "sheet": gettext_lazy("Which sheet is to be read?"),
    "header": gettext_lazy("Which row holds the titles?"),
    "two_titles": gettext_lazy("Several columns could be “%(column)s”. Which one is read?"),
    "repeated_title": gettext_lazy("The title “%(column)s” is there twice. Which column is read?"),
}
OPTIONS: dict[str, str | Promise] = {
    "dmy": pgettext_lazy("date order", "the day: 04/03/2022 is 4 March"),
    "mdy": pgettext_lazy("date order", "the month: 04/03/2022 is April 3"),
    "ymd": pgettext_lazy("date order", "the year"),
    "comma": pgettext_lazy("decimal mark", "a comma: 1,250 is one and a quarter"),
    "point": pgettext_lazy("decimal mark", "a point: 1,250 is one thousand two hundred and fifty"),
    "reference": gettext_lazy("by its reference"),
    "content": gettext_lazy("by its content: recipient, amount, date, programme"),
}


def questions_of(batch: Import) -> list[Question]:
    """All that the file of an import leaves open: how it is read, which title says which column."""
    if not batch.understanding:
        return []
    found = list(Understanding.from_json(batch.understanding).questions)
    if mapping := batch.report.get("mapping"):
        found += Mapping.from_json(mapping).questions
    return found


def missing_of(batch: Import) -> list[str]:
    """The columns that a new record needs and that no title says."""
    return list(batch.report.get("mapping", {}).get("missing", []))


def head_of(batch: Import) -> list[tuple[int, list[str]]]:
    """The first lines of the sheet, each with its own number, as far as the reader kept them."""
    return [(number, cells) for number, cells in batch.understanding.get("head", [])]


def key_of(question: Question) -> str:
    """Under which key its answer is kept among the wishes of an import."""
    return f"{question.code}:{question.column}" if question.column else question.code


def sentence(question: Question, sheet: NounSheet) -> str:
    """The question itself; `sheet` has the label of the column that it may be about."""
    words = SENTENCES.get(question.code)
    column = sheet.by_name.get(question.column) if question.code == "two_titles" else None
    label = str(column.label) if column else question.column
    if words is None:
        return _("To be decided: %(what)s") % {"what": f"{question.code} {question.column}".strip()}
    return str(words) % {"column": label}


def option_label(question: Question, option: str) -> str | Promise:
    """One of its options."""
    return OPTIONS.get(option, option)
