"""Bytes to text, for French files that do not say how they were written."""

import codecs
import re

LEGACY = ("cp1252", "mac_roman", "cp850")
SAMPLE_BYTES = 200_000

COMMON = set("éèàçêùôîâûëïüœ")
CAPITALS = set("ÉÈÀÇÊÔÎÂÛËÏŒÙÜ")
SIGNS = set("«»’‘“”–—…€°\xa0²³½¼•ñóáíöäßæÆ®©™ªº")


def decode(content: bytes) -> tuple[str, str]:
    """The text without its byte-order mark, and its encoding ("utf-8 + cp1252" when lines differ).

    Raises UnicodeDecodeError where the bytes say that they are UTF-16 or UTF-32 and are not.
    """
    wide = wide_encoding(content)
    if wide:
        return content.decode(wide).removeprefix("\ufeff"), wide
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_lines(body)


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 and UTF-32 by their mark, or UTF-16 without one by where its zeros fall."""
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16")):
        if content.startswith((mark, mark[::-1])):
            return name
    start = content[:4096]
    half = len(start) // 2
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if half and odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if half and even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_lines(body: bytes) -> tuple[str, str]:
    """Each line as UTF-8 where it is valid, else in the legacy encoding that makes the best French."""
    lines = body.splitlines(keepends=True)
    decoded = [_utf8_or_none(line) for line in lines]
    strange = b"".join(line for line, text in zip(lines, decoded, strict=True) if text is None)
    legacy = max(LEGACY, key=lambda name: french_score(strange[:SAMPLE_BYTES].decode(name, "replace")))
    text = "".join(
        line.decode(legacy, "replace") if text is None else text for line, text in zip(lines, decoded, strict=True)
    )
    mixed = any(text and not text.isascii() for text in decoded)
    return text, f"utf-8 + {legacy}" if mixed else legacy


def _utf8_or_none(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def french_score(text: str) -> int:
    """How French the non-ASCII characters of a text look: letters that French uses, where it uses them."""
    score = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        char = match.group()
        before = text[match.start() - 1] if match.start() else " "
        if char in COMMON:
            score += 3
        elif char in CAPITALS and not before.islower():
            score += 2
        elif char in SIGNS:
            score += 1
        elif char == "\ufffd":
            score -= 20
        else:
            # Among others, a capital inside a small word: « MontrÈal » is « Montréal » read wrongly.
            score -= 3
    return score
