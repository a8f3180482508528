"""The numbered sources of a page, and the claims that refer to them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.bilingual import Text, pick
from grants.models import Citation, Figure, Source
from grants.models.codes import Nature, Scope


@dataclass
class Note:
    """One source as parts/sources.html shows it."""

    title: str
    url: str
    page: str
    publisher: str
    published: Any
    language: str
    quotes: list[str] = field(default_factory=list)


class Notes:
    """Sources in the order in which the page first refers to them."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.entries: list[Note] = []

    def number(self, source: Source, quote: str = "") -> int:
        """The number of a source on this page; `quote` is shown beneath it, once."""
        if source.pk not in self._numbers:
            self.entries.append(_note(source))
            self._numbers[source.pk] = len(self.entries)
        number = self._numbers[source.pk]
        quotes = self.entries[number - 1].quotes
        if quote and quote not in quotes:
            quotes.append(quote)
        return number

    def cite(self, citations: Iterable[Citation]) -> list[int]:
        """The numbers of the sources of a record."""
        return sorted({self.number(citation.source, citation.quote) for citation in citations})


def _note(source: Source) -> Note:
    return Note(
        title=source.title,
        url=source.url,
        page=reverse("public:source-detail", args=[source.public_id]),
        publisher=source.publisher,
        published=source.published,
        language=source.language,
    )


@dataclass(frozen=True)
class Claim:
    """A figure as a row of parts/claims.html."""

    figure: Figure
    label: str
    note: Text
    number: int


def claims_of(figures: Iterable[Figure], notes: Notes) -> list[Claim]:
    """Figures with their words and the numbers of their sources."""
    return [
        Claim(figure, measure_in_words(figure), pick(figure, "note"), notes.number(figure.source)) for figure in figures
    ]


def measure_in_words(figure: Figure) -> str:
    """« Entreprises sensibilisées (cible, cumulatif) »."""
    measure = str(figure.get_measure_display())
    words = [str(figure.get_nature_display())] if figure.nature != Nature.COMMITMENT else []
    words += [str(figure.get_scope_display())] if figure.scope == Scope.CUMULATIVE else []
    if words:
        measure = _("%(measure)s (%(details)s)") % {"measure": measure, "details": ", ".join(words)}
    return measure[:1].upper() + measure[1:]
