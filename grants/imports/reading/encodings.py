"""Bytes of a sheet to text, in the encoding found or in the one that somebody names."""

from django.utils.translation import gettext_lazy as _

from ...values import encodings
from ..errors import SheetError


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text without its byte-order mark, and its encoding ("utf-8 + cp1252" when lines differ).

    ``encoding`` overrules what would be found. Raises SheetError when it does not fit or does not exist.
    """
    encoding = encoding or encodings.wide_encoding(content)
    if not encoding:
        return encodings.decode(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff"), encoding
    except (UnicodeDecodeError, LookupError):
        raise SheetError(_("This file cannot be read as %(encoding)s."), params={"encoding": encoding}) from None
