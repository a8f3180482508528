"""Acronyms beside names: « (RCEI) », « , (A.M.V.P.Q.), », « AQPM (Association …) »."""

import re

from .. import rules
from ..text import Text, flatten
from .name import Name
from .words import LINKS

ACRONYM = re.compile(r"[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9&./-]{0,11}[A-ZÀ-Ý0-9.]s?|[A-Z][a-z]{0,2}[A-Z]+[A-Za-z]{0,3}")
KEEPS_STOP = re.compile(rf"(?:\b(?:{rules.words_of('legal_form', 'with a full stop')})|\b\w(?:\.\w)+)\.$")


def take_acronym(text: Text, name: Name, end: int) -> None:
    """Take « (RCEI) », « , (A.M.V.P.Q.) », « – IGN » off the end of a name."""
    long = re.match(r" ?\(([^()]{8,120})\)", text.plain[name.end : end]) if ACRONYM.fullmatch(name.value) else None
    if long and spells(name.value, long[1]):
        name.acronym, name.value = name.value, cleaned(long[1])
        name.after = name.end + long.end()
        return
    found = re.match(r"[ ,]*\([ ]*([^()]{2,14}?)[ ]*[),]", text.plain[name.end : min(end, name.end + 24)])
    if found and ACRONYM.fullmatch(found[1]):
        name.acronym = found[1]
        name.after = name.end + found.end() - (1 if found[0].endswith(",") else 0)
        return
    inside = re.search(r" ([A-ZÀ-Ý]{2,6})$", name.value)
    if inside and len(name.value.split()) > 3 and spells(inside[1], name.value[: inside.start()]):
        name.acronym = inside[1]
        name.value = name.value[: inside.start()].strip()


def spells(acronym: str, value: str) -> bool:
    """Whether an acronym is made of the initials of a name."""
    initials = "".join(
        word[0]
        for word in re.findall(r"[a-z0-9]+", flatten(value).replace("l'", "").replace("d'", ""))
        if word not in LINKS
    )
    letters = re.sub(r"[^a-z0-9]", "", flatten(acronym))
    position = 0
    for letter in initials:
        if position < len(letters) and letter == letters[position]:
            position += 1
    return position >= max(2, len(letters) - 1) if letters else False


def cleaned(value: str) -> str:
    """A name as it is kept: on one line, without the marks around it."""
    value = re.sub(r"(?<=\w)-\s+(?=\w)", "-", value)  # « Saint-⏎Hyacinthe »
    value = re.sub(r"\s+", " ", value).strip(" ,;:–-«\"'")
    if value.count("»") > value.count("«"):
        value = value.rstrip(" »")
    # A full stop belongs to « inc. » and « A.M.V.P.Q. » alone.
    if value.endswith(".") and not KEEPS_STOP.search(flatten(value)):
        value = value[:-1]
    return value
