"""What a file says of itself: what it is, whose, under which licence, for which question, made when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from .cells import Annex, Column
from .dictionary import dictionary_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class About:
    """`word` begins the file's name; `address` is that of the page which shows the same, `question` what it is asked.

    `language` is the reader's. What is asked for while the file is sent is said in it, whatever the thread's own is.
    """

    title: str
    word: str
    address: str
    question: Mapping[str, Any]
    language: str
    made: datetime = field(default_factory=timezone.localtime)

    @property
    def publisher(self) -> str:
        """Who answers for the file."""
        return settings.OPERATOR_NAME or _("OTN grants registry")

    @property
    def generated(self) -> str:
        """When it was made, to the second."""
        return self.made.isoformat(timespec="seconds")

    def file_name(self, ending: str) -> str:
        """Under what name it is saved."""
        return f"{slugify(self.word)}-{self.made.date().isoformat()}.{ending}"

    def metadata(self) -> dict[str, Any]:
        """For programs."""
        return {
            "title": self.title,
            "publisher": self.publisher,
            "site": settings.SITE_URL,
            "licence": LICENCE,
            "language": self.language,
            "query": dict(self.question),
            "address": self.address,
            "generated": self.generated,
        }

    def facts(self, count: int) -> list[tuple[str, str | int]]:
        """For people: label and value; `count` is the number of rows."""
        return [
            (_("Title"), self.title),
            (_("Publisher"), self.publisher),
            (_("Address of the selection"), self.address),
            (_("Made on"), self.generated),
            (_("Number of rows"), count),
            (_("Licence"), _("Creative Commons Attribution 4.0 (CC BY 4.0): use as you like, and name the publisher.")),
            (_("Text of the licence"), LICENCE),
        ]

    def annexes(self, columns: Sequence[Column], count: int) -> list[Annex]:
        """The sheets that follow those of the rows in a workbook."""
        with override(self.language):
            titles = [Column(_("What")), Column(_("Value"), kind="any")]
            return [Annex(_("About this file"), titles, self.facts(count)), dictionary_of(columns)]

    def readme(self, columns: Sequence[Column], count: int, members: Mapping[str, str]) -> str:
        """A text for people; `members` says of each file of the package what it holds."""
        with override(self.language):
            told = [_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in self.facts(count)]
            files = [f"- {name}: {words}" for name, words in members.items()]
            fields = dictionary_of(columns)
            lines = ["- " + " · ".join(filter(None, row)) for row in fields.rows]
            blocks = [[self.title, "=" * len(self.title)], told, [_("Files"), "", *files], [fields.title, "", *lines]]
        return "\r\n\r\n".join("\r\n".join(block) for block in blocks) + "\r\n"
