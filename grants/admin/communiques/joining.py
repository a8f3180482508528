"""A text that joins an announcement of the registry: what the registry has beside what the text says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from grants.bilingual import current_language
from grants.communiques.already import COMPLETES, DIFFERS, NEW, SAME, Promise, grants_of, paired
from grants.communiques.draft import Draft, FigureDraft, GrantDraft
from grants.communiques.typed import number_or_none
from grants.models import Announcement, Figure, Grant
from grants.models.codes import UNIT_OF, Measure, Publication, Qualifier
from grants.values import wording
from grants.values.amounts import ClaimedAmount
from grants.values.folding import organisation_key

from ..showing import EMPTY, show_claim

ALONE = "alone"
LABELS: dict[str, str | Lazy] = {
    SAME: pgettext_lazy("beside the registry", "the same"),
    DIFFERS: pgettext_lazy("beside the registry", "differs: both are kept"),
    COMPLETES: pgettext_lazy("beside the registry", "gives the amount"),
    NEW: pgettext_lazy("beside the registry", "new"),
    ALONE: pgettext_lazy("beside the registry", "not in this text"),
}


@dataclass(frozen=True)
class Had:
    """One value that the registry has, who says so, and its page."""

    value: str
    sources: list[str]
    url: str


@dataclass
class Row:
    """One thing that both may speak of. `line` is the draft's, "" where only the registry has it."""

    what: str
    had: list[Had] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    line: str = ""
    verdict: str = ALONE

    @property
    def label(self) -> str | Lazy:
        """The verdict in words."""
        return LABELS[self.verdict]


def joining_of(announcement: Announcement, draft: Draft) -> dict[str, list[Row]]:
    """The totals of the act, then its recipients: a row for each that the text speaks of, and for each that it does
    not."""
    rows = [*_figures(announcement, draft), *_grants(announcement, draft)]
    return {
        "said": [row for row in rows if row.verdict != ALONE],
        "unsaid": [row for row in rows if row.verdict == ALONE],
    }


# ── Totals ───────────────────────────────────────────────────────────────────────────────────────────────


def _figures(announcement: Announcement, draft: Draft) -> Iterator[Row]:
    found = announcement.figures.exclude(publication=Publication.WITHDRAWN).select_related("source").order_by("pk")
    there: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in found:
        there[figure.measure, figure.scope, figure.nature].append(figure)
    said: dict[tuple[str, ...], list[tuple[int, FigureDraft]]] = defaultdict(list)
    for number, line in enumerate(draft.figures):
        if line.take and line.about == "announcement":
            said[line.measure, line.scope, line.nature].append((number, line))
    for key in dict.fromkeys([*there, *said]):
        yield _figure_row(key[0], there.get(key, []), said.get(key, []))


def _figure_row(measure: str, there: list[Figure], said: list[tuple[int, FigureDraft]]) -> Row:
    row = Row(str(Measure(measure).label) if measure in Measure.values else measure)
    row.had = [Had(_claim(one.claim, one.unit), [str(one.source)], _page(one)) for one in there]
    claims = [(value, line) for _number, line in said if (value := number_or_none(line.value)) is not None]
    unit = UNIT_OF[Measure(measure)] if measure in Measure.values else "count"
    row.said = [_claim(ClaimedAmount(value, line.qualifier), unit) for value, line in claims]
    row.line = f"figures-{said[0][0]}" if said else ""
    row.verdict = _verdict(
        {(one.value, one.qualifier) for one in there}, {(value, line.qualifier) for value, line in claims}
    )
    return row


def _claim(claim: ClaimedAmount, unit: str) -> str:
    known = claim.qualifier in Qualifier.values and claim.qualifier != Qualifier.EXACT
    return (f"{Qualifier(claim.qualifier).label} " if known else "") + show_claim(claim.value, unit)


# ── Recipients ───────────────────────────────────────────────────────────────────────────────────────────


def _grants(announcement: Announcement, draft: Draft) -> Iterator[Row]:
    """As filing would pair them: each line beside the grant that it is already, then the grants that are left."""
    there = list(grants_of(announcement).prefetch_related("citations__source"))
    keys = {organisation_key(grant.recipient.name_fr): grant.recipient_id for grant in there}
    lines = {number: line for number, line in enumerate(draft.grants) if line.take}
    promises = [
        Promise(
            number,
            line.organisation or keys.get(organisation_key(line.name), 0),
            number_or_none(line.amount),
            line.currency,
        )
        for number, line in lines.items()
    ]
    pairs = paired(promises, there)
    for pair in pairs:
        yield _grant_row(pair.grant, lines[pair.position], f"grants-{pair.position}", pair.how)
    met = {pair.grant.pk for pair in pairs if pair.grant}
    for grant in there:
        if grant.pk not in met:
            yield _grant_row(grant, None, "", ALONE)


def _grant_row(grant: Grant | None, line: GrantDraft | None, anchor: str, verdict: str) -> Row:
    row = Row(str(grant.recipient) if grant else (line and line.name) or EMPTY, line=anchor, verdict=verdict)
    if grant:
        sources = [str(citation.source) for citation in grant.citations.all()]
        row.had.append(Had(_amount(grant.amount, grant.currency), sources, _page(grant)))
    if line:
        row.said.append(_amount(number_or_none(line.amount), line.currency))
    return row


def _amount(value: Decimal | None, currency: str) -> str:
    return _("amount not provided") if value is None else wording.money(value, current_language(), currency or "CAD")


def _verdict(there: set[Any], said: set[Any]) -> str:
    if not there:
        return NEW
    if not said:
        return ALONE
    return SAME if said <= there else DIFFERS


def _page(record: Figure | Grant) -> str:
    return reverse(f"admin:grants_{record._meta.model_name}_change", args=[record.pk])
