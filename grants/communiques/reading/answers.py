"""What reading a press release gives. Spans are `(start, end)` character offsets into the text as given."""

from dataclasses import dataclass, field
from decimal import Decimal

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the text: what it says once cleaned, and where it stands."""

    value: str
    span: Span


@dataclass(slots=True)
class GrantRead:
    """Money promised to one recipient (or to several at once: then `note` says so). Amount: units of `currency`, None
    where the text names a recipient without an amount. `confidence` is between 0 and 1; `reasons` says in codes what
    took some of it away. Codes of `instrument` are those of `models.codes.Instrument`."""

    recipient: str
    amount: Decimal | None
    span: Span  # all the words that speak of it
    name_span: Span
    amount_span: Span | None = None
    currency: str = "CAD"
    acronym: str = ""
    host: str = ""
    project: str = ""
    place: str = ""
    funder: str = ""
    instrument: str = ""
    project_cost: Decimal | None = None
    note: str = ""  # a code: shared (one amount for several recipients), instalments, range, up_to
    others: list[str] = field(default_factory=list)  # the other recipients of a shared amount
    confidence: float = 1.0
    reasons: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FigureRead:
    """A number that the text states of the act, the programme or something else.

    Codes: `measure`, `unit`, `qualifier`, `nature` (commitment, target, result) as in `models.codes`; `scope` is one of
    act, cumulative, programme, funder, other_programme, other_act. `precision`: the unit of the last digit as worded.
    `money`: what the money is (envelope, aid, project_cost, instalment, loan, guarantee), "" for counts.
    `before`: a cumulative value that leaves this act out.
    """

    measure: str
    value: Decimal
    unit: str
    span: Span
    words: str
    qualifier: str = "exact"
    precision: Decimal | None = None
    scope: str = "act"
    nature: str = "commitment"
    money: str = ""
    as_of: str = ""
    high: Decimal | None = None
    before: bool = False
    in_title: bool = False
    of: str = ""  # the programme or funder that it speaks of where that is another
    sure: bool = False  # the words say for how many recipients the money is


@dataclass(frozen=True, slots=True)
class NotGrant:
    """A number that could be taken for a grant and is none. `reason` is a code: envelope, total, project_cost, budget,
    cumulative, other_programme, other_act, other_money, instalment, count, share, year, period, …"""

    text: str
    value: Decimal | None
    reason: str
    span: Span


@dataclass(slots=True)
class CorrectionRead:
    """An earlier amount that the text corrects: whose, what was said, what is right."""

    recipient: str
    was: Decimal | None
    now: Decimal
    span: Span
    name_span: Span | None = None
    measure: str = ""  # of a total corrected; "" for a grant


@dataclass(slots=True)
class Reading:
    """All that was read in one text. `language` is fr, en or "" where it is neither."""

    text: str
    language: str = ""
    date: str = ""  # ISO 8601 at the precision known: 2021, 2021-03, 2021-03-29
    date_span: Span | None = None
    place: Words | None = None
    title: Words | None = None
    programme: Words | None = None  # its acronym where it has one, else its name
    programme_name: str = ""
    publisher: str = ""
    grants: list[GrantRead] = field(default_factory=list)
    questions: list[GrantRead] = field(default_factory=list)
    figures: list[FigureRead] = field(default_factory=list)
    not_grants: list[NotGrant] = field(default_factory=list)
    corrections: list[CorrectionRead] = field(default_factory=list)
    list_complete: bool = False  # the text gives as many grants as it says there are
    cut: bool = False  # only the first part of a very long text was read


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the registry knows. The reader recognises them in the text; it does without where there are none.

    `programmes`: (name or acronym as written, what to call it); `organisations`: names and aliases as written.
    """

    programmes: tuple[tuple[str, str], ...] = ()
    organisations: frozenset[str] = frozenset()
