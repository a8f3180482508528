"""The reader's words: its doubts and the reasons why a line is no data, by code."""

from django.utils.translation import gettext_lazy as _

DOUBTS = {
    "other_sheets": _("Only this sheet is read. Other sheets hold cells too: %(names)s."),
    "error": _("This cell holds an error value, which is read as blank."),
    "formula": _("This cell holds a formula saved without its result, which is read as blank."),
    "no_rows": _("This sheet has titles but no row below them."),
}
REASONS = {
    "total": _("This row is a total."),
    "sum": _("This row only holds the sum of the rows above it."),
    "section": _("This row is the title of a section."),
    "header": _("This row repeats the titles of the columns."),
    "note": _("This row is a note."),
    "superseded": _("A later amendment of the same agreement stands in another row."),
}
