"""RTF to its text: control words are dropped, but for those that break lines, cells and letters."""

import re
from dataclasses import dataclass

from .flow import Flow
from .found import Found, Unreadable

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
# What they hold is not the text of the document.
ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf object "
    b"themedata colorschememapping datastore latentstyles listtable listoverridetable rsidtbl generator xmlnstbl "
    b"filetbl revtbl fldinst footnote annotation atnid atnauthor bkmkstart bkmkend shpinst nonshppict".split()
)
WRITTEN = {
    b"bullet": "•", b"endash": "–", b"emdash": "—", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"enspace": " ", b"emspace": " ",
}  # fmt: skip
SIGNS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "", b"\r": ""}
DEEPEST = 5_000


@dataclass(slots=True)
class State:
    """What holds inside a group. `skip`: how many bytes stand for a character that is given by its number."""

    aside: bool = False
    hidden: bool = False
    skip: int = 1
    item: bool = False


class Reader:
    """Goes through the tokens once."""

    def __init__(self, codec: str) -> None:
        self.flow = Flow()
        self.cells: list[str] = []
        self.in_row = False
        self.state, self.outer = State(), list[State]()
        self.codec = codec
        self.pending = bytearray()
        self.to_skip = 0

    def read(self, content: bytes) -> str:
        """All the text."""
        outer_flow = self.flow
        for token in TOKEN.finditer(content):
            word, number, code, sign, brace, plain = token.groups()
            if code and not self.state.aside and not self.state.hidden:
                self.byte(int(code, 16))
                continue
            self.settle()
            if brace:
                self.group(brace)
            elif word:
                self.control(word, int(number) if number else None)
            elif sign:
                if sign == b"*":
                    self.state.aside = True
                else:
                    self.write(SIGNS.get(sign, ""))
            elif plain:
                self.write(plain.decode(self.codec, "replace"))
        self.settle()
        return outer_flow.text()

    def byte(self, value: int) -> None:
        """A byte of the document's own code page; two may make one character."""
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending.append(value)

    def settle(self) -> None:
        """Write the bytes that waited for each other."""
        if self.pending:
            self.flow.write(self.pending.decode(self.codec, "replace"))
            self.pending.clear()

    def write(self, text: str) -> None:
        """Text, unless it is not to be seen or stands for a character already written."""
        if self.to_skip:
            text, self.to_skip = text[self.to_skip :], max(0, self.to_skip - len(text))
        if text and not self.state.aside and not self.state.hidden:
            self.flow.write(text)

    def group(self, brace: bytes) -> None:
        """A group begins or ends."""
        self.to_skip = 0
        if brace == b"{":
            if len(self.outer) >= DEEPEST:
                raise Unreadable("damaged")
            self.outer.append(self.state)
            self.state = State(self.state.aside, self.state.hidden, self.state.skip)
        elif self.outer:
            if self.state.item and not self.outer[-1].item:
                self.flow.start_item()
            self.state = self.outer.pop()

    def control(self, word: bytes, number: int | None) -> None:
        """A control word."""
        state = self.state
        if word in ASIDE:
            state.aside = True
        elif word in (b"listtext", b"pntext"):
            state.aside = state.item = True
        elif word in (b"v", b"deleted"):
            state.hidden = number != 0
        elif word == b"plain":
            state.hidden = False
        elif word == b"uc":
            state.skip = max(0, min(number or 0, 16))
        elif word == b"u" and number is not None:
            self.write(character(number))
            self.to_skip = state.skip
        elif state.aside:
            return
        elif word in WRITTEN:
            self.write(WRITTEN[word])
        else:
            self.lay_out(word)

    def lay_out(self, word: bytes) -> None:
        """What breaks lines and cells."""
        if word in (b"par", b"sect", b"page"):
            self.flow.end_line() if self.in_row else self.flow.end_paragraph()
        elif word == b"line":
            self.flow.end_line()
        elif word == b"tab" and not self.state.hidden:
            self.flow.tab()
        elif word == b"trowd":
            self.in_row = True
        elif word in (b"cell", b"nestcell"):
            self.cells.append(self.last_line())
        elif word in (b"row", b"nestrow"):
            self.flow.write_row(self.cells)
            self.cells, self.in_row = [], False

    def last_line(self) -> str:
        """What was written since the last break becomes a cell."""
        text = "".join(self.flow.line).strip()
        self.flow.line = []
        return text


def character(number: int) -> str:
    """The character of that number; those past 32 767 are written as negative ones."""
    code = number + 65_536 if number < 0 else number
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def read_rtf(content: bytes) -> Found:
    """The text of this RTF. Raises Unreadable."""
    said = re.search(rb"\\ansicpg(\d{3,5})", content[:2_000])
    codec = f"cp{int(said[1])}" if said else "mac_roman" if b"\\mac" in content[:100] else "cp1252"
    try:
        b"".decode(codec)
    except LookupError:
        codec = "cp1252"
    text = Reader(codec).read(content)
    if not text.strip():
        raise Unreadable("no_text")
    return Found(text)
