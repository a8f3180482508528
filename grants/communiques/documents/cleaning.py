"""A text made fit to be kept: line ends alike, nothing that PostgreSQL, JSON or a page could not hold."""

import re

# What Word and old programs put in a text in place of something else.
KNOWN = {
    "\x0b": "\n", "\x0c": "\n", "\x02": "-", "\x07": "\t", "\x1e": "-", "\x1f": "\u00ad", "\x7f": " ",
}  # fmt: skip
# Letters of Windows-1252 that went through Latin-1. The five that it leaves undefined become blanks.
WINDOWS = {chr(code): bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)}
CODES = {chr(code): " " for code in range(32) if chr(code) not in "\t\n\r"}
SAME_LENGTH = str.maketrans(CODES | KNOWN | WINDOWS)
LINE_ENDS = re.compile("\r\n?")
LOST = re.compile("[\ud800-\udfff\ufffe\uffff]")
STRANGE = re.compile("[\x00-\x06\x08\x0e-\x1d\x7f-\x9f\ufffd\ufffe\uffff\ud800-\udfff]")
MOST_STRANGE = 0.02
LOOKED_AT = 200_000


def is_binary(text: str) -> bool:
    """Whether it holds more codes and lost characters than any text would."""
    start = text[:LOOKED_AT]
    return len(STRANGE.findall(start)) > max(2, MOST_STRANGE * len(start))


def clean(text: str) -> str:
    """The same text, its characters replaced one for one: nothing moves but for `\\r\\n`, which becomes `\\n`."""
    text = LINE_ENDS.sub("\n", text)
    return LOST.sub("\ufffd", text.translate(SAME_LENGTH))
