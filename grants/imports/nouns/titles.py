"""When two titles are the same title: case, accents, articles, plurals, spaces and underscores put aside."""

from __future__ import annotations

import functools
import re

from grants.values.folding import ARTICLES, fold

_PARENTHESES = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_PLURAL = re.compile(r"[sx]$")
SHORTEST_PLURAL = 4
LANGUAGES = ("fr", "en")


@functools.lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """What a title comes down to: « Nom de l'attributaire » and `nom_attributaire` give « nomattributaire »."""
    words = fold(title.replace("(s)", "s")).split()
    last = words[1:][-1:]  # in `name_en` it is a language
    words = [word for word in words[: len(words) - len(last)] if word not in ARTICLES]
    words += [word for word in last if word not in ARTICLES or word in LANGUAGES]
    return "".join(_PLURAL.sub("", word) if len(word) >= SHORTEST_PLURAL else word for word in words) or fold(title)


def title_keys(title: str) -> tuple[str, ...]:
    """The keys to try for a title, the whole one first: « Montant (€) » is « Montant » too."""
    bare = _PARENTHESES.sub(" ", title).strip()
    keys = [title_key(title)]
    if bare and bare != title:
        keys.append(title_key(bare))
    return tuple(key for key in keys if key)
