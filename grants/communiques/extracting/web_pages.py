"""A web page to the text that it is there to show, without what surrounds it."""

import codecs
import re
from itertools import dropwhile
from typing import Any

from lxml import etree, html

from ...values.encodings import decode, wide_encoding
from . import page_facts
from .flow import Flow, raised
from .found import MOST_CHARACTERS, Found, Unreadable, words
from .page_parts import is_layout, main_part

PARAGRAPHS = words("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure hr section article caption")
LINES = words(
    "div dt dd tr td th header main address figcaption details summary center fieldset hgroup body form aside"
)
HEAD = words("title meta link style script base noscript template")
MOST_PARSED = 20_000_000
CHARSET = re.compile(rb"""<meta[^>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)


def read_page(content: bytes, charset: str = "") -> Found:
    """The page in these bytes. `charset`: what a message around it says. Raises Unreadable."""
    root = parse(content, charset)
    facts = page_facts.find(root)
    main = main_part(root)
    text = Page().read(main)
    if not text.strip():
        raise Unreadable("no_text")
    heading = next((one for one in main.iter("h1")), None)
    title = facts.title or (" ".join(heading.text_content().split()) if heading is not None else "")
    return Found(text, title, facts.url, facts.language, facts.published)


def parse(content: bytes, charset: str = "") -> Any:
    """The tree of the page. Raises Unreadable where there is none."""
    source = decoded(content, charset).replace("\x00", "")[:MOST_PARSED].encode()
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise Unreadable("no_text") from None
    end_head(root)
    return root


def end_head(root: Any) -> None:
    """Move what no head can hold into the body: after a `title` alone, libxml2 takes `main` for a part of the head."""
    head, body = root.find("head"), root.find("body")
    stray = [] if head is None else list(dropwhile(lambda one: one.tag in HEAD, head))
    if not stray:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    if body.text:
        stray[-1].tail = (stray[-1].tail or "") + body.text
        body.text = None
    body[:0] = stray


def decoded(content: bytes, charset: str = "") -> str:
    """The page as text, in the encoding that it says if its bytes agree. Latin-1 is Windows-1252, as in browsers."""
    wide = wide_encoding(content)
    if wide:
        return content.decode(wide, "replace")
    try:
        # Hardly any other text could be taken for it, and many pages say the encoding that they had long ago.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    said = CHARSET.search(content[:4096])
    for name in (charset, said[1].decode("ascii", "replace") if said else ""):
        try:
            codec = codecs.lookup(name).name
            return content.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec)
        except (LookupError, ValueError):
            continue
    return decode(content)[0]


class Page:
    """Walks the tree without recursion, so that nesting costs nothing; tables have a flow for each cell."""

    def __init__(self) -> None:
        self.flows = [Flow()]
        self.rows: list[list[str]] = []
        self.items = 0
        self.verbatim = 0
        self.above_the_line = 0
        self.said = 0
        self.data: set[Any] = set()

    def read(self, root: Any) -> str:
        """The text under `root`."""
        pending = [(root, False)]
        while pending and self.said < 2 * MOST_CHARACTERS:
            element, seen = pending.pop()
            if seen:
                self.leave(element)
            else:
                self.enter(element)
                self.say(element.text)
                pending.append((element, True))
                pending.extend((child, False) for child in reversed(element))
                continue
            if element is not root:
                self.say(element.tail)
        return self.flows[0].text()

    def say(self, text: str | None) -> None:
        """Text as it stands in the page."""
        if not text:
            return
        self.said += len(text)
        if self.above_the_line:
            text = raised(text)
        if self.verbatim:
            self.flows[-1].write_lines(text)
        else:
            self.flows[-1].write(text)

    def enter(self, element: Any) -> None:
        """Where an element begins."""
        tag = element.tag
        if tag == "br":
            self.flows[-1].end_line()
        elif tag == "table":
            if not is_layout(element):
                self.data.update(element.iter("tr", "td", "th"))
            self.separate(tag)
        elif tag == "tr" and element in self.data:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows and element in self.data:
            self.flows.append(Flow())
        elif tag == "li":
            self.items += 1
            self.flows[-1].start_item()
        else:
            self.verbatim += tag == "pre"
            self.above_the_line += tag == "sup"
            self.separate(tag)

    def leave(self, element: Any) -> None:
        """Where it ends."""
        tag = element.tag
        if tag in ("td", "th") and self.rows and element in self.data:
            self.rows[-1].append(self.flows.pop().cell())
        elif tag == "tr" and element in self.data:
            self.flows[-1].write_row(self.rows.pop())
        elif tag == "li":
            self.items -= 1
            self.flows[-1].end_item()
        else:
            self.verbatim -= tag == "pre"
            self.above_the_line -= tag == "sup"
            self.separate(tag)

    def separate(self, tag: str) -> None:
        """What a tag puts between what is before and what is after it."""
        if tag in PARAGRAPHS and not self.items:
            self.flows[-1].end_paragraph()
        elif tag in PARAGRAPHS or tag in LINES:
            self.flows[-1].end_line()
