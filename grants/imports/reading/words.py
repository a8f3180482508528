"""The reader's words: its doubts, and why a line is no data or is damaged, by code."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DOUBTS: dict[str, Any] = {
    "other_sheets": _("Only this sheet is read. Other sheets hold cells too: %(names)s."),
    "hidden_sheet": _("This sheet is hidden. It is read because no visible one holds rows."),
    "same_data": _("The sheet “%(name)s” holds the same rows; it is not read."),
    "error": _("This cell holds an error value, which is read as blank."),
    "formula": _("This cell holds a formula saved without its result, which is read as blank."),
    "no_rows": _("This sheet has titles but no row below them."),
    "untitled": _("This column has values but no title; it is called by its letter."),
    "encodings": _("The lines of this file are not all in the same encoding (lines concerned: %(count)s)."),
    "shifted": _(
        "Rows of this file have more cells than titles: the character that separates the cells also stands inside "
        "them. They are put back where only one way fits, refused elsewhere."
    ),
    "quotes": _("Rows of this file stand wholly between quotation marks; they are cut again."),
    "destroyed": _(
        "A spreadsheet program has shortened these identifiers: digits are lost. "
        "They are not used to recognise anybody."
    ),
    "first_days": _(
        "Every date of this column is the first day of a month (rows concerned: %(count)s). "
        "If only the month is known, write it as text, such as 2021-03."
    ),
    "swapped_days": _(
        "This column mixes true dates with texts whose day is above 12: a spreadsheet program has probably taken the "
        "day for the month in the others."
    ),
}
REASONS: dict[str, Any] = {
    "total": _("This row is a total."),
    "sum": _("This row only holds the sum of the rows above it."),
    "section": _("This row is the title of a section."),
    "header": _("This row repeats the titles of the columns."),
    "note": _("This row is a note."),
    "superseded": _("A later amendment of the same agreement stands in another row."),
    "prefilled": _("This row only holds what the template fills in beforehand."),
    "shifted": _("The cells of this row had shifted and were put back under their titles."),
    "quote": _("The quotation marks of this row break the rules; it was cut where they let it be."),
    "invisible": _("Invisible characters were taken out of this row."),
}
FAULTS: dict[str, Any] = {
    "more": _(
        "This row has more cells (%(cells)s) than there are titles (%(titles)s). "
        "A cell that contains “%(delimiter)s” must be put between quotation marks."
    ),
    "fewer": _(
        "This row has fewer cells (%(cells)s) than there are titles (%(titles)s), and they do not fit the titles."
    ),
    "misfit": _("The cells of this row have shifted: they do not fit their titles."),
    "beyond": _("This row has a cell under no title, in column %(letter)s."),
    "quote": _('A quotation mark (") inside a cell must be doubled, and the whole cell put between quotation marks.'),
    "long": _('This row cannot be read: a cell is too long, probably because a quotation mark (") is never closed.'),
    "control": _("This cell contains the control character %(code)s at position %(position)s."),
    "lost": _("A character of this cell is lost (“�”). Save the file again as UTF-8, or type it anew."),
    "characters": _("This cell has %(found)s characters; %(most)s at most are accepted."),
}
