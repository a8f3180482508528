"""Shifted rows against the truth: however badly a table was cut, no row is put back wrongly."""

import random

import pytest

from grants.imports.reading import SheetError

from .invented import read, text

WORDS = ["ferme", "atelier", "école", "théâtre", "projet", "été", "récolte", "vente", "étude", "réseau", "parc", "rue"]
TABLES = [
    ["Numéro", "Date", "Nom du bénéficiaire", "Objet", "Montant", "Nature", "Versement"],
    ["Bénéficiaire", "Ville", "Montant", "Date", "Description"],
    ["Date", "Organisme", "Montant demandé", "Montant accordé", "Projet"],
]


def cell(chance: random.Random, title: str, commas: float, spaced: bool) -> str:
    """What may stand under that title; texts have commas as often as `commas` says."""
    if chance.random() < 0.02:
        return ""
    if title == "Date":
        return f"2021-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if "Montant" in title:
        return f"{chance.randint(1, 3_000_000):,}".replace(",", " ") + f",{chance.randint(0, 99):02}"
    choices = {"Nature": ["aide", "prêt"], "Versement": ["unique", "annuel"], "Ville": ["Québec", "Gaspé", "Laval"]}
    if title in choices:
        return chance.choice(choices[title])
    if title == "Numéro":
        return str(chance.randint(10_000, 99_999))
    words = [chance.choice(WORDS) for _word in range(chance.randint(1, 6))]
    glued = [(", " if spaced else ",") if chance.random() < commas else " " for _word in words]
    return "".join(word + glue for word, glue in zip(words, glued, strict=True)).strip(" ,")


def table(seed: int) -> tuple[list[str], list[list[str]]]:
    """Titles and the true rows of a table."""
    chance = random.Random(seed)
    titles = chance.choice(TABLES)
    commas, spaced = chance.choice([0, 0.02, 0.1, 0.3]), chance.random() < 0.7
    size = chance.choice([8, 30, 120])
    return titles, [[cell(chance, title, commas, spaced) for title in titles] for _row in range(size)]


@pytest.mark.parametrize("seed", range(60))
def test_no_row_is_put_back_wrongly_and_none_is_lost(tmp_path, seed):
    titles, rows = table(seed)
    try:
        reading = read(tmp_path, "a.csv", text([",".join(row) for row in [titles, *rows]]))
    except SheetError:
        return
    assert reading.facts.titles == titles
    truth = {number: [cell or None for cell in row] for number, row in enumerate(rows, 2) if any(row)}
    assert {line.number for line in reading.lines} == set(truth)
    assert all(line.cells == truth[line.number] for line in reading.rows)


def test_texts_with_spaced_commas_are_put_back(tmp_path):
    chance = random.Random(7)
    titles = TABLES[0]
    rows = [[cell(chance, title, 0.1, True) or "x" for title in titles] for _row in range(200)]
    reading = read(tmp_path, "a.csv", text([",".join(row) for row in [titles, *rows]]))
    assert len(reading.rows) > 180
