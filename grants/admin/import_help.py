"""The help on the columns of each noun's sheet, and its blank template."""

from typing import Any

from django.urls import URLPattern


def urls(owner: Any) -> list[URLPattern]:
    """The addresses of the help, below those of the imports' ModelAdmin."""
    return []
