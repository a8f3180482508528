"""A reading line by line, for people at a terminal, in the language active now."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.bilingual import current_language
from grants.models.codes import UNIT_OF, Language, Measure, Nature, Qualifier, Unit
from grants.reconciliation.verdicts import Verdict
from grants.values import wording
from grants.values.partial_dates import PartialDate

from .adding_up import Line
from .explaining import explained
from .reading.answers import CorrectionRead, FigureRead, GrantRead, NotGrant, Reading
from .told import lines_of
from .words import DOUBTS, MONEY, NOTES, REASONS, SCOPES, called

CODES = re.compile("[\x00-\x1f\x7f-\x9f]")
SHOWN = 90  # characters of the words of a text


def report(reading: Reading) -> Iterator[str]:
    """What was read, and whether it adds up. A text cannot send codes to the terminal."""
    for line in _lines(reading):
        yield CODES.sub(" ", line)


def _lines(reading: Reading) -> Iterator[str]:
    yield from _head(reading)
    said = reading.text
    parts: list[tuple[str, list[str]]] = [
        (_("Grants"), [words for grant in reading.grants for words in _grant(grant)]),
        (_("To decide: is this a grant?"), [words for grant in reading.questions for words in _grant(grant)]),
        (_("Corrections"), [_correction(correction) for correction in reading.corrections]),
        (_("Figures stated"), [_figure(figure, said) for figure in reading.figures]),
        (_("Read as money, but not as a grant"), [_left(left) for left in reading.not_grants]),
        (_("Reconciliation"), [_line(line) for line in lines_of(reading)]),
    ]
    for title, rows in parts:
        if rows:
            yield ""
            yield title
            yield from (f"  {row}" for row in rows)
    if not reading.grants and not reading.questions:
        yield ""
        yield _("No grant was found in this text.")
    if reading.cut:
        yield _("This text is very long: only its beginning was read.")


def _head(reading: Reading) -> Iterator[str]:
    facts = [
        (_("Title"), reading.title and reading.title.value),
        (_("Date"), reading.date and wording.date(PartialDate.parse(reading.date), current_language())),
        (_("Place"), reading.place and reading.place.value),
        (_("Programme"), reading.programme_name or (reading.programme and reading.programme.value)),
        (_("Language"), reading.language and str(Language(reading.language).label)),
    ]
    if reading.publisher:
        facts.append((_("Publisher"), reading.publisher))
    for label, value in facts:
        yield _("%(label)s: %(value)s") % {"label": label, "value": value or _("not found")}


def _grant(grant: GrantRead) -> Iterator[str]:
    """One line for the pair, one for what else is known of it."""
    names = ", ".join([grant.recipient + (f" ({grant.acronym})" if grant.acronym else ""), *grant.others])
    yield f"{_money(grant.amount, grant.currency)}  {names}"
    details = [
        _("project “%(title)s”") % {"title": grant.project} if grant.project else "",
        _("attached to %(host)s") % {"host": grant.host} if grant.host else "",
        _("project cost %(amount)s") % {"amount": _money(grant.project_cost)} if grant.project_cost else "",
        _("from %(funder)s") % {"funder": grant.funder} if grant.funder else "",
        called(grant.note, NOTES) if grant.note else "",
        *(called(reason, DOUBTS) for reason in grant.reasons),
    ]
    if any(details):
        yield "    " + "; ".join(filter(None, details))


def _correction(correction: CorrectionRead) -> str:
    whose = correction.recipient or _measure(correction.measure)
    values = {"whose": whose, "was": _money(correction.was), "now": _money(correction.now)}
    return _("%(whose)s: %(was)s becomes %(now)s") % values


def _figure(figure: FigureRead, text: str) -> str:
    kinds = [called(figure.scope, SCOPES)]
    if figure.nature != Nature.COMMITMENT:
        kinds.append(str(Nature(figure.nature).label))
    elif figure.money and figure.money != figure.measure:
        kinds.append(called(figure.money, MONEY))
    value = _claimed(figure.value, figure.qualifier, figure.unit)
    said = {
        "measure": _measure(figure.measure),
        "value": value,
        "kinds": ", ".join(kinds),
        "words": _short(text[slice(*figure.span)]),
    }
    return _("%(measure)s: %(value)s (%(kinds)s) “%(words)s”") % said


def _left(left: NotGrant) -> str:
    return _("“%(words)s”: %(reason)s") % {"words": _short(left.text), "reason": called(left.reason, REASONS)}


def _line(line: Line) -> str:
    measure, unit = _measure(line.measure), UNIT_OF[line.measure]
    itemised = _claimed(line.comparison.itemised, Qualifier.EXACT, unit)
    if line.claim is None:
        return _("%(measure)s (no total stated): %(value)s") % {"measure": measure, "value": itemised}
    said = {
        "measure": measure,
        "value": _claimed(line.claim.value, line.claim.qualifier, unit),
        "itemised": itemised,
        "verdict": Verdict(line.comparison.verdict).label,
        "explanation": explained(line),
    }
    return _("%(measure)s: %(value)s; itemised: %(itemised)s; %(verdict)s. %(explanation)s") % said


def _measure(code: str) -> str:
    return str(Measure(code).label) if code in Measure.values else code.replace("_", " ")


def _claimed(value: Decimal | None, qualifier: str, unit: str) -> str:
    """« près de 25 000 000 $ »."""
    if value is None:
        return _("nothing")
    say: Any = {Unit.CAD: wording.money, Unit.PERCENT: wording.percent}.get(unit, wording.number)  # type: ignore[call-overload]
    hedge = "" if qualifier == Qualifier.EXACT else f"{Qualifier(qualifier).label} "
    return hedge + say(value, current_language())


def _money(value: Decimal | None, currency: str = "CAD") -> str:
    return wording.money(value, current_language(), currency) if value is not None else _("amount not provided")


def _short(words: str) -> str:
    """On one line, and no longer than a line."""
    plain = " ".join(words.split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1].rstrip() + "…"
