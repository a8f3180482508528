"""A programme over time: its envelope and the aid announced beside what is itemised, drawn, as a table, as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from grants.exports.cells import Column as FileColumn
from grants.exports.downloads import sending
from grants.exports.writers import write_csv
from grants.models import Programme
from grants.reconciliation.programmes import published_report
from grants.reconciliation.timelines import Claim, Timeline, Year, timeline_of

from . import charts, drawing
from .charts import Chart, Link
from .drawing import Column, Mark, Moment, Table
from .notes import Notes, measure_in_words
from .short_words import short_number

COLUMNS = (
    FileColumn("year", kind="integer"),
    FileColumn("envelope", kind="money"),
    FileColumn("announced", kind="money"),
    FileColumn("itemised", kind="money"),
    FileColumn("grants", kind="integer"),
    FileColumn("grants_without_amount", kind="integer"),
    FileColumn("sources"),
)


def over_time_chart(timeline: Timeline, public_id: str, notes: Notes) -> Chart | None:
    """The drawing and its table; nothing where no year is known. Sources get their numbers on the page."""
    if not timeline.years:
        return None
    caption = _("Announced and itemised over time, added up at the end of each year")
    moments = [_moment(year) for year in timeline.years]
    return Chart(
        caption=caption,
        svg=drawing.columns(moments, charts.axis_money, title=caption, description=_description(timeline.years[-1])),
        table=Table(caption, _heads(), [_row(year, notes) for year in timeline.years]),
        legend=_legend(timeline),
        csv=reverse("public:programme-over-time", args=[public_id]),
        notes=list(_gaps(timeline, notes)),
        name="over-time",
    )


def _moment(year: Year) -> Moment:
    marks = _marks(year)
    return Moment(str(year.year), marks[1:], marks[0])


def _marks(year: Year) -> tuple[Mark, ...]:
    when = {"year": year.year}
    return (
        Mark(_("%(year)s, envelope") % when, year.envelope, charts.money(year.envelope), "mark-envelope"),
        Mark(_("%(year)s, announced") % when, year.announced, charts.money(year.announced), "mark-claimed"),
        Mark(_("%(year)s, itemised") % when, year.itemised.amount, charts.money(year.itemised.amount), "mark-itemised"),
    )


def _legend(timeline: Timeline) -> list[Mark]:
    words = _("Envelope claimed"), _("Aid announced"), _("Grants itemised")
    values = zip(*(_marks(year) for year in timeline.years), strict=True)
    return [
        Mark(word, None, "", marks[0].style)
        for word, marks in zip(words, values, strict=True)
        if any(mark.value is not None for mark in marks)
    ]


def _description(last: Year) -> str:
    return charts.listed(mark for mark in _marks(last) if mark.value is not None)


def _heads() -> list[Column]:
    numbers = _("Envelope claimed"), _("Aid announced"), _("Grants itemised"), _("Number of grants")
    return [Column(_("End of")), *(Column(words, "number") for words in numbers), Column(_("Claims of the year"))]


def _row(year: Year, notes: Notes) -> list[str]:
    claims = format_html_join("; ", "{}", ((_claim(claim, notes),) for claim in year.claims))
    return [
        str(year.year),
        charts.money(year.envelope),
        charts.money(year.announced),
        charts.money(year.itemised.amount),
        short_number(0) if not year.itemised.grants else charts.count(year.itemised.grants),
        claims or "–",
    ]


def _claim(claim: Claim, notes: Notes) -> SafeString:
    """« Aide (cumulatif), 81 000 000 $ [1] »."""
    number = notes.number(claim.figure.source)
    return format_html(
        '{}, {} <a class="ref" href="#source-{}"><span class="visually-hidden">{} </span>[{}]</a>',
        measure_in_words(claim.figure), charts.money(claim.value), number, _("source"), number,
    )  # fmt: skip


def _gaps(timeline: Timeline, notes: Notes) -> Iterator[str | Link]:
    """What the drawing cannot show."""
    yield _("Each year shows the latest claim known by its end; a date known by its month or year counts at its end.")
    unknown = timeline.years[-1].itemised.unknown_amounts
    if unknown:
        yield ngettext(
            "%(shown)s grant has no known amount and is in no sum.",
            "%(shown)s grants have no known amount and are in no sum.",
            unknown,
        ) % {"shown": charts.count(unknown)}
    if timeline.undated and timeline.undated.grants:
        yield ngettext(
            "%(shown)s grant has no date and is in no year: %(amount)s.",
            "%(shown)s grants have no date and are in no year: %(amount)s.",
            timeline.undated.grants,
        ) % {"shown": charts.count(timeline.undated.grants), "amount": charts.money(timeline.undated.amount)}
    for claim in timeline.undated_claims:
        yield format_html("{} {}", _("Without a date, and in no year:"), _claim(claim, notes))


@require_safe
def over_time(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The table as CSV: `programmes/<id>/dans-le-temps.csv`."""
    programme = Programme.objects.published().filter(public_id=public_id).first()
    if programme is None:
        raise Http404
    timeline = timeline_of(programme.pk, published_report(programme))
    rows: Any = (_file_row(year) for year in timeline.years)
    word = _("over-time")
    return sending(write_csv(COLUMNS, rows), "csv", f"{public_id}-{word}.csv")


def _file_row(year: Year) -> list[Any]:
    sums = year.itemised
    sources = list(dict.fromkeys(claim.figure.source.public_id for claim in year.claims))
    return [year.year, year.envelope, year.announced, sums.amount, sums.grants, sums.unknown_amounts, " ".join(sources)]
