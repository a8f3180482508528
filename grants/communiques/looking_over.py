"""What is missing in a draft or cannot be read, told line by line before anything is written."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from grants.models.codes import Measure
from grants.values.folding import organisation_key

from .draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft
from .faults import Faults, field
from .typed import date_in, number_in

NAME_SHOWN = 60


def look_over(draft: Draft, faults: Faults) -> None:
    """Put what is wrong with the draft among `faults`. Only what is taken must be right; no query."""
    with faults.beside("source", _("Source"), "title"):
        field("published", date_in, draft.source.published)
        field("retrieved", date_in, draft.source.retrieved)
    with faults.beside("announcement", _("Announcement"), "title_fr"):
        _announcement(draft)
    for position, grant in enumerate(draft.grants):
        if grant.take:
            with faults.beside(f"grants-{position}", label_of("grants", position, grant.name), "name"):
                _grant(grant)
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
