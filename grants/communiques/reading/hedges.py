"""Hedges around a number: « plus de 29 M$ », "up to $500,000", « 25 M$ et plus »."""

from dataclasses import dataclass

from . import rules

_ARTICLES = ("les ", "the ", "ses ", "ces ", "la somme de ", "un total de ", "a total of ", "une somme de ", "de ")


@dataclass(frozen=True, slots=True)
class Hedge:
    """A qualifier and where its words start or, for one that follows the number, end."""

    says: str
    place: int


class Hedges:
    """The hedges of one text, found once. All places are those of `Text.plain`."""

    def __init__(self, flat: str) -> None:
        self.flat = flat
        self.by_end = {hit.end: hit for hit in rules.hits("qualifier", flat)}

    def before(self, place: int) -> Hedge | None:
        """The hedge right before a number that starts at `place`: « jusqu'à près de » gives « jusqu'à »."""
        hit = self._ending_before(place)
        if hit is None:
            return None
        outer = self._ending_before(hit.start)
        if outer is None:
            return Hedge(hit.rule.says, hit.start)
        inner_says_little = hit.rule.says in ("about", "nearly") or outer.rule.says == hit.rule.says
        return Hedge(outer.rule.says if inner_says_little else hit.rule.says, outer.start)

    def _ending_before(self, place: int) -> rules.Hit | None:
        hit = self._touching(place)
        if hit or not self.by_end:
            return hit
        article = next((word for word in _ARTICLES if self.flat.endswith(word, 0, place)), "")
        return self._touching(place - len(article)) if article else None

    def _touching(self, place: int) -> rules.Hit | None:
        if place and self.flat[place - 1] in " \n":
            return self.by_end.get(place - 1)
        return self.by_end.get(place)

    def after(self, place: int) -> Hedge | None:
        """The hedge right after a number that ends at `place`."""
        if self.flat.startswith("+", place):
            return Hedge("at_least", place + 1)
        if self.flat[place : place + 1] not in (" ", "\n"):
            return None
        hit = rules.hit_at("qualifier_after", self.flat, place + 1)
        return Hedge(hit.rule.says, hit.end) if hit else None
