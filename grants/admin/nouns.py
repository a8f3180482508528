"""Every noun of the editors' door, registered: Django loads this once its site is there (otnregistry.apps)."""

from . import (  # noqa: F401
    announcements,
    citations,
    figures,
    grants,
    imports,
    organisations,
    programmes,
    projects,
    regions,
    sources,
)
from .communiques import listing  # noqa: F401
