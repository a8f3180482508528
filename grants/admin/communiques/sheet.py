"""What the page of a draft sent, made a draft again.

Each line brings along, signed, what of it is not edited (where it stands in the text, why it is doubted): the form
holds the whole draft, and nothing typed depends on what somebody else saved meanwhile.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model
from django.utils.translation import gettext as _

from grants.communiques.draft import AmendmentDraft, Draft, FigureDraft, GrantDraft, NotGrantDraft
from grants.communiques.typed import number_or_none
from grants.models import Announcement, Grant, Organisation
from grants.values.amounts import BadAmount, read_amount

from . import cells
from .cells import Spec

Line = TypeVar("Line", GrantDraft, FigureDraft, AmendmentDraft)
# What lines are called in names of fields, and what of them is edited.
KINDS: dict[str, tuple[Spec, ...]] = {"grants": cells.GRANT, "figures": cells.FIGURE, "amendments": cells.AMENDMENT}
# A form has at most DATA_UPLOAD_MAX_NUMBER_FIELDS fields: lines beyond these are shown, but not to be edited or taken.
MOST_LINES = {"grants": 300, "figures": 200, "amendments": 100}
MOST_LEFT = 500  # numbers not taken that the page lists
NO_MONEY = ("count", "share", "year", "period")  # numbers that nobody would take for a grant
LEAST_BARE = 100  # a number without a unit below this is no amount; above, it may be one of a column
SALT = "grants.communique.line"
# Records that were recognised by a name hold only for that name.
RECOGNISED = {"name": "", "host": "host_organisation", "funder": "funder_organisation"}
# Records that may also be searched for: by a box (`other`), or by their public id where the page has no script.
SEARCHED: dict[str, type[Model]] = {"existing": Announcement, "organisation": Organisation, "grant": Grant}


def may_be_money(line: NotGrantDraft) -> bool:
    """Whether somebody could take it for a grant: no count, no year, no small number alone (« – 30 – », « 8 km »)."""
    value = number_or_none(line.value)
    is_small = line.reason == "number" and value is not None and value < LEAST_BARE
    return line.reason not in NO_MONEY and not is_small


def rest_of(kind: str, line: Any) -> str:
    """What of a line is not edited, signed."""
    edited = {spec.name for spec in KINDS[kind]} - RECOGNISED.keys()
    return signing.Signer(salt=SALT).sign_object(
        {key: value for key, value in asdict(line).items() if key not in edited}
    )


@dataclass
class Sent:
    """What a page sent: the draft, what is wrong with the searches in it by the name of the field, and the grants whose
    recipient is called otherwise than before."""

    data: Mapping[str, str]
    draft: Draft
    problems: dict[str, list[str]] = field(default_factory=dict)
    renamed: list[GrantDraft] = field(default_factory=list)


def sent(data: Mapping[str, str], base: Draft) -> Sent:
    """What was sent. `base`, the draft kept, gives what no form shows: numbers not taken, lines beyond the most."""
    found = Sent(data, Draft.from_json(base.to_json()))
    draft = found.draft
    _fill(found, draft.announcement, cells.ANNOUNCEMENT, "announcement")
    _fill(found, draft.source, cells.SOURCE, "source")
    draft.grants = _lines(found, "grants", draft.grants)
    draft.figures = _lines(found, "figures", draft.figures)
    draft.amendments = _lines(found, "amendments", draft.amendments)
    for number, figure in enumerate(draft.figures):
        _take_precision(figure, data.get(f"figures-{number}-value", ""))
    return found


def _lines(found: Sent, kind: str, kept: list[Line]) -> list[Line]:
    beyond = kept[MOST_LINES[kind] :]
    for line in beyond:
        line.take = False
    return [_line(found, kind, f"{kind}-{number}") for number in range(_count(found.data, kind))] + beyond


def _count(data: Mapping[str, str], kind: str) -> int:
    text = data.get(f"{kind}-TOTAL", "")
    return min(int(text), MOST_LINES[kind]) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _line(found: Sent, kind: str, prefix: str) -> Any:
    try:
        rest = signing.Signer(salt=SALT).unsign_object(found.data.get(f"{prefix}-rest", ""))
    except signing.BadSignature:
        rest = {}  # written by hand, or sent without it: reckoning needs none
    line = getattr(Draft.from_json({kind: [rest]}), kind)[0]
    before = asdict(line)
    _fill(found, line, KINDS[kind], prefix)
    changed = {name for name in RECOGNISED if name in before and before[name] != getattr(line, name)}
    for name in changed - {"name"}:
        setattr(line, RECOGNISED[name], None)
    if "name" in changed:
        line.nearest = []
        found.renamed.append(line)
    return line


def _fill(found: Sent, line: Any, specs: Iterable[Spec], prefix: str) -> None:
    for spec in specs:
        value = cells.read(spec, found.data.get(f"{prefix}-{spec.name}", ""))
        if spec.name in SEARCHED:
            value = _searched(found, spec, prefix) or value
        setattr(line, spec.name, value)


def _searched(found: Sent, spec: Spec, prefix: str) -> int | None:
    if chosen := cells.read(spec, found.data.get(f"{prefix}-other", "")):
        return chosen
    written = found.data.get(f"{prefix}-public_id", "").strip().lower()[:80]
    if not written or "\x00" in written:
        return None
    pk = SEARCHED[spec.name]._default_manager.filter(public_id=written).values_list("pk", flat=True).first()
    if pk is None:
        told = _("No record has the id “%(id)s”.") % {"id": written}
        found.problems.setdefault(f"{prefix}-{spec.name}", []).append(told)
    return pk


def _take_precision(figure: FigureDraft, typed: str) -> None:
    """« 29 millions » says by itself how precise it is, unless somebody says otherwise."""
    try:
        amount = read_amount(typed)
    except BadAmount:
        return
    if not figure.precision and amount.precision > 1:
        figure.precision = format(amount.precision, "f")
