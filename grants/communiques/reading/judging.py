"""What each amount of a text is, from the words around it: a grant perhaps, or an envelope, a cost, a total."""

import re
from dataclasses import dataclass, field

from . import rules
from .blocks import Block
from .mention import Mention
from .text import Text

NEAR_BEFORE = 26  # characters between the words that say what an amount is and the amount itself
NEAR_AFTER = 6
SPENT_AT = re.compile(rf"(?:^|[.:–] )(?:{rules.words_of('spent_at')}) $")
SPENT_WHERE = re.compile(rf" (?:{rules.words_of('spent_where')}) ")
TOWARD_MANY = re.compile(rf" (?:{rules.words_of('toward_many')}) ")
SPEAKS_ON = re.compile(rf"(?:{rules.words_of('speaks_on')}) ")

# « a $9-million cold-water laboratory »
ADJECTIVE = re.compile(
    r" (?!(?:contribution|grant|loan|investment|funding|program|fund|envelope|initiative|budget|package|repayable"
    r"|non-repayable"
    r"|in|to|for|over|from|through|under|toward|towards|on|is|are|was|were|will|goes|going|and|or|as|at|by|last|this|per|of"
    r"|has|have|had|which|that|each|annually|contributions|grants)\b)[a-z-]+"
)
RELATIVE = re.compile(r" (?:qui|dont|which|who|fondee?s?|creee?s?|founded|created|established)\b")


@dataclass(slots=True)
class Sentence:
    """A sentence with the numbers in it. `scope`: act, before, cumulative, other_act or other_programme."""

    start: int
    end: int
    block: Block
    number: int  # of its block
    scope: str = "act"
    scope_at: int = -1  # where the words stand that give the scope
    adds_to: bool = False  # these words lead from this act to those before: « s'ajoutent aux 15 projets »
    title: bool = False
    about: bool = False  # of what stands under « À propos »: nothing is granted there
    mentions: list[Mention] = field(default_factory=list)
    amounts: list["Judged"] = field(default_factory=list)


@dataclass(slots=True)
class Judged:
    """An amount: `reason` is "" where it may be a grant, else a code of what it is (see `answers.NotGrant`)."""

    mention: Mention
    sentence: Sentence
    left: int  # where the words before it begin: after the amount before it
    right: int  # where the words after it end
    reason: str = ""
    scope: str = "act"
    taken: bool = False
    of_all: bool = False  # it stands in the row of totals

    @property
    def in_title(self) -> bool:
        """Whether the title tells it."""
        return self.sentence.title


def sentences_of(text: Text, blocks: list[Block], mentions: list[Mention], title: Block | None) -> list[Sentence]:
    """The sentences of all blocks with their numbers, each knowing of what it speaks."""
    found = []
    waiting = list(reversed(mentions))
    for number, block in enumerate(blocks):
        previous = None
        for start, end in block.sentences:
            sentence = Sentence(start, end, block, number, title=block is title, about=block.about)
            while waiting and waiting[-1].start < end:
                mention = waiting.pop()
                if mention.start >= start:
                    sentence.mentions.append(mention)
            _give_scope(text, sentence, previous)
            found.append(sentence)
            previous = sentence
    return found


def _give_scope(text: Text, sentence: Sentence, previous: Sentence | None) -> None:
    flat = text.flat[sentence.start : sentence.end]
    hit = next((one for one in rules.hits("scope", flat) if not _in_relative(flat, one.start)), None)
    if hit:
        sentence.scope, sentence.scope_at = hit.rule.says, sentence.start + hit.start
        sentence.adds_to = rules.hit_at("adds_to", flat, hit.start) is not None
        # « s'ajoutent aux 56,8 M$ déjà accordés depuis le lancement »: before says more than cumulative.
        said = {other.rule.says for other in rules.hits("scope", flat)}
        if "before" in said or {"other_act", "cumulative"} <= said:
            sentence.scope = "before" if sentence.scope not in ("other_programme", "aside") else sentence.scope
        if sentence.scope == "aside" and (
            more := [one for one in rules.hits("scope", flat) if one.rule.says != "aside"]
        ):
            sentence.scope = more[0].rule.says
    elif previous and previous.scope != "act" and SPEAKS_ON.match(flat):
        sentence.scope = previous.scope


def _in_relative(flat: str, at: int) -> bool:
    """« La Coopérative, qui exploite un abattoir depuis 1986, obtient … »: the words are of the recipient's past."""
    clause = flat[:at].rpartition(",")[2]
    return RELATIVE.match(clause) is not None and "," in flat[at : at + 40]


def judge(text: Text, sentences: list[Sentence]) -> list[Judged]:
    """Say of every amount what it is."""
    found = []
    for sentence in sentences:
        money = [mention for mention in sentence.mentions if mention.kind == "money"]
        for place, mention in enumerate(money):
            left = money[place - 1].end if place else sentence.start
            right = money[place + 1].whole if place + 1 < len(money) else sentence.end
            judged = Judged(mention, sentence, left, right)
            judged.reason = _reason(text, judged)
            judged.scope = _scope(judged)
            sentence.amounts.append(judged)
            found.append(judged)
    return found


def _reason(text: Text, judged: Judged) -> str:
    mention = judged.mention
    before, after = _before(text, judged), _after(text, judged)
    if before == "part":
        return "part"
    if _is_adjective(text, mention):
        return "project_cost"
    if _is_spent(text, judged):
        return "project_cost"
    if before == "project_cost" and rules.first(
        "worth_of_aid", text.flat, max(judged.left, mention.whole - 70), mention.whole
    ):
        before = "total"
    if before in ("project_cost", "budget", "other_money") and after in ("", "total"):
        return before
    if after in ("project_cost", "budget", "other_money", "envelope", "funder"):
        return after
    if before == "envelope" and _for_many(text, judged):
        return "total"
    if before in ("envelope", "instalment", "subtotal", "funder", "requested", "ceiling"):
        return before
    if after == "instalment" or mention.per in ("year", "month"):
        return "instalment"
    if mention.per and mention.per != "each":
        return "budget"
    if "total" in (before, after):
        return "total"
    return ""


def _is_adjective(text: Text, mention: Mention) -> bool:
    """Whether an amount says how dear a thing is: « a $9-million cold-water laboratory »."""
    written = re.search(r"\d-(?:million|billion)$", text.flat[mention.start : mention.end])
    return bool(written) and text.language == "en" and ADJECTIVE.match(text.flat, mention.end) is not None


def _is_spent(text: Text, judged: Judged) -> bool:
    """« Investissement de 14,6 M$ chez Meubles du Lac : Québec apporte 5,25 M$ »: what a firm spends."""
    mention = judged.mention
    return bool(
        len(judged.sentence.mentions) > 1
        and SPENT_AT.search(text.flat, judged.left, mention.whole)
        and SPENT_WHERE.match(text.flat[mention.last : mention.last + 16])
    )


def _for_many(text: Text, judged: Judged) -> bool:
    """« $13.6 million available to six companies »: given, not set aside."""
    following = text.flat[judged.mention.last : judged.mention.last + 12]
    lead = TOWARD_MANY.match(following)
    at = judged.mention.last + lead.end() if lead else -1
    return any(mention.kind == "count" and mention.whole == at for mention in judged.sentence.mentions)


def _before(text: Text, judged: Judged) -> str:
    """The nearest words before the amount that say what it is."""
    start, end = judged.left, judged.mention.whole
    best, nearest, totals = "", NEAR_BEFORE + 1, False
    # Words may be the hedge too: « estimated at $112,000 ».
    for hit in rules.hits("before", text.flat[start : judged.mention.start]):
        between = text.flat[start + hit.end : end]
        distance = len(between)
        if hit.rule.says == "part" and between.strip():
            continue
        if hit.rule.says == "total" and text.plain[start + hit.start].isupper() and hit.start > 0:
            continue  # « Ensemble vocal du Lac, 52 000 $ »
        labelled = between.strip() in (":", "de", "de :") and hit.start < 4
        if (re.search(r"[.;:]", between) and not (labelled or hit.rule.says == "subtotal")) or distance > NEAR_BEFORE:
            continue
        if hit.rule.says == "total":
            totals = True
        elif distance < nearest:
            best, nearest = hit.rule.says, distance
    return best or ("total" if totals else "")


def _after(text: Text, judged: Judged) -> str:
    start = judged.mention.end
    for hit in rules.hits("after", text.flat[start : min(judged.right, start + 60)]):
        if hit.start <= NEAR_AFTER and not re.search(r"[.,;]", text.flat[start : start + hit.start]):
            return hit.rule.says
    return ""


def _scope(judged: Judged) -> str:
    """The scope of the amount: that of its sentence, but for « 24,6 M$ … Ces aides s'ajoutent aux 56,8 M$ »."""
    sentence = judged.sentence
    if sentence.scope == "act" or sentence.scope_at < 0:
        return sentence.scope
    if sentence.adds_to and judged.mention.end <= sentence.scope_at:
        return "act"
    amounts = [mention for mention in sentence.mentions if mention.kind == "money"]
    if len(amounts) < 2:
        return sentence.scope
    # Words of scope between two amounts speak of one side: « s'ajoutent aux » of what follows.
    mention = judged.mention
    # « hands out $163,750, bringing the total since 1978 to $9.2 million »
    later = sentence.scope == "cumulative" and any(one.start > sentence.scope_at for one in amounts)
    if mention.end <= sentence.scope_at and (sentence.scope_at >= judged.right or later):
        return "act"
    return sentence.scope
