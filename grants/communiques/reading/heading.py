"""The head of a press release: its title, its place and date, its programme."""

import re
from dataclasses import dataclass

from grants.values.partial_dates import PartialDate

from . import rules
from .answers import Span, Words
from .blocks import Block
from .dates import DateMention, find_dates
from .names.words import is_place, is_word
from .text import Text, flatten

ABOVE_TITLE = re.compile(rf"(?:{rules.words_of('above_title')})\s*[:.–-]*$")
PROVINCE = re.compile(rf",? (?:{rules.words_of('province')})\.?$")
LINK = rf"(?:(?:{rules.words_of('place_link')}) )?"
DATELINE = re.compile(
    rf"(?P<place>[A-ZÀ-Ý][\w'.’-]*(?:[ -]{LINK}[A-ZÀ-Ýa-zà-ÿ][\w'.’-]*){{0,5}}(?: ?\([^()]{{2,40}}\))?"
    r"(?:, [A-Z][\w.' ]{1,25}?)?)(?:, le | \(?le |, | – | - |\. | )$"
)
AFTER_DATELINE = re.compile(r"[ ]*(?:[.]?[ ]*[-–—/(]|\.|:|,? ?\(?CNW|$|\n)")
END_OF_DATELINE = re.compile(r"[ ]*[.]?[ ]*(?:/[^/]{2,20}/)?[ ]*(?:\([^)]{2,20}\))?[ ]*[-–—]*[ ]*")
AFTER_DATE = re.compile(
    rf",? ?(?P<place>[A-ZÀ-Ý][\w'.-]*(?:[ -]{LINK}[A-ZÀ-Ý][\w'.-]*){{0,4}}?)"
    r"(?: ?\([^()]{2,25}\)|, [A-Z][\w. ]{1,20}?)? ?[–-] "
)
PLACE_ALONE = re.compile(
    r"(?P<place>[A-ZÀ-Ý][A-ZÀ-Ý.' -]{2,30}|[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){0,2})(?:, [A-Z][\w.]{1,12})?"
    r" [–-]{1,2} (?=[A-ZÀ-Ý])"
)
OTHER_DATE = re.compile(rf"(?:{rules.words_of('other_date')}) (?:le |on )?(?:(?:{rules.words_of('weekday')}) )?$")
FIRST_LINES = 900  # characters in which the date of the announcement stands
TITLE_LONGEST = 260


@dataclass(slots=True)
class Heading:
    """What the head says; places are those of the plain text."""

    title: Block | None = None
    place: Words | None = None
    date: PartialDate | None = None
    date_span: Span | None = None
    dateline_end: int = 0


def read_heading(text: Text, blocks: list[Block]) -> Heading:
    """Read title, place and date."""
    heading = Heading()
    dates = find_dates(text)
    _dateline(text, blocks, dates, heading)
    heading.title = _title(text, blocks, heading)
    if heading.date is None:
        _date(text, blocks, dates, heading)
    return heading


def _dateline(text: Text, blocks: list[Block], dates: list[DateMention], heading: Heading) -> None:
    """« Québec, le 24 janvier 2022 – », « Gatineau (Québec) – March 3, 2020 – »."""
    for block in blocks[:8]:
        first = next((date for date in dates if block.start <= date.start < min(block.end, block.start + 90)), None)
        if first is None or first.date is None:
            continue
        if _write_dateline(text, block, first, heading):
            return
    if _date_first(text, blocks, dates, heading):
        return
    _place_alone(text, blocks, heading)


def _write_dateline(text: Text, block: Block, date: DateMention, heading: Heading) -> bool:
    """Write down the place and date of a block that begins with both; False where it does not."""
    before = text.plain[block.start : date.start]
    found = DATELINE.fullmatch(before.lstrip("(/ "))
    if not found or not AFTER_DATELINE.match(text.plain[date.end : date.end + 14]):
        return False
    start = block.start + len(before) - len(before.lstrip("(/ "))
    place = re.sub(r" ?\(.*\)$", "", found["place"])
    if (province := PROVINCE.search(flatten(place))) and province.start() > 2:
        place = place[: province.start()]
    words = flatten(place).split()
    if is_word("no_place", words[0]) or (words[1:] and is_word("no_place", words[-1])):
        return False
    heading.place = Words(place.title() if place.isupper() else place, text.span(start, start + len(place)))
    heading.date, heading.date_span = date.date, text.span(date.start, date.end)
    closing = END_OF_DATELINE.match(text.plain, date.end, block.end)
    _cut(block, heading, closing.end() if closing else date.end)
    return True


def _date_first(text: Text, blocks: list[Block], dates: list[DateMention], heading: Heading) -> bool:
    """« Le 7 juillet 2023, Sudbury (Ontario) – », « February 7, 2020, Vancouver, B.C. – »."""
    for block in blocks[:6]:
        first = next((date for date in dates if block.start <= date.start < block.start + 4), None)
        found = AFTER_DATE.match(text.plain, first.end, block.end) if first and first.date else None
        if first is None or found is None:
            continue
        heading.date, heading.date_span = first.date, text.span(first.start, first.end)
        heading.place = Words(found["place"], text.span(found.start("place"), found.end("place")))
        _cut(block, heading, found.end())
        return True
    return False


def _cut(block: Block, heading: Heading, end: int) -> None:
    """What stands before `end` is of the dateline."""
    heading.dateline_end = end
    block.start = end
    block.sentences = [(max(start, min(end, last)), last) for start, last in block.sentences if last > end]


def _place_alone(text: Text, blocks: list[Block], heading: Heading) -> None:
    """« REGINA – At least … »: a place and a dash, the date elsewhere."""
    for block in blocks[:6]:
        found = PLACE_ALONE.match(text.plain[block.start : block.end])
        if not found or block.end - block.start < 90:
            continue
        place = found["place"].strip()
        first = block is next((one for one in blocks if one.end - one.start >= 90), None)
        if not place.isupper() and not first and not is_place(text, block.start, block.start + len(place) + 1):
            continue
        heading.place = Words(
            place.title() if place.isupper() else place, text.span(block.start, block.start + len(place))
        )
        _cut(block, heading, block.start + found.end())
        return


def _title(text: Text, blocks: list[Block], heading: Heading) -> Block | None:
    for block in blocks[:5]:
        words = text.plain[block.start : block.end]
        if ABOVE_TITLE.match(text.flat[block.start : block.end]) or _only_a_date(text, block):
            continue
        if heading.dateline_end and block.start >= heading.dateline_end:
            return None
        if block.kind in ("heading", "paragraph") and len(words) <= TITLE_LONGEST and len(block.sentences) <= 2:
            return block if block.kind == "heading" or words[-1] not in "." or _followed(blocks, block) else None
        return None
    return None


def _followed(blocks: list[Block], block: Block) -> bool:
    """Whether a first line that ends with a full stop is a title all the same: short, a blank line after it."""
    place = next(number for number, one in enumerate(blocks) if one is block)
    return (
        len(block.sentences) == 1
        and block.end - block.start < 150
        and len(blocks) > place + 1
        and blocks[place + 1].gap
    )


def _only_a_date(text: Text, block: Block) -> bool:
    found = _dates_in(text, block)
    return len(found) == 1 and block.end - block.start - (found[0].end - found[0].start) < 25


def _dates_in(text: Text, block: Block) -> list[DateMention]:
    """The dates of one block."""
    return [date for date in _dates_of(text) if block.start <= date.start < block.end]


def _dates_of(text: Text) -> list[DateMention]:
    """The dates of the whole text, found once and kept on it, as `Text.flat` is."""
    kept = vars(text)
    if "dates" not in kept:
        kept["dates"] = find_dates(text)
    return kept["dates"]


def _date(text: Text, blocks: list[Block], dates: list[DateMention], heading: Heading) -> None:
    """A date by itself on a line, or the first full date of the first lines (« Le 12 avril 2023, le ministère … »)."""
    for block in blocks:
        if _only_a_date(text, block):
            one = _dates_in(text, block)[0]
            if one.date is not None:
                heading.date, heading.date_span = one.date, text.span(one.start, one.end)
                return
    for date in dates:
        if date.date is None or not date.date.day or date.start >= FIRST_LINES:
            continue
        if OTHER_DATE.search(text.flat[max(0, date.start - 40) : date.start]):
            continue
        heading.date, heading.date_span = date.date, text.span(date.start, date.end)
        return


def is_frame(text: Text, block: Block) -> bool:
    """Whether a block is of the page rather than of the text: « Communiqué de presse », a date by itself."""
    return bool(ABOVE_TITLE.match(text.flat[block.start : block.end])) or _only_a_date(text, block)
