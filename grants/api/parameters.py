"""The parameters of lists, for the OpenAPI document: made of the filters that read them."""

from typing import Any

from django.utils.translation import gettext as _
from django_filters import Filter

from grants.bilingual import ENGLISH, FRENCH
from grants.search import filters
from grants.search.facets import FACETS, BandFacet, CodeFacet, Facet, FiscalYearFacet, RegionFacet, YearFacet
from grants.search.orders import GRANT_ORDERS, NEWEST_FIRST
from grants.search.words import LONGEST

from .fields import PUBLIC_ID, Schema
from .view import DEFAULT_SIZE, LARGEST

YEARS = r"(1[5-9][0-9]{2}|2[01][0-9]{2}|null)"
REGIONS = "^(0[1-9]|1[0-7]|QC|HQ|null)$"
TEXT: Schema = {"type": "string", "minLength": 1}


def parameter(name: str, schema: Schema, description: str, *, example: Any = None, place: str = "query") -> Schema:
    """One parameter; several values of one are given as `name=a&name=b`."""
    said: Schema = {"name": name, "in": place, "description": description, "schema": schema}
    if place == "path":
        said["required"] = True
    if schema.get("type") == "array":
        said |= {"style": "form", "explode": True}
    return said | ({"example": example} if example is not None else {})


def language() -> Schema:
    return parameter(
        "lang",
        {"type": "string", "enum": [FRENCH, ENGLISH]},
        _("Language of problems; by default that of Accept-Language, else French. Data come in both."),
    )


def paging() -> list[Schema]:
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": DEFAULT_SIZE}
    return [
        parameter("after", TEXT, _("Where the last page ended: take it from the address of the next page.")),
        parameter("size", size, _("How many records at once.")),
    ]


def sorting() -> Schema:
    orders = [order for name in GRANT_ORDERS for order in (name, f"-{name}")]
    schema = {"type": "string", "enum": orders, "default": NEWEST_FIRST}
    return parameter("sort", schema, _("The order; a minus sign turns it round. What is not known comes last."))


def filtering(filter_set: type[filters.RecordFilter]) -> list[Schema]:
    """A parameter for each filter of a list."""
    return [of_filter(name, one) for name, one in filter_set.base_filters.items()]


def of_filter(name: str, one: Filter) -> Schema:
    """A filter as a parameter."""
    label = str(one.label)
    if isinstance(one, filters.FacetFilter):
        return _of_facet(name, one)
    if isinstance(one, filters.WordsFilter):
        words = _("Words: all must be there; “quoted words” follow one another; OR, and -word leaves out.")
        return parameter(name, {**TEXT, "maxLength": LONGEST}, f"{words} {such_as('numérique')}")
    if isinstance(one, filters.PublicRecordFilter):
        return parameter(name, PUBLIC_ID, _("%(label)s, by its public id.") % {"label": label})
    if isinstance(one, filters.DateFilter):
        words = _("%(label)s: a date such as 2022, 2022-04 or 2022-04-20.") % {"label": label}
        return parameter(name, TEXT, words)  # « avril 2022 » is read too
    if isinstance(one, filters.MoneyFilter):
        words = _("%(label)s: an amount in Canadian dollars, such as 500000 or 2.3M.") % {"label": label}
        return parameter(name, {**TEXT, "maxLength": 100}, words)
    return _of_codes(name, one, label)


def _of_codes(name: str, one: Filter, label: str) -> Schema:
    codes = {str(code): str(words) for code, words in one.extra.get("choices") or ()}
    nothing = {"null": _("not provided")} if one.extra.get("null_label") else {}
    if isinstance(one, filters.YearFilter):
        return parameter(name, {"type": "string", "pattern": f"^{YEARS}$"}, _told(label, nothing))
    if not codes:  # a public id, or the code of a region: what there is comes from the registry
        return parameter(name, TEXT, _told(label, nothing))
    return parameter(name, {"type": "string", "enum": [*codes, *nothing]}, _told(label, {**codes, **nothing}))


def _told(label: str, codes: dict[str, str]) -> str:
    """« Status. `announced`: announced; `null`: not provided »."""
    told = "; ".join(f"`{code}`: {words}" for code, words in codes.items())
    return f"{label}. {told}" if told else label


def _of_facet(name: str, one: filters.FacetFilter) -> Schema:
    facet = one.facet
    schema, codes = _values_of(facet)
    label = str(facet.label)
    if name != facet.name:
        words = _("%(label)s: leave these values out.") % {"label": label}
    else:
        words = _("%(label)s: one of these values; `null` where nothing is known.") % {"label": label}
    told = "; ".join(f"`{code}`: {said}" for code, said in codes.items()) if len(codes) > 1 else such_as(*codes)
    return parameter(name, {"type": "array", "items": schema}, f"{words} {told}")


def such_as(example: str) -> str:
    """An example in words: the interactive page would fill in one that stands in the schema, and ask for it."""
    return _("Such as `%(example)s`.") % {"example": example}


def _values_of(facet: Facet) -> tuple[Schema, dict[str, str]]:
    """The schema of a facet's values, and the values with their words, or one example."""
    if isinstance(facet, CodeFacet | BandFacet):
        codes = {value: facet.label_of(value) for value in facet.values}
        return {"type": "string", "enum": list(codes)}, codes
    if isinstance(facet, FiscalYearFacet):
        return {"type": "string", "pattern": r"^([0-9]{4}-[0-9]{4}|null)$"}, {"2021-2022": ""}
    if isinstance(facet, YearFacet):
        return {"type": "string", "pattern": f"^{YEARS}$"}, {"2022": ""}
    if isinstance(facet, RegionFacet):
        return {"type": "string", "pattern": REGIONS}, {"06": ""}
    return {"type": "string", "minLength": 1}, {"otn": ""}


def facet_name() -> Schema:
    words = _("The name of a facet, which is that of its parameter.")
    return parameter("name", {"type": "string", "enum": list(FACETS)}, words, place="path")


def public_id() -> Schema:
    return parameter("public_id", PUBLIC_ID, _("Public id; it never changes."), place="path")


def region_code() -> Schema:
    words = _("two characters; QC: the whole of Québec, HQ: outside Québec or not known")
    return parameter("code", {"type": "string", "pattern": r"^[0-9A-Z]{2}$"}, words, place="path", example="06")
