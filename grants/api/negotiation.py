"""How an answer is written: always the same way. Django REST framework loads this before it has views."""

from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request


class AlwaysJson(BaseContentNegotiation):
    """There is one way to answer, whatever the reader would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0] if parsers else None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str = "") -> Any:
        return renderers[0], renderers[0].media_type
