"""Recipients named before their amount."""

import re

from .. import rules
from ..judging import Judged
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import is_place, is_word
from ..text import Text
from .each import is_each
from .earlier import Earlier
from .pair import Pair
from .windows import name_ending, subject, subjects

OPEN_PAREN = re.compile(r"\([ ]*(?:(?P<acronym>[^(),;:]{2,14})[ ]*[,;:–][ ]*)?(?:[a-zà-ý' -]{0,60}[,:]?[ ]*)?$")
# « À Productions du Lac ont été attribués 385 000 $ », « C'est à Palco que va la plus grosse part : 560 000 $ »
INVERTED = re.compile(rf"(?:,[^,$]{{0,40}},)?(?: qu[e'])? ?(?:{rules.words_of('inverted')})\b[^.;]{{0,60}}$")
AIDED = re.compile(
    rf"(?:(?:{rules.words_of('aid_wording', 'filler')})[ ']*|(?:{rules.words_of('aid_wording', 'noun')})[ ]*)+"
)
SUPPORTED_BY = re.compile(rules.words_of("supported_by"))


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
        # A sentence about the recipient, then its amount: « Le COlab, rattaché au Collège, ouvert en 2021. (2 M$) »
        far = subject(text, start, opened)
        if far is None and start == judged.sentence.start:
            far = subject(text, judged.sentence.start, opened)
        return Pair(judged, far, "paren_far", 0.75) if far else None
    name = _placed(text, name, start)
    label = inside["acronym"]
    if label and label.strip().isupper() and not name.acronym:
        name.acronym = label.strip()
    elif label and is_place(text, inside.start("acronym"), inside.end("acronym")):
        name.place = label.strip()
    return Pair(judged, name, "paren", 0.97)


def _placed(text: Text, name: Name, start: int) -> Name:
    """« Ancrage, à Matane (1,1 M$) »: the name before, where the one beside the amount is of a place."""
    lead = re.search(r",[ ](?:à|de|d'|in|at)[ ]?$", text.plain[max(start, name.start - 6) : name.start])
    if not lead and not is_place(text, name.start, name.end + 1):
        return name
    before = name_ending(text, start, name.start - len(lead[0]) if lead else name.start)
    if before is None:
        return name
    before.place = name.value
    return before


def by_receiving(text: Text, judged: Judged, earlier: Earlier) -> Pair | None:
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
    if len(re.findall("[a-z]+", between)) > 7 and not rules.any_of("aid_noun").search(between):
        return None  # « a obtenu le défenseur en retour d'un choix et de 150 000 $ »
    names = [] if _counted_subject(text, judged, start, at) else subjects(text, start, at)
    if not names and start > judged.sentence.start and _told_aside(judged):
        # « Le Festi Jazz, dont le budget dépasse 900 000 $, touchera 65 000 $ »
        names = subjects(text, judged.sentence.start, at)[:1]
    if names:
        name, *more = names
        pair = Pair(judged, name, "receives", 0.95, more)
        pair.each = bool(more) and (is_each(text, judged) or rules.any_of("each").search(between) is not None)
        return pair
    if rules.first("pronoun", text.flat, start, at):
        told = earlier.before(judged.sentence, start)
        return Pair(judged, told, "earlier", 0.8 if earlier.alone else 0.55) if told else None
    return None


def _told_aside(judged: Judged) -> bool:
    """Whether all the amounts before one in its sentence are something else than grants."""
    before = [one for one in judged.sentence.amounts if one.mention.end <= judged.left]
    return bool(before) and all(one.reason in ("budget", "project_cost", "requested", "other_money") for one in before)


def _counted_subject(text: Text, judged: Judged, start: int, at: int) -> bool:
    """« Économie sociale : quatre entreprises reçoivent … »: those who receive are counted, not named."""
    return any(
        mention.kind == "count"
        and start <= mention.whole < at
        and re.search(r"[:–] ?$", text.plain[start : mention.whole])
        for mention in judged.sentence.mentions
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


def given_to(text: Text, judged: Judged, earlier: Earlier) -> Pair | None:
    """« accorde à Palco une aide de 2 M$ », « soutient Palco à hauteur de 2 M$ »."""
    start, end = judged.left, judged.mention.whole
    if rules.first("gives_pronoun", text.flat, start, end):
        name = earlier.before(judged.sentence, start)
        return Pair(judged, name, "earlier", 0.85 if earlier.alone else 0.55) if name else None
    for toward in rules.any_of("toward").finditer(text.flat, start, end):
        if text.language == "en" and is_word("french_only", toward[0]):
            continue
        name = name_from(text, toward.end(), end)
        if name is None or name.quality < 0.5 or is_place(text, name.start, name.end + 1):
            continue
        if strength := _given(text, judged, toward.start(), name):
            return Pair(judged, name, "given", strength)
    return _supported(text, judged)


def _given(text: Text, judged: Judged, toward: int, name: Name) -> float:
    """How surely the words around « à Palco » give it the amount after it; 0 where they do not."""
    flat, end = text.flat, judged.mention.whole
    allows = re.search(r"permet\w*[ ]$", flat[max(0, toward - 14) : toward])
    if not allows and not rules.first("giver", flat, judged.sentence.start, toward):
        return 0.9 if INVERTED.match(flat, name.after, end) else 0
    between = flat[name.after : end]
    aid = (
        re.match(r",? de (?:recevoir|toucher|obtenir)", between)
        or rules.any_of("aid_noun").search(between)
        or not between.strip(" ,")
    )
    return 0.92 if aid and not re.search(r"[;:.]", between) and len(between) < 90 else 0


def _supported(text: Text, judged: Judged) -> Pair | None:
    """« soutient Palco à hauteur de 2 M$ »."""
    start, end = judged.left, judged.mention.whole
    for verb in rules.hits("supports", text.flat[start:end]):
        name = name_from(text, start + verb.end, end)
        if name is None or name.quality < 0.8:
            continue
        between = text.flat[name.after : end]
        if SUPPORTED_BY.search(between) and len(between) < 90:
            return Pair(judged, name, "given", 0.9)
    return None


def beside(text: Text, judged: Judged) -> Pair | None:
    """« l'IGN, 3 M$ », « Palco : 175 000 $ », « Palco – une aide de 175 000 $ »."""
    start, end = judged.left, judged.mention.whole
    # The words between the mark and the amount may only say that it is aid.
    tail = re.search(r"(?P<mark>[,:–]|[ ][-/])[ \n]*(?P<said>[^,:;–()]*)$", text.plain[start:end])
    if not tail:
        return gapped(text, judged)
    said = text.flat[start + tail.start("said") : start + tail.end("said")].strip(" '")
    if said and not AIDED.fullmatch(said):
        return None
    name = name_ending(text, start, start + tail.start("mark"))
    if name is None or (name.quality < 0.8 and tail["mark"] == ",") or text.plain[name.start - 1] == "(":
        return None
    if rules.first("host", text.flat, max(start, name.start - 40), name.start):
        # « le Centre, rattaché au Cégep, 1 250 000 $ »
        name = subject(text, start, name.start) or name
    name = _placed(text, name, start)
    if tail["mark"] == "," and is_place(text, name.start, name.end + 1):
        return None
    if start > judged.sentence.start and rules.first("invests", text.flat, judged.sentence.start, start):
        return None  # « Le Massif a investi 18 M$, l'Hôtel du Lac, 2,6 M$ »
    return Pair(judged, name, "beside", 0.9)


def gapped(text: Text, judged: Judged) -> Pair | None:
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
