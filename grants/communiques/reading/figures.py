"""What a text states in numbers: of the act, of the programme, of all acts so far, of something else."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from grants.values.amounts import ClaimedAmount

from . import rules
from .answers import FigureRead, NotGrant, Reading
from .judging import Judged, Sentence
from .mention import Mention
from .names import is_word, name_from
from .pairing import Pair, subject
from .text import Text, flatten

SCOPES = {
    "act": "act",
    "before": "cumulative",
    "cumulative": "cumulative",
    "other_act": "other_act",
    "other_programme": "other_programme", "aside": "other_programme"}
COUNTED = ("recipients", "projects", "made_aware", "supported", "members")
FUNDERS = re.compile(
    r"\b(?:fonds|programme|fondation|ville|mrc|investissement quebec|desjardins|caisse|societe|agence|conseil|ministere|hydro|fund|foundation|program|agency|council)\b"
)


def amount_figures(text: Text, amounts: list[Judged], pairs: list[Pair], programme: str) -> list[FigureRead]:
    """The figures that amounts which are no grants state."""
    of_programme = flatten(programme)
    paired = {id(pair.judged) for pair in pairs}
    granted = {pair.judged.mention.value for pair in pairs if pair.judged is not None}
    single = len({pair.name.value for pair in pairs}) == 1
    body = any(pair.judged is not None and not pair.judged.in_title for pair in pairs)
    names = {pair.name.value for pair in pairs}
    told = Counter(id(pair.judged.sentence) for pair in pairs if pair.judged is not None)
    found = []
    for judged in amounts:
        if id(judged) in paired:
            # A title's rounding of the grant that the text tells: « Plus de 1,9 M$ à la Municipalité … ».
            if judged.in_title and body:
                found.append(_made(text, judged, "aid", "act", "aid"))
            continue
        if judged.mention.currency not in ("CAD", ""):
            continue
        if of_programme and judged.scope == "other_programme" and of_programme in text.flat[judged.sentence.start : judged.sentence.end]:
            judged.scope = "act"
        if judged.reason == "" and judged.scope == "act" and _invests_itself(text, judged, names):
            judged.reason = "project_cost"
        figure = _figure(text, judged, granted, single=single, alone=told.get(id(judged.sentence), 0) == 1 and not single)
        if figure is not None:
            judged.taken = True
            found.append(figure)
    _funders(text, found, pairs)
    if any(figure.scope == "funder" for figure in found):
        # What a second funder adds to one recipient is all that it gives.
        found += [_made(text, pair.judged, "aid", "funder", "aid") for pair in pairs if pair.judged and pair.funder]
    return found


def _figure(text: Text, judged: Judged, granted: set[Decimal], *, single: bool, alone: bool = False) -> FigureRead | None:
    reason, scope = judged.reason, SCOPES[judged.scope]
    if reason == "funder":
        return _made(text, judged, "aid", "funder", "aid")
    if judged.sentence.about and reason != "envelope" and scope != "cumulative":
        return None
    if reason == "envelope":
        return _made(
            text, judged, "envelope", "other_programme" if scope == "other_programme" else "programme", "envelope"
        )
    if reason == "project_cost":
        if scope == "other_programme" or not (single or scope != "act" or _collective(text, judged, alone)):
            return None
        return _made(text, judged, "project_cost", scope, "project_cost")
    if reason not in ("", "total") or judged.mention.per:
        return None
    if scope == "other_programme":
        return None
    if reason == "" and judged.mention.value in granted and (single or _repeats(text, judged)):
        return None  # « cette aide de 2 M$ permettra … »: the grant again
    if scope != "act":
        return _made(text, judged, "aid", scope, "aid")
    if reason == "total" or judged.in_title or _is_total(text, judged):
        figure = _made(text, judged, "aid", "act", "aid")
        figure.sure = any(receives_it(text, judged, count) for count in judged.sentence.mentions if count.kind == "count")
        return figure
    return None


def _invests_itself(text: Text, judged: Judged, names: set[str]) -> bool:
    """« Fonderie du Lac investira 21 millions »: not a government's money."""
    before = text.flat[judged.left : judged.mention.whole]
    verb = list(re.finditer(r"\binvest(?:it|ira|issent|iront|ir|s|ing|ed)?\b", before))
    if not verb:
        return False
    giver = subject(text, judged.left, judged.left + verb[-1].start())
    return giver is not None and giver.value in names


def _made(text: Text, judged: Judged, measure: str, scope: str, money: str) -> FigureRead:
    mention, sentence = judged.mention, judged.sentence
    return FigureRead(
        measure=measure,
        value=mention.value,
        high=mention.high,
        unit="CAD",
        qualifier=mention.qualifier,
        precision=mention.precision,
        span=text.span(mention.whole, mention.last),
        words=_words(text, sentence),
        scope=scope,
        money=money,
        before=judged.scope == "before",
        in_title=sentence.title,
    )


def _words(text: Text, sentence: Sentence) -> str:
    return re.sub(r"\s+", " ", text.plain[sentence.start : sentence.end]).strip()


def _repeats(text: Text, judged: Judged) -> bool:
    return bool(
        re.search(
            r"\b(?:cette|cet|ce|this|the|la|l') ?(?:\w+ ){0,2}(?:de |of )?$",
            text.flat[judged.left : judged.mention.whole],
        )
    )


def _collective(text: Text, judged: Judged, alone: bool) -> bool:
    """Whether a project cost is that of all the projects of the act (`alone`: its sentence tells of one grant)."""
    if judged.sentence.title or judged.of_all:
        return True
    if judged.sentence.block.kind not in ("item", "row"):
        return not alone or OF_ALL.search(text.flat, judged.sentence.start, judged.mention.whole) is not None
    before = text.flat[max(judged.sentence.start, judged.left - 40) : judged.mention.whole]
    return OF_ALL.search(before) is not None


OF_ALL = re.compile(r"\b(?:couts? tot\w*|(?:les|leurs|des|ces|its|their|the|all) (?:\w+ )?(?:projets|projects|investissements|investments|travaux)|total (?:cost|value)|ensemble)\b")


def _place(mention: Mention) -> int:
    return mention.start


def _is_total(text: Text, judged: Judged) -> bool:
    """Whether an amount without a recipient is the aid of the whole act."""
    mention, sentence = judged.mention, judged.sentence
    after = text.flat[mention.last : min(judged.right, mention.last + 110)]
    before = text.flat[judged.left : mention.whole]
    first = bisect_left(sentence.mentions, judged.left, key=_place)
    for count in sentence.mentions[first : bisect_left(sentence.mentions, judged.right, lo=first, key=_place)]:
        if count.kind != "count":
            continue
        if count.measure in ("recipients", "projects") or receives_it(text, judged, count):
            return True
    if re.match(r" ?:", after) or re.search(r"\b(?:they|ils|elles|ceux-ci|celles-ci) (?:se )?(?:\w+ )?(?:receive|recoivent|recevront|obtiennent|partage)", before):
        return True
    for hit in rules.hits("toward", after):
        word = re.match(
            r"[ ]*(?:(?:la|le|les|l'|des|the|plusieurs|divers|differents?|several|various) ?)?([a-z-]+)",
            after[hit.end :],
        )
        if word and is_word("no_name", word[1]):
            return True
    if rules.any_of("receives").search(before[-60:]) or rules.any_of("aid_noun").search(before[-60:]) or rules.any_of("giver").search(before[-60:]):
        return True
    return bool(
        re.match(
            r"[ ]*(?:en|in|d'|de|of) ?(?:aides?|subventions?|soutien|funding|contributions?|support|assistance|financement)",
            after,
        )
    )


def receives_it(text: Text, judged: Judged, count: Mention) -> bool:
    """Whether a count stands where a recipient would: « 2,1 M$ à cinq fabriques », « Sept incubateurs se partagent 9,6 M$ »."""
    if count.measure not in ("", "other", "supported", "recipients"):
        return False
    mention = judged.mention
    if count.start >= mention.end:
        between = text.flat[mention.last : count.whole]
        if len(between) > 45:
            return False
        if re.search(r"\b(?:pour|for)(?: les| ces| the| these)? ?$", between) and not _can_receive(count.noun):
            return False
        return bool(re.search(r"\b(?:a|aux|entre|pour|to|among|for|between|parmi)(?: les| ces| the| these)? ?$", between)) and not re.search(r"[.;:]", between)
    between = text.flat[count.end : mention.whole]
    return len(between) < 90 and rules.any_of("receives_total").search(between) is not None


def _can_receive(noun: str) -> bool:
    """« pour cinq églises » says what the money is for; « pour dix incubateurs », who receives it."""
    words = noun.split()
    return any(is_word(of, word) or is_word(of, word.removesuffix("s")) for word in words[:2] for of in ("head", "descriptor", "no_name"))


def _funders(text: Text, figures: list[FigureRead], pairs: list[Pair]) -> None:
    """Mark the totals that are one funder's: each names who gives, and a larger total of the act is stated too."""
    totals = [figure for figure in figures if figure.measure == "aid" and figure.scope == "act"]
    if len(totals) < 2:
        return
    largest = max(figure.value for figure in totals)
    for figure in totals:
        near = figure.precision or Decimal(1)
        if figure.in_title or figure.value >= largest - max(near, largest / 20):
            continue
        giver = _giver(text, figure)
        if rules.any_of("receives").search(giver):
            continue
        if giver and FUNDERS.search(giver):
            figure.scope, figure.of = "funder", giver


def _giver(text: Text, figure: FigureRead) -> str:
    """Who gives the money of a total: the subject of the verb before it."""
    at = next((place for place, given in enumerate(text.at) if given >= figure.span[0]), 0)
    start = max(text.flat.rfind(mark, 0, at) for mark in (". ", "\n", ": ", "; ")) + 1
    verb = rules.first("giver", text.flat, start, at) or None
    name = subject_of_giving(text, start, verb.start if verb else at)
    return name


def subject_of_giving(text: Text, start: int, end: int) -> str:
    """The words of who gives between two places, folded."""
    words = re.sub(r"^[ ,]*(?:et |and |le |la |les |l'|the )*", "", text.flat[start:end]).strip(" ,")
    return words[-80:]


def count_figures(text: Text, sentences: list[Sentence], used: set[int]) -> list[FigureRead]:
    """The figures that counts state: recipients, projects, firms made aware or supported. What is counted in the words
    about one recipient (`used`: the blocks of lists) is no figure of the act."""
    found = []
    for sentence in sentences:
        if sentence.block.start in used:
            continue
        for mention in sentence.mentions:
            if mention.kind != "count" or mention.per or mention.measure == "members":
                continue
            if any(receives_it(text, judged, mention) for judged in sentence.amounts if judged.reason in ("", "total")):
                mention = replace(mention, measure="recipients", nature="")
            if mention.measure in COUNTED:
                found.append(_count(text, sentence, mention))
    return found


def _count(text: Text, sentence: Sentence, mention: Mention) -> FigureRead:
    scope = "act" if sentence.adds_to and mention.end <= sentence.scope_at else SCOPES[sentence.scope]
    # « En plus des 15 projets déjà soutenus, dix projets … »: the words of scope speak of one side.
    if sentence.scope_at > mention.end and any(
        other.kind == "money" and mention.end <= other.start < sentence.scope_at for other in sentence.mentions
    ):
        scope = "act"
    return FigureRead(
        measure=mention.measure,
        value=mention.value,
        high=mention.high,
        unit="count",
        qualifier=mention.qualifier,
        precision=mention.precision,
        span=text.span(mention.whole, mention.last),
        words=_words(text, sentence),
        scope=scope,
        nature=mention.nature or "commitment",
        before=sentence.scope == "before",
        in_title=sentence.title,
    )


def once(figures: list[FigureRead]) -> list[FigureRead]:
    """Each figure once: a title's where the body does not state the same."""
    found: dict[tuple[object, ...], FigureRead] = {}
    for figure in sorted(figures, key=lambda one: (one.in_title, one.span)):
        key = (figure.measure, figure.value, figure.qualifier, figure.scope, figure.nature)
        found.setdefault(key, figure)
    return sorted(found.values(), key=lambda one: one.span)


def not_grants(text: Text, amounts: list[Judged], mentions: list[Mention], paired: set[int]) -> list[NotGrant]:
    """The amounts and other numbers that are no grants, each with its reason."""
    found = []
    for judged in amounts:
        if id(judged) in paired:
            continue
        mention = judged.mention
        reason = judged.reason or {"act": "total" if judged.taken else "unclear"}.get(judged.scope, judged.scope)
        if judged.scope in ("other_programme", "other_act") or (
            judged.scope in ("before", "cumulative") and reason in ("", "total")
        ):
            reason = "cumulative" if judged.scope == "before" else judged.scope
        found.append(
            NotGrant(
                text.given[slice(*text.span(mention.whole, mention.last))],
                mention.value,
                reason,
                text.span(mention.whole, mention.last),
            )
        )
    for mention in mentions:
        if mention.kind in ("count", "percent", "number"):
            reason = {"percent": "share", "number": "number"}.get(mention.kind, "count")
            found.append(
                NotGrant(
                    text.given[slice(*text.span(mention.whole, mention.last))],
                    mention.value,
                    reason,
                    text.span(mention.whole, mention.last),
                )
            )
    return sorted(found, key=lambda one: one.span)


def forget_doubtful(reading: Reading) -> None:
    """Where a stated total fits what the text lists, leave out the others that do not and that nothing ties to the act:
    an amount somewhere in the text is no claim about its total. A title's stays."""
    amounts = [grant.amount for grant in reading.grants if grant.amount is not None]
    itemised = sum(amounts, Decimal(0))
    totals = [figure for figure in reading.figures if figure.measure == "aid" and figure.scope == "act"]
    if len(amounts) < 1 or not any(_fits(figure, itemised) for figure in totals):
        return
    kept = [figure for figure in totals if figure.in_title or figure.sure or _fits(figure, itemised)]
    reading.figures = [figure for figure in reading.figures if figure not in totals or figure in kept]


def _fits(figure: FigureRead, itemised: Decimal) -> bool:
    return ClaimedAmount(figure.value, figure.qualifier, figure.precision).allows(itemised)
