"""Why a line of the reconciliation has its verdict, in one sentence of the language active now."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.bilingual import current_language
from grants.models.codes import UNIT_OF, Measure, Unit
from grants.reconciliation.verdicts import Verdict
from grants.values import wording

from .adding_up import Line


def explained(line: Line) -> str:
    """« 13 700 000 $ to find; 1 amount is not known. »"""
    comparison = line.comparison
    say = wording.money if UNIT_OF[Measure(line.measure)] == Unit.CAD else wording.number
    language = current_language()
    if comparison.verdict is Verdict.PARTIAL and comparison.to_find is not None:
        words = _("%(rest)s to find") % {"rest": say(comparison.to_find, language)}
        if comparison.missing:
            words += "; " + ngettext(
                "%(count)s amount is not known", "%(count)s amounts are not known", comparison.missing
            ) % {"count": comparison.missing}
        return f"{words}."
    if comparison.verdict is Verdict.CONFLICT and comparison.difference is not None:
        gap = say(abs(comparison.difference), language)
        is_more = comparison.difference > 0
        return (_("The list holds %(gap)s too much.") if is_more else _("The list lacks %(gap)s.")) % {"gap": gap}
    return {
        Verdict.EXACT: _("The list adds up to it."),
        Verdict.CONSISTENT: _("Inside the rounding of the words."),
    }.get(comparison.verdict, _("Only one of the two is known."))
