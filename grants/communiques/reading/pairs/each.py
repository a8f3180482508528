"""Whether each of several recipients gets the amount."""

import re

from .. import rules
from ..judging import Judged
from ..text import Text

EACH = re.compile(rf"[ ,]*(?:{rules.words_of('each')})\b")


def is_each(text: Text, judged: Judged) -> bool:
    """Whether each of several recipients gets the amount."""
    return judged.mention.per == "each" or bool(EACH.match(text.flat[judged.mention.end : judged.mention.last + 20]))
