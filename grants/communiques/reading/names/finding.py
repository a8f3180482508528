"""Names of recipients: where one begins and ends in the text, and what is no part of it."""

import re

from .. import rules
from ..text import Text
from .acronyms import cleaned, take_acronym
from .name import LONGEST, Name
from .plausible import quality_of
from .walking import Walk
from .words import LINKS, elided_link, is_many, is_place, is_word

OWN_ARTICLE = re.compile(rf"{rules.capitalised('own_article')}|L'[A-ZÀ-Ý]\S*")


def name_from(text: Text, start: int, end: int, *, whole: bool = False, cell: bool = False) -> Name | None:
    """The name that begins at `start` (its article put aside), before `end`; None where none does.

    `whole`: nothing but the name is expected before a mark, as in an item of a list, so that « à », « pour » and the
    like belong to it. `cell`: nothing but the name is expected at all, so that dashes belong to it too.
    """
    return Forward(text, start, min(end, start + LONGEST + 60), whole=whole or cell, cell=cell).name()


class Forward(Walk):
    """A walk that gives a name: what only describes it put aside, how much it looks like one weighed."""

    def name(self) -> Name | None:
        """Walk."""
        self._skip_article()
        if quoted := self._quoted():
            return quoted
        first = self.at
        self._walk()
        self._trim()
        if not self.tokens:
            return None
        begin, stop = self._without_descriptor(first), self.tokens[-1].end()
        return self._judged(begin, stop)

    def _quoted(self) -> Name | None:
        """A name in quotation marks."""
        if self.at >= self.end or self.plain[self.at] not in '«"':
            return None
        close = "»" if self.plain[self.at] == "«" else '"'
        last = self.plain.find(close, self.at + 1, self.end)
        value = self.plain[self.at + 1 : last].strip() if last > 0 else ""
        if not value or not any(character.isupper() or character.isdigit() for character in value[:2]):
            return None
        return Name(cleaned(value), self.at + 1, last, 0.8, after=last + 1, article=self.article)

    def _without_descriptor(self, first: int) -> int:
        """Where the name itself begins: « l'accélérateur La Piscine », « L'escouade numérique du Réseau »."""
        head = self._head()
        written = self.plain[self.tokens[0].start()]
        described = is_word("descriptor", head)
        if head.endswith("'s") and self._says_where():
            return self.tokens[1].start()
        if (written.isupper() or written.isdigit()) and not described:
            return first
        if re.match(r"[a-z]{1,3}[A-Z]", self.tokens[0][0]):  # iLok
            return first
        if not described and is_word("head", head) and len(self.tokens) > 1:
            own = self._inner_name(articles_only=True)
            return first if own is None else own
        if written.isupper():
            return first
        if is_word("no_name", head) and not described:
            # « aux organismes Table ronde de Hull, Grenier … »
            plural = is_many(head) and len(self.tokens) > 1 and self.tokens[1][0][0].isupper()
            return self.tokens[1].start() if plural else first
        if not written.isupper() and (inner := self._inner_name()) is not None:
            return inner
        return self._after_description(first, head, described=described)

    def _before_host(self, begin: int, stop: int) -> int:
        """« l'Unité de recherche en gérontologie du Cégep de l'Érable »: the college hosts."""
        if not rules.hit_at("hosted_body", self.flat, begin):
            return stop
        host = rules.first("hosting_body", self.flat, begin, stop)
        return host.start - 1 if host else stop

    def _says_where(self) -> bool:
        """« Inukjuak's Pituvik Landholding Corporation », not « Bishop's Hill University », which has three words."""
        capitals = [token for token in self.tokens[1:] if token[0][0].isupper()]
        return len(capitals) > 2 and is_word("body_word", self._last())

    def _after_description(self, first: int, head: str, *, described: bool) -> int:
        """The first word with a capital, where what stands before it only describes: « le studio Palco »."""
        for number, token in enumerate(self.tokens[1:], 1):
            if not re.match(r"[dl]'[A-ZÀ-Ý]", token[0]) and not token[0][0].isupper() and not token[0][0].isdigit():
                continue
            before = self.flat[self.tokens[number - 1].start() : self.tokens[number - 1].end()]
            # « le groupe de presse Capitales », not « la construction du Centre »
            if not described and (before in LINKS or elided_link(token[0])):
                bare = self.flat[token.start() : token.end()].removeprefix("l'").removeprefix("d'")
                does = is_word("activity", head) or re.search(r"(?:tion|ment|age|ing)$", head)
                if does or not is_word("head", bare):
                    return first
            of_a_place = before in ("de", "du", "d'") and number > 1
            if described and of_a_place and is_place(self.text, token.start(), self.end):
                return first  # « l'entreprise de Rimouski »: no name at all
            self.reasons.append("descriptor")
            elided = re.match(r"[dl]'(?=[A-ZÀ-Ý])", token[0])
            return token.start() + (elided.end() if elided else 0)
        return first

    def _inner_name(self, *, articles_only: bool = False) -> int | None:
        """Where the body itself begins within words that say what it is or does: « le centre d'artistes Le Mur »,
        « repas de Noël du Centre d'action bénévole »."""
        for number, token in enumerate(self.tokens[1:], 1):
            before = self.flat[self.tokens[number - 1].start() : self.tokens[number - 1].end()]
            article = OWN_ARTICLE.fullmatch(token[0])
            if article and before not in ("et", "and", "d'", "a") and not is_place(self.text, token.start(), self.end):
                return token.start()
            bare = self.flat[token.start() : token.end()].removeprefix("l'").removeprefix("d'")
            links = before in ("de", "du", "des", "la", "les") or elided_link(token[0])
            if not articles_only and links and is_word("head", bare) and re.match(r"(?:[ldLD]')?[A-ZÀ-Ý]", token[0]):
                elided = re.match(r"[dlDL]'(?=[A-ZÀ-Ý])", token[0])
                return token.start() + (elided.end() if elided else 0)
        return None

    def _sentence_start(self, at: int) -> bool:
        before = self.plain[: self.article_at if self.article else at].rstrip(" ")
        return not before or before[-1] in ".:!?\n•-–"

    def _judged(self, begin: int, stop: int) -> Name | None:
        stop = self._before_host(begin, stop)
        value = cleaned(self.plain[begin:stop])
        if not value or len(value) > LONGEST:
            return None
        quality = quality_of(self.text, begin, stop, value)
        own = self.article and self.own_article and not self._sentence_start(self.article_at) and len(self.article) > 1
        if quality <= 0 and own and begin == self.tokens[0].start() and not is_word("no_name", self._head()):
            quality = 0.85  # « La base entrepreneuriale » in the middle of a sentence
        if quality <= 0:
            return None
        if "descriptor" in self.reasons:
            quality = min(quality, 0.93)
        if (
            self.article
            and self.own_article
            and begin == self.tokens[0].start()
            and not self._sentence_start(self.article_at)
        ):
            begin = self.article_at
            stop = self._before_host(begin, stop)
        value = cleaned(self.plain[begin:stop])
        name = Name(value, begin, stop, quality, after=stop, article=self.article, reasons=self.reasons)
        take_acronym(self.text, name, self.end)
        return name
