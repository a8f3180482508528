"""The part of a web page that is the page: menus, forms, scripts and what is hidden are taken out."""

import re
from dataclasses import dataclass
from typing import Any

from .found import words

# Nothing in them is there to be read.
NEVER = words(
    "script style noscript template svg math iframe object embed applet canvas audio video map nav footer dialog "
    "button select input textarea datalist option progress meter head title link meta del s strike menu"
)
ROLES = words("navigation banner contentinfo search dialog alertdialog menu menubar toolbar")
# Words of classes and ids. Short ones that classes of looks also hold (« overflow-hidden ») are no sign.
MARKS = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|consentement|gdpr|rgpd|onetrust|breadcrumbs?|fil-?d?-?ariane|"
    r"skip-?links?|skip-?to|sr-?only|visually-?hidden|screen-?reader(?:-?text)?|wb-?inv?|"
    r"sharing|share-?(?:bar|buttons?|links?|tools?)|partage[rz]?|addtoany|reseaux-?sociaux|"
    r"social-?(?:media|share|sharing|links?|icons?|bar|networks?)|newsletter|infolettre|pagination|"
    r"related|similaires|connexes|print-?only)(?=$|[\s_-])",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "dd")
MOST_BLOCKS_IN_A_CELL = 3
LEAST_SHARE = 0.25
MOST_LINKED = 0.8


@dataclass(slots=True)
class Size:
    """How many characters an element shows, blanks left out; how many of them lead elsewhere, by how many links."""

    shown: int = 0
    linked: int = 0
    links: int = 0


def sizes_of(root: Any) -> dict[Any, Size]:
    """The size of every element, in one walk from the end."""
    sizes: dict[Any, Size] = {}
    for element in reversed(list(root.iter())):
        size = Size(len("".join((element.text or "").split())))
        for child in element:
            inner = sizes[child]
            size.shown += inner.shown + len("".join((child.tail or "").split()))
            size.linked += inner.linked
            size.links += inner.links
        if element.tag == "a":
            size.linked, size.links = size.shown, size.links + 1
        sizes[element] = size
    return sizes


def main_part(root: Any) -> Any:
    """The element that holds the page's own text, freed of what is not; the tree is changed."""
    body = root.find("body")
    root = body if body is not None else root
    drop(root, [one for one in root.iter() if never_shown(one)])
    sizes = sizes_of(root)
    main = chosen(root, sizes)
    outside = main.tag not in ("main", "article") and main.get("role") != "main"
    most = sizes[main].shown / 2
    drop(main, [one for one in main.iter() if one is not main and surrounds(one, sizes[one], most, outside=outside)])
    return main


def drop(root: Any, elements: list[Any]) -> None:
    """Take them out of the tree; what follows them stays."""
    for one in elements:
        if one is not root and one.getparent() is not None:
            one.drop_tree()


def never_shown(element: Any) -> bool:
    """Whether a browser would show nothing of it, or only something to press."""
    if not isinstance(element.tag, str) or element.tag in NEVER:
        return True
    get = element.get
    return (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or (get("role") or "").lower() in ROLES
        or (get("style") is not None and UNSEEN.search(get("style")) is not None)
    )


def chosen(body: Any, sizes: dict[Any, Size]) -> Any:
    """`main`, else the one `article`, if it holds a fair share of the text; else all of it."""
    whole = sizes[body].shown
    for path in (".//main | .//*[@role='main']", ".//article"):
        found = body.xpath(path)
        largest = max(found, key=lambda one: sizes[one].shown, default=None)
        if largest is not None and sizes[largest].shown >= max(1, LEAST_SHARE * whole):
            inside = set(largest.iter()) | set(largest.iterancestors())
            others = sum(sizes[one].shown for one in found if one not in inside)
            if others <= sizes[largest].shown:
                return largest
    return body


def surrounds(element: Any, size: Size, most: float, *, outside: bool) -> bool:
    """Whether it only surrounds the text. `most`: what holds more than this is the text. `outside`: the page does not
    say where its own text begins."""
    tag = element.tag
    if tag == "form":
        return size.shown < most
    if tag == "header":
        return outside and element.find(".//h1") is None
    only_links = size.links >= 3 and size.linked > MOST_LINKED * size.shown
    if only_links and (tag == "aside" or (outside and tag in ("ul", "div", "section"))):
        return True
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(marks) > 1 and MARKS.search(marks) is not None and size.shown < most


def is_layout(table: Any) -> bool:
    """Whether the table only places things on the page: then its cells are read one after the other."""
    if (table.get("role") or "").lower() in ("presentation", "none") or table.find(".//table") is not None:
        return True
    return any(sum(1 for _ in cell.iter(*BLOCKS)) > MOST_BLOCKS_IN_A_CELL for cell in table.iter("td"))
