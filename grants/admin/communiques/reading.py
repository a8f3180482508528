"""Reading a text with today's rules and today's registry: what was read, and the first draft of it."""

from typing import Any

from django.utils.timezone import localdate

from grants.communiques.draft import Draft
from grants.communiques.drafting import draft_of
from grants.communiques.known import known_names, names_of
from grants.communiques.reading.read import read
from grants.communiques.recognising import recognise
from grants.communiques.told import told
from grants.models import Communique


def read_again(communique: Communique) -> None:
    """Read the text of `communique` and give it the reading and a new draft of it; the caller saves."""
    reading = read(communique.text, known_names(communique.text))
    draft = draft_of(reading, names_of(reading))
    # What is surely the same act is not announced twice; people may still choose otherwise.
    same = [one for one in recognise(draft, communique) if one.is_sure]
    if same:
        draft.announcement.existing = same[0].announcement.pk
    communique.reading, communique.draft = told(reading), draft.to_json()
    communique.language = communique.language or reading.language
    communique.title = draft.announcement.title_fr


def complete(communique: Communique, **facts: Any) -> None:
    """Put what people or the document itself said of the source over what was read: they know better."""
    draft = Draft.from_json(communique.draft)
    draft.source.retrieved = localdate().isoformat()
    for name in ("publisher", "published", "retrieved", "url", "title", "kind"):
        if facts.get(name):
            setattr(draft.source, name, facts[name])
    if facts.get("programme"):
        draft.announcement.programme = facts["programme"]
    communique.draft = draft.to_json()
