"""Corrections: a later document says that an earlier amount was wrong. Both documents and both values are kept."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grants.actions.permissions import may_change
from grants.models import Announcement, Citation, Figure, Grant, Source
from grants.models.codes import GrantStatus, Measure, Publication
from grants.values.partial_dates import PartialDate

from .draft import AmendmentDraft
from .faults import field
from .making import Maker, the
from .typed import number_in


def amend(maker: Maker, line: AmendmentDraft, date: PartialDate | None) -> str:
    """What the document claims becomes a figure about the grant; and where the person may change the grant, its amount.

    Gives a sentence where the grant stays as it was, "" otherwise. Raises ValidationError by field of the line.
    """
    if line.grant is None:
        raise ValidationError({"grant": _("Choose the grant that is corrected.")})
    the(Grant, line.grant, "grant")
    grant = Grant.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=line.grant)
    if grant.publication == Publication.WITHDRAWN or grant.status == GrantStatus.CANCELLED:
        raise ValidationError({"grant": _("This grant was withdrawn or cancelled: choose another one.")})
    now = _amount(line)
    if grant.currency != "CAD":  # a correction is read in dollars of Canada
        words = {"grant": grant, "amount": line.now, "currency": "CAD"}
        return _("%(grant)s: another currency (%(amount)s %(currency)s) cannot stand beside.") % words
    maker.amount_claimed(grant, now, date, line.span)
    words = {"grant": grant}
    if not maker.cite(grant, maker.words(line.span)):
        return _("%(record)s is public: somebody who may publish must cite the new source.") % {"record": grant}
    if not may_change(maker.user, grant):
        return _("%(grant)s is public: its new amount waits as a draft figure for somebody who may publish.") % words
    if grant.amount != now:
        keep_earlier(maker, grant)
        grant.amount, grant.status, grant.status_date = now, GrantStatus.AMENDED, date
        grant.save(update_fields=["amount", "status", "status_date"])
        maker.changed["amended"] += 1
    return ""


def correct_total(maker: Maker, line: AmendmentDraft, announcement: Announcement, date: PartialDate | None) -> None:
    """A stated total corrected: a claim of the new document beside that of the old one."""
    if line.measure not in Measure.values:
        raise ValidationError({"measure": _("A figure needs its measure.")})
    words = maker.words(line.span)
    maker.figure(announcement, line.span, measure=line.measure, value=_amount(line), as_of=date, wording=words)


def keep_earlier(maker: Maker, grant: Grant) -> None:
    """The amount that the registry had stays as what the earlier document said, unless a figure tells it already."""
    if grant.amount is None or grant.currency != "CAD":
        return
    told = Figure.objects.filter(grant=grant, measure=Measure.AID, value=grant.amount)
    if told.exclude(source=maker.source).exists():
        return
    citation = Citation.objects.filter(grant=grant).exclude(source=maker.source).order_by("pk").first()
    source = citation.source if citation else _source_of_announcement(grant, maker.source)
    if source is not None:
        maker.save(_earlier_claim(grant, source, citation.quote if citation else ""))


def _earlier_claim(grant: Grant, source: Source, words: str) -> Figure:
    claim = Figure(
        grant=grant,
        source=source,
        measure=Measure.AID,
        value=grant.amount,  # type: ignore[misc]  # known: see keep_earlier
        as_of=grant.date,
        wording=words,
        wording_language=source.language,
    )
    claim.clean()
    return claim


def _source_of_announcement(grant: Grant, but: Source) -> Source | None:
    if grant.announcement_id is None:
        return None
    cited = Citation.objects.filter(announcement=grant.announcement_id).exclude(source=but)
    citation = cited.exclude(source__publication=Publication.WITHDRAWN).order_by("pk").first()
    return citation.source if citation else None


def _amount(line: AmendmentDraft) -> Decimal:
    value = field("now", number_in, line.now)
    if value is None or value < 0:
        raise ValidationError({"now": _("A correction needs the amount that is right.")})
    return value
