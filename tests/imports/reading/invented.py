"""Sheets of the kinds that funders publish, invented on the spot, with the rows and the sum that they truly hold."""

import datetime
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from grants.imports.reading import SheetLine, Understanding, Wishes, read_lines, understand
from grants.imports.styles import cell_amount, is_nothing

NAMES = ["Coopérative du Témis", "Maison de l’œuvre", "Ferme Élan", "Théâtre du Bic", "Cégep de l’Île", "Atelier Noël"]
PLACES = ["Rimouski", "Québec", "Montréal", "Matane", "Val-d’Or", "Gaspé"]


@dataclass
class Case:
    """A file and what it holds: data rows, the sum of its first column of amounts, and its other lines by kind."""

    name: str
    content: bytes
    rows: int
    total: str
    others: dict[str, int] = field(default_factory=dict)


@dataclass
class Reading:
    """What the reader made of a file."""

    facts: Understanding
    lines: list[SheetLine]

    @property
    def rows(self) -> list[SheetLine]:
        return [line for line in self.lines if line.kind == "row"]

    @property
    def others(self) -> dict[str, int]:
        return dict(Counter(line.kind for line in self.lines if line.kind != "row"))

    def values(self, title: str) -> list[Any]:
        """The cells of that column, data rows only."""
        return [line.cells[self.facts.titles.index(title)] for line in self.rows]

    @property
    def total(self) -> Decimal:
        """The sum of the first column of amounts."""
        place, column = next((n, c) for n, c in enumerate(self.facts.columns) if c.looks_like == "amount")
        cells = (line.cells[place] for line in self.rows)
        return sum((cell_amount(cell, column.number_style)[0] for cell in cells if not is_nothing(cell)), Decimal(0))


def read(folder: Path, name: str, content: bytes, **wishes: Any) -> Reading:
    """Understand and read a file of that content."""
    path = folder / "spooled"
    path.write_bytes(content)
    facts = understand(path, name, Wishes(**wishes))
    return Reading(facts, list(read_lines(path, facts)))


def text(lines: Iterable[str], encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Lines as the bytes of a file."""
    return "".join(line + end for line in lines).encode(encoding)


def book(*sheets: tuple[str, list[list[Any]]], more: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook of these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if more:
        more(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def people(amounts: Iterable[str], delimiter: str = ";", date: str = "2021-03-1{n}") -> list[str]:
    """One row per amount: name, place, date, amount."""
    return [delimiter.join([NAMES[n % 6], PLACES[n % 6], date.format(n=n), amount]) for n, amount in enumerate(amounts)]


HEAD = "Bénéficiaire;Ville;Date de la décision;Montant"
PLAIN = ["12 500,00", "3 000,50", "1 000 000,00", "750,25"]
PLAIN_SUM = "1016250.75"
ROWS = [[NAMES[n], PLACES[n], datetime.date(2021, 3, n + 1), amount] for n, amount in enumerate([100, 250.5, 40, 9.25])]
TITLES = ["Bénéficiaire", "Ville", "Date", "Montant"]
ROWS_SUM = "399.75"


def _merge(workbook: Workbook) -> None:
    sheet = workbook.worksheets[0]
    for cells in ("A1:B1", "C1:D1"):
        sheet.merge_cells(cells)


def _hide_first(workbook: Workbook) -> None:
    workbook.worksheets[0].sheet_state = "hidden"


def _declare(workbook: Workbook) -> None:
    workbook.worksheets[0].row_dimensions[1_048_576].height = 12
    workbook.worksheets[0].cell(1_048_576, 4).number_format = "0.00"


def text_cases() -> list[Case]:
    """CSV and TSV."""
    commas = HEAD.replace(";", ",")
    section = ["Région du Bas-Saint-Laurent;;;", HEAD, *people(PLAIN[:2]), "Sous-total;;;15 500,50"]
    second = [
        "Région de Québec;;;",
        HEAD,
        *people(PLAIN[2:]),
        "Sous-total;;;1 000 750,25",
        "TOTAL GÉNÉRAL;;;1 016 250,75",
    ]
    wrapped = [f'"{line}"' for line in [commas, *people(["100.00", "250.50"], ",")]]
    long = "Numéro;Bénéficiaire;Ville;Région;Date;Montant"
    return [
        Case("plain", text([HEAD, *people(PLAIN)]), 4, PLAIN_SUM),
        Case("marked cp1252", b"\xef\xbb\xbf" + text([HEAD, *people(PLAIN)], "cp1252"), 4, PLAIN_SUM),
        Case(
            "cp850",
            text([HEAD, "Théâtre école;Québec;2021-03-01;5,00", "Fête d'été;Lévis;2021-03-02;6,50"], "cp850"),
            2,
            "11.50",
        ),
        Case(
            "mac roman",
            text([HEAD, "Théâtre d'été;Québec;2021-03-01;5,00", "Fête à Bécancour;Lévis;2021-03-02;6,50"], "mac_roman"),
            2,
            "11.50",
        ),
        Case("utf-16 tabs", text([line.replace(";", "\t") for line in [HEAD, *people(PLAIN)]], "utf-16"), 4, PLAIN_SUM),
        Case("utf-32", text([HEAD, *people(PLAIN)], "utf-32"), 4, PLAIN_SUM),
        Case("two encodings", text([HEAD, *people(PLAIN[:2])]) + text(people(PLAIN[2:]), "cp1252"), 4, PLAIN_SUM),
        Case("pipes", text([line.replace(";", "|") for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM),
        Case("tildes", text([line.replace(";", "~") for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM),
        Case("announced", text(["sep=;", HEAD, *people(PLAIN)]), 4, PLAIN_SUM),
        Case("old mac lines", text([HEAD, *people(PLAIN)], end="\r"), 4, PLAIN_SUM),
        Case(
            "titles above",
            text(["Aide versée en 2021;;;", ";;;", HEAD, *people(PLAIN), "Total;;;1 016 250,75"]),
            4,
            PLAIN_SUM,
            {"total": 1},
        ),
        Case(
            "facts above",
            text(["Programme;Aide aux festivals;;", "Extrait le;2021-05-04;;", "", HEAD, *people(PLAIN)]),
            4,
            PLAIN_SUM,
        ),
        Case("sections", text([*section, *second]), 4, PLAIN_SUM, {"section": 1, "total": 3, "header": 1}),
        Case("sum without a word", text([HEAD, *people(PLAIN), ";;;1 016 250,75"]), 4, PLAIN_SUM, {"total": 1}),
        Case(
            "total in the third column",
            text([HEAD, *people(PLAIN), ";;Total;1 016 250,75"]),
            4,
            PLAIN_SUM,
            {"total": 1},
        ),
        Case(
            "people called Total",
            text(
                [
                    HEAD,
                    "Total Énergie inc.;Québec;2021-03-01;5,00",
                    "TOTAL;Lévis;2021-03-02;6,50",
                    "Ensemble vocal;Lévis;2021-03-02;1,00",
                ]
            ),
            3,
            "12.50",
        ),
        Case("trailing blanks", text([HEAD, *people(PLAIN), ";;;", ";;;", ";;;"]), 4, PLAIN_SUM),
        Case("trailing delimiters", text([line + ";;" for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM),
        Case(
            "notes below",
            text([HEAD, *people(PLAIN), "", "Source : ministère de la Culture;;;", "* Montants arrondis;;;"]),
            4,
            PLAIN_SUM,
            {"note": 2},
        ),
        Case("ragged", text([HEAD + ";Remarque", *people(PLAIN)]), 4, PLAIN_SUM),
        Case(
            "cells of several lines",
            text([HEAD, '"Ferme\r\nÉlan";Gaspé;2021-03-01;5,00', *people(["6,50"])]),
            2,
            "11.50",
        ),
        Case(
            "marks inside",
            text([HEAD, '"Troupe "Les Uns" inc.";Gaspé;2021-03-01;5,00', *people(["6,50", "7,00"])]),
            3,
            "18.50",
        ),
        Case(
            "a mark never closed",
            text([HEAD, *people(["6,50"]), '"Ferme;Gaspé;2021-03-01;5,00', *people(["7,00"])]),
            3,
            "18.50",
        ),
        Case(
            "wrapped rows",
            text([commas, *people(["100.00"], ","), '"Ferme ""Élan"",Gaspé,2021-03-01,250.50"']),
            2,
            "350.50",
        ),
        Case("all wrapped", text(wrapped), 2, "350.50"),
        Case(
            "decimal commas",
            text([commas, *people(["100,00", "250,50", "7,25", "8,00", "9,00", "1 000,00"], ",")]),
            6,
            "1374.75",
        ),
        Case(
            "grouping commas",
            text([commas, *people(["1,100.00", "250.50", "2,307,663.25", "8.00", "9.00", "10.00"], ",")]),
            6,
            "2309040.75",
        ),
        Case("points group", text([HEAD, *people(["2.307.663,50", "1.200,00", "3,50"])]), 3, "2308867.00"),
        Case("commas group", text([HEAD, *people(["267,915$", "1,200$", "3,500$"])]), 3, "272615"),
        Case("apostrophes", text([HEAD, *people(["1’200.50", "12’000’000.00"])]), 2, "12001200.50"),
        Case(
            "narrow spaces",
            text([HEAD, *people(["1\u202f200,50\u202f$", "12\xa0000\xa0000,00\xa0$"])]),
            2,
            "12001200.50",
        ),
        Case("millions", text([HEAD, *people(["3 M$", "1,5 M$", "250 k$"])]), 3, "4750000"),
        Case(
            "words for nothing",
            text([HEAD, *people(["12,50", "n/a", "Néant", "7,50", "-", "Non disponible"])]),
            6,
            "20.00",
        ),
        Case(
            "pounds",
            text(["Recipient,Town,Award Date,Amount Awarded", 'A,B,2021-03-01,"£1,200.50"', "C,D,2021-03-02,£30"]),
            2,
            "1230.50",
        ),
        Case("two languages", text([HEAD, "Recipient;City;Decision date;Amount", *people(PLAIN)]), 4, PLAIN_SUM),
        Case("units below", text([HEAD, ";;(AAAA-MM-JJ);($)", *people(PLAIN)]), 4, PLAIN_SUM),
        Case(
            "blank column between", text([line.replace(";", ";;", 1) for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM
        ),
        Case(
            "sections in wide sheets",
            text(
                [
                    long,
                    "Culture;;;;;",
                    "1;A;B;C;2021-01-01;10,00",
                    "2;A;B;C;2021-01-01;5,00",
                    "Total Culture;;;;;15,00",
                    "Sport;;;;;",
                    "3;D;E;F;2021-01-01;1,50",
                ]
            ),
            3,
            "16.50",
            {"section": 2, "total": 1},
        ),
    ]


def odd_cases() -> list[Case]:
    """More of them, met one at a time."""
    numbered = [f"Ferme {n};Gaspé;2021-03-01;{n}5,00;rien" for n in range(1, 9)]
    regions = ["Montréal;A;2021-01-01;10,00", "Montréal;B;2021-01-02;5,00", "Total Montréal;;;15,00"]
    regions += ["Laval;C;2021-01-01;1,00", "Laval;D;2021-01-01;2,00", "Total Laval;;;3,00", "Total;;;18,00"]
    pages = [
        "Aides 2021;;;",
        HEAD,
        *people(PLAIN[:2]),
        "Page 1;;;",
        "Aides 2021;;;",
        HEAD,
        *people(PLAIN[2:]),
        "Page 2;;;",
    ]
    quoted = [",".join(f'"{cell}"' for cell in line.split(";")) for line in [HEAD, *people(PLAIN)]]
    return [
        Case("subtotals by name", text(["Région;Bénéficiaire;Date;Montant", *regions]), 4, "18.00", {"total": 3}),
        Case(
            "delimiters in the last text",
            text([HEAD + ";Remarque", *numbered, "Z;Gaspé;2021-03-02;7,00;un; deux"]),
            9,
            "407.00",
        ),
        Case(
            "a remark beside one row",
            text([HEAD, *people(PLAIN[:3]), *[f"{row};vu" for row in people(PLAIN[3:])]]),
            4,
            PLAIN_SUM,
        ),
        Case("utf-16 without a mark", "\r\n".join([HEAD, *people(PLAIN)]).encode("utf-16-le"), 4, PLAIN_SUM),
        Case("everything quoted", text(quoted), 4, PLAIN_SUM),
        Case("short months", text([HEAD, "A;B;12-mars-21;5,00", "C;D;3-avr-21;6,00"]), 2, "11.00"),
        Case("negative amounts", text([HEAD, *people(["(1 200,00)", "-50,00", "2 000,00"])]), 3, "750.00"),
        Case("a blank first column", text([";" + line for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM),
        Case(
            "signed and dated",
            text([HEAD, *people(PLAIN), "", "Préparé par le service;;;", "Le 4 mai 2021;;;"]),
            4,
            PLAIN_SUM,
            {"section": 1, "note": 1},
        ),
        Case("pages", text(pages), 4, PLAIN_SUM, {"note": 2, "section": 1, "header": 1}),
        Case("one row", text([HEAD, people(PLAIN)[0]]), 1, "12500.00"),
        Case("the total first", text([HEAD, "Total;;;1 016 250,75", *people(PLAIN)]), 4, PLAIN_SUM, {"total": 1}),
        Case(
            "two columns",
            text(["Organisme;Montant", "Total Culture;5,00", "B;6,00", "Total;11,00"]),
            2,
            "11.00",
            {"total": 1},
        ),
        Case("spaces around", text([line.replace(";", " ; ") for line in [HEAD, *people(PLAIN)]]), 4, PLAIN_SUM),
    ]


def book_cases() -> list[Case]:
    """XLSX."""
    groups = ["Le bénéficiaire", None, "La subvention", None]
    flat = [TITLES, *ROWS]
    cut = [
        ["Aide 2021"],
        TITLES,
        *ROWS[:2],
        ["Total", None, None, 350.5],
        ["Autres"],
        TITLES,
        *ROWS[2:],
        ["Total", None, None, 49.25],
    ]
    notes = [["Lisez-moi", None], ["Champ", "Description"], ["Montant", "Le montant versé"], ["Ville", "Où"]]
    template = [[None, None, None, None, "Aide aux festivals"] for _row in range(30)]
    prefilled = [[*TITLES, "Programme"], *([*row, "Aide aux festivals"] for row in ROWS), *template]
    euros = [
        [NAMES[n], PLACES[n], "2021-03-01", amount] for n, amount in enumerate(["50\xa0000 euros", "97\xa0000euros"])
    ]
    return [
        Case("book", book(("Feuil1", flat)), 4, ROWS_SUM),
        Case("groups above", book(("Feuil1", [groups, *flat]), more=_merge), 4, ROWS_SUM),
        Case(
            "title and blank rows",
            book(("Feuil1", [["Aides de 2021"], [], *flat, [], ["Source : ministère"]])),
            4,
            ROWS_SUM,
            {"section": 0, "note": 1},
        ),
        Case("notes first", book(("Lisez-moi", notes), ("Données", flat)), 4, ROWS_SUM),
        Case("empty first", book(("Feuil1", []), ("Feuil2", flat), ("Feuil3", [])), 4, ROWS_SUM),
        Case("hidden first", book(("Vieux", [TITLES, *ROWS[:1]]), ("Données", flat), more=_hide_first), 4, ROWS_SUM),
        Case(
            "the same twice",
            book(("Par section", cut), ("À plat", flat)),
            4,
            ROWS_SUM,
            {"section": 1, "header": 1, "total": 2},
        ),
        Case("a million rows declared", book(("Feuil1", flat), more=_declare), 4, ROWS_SUM),
        Case("filled in beforehand", book(("Feuil1", prefilled)), 4, ROWS_SUM, {"note": 30}),
        Case("euros in words", book(("Feuil1", [TITLES, *euros])), 2, "147000"),
        Case("columns that begin at C", book(("Feuil1", [[None, None, *row] for row in flat])), 4, ROWS_SUM),
        Case("real repeated rows", book(("Feuil1", [TITLES, *ROWS[:2], ROWS[1], ROWS[1]])), 4, "851.5"),
    ]
