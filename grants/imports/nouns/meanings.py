"""What the columns mean where the model's own help says nothing: by noun, then by column."""

from django.utils.translation import gettext_lazy as _

from .sheet_columns import Words

ENGLISH = _("The same in English.")
RECORD = _("The record that it is about: its public id or its name. Exactly one of the five is named.")

MEANINGS: dict[str, dict[str, Words]] = {
    "organisation": {
        "description_fr": _("What it is and does, in a few sentences."),
        "description_en": ENGLISH,
        "website": _("The address of its site."),
        "city": _("The municipality of its head office."),
        "territory_fr": _("The municipalities or regions that it serves."),
        "territory_en": ENGLISH,
    },
    "programme": {
        "name_fr": _("The official name, in French."),
        "name_en": _("The official name in English, if it has one."),
        "acronym": _("The initials that it is known by."),
        "objective_fr": _("What it is meant to achieve."),
        "objective_en": ENGLISH,
        "administrator": _("The organisation that runs it: its public id or its name."),
        "parent": _("The programme that it is part of: its public id or its name."),
    },
    "announcement": {
        "programme": _("The programme that it is about: its public id, name or acronym."),
        "date": _("The day on which the money was announced, as well as it is known."),
        "title_fr": _("The title of the release, in French."),
        "title_en": _("The title of the release in English, if it has one."),
        "place": _("Where it was announced."),
        "summary_fr": _("What was announced, in a few sentences."),
        "summary_en": ENGLISH,
    },
    "project": {
        "title_fr": _("The title of the project, in French."),
        "title_en": ENGLISH,
        "organisation": _("Who carries it out: public id or name."),
        "description_fr": _("What is done, in a few sentences."),
        "description_en": ENGLISH,
        "sectors_fr": _("The sectors of activity that it touches."),
        "sectors_en": ENGLISH,
    },
    "figure": {
        **dict.fromkeys(("programme", "announcement", "organisation", "project", "grant"), RECORD),
        "measure": _("What is counted."),
        "value": _("The number as it was said, written in full."),
        "unit": _("Dollars, a count or a share. Blank, it is the one of the measure."),
        "qualifier": _("The hedge that came with the number: nearly, more than…"),
        "scope": _("Whether it speaks of one act or of everything until its date."),
        "nature": _("Whether it is promised, aimed at or achieved."),
        "as_of": _("The date on which it was true."),
        "negative_reason": _("Why the number is below zero."),
        "source": _("The document that says so: its public id, title or address."),
        "wording": _("The very words of the document."),
        "wording_language": _("The language of these words."),
        "note_fr": _("What readers must know of this number."),
        "note_en": ENGLISH,
    },
    "source": {
        "title": _("The title of the document, in its own language."),
        "url": _("Its address on the web. No two sources share one."),
        "publisher": _("Who published it."),
        "language": _("The language that it is written in."),
        "kind": _("What sort of document it is."),
        "published": _("When it was published."),
        "retrieved": _("When it was read for the registry."),
    },
    "citation": {
        **dict.fromkeys(("programme", "announcement", "organisation", "project", "grant"), RECORD),
        "source": _("The document that says so: its public id, title or address."),
        "quote": _("The very words of the document."),
    },
    "region": {
        "code": _("Two characters, the leading zero with them."),
        "name_fr": _("The official name, in French."),
        "name_en": _("A name in English, where one is in use."),
        "economic_region": _("The number of Statistics Canada's economic region."),
    },
}


def meaning_of(noun: str, column: str) -> dict[str, Words]:
    """The keyword argument to declare a column with, nothing where the model's help says it."""
    meaning = MEANINGS.get(noun, {}).get(column)
    return {"meaning": meaning} if meaning else {}
