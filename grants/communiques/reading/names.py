"""Names of recipients: where one begins and ends in the text, and what is no part of it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from . import rules
from .text import Text

ARTICLE = re.compile(r"(?:de la |de l'|d'|de )?(?:l'|le |la |les |au |aux |du |des |un |une |the |an? )|de l'|de la |d'|de |du |des ")
TOKEN = re.compile(r"[^\s,;:()\[\]«»\"|–•]+(?:–[^\s,;:()\[\]«»\"|–•]+)+|\d+[.,]\d+(?![\d%])|[^\s,;:()\[\]«»\"|–•]+|[,;:()\[\]«»\"|–•]")
MARKS = frozenset(",;:()[]|–•\"«»/")
LEGAL = re.compile(
    r"(?:inc|ltee|ltd|limitee|limited|enr|senc|sencrl|s\.e\.n\.c(?:\.r\.l)?|s\.e\.c|sec|llp|lp|corp|cie|co|incorporee|incorporated|obnl|osbl)\.?(?![\w'])"
)
ACRONYM = re.compile(r"[A-ZÀ-Ý0-9][A-ZÀ-Ý0-9&./-]{0,11}[A-ZÀ-Ý0-9.]s?|[A-Z][a-z]{0,2}[A-Z]+[A-Za-z]{0,3}")
FUTURE = re.compile(r"(?!opera|camera|primera)[a-z]{2,}(?:era|eront|erait|eraient|ira|iront|[vdtr]ra|[vdtr]ront)$")
IMPERFECT = re.compile(r"(?!lait$|fait$|(?:sou|par|bien|at|ex|re|por)[a-z]*ait$)[a-z]{3,}(?:ait|aient)$")
INFINITIVE = re.compile(r"[a-z']{2,}(?:er|ir|re|oir)$")
NOT_INFINITIVES = frozenset(
    "le la les l' mer premier metier quartier atelier chantier foyer cancer hiver hier fier dernier".split()
)
LINKS = frozenset("de du des d' d la le les l' l et en a au aux pour sur and of the for in & - – dans par avec".split())
DETERMINERS = ("le", "la", "les", "un", "une", "the", "cette", "ces", "son", "sa", "leur", "leurs", "l'", "d'")
NUMBERED = re.compile(r"\d{4}-\d{4} (?:quebec|canada)|\d+ (?:degres|north)")
LONGEST = 160  # characters; no name is longer


@dataclass(slots=True)
class Name:
    """A name found: cleaned, with its place in the plain text. `quality` between 0 and 1."""

    value: str
    start: int
    end: int
    quality: float
    known: bool = False
    acronym: str = ""
    place: str = ""
    after: int = 0  # where what belongs to the name ends, acronym included
    article: str = ""
    reasons: list[str] = field(default_factory=list)


@lru_cache(maxsize=50_000)
def is_word(of: str, word: str) -> bool:
    """Whether a folded word is one of those of a question."""
    return bool(rules.any_of(of).fullmatch(word))


def name_from(text: Text, start: int, end: int, *, whole: bool = False, cell: bool = False) -> Name | None:
    """The name that begins at `start` (its article put aside), before `end`; None where none does.

    `whole`: nothing but the name is expected before a mark, as in an item of a list, so that « à », « pour » and the
    like belong to it. `cell`: nothing but the name is expected at all, so that dashes belong to it too.
    """
    return Forward(text, start, min(end, start + LONGEST + 60), whole=whole or cell, cell=cell).name()


class Forward:
    """One walk from the first word of a name to its last."""

    def __init__(self, text: Text, start: int, end: int, *, whole: bool, cell: bool = False) -> None:
        self.cell = cell
        self.text, self.plain, self.flat, self.end, self.whole = text, text.plain, text.flat, end, whole
        self.at = self._after_spaces(start)
        self.article = ""
        self.reasons: list[str] = []
        self.tokens: list[re.Match[str]] = []

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

    def _quoted(self) -> Name | None:
        """A name in quotation marks."""
        if self.at >= self.end or self.plain[self.at] not in '«"':
            return None
        close = "»" if self.plain[self.at] == "«" else '"'
        last = self.plain.find(close, self.at + 1, self.end)
        value = self.plain[self.at + 1 : last].strip() if last > 0 else ""
        if not value or not any(character.isupper() or character.isdigit() for character in value[:2]):
            return None
        return Name(_clean(value), self.at + 1, last, 0.8, after=last + 1, article=self.article)

    # The walk

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
        if not re.fullmatch(r"[a-z]{2,}(?:er|ir|oir|re)", word):
            return False
        after = re.match(rf"(?:\s+\S+){{{skip}}}\s+(\S+)", self.flat[token.end() : token.end() + 60])
        follows = after[1] if after else ""
        return bool(re.match(r"(?:un|une|des|le|la|les|son|sa|ses|leurs?|deux|trois|quatre|cinq|\d|ce|cette|plus|davantage|l'|d')", follows))

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
        after = self._after_spaces(token.end())
        following, written = self._next(token)
        if mark == ",":
            if LEGAL.match(self.flat, after, self.end):
                return True
            # « Économie, de l'Innovation et de l'Énergie », « Arts, culture et lettres »
            rest = self.plain[after : min(self.end, after + 60)]
            listed = re.match(r"(?:de la |de l'|du |des |d'|de )[A-ZÀ-Ýa-zà-ý'-]+(?:,| et | and )[^.;:()]*", rest)
            return bool(
                listed
                and self._head()
                in (
                    "ministere",
                    "chambre",
                    "ordre",
                    "association",
                    "conseil",
                    "centre",
                    "ecole",
                    "faculte",
                    "regroupement",
                    "syndicat",
                    "federation",
                )
            )
        if mark == "(":
            # « Les Industries Mégasol (2005) inc. »
            return bool(re.match(r"\(\d{4}\) ?(?:inc|ltee|ltd|limitee)", self.flat[token.start() : token.start() + 16]))
        if mark == ")":
            return self.tokens[-1][0].isdigit() and len(self.tokens) > 1 and self.tokens[-2][0] == "("
        if mark == "–":
            if self.cell:
                return bool(written) and not is_place(self.text, after, self.end)
            # « Réseau des CCTT – Synchronex », not « Palco – 175 000 $ » nor « Palco – Rimouski ».
            if not written or not written[0].isupper() or is_place(self.text, after, self.end):
                return False
            rest = self.plain[after : self.end]
            if self.whole and re.search(r" [–-] |[:|]|^[^,;()]{2,30}, [A-ZÀ-Ý]", rest):
                return False
            tail = re.match(
                r"[^\s,;:()–]+(?: [A-ZÀ-Ý0-9][^\s,;:()–]*)*(?= pour | afin |,|\.|$| \()", self.plain[after : self.end]
            )
            return bool(tail) and not any(self.flat[one.start() : one.end()] == "–" for one in self.tokens)
        if mark in '«"':
            # « Coopérative « Le Levier » »: the name's own words; a project's title otherwise.
            headed = is_word("head", self._head()) or is_word("descriptor", self._head())
            return headed and (self.whole or len(self.tokens) == 1)
        if mark in "»":
            return any(one[0] == "«" for one in self.tokens) and self.tokens[-1][0] != "»"
        return False

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
        if word in ("au", "aux") and capital and len(self.tokens) == 1 and self.plain[self.tokens[0].start()].isupper():
            return not is_place(self.text, self._after_spaces(token.end()), self.end)
        if word == "for" and not capital and following != "the":
            return False
        if self.whole and word in ("a", "au", "aux", "pour", "for", "en", "sur", "dans", "contre", "sans", "avec"):
            return not (word in ("pour", "for") and _is_infinitive(following)) and not is_place(self.text, self._after_spaces(token.end()), self.end)
        headed = is_word("head", self._head())
        if word in ("et", "and", "&"):
            if following in DETERMINERS or re.match(r"(?:l'|d'[a-z])", following):
                return following.startswith("d'")
            if following in ("de", "du", "des"):
                return True
            if following in ("fils", "freres", "associes", "filles", "soeurs", "sons", "cie", "associates"):
                return True
            if word == "&" or self.cell:
                return True
            if is_word("no_name", following) and not headed:
                return False
            if capital:
                # « Agriculture et Agroalimentaire » is one; « Palco et Moulin 7 » may be two.
                return headed or word == "and"
            return not is_word("name_stop", following) and not re.match(r"\d", following)
        if word in ("pour", "for"):
            if _is_infinitive(following):
                return False
            short = len(self.tokens) <= 3 and not any(
                self.flat[t.start() : t.end()] in ("de", "du", "des") for t in self.tokens
            )
            return (
                headed
                and short
                and (
                    following in ("le", "la", "les", "the")
                    or following.startswith("l'")
                    or (capital and word == "for")
                    or not re.match(r"(?:un|une|son|sa|ses|ce|cette|a|an|its|their|\d)", following)
                )
            )
        if word == "en":
            if (
                capital
                or is_word("no_name", following)
                or following in ("partenariat", "collaboration", "vue", "plus", "tant", "lien", "raison", "cours")
            ):
                return False
            return not re.match(r"\d", following)
        if word in ("a", "au", "aux"):
            if is_word("continues", self._last()) or re.search(
                r"d'(?:aide|acces|appui|education|art|assistance|hebergement|accueil)$", self._last()
            ):
                return True
            if self.plain[self.tokens[0].start()].isupper() and len(self.tokens) == 1 and is_word("descriptor", self._head()):
                return True  # « Ferme aux Trois Ponts »
            if word == "a" and following in ("but", "la", "l'"):
                return following == "la" and headed and not capital
            return False
        # sur, dans, avec, contre, in, at, on, by
        if word in ("in", "at", "on", "by", "sous", "ou"):
            the = following == "the"
            return len(self.tokens) == 1 and (the or (self.whole and capital)) and word in ("in", "on", "by")
        return headed and not capital and not re.match(r"\d|un|une|trois|deux", following)

    def _ends_sentence(self, token: re.Match[str], word: str) -> bool:
        if not word.endswith((".", "!", "?", "…")):
            return False
        if LEGAL.fullmatch(word):
            following, written = self._next(token)
            return bool(written) and (written[0].isupper() or following in DETERMINERS)
        if re.fullmatch(r"(?:[a-z0-9]\.-?)+", word) or word in ("st.", "ste.", "dr.", "no.", "mt.", "ft."):
            return False
        return True

    def _trim(self) -> None:
        """Take off what a name does not end with."""
        while self.tokens:
            last = self._last()
            opened = sum(one[0] == "«" for one in self.tokens) > sum(one[0] == "»" for one in self.tokens)
            if last in LINKS or (last in ',;:–«"' and len(last) == 1) or (opened and last == "«"):
                self.tokens.pop()
                continue
            return

    def _without_descriptor(self, first: int) -> int:
        """Where the name itself begins: « l'accélérateur La Piscine », « L'escouade numérique du Réseau »."""
        head = self._head()
        written = self.plain[self.tokens[0].start()]
        described = is_word("descriptor", head)
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
        for number, token in enumerate(self.tokens[1:], 1):
            if (
                token[0][0].isupper()
                or token[0][0].isdigit()
                or token[0] in "«"
                or re.match(r"[dl]'[A-ZÀ-Ý]", token[0])
            ):
                if token[0] == "«":
                    continue
                before = self.flat[self.tokens[number - 1].start() : self.tokens[number - 1].end()]
                if not described and before not in LINKS and not elided_link(token[0]):
                    pass  # « le groupe de presse Capitales »
                elif not described:
                    bare = self.flat[token.start() : token.end()].removeprefix("l'").removeprefix("d'")
                    if not is_word("head", bare) or is_word("activity", head) or re.search(r"(?:tion|ment|age|ing)$", head):
                        return first
                if (
                    described
                    and before in ("de", "du", "des", "d'")
                    and number > 1
                    and re.search(r"\b(?:de|du|d')$", before)
                    and is_place(self.text, token.start(), self.end)
                ):
                    return first  # « l'entreprise de Rimouski »: no name at all
                self.reasons.append("descriptor")
                begin = token.start()
                if elided := re.match(r"[dl]'(?=[A-ZÀ-Ý])", token[0]):
                    begin += elided.end()
                return begin
        return first

    def _inner_name(self, *, articles_only: bool = False) -> int | None:
        """Where the body itself begins within words that say what it is or does: « le centre d'artistes Le Mur »,
        « repas de Noël du Centre d'action bénévole »."""
        for number, token in enumerate(self.tokens[1:], 1):
            before = self.flat[self.tokens[number - 1].start() : self.tokens[number - 1].end()]
            article = re.fullmatch(r"Le|La|Les|L'[A-ZÀ-Ý][\w'-]*|L'[A-ZÀ-Ý]\S*|Un|Une|The", token[0])
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
        value = _clean(self.plain[begin:stop])
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
            value = _clean(self.plain[begin:stop])
        name = Name(value, begin, stop, quality, after=stop, article=self.article, reasons=self.reasons)
        take_acronym(self.text, name, self.end)
        return name


def _is_infinitive(word: str) -> bool:
    return bool(INFINITIVE.fullmatch(word)) and word not in NOT_INFINITIVES


def quality_of(text: Text, begin: int, stop: int, value: str) -> float:
    """How much a piece of text looks like a name: 0 for what is none, 1 for what surely is one."""
    flat = text.flat[begin:stop]
    tokens = flat.split()
    first = re.sub(r"^(?:l'|d')", "", tokens[0]).strip(".,")
    if len(tokens) == 1 and (len(first) < 2 or first.isdigit()):
        return 0
    if NUMBERED.match(flat):
        return 1
    if re.match(r"\d+-\d+", flat):
        return 0
    if re.fullmatch(r"[a-z]{1,5}-\d{2,}[\d.-]*", flat) or "$" in flat or "€" in flat:
        return 0  # a resolution, a file; an amount
    if len(tokens) == 1 and (is_word("descriptor", first) or is_word("head", first)):
        return 0
    if first in ("quebec", "canada") and not re.match(r"\S+ [A-ZÀ-Ý]", text.plain[begin:stop]):
        return 0
    if is_word("no_name", first):
        if len(tokens) > 1 and text.plain[begin].isupper() and is_many(first) and re.match(r"\S+ [A-ZÀ-Ý]", text.plain[begin:stop]):
            return 0.9  # « PME MTL Centre-Ouest »
        if len(tokens) == 1 or not _proper(text, begin, stop, first):
            return 0
    written = text.plain[begin]
    if not (written.isupper() or written.isdigit()):
        if is_word("head", first) and any(word[0].isupper() for word in value.split()[1:] if word):
            return 0.8
        if re.match(r"[a-z]{1,3}[A-Z]", text.plain[begin : begin + 5]):  # eValorix
            return 0.9
        return 0
    if written.isdigit():
        following = value.split()[1:2]
        if not re.match(r"\d+[A-Za-z]", value) and not (following and following[0][0].isupper()):
            return 0  # « 22 kayaks »
    if len(tokens) in (2, 3) and value.split()[-1].islower() and is_many(tokens[-1]) and not is_word("head", first):
        return 0  # « English-speaking communities »
    return 1 if len(tokens) > 1 or len(first) > 3 or value.isupper() else 0.85


def elided_link(word: str) -> bool:
    """« d'Amos », « l'Est »: a link and a word in one."""
    return bool(re.match(r"[dl]'", word))


def is_number_word(word: str) -> bool:
    """Whether a folded word is a number or an ordinal."""
    return word in "deux trois six sept cent mille premier premiere deuxieme second first third seven two three".split()


def is_many(word: str) -> bool:
    """Whether a folded word stands for many: « entreprises », « organismes »."""
    return any(rule.says == "many" and rule.pattern.fullmatch(word) for rule in rules.of("no_name"))


def _proper(text: Text, begin: int, stop: int, first: str) -> bool:
    """Whether a word that names nothing by itself starts a name here: « Fonds de solidarité des Lacs », « Québec International »."""
    words_ = text.plain[begin:stop].split()
    if first in (
        "quebec",
        "canada",
        "fonds",
        "premiere",
        "premier",
        "six",
        "projet",
        "sept",
        "trois",
        "deux",
        "cent",
        "mille",
        "deuxieme",
        "aide",
        "organisation",
        "region",
        "phase",
        "plan",
        "axe",
        "entreprises",
        "producteurs",
        "productrices",
        "jeunes",
        "femmes",
        "familles",
        "membres",
        "partenaires",
        "initiatives",
        "artistes",
        "nouvelle",
        "nouveau",
        "nouveaux",
        "nos",
        "sources",
        "source",
        "etudiants",
        "aines",
        "investissements",
        "grand",
        "grande",
        "grands", "total", "second",
        "ensemble", "first", "third", "seven", "two", "three",
    ):
        if is_number_word(first):
            return words_[1][:1].isupper()
        capitals = sum(1 for word in words_[1:] if word[0].isupper())
        return capitals >= 1 and first not in ("projet", "phase", "plan", "axe", "aide", "total")
    return False


def take_acronym(text: Text, name: Name, end: int) -> None:
    """Take « (RCEI) », « , (A.M.V.P.Q.) », « – IGN » off the end of a name."""
    if ACRONYM.fullmatch(name.value) and (long := re.match(r" ?\(([^()]{8,120})\)", text.plain[name.end : end])):
        if spells(name.value, long[1]):
            name.acronym, name.value = name.value, _clean(long[1])
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
    from .text import flatten

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


def is_place(text: Text, start: int, end: int) -> bool:
    """Whether a known place stands at `start`, alone before a mark."""
    found = rules.any_of("place").match(text.flat, start, end)
    return bool(found) and (found.end() >= end or text.plain[found.end()] in " ,;:()–.|\n")


def _clean(value: str) -> str:
    value = re.sub(r"(?<=\w)-\s+(?=\w)", "-", value)  # « Saint-⏎Hyacinthe »
    value = re.sub(r"\s+", " ", value).strip(" ,;:–-«\"'")
    if value.count("»") > value.count("«"):
        value = value.rstrip(" »")
    # A full stop belongs to « inc. » and « A.M.V.P.Q. » alone.
    if value.endswith(".") and not re.search(
        r"(?:\b(?:inc|ltée|ltd|enr|cie|corp|co|limitée)|\b\w(?:\.\w)+)\.$", value, re.IGNORECASE
    ):
        value = value[:-1]
    return value


BODY = re.compile(
    r"\b(?:inc|ltee|ltd|enr|university|college|association|society|foundation|council|institute|centre|center|museum|school|university)\b"
)


def is_body(text: Text, name: Name) -> bool:
    """Whether a name says itself that it is a body's: « Université … », « … inc. »."""
    flat = text.flat[name.start : name.end]
    return is_word("head", flat.split()[0]) or bool(BODY.search(flat))
