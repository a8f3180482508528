"""The nouns of the registry, one file each."""

from .announcements import Announcement
from .communiques import Communique, Passage
from .cycles import register_cycle_triggers
from .figures import Figure
from .grants import Grant, GrantProject
from .imports import Import, ImportPart, ImportProfile, ImportProgress
from .leaning import register_triggers
from .organisations import Organisation, OrganisationName
from .programmes import Programme
from .projects import Project
from .publication import Publishable
from .regions import Region
from .search_entries import SearchEntry, SearchKind
from .sources import Citation, Source

register_triggers()
register_cycle_triggers({Organisation: ("parent", "merged_into"), Programme: ("parent",)})

PUBLISHABLE: tuple[type[Publishable], ...] = (
    Organisation,
    Programme,
    Announcement,
    Project,
    Grant,
    Source,
    Figure,
)

__all__ = [
    "PUBLISHABLE",
    "Announcement",
    "Citation",
    "Communique",
    "Figure",
    "Grant",
    "GrantProject",
    "Import",
    "ImportPart",
    "ImportProfile",
    "ImportProgress",
    "Organisation",
    "OrganisationName",
    "Passage",
    "Programme",
    "Project",
    "Publishable",
    "Region",
    "SearchEntry",
    "SearchKind",
    "Source",
]
