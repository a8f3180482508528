"""What is missing in a draft or cannot be read, told line by line before anything is written."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from grants.models import Grant
from grants.models.codes import Measure
from grants.values.folding import organisation_key

from .draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft, SourceDraft
from .faults import Faults, field
from .typed import date_in, number_in, number_or_none

NAME_SHOWN = 60
CURRENCY = Grant._meta.get_field("currency")


def look_over(draft: Draft, faults: Faults) -> None:
    """Put what is wrong with the draft among `faults`. Only what is taken must be right; no query."""
    with faults.beside("source", _("Source"), "title"):
        field("published", date_in, draft.source.published)
        field("retrieved", date_in, draft.source.retrieved)
    with faults.beside("source", _("Source"), "publisher"):
        _source(draft.source)
    with faults.beside("announcement", _("Announcement"), "title_fr"):
        _announcement(draft)
    for position, grant in enumerate(draft.grants):
        if grant.take:
            with faults.beside(f"grants-{position}", label_of("grants", position, grant.name), "name"):
                _grant(grant)
    _amendments(draft, faults)
    for position, figure in enumerate(draft.figures):
        if figure.take:
            with faults.beside(f"figures-{position}", label_of("figures", position, figure.wording), "value"):
                _figure(figure)


def label_of(kind: str, position: int, name: str) -> str:
    """What a message calls a line: « Grant 3 (Groupe MISA) »."""
    words = {"number": position + 1, "name": Truncator(" ".join(name.split())).chars(NAME_SHOWN) or "—"}
    return {
        "grants": _("Grant %(number)s (%(name)s)"),
        "figures": _("Figure %(number)s (%(name)s)"),
        "amendments": _("Correction %(number)s (%(name)s)"),
    }[kind] % words


def _source(line: SourceDraft) -> None:
    """One that has an address may be in the registry already, and then needs nothing more."""
    if line.existing or line.url.strip():
        return
    missing = {
        "title": _("A source needs a title."),
        "publisher": _("A source needs its publisher: who says this."),
    }
    if told := {name: words for name, words in missing.items() if not getattr(line, name).strip()}:
        raise ValidationError(told)


def _announcement(draft: Draft) -> None:
    line: AnnouncementDraft = draft.announcement
    field("date", date_in, line.date)
    takes = any(one.take for one in (*draft.grants, *draft.figures))
    if line.existing or (not takes and any(one.take for one in draft.amendments)):
        return
    if not line.programme:
        raise ValidationError({"programme": _("An announcement needs its programme.")})
    if not (line.title_fr.strip() or line.title_en.strip()):
        raise ValidationError({"title_fr": _("An announcement needs a title.")})


def _grant(line: GrantDraft) -> None:
    if not line.organisation and not organisation_key(line.name):
        raise ValidationError({"name": _("A grant needs a recipient.")})
    for name in ("amount", "total_project_cost"):
        _not_negative(name, getattr(line, name))
    field("currency", lambda text: CURRENCY.clean(text.strip().upper(), None), line.currency)


def _amendments(draft: Draft, faults: Faults) -> None:
    """A grant has one right amount."""
    said: dict[int, Decimal | None] = {}
    for position, line in enumerate(draft.amendments):
        if line.take and line.grant is not None and not line.measure:
            now = number_or_none(line.now)
            if said.setdefault(line.grant, now) != now:
                with faults.beside(f"amendments-{position}", label_of("amendments", position, line.recipient), "now"):
                    raise ValidationError({"now": _("This grant is corrected twice: keep one of the two amounts.")})


def _figure(line: FigureDraft) -> None:
    if line.measure not in Measure.values:
        raise ValidationError({"measure": _("A figure needs its measure.")})
    if _not_negative("value", line.value) is None:
        raise ValidationError({"value": _("A figure needs its value.")})
    _not_negative("precision", line.precision)
    field("as_of", date_in, line.as_of)


def _not_negative(name: str, text: str) -> Decimal | None:
    value = field(name, number_in, text)
    if value is not None and value < 0:
        raise ValidationError({name: _("“%(value)s” is negative.") % {"value": text}})
    return value
