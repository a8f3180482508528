"""One resource per noun: how its records go out as rows and come back in."""

from django.db import models

from .base import SheetResource
from .grants import GrantResource
from .organisations import OrganisationResource
from .records import (
    AnnouncementResource,
    CitationResource,
    FigureResource,
    ImportResource,
    ProgrammeResource,
    ProjectResource,
    RegionResource,
    SourceResource,
)

RESOURCES: dict[type[models.Model], type[SheetResource]] = {
    resource._meta.model: resource
    for resource in (
        ProgrammeResource,
        AnnouncementResource,
        OrganisationResource,
        ProjectResource,
        GrantResource,
        FigureResource,
        SourceResource,
        CitationResource,
        RegionResource,
        ImportResource,
    )
}

__all__ = ["RESOURCES", "SheetResource"]
