"""A DOCX to its text: what is deleted is left out, what is inserted kept; without headers and footers."""

import io
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from .archives import open_archive
from .flow import Flow, raised
from .found import Found, Unreadable, words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ALTERNATES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
LEFT_OUT = {W + name for name in words("del moveFrom rPr pPr instrText delText delInstrText sectPr sdtPr tblPr")}
WRITTEN = {W + "noBreakHyphen": "-", W + "softHyphen": ""}
HEADINGS = ("heading", "title", "titre", "subtitle")
MOST_PARAGRAPHS_IN_A_CELL = 3
OTHER_KINDS = ("document.macroEnabled.main", "template.macroEnabledTemplate.main")
for other in OTHER_KINDS:
    PartFactory.part_type_for[f"application/vnd.ms-word.{other}+xml"] = DocumentPart
PartFactory.part_type_for[CONTENT_TYPE.WML_DOCUMENT_MAIN.replace("document.main", "template.main")] = DocumentPart


def read_docx(content: bytes) -> Found:
    """The text of this DOCX. Raises Unreadable."""
    open_archive(content).close()
    try:
        part = Package.open(io.BytesIO(content)).main_document_part
        body = part.element.body
    except MemoryError:
        raise
    except Exception:
        raise Unreadable("damaged") from None
    if body is None:
        raise Unreadable("damaged")
    document = Document(part)
    document.blocks(body)
    document.end()
    text = document.flow.text()
    if not text.strip():
        raise Unreadable("no_text")
    return Found(text, document.title)


class Document:
    """Walks the body in the order of its text."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.flow = Flow()
        self.title = ""
        self.notes: list[tuple[str, str]] = []
        self.lists, self.headings, self.titles = self.styles()

    def styles(self) -> tuple[set[str], set[str], set[str]]:
        """The styles (by id) of lists, of headings, of titles."""
        lists: set[str] = set()
        headings: set[str] = set()
        titles: set[str] = set()
        try:
            styles = self.part.styles.element
        except Exception:
            return lists, headings, titles
        for style in styles.iter(W + "style"):
            name = value(style.find(W + "name")).lower()
            key = style.get(W + "styleId") or ""
            if style.find(f"{W}pPr/{W}numPr") is not None or name.startswith(("list bullet", "list number")):
                lists.add(key)
            if name.startswith(HEADINGS):
                headings.add(key)
            if name in ("title", "titre", "heading 1"):
                titles.add(key)
        return lists, headings, titles

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables, wherever they are wrapped."""
        for child in parent:
            if child.tag == W + "p":
                self.paragraph(child)
            elif child.tag == W + "tbl":
                self.table(child)
            elif child.tag not in LEFT_OUT and isinstance(child.tag, str):
                self.blocks(child)

    def paragraph(self, paragraph: Any) -> None:
        """One paragraph, then what stands in its text boxes."""
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        is_heading = style in self.headings
        before = len(self.flow.lines)
        if not is_heading and self.in_list(paragraph, style):
            self.flow.start_item()
        else:
            self.flow.end_paragraph()
        boxes: list[Any] = []
        self.runs(paragraph, boxes)
        self.flow.end_item()
        if style in self.titles and not self.title:
            self.title = " ".join(line for line in self.flow.lines[before:] if line)
        for box in boxes:
            self.blocks(box)
            self.flow.end_paragraph()

    def in_list(self, paragraph: Any, style: str) -> bool:
        """Whether the paragraph is an item of a list, by itself or by its style."""
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        return value(number) != "0" if number is not None else style in self.lists

    def runs(self, parent: Any, boxes: list[Any]) -> None:
        """The text of a paragraph; text boxes found on the way wait in `boxes`."""
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self.run(child, boxes)
            elif tag == ALTERNATES:
                choice = child.find(CHOICE)
                choice = child.find(FALLBACK) if choice is None else choice
                self.runs(choice if choice is not None else [], boxes)
            elif tag == W + "txbxContent":
                boxes.append(child)
            elif tag not in LEFT_OUT and isinstance(tag, str):
                self.runs(child, boxes)

    def run(self, run: Any, boxes: list[Any]) -> None:
        """A run of text in one look; nothing where that look is to be hidden."""
        look = run.find(W + "rPr")
        if look is not None and is_on(look.find(W + "vanish")):
            return
        is_raised = look is not None and value(look.find(W + "vertAlign")) == "superscript"
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self.flow.write(raised(child.text or "") if is_raised else child.text)
            elif tag in (W + "br", W + "cr"):
                self.flow.end_line()
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.refer(tag, child.get(W + "id") or "")
            elif tag in (W + "tab", W + "ptab"):
                self.flow.tab()
            elif tag in WRITTEN:
                self.flow.write(WRITTEN[tag])
            elif tag not in LEFT_OUT:
                self.runs([child], boxes)

    def refer(self, tag: str, key: str) -> None:
        """The mark of a note; the note itself waits for the end."""
        kind = RELATIONSHIP_TYPE.FOOTNOTES if tag == W + "footnoteReference" else RELATIONSHIP_TYPE.ENDNOTES
        self.notes.append((kind, key))
        self.flow.write(raised(str(len(self.notes))))

    def table(self, table: Any) -> None:
        """A line for each row; one block after the other where the table only places them on the page."""
        self.flow.end_paragraph()
        cells = list(table.iter(W + "tc"))
        nested = any(cell.find(f".//{W}tbl") is not None for cell in cells)
        if nested or any(len(cell.findall(W + "p")) > MOST_PARAGRAPHS_IN_A_CELL for cell in cells):
            for cell in table.findall(f"{W}tr/{W}tc"):
                self.blocks(cell)
        else:
            for row in table.iter(W + "tr"):
                if row.find(f"{W}trPr/{W}del") is None:
                    self.flow.write_row([self.cell(cell) for cell in row.iter(W + "tc")])
        self.flow.end_paragraph()

    def cell(self, cell: Any) -> str:
        """A cell on one line."""
        outer, self.flow = self.flow, Flow()
        self.blocks(cell)
        inner, self.flow = self.flow, outer
        return inner.cell()

    def end(self) -> None:
        """The notes, in the order of their marks."""
        trees: dict[str, dict[str, Any]] = {}
        for number, (kind, key) in enumerate(self.notes, 1):
            if kind not in trees:
                trees[kind] = self.notes_of(kind)
            if key in trees[kind]:
                self.flow.end_paragraph()
                self.flow.write(raised(str(number)) + " ")
                for paragraph in trees[kind][key].iter(W + "p"):
                    self.runs(paragraph, [])
                    self.flow.write(" ")

    def notes_of(self, kind: str) -> dict[str, Any]:
        """The notes of one kind by their id."""
        try:
            tree = etree.fromstring(self.part.part_related_by(kind).blob, etree.XMLParser(resolve_entities=False))
        except (KeyError, ValueError, etree.XMLSyntaxError):
            return {}
        return {note.get(W + "id") or "": note for note in tree}


def value(element: Any) -> str:
    """Its `w:val`, "" where there is none."""
    return (element.get(W + "val") or "") if element is not None else ""


def is_on(element: Any) -> bool:
    """Whether a switch of Word's is there and on."""
    return element is not None and value(element) not in ("0", "false", "off")
