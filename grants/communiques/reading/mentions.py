"""Every number of a text that says something: money, counts, shares, dates, years, lengths of time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from heapq import merge
from itertools import islice

from . import rules
from .counts import Counts
from .dates import DateMention, find_dates
from .hedges import Hedge, Hedges
from .mention import Mention
from .money import money_in
from .numbers import Number, ends_a_name, find_numbers
from .ranges import join
from .text import Text

__all__ = ["Mention", "find_mentions"]

MOST = 50_000  # as many numbers as a thousand pages hold; a longer text is no press release
_YEARS = re.compile(r"[-/–](?P<last>(?:19|20)?[0-9]{2})(?![0-9-])")
_LIST_NUMBER = re.compile(r"[.)](?=[ \n])|\.-")


def find_mentions(text: Text) -> list[Mention]:
    """The mentions of a text, in order, not overlapping. Of its numbers, the first MOST are read."""
    dates = find_dates(text)
    mentions: list[Mention] = []
    counts, hedges = Counts(text.flat), Hedges(text.flat)
    for number in islice(find_numbers(text, _free(text, dates)), MOST):
        taken = mentions[-1].end if mentions else 0
        if number.start < taken:
            continue
        if mention := _read(text, number, counts, taken):
            mentions.append(mention)
    joined = join(text, mentions)
    whole = _with_words_around(text, joined, hedges, counts)
    return list(merge(whole, map(_date, dates), key=lambda mention: mention.start))


def _free(text: Text, dates: list[DateMention]) -> Iterator[tuple[int, int]]:
    """The stretches of the text between dates, addresses, phone numbers and the like."""
    spans = sorted(
        [(date.start, date.end) for date in dates]
        + [(hit.start, hit.end) for hit in rules.hits("no_quantity", text.flat)]
    )
    last = 0
    for start, end in spans:
        if start > last:
            yield last, start
        last = max(last, end)
    yield last, len(text.flat)


def _read(text: Text, number: Number, counts: Counts, taken: int) -> Mention | None:
    """What one number is, without what stands around it. A number in words that has no unit may yet share another's."""
    mention = money_in(text, number, taken) or (None if number.stuck else counts.read(number))
    if mention:
        if not _is_a_name(text, mention):
            return mention
        if number.worded:
            return None
    if number.bare and number.end - number.start == 4 and 1900 <= number.value <= 2099:
        return _year(text, number)
    if number.stuck or (number.bare and _is_list_number(text.flat, number)):
        return None
    kind = "word" if number.worded else "number"
    return Mention(kind, number.start, number.end, number.start, number.end, number.value, number.precision)


def _is_a_name(text: Text, mention: Mention) -> bool:
    """Whether the number is part of a name: « Ferme aux Trois Ponts », « District 3 offre »."""
    if mention.kind != "count":
        return False
    plain = text.plain
    if plain[mention.start].isdigit():
        return not mention.measure and ends_a_name(plain, mention.start)
    noun = plain[mention.end + 1 : mention.end + 2]
    inside = mention.start > 1 and plain[mention.start - 2].isalnum()
    return inside and plain[mention.start : mention.end].istitle() and noun.isupper()


def _year(text: Text, number: Number) -> Mention:
    """A year, or years: « 2021-2022 », « 2021-22 »."""
    mention = Mention("year", number.start, number.end, number.start, number.end, number.value, Decimal(1))
    if found := _YEARS.match(text.flat, number.end):
        last = Decimal(found["last"])
        last += 0 if last > 99 else number.value // 100 * 100
        if last > number.value:
            return replace(mention, end=found.end(), last=found.end(), high=last)
    return mention


def _is_list_number(flat: str, number: Number) -> bool:
    """Whether the number only counts the lines: « 1. », « 2) » at the start of one."""
    before = flat[number.start - 1 : number.start]
    return before in ("", "\n", "(") and number.value < 100 and bool(_LIST_NUMBER.match(flat, number.end))


def _with_words_around(text: Text, mentions: list[Mention], hedges: Hedges, counts: Counts) -> Iterator[Mention]:
    """The mentions with hedges, per-units and what is done; words that turn out to be no quantity are left out."""
    previous = 0
    for mention in mentions:
        whole = _hedged(text.flat, mention, hedges)
        if whole.kind in ("count", "number", "word"):
            whole = counts.done(whole, previous)
        if whole.kind != "word":
            previous = whole.end
            yield whole


def _hedged(flat: str, mention: Mention, hedges: Hedges) -> Mention:
    if mention.kind == "year":
        return mention
    last, per = mention.last, ""
    if mention.kind == "money" and (hit := _per(flat, mention.end)):
        last, per = hit.end, hit.rule.says
    before, after = hedges.before(mention.whole), hedges.after(last)
    if before and _is_preposition(flat, mention, before):
        before = None
    if not before and not after and not per:
        return mention
    qualifier = before.says if before else after.says if after else mention.qualifier
    return replace(
        mention,
        whole=before.place if before else mention.whole,
        last=after.place if after else last,
        qualifier=qualifier,
        per=per,
    )


def _is_preposition(flat: str, mention: Mention, hedge: Hedge) -> bool:
    """Whether the hedge only ties words: "over three years" says how long, "under five programs" by which."""
    word = {"duration": "over ", "count": "under "}.get(mention.kind)
    return word is not None and flat.startswith(word, hedge.place)


def _per(flat: str, end: int) -> rules.Hit | None:
    if flat[end : end + 1] == "/":
        return rules.hit_at("per", flat, end)
    return rules.hit_at("per", flat, end + 1) if flat[end : end + 1] in (" ", "\n") else None


def _date(date: DateMention) -> Mention:
    year = date.date.year if date.date else 0
    return Mention("date", date.start, date.end, date.start, date.end, Decimal(year), Decimal(1))
