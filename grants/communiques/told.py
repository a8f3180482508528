"""What was read in a text, as one JSON object: codes in words, money as strings, each thing with its span.

Spans are `[start, end]` character offsets into the text as given.
"""

from decimal import Decimal
from typing import Any

from grants.models.codes import Measure

from .adding_up import Line, lines
from .drafting import draft_of
from .explaining import explained
from .reading.answers import CorrectionRead, FigureRead, GrantRead, NotGrant, Reading, Words

# What the codes are called. Those that are not here are called what they are, with spaces.
MEASURES = {"made_aware": "businesses made aware", "supported": "businesses supported"}
SCOPES = {
    "act": "this act",
    "funder": "one funder",
    "other_programme": "another programme",
    "other_act": "another act",
}
VERDICTS = {"nothing": "nothing to compare"}

Told = dict[str, Any]


def told(reading: Reading, *, with_text: bool = False) -> Told:
    """The whole reading. `with_text` puts the text in, for documents whose text nobody else has."""
    text = {"text": reading.text} if with_text else {}
    return {
        "date": reading.date or None,
        "date_span": _span(reading.date_span),
        "place": _value(reading.place),
        "place_span": _words_span(reading.place),
        "title": _value(reading.title),
        "title_span": _words_span(reading.title),
        "programme": _value(reading.programme),
        "programme_name": reading.programme_name or None,
        "programme_span": _words_span(reading.programme),
        "publisher": reading.publisher or None,
        "language": reading.language or None,
        "grants": [told_grant(grant) for grant in reading.grants],
        "figures": [told_figure(figure) for figure in reading.figures],
        "not_grants": [told_not_grant(left) for left in reading.not_grants],
        "questions": [told_grant(grant) for grant in reading.questions],
        "corrections": [told_correction(correction) for correction in reading.corrections],
        "list_complete": reading.list_complete,
        "reconciliation": [told_line(line) for line in lines_of(reading)],
        "cut": reading.cut,
        **text,
    }


def told_grant(grant: GrantRead) -> Told:
    """One recipient with its amount. `reasons` says why it is doubted."""
    return {
        "recipient": grant.recipient,
        "amount": amount_text(grant.amount),
        "currency": grant.currency,
        "acronym": grant.acronym or None,
        "host": grant.host or None,
        "project": grant.project or None,
        "place": grant.place or None,
        "funder": grant.funder or None,
        "instrument": in_words(grant.instrument) or None,
        "project_cost": amount_text(grant.project_cost),
        "note": in_words(grant.note) or None,
        "others": grant.others,
        "confidence": round(grant.confidence, 2),
        "reasons": [in_words(reason) for reason in grant.reasons],
        "span": _span(grant.span),
        "name_span": _span(grant.name_span),
        "amount_span": _span(grant.amount_span),
    }


def told_figure(figure: FigureRead) -> Told:
    """One number that the text states. `nature`: what the money is, or of a count whether it is aimed at."""
    return {
        "measure": in_words(figure.measure, MEASURES),
        "value": amount_text(figure.value),
        "high": amount_text(figure.high),
        "unit": figure.unit,
        "qualifier": in_words(figure.qualifier),
        "scope": in_words(figure.scope, SCOPES),
        "before": figure.before,
        "nature": in_words(figure.money or figure.nature),
        "precision": amount_text(figure.precision),
        "as_of": figure.as_of or None,
        "of": figure.of or None,
        "in_title": figure.in_title,
        "words": figure.words,
        "span": _span(figure.span),
    }


def told_not_grant(left: NotGrant) -> Told:
    """A number that is no grant, and why."""
    return {
        "text": left.text,
        "value": amount_text(left.value),
        "reason": in_words(left.reason),
        "span": _span(left.span),
    }


def told_correction(correction: CorrectionRead) -> Told:
    """An earlier amount, and the right one."""
    return {
        "recipient": correction.recipient or None,
        "measure": in_words(correction.measure, MEASURES) or None,
        "was": amount_text(correction.was),
        "now": amount_text(correction.now),
        "span": _span(correction.span),
    }


def told_line(line: Line) -> Told:
    """One stated total beside what the grants add up to; `stated` is null where nobody stated it."""
    claim, comparison = line.claim, line.comparison
    return {
        "measure": in_words(line.measure, MEASURES),
        "words": line.words or None,
        "stated": amount_text(comparison.stated),
        "qualifier": in_words(claim.qualifier) if claim else None,
        "itemised": amount_text(comparison.itemised),
        "difference": amount_text(comparison.difference),
        "missing": comparison.missing,
        "verdict": in_words(comparison.verdict.value, VERDICTS),
        "explanation": explained(line),
    }


def lines_of(reading: Reading) -> list[Line]:
    """The reconciliation of a reading as it stands: what is stated, and of money what is itemised too."""
    return [
        line for line in lines(draft_of(reading)) if line.claim or line.measure in (Measure.AID, Measure.PROJECT_COST)
    ]


def amount_text(value: Decimal | None) -> str | None:
    """« 24550000 », « 1250.50 »: decimals only where there are some. None stays None."""
    if value is None:
        return None
    whole = value.to_integral_value()
    if value == whole:
        return f"{whole:f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value.normalize():f}"


def in_words(code: str, words: dict[str, str] | None = None) -> str:
    """« more_than » is called "more than"."""
    return (words or {}).get(code, code.replace("_", " "))


def _value(words: Words | None) -> str | None:
    return words.value if words else None


def _words_span(words: Words | None) -> list[int] | None:
    return _span(words.span if words else None)


def _span(span: tuple[int, int] | None) -> list[int] | None:
    return list(span) if span else None
