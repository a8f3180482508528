"""Rows of grants, worded once for every page that lists some: two queries and one loop, whatever the number."""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.bilingual import ENGLISH, FRENCH, current_language
from grants.models import Grant, GrantProject, Project
from grants.models.codes import GrantStatus
from grants.search.marking import mark
from grants.values import wording
from grants.values.partial_dates import PartialDate

from .compiled import CompiledQuery

PRIVATE = "recipient__is_natural_person"
COLUMNS = (
    "pk",
    "public_id",
    PRIVATE,
    "recipient__name_fr",
    "recipient__name_en",
    "title_fr",
    "title_en",
    "benefit_region__name_fr",
    "benefit_region__name_en",
    "recipient__region__name_fr",
    "recipient__region__name_en",
    "date",
    "status",
    "amount",
    "currency",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a row, and the language it is in where that is not the page's."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as tables show it. Markup is made and escaped already; what nobody knows is empty."""

    pk: int
    href: str
    recipient: SafeString
    purpose: SafeString
    projects: int
    region: SafeString
    day: str
    date: str
    status: str
    amount: str


GRANTS = CompiledQuery(lambda keys: Grant.objects.published().filter(pk__in=keys).order_by().values_list(*COLUMNS))
PROJECTS = CompiledQuery(
    lambda keys: (
        GrantProject.objects.filter(grant__in=keys, project__in=Project.objects.published())
        .order_by("project")
        .values_list("grant", "project__title_fr", "project__title_en")
    )
)


def rows_of(keys: Sequence[int], words: str = "") -> list[GrantRow]:
    """The rows of the published grants among these, in this order: two queries.

    `words` were searched for: they are marked in names and titles, which takes one query more.
    """
    there = {grant[0]: dict(zip(COLUMNS, grant, strict=True)) for grant in GRANTS.rows(keys)} if keys else {}
    found = [there[key] for key in keys if key in there]
    if not found:
        return []
    worder = _Worder(_projects_of(keys))
    if words:
        worder.mark(found, words)
    return [worder.row(grant) for grant in found]


def _projects_of(keys: Sequence[int]) -> dict[int, list[Piece]]:
    """The titles of the published projects of each grant, in the order they were entered."""
    language = current_language()
    titles: dict[int, list[Piece]] = {}
    for key, french, english in PROJECTS.rows(keys):
        titles.setdefault(key, []).append(_picked(french, english, language))
    return titles


def _picked(french: str | None, english: str | None, language: str) -> Piece:
    """As `bilingual.pick` does."""
    wanted, other = (english, french) if language == ENGLISH else (french, english)
    if wanted or not other:
        return Piece(wanted or "")
    return Piece(other, FRENCH if language == ENGLISH else ENGLISH)


class _Worder:
    """Words what rows repeat once a page."""

    def __init__(self, projects: dict[int, list[Piece]]):
        self.projects = projects
        self.language = current_language()
        self.person = pgettext("recipient", "Individual")
        self.unknown = mark_safe(f'<span class="muted">{html.escape(_("not provided"))}</span>')  # noqa: S308 (escaped)
        self.unnamed = mark_safe(f'<span class="muted">{html.escape(_("Project not named"))}</span>')  # noqa: S308
        self.statuses = {code: str(label) for code, label in GrantStatus.choices}
        self.dates: dict[str, str] = {}
        self.marks: dict[str, SafeString] = {}
        # The same page for every grant but for its name: working each address out would cost more than all the rest.
        self.before, _name, self.after = reverse("public:grant-detail", args=["_"]).rpartition("_")

    def mark(self, found: list[dict[str, Any]], words: str) -> None:
        """Mark `words` in the names and titles of these grants."""
        texts = {piece.text for grant in found for piece in (self._name(grant), *self._pieces(grant))}
        self.marks = dict(zip(texts, mark([*texts], words), strict=True))

    def row(self, grant: dict[str, Any]) -> GrantRow:
        """A grant in the words of its page."""
        pieces = self._pieces(grant)
        return GrantRow(
            pk=grant["pk"],
            href=f"{self.before}{grant['public_id']}{self.after}",
            recipient=self._shown([self._name(grant)]),
            purpose=self._shown(pieces) if pieces else self._no_purpose(grant),
            projects=0 if grant[PRIVATE] else len(self.projects.get(grant["pk"], ())),
            region=self._region(grant),
            day=grant["date"] or "",
            date=self._date(grant["date"]),
            status=self.statuses.get(grant["status"], grant["status"]),
            amount="" if grant["amount"] is None else wording.money(grant["amount"], self.language, grant["currency"]),
        )

    def _name(self, grant: dict[str, Any]) -> Piece:
        if grant[PRIVATE]:
            return Piece(self.person)
        return _picked(grant["recipient__name_fr"], grant["recipient__name_en"], self.language)

    def _pieces(self, grant: dict[str, Any]) -> list[Piece]:
        """What it is for: its projects, or else its own title; of a natural person nothing."""
        if grant[PRIVATE]:
            return []
        title = _picked(grant["title_fr"], grant["title_en"], self.language)
        return self.projects.get(grant["pk"]) or ([title] if title.text else [])

    def _no_purpose(self, grant: dict[str, Any]) -> SafeString:
        return self.unknown if grant[PRIVATE] else self.unnamed

    def _region(self, grant: dict[str, Any]) -> SafeString:
        """The region that benefits, or else the recipient's; never that of a natural person."""
        own = "" if grant[PRIVATE] else "recipient__region__name"
        for names in ("benefit_region__name", own):
            if names and grant[f"{names}_fr"]:
                return _in_languages([_picked(grant[f"{names}_fr"], grant[f"{names}_en"], self.language)])
        return self.unknown

    def _shown(self, pieces: Iterable[Piece]) -> SafeString:
        return _in_languages(pieces, self.marks.__getitem__ if self.marks else html.escape)

    def _date(self, day: str | None) -> str:
        if not day:
            return ""
        if day not in self.dates:
            self.dates[day] = wording.date(PartialDate.parse(day), self.language)
        return self.dates[day]


def _in_languages(pieces: Iterable[Piece], shown: Callable[[str], str] = html.escape) -> SafeString:
    """Texts one after the other as `shown` writes them, each marked with its language where that is not the page's."""
    made = (
        f'<span lang="{piece.language}">{shown(piece.text)}</span>' if piece.language else shown(piece.text)
        for piece in pieces
    )
    return mark_safe("; ".join(made))  # noqa: S308 (escaped by `shown`)
