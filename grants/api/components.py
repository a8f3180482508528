"""The shapes of answers, for the OpenAPI document: made of the same fields as the answers themselves."""

from typing import Any

from django.utils.translation import gettext as _

from grants.models import Announcement, Citation, Figure, Grant, Organisation, Programme, Project, Region, Source
from grants.models import codes as c
from grants.reconciliation.verdicts import Verdict

from .fields import COUNT, DATE, FIELDS, LINK, MONEY, PUBLIC_ID, TEXT, ApiField, Schema, described, enumerated
from .history import FIELDS as CORRECTED
from .nouns import REPORTED

DAY: Schema = {"type": "string", "format": "date"}
TOTAL: Schema = {"type": ["string", "null"], "pattern": MONEY["pattern"], "examples": ["6678540.00"]}

# One example a field, of the first source, where the field's name alone says what it holds.
EXAMPLES: dict[str, Any] = {
    "id": "otn-fpi",
    "recipient_id": "fpinnovations",
    "recipient_fr": "FPInnovations",
    "funder_id": "gouv-qc",
    "programme_id": "otn",
    "announcement_id": "otn-2022-04-20",
    "amount": "6678540.00",
    "currency": "CAD",
    "status": "announced",
    "date": "2022-04-20",
    "launched": "2021-05",
    "published_at": "2026-11-22T12:00:00Z",
    "region": "06",
    "benefit_region": "06",
    "city": "Rouyn-Noranda",
    "measure": "aid",
    "value": "29000000.00",
    "qualifier": "nearly",
    "precision": "1000000.00",
    "unit": "CAD",
    "neq": "1140000000",
}


def components() -> dict[str, Schema]:
    """All of them by name, in the language of the moment."""
    nouns = {
        "Grant": Grant,
        "Organisation": Organisation,
        "Announcement": Announcement,
        "Programme": Programme,
        "Project": Project,
        "Source": Source,
        "Figure": Figure,
        "Citation": Citation,
        "Region": Region,
    }
    found = {name: of_fields(FIELDS[model]) for name, model in nouns.items()}
    pages = {f"{name}Page": page_of(name) for name in (*nouns, "RecipientGroup") if name not in ("Citation", "Region")}
    return {**found, **pages, "RegionList": _results("Region"), **_details(), **_small(), **_sums(), **_others()}


def of_fields(fields: tuple[ApiField, ...]) -> Schema:
    """An object with these fields, all of them always there."""
    return thing({field.name: _property(field) for field in fields})


def _property(field: ApiField) -> Schema:
    words = {"description": described(field.label, field.note)}
    example = {"examples": [EXAMPLES[field.name]]} if field.name in EXAMPLES and "$ref" not in field.schema else {}
    return {**field.schema, **words, **example}


def thing(properties: dict[str, Schema], description: str = "") -> Schema:
    """An object whose members are all there."""
    words = {"description": description} if description else {}
    return {"type": "object", **words, "properties": properties, "required": list(properties)}


def ref(component: str) -> Schema:
    return {"$ref": f"#/components/schemas/{component}"}


def listed(component: str, description: str) -> Schema:
    return {"type": "array", "items": ref(component), "description": description}


def said(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def page_of(component: str) -> Schema:
    following = {"type": ["string", "null"], "format": "uri"}
    return thing(
        {
            "next": said(following, _("Address of the next page; null on the last one.")),
            "results": listed(component, _("The records of this page.")),
        }
    )


def _results(component: str) -> Schema:
    return thing({"results": listed(component, _("All of them."))})


def _details() -> dict[str, Schema]:
    """What the address of one record gives beside its fields."""
    figures = listed("Figure", _("What documents say of this record, in numbers."))
    citations = listed("Citation", _("The documents that support this record."))
    both = {"figures": figures, "citations": citations}
    history = {"history": listed("HistoryEntry", _("What happened to this record in public, the latest first."))}
    return {
        "GrantDetail": _more("Grant", {**both, **history}),
        "OrganisationDetail": _more("Organisation", both),
        "AnnouncementDetail": _more("Announcement", {**both, "reconciliation": ref("AnnouncementReconciliation")}),
        "ProgrammeDetail": _more("Programme", {**both, "reconciliation": ref("ProgrammeReconciliation")}),
        "ProjectDetail": _more("Project", both),
    }


def _more(component: str, properties: dict[str, Schema]) -> Schema:
    return {"allOf": [ref(component), thing(properties)]}


def _small() -> dict[str, Schema]:
    titles = {"title_fr": said(TEXT, _("Title in French")), "title_en": said(TEXT, _("Title in English"))}
    return {
        "ProjectName": thing({"id": said(PUBLIC_ID, _("Public id")), **titles}),
        "OtherName": thing(
            {
                "name": said({"type": "string"}, _("The name, in its own language.")),
                "kind": said(enumerated(c.NameKind), _("Why the organisation has it.")),
                "language": said(enumerated(c.Language), _("The language of the name.")),
            }
        ),
        "SourceReference": thing(
            {
                "id": said(PUBLIC_ID, _("Public id of the source")),
                "title": said({"type": "string"}, _("Title, in the language of the document.")),
                "url": said(TEXT, _("Address of the document.")),
                "publisher": said(TEXT, _("Publisher")),
                "language": said(enumerated(c.Language), _("Language of the document.")),
                "published": said(DATE, _("Published on; as precise as it is known.")),
            }
        ),
        "HistoryEntry": thing(
            {
                "date": said(DAY, _("The day.")),
                "event": said(
                    {"type": "string", "enum": ["published", "corrected", "withdrawn"]}, _("What happened that day.")
                ),
                "fields": said(
                    {"type": "array", "items": {"type": "string", "enum": sorted(CORRECTED.values())}},
                    _("The fields that a correction changed."),
                ),
            }
        ),
    }


def _sums_properties() -> dict[str, Schema]:
    return {
        "count": said(COUNT, _("How many grants.")),
        "total": said(TOTAL, _("What the known amounts in Canadian dollars add up to; null where there is none.")),
        "unknown": said(COUNT, _("Grants whose amount is not known; not in the total.")),
        "foreign": said(COUNT, _("Grants in other currencies; not in the total.")),
    }


def _sums() -> dict[str, Schema]:
    sums = _sums_properties()
    value = {"type": "string", "description": _("The value, as parameters take it; “null”: not provided.")}
    labels = {
        "label_fr": {"type": "string", "description": _("Its words in French.")},
        "label_en": {"type": "string", "description": _("Its words in English; in French where there are none.")},
    }
    truth = {"type": "boolean"}
    group = {"value": value, **labels, **sums}
    in_question = {
        "chosen": said(truth, _("Whether the question asks for it.")),
        "excluded": said(truth, _("Whether the question leaves it out.")),
    }
    name = {"type": "string", "description": _("The name of the facet, which is that of its parameter.")}
    whose = {"type": "string", "description": _("Public id of the organisation; “individuals”: all natural persons.")}
    return {
        "Sums": thing(sums),
        "Group": thing(group),
        "GroupList": _results("Group"),
        "Choice": thing({**group, **in_question}),
        "Facet": thing({"name": name, **labels, "choices": listed("Choice", _("The values, in the facet's order."))}),
        "FacetList": _results("Facet"),
        "RecipientGroup": thing({"value": whose, **labels, **sums}),
    }


def _others() -> dict[str, Schema]:
    verdict = {"type": "string", "enum": Verdict.values}
    compared = {
        "measure": said({"type": "string", "enum": c.Measure.values}, _("What is counted.")),
        "figure_id": said({**PUBLIC_ID, "type": ["string", "null"]}, _("The figure that states it; null: none does.")),
        "stated": said(MONEY, _("What was stated.")),
        "itemised": said(MONEY, _("What the grants of the registry add up to.")),
        "counted": said(COUNT, _("How many grants were counted.")),
        "missing": said(COUNT, _("How many of them have no known value.")),
        "difference": said(MONEY, _("Itemised less stated.")),
        "to_find": said(MONEY, _("What an incomplete list still lacks.")),
        "verdict": said(verdict, _("Whether it adds up.")),
    }
    return {
        "ReconciliationLine": thing(compared),
        "AnnouncementReconciliation": thing(
            {
                "verdict": said(verdict, _("The gravest verdict of the lines.")),
                "lines": listed("ReconciliationLine", _("A line for each measure that is stated or itemised.")),
            },
            _("What was stated beside what is itemised."),
        ),
        "ProgrammeReconciliation": thing(
            {
                **{name: said(MONEY, words) for name, words in zip(REPORTED, _reported(), strict=True)},
                "unknown_amounts": said(COUNT, _("Grants whose amount is not known; not in the total.")),
            },
            _("The envelope beside what was granted, in Canadian dollars; null: not known."),
        ),
        "Problem": _problem(),
        "Withdrawn": {"allOf": [ref("Problem"), _withdrawn()]},
        "Index": _index(),
    }


def _reported() -> list[str]:
    """In the order of REPORTED."""
    return [
        _("The envelope."),
        _("What the latest document says was granted so far."),
        _("The part of it that no grant of the registry explains."),
        _("What the grants of the registry add up to."),
        _("What those granted after that document add up to."),
        _("What was granted, as far as it is known."),
        _("The envelope less what was granted."),
    ]


def _problem() -> Schema:
    each = thing({"detail": {"type": "string", "description": _("One problem, in a sentence.")}})
    properties = {
        "type": {
            "type": "string",
            "description": _("Always “about:blank”: the status says what kind of problem it is."),
        },
        "title": {"type": "string", "description": _("The kind of problem, in words.")},
        "status": {"type": "integer", "description": _("The status of the answer.")},
        "detail": {"type": "string", "description": _("What is wrong, in words.")},
        "errors": {"type": "array", "items": each, "description": _("Every problem of a question.")},
    }
    words = _("A problem as RFC 9457 describes it, in the language asked for.")
    return {"type": "object", "description": words, "properties": properties, "required": ["type", "title", "status"]}


def _withdrawn() -> Schema:
    return thing(
        {
            "withdrawn": said(DAY, _("The day it was withdrawn.")),
            "notice_fr": said(TEXT, _("Why, in French.")),
            "notice_en": said(TEXT, _("Why, in English.")),
        }
    )


def _index() -> Schema:
    texts = {"type": "string"}
    return thing(
        {
            "title": said(texts, _("What this is.")),
            "publisher": said(texts, _("Who publishes it.")),
            "licence": said(LINK, _("The licence of the data.")),
            "documentation": said(LINK, _("The page to read and try.")),
            "openapi": said(LINK, _("This description.")),
            "addresses": {
                "type": "object",
                "description": _("Where to begin, by noun."),
                "additionalProperties": LINK,
            },
        }
    )
