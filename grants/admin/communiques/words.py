"""What the screens say of a draft, where the room of press releases has no words for it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Why a figure is not taken by itself.
FIGURE_REASONS: dict[str, str | Promise] = {
    "funder": _("It is what one funder gives."),
    "other_programme": _("It is about another programme."),
    "other_act": _("It is about another announcement."),
    "other_measure": _("The registry has no such measure: choose one, or leave it out."),
    "of_an_organisation": _("It is about an organisation: enter it on the page of that organisation."),
    "other_currency": _("It is not in Canadian dollars."),
    "range": _("The text gives a range, and this is its low end."),
    "repeated": _("The text says it twice: the other one is taken."),
}
# What the colours of the text stand for.
LEGEND: dict[str, str | Promise] = {
    "grant": pgettext_lazy("legend", "grant"),
    "question": pgettext_lazy("legend", "to decide"),
    "figure": pgettext_lazy("legend", "figure"),
    "left": pgettext_lazy("legend", "not taken"),
    "correction": pgettext_lazy("legend", "correction"),
    "fact": pgettext_lazy("legend", "date, place, title, programme"),
}
# Why an announcement of the registry may be the one that a text speaks of.
LIKENESSES: dict[str, str | Promise] = {
    "same_source": _("the same document"),
    "same_day": _("the same day"),
    "near_date": _("a near date"),
    "same_programme": _("the same programme"),
    "same_title": _("nearly the same title"),
    "same_total": _("the same total"),
    "same_pairs": _("the same recipients and amounts"),
    "same_recipients": _("some of the same recipients"),
}
