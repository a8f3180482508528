"""What else a text says of a grant: host, project, instrument, what it is a part of."""

import re
from bisect import bisect_left
from decimal import Decimal

from . import rules
from .answers import GrantRead
from .judging import Judged
from .names.finding import name_from
from .pairs.pair import Pair
from .text import Text

TITLE_END = re.compile(rf"[.;:,(\n]| (?:{rules.words_of('title_ends')})\b")


AND_ANOTHER = re.compile(r",? (?:et|and) (?=la |le |les |l'|the )|, (?=la |le |les |l'|the )")


def fill(text: Text, grant: GrantRead, pair: Pair, start: int, end: int) -> None:
    """Write onto a grant what the words between two places say of it."""
    grant.acronym = pair.name.acronym
    grant.place = pair.place or pair.name.place
    grant.project = pair.project or project_in(text, start, end)
    grant.host = host_in(text, pair.name.end, end)
    if pair.judged is not None:
        grant.instrument = instrument_of(text, pair.judged)
        if pair.judged.mention.high is not None:
            grant.note = "range"
        elif pair.judged.mention.qualifier == "up_to":
            grant.note = "up_to"


def project_in(text: Text, start: int, end: int) -> str:
    """The title of the project: « intitulé Mon succès numérique », « le projet « Mon succès numérique » »; several
    apart by semicolons."""
    if several := _several_projects(text, start, end):
        return several
    for hit in rules.hits("project", text.flat[start:end]):
        at = start + hit.end
        quoted = re.match(r"[ ]*(?:«[ ]*([^»]{2,150}?)[ ]*»|\"([^\"]{2,150})\")", text.plain[at:end])
        if quoted:
            return (quoted[1] or quoted[2]).strip(" ,.")
        if hit.rule.says == "titled":
            stop = TITLE_END.search(text.flat, at + 1, end)
            title = text.plain[at : stop.start() if stop else end].strip(' ,.«»"')
            if title[:1].isupper() or title[:1].isdigit():
                return re.sub(r"\s+", " ", title)
    return ""


def _several_projects(text: Text, start: int, end: int) -> str:
    """« deux projets portant sur la valorisation des données et l'optimisation des opérations »: as many titles."""
    hit = rules.first("several_projects", text.flat, start, end)
    if hit is None:
        return ""
    stop = re.compile(r"[.;:(\n]").search(text.plain, hit.end, end)
    words = text.plain[hit.end : stop.start() if stop else end]
    titles = [re.sub(r"^(?:la |le |les |l'|the )", "", part.strip(" ,")) for part in AND_ANOTHER.split(words)]
    if len(titles) != {"two": 2, "three": 3}[hit.rule.says] or not all(titles):
        return ""
    return "; ".join(title[:1].upper() + title[1:] for title in titles)


def host_in(text: Text, start: int, end: int) -> str:
    """The body to which the recipient is attached: « rattaché au Collège d'Alma »."""
    hit = rules.first("host", text.flat, start, min(end, start + 160))
    if hit is None:
        return ""
    host = name_from(text, hit.end, end)
    return host.value if host and host.quality >= 0.8 else ""


def instrument_of(text: Text, judged: Judged) -> str:
    """The code of the form that the money takes, from the words nearest before it (or right after it)."""
    flat = text.flat
    before = list(rules.hits("instrument", flat[judged.left : judged.mention.whole]))
    if before:
        return before[-1].rule.says
    after = rules.first("instrument", flat, judged.mention.end, min(judged.right, judged.mention.end + 45))
    if after and not re.search(r"[,.;:]", flat[judged.mention.end : after.start]):
        return after.rule.says
    return ""


def _place(judged: Judged) -> int:
    return judged.mention.start


def project_cost_near(amounts: list[Judged], start: int, end: int) -> Decimal | None:
    """The cost of the project that stands beside the grant's amount."""
    first = bisect_left(amounts, start, key=_place)
    inside = amounts[first : bisect_left(amounts, end, lo=first, key=_place)]
    costs = [judged for judged in inside if judged.reason == "project_cost"]
    return costs[0].mention.value if len(costs) == 1 else None
