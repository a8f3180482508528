"""What people edit: the announcement, source, grants, figures and corrections that a text would give.

Amounts, values and dates are text as read or as typed (`typed.py` reads them), so that a draft can be kept while
something in it is still wrong; "" is « not given ». Records of the registry are named by their primary keys, None where
there is none. Spans count characters of the communiqué's text, as in a Reading.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from .reading.answers import Span

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Near:
    """An organisation that a name may mean: `score` of 100."""

    pk: int
    label: str
    score: int


@dataclass(slots=True)
class SourceDraft:
    """The document. `existing`: the source of the registry that it is already."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    language: str = "fr"
    kind: str = "press_release"
    published: str = ""
    retrieved: str = ""
    existing: int | None = None


@dataclass(slots=True)
class AnnouncementDraft:
    """The act of announcing. `existing`: the announcement of the registry that the text joins; the rest then waits."""

    existing: int | None = None
    programme: int | None = None
    date: str = ""
    title_fr: str = ""
    title_en: str = ""
    place: str = ""
    list_state: str = "partial"


@dataclass(slots=True)
class GrantDraft:
    """Money to one recipient. `organisation` None: it is made, under `name`. `question`: read below confidence.

    `reasons`: codes of what is doubted or special (shared, instalments, range, up_to). `others`: the names that share
    the amount. `project`: its title, or several apart by semicolons. `note`: words for the description, in the language
    of the source.
    """

    take: bool = True
    name: str = ""
    organisation: int | None = None
    acronym: str = ""
    host: str = ""
    host_organisation: int | None = None
    amount: str = ""
    currency: str = "CAD"
    instrument: str = ""
    project: str = ""
    total_project_cost: str = ""
    funder: str = ""
    funder_organisation: int | None = None
    place: str = ""
    note: str = ""
    question: bool = False
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    span: Span | None = None
    name_span: Span | None = None
    amount_span: Span | None = None
    nearest: list[Near] = field(default_factory=list)


@dataclass(slots=True)
class FigureDraft:
    """One claim, about the announcement or its programme. `reason`: a code, why it is not taken by itself."""

    take: bool = True
    about: str = "announcement"
    measure: str = ""
    value: str = ""
    qualifier: str = "exact"
    precision: str = ""
    scope: str = "act"
    nature: str = "commitment"
    as_of: str = ""
    wording: str = ""
    span: Span | None = None
    reason: str = ""


@dataclass(slots=True)
class NotGrantDraft:
    """A number that could be taken for a grant and was not: `reason` is a code."""

    text: str = ""
    value: str = ""
    reason: str = ""
    span: Span | None = None


@dataclass(slots=True)
class AmendmentDraft:
    """An earlier amount that the text corrects. `differs`: the amount that the registry has now, where it is neither
    `was` nor `now`. `measure`: of a total corrected, "" for a grant."""

    take: bool = True
    grant: int | None = None
    recipient: str = ""
    was: str = ""
    now: str = ""
    measure: str = ""
    span: Span | None = None
    differs: str = ""


@dataclass(slots=True)
class Draft:
    """Everything that one text would give."""

    source: SourceDraft = field(default_factory=SourceDraft)
    announcement: AnnouncementDraft = field(default_factory=AnnouncementDraft)
    grants: list[GrantDraft] = field(default_factory=list)
    figures: list[FigureDraft] = field(default_factory=list)
    not_grants: list[NotGrantDraft] = field(default_factory=list)
    amendments: list[AmendmentDraft] = field(default_factory=list)

    def take_as_grant(self, position: int) -> GrantDraft:
        """Make a grant, still without a name, of what was not taken for one. Gives the new line, the last one."""
        left = self.not_grants.pop(position)
        self.grants.append(GrantDraft(amount=left.value, span=left.span, amount_span=left.span))
        return self.grants[-1]

    def to_json(self) -> dict[str, Any]:
        """What a JSON column keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Draft:
        """The draft that `to_json` gave, of this version of the program or another: what is unknown is left out."""
        return cls(
            source=_line(SourceDraft, kept.get("source")),
            announcement=_line(AnnouncementDraft, kept.get("announcement")),
            grants=[_line(GrantDraft, one) for one in kept.get("grants", ())],
            figures=[_line(FigureDraft, one) for one in kept.get("figures", ())],
            not_grants=[_line(NotGrantDraft, one) for one in kept.get("not_grants", ())],
            amendments=[_line(AmendmentDraft, one) for one in kept.get("amendments", ())],
        )


def _line(kind: type[Line], kept: dict[str, Any] | None) -> Line:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    values = {name: value for name, value in (kept or {}).items() if name in known}
    for name in known & {"span", "name_span", "amount_span"}:
        values[name] = _span(values.get(name))
    if "nearest" in known:
        values["nearest"] = [_line(Near, one) for one in values.get("nearest", ())]
    return kind(**values)


def _span(kept: Any) -> Span | None:
    return (int(kept[0]), int(kept[1])) if kept else None
