"""The sheet of grants, with what a list says of their recipients, funders and programmes."""

from django.utils.translation import gettext_lazy as _

from grants.models import Grant, Programme, Region
from grants.models.codes import OrganisationKind

from . import aliases
from .building import column_of, columns_of_fields, companion, noun_sheet_of
from .codes import INSTRUMENTS, RECIPIENT_KINDS, STATUSES
from .sheet_columns import CONDITIONAL, SheetColumn

RECIPIENT = column_of(
    Grant,
    "recipient",
    meaning=_("Who receives the money: its public id, or its name. A name that is new becomes a draft organisation."),
    creates=True,
    example="Groupe MISA",
)
FUNDER = column_of(
    Grant,
    "funder",
    meaning=_("Who gives the money: its public id, or its name. A name that is new becomes a draft organisation."),
    creates=True,
)
PROGRAMME = column_of(
    Grant,
    "programme",
    meaning=_("Its public id, name or acronym. A programme that is new becomes a draft."),
    creates=True,
    example="otn",
)
ANNOUNCEMENT = column_of(
    Grant, "announcement", meaning=_("The public act that announced it: its public id or its whole title.")
)
BENEFIT_REGION = column_of(
    Grant,
    "benefit_region",
    meaning=_("Where the money is of use: two-character code or official name of the administrative region."),
    example="08",
)


def about(of: str, name: str, label: object, kind: str, meaning: object, **more: object) -> SheetColumn:
    """A helper: said of the organisation or programme that `of` names, used where that is new or to recognise it."""
    said = {"name": name, "label": label, "kind": kind, "meaning": meaning, "of": of}
    return SheetColumn(**(said | {"keeps_when_blank": True, "lenient": True} | more))  # type: ignore[arg-type]


HELPERS = (
    about(
        "recipient",
        "recipient_number",
        _("recipient's NEQ"),
        "identifier",
        _("Québec enterprise number, ten digits. It recognises the recipient; other numbers are left aside."),
        longest=10,
        example="1188888888",
    ),
    about(
        "recipient",
        "recipient_name_en",
        _("recipient's name in English"),
        "text",
        _("Only if the recipient has one."),
        longest=300,
    ),
    about(
        "recipient",
        "recipient_kind",
        _("recipient's kind"),
        "code",
        _("What sort of body a new recipient is."),
        choices=tuple(OrganisationKind.choices),
        choice_aliases=RECIPIENT_KINDS,
    ),
    about(
        "recipient",
        "recipient_is_nonprofit",
        _("non-profit recipient"),
        "yesno",
        _("Whether a new recipient is a non-profit. Some kinds say it too."),
    ),
    about(
        "recipient",
        "recipient_is_person",
        _("recipient is a natural person"),
        "yesno",
        _("Whether a new recipient is a person or a sole trader: the name then never leaves the registry."),
    ),
    about(
        "recipient",
        "recipient_person",
        _("recipient, a natural person"),
        "text",
        _("For lists that keep persons apart: the recipient of this row, known to be a natural person."),
        longest=300,
    ),
    about("recipient", "recipient_city", _("recipient's city"), "text", _("Where a new recipient is."), longest=120),
    about(
        "recipient",
        "recipient_region",
        _("recipient's region"),
        "region",
        _("Administrative region where a new recipient is, which need not be the region that benefits."),
        model=Region,
    ),
    about(
        "funder",
        "funder_number",
        _("funder's NEQ"),
        "identifier",
        _("Québec enterprise number, ten digits. It recognises the funder; other numbers are left aside."),
        longest=10,
    ),
    about(
        "programme",
        "programme_name_en",
        _("programme's name in English"),
        "text",
        _("Given to a programme that is new."),
        longest=Programme._meta.get_field("name_en").max_length,
    ),
    SheetColumn(
        "amendment",
        _("amendment number"),
        "integer",
        meaning=_("0 for the original. Of several rows with the same reference, the highest amendment stands."),
        keeps_when_blank=True,
        lenient=True,
    ),
    SheetColumn(
        "source_url",
        _("address of the source"),
        "text",
        meaning=_("Where the row was published. It is looked at, not kept."),
        longest=1000,
        keeps_when_blank=True,
        lenient=True,
    ),
)

_MIDDLE = columns_of_fields(
    Grant,
    [
        *("reference", "amount", "currency", "negative_reason", "total_project_cost", "instrument"),
        *("title_fr", "title_en", "description_fr", "description_en"),
    ],
    reference={
        "meaning": _("The number of the agreement or decision at its source. It finds the grant again."),
        "example": "OTN-2022-014",
    },
    amount={
        "meaning": _("What was promised, in dollars and cents. Blank when unknown, never 0."),
        "example": "5 416 050",
    },
    currency={"meaning": _("Three letters. Canadian dollars when blank."), "example": "CAD"},
    negative_reason={"obligation": CONDITIONAL, "when": _("when the amount is negative")},
    total_project_cost={"meaning": _("What the whole project costs, other money with it.")},
    instrument={"meaning": _("The form that the money takes."), "choice_aliases": INSTRUMENTS},
    title_fr={"meaning": _("What the money is for, in one line."), "overflow": "description_fr"},
    title_en={"meaning": _("The same in English."), "overflow": "description_en"},
    description_fr={"meaning": _("What the money is for, in full.")},
    description_en={"meaning": _("The same in English.")},
)

_END = columns_of_fields(
    Grant,
    ["benefit_place", "date", "agreement_start", "agreement_end", "status", "status_date"],
    benefit_place={"meaning": _("The city or territory, where the region says too little.")},
    date={
        "meaning": _("When it was granted or announced, as well as it is known: 2021, 2021-03 or 2021-03-29."),
        "example": "2022-04-20",
    },
    agreement_start={"meaning": _("First day of the agreement.")},
    agreement_end={"meaning": _("Last day of the agreement, not before the first.")},
    status={"meaning": _("Where the grant stands in its life."), "choice_aliases": STATUSES},
    status_date={"meaning": _("The date on which that status was true.")},
)

_COLUMNS = (
    *(RECIPIENT, companion(RECIPIENT), FUNDER, companion(FUNDER), PROGRAMME),
    *(ANNOUNCEMENT, companion(ANNOUNCEMENT)),
    *_MIDDLE,
    *(BENEFIT_REGION, companion(BENEFIT_REGION)),
    *_END,
    column_of(
        Grant,
        "projects",
        meaning=_("Public ids or titles of the projects that it funds, separated by semicolons."),
    ),
    *HELPERS,
)

GRANT = noun_sheet_of(Grant, _COLUMNS, aliases=aliases.GRANT)
