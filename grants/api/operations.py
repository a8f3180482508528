"""The operations of the API as OpenAPI describes them; drf-spectacular walks the addresses and asks here."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import parameters
from .components import components, ref
from .fields import Schema

Parameters = Callable[[], list[Schema]]


@dataclass(frozen=True)
class Operation:
    """What an address is for; `name` is its operationId, `tag` its noun, `gives` the component of its answer."""

    name: str
    tag: str
    summary: str | Promise
    gives: str
    takes: Parameters = list
    more: str | Promise = ""
    may: tuple[int, ...] = ()
    example: Any = None

    def described(self) -> dict[str, Any]:
        """As OpenAPI wants it, in the language of the moment."""
        return {
            "operationId": self.name,
            "tags": [self.tag],
            "summary": str(self.summary),
            **({"description": str(self.more)} if self.more else {}),
            "parameters": [*self.takes(), parameters.language()],
            "responses": _responses(self),
        }


PROBLEMS: dict[int, str | Promise] = {
    404: gettext_lazy("Nothing is, or was, at this address."),
    410: gettext_lazy("The record was public once and no longer is."),
    308: gettext_lazy("The organisation was merged: Location names the one that was kept."),
}


def _responses(said: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {"200": _success(said)}
    found["304"] = {"description": _("Nothing changed since the answer whose ETag or date was sent.")}
    found["400"] = _problem(_("The question cannot be understood; every problem is told."))
    for number in said.may:
        found[str(number)] = _problem(str(PROBLEMS[number]), "Withdrawn" if number == 410 else "Problem")
    if 308 in said.may:
        where = {"description": _("Where it is now."), "schema": {"type": "string", "format": "uri"}}
        found["308"] = {"description": str(PROBLEMS[308]), "headers": {"Location": where}}
    found["503"] = _problem(_("The question takes too long: ask for less, or later."))
    return found


def _success(said: Operation) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": ref(said.gives)}
    if said.example is not None:
        content["example"] = said.example
    headers = {
        "ETag": {
            "description": _("The state of the registry; send it back as If-None-Match."),
            "schema": {"type": "string"},
        }
    }
    if said.gives.endswith("Page"):
        headers["Link"] = {"description": _("The next page, as RFC 8288 says it."), "schema": {"type": "string"}}
    return {"description": _("The answer."), "headers": headers, "content": {"application/json": content}}


def _problem(words: str, component: str = "Problem") -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": ref(component)}}}


def add_components(result: dict[str, Any], **more: Any) -> dict[str, Any]:
    """For SPECTACULAR_SETTINGS's POSTPROCESSING_HOOKS: the components, and what no setting can say in two languages."""
    result["components"] = {"schemas": components(), "parameters": _shared(result["paths"])}
    result["info"] |= {"title": _("OTN grants registry"), "description": _introduction()}
    result["tags"] = [{"name": name, "description": str(words)} for name, words in TAGS.items()]
    return result


def _shared(paths: dict[str, Any]) -> dict[str, Schema]:
    """The parameters that several addresses have, by name; in their places, references to them."""
    lists = [operation["parameters"] for path in paths.values() for operation in path.values()]
    times = Counter(json.dumps(one) for parameters_of in lists for one in parameters_of)
    found: dict[str, str] = {}
    for written in (written for written, count in times.items() if count > 1):
        name = json.loads(written)["name"]
        namesakes = sum(json.loads(other)["name"] == name for other in found)
        found[written] = f"{name}_{namesakes + 1}" if namesakes else name
    for parameters_of in lists:
        for place, one in enumerate(parameters_of):
            if (written := json.dumps(one)) in found:
                parameters_of[place] = {"$ref": f"#/components/parameters/{found[written]}"}
    return {name: json.loads(written) for written, name in found.items()}


TAGS: dict[str, str | Promise] = {
    "grants": gettext_lazy(
        "Money promised to one organisation: a selection of grants as a list, sums, facets, groups."
    ),
    "organisations": gettext_lazy("Who receives, hosts or gives. Natural persons are never named."),
    "announcements": gettext_lazy("Public acts of announcing money, and whether what they state adds up."),
    "programmes": gettext_lazy("Funding programmes, their envelopes and what was granted."),
    "projects": gettext_lazy("What the money is for."),
    "sources": gettext_lazy("The documents that say so."),
    "figures": gettext_lazy("What a document says a number was: value, hedge, scope, source."),
    "regions": gettext_lazy(
        "The 17 administrative regions of Québec, and two values for money that has no single one."
    ),
    "about": gettext_lazy("Where to begin."),
}


def _introduction() -> str:
    return _(
        "The registry's data, to read. No account and no key; nothing here writes. Questions are those of the pages: "
        "the same parameters, the same answers. Amounts are texts of digits, so that no cent is lost; dates are as "
        "precise as they are known (2021, 2021-03 or 2021-03-29); records and labels come in French and English. "
        "Fields may be added within v1; none is taken away or changes its meaning."
    )
