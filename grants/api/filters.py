"""The filters of figures, which have no list among the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.models import Announcement, Grant, Organisation, Programme, Project, Source
from grants.models import codes as c
from grants.search.filters import CodeFilter, PublicRecordFilter, RecordFilter


class FigureFilter(RecordFilter):
    """What a figure is about, what it counts, who says so."""

    q: Any = None  # the words of figures are not indexed
    programme = PublicRecordFilter(model=Programme, label=_("Programme"))
    announcement = PublicRecordFilter(model=Announcement, label=_("Announcement"))
    organisation = PublicRecordFilter(model=Organisation, label=_("Organisation"))
    project = PublicRecordFilter(model=Project, label=_("Project"))
    grant = PublicRecordFilter(model=Grant, label=_("Grant"))
    source = PublicRecordFilter(model=Source, label=_("Source"))
    measure = CodeFilter(c.Measure, label=_("Measure"))
    scope = CodeFilter(c.Scope, label=_("Scope"))
    nature = CodeFilter(c.Nature, label=_("Nature"))
