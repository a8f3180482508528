"""Words in both languages, whatever the language of the moment."""

from collections.abc import Callable, Sequence

from django.utils.translation import override

from grants.bilingual import ENGLISH, FRENCH


def in_both(say: Callable[[], Sequence[str]]) -> list[tuple[str, str]]:
    """What is said in French and in English, pair by pair."""
    said = []
    for language in (FRENCH, ENGLISH):
        with override(language):
            said.append(list(say()))
    return list(zip(*said, strict=True))
