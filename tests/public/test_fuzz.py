"""Questions that no form sends: never a server error, never a second of work, never markup given back."""

import random
import time
from urllib.parse import quote

import pytest
from django.test import Client

from .crowd import crowd

pytestmark = pytest.mark.django_db

SEED = 20261122  # another one is worth a try from time to time
QUESTIONS = 700
SECONDS = 1.0

LISTS = ["/aides", "/beneficiaires", "/annonces", "/programmes", "/projets", "/sources"]
LISTS += ["/en/grants", "/en/recipients", "/en/announcements", "/en/programmes", "/en/projects", "/en/sources"]
OTHERS = ["/", "/en/", "/concordance/", "/en/reconciliation/", "/donnees/", "/en/data/", "/recherche/", "/en/search/"]
OTHERS += ["/aides/one/", "/en/grants/one/", "/beneficiaires/one/", "/en/programmes/one/", "/sources/one/"]
# Grants are asked in more ways than others.
FACETS = ["region", "year", "fiscal", "programme", "announcement", "kind", "instrument", "status", "band", "recipient"]
SELECTIONS = ["/aides/", "/en/grants/", "/aides.ods", "/aides.jsonl", "/aides.zip", "/en/grants.csv", "/aides.atom"]
SELECTIONS += ["/aides.360giving.json", "/aides.canada.csv", "/en/grants.scdl.csv", "/aides/integrer/"]
SELECTIONS += [f"/aides/facettes/{name}/" for name in FACETS] + [f"/en/grants/by/{name}.csv" for name in FACETS]
PAGES = [f"{one}{ending}" for one in LISTS for ending in ("/", ".csv", ".xlsx", ".json")] + OTHERS + SELECTIONS * 2

NAMES = "q page sort programme announcement year date_from date_to region kind instrument status amount amount_min"
NAMES += " amount_max recipient project source role nonprofit list organisation language utm_source format next q[]"
NAMES += (
    " fiscal band region_not year_not fiscal_not programme_not kind_not status_not band_not view measure period find"
)
NAMES += " order show by size after"
PLAIN = ["", "9" * 10_000, "-" + "9" * 10_000, "NaN", "sNaN", "Infinity", "1e999999", "1e-999999", "0x10", "-0", "1_0"]
PLAIN += [
    "30 février 2022",
    "30 February 2022",
    "2022-02-30",
    "0000",
    "0000-01-01",
    "10000",
    "10000-01-01",
    "9999-12-31",
]
PLAIN += ["null", "true", "[]", "{}", "-", "--", "---amount", "pk", "-rank", "password", "recipient__name_fr", "${7*7}"]
PLAIN += ["*", ".*", "(a+)+$", "((((", "))))", "[", "\\", "%", "%s%n", "{{7*7}}", '"', '""', '"a', 'a"&&b', "a | !b:*"]
PLAIN += ["OR", "OR OR", "a OR", "-a -b", "!!!", "<->", "'", "';DROP TABLE x--", "/../..", "٣", "²", "½", "１", "Ⅷ"]
PLAIN += [" ".join(f"mot{number}" for number in range(200)), "a " * 200, "é" * 201, "💩" * 100, "\u202e", "\u2028"]
PLAIN += [
    "06",
    "HQ",
    "2021-2022",
    "2021-2023",
    "10k-50k",
    "gte10m",
    "foreign",
    "charts",
    "map",
    "count",
    "table",
    "total",
]
PLAIN += ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "one", "otn", "2022", "yes", "1 000 $", "12 €"]
RAW = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF",
    "%FF%FE",
    "%C3%28",
    "%0D%0ASet-Cookie:x=1",
    "%E2%81%A0",
    "%",
    "%zz",
    "%u0041",
]
VALUES = [quote(value) for value in PLAIN] + RAW
MARKUP = (b"<script>alert(1)", b"<img src=x")


def question(chance: random.Random) -> str:
    """One to five parameters, some of them twice, cut by what browsers use and by what they do not."""
    parts = [f"{chance.choice(NAMES.split())}={chance.choice(VALUES)}" for _one in range(chance.randint(1, 5))]
    return chance.choice(["&", "&", "&&", ";"]).join(parts * chance.choice([1, 1, 1, 2]))


def noise(chance: random.Random, letters: str) -> str:
    """Any bytes at all."""
    length = chance.randint(1, 40)
    return "".join(
        f"%{chance.randrange(256):02X}" if chance.random() < 0.6 else chance.choice(letters) for _ in range(length)
    )


def addresses() -> list[str]:
    chance = random.Random(SEED)
    asked = [f"{chance.choice(PAGES)}?{question(chance)}" for _one in range(QUESTIONS)]
    asked += [f"{chance.choice(PAGES)}?{noise(chance, '&=+;?#[]')}" for _one in range(100)]
    return asked + [f"{chance.choice(LISTS)}/{noise(chance, 'ab/.-_~')}/" for _one in range(100)]


def wrong_with(client: Client, address: str) -> str:
    """What is wrong with the answer to `address`, "" where all is well."""
    started = time.perf_counter()
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.status_code >= 500:
        return f"error {response.status_code}"
    if response.headers["Content-Type"].startswith("text/html") and any(markup in body for markup in MARKUP):
        return "markup"
    # A machine may be busy: what is slow once is asked again.
    return "slow" if time.perf_counter() - started > SECONDS and _seconds(client, address) > SECONDS else ""


def _seconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    list(client.get(address))
    return time.perf_counter() - started


def test_no_question_breaks_a_page():
    crowd(2)
    client = Client(raise_request_exception=False)
    print(f"seed {SEED}")
    asked = addresses()
    assert [(what, address[:300]) for address in asked if (what := wrong_with(client, address))] == []
