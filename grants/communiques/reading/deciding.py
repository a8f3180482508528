"""Which grants are sure, which are questions, and whether the text lists all its grants."""

from decimal import Decimal

from grants.values.amounts import ClaimedAmount

from . import rules
from .answers import GrantRead, Reading
from .judging import Sentence
from .telling import name_key
from .text import Text

SURE = 0.7  # a pair below is a question


def decide(text: Text, grants: list[GrantRead], reading: Reading, sentences: list[Sentence]) -> None:
    """Part the grants from the questions, and say whether the text lists all its grants."""
    reading.grants = [grant for grant in grants if grant.confidence >= SURE]
    reading.questions = [grant for grant in grants if grant.confidence < SURE]
    _confirm_recipients(reading)
    reading.list_complete = bool(reading.grants) and not _says_partial(text, sentences, reading)


def _confirm_recipients(reading: Reading) -> None:
    """« CED supports three businesses »: those that are supported are the recipients, where as many are named."""
    if any(figure.measure == "recipients" and figure.scope == "act" for figure in reading.figures):
        return
    named = len({name_key(grant.recipient) for grant in reading.grants})
    for figure in reading.figures:
        if figure.measure == "supported" and figure.value == named > 1 and figure.scope == "act":
            figure.measure, figure.nature = "recipients", "commitment"


def _says_partial(text: Text, sentences: list[Sentence], reading: Reading) -> bool:
    """Whether the text says that it names only some, or counts more recipients than it names."""
    amounts = [grant.amount for grant in reading.grants]
    itemised = sum((amount for amount in amounts if amount is not None), Decimal(0))
    acts = [figure for figure in reading.figures if figure.scope == "act" and figure.nature == "commitment"]
    for figure in acts:
        claim = ClaimedAmount(figure.value, figure.qualifier, figure.precision)
        if figure.measure == "aid" and None not in amounts and claim.allows(itemised) and len(amounts) > 1:
            return False
    named = max(len({name_key(grant.recipient) for grant in [*reading.grants, *reading.questions]}), len(amounts))
    counts = [figure.value for figure in acts if figure.measure == "recipients"]
    if counts:
        return max(counts) > named
    spans = [grant.span for grant in reading.grants]
    first = min(span[0] for span in spans)
    return any(
        rules.any_of("partial_list").search(text.flat, sentence.start, sentence.end)
        for sentence in sentences
        if text.at[sentence.end] >= first - 300
        and any(g.span[0] <= text.at[sentence.start] + 400 for g in reading.grants)
    )
