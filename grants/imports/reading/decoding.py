"""A text file on disk, block by block: its encoding, and its lines in constant memory."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ...values.encodings import LEGACY, SAMPLE_BYTES, french_score, wide_encoding
from ..errors import SheetError

BLOCK_BYTES = 1 << 20
LONGEST_LINE = 16 << 20
# Control codes, marks that turn the direction of the writing or show nothing, and lost characters.
STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd-\uffff]")


@dataclass
class EncodingFacts:
    """`name` is a codec's, or "utf-8 + cp1252" where lines differ; `odd_lines` counts those not in UTF-8."""

    name: str
    odd_lines: int = 0
    first_odd: int = 0
    lines: int = 0


def find_encoding(path: Path) -> EncodingFacts:
    """The encoding of the whole file; every byte of it is looked at, so that a late line is no surprise."""
    with path.open("rb") as file:
        wide = wide_encoding(file.read(4096))
    if wide:
        return EncodingFacts(wide)
    bad = bytearray()
    bad_lines = good_lines = first_bad = first_good = number = 0
    for block in _byte_blocks(path):
        if not block.isascii() and _utf8(block) is None:
            for offset, line in enumerate(block.splitlines(keepends=True), 1):
                if _utf8(line) is None:
                    bad_lines += 1
                    first_bad = first_bad or number + offset
                    bad += line[: max(0, SAMPLE_BYTES - len(bad))]
                elif not line.isascii():
                    good_lines += 1
                    first_good = first_good or number + offset
        elif not block.isascii():
            good_lines += 1
            first_good = first_good or number + 1
        number += block.count(b"\n")
    if not bad_lines:
        return EncodingFacts("utf-8", lines=number)
    legacy = best_legacy(bytes(bad))
    if not good_lines:
        return EncodingFacts(legacy, lines=number)
    return EncodingFacts(f"utf-8 + {legacy}", bad_lines, first_bad, number)


def best_legacy(strange: bytes) -> str:
    """The old encoding in which these lines make the best French."""
    return max(LEGACY, key=lambda name: french_score(strange[:SAMPLE_BYTES].decode(name, "replace")))


@dataclass
class TextLines:
    """The lines of a text file, with their ends; `dirty` while strange characters are near."""

    path: Path
    encoding: str
    dirty: bool = False
    taken: list[str] = field(default_factory=list)
    _pending: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self._all()

    def __iter__(self) -> "TextLines":
        return self

    def __next__(self) -> str:
        line = self._pending.pop() if self._pending else next(self._lines)
        self.taken.append(line)
        return line

    def push(self, line: str) -> None:
        """Give this line again."""
        self.taken.clear()
        self._pending.append(line)

    def give_back(self) -> str:
        """The first line taken since the last record; the others will be given again."""
        first, *rest = self.taken
        self._pending.extend(reversed(rest))
        self.taken.clear()
        return first

    def _all(self) -> Iterator[str]:
        was = False
        for block in text_blocks(self.path, self.encoding):
            now = STRANGE.search(block) is not None
            self.dirty, was = now or was, now
            yield from io.StringIO(block, newline="")


def text_blocks(path: Path, encoding: str) -> Iterator[str]:
    """The text in blocks of whole lines, without its byte-order mark. Raises SheetError where it does not fit."""
    wanted, _plus, legacy = encoding.partition(" + ")
    try:
        codec = codecs.lookup(wanted).name
        if codec.startswith(("utf-16", "utf-32")):
            yield from _wide_blocks(path, wanted)
            return
        for block in _byte_blocks(path):
            yield _decoded(block, codec, legacy)
    except (UnicodeDecodeError, LookupError):
        raise SheetError(_("This file cannot be read as %(encoding)s."), params={"encoding": encoding}) from None


def _decoded(block: bytes, codec: str, legacy: str) -> str:
    if codec != "utf-8":
        # What an old encoding does not define becomes a lost character, which is told with its row.
        return block.decode(codec, "replace" if codec in _OLD else "strict")
    text = _utf8(block)
    if text is not None:
        return text
    if not legacy:
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "not utf-8")
    lines = ((line, _utf8(line)) for line in block.splitlines(keepends=True))
    return "".join(line.decode(legacy, "replace") if text is None else text for line, text in lines)


_OLD = {codecs.lookup(name).name for name in LEGACY}


def _utf8(block: bytes) -> str | None:
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _byte_blocks(path: Path) -> Iterator[bytes]:
    """Blocks that end where a line ends; the mark in front is left out."""
    with path.open("rb") as file:
        rest = file.read(BLOCK_BYTES).removeprefix(codecs.BOM_UTF8)
        while rest:
            more = file.read(BLOCK_BYTES)
            if not more:
                yield rest
                return
            end = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, -1)) + 1
            if end:
                yield rest[:end]
            elif len(rest) > LONGEST_LINE:
                raise _too_long()
            rest = rest[end:] + more


def _wide_blocks(path: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    with path.open("rb") as file:
        while data := file.read(BLOCK_BYTES):
            rest = (rest + decoder.decode(data)).removeprefix("\ufeff")
            end = max(rest.rfind("\n"), rest.rfind("\r", 0, -1)) + 1
            if end:
                yield rest[:end]
            elif len(rest) > LONGEST_LINE:
                raise _too_long()
            rest = rest[end:]
    yield rest + decoder.decode(b"", final=True)


def _too_long() -> SheetError:
    message = _("This file is not a table: it has a line longer than %(most)s million characters.")
    return SheetError(message, params={"most": LONGEST_LINE >> 20})
