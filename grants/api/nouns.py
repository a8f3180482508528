"""Organisations, announcements, programmes, projects, sources, figures and regions."""

import json
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from grants.models import Announcement, Figure, Organisation, Programme, Project, Region, Source
from grants.reconciliation.announcements import overall, reconcile_announcement
from grants.reconciliation.programmes import published_report
from grants.search import filters

from .fields import FIELDS
from .filters import FigureFilter
from .records import RecordDetail, RecordList, moved_to
from .rows import array, json_rows
from .view import ApiView, answer


class OrganisationList(RecordList):
    model = Organisation
    filters = filters.OrganisationFilter


class OrganisationDetail(RecordDetail):
    model = Organisation
    subject = "organisation"

    def missing(self, request: Request, public_id: str) -> HttpResponse:
        """What was merged leads to what was kept, for ever."""
        if kept := Organisation.objects.kept_for(public_id):
            return moved_to("organisation-detail", kept.public_id)
        return super().missing(request, public_id)


class AnnouncementList(RecordList):
    model = Announcement
    filters = filters.AnnouncementFilter


class AnnouncementDetail(RecordDetail):
    model = Announcement
    subject = "announcement"

    def parts(self, public_id: str) -> dict[str, bytes]:
        record = Announcement.objects.published().get(public_id=public_id)
        lines = reconcile_announcement(record)
        told = {"verdict": overall(lines).value, "lines": [_line(line) for line in lines]}
        return {**super().parts(public_id), "reconciliation": json.dumps(told).encode()}


def _line(line: Any) -> dict[str, Any]:
    compared = line.comparison
    return {
        "measure": line.measure.value,
        "figure_id": line.stated.public_id if line.stated else None,
        "stated": money(compared.stated),
        "itemised": money(compared.itemised),
        "counted": compared.counted,
        "missing": compared.missing,
        "difference": money(compared.difference),
        "to_find": money(compared.to_find),
        "verdict": compared.verdict.value,
    }


def money(value: Decimal | None) -> str | None:
    """A number as a text of all its digits, two of them decimals."""
    return None if value is None else f"{value:.2f}"


class ProgrammeList(RecordList):
    model = Programme
    filters = filters.ProgrammeFilter


REPORTED = ("envelope", "claimed", "claimed_not_itemised", "itemised", "itemised_after", "granted", "left")


class ProgrammeDetail(RecordDetail):
    model = Programme
    subject = "programme"

    def parts(self, public_id: str) -> dict[str, bytes]:
        record = Programme.objects.published().get(public_id=public_id)
        report = published_report(record)
        told = {name: money(getattr(report, name)) for name in REPORTED} | {"unknown_amounts": report.unknown_amounts}
        return {**super().parts(public_id), "reconciliation": json.dumps(told).encode()}


class ProjectList(RecordList):
    model = Project
    filters = filters.ProjectFilter


class ProjectDetail(RecordDetail):
    model = Project
    subject = "project"


class SourceList(RecordList):
    model = Source
    filters = filters.SourceFilter


class SourceDetail(RecordDetail):
    model = Source


class FigureList(RecordList):
    model = Figure
    filters = FigureFilter


class FigureDetail(RecordDetail):
    model = Figure


class RegionList(ApiView):
    """The regions, all at once: there are nineteen."""

    def get(self, request: Request) -> HttpResponse:
        return answer(b'{"results":' + array(json_rows(_regions(), FIELDS[Region])) + b"}")


class RegionDetail(ApiView):
    def get(self, request: Request, code: str) -> HttpResponse:
        rows = json_rows(_regions().filter(code=code), FIELDS[Region])
        if not rows:
            raise Http404
        return answer(rows[0])


def _regions() -> QuerySet:
    return Region.objects.order_by("code")
