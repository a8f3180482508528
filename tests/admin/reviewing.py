"""A person at the screens of press releases: what they paste, type and press."""

import re
from html.parser import HTMLParser
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from grants.models import Communique

TEXT = """Trois projets numériques soutenus en Abitibi-Témiscamingue

Rouyn-Noranda, le 20 mai 2022. – Dans le cadre de l'Offensive de transformation numérique (OTN), une aide financière \
de 6,7 millions de dollars est accordée à trois organisations. Le coût total de leurs projets est de 12,3 millions.

• Groupe MISA : 5 416 050 $ pour le projet intitulé « Mines branchées »;
• Coopérative Boréale de Val-d'Or : 875 000 $;
• École de technologie supérieure (ÉTS) : 400 000 $.

L'Offensive, dotée d'une enveloppe de 130 M$, a été lancée en mars 2021.
"""


class Fields(HTMLParser):
    """What the form of a page would send if nobody touched it."""

    def __init__(self, page: str):
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        ticked = given.get("type") in ("checkbox", "radio")
        if tag == "input" and name and (not ticked or "checked" in given):
            self.sent[name] = given.get("value", "on" if ticked else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.sent):
            self.sent[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data


class Desk:
    """What a person does, page by page."""

    def __init__(self, client: Any, language: str = "fr"):
        self.client, self.language = client, language

    def address(self, page: str = "add", *args: Any) -> str:
        with override(self.language):
            return reverse(f"admin:grants_communique_{page}", args=args)

    def paste(self, text: str = TEXT, **more: Any) -> Any:
        return self.client.post(self.address("add"), {"text": text, **more})

    def read(self, text: str = TEXT, **more: Any) -> Communique:
        """Paste a text and have it read."""
        response = self.paste(text, **more)
        assert response.status_code == 302, words(response)
        return Communique.objects.latest("pk")

    def page(self, communique: Communique, page: str = "change") -> Any:
        return self.client.get(self.address(page, communique.pk))

    def fields(self, communique: Communique) -> dict[str, str]:
        """What the page of the draft would send untouched."""
        return Fields(self.page(communique).content.decode()).sent

    def press(self, communique: Communique, do: str, fields: dict[str, str] | None = None, **changes: str) -> Any:
        """Change some fields of the page as it stands (or of `fields`) and press a button."""
        sent = {**(fields or self.fields(communique)), "do": do, **changes}
        response = self.client.post(self.address("change", communique.pk), sent, follow=True)
        communique.refresh_from_db()
        return response


def words(response: Any) -> str:
    """The text of a page, its spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    text = text.replace("\xa0", " ").replace("&#x27;", "'").replace("&quot;", '"').replace("’", "'")
    return re.sub(r"\s+", " ", text)
