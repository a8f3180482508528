"""Text that PostgreSQL can keep: it has no place for NUL, and none for half of a surrogate pair."""

import re

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with such characters replaced one for one, so that places in it stay what they were."""
    return UNSTORABLE.sub("\ufffd", text)
