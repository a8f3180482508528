"""Whom a pronoun stands for."""

from __future__ import annotations

from .. import rules
from ..judging import Sentence
from ..names.finding import name_from
from ..names.name import Name
from ..text import Text
from .windows import headed_name, subject

NEAR_RECIPIENT = 300  # characters back to whom « elle », « l'entreprise » stand for


class Earlier:
    """The names told so far, for « l'entreprise », « elle »."""

    def __init__(self, text: Text, sentences: list[Sentence]) -> None:
        self.text, self.sentences, self.alone = text, sentences, False
        # The last one that was paired with an amount, and where.
        self.recipient: Name | None = None
        self.recipient_at = 0

    def before(self, sentence: Sentence, at: int) -> Name | None:
        """The name that a pronoun in `sentence` stands for, `alone` where no other could be meant."""
        if name := headed_name(self.text, sentence, self.sentences):
            self.alone = True
            return name
        if self.recipient is not None and 0 <= at - self.recipient_at < NEAR_RECIPIENT:
            self.alone = True
            return self.recipient
        here = next((place for place, one in enumerate(self.sentences) if one is sentence), 0)
        found: list[Name] = []
        for other in reversed(self.sentences[max(0, here - 5) : here]):
            name = subject(self.text, other.start, other.end)
            if name is None:
                after = rules.first("toward", self.text.flat, other.start, other.end)
                name = name_from(self.text, after.end, other.end) if after else None
            if name is not None and name.quality >= 0.8:
                found.append(name)
        if (
            found
            and sentence.block is self.sentences[here - 1].block
            and subject(self.text, self.sentences[here - 1].start, self.sentences[here - 1].end)
        ):
            self.alone = True  # the sentence before is about it
            return found[0]
        self.alone = len({name.value.split()[0] for name in found[:2]}) == 1
        return found[0] if found else None
