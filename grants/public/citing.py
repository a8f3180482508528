"""How to quote a page of the registry: in one line, in APA style, as BibTeX, as RIS."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from grants.bilingual import ENGLISH, FRENCH, Text, current_language
from grants.values import wording
from grants.values.partial_dates import PartialDate

STYLES: dict[str, str] = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
BABEL_NAMES = {FRENCH: "french", ENGLISH: "english"}
# BibTeX counts braces even after a backslash: they need words of their own.
LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "\u00a0": "~",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def site_address(path: str = "") -> str:
    """The address of a path with the site's name."""
    return settings.SITE_URL.rstrip("/") + path


def full_address(page: str, *arguments: str) -> str:
    """The address to quote, with the site's name."""
    return site_address(reverse(f"public:{page}", args=arguments))


def publisher() -> str:
    """Who answers for what is quoted."""
    return settings.OPERATOR_NAME or _("OTN grants registry")


@dataclass(frozen=True)
class Reference:
    """What is said of a page to quote it; as a text, one line.

    `address` is the full address; `files` the path of its BibTeX and RIS files without their ending, and `question`
    what they are asked; `changed` the day of its last change, None where nobody knows it.
    """

    title: str
    address: str
    files: str = ""
    question: str = ""
    changed: datetime.date | None = None
    is_data: bool = False
    language: str = ""

    def __str__(self) -> str:
        words = {"publisher": publisher(), "title": self.title, "address": self.address, "day": _words(_today())}
        return _("%(publisher)s, “%(title)s”, %(address)s, read on %(day)s.") % words

    @property
    def apa(self) -> SafeString:
        """In the style of the American Psychological Association, seventh edition, as HTML."""
        words = {
            "publisher": publisher(),
            "changed": _year_first(self.changed) if self.changed else _("n.d."),
            "title": format_html("<i>{}</i>", self.title),
            "what": format_html(" [{}]", _("Data set")) if self.is_data else "",
            "day": _words(_today()),
            "address": self.address,
        }
        return format_html(_("{publisher}. ({changed}). {title}{what}. Retrieved {day}, from {address}"), **words)

    @property
    def bibtex(self) -> str:
        """As BibTeX and biblatex read it."""
        fields = {
            "author": f"{{{latex(publisher())}}}",
            "title": f"{{{latex(self.title)}}}",
            "year": str(self.changed.year) if self.changed else "",
            "date": self.changed.isoformat() if self.changed else "",
            "howpublished": latex(_("Data set")) if self.is_data else "",
            "url": self.address,
            "urldate": _today().isoformat(),
            "langid": BABEL_NAMES[self.language or current_language()],
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self._key},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """As reference managers exchange it: one field a line."""
        fields = [
            ("TY", "DATA" if self.is_data else "ELEC"),
            ("TI", self.title),
            ("AU", publisher().replace("*", "")),  # the format forbids an asterisk in names
            ("PB", publisher()),
            ("PY", str(self.changed.year) if self.changed else ""),
            ("DA", f"{self.changed:%Y/%m/%d}" if self.changed else ""),
            ("Y2", f"{_today():%Y/%m/%d}"),
            ("UR", self.address),
            ("LA", self.language or current_language()),
        ]
        lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
        return "\r\n".join([*lines, "ER  - ", ""])

    @property
    def bib_address(self) -> str:
        """Where its BibTeX is."""
        return self._file("bib")

    @property
    def ris_address(self) -> str:
        """Where its RIS is."""
        return self._file("ris")

    def _file(self, style: str) -> str:
        return f"{self.files}.{style}" + (f"?{self.question}" if self.question else "") if self.files else ""

    @property
    def _key(self) -> str:
        """Short and stable: the same page has the same key for ever."""
        place = self.address.partition("//")[2].partition("/")[2]
        told = slugify(place.partition("?")[0].replace("/", "-"))
        asked = blake2s(self.question.encode(), digest_size=4).hexdigest() if self.question else ""
        return "-".join(filter(None, ["otn", told, asked]))

    def as_file(self, style: str) -> HttpResponse:
        """The reference as a file to save; `style` is a key of STYLES."""
        text = {"bib": self.bibtex, "ris": self.ris}[style]
        response = HttpResponse(text, content_type=STYLES[style])
        response["Content-Disposition"] = f'attachment; filename="{self._key}.{style}"'
        response["X-Robots-Tag"] = "noindex"
        return response


def reference_to(record: object, heading: Text, page: str) -> Reference:
    """How to quote the page of a record; `page` is the noun in the names of addresses."""
    path = reverse(f"public:{page}-detail", args=[record.public_id])
    return Reference(
        title=str(heading),
        address=site_address(path),
        files=path.rstrip("/"),
        changed=timezone.localdate(record.modified_at),
        language=heading.language,
    )


def reference_to_data(title: str, path: str, question: str = "", changed: datetime.date | None = None) -> Reference:
    """How to quote data: all of it, or the part that `question` selects, at `path`."""
    address = site_address(path) + (f"?{question}" if question else "")
    return Reference(title, address, path.rstrip("/"), question, changed, is_data=True)


def latex(text: str) -> str:
    """A text as LaTeX sets it; what LaTeX would take for commands stands for itself."""
    return "".join(LATEX.get(letter, letter) for letter in one_line(text))


def one_line(text: str) -> str:
    """Without line ends and control characters, which would begin another field."""
    return NOT_IN_A_LINE.sub(" ", text).strip()


def _today() -> datetime.date:
    return timezone.localdate()


def _words(day: datetime.date) -> str:
    return wording.date(PartialDate.parse(day), current_language())


def _year_first(day: datetime.date) -> str:
    """« 2022, 20 avril », "2022, April 20"."""
    return f"{day.year}, {_words(day)[:-4].rstrip(', ')}"
