"""The programme under which a text announces its grants: a known name, or one that the words lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import rules
from .answers import Known, Words
from .names.acronyms import ACRONYM
from .names.words import FUTURE, IMPERFECT, INFINITIVE, is_word
from .text import Text, flatten

KIND = re.compile(rf"(?<![\w-])(?:{rules.words_of('programme_noun')})(?![\w-])")
_LINK = rf"(?:(?:{rules.words_of('english_programme', 'link')}) ){{0,2}}"
_KINDS = rules.words_of("english_programme", "after its name")
_OWN_KINDS = rules.capitalised("english_programme", "in its name")
ENGLISH = re.compile(
    rf"(?P<name>[A-Z][\w'&-]*(?:,? {_LINK}[A-Z0-9][\w'&-]*){{0,9}})"
    rf" (?:\((?P<acronym>[A-Z][A-Z0-9-]{{1,9}})\) )?(?P<kind>{_KINDS}|{_OWN_KINDS})\b"
    r"(?: \((?P<after>[A-Z][A-Z0-9 ]{1,9})\))?"
)
ENGLISH_WHOLE = re.compile(
    rf"(?P<name>(?:[A-Z][\w'&-]*,? {_LINK}){{1,9}}(?:{_OWN_KINDS}))\b(?: \((?P<acronym>[A-Z][A-Z0-9 ]{{1,9}})\))?"
)
BEFORE_ENGLISH = re.compile(rf"^(?:{rules.capitalised('english_programme', 'before its name')}) (?:the )?")
LED = re.compile(
    rf"(?:{rules.words_of('leads_to_programme', 'fr')}) (?:(?:de|du|des|a|au|aux|par) ?)?"
    rf"(?:(?:{rules.words_of('leads_to_programme', 'determiner')})(?:(?<=')| ))*$"
    rf"|(?:{rules.words_of('leads_to_programme', 'en')}) (?:the |its |our )?(?:new )?$"
)
# An acronym alone: « l'entremise du FRR », « de la TECQ 2024-2028 », « programme ESSOR ».
BARE = re.compile(
    rf"(?:(?:{rules.words_of('leads_to_acronym')}) (?:de la |du |de l'|des |au |a la )|(?:le |du |au )?programme )"
    r"(?P<acronym>[a-z][a-z0-9-]{2,11})(?![\w'-])"
)
TITLED = re.compile(r"(?P<acronym>[A-Z]{4,8}[A-Z])(?= [–:] (?:sous-)?volet|(?= :)(?! ?–))")
TAIL = re.compile(rf"(?: (?:{rules.words_of('programme_ends', 'link')}))+$")
OF_A_PLACE = re.compile(rf" (?:{rules.words_of('programme_ends', 'place')})\b.*$")
NOT_ONE = re.compile(
    rf"(?:{rules.words_of('no_programme', 'noun alone')})(?: (?:\d\S*|{rules.words_of('no_programme', 'adjective')}))*"
)
A_SENTENCE = re.compile(rf"\n(?:{rules.capitalised('opens_sentence')})\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be the programme's."""

    name: str
    acronym: str
    start: int
    end: int
    score: float

    @property
    def called(self) -> str:
        """Its acronym where it has one, else its name."""
        return self.acronym or self.name


def read_programme(text: Text, known: Known) -> tuple[Words, str] | None:
    """The programme (its acronym where it has one) and its whole name; None where the text names none."""
    found = list(_known(text, known)) or list(_worded(text))
    if not found:
        return None
    best = max(found, key=lambda one: (one.score, -one.start))
    named = next((one for one in found if one.acronym == best.acronym and one.name != one.acronym), best)
    return Words(best.called, text.span(best.start, best.end)), named.name


def _known(text: Text, known: Known) -> Iterator[Candidate]:
    for name, called in known.programmes:
        if len(name) <= 6 and name.isupper():
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.plain)
        else:
            found = re.search(rf"(?<!\w){re.escape(flatten(name))}(?!\w)", text.flat)
        if found:
            yield Candidate(
                name, called, found.start(), found.end(), 3 - _depth(text, found.start()) + len(name) / 1000
            )


def _worded(text: Text) -> Iterator[Candidate]:
    if text.language == "en":
        yield from _english(text)
    for kind in KIND.finditer(text.flat):
        if one := _french(text, kind):
            yield one
    for found in BARE.finditer(text.flat):
        start, end = found.span("acronym")
        acronym = text.plain[start:end]
        if acronym.isupper() and not is_word("no_acronym", found["acronym"]):
            yield Candidate(acronym, acronym, start, end, 1.2 - _depth(text, start) + _times(text, acronym))
    for found in TITLED.finditer(text.plain[:300]):
        if found.start() == 0 or text.plain[found.start() - 1] == "\n":
            yield Candidate(
                found[0], found["acronym"], found.start(), found.end(), 0.9 + _times(text, found["acronym"])
            )


def _english(text: Text) -> Iterator[Candidate]:
    for pattern in (ENGLISH_WHOLE, ENGLISH):
        for found in pattern.finditer(text.plain):
            parts = found.groupdict()
            name = BEFORE_ENGLISH.sub("", parts["name"])
            start = found.end("name") - len(name)
            if parts.get("kind", "").istitle():
                name = f"{name} {parts['kind']}"
            acronym = parts.get("acronym") or parts.get("after") or ""
            if is_word("no_name", flatten(name)) or len(name) < 4:
                continue
            yield Candidate(name, acronym, start, found.end(), _score(text, start, name, acronym, ""))


def _french(text: Text, kind: re.Match[str]) -> Candidate | None:
    """The name that begins with « programme », « fonds »… (« programme » itself put aside before a name of its own)."""
    start = kind.start()
    own = re.match(r"programme (?:« ?)?(?=[A-ZÀ-Ý])", text.plain[start : start + 14])
    if own:
        start += own.end()
    end = _end_of_name(text, start)
    value = TAIL.sub("", re.sub(r"\s+", " ", text.plain[start:end]).strip(" .«»"))
    flat = flatten(value)
    if place := OF_A_PLACE.search(flat):
        value, flat = value[: place.start()], flat[: place.start()]
    followed = re.match(r" ?\([A-Z]{2,8}\)", text.plain[start + len(text.plain[start:end].rstrip()) : end + 12])
    if NOT_ONE.fullmatch(flat) or len(value) < 4 or len(value) > 140:
        return None
    if not followed and not re.search(r"[A-ZÀ-Ý]", value):
        return None
    if _is_weak(kind[0]) and not text.plain[start].isupper():
        return None
    if "\n" in text.plain[start:end] and _breaks(text, start, end):
        return None
    end = start + len(text.plain[start:end].rstrip())
    after = re.match(r" ?\(([^()]{2,14})\)", text.plain[end : end + 18])
    acronym = after[1].strip() if after and ACRONYM.fullmatch(after[1].strip().replace(" ", "")) else ""
    if own and value.isupper():
        acronym = value
    if value.isupper() and len(value) > 14:
        value = value.capitalize()
    return Candidate(
        value,
        acronym,
        start,
        end + (after.end() if acronym and after else 0),
        _score(text, start, value, acronym, kind[0]),
    )


def _breaks(text: Text, start: int, end: int) -> bool:
    """Whether a capital begins a line within the words: another sentence, not the same name."""
    return A_SENTENCE.search(text.plain, start, end) is not None


def _is_weak(kind: str) -> bool:
    """Whether a noun is used for much else than programmes: « plan », « mesure », « soutien »."""
    return rules.says("programme_noun", kind) == "weak"


def _end_of_name(text: Text, start: int) -> int:
    end = start
    for word in re.finditer(r"[^\s,;:()«»\"–]+|[,;:()«»\"–]", text.plain[start : start + 190]):
        flat = text.flat[start + word.start() : start + word.end()].strip(".")
        between = text.plain[end : start + word.start()]
        if word[0] in ',;:()«»"–' or "\n\n" in between or "$" in flat or re.fullmatch(r"\d+(?:[.,]\d+)?", flat):
            break
        capital = word[0][0].isupper()
        verb = (
            is_word("name_stop", flat)
            or FUTURE.match(flat)
            or IMPERFECT.match(flat)
            or rules.any_of("giver").fullmatch(flat)
        )
        if end > start and (verb or is_word("funders_join", flat)) and not capital and flat not in ("in", "on", "at"):
            break
        if end > start and (re.match(r"(?:le|la|les)$", flat) and capital and between == "\n"):
            break
        following = text.flat[start + word.end() : start + word.end() + 24].split()
        if flat == "pour" and following and INFINITIVE.fullmatch(following[0]):
            break
        end = start + word.end()
        if word[0].endswith(".") and not re.fullmatch(r"(?:\w\.)+", word[0]):
            return end - 1
    return end


def _score(text: Text, start: int, name: str, acronym: str, kind: str) -> float:
    led = LED.search(text.flat, max(0, start - 70), start)
    aside = rules.any_of("scope").search(text.flat, max(0, start - 60), start)
    return (
        1.0
        + (0.5 if led else 0)
        + (0.3 if acronym else 0)
        - (0.5 if _is_weak(kind) else 0)
        - (0.6 if aside and not led else 0)
        - _depth(text, start)
        + _times(text, acronym or name)
    )


def _depth(text: Text, start: int) -> float:
    return start / (len(text.plain) + 1)


def _times(text: Text, name: str) -> float:
    return min(0.3, 0.1 * (text.plain.count(name) - 1)) if name else 0.0
