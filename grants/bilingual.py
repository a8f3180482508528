"""The one place that picks a language between the `_fr` and `_en` fields of a record.

French is the registry's first language and is always there; an English text that is missing falls back to the
French one and says so, so that a page can mark it `lang="fr"`.
"""

from typing import Any, NamedTuple

from django.utils.translation import get_language

FRENCH, ENGLISH = "fr", "en"


class Text(NamedTuple):
    """A text, the language it is in, and whether that is another language than the one asked for."""

    value: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        """Whether there is any text: `{% if text %}` means what it says."""
        return bool(self.value)


def current_language() -> str:
    """`fr` or `en`: the language of the page being made (French where none is active)."""
    return ENGLISH if (get_language() or FRENCH).startswith(ENGLISH) else FRENCH


def pick(record: Any, field: str, language: str | None = None) -> Text:
    """Return the text of `record.<field>_fr` / `_en` in `language` (the page's by default).

    Where that language has none, the other one answers and `is_fallback` is true.
    """
    wanted = language or current_language()
    other = FRENCH if wanted == ENGLISH else ENGLISH
    text = getattr(record, f"{field}_{wanted}", "")
    if text:
        return Text(text, wanted, False)
    instead = getattr(record, f"{field}_{other}", "")
    return Text(instead, other, bool(instead)) if instead else Text("", wanted, False)
