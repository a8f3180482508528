"""Press releases with their answer keys, and what a reading of them is worth.

A key is a JSON file with its text beside it (`name.txt`) or where its "text" says. What is compared is the object that
`manage.py read_communique --json` prints.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

Told = dict[str, Any]
MEASURE_WORDS = (
    "businesses made aware",
    "businesses supported",
    "project cost",
    "recipients",
    "envelope",
    "projects",
    "members",
    "share",
    "jobs",
    "aid",
)
SCALES = {"k": 10**3, "mille": 10**3, "m": 10**6, "million": 10**6, "millions": 10**6, "g": 10**9, "milliard": 10**9}
NUMBER = re.compile(r"(\d[\d \u00a0\u202f\u2009]*(?:[.,]\d+)*)\s*(milliards?|millions?|mille|[kMG])?\b")
ARTICLE = re.compile(r"^(?:le|la|les|the|un|une)\s+|^l'\s*")
LEGAL = re.compile(r"[.,]")
QUOTES = re.compile('[«»"“”„‟]')


@dataclass(frozen=True)
class Example:
    """One text with its key."""

    name: str
    text: str
    key: dict[str, Any]


@dataclass
class Share:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def add(self, is_right: bool) -> None:
        self.of += 1
        self.right += is_right

    def __iadd__(self, other: Share) -> Share:
        self.right += other.right
        self.of += other.of
        return self

    @property
    def ratio(self) -> float:
        """1 where nothing was asked."""
        return self.right / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.of}"


@dataclass
class Score:
    """What one reading is worth; `faults` says each thing that is not as the key has it."""

    name: str = ""
    precision: Share = field(default_factory=Share)
    recall: Share = field(default_factory=Share)
    totals: Share = field(default_factory=Share)
    verdicts: Share = field(default_factory=Share)
    corrections: Share = field(default_factory=Share)
    head: Share = field(default_factory=Share)  # date, programme, place, title, language
    asked: int = 0  # pairs that were missed but stand among the questions
    taken: int = 0  # numbers under not_grants that became grants
    faults: list[str] = field(default_factory=list)

    SHARES = ("precision", "recall", "totals", "verdicts", "corrections", "head")

    def __iadd__(self, other: Score) -> Score:
        for name in self.SHARES:
            share = getattr(self, name)
            share += getattr(other, name)
        self.asked += other.asked
        self.taken += other.taken
        return self

    @property
    def is_perfect(self) -> bool:
        """Whether grants, totals, verdicts and corrections are all right."""
        return all(getattr(self, name).ratio == 1 for name in self.SHARES[:5])


def examples(folder: Path) -> list[Example]:
    """The texts of a folder that have a key, by name. Raises FileNotFoundError where a key's text is not there."""
    return list(_examples(folder))


def _examples(folder: Path) -> Iterator[Example]:
    for file in sorted(folder.glob("*.json")):
        key = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(key, dict) or "grants" not in key:
            continue
        source = file.parent / key["text"] if "text" in key else file.with_suffix(".txt")
        yield Example(file.stem, source.read_bytes().decode("utf-8-sig"), key)


def score(example: Example, told: Told) -> Score:
    """Hold what was told of a text beside its key."""
    result = Score(example.name)
    _score_pairs(example.key, told, result)
    _score_totals(example.key, told, result)
    _score_verdicts(example.key, told, result)
    _score_corrections(example.key, told, result)
    _score_head(example.key, told, result)
    return result


def folded(name: str | None) -> str:
    """A name without what does not matter: case, accents, its first article, quotation marks, legal punctuation."""
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub("[’‘`´]", "'", plain)
    plain = re.sub("[‐‑‒–—−]", "-", plain)
    plain = LEGAL.sub(" ", QUOTES.sub(" ", plain))
    plain = re.sub(r"\s*-\s*", "-", plain)
    return ARTICLE.sub("", " ".join(plain.split()))


def number(value: Any) -> Decimal | None:
    """A value of a key or of the object; None stays None."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


Pair = tuple[str, Decimal | None]


def _pairs(rows: list[Any]) -> list[Pair]:
    return [(folded(name), number(amount)) for name, amount, *_more in rows]


def _told_pairs(grants: list[Told]) -> list[Pair]:
    return [(folded(grant["recipient"]), number(grant["amount"])) for grant in grants]


def _score_pairs(key: dict[str, Any], told: Told, result: Score) -> None:
    """Each pair of the key is met by one pair at most; those that may be read or not count for nothing."""
    wanted, either = _pairs(key["grants"]), _pairs(key.get("either", []))
    invented: list[Pair] = []
    for pair in _told_pairs(told["grants"]):
        if pair in wanted:
            wanted.remove(pair)
            result.precision.add(True)
        elif pair in either:
            either.remove(pair)
        else:
            invented.append(pair)
            result.precision.add(False)
    result.recall = Share(len(key["grants"]) - len(wanted), len(key["grants"]))
    asked = _told_pairs(told["questions"])
    refused = {value for words in key.get("not_grants", []) for value in numbers_in(words)}
    for pair in wanted:
        result.asked += pair in asked
        result.faults.append(f"missed   {_shown(pair)}{'  (asked)' if pair in asked else ''}")
    for pair in invented:
        is_taken = pair[1] in refused
        result.taken += is_taken
        result.faults.append(f"invented {_shown(pair)}{'  (is under not_grants)' if is_taken else ''}")


def _shown(pair: Pair) -> str:
    return f"{pair[0]} | {'null' if pair[1] is None else format(pair[1], ',f')}"


def numbers_in(words: str) -> set[Decimal]:
    """The numbers of a key's free words (« 50 millions (operating budgets) »)."""
    found = set()
    for match in NUMBER.finditer(str(words)):
        digits = re.sub(r"\s", "", match[1])
        grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}", digits)
        digits = re.sub("[.,]", "", digits) if grouped else digits.replace(",", ".")
        value = number(digits)
        if value is not None:
            found.add(value * SCALES.get((match[2] or "").lower(), 1))
    return found


def _score_totals(key: dict[str, Any], told: Told, result: Score) -> None:
    for measure, value, qualifier, scope, *_more in key.get("figures", []):
        same = [
            figure
            for figure in told["figures"]
            if figure["measure"] == measure and number(figure["value"]) == number(value)
        ]
        right = [figure for figure in same if figure["qualifier"] == qualifier and is_of_scope(figure, scope)]
        result.totals.add(bool(right))
        if not right:
            instead = "; ".join(f"{figure['qualifier']}, {scope_of(figure)}" for figure in same) or "not there"
            result.faults.append(f"total    {measure} {value:,} {qualifier}, {scope}: {instead}")


def scope_of(figure: Told) -> str:
    """The words of a key for what a figure speaks of."""
    is_plain_act = figure["scope"] == "this act"
    words = [
        figure["nature"] if figure["nature"] in ("target", "result") else "",
        "" if is_plain_act and figure["nature"] in ("target", "result") else figure["scope"],
        "before" if figure["before"] else "",
        "(title)" if figure["in_title"] else "",
    ]
    return ", ".join(filter(None, words))


def is_of_scope(figure: Told, wanted: str) -> bool:
    """Whether a figure speaks of what the key says.

    Keys say « this act », « this act (title) », « cumulative », « cumulative, before », « target », « target,
    cumulative, before », « programme », « one funder », « another programme », and of another act its date (« January
    2022 »).
    That a total stands in the title too, or that what is aimed at is the act's, is not held against it.
    """
    words = {word.strip() for word in re.sub(r"\(.*?\)", "", wanted.lower()).split(",") if word.strip()}
    if bool(words & {"target", "result"}) != (figure["nature"] in ("target", "result")):
        return False
    words -= {"target", "result", "this act"}
    if "cumulative" in words:
        return figure["scope"] == "cumulative" and ("before" not in words or figure["before"])
    if not words:
        return figure["scope"] == "this act"
    if words <= {"programme", "one funder", "another programme", "another act"}:
        return figure["scope"] in words
    return figure["scope"] == "another act"


def _score_verdicts(key: dict[str, Any], told: Told, result: Score) -> None:
    lines = told["reconciliation"]
    for asked, answer in (key.get("reconciliation") or {}).items():
        verdict = re.split(r"[:(;,]", str(answer))[0].strip()
        measure = next((words for words in MEASURE_WORDS if asked.startswith(words)), asked)
        about = [line for line in lines if line["measure"] == measure]
        values = numbers_in(asked.removeprefix(measure)) or _stated_of_act(key, measure)
        line = next((line for line in about if number(line["stated"]) in values), None) or next(iter(about), None)
        found = line["verdict"] if line else "nothing to compare"
        result.verdicts.add(found == verdict)
        if found != verdict:
            beside = f" (stated {line['stated']}, itemised {line['itemised']})" if line else " (not stated)"
            result.faults.append(f"verdict  {asked}: {verdict}, read {found}{beside}")


def _stated_of_act(key: dict[str, Any], measure: str) -> set[Decimal | None]:
    """What the key says that the act states of a measure, the title's rounding left out if there is another."""
    stated = [row for row in key.get("figures", []) if row[0] == measure and row[3].startswith("this act")]
    return {number(row[1]) for row in [row for row in stated if row[3] == "this act"] or stated}


def _score_corrections(key: dict[str, Any], told: Told, result: Score) -> None:
    found = [
        (folded(row["recipient"] or row["measure"]), number(row["was"]), number(row["now"]))
        for row in told["corrections"]
    ]
    for name, was, now in key.get("corrections", []):
        wanted = (folded(name), number(was), number(now))
        result.corrections.add(wanted in found)
        if wanted not in found:
            result.faults.append(f"corrected {name}: {was} is {now}: read {found or 'nothing'}")


def _score_head(key: dict[str, Any], told: Told, result: Score) -> None:
    for name in ("date", "programme", "place", "title", "language"):
        if name not in key:
            continue
        read = {folded(value) for value in (told[name], name == "programme" and told["programme_name"]) if value}
        is_right = folded(key[name]) in read if key[name] else not read
        result.head.add(is_right)
        if not is_right:
            result.faults.append(f"head     {name}: {key[name]!r}, read {told[name]!r}")
