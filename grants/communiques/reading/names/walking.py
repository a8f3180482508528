"""The walk from the first word of a name to its last."""

import re

from .. import rules
from ..text import Text
from .words import FUTURE, IMPERFECT, LINKS, is_infinitive, is_place, is_word

ARTICLE = re.compile(rules.words_of("article"))
TOKEN = re.compile(
    r"[^\s,;:()\[\]«»\"|–•]+(?:–[^\s,;:()\[\]«»\"|–•]+)+|\d+[.,]\d+(?![\d%])|[^\s,;:()\[\]«»\"|–•]+|[,;:()\[\]«»\"|–•]"
)
MARKS = frozenset(',;:()[]|–•"«»/')
LEGAL = re.compile(rf"(?:{rules.words_of('legal_form')})\.?(?![\w'])")
NUMBERED_LEGAL = re.compile(rf"\(\d{{4}}\) ?(?:{rules.words_of('legal_form', 'with a full stop')})\b")
ACTS = re.compile(r"[a-z]{2,}(?:er|ir|oir|re)")
OBJECT = re.compile(rules.words_of("after_infinitive"))
NO_NAME_AFTER_FOR = re.compile(rules.words_of("no_name_after_for"))
LISTED = re.compile(
    r"(?:de la |de l'|du |des |d'|de )[A-ZÀ-Ýa-zà-ý'-]+(?:, (?:de la |de l'|du |des |d'|de )[^,.;:()]+)*"
    r"(?: et | and )[^.;:()]*"
)
DASHED = re.compile(r"[^\s,;:()–]+(?: [A-ZÀ-Ý0-9][^\s,;:()–]*)*(?= pour | afin |,|\.|$| \()")

COUNTED = re.compile(
    r"(?:\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|two|three|four|five|six|its|leurs?|son|sa|ses)$|\d"
)


class Walk:
    """One walk from the first word of a name to its last."""

    def __init__(self, text: Text, start: int, end: int, *, whole: bool, cell: bool = False) -> None:
        self.cell = cell
        self.text, self.plain, self.flat, self.end, self.whole = text, text.plain, text.flat, end, whole
        self.at = self._after_spaces(start)
        self.article = ""
        self.reasons: list[str] = []
        self.tokens: list[re.Match[str]] = []

    def _after_spaces(self, at: int) -> int:
        while at < self.end and self.plain[at] in " \n":
            at += 1
        return at

    def _skip_article(self) -> None:
        found = ARTICLE.match(self.flat, self.at, self.end)
        if found:
            self.article = found[0].strip()
            # « La Piscine », « LE CAMP » in the middle of a sentence: the article is the name's own; it is put aside
            # all the same, and comes back where a capital says so.
            self.own_article = self.plain[self.at].isupper()
            self.article_at = self.at
            self.at = self._after_spaces(found.end())
        else:
            self.own_article = False

    def _walk(self) -> None:
        token = TOKEN.match(self.plain, self.at, self.end)
        while token:
            word = self.flat[token.start() : token.end()]
            if not self._belongs(token, word):
                return
            self.tokens.append(token)
            if self._ends_sentence(token, word):
                return
            token = TOKEN.match(self.plain, self._after_spaces(token.end()), self.end)

    def _belongs(self, token: re.Match[str], word: str) -> bool:
        if word in MARKS:
            return self._goes_over(token, word)
        bare = word.strip(".'-")
        if not self.tokens:
            own = self.own_article and not self._sentence_start(self.article_at)
            return bool(bare) and (own or self.plain[token.start()].isupper() or not is_word("name_stop", bare))
        if bare == "sous" and self.whole:
            return True
        if bare == "the" and self._last() not in LINKS and self._last() not in ("by", "on", "at", "with"):
            return False  # « granting the University the same sum »
        if self.cell and rules.says("name_stop", bare) == "described":
            return True  # « Grappe du véhicule spécialisé », alone in its cell
        if is_word("name_stop", bare) and not self.plain[token.start()].isupper():
            return bare in ("in", "at", "on", "by", "a", "sous", "ou") and self._link(token, bare)
        if bare.startswith("d'") and self._acts(token, bare[2:]):
            return False
        if bare == "de" and self._acts(token, self._next(token)[0], 1):
            return False
        if (FUTURE.match(bare) or IMPERFECT.match(bare)) and not self.plain[token.start()].isupper():
            return False
        if bare in ("s.e.n.c", "s.e.c", "s.e.n.c.r.l"):
            return True
        if bare in ("et", "and", "&", "pour", "for", "en", "a", "au", "aux", "sur", "dans", "avec", "contre", "sans"):
            return self._link(token, bare)
        return True

    def _acts(self, token: re.Match[str], word: str, skip: int = 0) -> bool:
        """Whether an infinitive follows « de » or « d' »: « d'acheter deux fermenteurs »."""
        if not ACTS.fullmatch(word):
            return False
        after = re.match(rf"(?:\s+\S+){{{skip}}}\s+(\S+)", self.flat[token.end() : token.end() + 60])
        follows = after[1] if after else ""
        return OBJECT.match(follows) is not None

    def _last(self) -> str:
        return self.flat[self.tokens[-1].start() : self.tokens[-1].end()]

    def _next(self, token: re.Match[str]) -> tuple[str, str]:
        """The word after `token`, folded and as written; "" at the end."""
        following = TOKEN.match(self.plain, self._after_spaces(token.end()), self.end)
        if not following:
            return "", ""
        return self.flat[following.start() : following.end()], following[0]

    def _goes_over(self, token: re.Match[str], mark: str) -> bool:
        """Whether a name goes on after a mark."""
        if not self.tokens:
            return False
        if mark == ",":
            return self._goes_over_comma(token)
        if mark == "(":
            # « Les Industries Mégasol (2005) inc. »
            return NUMBERED_LEGAL.match(self.flat[token.start() : token.start() + 16]) is not None
        if mark == ")":
            return self.tokens[-1][0].isdigit() and len(self.tokens) > 1 and self.tokens[-2][0] == "("
        if mark == "–":
            return self._goes_over_dash(token)
        if mark in '«"':
            # « Coopérative « Le Levier » »: the name's own words; a project's title otherwise.
            headed = is_word("head", self._head()) or is_word("descriptor", self._head())
            return headed and (self.whole or len(self.tokens) == 1)
        if mark == "»":
            return any(one[0] == "«" for one in self.tokens) and self.tokens[-1][0] != "»"
        return False

    def _goes_over_comma(self, token: re.Match[str]) -> bool:
        """« Meubles du Lac, inc. », « ministère de l'Économie, de l'Innovation et de l'Énergie »."""
        after = self._after_spaces(token.end())
        if LEGAL.match(self.flat, after, self.end):
            return True
        listed = LISTED.match(self.plain[after : min(self.end, after + 60)])
        return bool(listed) and is_word("body_of_fields", self._head())

    def _goes_over_dash(self, token: re.Match[str]) -> bool:
        """« Réseau des CCTT – Synchronex », not « Palco – 175 000 $ » nor « Palco – Rimouski »."""
        after = self._after_spaces(token.end())
        _following, written = self._next(token)
        if self.cell:
            return bool(written) and not is_place(self.text, after, self.end)
        if not written or not written[0].isupper() or is_place(self.text, after, self.end):
            return False
        rest = self.plain[after : self.end]
        if self.whole and re.search(r" [–-] |[:|]|^[^,;()]{2,30}, [A-ZÀ-Ý]", rest):
            return False
        return bool(DASHED.match(rest)) and not any(self.flat[one.start() : one.end()] == "–" for one in self.tokens)

    def _head(self) -> str:
        return self.flat[self.tokens[0].start() : self.tokens[0].end()]

    def _link(self, token: re.Match[str], word: str) -> bool:
        """Whether the name goes on after « et », « pour », « en », « à »."""
        following, written = self._next(token)
        if not following or following in ",;:()":
            return False
        if self.plain[token.start()].isupper():  # « Bibliothèque Au fil des pages »
            return True
        capital = written[0].isupper()
        if word == "a" and self.plain[token.start()] in "aA" and self.text.language != "en":
            return False  # the verb
        if word == "a" and self._head() == "universite":
            return True
        alone = len(self.tokens) == 1 and self.plain[self.tokens[0].start()].isupper()
        if word in ("au", "aux") and capital and (alone or is_word("head", self._head())):
            return not is_place(self.text, self._after_spaces(token.end()), self.end)
        if word == "for" and not capital and following != "the":
            return False
        if self.whole and word in ("a", "au", "aux", "pour", "for", "en", "sur", "dans", "contre", "sans", "avec"):
            if word in ("pour", "for") and COUNTED.match(following):
                return False  # « le Site historique pour deux projets »
            return not (word in ("pour", "for") and is_infinitive(following)) and not is_place(
                self.text, self._after_spaces(token.end()), self.end
            )
        if word in ("et", "and", "&"):
            return self._goes_over_and(word, following, capital=capital)
        if word in ("pour", "for"):
            return self._goes_over_for(word, following, capital=capital)
        if word == "en":
            plain_noun = not capital and not is_word("no_name", following) and not is_word("en_phrase", following)
            return plain_noun and not following[0].isdigit()
        if word in ("a", "au", "aux"):
            return self._goes_over_to(word, following, capital=capital)
        if word in ("in", "at", "on", "by", "sous", "ou"):
            opens = following == "the" or (self.whole and capital)
            return len(self.tokens) == 1 and opens and word in ("in", "on", "by")
        # sur, dans, avec, contre, sans
        return is_word("head", self._head()) and not capital and not re.match(r"\d|un|une|trois|deux", following)

    def _goes_over_and(self, word: str, following: str, *, capital: bool) -> bool:
        headed = is_word("head", self._head())
        if following in ("a", "au", "aux", "to"):
            return False  # « au Marché de Noël et au Tour cycliste »
        if is_word("determiner", following) or re.match(r"(?:l'|d'[a-z])", following):
            return following.startswith("d'")
        if following in ("de", "du", "des") or is_word("and_kin", following) or word == "&" or self.cell:
            return True
        if is_word("no_name", following) and not headed:
            return False
        if capital:
            # « Agriculture et Agroalimentaire » is one; « Palco et Moulin 7 » may be two.
            return headed or word == "and"
        return not is_word("name_stop", following) and not following[0].isdigit()

    def _goes_over_for(self, word: str, following: str, *, capital: bool) -> bool:
        if word == "for" and capital and is_word("head", self._last()):
            return True  # « Acadian Institute for Rural Health »
        if is_infinitive(following) or not is_word("head", self._head()) or self._does(following):
            return False
        words = {self.flat[one.start() : one.end()] for one in self.tokens}
        if len(self.tokens) > 3 or words & {"de", "du", "des"}:
            return False
        named = following in ("le", "la", "les", "the") or following.startswith("l'") or (capital and word == "for")
        return named or not NO_NAME_AFTER_FOR.match(following)

    def _does(self, determiner: str) -> bool:
        """« pour la tenue du championnat »: what is done, no part of a name."""
        after = re.match(
            rf".*?\b(?:pour|for) {re.escape(determiner)} ?([a-z'-]+)", self.flat[self.tokens[-1].end() : self.end]
        )
        return after is not None and is_word("activity", after[1])

    def _goes_over_to(self, word: str, following: str, *, capital: bool) -> bool:
        if is_word("continues", self._last()):
            return True
        head = self._head()
        if self.plain[self.tokens[0].start()].isupper() and len(self.tokens) == 1 and is_word("descriptor", head):
            return True  # « Ferme aux Trois Ponts »
        return word == "a" and following == "la" and is_word("head", head) and not capital

    def _ends_sentence(self, token: re.Match[str], word: str) -> bool:
        if not word.endswith((".", "!", "?", "…")):
            return False
        if LEGAL.fullmatch(word):
            following, written = self._next(token)
            return bool(written) and (written[0].isupper() or is_word("determiner", following))
        return not re.fullmatch(r"(?:[a-z0-9]\.-?)+", word) and not is_word("name_abbreviation", word)

    def _trim(self) -> None:
        """Take off what a name does not end with."""
        while self.tokens:
            last = self._last()
            opened = sum(one[0] == "«" for one in self.tokens) > sum(one[0] == "»" for one in self.tokens)
            if last in LINKS or (last in ',;:–«"' and len(last) == 1) or (opened and last == "«"):
                self.tokens.pop()
                continue
            return
