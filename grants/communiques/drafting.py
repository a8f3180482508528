"""From what was read to the first draft: what is taken by itself, and what waits for somebody to take it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext, override

from grants.models.codes import Language, Measure, Scope
from grants.values.folding import fold
from grants.values.partial_dates import PartialDate

from .draft import (
    AmendmentDraft,
    AnnouncementDraft,
    Draft,
    FigureDraft,
    GrantDraft,
    Near,
    NotGrantDraft,
    SourceDraft,
)
from .reading.answers import CorrectionRead, FigureRead, GrantRead, NotGrant, Reading

# Figures of other things than this act and its programme: kept in view, taken by nobody but people.
ELSEWHERE = ("funder", "other_programme", "other_act")
LONG_LINE = 160  # characters; a longer first line is no title
# What the note of a grant says, in the language of its source.
NOTES = ("shared", "instalments", "range", "up_to")


class Names(Protocol):
    """What the registry knows of names (known.py has the one that asks it)."""

    def organisation(self, name: str, acronym: str = "") -> tuple[int | None, list[Near]]:
        """The organisation of exactly this name, and the nearest ones."""

    def programme(self, name: str) -> int | None:
        """The programme of this name or acronym."""

    def grant(self, recipient: str, amount: Decimal | None) -> tuple[int | None, Decimal | None]:
        """The grant to this recipient that was said to be of `amount`, and its amount in the registry."""


class NoNames:
    """A registry without records."""

    def organisation(self, name: str, acronym: str = "") -> tuple[int | None, list[Near]]:
        return None, []

    def programme(self, name: str) -> int | None:
        return None

    def grant(self, recipient: str, amount: Decimal | None) -> tuple[int | None, Decimal | None]:
        return None, None


def draft_of(reading: Reading, names: Names | None = None) -> Draft:
    """The first draft of a reading. `names` knows the registry's records (known.py); without it all are new."""
    names = names or NoNames()
    title = reading.title.value if reading.title else _first_line(reading.text)
    with override(reading.language or "fr"):
        grants = [_grant(one, names) for one in reading.grants]
        grants += [_grant(one, names, question=True) for one in reading.questions]
    amendments = [_amendment(one, names) for one in reading.corrections]
    _leave_to_amendments(grants, amendments)
    return Draft(
        source=SourceDraft(
            title=title[:500],
            publisher=reading.publisher,
            language=reading.language or Language.FRENCH.value,
            published=reading.date,
        ),
        announcement=AnnouncementDraft(
            programme=_programme(reading, names),
            date=reading.date,
            # A record needs a title in French: that of an English text stands there until somebody translates it.
            title_fr=title[:500],
            title_en=title[:500] if reading.language == Language.ENGLISH else "",
            place=reading.place.value[:120] if reading.place else "",
            list_state="complete" if reading.list_complete else "partial",
        ),
        grants=grants,
        figures=_figures(reading),
        not_grants=[_not_grant(one) for one in reading.not_grants],
        amendments=amendments,
    )


def plain(value: Decimal | None) -> str:
    """A number as a draft keeps it: « 2307663 », « 1500.50 », "" where there is none."""
    if value is None:
        return ""
    return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")


def _first_line(text: str) -> str:
    """What stands for the title of a text without one: the first sentence of its first line."""
    line = next((line.strip() for line in text[:20_000].splitlines() if line.strip()), "")
    sentence = line.partition(". ")[0] if len(line) > LONG_LINE else line
    return sentence if len(sentence) <= LONG_LINE else f"{sentence[:LONG_LINE].rpartition(' ')[0]}…"


def _leave_to_amendments(grants: list[GrantDraft], amendments: list[AmendmentDraft]) -> None:
    """Take no grant that a correction already brings to a grant of the registry: it would be a second one."""
    mended = {(fold(one.recipient), one.now) for one in amendments if one.grant is not None}
    for grant in grants:
        if (fold(grant.name), grant.amount) in mended:
            grant.take, grant.question = False, True
            grant.reasons.append("amendment")


def _programme(reading: Reading, names: Names) -> int | None:
    said = [reading.programme.value if reading.programme else "", reading.programme_name]
    return next((found for name in said if name and (found := names.programme(name))), None)


def _grant(read: GrantRead, names: Names, *, question: bool = False) -> GrantDraft:
    organisation, nearest = names.organisation(read.recipient, read.acronym)
    return GrantDraft(
        take=not question,
        name=read.recipient,
        organisation=organisation,
        acronym=read.acronym,
        host=read.host,
        host_organisation=names.organisation(read.host)[0] if read.host else None,
        amount=plain(read.amount),
        currency=read.currency or "CAD",
        instrument=read.instrument,
        project=read.project,
        total_project_cost=plain(read.project_cost),
        funder=read.funder,
        funder_organisation=names.organisation(read.funder)[0] if read.funder else None,
        place=read.place,
        note=_note(read),
        question=question,
        confidence=read.confidence,
        reasons=[*read.reasons, *([read.note] if read.note and read.note not in read.reasons else [])],
        others=list(read.others),
        span=read.span,
        name_span=read.name_span,
        amount_span=read.amount_span,
        nearest=nearest,
    )


def _note(read: GrantRead) -> str:
    """What is special about the amount, in words of the active language."""
    if read.note == "shared" and read.others:
        return gettext("One amount for several recipients, with: %(names)s.") % {"names": ", ".join(read.others)}
    return {
        "shared": gettext("One amount for several recipients."),
        "instalments": gettext("Paid in several instalments; the amount is their total."),
        "range": gettext("The source gives a range; the amount is its low end."),
        "up_to": gettext("The amount is the most that may be paid."),
    }.get(read.note, "")


def _figures(reading: Reading) -> list[FigureDraft]:
    """Each claim once; what speaks of something else than this act and its programme waits."""
    drafts: list[FigureDraft] = []
    said = set()
    for read in reading.figures:
        figure = _figure(read, reading.date)
        claim = (figure.about, figure.measure, figure.value, figure.qualifier, figure.scope, figure.nature)
        if not figure.reason and claim in said:
            figure.take, figure.reason = False, "repeated"
        elif not figure.reason:
            said.add(claim)
        drafts.append(figure)
    return drafts


def _figure(read: FigureRead, date: str) -> FigureDraft:
    reason = _why_not(read)
    of_act = read.scope not in ("cumulative", "programme")
    cumulative = read.scope == "cumulative"
    return FigureDraft(
        take=not reason,
        about="announcement" if of_act and read.measure != Measure.ENVELOPE else "programme",
        measure=read.measure,
        value=plain(read.value),
        qualifier=read.qualifier,
        precision=plain(read.precision),
        scope=Scope.CUMULATIVE.value if cumulative else Scope.ACT.value,
        nature=read.nature,
        as_of=read.as_of or (_day_before(date) if cumulative and read.before else date),
        wording=read.words,
        span=read.span,
        reason=reason,
    )


def _why_not(read: FigureRead) -> str:
    """Why a figure is not taken by itself, as a code; "" where it is."""
    if read.scope in ELSEWHERE:
        return read.scope
    if read.measure not in Measure.values:
        return "other_measure"
    if read.measure in (Measure.MEMBERS, Measure.SHARE):
        return "of_an_organisation"
    if read.money and read.unit not in ("CAD", ""):
        return "other_currency"
    return "range" if read.high is not None else ""


def _day_before(date: str) -> str:
    """A claim « so far » that leaves this act out was true until the day (month, year) before it."""
    if not date:
        return ""
    known = PartialDate.parse(date)
    if known.month is None:
        return str(known.year - 1)
    day = datetime.date(known.year, known.month, known.day or 1) - datetime.timedelta(days=1)
    return day.isoformat()[: len(known.iso)]


def _not_grant(read: NotGrant) -> NotGrantDraft:
    return NotGrantDraft(read.text, plain(read.value), read.reason, read.span)


def _amendment(read: CorrectionRead, names: Names) -> AmendmentDraft:
    grant, amount = (None, None) if read.measure else names.grant(read.recipient, read.was)
    return AmendmentDraft(
        grant=grant,
        recipient=read.recipient,
        was=plain(read.was),
        now=plain(read.now),
        measure=read.measure,
        span=read.span,
        differs=plain(amount) if amount not in (read.was, read.now) else "",
    )
