"""The first source, fact by fact: row of the table, record that holds it, its fields, and where it is read.

Amounts and dates are written as the fixtures write them; `shown` gives what a page must say in each language.
"""

from decimal import Decimal
from typing import Any, NamedTuple

from grants.values import wording
from grants.values.partial_dates import PartialDate

DAY = "2022-04-20"
Both = tuple[str, str]  # in French, in English


class Fact(NamedTuple):
    """One row, or a part of one."""

    row: int
    noun: str
    public_id: str
    fields: dict[str, Any]
    page: tuple[str, str]  # noun and public id of the page that says it
    shown: list[Both]

    def __str__(self) -> str:
        return f"row {self.row}: {self.public_id}"


def same(text: str) -> Both:
    """A text that both languages show alike, such as a name."""
    return text, text


def dollars(value: str) -> Both:
    return wording.money(Decimal(value), "fr"), wording.money(Decimal(value), "en")


def number(value: str) -> Both:
    return wording.number(Decimal(value), "fr"), wording.number(Decimal(value), "en")


def date(iso: str) -> Both:
    return wording.date(PartialDate.parse(iso), "fr"), wording.date(PartialDate.parse(iso), "en")


def figure(
    row: int, public_id: str, about: tuple[str, str], measure: str, value: str, hedge: Both | None = None, **more: Any
) -> Fact:
    """A claim, shown on the page of the record that it is about. `hedge` is what a page says before « plus de »."""
    fields = {"measure": measure, "value": value, about[0]: [about[1]], "source": ["quebec-39538"], **more}
    written = dollars(value) if measure in ("envelope", "aid", "project_cost") else number(value)
    if measure == "share":
        written = wording.percent(Decimal(value), "fr"), wording.percent(Decimal(value), "en")
    return Fact(row, "figure", public_id, fields, about, [written, *([hedge] if hedge else [])])


def grant(row: int, public_id: str, recipient: str, name: str, amount: str, *shown: Both) -> Fact:
    fields = {
        "recipient": [recipient],
        "amount": amount,
        "announcement": ["otn-2022-04-20"],
        "programme": ["otn"],
        "funder": ["gouv-qc"],
        "date": DAY,
        "status": "announced",
    }
    words = [same(name), dollars(amount), date(DAY), *shown]
    return Fact(row, "grant", public_id, fields, ("grant", public_id), words)


def organisation(row: int, public_id: str, *shown: Both, **fields: Any) -> Fact:
    return Fact(row, "organisation", public_id, fields, ("organisation", public_id), list(shown))


OTN, JANUARY, APRIL = ("programme", "otn"), ("announcement", "otn-2022-01"), ("announcement", "otn-2022-04-20")
MORE = ("plus de", "more than")
BEFORE = {"scope": "cumulative", "as_of": "2022-03"}
AIM = {"nature": "target"}
ACT = {"scope": "act", "as_of": DAY}
SHIFT = ("Accélérer le virage numérique des entreprises québécoises", "Speed up the digital shift of Québec businesses")
INSIDE = ("l’enveloppe inchangée de 130", "the unchanged envelope of $130M")

PROGRAMME = [
    Fact(1, "programme", "otn", {"launched": "2021-03", "acronym": "OTN"}, OTN, [date("2021-03"), SHIFT]),
    Fact(
        1,
        "programme",
        "otn",
        {"name_en": "Digital Transformation Offensive"},
        OTN,
        [("Offensive de transformation numérique", "Digital Transformation Offensive")],
    ),
    figure(2, "otn-envelope", OTN, "envelope", "130000000.00", as_of="2021-03"),
    Fact(3, "announcement", "otn-2022-01", {"date": "2022-01", "list_state": "partial"}, JANUARY, [date("2022-01")]),
    figure(3, "otn-2022-01-aid", JANUARY, "aid", "25000000.00", INSIDE, scope="act"),
    figure(4, "otn-2022-03-projects", OTN, "projects", "15.00", **BEFORE),
    figure(4, "otn-2022-03-aid", OTN, "aid", "81000000.00", **BEFORE),
    figure(4, "otn-2022-03-cost", OTN, "project_cost", "163000000.00", **BEFORE),
    figure(5, "otn-2022-03-aware", OTN, "made_aware", "48500.00", MORE, qualifier="more_than", **BEFORE, **AIM),
    figure(5, "otn-2022-03-supported", OTN, "supported", "11000.00", qualifier="exact", **BEFORE, **AIM),
    Fact(6, "announcement", "otn-2022-04-20", {"date": DAY, "list_state": "complete"}, APRIL, [date(DAY)]),
    figure(6, "otn-2022-04-aid", APRIL, "aid", "29000000.00", precision="1000000.00", **ACT),
    figure(6, "otn-2022-04-recipients", APRIL, "recipients", "9.00", **ACT),
    figure(6, "otn-2022-04-projects", APRIL, "projects", "10.00", **ACT),
    figure(7, "otn-2022-04-cost", APRIL, "project_cost", "54600000.00", precision="100000.00", **ACT),
    figure(8, "otn-2022-04-aware", APRIL, "made_aware", "49500.00", qualifier="exact", **ACT, **AIM),
    figure(8, "otn-2022-04-supported", APRIL, "supported", "2600.00", MORE, qualifier="more_than", **ACT, **AIM),
]

COLAB = "COlab innovation sociale et culture numérique"
SYNCHRONEX = "Réseau des CCTT – Synchronex"
AMVPQ = "Association des médecins vétérinaires praticiens du Québec"
AQIP = "Association québécoise de l’industrie de la pêche"
ETS = "École de technologie supérieure"
DATA = ("Valorisation des données", "Making use of data")
FOREST = ("Optimisation des opérations en milieu forestier", "Optimising forest operations")

RECIPIENTS = [
    organisation(
        9, "colab", same(COLAB), same("Collège d’Alma"), date("2021-10"), parent=["college-alma"], founded="2021-10"
    ),
    organisation(9, "colab", ("former des conseillers numériques", "digital advisers are trained")),
    grant(9, "otn-colab", "colab", COLAB, "2307663.00"),
    grant(10, "otn-fpi", "fpinnovations", "FPInnovations", "6678540.00", DATA, FOREST),
    Fact(10, "project", "otn-donnees", {"organisation": ["fpinnovations"]}, ("project", "otn-donnees"), [DATA]),
    Fact(10, "project", "otn-operations", {"organisation": ["fpinnovations"]}, ("project", "otn-operations"), [FOREST]),
    grant(11, "otn-synchronex", "synchronex", SYNCHRONEX, "11597632.00", same("Mon succès numérique")),
    organisation(11, "synchronex", same(f"L’escouade numérique du {SYNCHRONEX}")),
    organisation(12, "amvpq", same(AMVPQ), same("A.M.V.P.Q."), date("1969"), founded="1969", kind="association"),
    organisation(12, "amvpq", ("toutes les régions de la province", "every region of the province")),
    figure(12, "amvpq-members", ("organisation", "amvpq"), "members", "420.00", MORE, qualifier="more_than"),
    grant(12, "otn-amvpq", "amvpq", AMVPQ, "374700.00"),
    organisation(13, "aqip", same(AQIP), same("AQIP"), date("1978-06"), founded="1978-06", is_nonprofit=True),
    organisation(13, "aqip", ("entreprises de transformation de produits marins", "marine-products processing firms")),
    grant(13, "otn-aqip", "aqip", AQIP, "448800.00"),
    organisation(14, "ets", same(ETS), same("ÉTS"), same("Centech"), kind="university"),
    organisation(14, "ets", ("deuxième rang au Canada", "second in Canada")),
    figure(14, "ets-share", ("organisation", "ets"), "share", "25.00", unit="percent"),
    organisation(14, "centech", same("Centech"), same(ETS), parent=["ets"], kind="accelerator"),
    grant(14, "otn-ets", "ets", ETS, "600000.00"),
    organisation(
        15, "la-piscine", same("La Piscine"), date("2015"), founded="2015", is_nonprofit=True, kind="accelerator"
    ),
    organisation(15, "la-piscine", ("entrepreneurs culturels et créatifs", "cultural and creative entrepreneurs")),
    grant(15, "otn-piscine", "la-piscine", "La Piscine", "875000.00"),
    organisation(
        16, "groupe-misa", same("Rouyn-Noranda"), same("Abitibi-Témiscamingue"), city="Rouyn-Noranda", region=["08"]
    ),
    organisation(16, "groupe-misa", ("secteur minier québécois", "Québec’s mining sector")),
    grant(16, "otn-misa", "groupe-misa", "Groupe MISA", "5416050.00"),
    organisation(
        17,
        "pme-mtl-co",
        *map(
            same,
            ["Ahuntsic-Cartierville", "Saint-Laurent", "Côte-Saint-Luc", "Hampstead", "Montréal-Ouest", "Mont-Royal"],
        ),
    ),
    grant(17, "otn-pme-mtl", "pme-mtl-co", "PME MTL Centre-Ouest", "951500.00"),
]

SOURCES = [
    Fact(
        18,
        "source",
        "quebec-39538",
        {"publisher": "Gouvernement du Québec", "published": DAY},
        ("source", "quebec-39538"),
        [same("plus de 29"), date(DAY), same("FPInnovations")],
    ),
    Fact(
        18,
        "source",
        "rc-1877670",
        {"publisher": "Radio-Canada", "kind": "news"},
        ("source", "rc-1877670"),
        [same("Radio-Canada"), same(COLAB)],
    ),
    Fact(18, "source", "quebec-39538", {}, ("grant", "otn-fpi"), [same("deux projets portant sur la valorisation")]),
    Fact(18, "source", "rc-1877670", {}, ("grant", "otn-colab"), [same("Radio-Canada")]),
]

FACTS = [*PROGRAMME, *RECIPIENTS, *SOURCES]
