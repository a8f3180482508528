"""The numbers of a text that are no grants, each with its reason."""

from ..answers import NotGrant
from ..judging import Judged
from ..mention import Mention
from ..text import Text


def not_grants(text: Text, amounts: list[Judged], mentions: list[Mention], paired: set[int]) -> list[NotGrant]:
    """The amounts and other numbers that are no grants, each with its reason."""
    found = []
    for judged in amounts:
        if id(judged) in paired:
            continue
        mention = judged.mention
        reason = judged.reason or {"act": "total" if judged.taken else "unclear"}.get(judged.scope, judged.scope)
        if judged.scope in ("other_programme", "other_act") or (
            judged.scope in ("before", "cumulative") and reason in ("", "total")
        ):
            reason = "cumulative" if judged.scope == "before" else judged.scope
        found.append(
            NotGrant(
                text.given[slice(*text.span(mention.whole, mention.last))],
                mention.value,
                reason,
                text.span(mention.whole, mention.last),
            )
        )
    for mention in mentions:
        if mention.kind in ("count", "percent", "number"):
            reason = {"percent": "share", "number": "number"}.get(mention.kind, "count")
            found.append(
                NotGrant(
                    text.given[slice(*text.span(mention.whole, mention.last))],
                    mention.value,
                    reason,
                    text.span(mention.whole, mention.last),
                )
            )
    return sorted(found, key=lambda one: one.span)
