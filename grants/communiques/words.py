"""What the codes of a reading are called on screens and in reports, in the language active where they are shown.

Measures, qualifiers, natures of counts and instruments are called what `grants.models.codes` calls them.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# Why a number was not taken as a grant.
REASONS = {
    "envelope": pgettext_lazy("reading", "envelope of a programme"),
    "total": pgettext_lazy("reading", "total of several grants"),
    "project_cost": pgettext_lazy("reading", "cost of the projects"),
    "budget": pgettext_lazy("reading", "budget"),
    "cumulative": pgettext_lazy("reading", "cumulative total"),
    "other_programme": pgettext_lazy("reading", "another programme"),
    "other_act": pgettext_lazy("reading", "another announcement"),
    "other_money": pgettext_lazy("reading", "money that is no grant"),
    "instalment": pgettext_lazy("reading", "instalment of a grant"),
    "before": pgettext_lazy("reading", "cumulative total"),
    "funder": pgettext_lazy("reading", "total of one funder"),
    "subtotal": pgettext_lazy("reading", "subtotal"),
    "refused": pgettext_lazy("reading", "asked for and not granted"),
    "correct": pgettext_lazy("reading", "right amount of a correction"),
    "ceiling": pgettext_lazy("reading", "most that a project may receive"),
    "requested": pgettext_lazy("reading", "asked for"),
    "aside": pgettext_lazy("reading", "money that the text speaks of in passing"),
    "part": pgettext_lazy("reading", "part of an amount"),
    "count": pgettext_lazy("reading", "count"),
    "number": pgettext_lazy("reading", "number"),
    "share": pgettext_lazy("reading", "share"),
    "year": pgettext_lazy("reading", "year"),
    "period": pgettext_lazy("reading", "length of time"),
    "corrected": pgettext_lazy("reading", "amount that the text corrects"),
    "unclear": pgettext_lazy("reading", "no recipient found for it"),
}
# Why a pair is asked about instead of taken.
DOUBTS = {
    "descriptor": pgettext_lazy("reading", "words before the name may belong to it"),
    "range": pgettext_lazy("reading", "the text gives a range"),
    "amendment": pgettext_lazy("reading", "its correction already brings it to a grant of the registry"),
}
# What a figure speaks of.
SCOPES = {
    "act": pgettext_lazy("reading", "this announcement"),
    "cumulative": pgettext_lazy("reading", "cumulative"),
    "programme": pgettext_lazy("reading", "the programme"),
    "funder": pgettext_lazy("reading", "one funder"),
    "other_programme": pgettext_lazy("reading", "another programme"),
    "other_act": pgettext_lazy("reading", "another announcement"),
}
# What the money of a figure is.
MONEY = {
    "envelope": pgettext_lazy("reading", "envelope"),
    "aid": pgettext_lazy("reading", "aid"),
    "project_cost": pgettext_lazy("reading", "project cost"),
    "instalment": pgettext_lazy("reading", "instalment"),
    "loan": pgettext_lazy("reading", "loan"),
    "guarantee": pgettext_lazy("reading", "guarantee"),
}
# What somebody should know of one pair.
NOTES = {
    "shared": pgettext_lazy("reading", "one amount for several recipients"),
    "instalments": pgettext_lazy("reading", "paid in instalments"),
    "range": pgettext_lazy("reading", "the low end of a range"),
    "up_to": pgettext_lazy("reading", "at most"),
}


def called(code: str, words: Mapping[str, str | Promise]) -> str:
    """What a code is called; one that has no words yet is shown as it is, with spaces."""
    return str(words.get(code, code.replace("_", " ")))
