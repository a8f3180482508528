"""Writes text as it flows: blanks run together, lines and paragraphs told apart, cells put in rows."""

import re

from .found import BULLET, CELL

# Spaces that no-one meant; no-break spaces are meant, since they hold numbers together.
BLANKS = re.compile("[ \t\n\r\f\v]+")
MARKED = re.compile("[•●▪◦‣·*–—-]")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Flow:
    """The lines written so far. Breaks are remembered and written before the next text, so that they never pile up."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.blank_wanted = False
        self.mark = ""

    def write(self, text: str | None) -> None:
        """Add text whose blanks mean nothing."""
        if not text:
            return
        text = BLANKS.sub(" ", text)
        if not self.line or self.line[-1].endswith((" ", "\t")):
            text = text.lstrip(" ")
        if text:
            self._begin(text)
            self.line.append(text)

    def tab(self) -> None:
        """A tab inside a line, which may stand between columns; not the one that begins a line or follows a bullet."""
        if self.line and self.line[-1] != BULLET:
            self.line.append("\t")

    def write_lines(self, text: str | None) -> None:
        """Add text whose line breaks mean something."""
        for number, line in enumerate((text or "").splitlines()):
            if number and not line.strip():
                self.end_paragraph()
            elif number:
                self.end_line()
            self.write(line)

    def end_line(self) -> None:
        """What follows stands on a line of its own."""
        if self.line:
            self.lines.append("".join(self.line).rstrip(" \t"))
            self.line = []

    def end_paragraph(self) -> None:
        """What follows stands after a blank line."""
        self.end_line()
        self.blank_wanted = True

    def start_item(self) -> None:
        """What follows is an item of a list."""
        self.end_line()
        if self.lines and self.lines[-1].startswith(BULLET):
            self.blank_wanted = False
        self.mark = BULLET

    def end_item(self) -> None:
        """The item ends, were it empty."""
        self.end_line()
        self.mark = ""

    def write_row(self, cells: list[str]) -> None:
        """One line with the cells of a row; nothing where all of them are blank."""
        if any(cells):
            self.end_line()
            row = CELL.join(cells).rstrip(" |")
            self._begin(row)
            self.line.append(row)
            self.end_line()

    def text(self) -> str:
        """All that was written."""
        self.end_line()
        return "\n".join(self.lines)

    def cell(self) -> str:
        """All that was written, on one line."""
        return " ".join(line for line in self.text().split("\n") if line)

    def _begin(self, text: str) -> None:
        if self.line:
            return
        if self.blank_wanted and self.lines:
            self.lines.append("")
        self.blank_wanted = False
        if self.mark and not MARKED.match(text):
            self.line.append(self.mark)
        self.mark = ""


def raised(text: str) -> str:
    """Small raised figures, so that the mark of a note never becomes the last figure of an amount."""
    return text.translate(RAISED) if text.strip().isdigit() else text
