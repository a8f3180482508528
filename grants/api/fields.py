"""The public fields of each noun: the columns of the files, with lists where a file joins several values in one cell.

`grants.exports.columns.SHEETS` stays the one list of what is public. An amount is a text of digits: as a JSON number
nearly every reader would make a binary fraction of it. Dates are as precise as they are known.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Expression, F, Func, OuterRef, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.bilingual import ENGLISH, FRENCH
from grants.exports import expressions
from grants.exports.columns import SHEETS, PublicColumn, both, coded
from grants.models import (
    Announcement,
    Citation,
    Figure,
    Grant,
    Organisation,
    OrganisationName,
    Programme,
    Project,
    Region,
    Source,
)
from grants.models import codes as c
from grants.models.subjects import SUBJECTS

Schema = dict[str, Any]
Getter = Callable[[], Any]

TEXT: Schema = {"type": ["string", "null"]}
MONEY: Schema = {"type": ["string", "null"], "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": ["boolean", "null"]}
DATE: Schema = {"type": ["string", "null"], "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
LINK: Schema = {"type": "string", "format": "uri"}
IDS: Schema = {"type": "array", "items": {"type": "string"}}
PUBLIC_ID: Schema = {"type": "string", "pattern": r"^[0-9a-z]+(-[0-9a-z]+)*$", "maxLength": 24}
REGION_CODE = "^(0[1-9]|1[0-7]|QC|HQ)$"
KINDS: dict[str, Schema] = {"money": MONEY, "integer": COUNT, "boolean": TRUTH, "date": DATE}

# What a file's column of that name holds several of, or says otherwise than an API should; see `_instead`.
JOINED = {"sources", "other_names", "grant_ids", "project_ids", "projects"}
MOMENTS = {"published_at", "modified_at"}


@dataclass(frozen=True)
class ApiField:
    """A field of an answer: its name, how PostgreSQL gives it, its JSON Schema, its words."""

    name: str
    get: Getter
    schema: Schema
    label: str | Promise
    note: str | Promise = ""


def described(label: str | Promise, note: str | Promise = "") -> str:
    """A field's words in the language of the moment."""
    return f"{label} ({note})" if note else str(label)


# ── Values that files hold otherwise ─────────────────────────────────────────────────────────────────────


def rfc3339(path: str) -> Getter:
    """A moment in UTC, to the second: `2022-04-21T12:00:00Z`."""
    utc = Func(F(path), Value("UTC"), template="(%(expressions)s)", arg_joiner=" AT TIME ZONE ")
    pattern = Value('YYYY-MM-DD"T"HH24:MI:SS"Z"')
    return lambda: Func(utc, pattern, function="to_char", output_field=TextField())


def digits(value: Any) -> Expression:
    """An amount as a text of all its digits."""
    return Cast(value, TextField())


def enumerated(codes: Any) -> Schema:
    """A code of a list, or null where nothing is known."""
    return {"type": ["string", "null"], "enum": [*(code for code in codes.values if code), None]}


def _source_parts(at: str) -> dict[str, Any]:
    texts = ("url", "publisher", "language", "published")
    return {"id": F(f"{at}public_id"), "title": F(f"{at}title"), **{name: _text(f"{at}{name}") for name in texts}}


def _text(path: str) -> Expression:
    """A text inside an object. In a child query `NullIf` needs both of one type."""
    return Func(Cast(F(path), TextField()), Value(""), function="NULLIF", output_field=TextField())


def _sources(subject: str) -> Getter:
    def get() -> Any:
        cited = Citation.objects.published().filter(**{subject: OuterRef("pk")})
        return ArraySubquery(cited.values_list("source__public_id"))

    return get


def _projects() -> Expression:
    funded = Project.objects.published().filter(grants=OuterRef("pk")).order_by("pk")
    parts = JSONObject(id=F("public_id"), title_fr=_text("title_fr"), title_en=_text("title_en"))
    found = ArraySubquery(funded.values_list(parts))
    # What a natural person's project is called may name the person.
    return Case(
        When(recipient__is_natural_person=False, then=found), default=Value([], output_field=found.output_field)
    )


def _grants() -> Any:
    granted = Grant.objects.published().told_with_projects().filter(projects=OuterRef("pk")).order_by("pk")
    return ArraySubquery(granted.values_list("public_id"))


def _other_names() -> Any:
    names = OrganisationName.objects.filter(organisation=OuterRef("pk"))
    return ArraySubquery(names.values_list(JSONObject(name=F("name"), kind=F("kind"), language=_text("language"))))


# ── From the columns of files ────────────────────────────────────────────────────────────────────────────

# The codes of coded columns, by noun and column.
CODES: dict[tuple[Any, str], Any] = {
    (Grant, "recipient_kind"): c.OrganisationKind,
    (Grant, "instrument"): c.Instrument,
    (Grant, "status"): c.GrantStatus,
    (Organisation, "kind"): c.OrganisationKind,
    (Announcement, "list_state"): c.ListState,
    (Source, "language"): c.Language,
    (Source, "kind"): c.SourceKind,
}


def _same(model: Any, column: PublicColumn) -> list[ApiField]:
    """The field or two that a file's column becomes; none where the API gives a list instead."""
    if column.name in JOINED:
        return []
    if column.name in MOMENTS:
        return [ApiField(column.name, rfc3339(column.name), MOMENT, column.label, _("in UTC"))]
    if column.name == "address":
        in_french, in_english = (lambda: column.get(FRENCH)), (lambda: column.get(ENGLISH))
        return [
            ApiField("address_fr", in_french, LINK, column.label, _("of its French page")),
            ApiField("address_en", in_english, LINK, column.label, _("of its English page")),
        ]
    if column.kind == "money":
        return [ApiField(column.name, lambda: digits(column.get(FRENCH)), MONEY, column.label, column.note)]
    schema = enumerated(CODES[model, column.name]) if (model, column.name) in CODES else KINDS.get(column.kind, TEXT)
    if column.name == "id":
        schema = PUBLIC_ID
    elif column.name == "currency":
        schema = {"type": "string", "pattern": "^[A-Z]{3}$"}
    return [ApiField(column.name, lambda: column.get(FRENCH), schema, column.label, column.note)]


def _instead(model: Any) -> list[ApiField]:
    """The lists that stand for the joined cells of a file."""
    found: list[ApiField] = []
    if model is Grant:
        where = _("the region that benefits, else the recipient's: what the facet counts")
        code = {**TEXT, "pattern": REGION_CODE}
        found.append(ApiField("region", lambda: F("region_code"), code, _("Region"), where))
        found.append(
            ApiField(
                "projects", _projects, _list_of("ProjectName"), _("Projects"), _("the amount is not split among them")
            )
        )
    if model is Project:
        found.append(ApiField("grants", _grants, IDS, _("Grants"), _("public ids")))
    if model is Organisation:
        found.append(ApiField("other_names", _other_names, _list_of("OtherName"), _("Other names")))
    if model is not Source:
        label = pgettext_lazy("column", "Sources")
        found.append(ApiField("sources", _sources(model._meta.model_name), IDS, label, _("public ids")))
    return found


def _list_of(component: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{component}"}}


def _fields(model: Any) -> tuple[ApiField, ...]:
    columns = SHEETS[model].columns
    middle = [field for column in columns for field in _same(model, column)]
    first_of_end = next(at for at, field in enumerate(middle) if field.name == "published_at")
    return (*middle[:first_of_end], *_instead(model), *middle[first_of_end:])


# ── What no file holds ───────────────────────────────────────────────────────────────────────────────────


def _plain(*columns: PublicColumn, codes: Any = None) -> list[ApiField]:
    made = []
    for column in columns:
        schema = enumerated(codes) if codes is not None and column.kind == "identifier" else TEXT
        made.append(ApiField(column.name, lambda column=column: column.get(FRENCH), schema, column.label, column.note))
    return made


def _source_object() -> Expression:
    return JSONObject(**_source_parts("source__"))


def _about() -> Expression:
    return Case(*[When(**{f"{kind}__isnull": False}, then=Value(kind)) for kind in SUBJECTS], output_field=TextField())


def _about_id() -> Expression:
    return Coalesce(*[F(f"{kind}__public_id") for kind in SUBJECTS], output_field=TextField())


SOURCE_REF = {"$ref": "#/components/schemas/SourceReference"}

FIGURE_FIELDS: tuple[ApiField, ...] = (
    ApiField("id", lambda: F("public_id"), PUBLIC_ID, _("Public id"), _("never changes")),
    ApiField("about", _about, {"type": "string", "enum": list(SUBJECTS)}, _("Kind of record that it is about")),
    ApiField("about_id", _about_id, PUBLIC_ID, _("Record that it is about"), _("public id")),
    *_plain(*coded("measure", _("Measure"), c.Measure), codes=c.Measure),
    ApiField("value", lambda: digits(F("value")), {**MONEY, "type": "string"}, _("Value"), _("in its unit")),
    *_plain(*coded("unit", _("Unit"), c.Unit), codes=c.Unit),
    *_plain(*coded("qualifier", _("Qualifier"), c.Qualifier), codes=c.Qualifier),
    ApiField(
        "precision",
        lambda: digits(F("precision")),
        MONEY,
        _("Precision"),
        _("the unit of the last digit as worded, such as 1000000.00 for “29 millions”"),
    ),
    *_plain(*coded("scope", _("Scope"), c.Scope), codes=c.Scope),
    *_plain(*coded("nature", _("Nature"), c.Nature), codes=c.Nature),
    ApiField("as_of", lambda: expressions.text("as_of"), DATE, _("As of")),
    ApiField("wording", lambda: expressions.text("wording"), TEXT, _("Words as written")),
    ApiField(
        "wording_language", lambda: F("wording_language"), enumerated(c.Language), _("Language of the words as written")
    ),
    *_plain(*both("note", _("Note"))),
    ApiField("preferred", lambda: F("preferred"), {"type": "boolean"}, _("Shown first where sources disagree")),
    ApiField("source", _source_object, SOURCE_REF, _("The document that says so")),
    ApiField("published_at", rfc3339("published_at"), MOMENT, _("Published in the registry"), _("in UTC")),
    ApiField("modified_at", rfc3339("modified_at"), MOMENT, _("Last changed"), _("in UTC")),
)

CITATION_FIELDS: tuple[ApiField, ...] = (
    ApiField("source", _source_object, SOURCE_REF, _("The document that says so")),
    ApiField("quote", lambda: expressions.text("quote"), TEXT, _("Words as written")),
)

REGION_FIELDS: tuple[ApiField, ...] = (
    ApiField(
        "code",
        lambda: F("code"),
        {"type": "string", "pattern": REGION_CODE},
        _("Code of the region"),
        _("two characters; QC: the whole of Québec, HQ: outside Québec or not known"),
    ),
    ApiField("name_fr", lambda: expressions.text("name_fr"), TEXT, _("Official name")),
    ApiField("name_en", lambda: expressions.text("name_en"), TEXT, _("Name in English")),
)

FIELDS: dict[Any, tuple[ApiField, ...]] = {
    **{model: _fields(model) for model in (Grant, Organisation, Announcement, Programme, Project, Source)},
    Figure: FIGURE_FIELDS,
    Citation: CITATION_FIELDS,
    Region: REGION_FIELDS,
}
