"""Who receives an amount told in a sentence: the names before it and after it, and the words between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from . import rules
from .judging import Judged, Sentence
from .names import Name, is_body, is_place, name_from
from .text import Text

AHEAD = 130  # characters after an amount in which its recipient may stand
CONNECTORS = re.compile(r"^[ ]*(?:et|and|ainsi que|de meme qu'?e?|as well as|plus|auxquel\w+|a laquelle|auquel|,)[ ,]")
CHUNK = re.compile(
    r"[,;:–)](?:[ \n]*(?:et|and|while|whereas|tandis que|alors que)(?=[ \n]))?|[ \n](?:et|and|que|while|whereas|tandis que|alors que|ou|quant a|,)(?=[ \n])|[ \n]qu'(?=[a-z])"
)
STRONG = re.compile(
    r";|(?:\b(?:que|tandis que|alors que|while|whereas|that)[ \n])|qu'$|,[ \n]*(?:et|and) |[ \n](?:et|and)[ \n]$"
)
PRONOUN = re.compile(
    r"(?:(?:l'|la |le |cette |cet |ce |the |this )(?:entreprise|organisme|organisation|societe|compagnie|cooperative|municipalite|ville|mrc|festival|musee|fondation|association|universite|college|cegep|centre|institut|etablissement|pme|ferme|usine|company|organization|firm|municipality|city|town|festival|museum|foundation|association|university|college|society|business|centre)"
    r"|(?:il|elle|celui-ci|celle-ci|ce dernier|cette derniere|it)\b)"
)
AID = "une aide"
EACH = re.compile(r"[ ,]*(?:chacune?s?|each|apiece|par organisme)\b")
RESPECTIVELY = re.compile(r"\brespective(?:ment|ly)\b")
SHARED = re.compile(
    r"(?:se partage\w*|partage\w* entre|reparti\w* entre|share\w*|split between|divided (?:among|between)|conjointement|jointly)"
)
OPEN_PAREN = re.compile(r"\([ ]*(?:(?P<acronym>[^(),;:]{2,14})[ ]*[,;:–][ ]*)?(?:[a-zà-ý' -]{0,60}[,:]?[ ]*)?$")


@dataclass(slots=True)
class Pair:
    """An amount and whom it goes to. `how` says by which words; `strength` between 0 and 1."""

    judged: Judged | None
    name: Name
    how: str
    strength: float
    more: list[Name] = field(default_factory=list)
    each: bool = False
    funder: str = ""
    project: str = ""
    place: str = ""


def pair_sentence(text: Text, sentence: Sentence, earlier: "Earlier") -> list[Pair]:
    """The pairs that a sentence tells in its running words."""
    pairs: list[Pair] = []
    candidates = [judged for judged in sentence.amounts if judged.reason in ("", "total") and not judged.taken]
    for judged in sentence.amounts:
        if judged.reason not in ("envelope", "part") or judged.scope != "act":
            continue
        pair = after_amount(text, judged)
        if pair and (is_body(text, pair.name) or (judged.reason == "part" and pair.strength > 0.9)):
            judged.reason = ""
            candidates.append(judged)
    candidates.sort(key=lambda judged: judged.mention.start)
    pairs += _own_money(text, sentence)
    if rules.any_of("refused").search(text.flat, sentence.start, sentence.end):
        for judged in candidates:
            judged.reason = "refused"
        return []
    if not candidates or sentence.scope in ("before", "cumulative", "other_programme", "other_act"):
        candidates = [judged for judged in candidates if judged.scope in ("act", "aside")]
    pairs += respectively(text, sentence, candidates)
    done = {id(pair.judged) for pair in pairs}
    used: set[int] = set()
    totals(candidates)
    candidates = [judged for judged in candidates if judged.reason != "total" or not judged.of_all]
    after_instalments(text, sentence, candidates)
    givers(text, sentence, candidates)
    candidates = [judged for judged in candidates if judged.reason != "funder"]
    for judged in candidates:
        if id(judged) in done:
            continue
        pair = _pair(text, judged, pairs, used, earlier)
        if pair is not None and sentence.title and pair.how == "beside" and not is_body(text, pair.name):
            pair = None  # « Patrimoine religieux : 2,1 M$ … »: what the title is about
        if pair is not None and judged.reason == "total" and not (pair.more or pair.how in ("receives", "paren")):
            pair = None
        if pair is not None:
            used.add(pair.name.start)
            pairs.append(pair)
            earlier.recipient, earlier.recipient_at = pair.name, judged.mention.end
    return pairs + list(_same_breath(text, candidates, pairs))


def _same_breath(text: Text, candidates: list[Judged], pairs: list[Pair]) -> Iterator[Pair]:
    """« un prêt de 4,5 millions et une contribution de 750 000 $ à Palco »: both amounts go there."""
    by_amount = {id(pair.judged): pair for pair in pairs}
    for first, second in pairwise(candidates):
        following = by_amount.get(id(second))
        if id(first) in by_amount or following is None or following.how != "after" or first.reason:
            continue
        between = text.flat[first.mention.last : second.mention.whole]
        if re.fullmatch(r" (?:et|and|ainsi qu'?e?|as well as|plus) ?(?:une?|an?|d'une?|of|de|[a-z' -]{0,50})", between) and rules.any_of("aid_noun").search(between):
            yield Pair(first, following.name, "after", 0.9)


def _pair(text: Text, judged: Judged, earlier_pairs: list[Pair], used: set[int], earlier: "Earlier") -> Pair | None:
    found = [
        pair for pair in _both_sides(text, judged, earlier, earlier_pairs) if pair.name.start not in used or pair.how == "earlier"
    ]
    if found:
        return max(found, key=lambda pair: pair.strength)
    return _goes_on(text, judged, earlier_pairs)


def _both_sides(text: Text, judged: Judged, earlier: "Earlier", pairs: list[Pair]) -> Iterator[Pair]:
    if pair := in_parentheses(text, judged):
        yield pair
        return
    if pair := each_of(text, judged) or after_amount(text, judged):
        yield pair
    if pair := by_receiving(text, judged, earlier):
        yield pair
    elif pair := with_amount(text, judged):
        yield pair
    if pair := in_series(text, judged, pairs):
        yield pair
    if pair := given_to(text, judged, earlier):
        yield pair
    if pair := beside(text, judged):
        yield pair


OWN = re.compile(r"(?: de | of )?(?:ses|its|leurs|their) (?:own |propres )?(?:fonds(?: propres)?|money|funds)\b")


def _own_money(text: Text, sentence: Sentence) -> Iterator[Pair]:
    """« Investissement Québec ajoute 175 000 $ de ses fonds propres pour Palco »: a second funder's grant."""
    for judged in sentence.amounts:
        mention = judged.mention
        own = re.match(r" ?(?:de|of) ?" + OWN.pattern.replace("(?: de | of )?", ""), text.flat[mention.end : mention.end + 40])
        verb = rules.first("giver", text.flat, judged.left, mention.whole)
        if not own or not verb:
            continue
        toward = rules.first("toward", text.flat, mention.end + own.end(), min(judged.right, mention.end + 80))
        name = name_from(text, toward.end, judged.right) if toward else None
        if name is None or name.quality < 0.8:
            continue
        judged.reason = ""
        judged.taken = True
        funder = re.sub(r"\s+", " ", text.plain[judged.left : verb.start]).strip(" ,.;")
        yield Pair(judged, name, "after", 0.9, funder=funder)


def totals(candidates: list[Judged]) -> None:
    """Mark an amount that those after it in the sentence add up to: « 66 700 $ … : A (30 000 $), B (36 700 $) »."""
    for place, judged in enumerate(candidates[:-2]):
        following = [one.mention.value for one in candidates[place + 1 :]]
        if len(following) > 1 and sum(following) == judged.mention.value:
            judged.reason, judged.of_all = "total", True


def after_instalments(text: Text, sentence: Sentence, candidates: list[Judged]) -> None:
    """« 250 000 $ par année pendant trois ans, soit 750 000 $ en tout »: the words before the first are the second's."""
    amounts = sentence.amounts
    for first, second in pairwise(amounts):
        between = text.flat[first.mention.end : second.mention.whole]
        if first.reason == "instalment" and re.search(r"\b(?:soit|pour un total|c'est-a-dire|totali\w+|for a total|in all|i\.e)\b", between):
            if second not in candidates and second.reason in ("total", "instalment", ""):
                candidates.append(second)
            second.left, second.reason = first.left, ""
    candidates.sort(key=lambda judged: judged.mention.start)


def givers(text: Text, sentence: Sentence, candidates: list[Judged]) -> None:
    """Mark the amounts that several funders give: « le Fonds y consacre 139 000 $ et la Fondation, 75 000 $ »."""
    for first, second in pairwise(candidates):
        before = text.flat[first.left : first.mention.whole]
        if rules.any_of("receives").search(before) or not rules.any_of("giver").search(before[-40:]):
            continue
        if after_amount(text, first) or "(" in before[-30:]:
            continue
        between = text.flat[second.left : second.mention.whole]
        again = beside(text, second) or _gapped(text, second)
        place = re.fullmatch(r"[ ,]*(?:et|and) (?:the )?(.{4,40}?),? ", between)
        government = re.match(r"[ ,;]*(?:et|and|tandis que|while) (?:(?:le |the )?(?:gouvernement|government|quebec|ottawa|federal|provincial|province))", between)
        if government or (again and re.match(r"[ ,;]*(?:et|and|tandis que|while|;) ", between)) or (place and rules.any_of("place").fullmatch(place[1].strip(" ,"))):
            first.reason = second.reason = "funder"


def _goes_on(text: Text, judged: Judged, pairs: list[Pair]) -> Pair | None:
    """« reçoit 62 000 $ du Fonds et 30 000 $ de la Fondation »: the same recipient."""
    if not pairs or pairs[-1].how not in ("receives", "earlier", "given", "goes_on") or pairs[-1].more:
        return None
    between = text.flat[judged.left : judged.mention.whole]
    if len(between) > 110 or re.search(r"[;:]", between):
        return None
    if re.search(r"\b(?:investissement|projet|chantier|investment|project)\b", between):
        return None
    if not re.search(r"(?:\bet\b|\band\b|ainsi que|as well as|auxquel|plus|en plus|,) ?(?:une?|un autre|d'une?|de|a|an|s'ajout\w+|s'y ajoutent)?[ a-z'-]{0,60}$",
        between,
    ):
        return None
    return Pair(judged, pairs[-1].name, "goes_on", 0.85)


# Before the amount


def in_parentheses(text: Text, judged: Judged) -> Pair | None:
    """« le Centre d'entreprises et d'innovation de Montréal (CEIM, 1,5 M$) »."""
    start, end = judged.left, judged.mention.whole
    opened = text.plain.rfind("(", start, end)
    if opened < 0 or ")" in text.plain[opened:end]:
        return None
    inside = OPEN_PAREN.match(text.plain, opened, end)
    close = text.plain.find(")", judged.mention.end, judged.mention.end + 60)
    if not inside or close < 0:
        return None
    name = name_ending(text, start, opened)
    if name is None:
        name = subject(text, start, opened)
        # A sentence about the recipient, then its amount: « Le COlab, rattaché au Collège, ouvert en 2021. (2 M$) »
        name = name or subject(text, judged.sentence.start, opened)
        return Pair(judged, name, "paren_far", 0.75) if name else None
    if (lead := re.search(r",[ ](?:à|de|d'|in|at)[ ]?$", text.plain[max(start, name.start - 6) : name.start])) or is_place(text, name.start, name.end + 1):
        # « Ancrage, à Matane (1,1 M$) »
        before = name_ending(text, start, name.start - len(lead[0]) if lead else name.start)
        if before is not None:
            before.place = name.value
            name = before
    label = inside["acronym"]
    if label and label.strip().isupper() and not name.acronym:
        name.acronym = label.strip()
    elif label and is_place(text, inside.start("acronym"), inside.end("acronym")):
        name.place = label.strip()
    return Pair(judged, name, "paren", 0.97)


def by_receiving(text: Text, judged: Judged, earlier: "Earlier") -> Pair | None:
    """« Le Réseau obtient ainsi 6,48 M$ »."""
    start, end = judged.left, judged.mention.whole
    verbs = list(rules.hits("receives", text.flat[start:end]))
    if not verbs:
        return None
    verb = verbs[-1]
    at = start + verb.start
    between = text.flat[start + verb.end : end]
    if len(between) > 140 or ";" in between:
        return None
    if len(between.split()) > 6 and not rules.any_of("aid_noun").search(between):
        return None  # « a obtenu le défenseur en retour d'un choix et de 150 000 $ »
    names = [] if _counted_subject(text, judged, start, at) else subjects(text, start, at)
    if names:
        name, *more = names
        pair = Pair(judged, name, "receives", 0.95, more)
        pair.each = bool(more) and (is_each(text, judged) or EACH.search(between) is not None)
        return pair
    if PRONOUN.search(text.flat, start, at):
        name = earlier.before(judged.sentence, start)
        return Pair(judged, name, "earlier", 0.8 if earlier.alone else 0.55) if name else None
    return None


def _counted_subject(text: Text, judged: Judged, start: int, at: int) -> bool:
    """« Économie sociale : quatre entreprises reçoivent … »: those who receive are counted, not named."""
    return any(
        mention.kind == "count" and start <= mention.whole < at and re.search(r"[:–] ?$", text.plain[start : mention.whole])
        for mention in judged.sentence.mentions
    )


def each_of(text: Text, judged: Judged) -> Pair | None:
    """« receive $400,000 each: the Arts Network, Seniors Action and Literacy Quebec »."""
    mark = re.match(r"[^.:;]{0,14}:[ \n]", text.flat[judged.mention.end : judged.right])
    if mark is None or not is_each(text, judged):
        return None
    name = name_from(text, judged.mention.end + mark.end(), judged.right)
    if name is None or name.quality < 0.8:
        return None
    return Pair(judged, name, "after", 0.92, other_names(text, name, judged.right), each=True)


def is_each(text: Text, judged: Judged) -> bool:
    """Whether each of several recipients gets the amount."""
    return judged.mention.per == "each" or bool(EACH.match(text.flat[judged.mention.end : judged.mention.last + 20]))


# « À Productions du Lac ont été attribués 385 000 $ », « C'est à Palco que va la plus grosse part : 560 000 $ »
INVERTED = re.compile(
    r"(?:,[^,$]{0,40},)?(?: qu[e'])? ?(?:c'est|va|vont|revient|reviennent|reviendra|reviendront|ira|iront|est|sont|a ete|ont ete|sera|seront)\b[^.;]{0,60}$"
)


def with_amount(text: Text, judged: Judged) -> Pair | None:
    """« Vient ensuite le Consortium, hébergé par le Cégep, avec 3,96 M$ », « … heads the list with $2.1M »."""
    start, whole = judged.left, judged.mention.whole
    if not re.search(r"\b(?:avec|with)[ \n]$", text.flat[start:whole]) or start != judged.sentence.start:
        return None
    name = subject(text, start, whole)
    if name is None or name.quality < 0.85 or whole - name.after > 150:
        return None
    if rules.any_of("giver").search(text.flat, name.after, min(name.after + 20, whole)):
        return None
    return Pair(judged, name, "with", 0.85)


def in_series(text: Text, judged: Judged, pairs: list[Pair]) -> Pair | None:
    """« La Maison hérite de 150 k$, Parkinson Bas-du-Fleuve de 62 500 $ et le Réseau, de 50 k$ »: the verb is said once."""
    before = [pair for pair in pairs if pair.judged is not None and pair.judged.sentence is judged.sentence]
    if not before or before[-1].how not in ("receives", "series", "beside", "earlier", "with", "given"):
        return None
    start, whole = judged.left, judged.mention.whole
    lead = re.match(r"[ ]*[,;]?[ ]*(?:(?:et|and|puis|tandis que|while)[ ])?(?:à la |à l'|aux? |à )?", text.plain[start:whole])
    name = name_from(text, start + (lead.end() if lead else 0), whole)
    if name is None or name.quality < 0.8 or name.start > start + (lead.end() if lead else 0) + 6:
        return None
    between = text.plain[name.after : whole]
    apposition = r"(?:,[ ](?:à|de|d'|in|at|affilié|rattaché|hébergé|hosted)[^,$;]{2,60})?"
    if not re.fullmatch(rf"{apposition}[ ]*,?[ ]*(?:sur|de|d'|avec|with|:|of|pour|à raison de|à hauteur de)?[ ]*", between):
        return None
    return Pair(judged, name, "series", 0.9)


def given_to(text: Text, judged: Judged, earlier: "Earlier") -> Pair | None:
    """« accorde à Palco une aide de 2 M$ », « soutient Palco à hauteur de 2 M$ »."""
    start, end = judged.left, judged.mention.whole
    flat = text.flat
    if rules.first("gives_pronoun", flat, start, end):
        name = earlier.recipient or earlier.before(judged.sentence, start)
        return Pair(judged, name, "earlier", 0.85 if earlier.recipient or earlier.alone else 0.55) if name else None
    for toward in rules.any_of("toward").finditer(flat, start, end):
        if text.language == "en" and toward[0] in FRENCH_ONLY:
            continue
        name = name_from(text, toward.end(), end)
        if name is None or name.quality < 0.5 or is_place(text, name.start, name.end + 1):
            continue
        allows = re.search(r"permet\w*[ ]$", flat[max(0, toward.start() - 14) : toward.start()])
        if not allows and not rules.first("giver", flat, judged.sentence.start, toward.start()):
            if INVERTED.match(flat, name.after, end):
                return Pair(judged, name, "given", 0.9)
            continue
        between = flat[name.after : end]
        if re.match(r",? de (?:recevoir|toucher|obtenir)", between) or rules.any_of("aid_noun").search(between) or not between.strip(" ,"):
            if not re.search(r"[;:.]", between) and len(between) < 90:
                return Pair(judged, name, "given", 0.92)
    for verb in rules.hits("supports", flat[start:end]):
        name = name_from(text, start + verb.end, end)
        if name is None or name.quality < 0.8:
            continue
        between = flat[name.after : end]
        if (
            re.search(r"(?:a (?:la )?hauteur d|avec|par|au moyen|grace a|en lui|with|through|by|up to|,)", between)
            and len(between) < 90
        ):
            return Pair(judged, name, "given", 0.9)
    return None


def beside(text: Text, judged: Judged) -> Pair | None:
    """« l'IGN, 3 M$ », « Palco : 175 000 $ », « Palco – une aide de 175 000 $ »."""
    start, end = judged.left, judged.mention.whole
    # The words between the mark and the amount may only say that it is aid.
    tail = re.search(r"(?P<mark>[,:–]|[ ][-/])[ \n]*(?P<said>[^,:;–()]*)$", text.plain[start:end])
    if not tail:
        return _gapped(text, judged)
    said = text.flat[start + tail.start("said") : start + tail.end("said")].strip(" '")
    if said and not AIDED.fullmatch(said):
        return None
    name = name_ending(text, start, start + tail.start("mark"))
    if name is None or (name.quality < 0.8 and tail["mark"] == ",") or text.plain[name.start - 1] == "(":
        return None
    strength = 0.9
    if rules.first("host", text.flat, max(start, name.start - 40), name.start):
        # « le Centre, rattaché au Cégep, 1 250 000 $ »
        name = subject(text, start, name.start) or name
    if tail["mark"] == "," and is_place(text, name.start, name.end + 1):
        return None
    return Pair(judged, name, "beside", strength)


def _gapped(text: Text, judged: Judged) -> Pair | None:
    """« Bouffe Pontiac gets $22,000 and the Pontiac Archives $9,500 »."""
    lead = re.match(r"[ ,]*(?:et|and)[ ]", text.flat[judged.left : judged.mention.whole])
    if not lead or judged.left == judged.sentence.start:
        return None
    name = name_ending(text, judged.left + lead.end(), judged.mention.whole)
    if name is None or name.quality < 0.85 or name.start > judged.left + lead.end() + 6:
        return None
    if is_place(text, name.start, name.end + 1):
        return None  # « Canada is contributing $5,312,000 and British Columbia $1,328,000 »
    return Pair(judged, name, "beside", 0.88)


AIDED = re.compile(r"(?:(?:a hauteur|a raison|une?|la|l'|d'|de|des|un|a|an|non remboursables?|financieres?|maximale?|totale?|de pres|pour|avec|with|for|of|recoit|obtient|et)[ ']*|(?:aides?|subventions?|contributions?|sommes?|montants?|soutien|appui|prets?|grant|contribution|loan|funding|non-repayable|repayable)[ ]*)+"
)


# After the amount


def after_amount(text: Text, judged: Judged) -> Pair | None:
    """« 3,76 M$ est également versée au Regroupement », « $2 million for Harbour Works to build »."""
    start, limit = judged.mention.last, min(judged.right, judged.mention.last + AHEAD)
    flat = text.flat
    if received := re.match(r" qu(?:e |')(?:recoi\w*|recevr\w*|obtien\w*|touche\w*|decroche\w*|empoche\w*) ", flat[start:limit]):
        # « c'est 1 257 446 $ que reçoit la municipalité »
        name = name_from(text, start + received.end(), judged.right)
        return Pair(judged, name, "after", 0.92) if name is not None and name.quality >= 0.8 else None
    if AWAY.match(flat, start, limit):
        return None
    at = start
    while at < limit and (toward := rules.first("toward", flat, at, limit)):
        if NO_FILLER.search(flat, start, toward.start):
            return None
        if counted_at(judged.sentence, toward.end + 1):
            return None  # « à neuf organisations »: a total
        if not spoken_in(text, toward):
            at = toward.end
            continue
        name = name_from(text, toward.end, judged.right)
        if name is not None and name.quality >= 0.5:
            if is_place(text, name.start, name.end + 1) and len(name.value.split()) < 3:
                return None
            return _toward(text, judged, toward, name)
        into = re.match(r"(?:in|dans)\b", flat[toward.start : toward.start + 4])
        if toward.rule.says == "for" and not into:
            return None
        if re.match(r" ?(?:l'|la |le |les |the )", flat[toward.end : toward.end + 5]) and flat[toward.start : toward.end] != "in":
            return None  # « à la réalisation »
        at = toward.end
    return None


# What follows leads away from the amount: another amount, another name.
AWAY = re.compile(
    r"[ ]*(?:[;:)]|(?:et|and) |,(?! (?:provenant|issu|tire|sur|au titre|dans le cadre|under|from|through|over|is |are |was |goes |est |sera |a ete |va |vont |ira |iront |revient |will |aux? |a l)))"
)
NO_FILLER = re.compile(r"[.;:(]|\b(?:afin|qui|dont|et|and|which|whose|pour|for)\b")


FRENCH_ONLY = ("a", "au", "aux", "pour", "dans", "chez")


def spoken_in(text: Text, toward: rules.Hit) -> bool:
    """Whether the text's language has this word: « a » is an article in English."""
    return text.language != "en" or text.flat[toward.start : toward.end] not in FRENCH_ONLY


def _toward(text: Text, judged: Judged, toward: rules.Hit, name: Name) -> Pair | None:
    into = re.match(r"(?:in|dans)\b", text.flat[toward.start : toward.start + 4])
    strength = 0.94 if toward.rule.says == "to" else 0.7 if into else 0.88
    if into and not re.search(r"\binvest", text.flat[judged.sentence.start : judged.mention.start]):
        return None
    more = other_names(text, name, judged.right)
    return Pair(judged, name, "after", strength, more, each=is_each(text, judged))


def counted_at(sentence: Sentence, at: int) -> bool:
    """Whether a count starts at a place, an article put aside (« à neuf organisations », « aux quatre projets »)."""
    return any(mention.kind == "count" and at - 1 <= mention.whole <= at + 4 for mention in sentence.mentions)


def other_names(text: Text, name: Name, limit: int) -> list[Name]:
    """The other recipients of an amount told for several: « à A, à B et à C »."""
    found, at = [], name.after
    while True:
        mark = re.match(
            r"[ ]*(?:,| et | and |, et |, and |,? ainsi qu')[ ]*(?:aux? |a la |a l'|a |to the |to |du |de la |de l'|the )?",
            text.flat[at:limit],
        )
        if not mark:
            return found if _closed_by_and(text, name, found, limit) else []
        following = name_from(text, at + mark.end(), limit)
        if following is None or following.quality < 0.85 or is_place(text, following.start, following.end + 1):
            return found if _closed_by_and(text, name, found, limit) else []
        following = _split(text, following)
        found.append(following)
        at = following.after


def _split(text: Text, name: Name) -> Name:
    """In an enumeration, « and » before a capital parts two names: « …, Long Point Trust and Rowing Club »."""
    for mark in re.finditer(r" (?:and|et) (?=[A-ZÀ-Ý])", text.plain[name.start : name.end]):
        shorter = name_from(text, name.start, name.start + mark.start())
        rest = name_from(text, name.start + mark.end(), name.end)
        if shorter and rest and shorter.quality >= 0.85 and rest.quality >= 0.85 and len(rest.value.split()) > 1:
            return shorter
    return name


def _closed_by_and(text: Text, name: Name, found: list[Name], limit: int) -> bool:
    """Whether an enumeration ends with « et »: else the commas only lead to what is said of the first."""
    if not found:
        return True
    between = text.flat[found[-2].after if len(found) > 1 else name.after : found[-1].start]
    return bool(re.search(r"\b(?:et|and|ainsi qu)", between))


def respectively(text: Text, sentence: Sentence, candidates: list[Judged]) -> Iterator[Pair]:
    """« A et B reçoivent respectivement 1,2 et 3,4 M$ »."""
    word = RESPECTIVELY.search(text.flat, sentence.start, sentence.end)
    if len(candidates) < 2 or not word:
        return
    before = [judged for judged in candidates if judged.mention.end <= word.start()]
    after = [judged for judged in candidates if judged.mention.start >= word.end()]
    # The word stands right before the amounts or right after them.
    candidates = before if before and word.start() - before[-1].mention.last < 4 else after or before
    if len(candidates) < 2:
        return
    first, last = candidates[0], candidates[-1]
    verbs = list(rules.hits("receives", text.flat[sentence.start : first.mention.whole]))
    names = subjects(text, sentence.start, sentence.start + verbs[-1].start) if verbs else []
    if len(names) != len(candidates):
        toward = rules.first("toward", text.flat, last.mention.last, sentence.end)
        name = name_from(text, toward.end, sentence.end) if toward else None
        names = [name, *other_names(text, name, sentence.end)] if name else []
    if len(names) == len(candidates):
        for judged, name in zip(candidates, names, strict=True):
            yield Pair(judged, name, "respectively", 0.92)


# Names in a window


def chunk_starts(text: Text, start: int, end: int) -> list[tuple[int, bool]]:
    """Where a clause may begin between two places; and whether it surely is a new one."""
    found = [(start, False)]
    for mark in CHUNK.finditer(text.flat, start, end):
        found.append((mark.end(), bool(STRONG.search(mark[0]))))
    return found


def subject(text: Text, start: int, end: int) -> Name | None:
    """The name that the words between two places are about: the first one that begins a clause."""
    found: Name | None = None
    for at, strong in chunk_starts(text, start, end):
        if found is not None and not (strong and at > found.after):
            continue
        name = name_from(text, _after_lead(text, at), end)
        if name is None or name.quality < 0.5 or _prepositional(text, at):
            continue
        if re.search(r"'s [a-z]", text.plain[name.start : name.after + 3]) or re.match(r"'s? ", text.plain[name.after : name.after + 3]):
            continue  # « Kapuskasing's ski club, the Kap Nordic Centre »
        found = name
    return found


def subjects(text: Text, start: int, end: int) -> list[Name]:
    """The subject of a verb that stands at `end`, with those that are named beside it (« A et B reçoivent »)."""
    first = subject(text, start, end)
    if first is None:
        return []
    # « A, B et C reçoivent »: go back to the first of an enumeration that ends right before the verb.
    for at, _strong in chunk_starts(text, start, end):
        name = name_from(text, _after_lead(text, at), end)
        if name is None or name.quality < 0.8 or _prepositional(text, at):
            continue
        more = other_names(text, name, end)
        last = more[-1] if more else name
        if more and not re.search(
            r"[a-z]",
            re.sub(
                r"\b(?:se|s'|ont|vont|devraient|will|each|tous|toutes|deux|les|ensemble|chacune?)\b",
                "",
                text.flat[last.after : end],
            ),
        ):
            return [name, *more]
    return [first]


def _after_lead(text: Text, at: int) -> int:
    lead = re.match(r"[ \n]*(?:quant (?:a |aux? )|et |and |also |(?:vien(?:t|nent)|suit|suivent|s'ajoute(?:nt)?|sont retenus?|est retenue?|rounding out the list (?:is|are)) (?:ensuite |enfin |aussi |egalement |the )?|aussi |de son cote,? |que |ou |as will |so will |as does )?", text.flat[at : at + 20])
    return at + lead.end() if lead else at


def _prepositional(text: Text, at: int) -> bool:
    word = re.match(r"[ \n]*([a-z]+)", text.flat[at : at + 16])
    return bool(word) and word[1] in (
        "de",
        "du",
        "des",
        "en",
        "a",
        "au",
        "aux",
        "pour",
        "avec",
        "dans",
        "sur",
        "chez",
        "in",
        "at",
        "of",
        "with",
        "for",
        "to",
        "from",
        "by",
    )


def name_ending(text: Text, start: int, end: int) -> Name | None:
    """The longest name that ends at `end` (an acronym after it counted in)."""
    last = end
    while last > start and text.plain[last - 1] in " \n":
        last -= 1
    for at in _places(text, _after_lead(text, start), last):
        name = name_from(text, at, last, whole=True)
        if name is not None and name.quality >= 0.5 and not text.plain[name.after : last].strip(' »"*'):
            return name
    return None


PLACES = re.compile(
    r"[,;:(–](?:[ \n]*(?:et|and)(?=[ \n]))?|[ \n](?:et|and|à|au|aux|pour|chez|dont|que|to|for|sont|est|soit|are|is|avec|with|du|de|des|par|by)(?=[ \n])|[ \n](?:qu'|d'|à l')|[-•](?=[ ])|(?<=[a-zà-ÿ])[ \n](?=(?:l'|le |la |les |the )?[A-ZÀ-Ý0-9])"
)


def _places(text: Text, start: int, end: int) -> Iterator[int]:
    """Where a name may begin: at the start, after a mark or small word, at an article or capital after other words."""
    yield start
    for mark in PLACES.finditer(text.plain, start, end):
        yield mark.end()


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
        if found and sentence.block is self.sentences[here - 1].block and subject(self.text, self.sentences[here - 1].start, self.sentences[here - 1].end):
            self.alone = True  # the sentence before is about it
            return found[0]
        self.alone = len({name.value.split()[0] for name in found[:2]}) == 1
        return found[0] if found else None


def named_only(text: Text, sentences: list[Sentence], used: set[int]) -> list[Pair]:
    """The recipients that a sentence names without an amount: « PROMPT est aussi du nombre »."""
    found = []
    for sentence in sentences:
        if sentence.about or sentence.block.start in used:
            continue
        found += _listed(text, sentence)
        hit = rules.first("named_only", text.flat, sentence.start, sentence.end)
        if hit is None or any(judged.mention.start < hit.start for judged in sentence.amounts):
            continue
        found += [Pair(None, name, "named", 0.85) for name in subjects(text, sentence.start, hit.start) if name.quality >= 0.8]
    return found


def _listed(text: Text, sentence: Sentence) -> list[Pair]:
    """« The recipients are A, B and C »."""
    hit = rules.first("recipients_are", text.flat, sentence.start, sentence.end)
    if hit is None or sentence.amounts:
        return []
    name = name_from(text, hit.end, sentence.end)
    if name is None or name.quality < 0.8:
        return []
    return [Pair(None, one, "named", 0.85) for one in (name, *other_names(text, name, sentence.end))]


def headed_name(text: Text, sentence: Sentence, blocks: list[Sentence]) -> Name | None:
    """The name on the line above the block of a sentence."""
    above = [one for one in blocks if one.number == sentence.number - 1]
    if len(above) != 1 or above[0].title or above[0].amounts or above[0].end - above[0].start > 110:
        return None
    name = name_from(text, above[0].start, above[0].end, whole=True)
    if name is None or name.quality < 0.85 or name.after - above[0].start < 0.5 * (above[0].end - above[0].start):
        return None
    return name
