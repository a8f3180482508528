"""Rows of grants, worded once for every page that lists some: two queries and one loop, whatever the number."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.bilingual import ENGLISH, FRENCH, current_language
from grants.models import GrantProject, Project
from grants.models.codes import GrantStatus
from grants.values import wording

COLUMNS = (
    "pk",
    "public_id",
    "recipient__is_natural_person",
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


def rows_of(grants: QuerySet, keys: Sequence[int] | None = None) -> list[GrantRow]:
    """The rows of `grants`, in their order or that of `keys`: two queries."""
    if keys is not None:
        grants = grants.filter(pk__in=keys).order_by()
    found = [dict(zip(COLUMNS, values, strict=True)) for values in grants.values_list(*COLUMNS)]
    if keys is not None:
        place = {key: number for number, key in enumerate(keys)}
        found.sort(key=lambda grant: place[grant["pk"]])
    return [*_Worder(_projects_of(grant["pk"] for grant in found)).rows(found)] if found else []


def _projects_of(keys: Iterable[int]) -> dict[int, list[Piece]]:
    """The titles of the published projects of each grant, in the order they were entered."""
    language = current_language()
    links = GrantProject.objects.filter(grant__in=list(keys), project__in=Project.objects.published())
    titles: dict[int, list[Piece]] = {}
    for key, *both in links.order_by("project").values_list("grant", "project__title_fr", "project__title_en"):
        titles.setdefault(key, []).append(_picked(*both, language))
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
        self.dates: dict[Any, str] = {}
        # The same page for every grant but for its name: working each address out would cost more than all the rest.
        self.before, _name, self.after = reverse("public:grant-detail", args=["_"]).rpartition("_")

    def rows(self, found: list[dict[str, Any]]) -> Iterable[GrantRow]:
        return map(self._row, found)

    def _row(self, grant: dict[str, Any]) -> GrantRow:
        private = grant["recipient__is_natural_person"]
        projects = self.projects.get(grant["pk"], [])
        name = _picked(grant["recipient__name_fr"], grant["recipient__name_en"], self.language)
        return GrantRow(
            pk=grant["pk"],
            href=f"{self.before}{grant['public_id']}{self.after}",
            recipient=_marked([Piece(self.person) if private else name]),
            purpose=self.unknown if private else self._purpose(grant, projects),
            projects=0 if private else len(projects),
            region=self._region(grant),
            day=str(grant["date"] or ""),
            date=self._date(grant["date"]),
            status=self.statuses.get(grant["status"], grant["status"]),
            amount="" if grant["amount"] is None else wording.money(grant["amount"], self.language, grant["currency"]),
        )

    def _purpose(self, grant: dict[str, Any], projects: list[Piece]) -> SafeString:
        """What it is for: its projects, or its own title, or that no source names one."""
        title = _picked(grant["title_fr"], grant["title_en"], self.language)
        pieces = projects or ([title] if title.text else [])
        return _marked(pieces) if pieces else self.unnamed

    def _region(self, grant: dict[str, Any]) -> SafeString:
        """The region that benefits, or else the recipient's; never that of a natural person."""
        own = "" if grant["recipient__is_natural_person"] else "recipient__region__name"
        for names in ("benefit_region__name", own):
            if names and grant[f"{names}_fr"]:
                return _marked([_picked(grant[f"{names}_fr"], grant[f"{names}_en"], self.language)])
        return self.unknown

    def _date(self, day: Any) -> str:
        if not day:
            return ""
        if day not in self.dates:
            self.dates[day] = wording.date(day, self.language)
        return self.dates[day]


def _marked(pieces: Iterable[Piece]) -> SafeString:
    """Texts one after the other, each marked with its language where that is not the page's."""
    made = (
        f'<span lang="{piece.language}">{html.escape(piece.text)}</span>' if piece.language else html.escape(piece.text)
        for piece in pieces
    )
    return mark_safe("; ".join(made))  # noqa: S308 (each text is escaped above)
