"""The part of a text that speaks of what is announced."""

from collections import Counter

from . import rules
from .blocks import Block
from .heading import is_frame
from .language import language_of
from .mention import Mention
from .text import Text

LONGEST_FOOTER = 400  # characters of a paragraph that begins like a footer


def body_of(text: Text, blocks: list[Block], title: Block | None, mentions: list[Mention]) -> list[Block]:
    """The blocks that speak of the act: not who to call, not what the ministry is; and one language of two."""
    body: list[Block] = []
    seen, about = 0, False
    for block in blocks:
        if block is not title and is_frame(text, block):
            continue
        says = _footer(text, block) if seen > 2 else ""
        if says == "end":
            break
        if says == "contacts":
            continue
        about = about or says == "about"
        block.about = about
        body.append(block)
        seen += 1
    return _one_language(text, body, mentions)


def _footer(text: Text, block: Block) -> str:
    """What a block that ends the announcement says: about, end, contacts; "" for any other."""
    hit = rules.hit_at("footer", text.flat, block.start)
    short = block.kind == "heading" or block.end - block.start < LONGEST_FOOTER
    return hit.rule.says if hit and short else ""


def _one_language(text: Text, body: list[Block], mentions: list[Mention]) -> list[Block]:
    """A text in French then in English tells everything twice: the first language is read."""
    languages = [language_of(text, block.start, block.end) if block.end - block.start > 60 else "" for block in body]
    first = next((language for language in languages if language), "")
    other = {"fr": "en", "en": "fr"}.get(first)
    turns = [place for place, language in enumerate(languages) if language == other]
    if not turns:
        return body
    turn = turns[0]
    after = [language for language in languages[turn:] if language]
    size = sum(block.end - block.start for block in body[turn:])
    if after.count(first) or size < 0.25 * len(text.plain):
        return body
    if not _same_amounts(mentions, body[turn].start):
        return body  # one block of the other language says little
    # The title of the second part stands before its first long block.
    while turn > 1 and languages[turn - 1] == "" and body[turn - 1].kind == "heading":
        turn -= 1
    return body[:turn]


def _same_amounts(mentions: list[Mention], turn: int) -> bool:
    """Whether what follows a place gives the amounts that stand before it again."""
    before = Counter(mention.value for mention in mentions if mention.kind == "money" and mention.start < turn)
    after = Counter(mention.value for mention in mentions if mention.kind == "money" and mention.start >= turn)
    return bool(before) and (before & after).total() >= 0.6 * before.total()
