"""Blocks with their sentences, and the name that a block begins with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..blocks import Block
from ..judging import Judged, Sentence
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import is_word
from ..pairs.earlier import Earlier
from ..pairs.pair import Pair
from ..pairs.sentence import pair_sentence
from ..text import Text


@dataclass(slots=True)
class Unit:
    """A block with its sentences."""

    block: Block
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def amounts(self) -> list[Judged]:
        """All its amounts."""
        return [judged for sentence in self.sentences for judged in sentence.amounts]

    @property
    def candidates(self) -> list[Judged]:
        """Its amounts that may be grants."""
        return [
            judged
            for judged in self.amounts
            if judged.reason in ("", "total") and judged.scope == "act" and not judged.taken
        ]


@dataclass(slots=True)
class Structured:
    """What the build of a text gives: pairs, names without amounts, and the blocks that are used up."""

    pairs: list[Pair] = field(default_factory=list)
    unpaid: list[Pair] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def units_of(blocks: list[Block], sentences: list[Sentence]) -> list[Unit]:
    """The blocks with their sentences."""
    units = [Unit(block) for block in blocks]
    for sentence in sentences:
        units[sentence.number].sentences.append(sentence)
    return units


def runs(units: list[Unit], kind: str) -> Iterator[list[Unit]]:
    """The runs of neighbouring blocks of one kind."""
    run: list[Unit] = []
    for unit in units:
        if unit.block.kind == kind:
            run.append(unit)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


# « a) to the Historical Society, the sum of $12,500 »
TOWARD = re.compile(r"(?:to (?=the |[A-Z])|à (?=la |l')|(?=aux? ))")


def head_name(text: Text, block: Block, limit: int = 0) -> Name | None:
    """The name that a block begins with, before `limit`; None where it begins with something else."""
    toward = TOWARD.match(text.plain, block.start)
    name = name_from(text, toward.end() if toward else block.start, limit or block.end, whole=True)
    if name is None or name.quality < 0.5:
        return None
    first = re.match(r"(?:l'|d'|[a-z]+)", text.flat[name.start : name.end])
    if first and is_word("activity", first[0]):
        return None
    # Only the start of the line gives the capital: without another one, or a word for a body, it may be anything.
    words = name.value.split()
    if not any(word[:1].isupper() or word[:1].isdigit() or re.match(r"[dl]['’][A-ZÀ-Ý]", word) for word in words[1:]):
        plain_word = re.fullmatch(r"[A-ZÀ-Ý][a-zà-ÿ'-]+", words[0])
        if plain_word and len(words) > 4 and not is_word("head", text.flat[name.start : name.end].split()[0]):
            name.quality = min(name.quality, 0.7)
    return name


def told_in(text: Text, unit: Unit, earlier: Earlier) -> list[Pair]:
    """The pairs that the sentences of a block tell."""
    return [pair for sentence in unit.sentences for pair in pair_sentence(text, sentence, earlier)]
