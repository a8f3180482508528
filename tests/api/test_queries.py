"""How many queries each address takes: the same with one row and with thirty. The reason for each is beside it."""

import pytest
from django.db import connection
from django.test import Client

from grants.models import Figure
from tests.public.crowd import crowd

VERSION = ["version of the registry"]
ROWS = ["the rows, with all they lean on"]
KEYS = ["keys of the page"]
LINES = ["figures with sources", "citations with sources"]
VERDICTS = ["the announcement", "stated figures", "itemised grants", "links of these to projects"]
REPORT = ["the programme", "all programmes", "figures", "sums by date", "recipients by date", "projects by date"]

ADDRESSES = {
    "": [],
    "grants/": ROWS,
    "grants/?sort=amount&region=08&size=1": ROWS,
    "grants/summary/": [],
    "grants/facets/": [],
    "grants/facets/status/": [],
    "grants/by/year/": [],
    "grants/by/recipient/": ["organisations"],
    "grants/one/": [*ROWS, *LINES, "history"],
    "organisations/": ["regions to choose from", *KEYS, *ROWS],
    "organisations/one/": [*ROWS, *LINES],
    "announcements/": ["programmes to choose from", "years to choose from", *KEYS, *ROWS],
    "announcements/one/": [*ROWS, *LINES, *VERDICTS],
    "programmes/": ["years to choose from", *KEYS, *ROWS],
    "programmes/one/": [*ROWS, *LINES, *REPORT],
    "projects/": ["programmes to choose from", *KEYS, *ROWS],
    "projects/one/": [*ROWS, *LINES],
    "sources/": ["years to choose from", *KEYS, *ROWS],
    "sources/one/": ROWS,
    "figures/": [*KEYS, *ROWS],
    "figures/{figure}/": ROWS,
    "regions/": ROWS,
    "regions/08/": ROWS,
}


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows(many, django_assert_num_queries):
    crowd(many)
    named = {"figure": Figure.objects.published()[0].public_id}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the version is settled, as after a commit
    Client().get("/api/v1/grants/summary/")  # what counts in memory is read once a version
    for address, reasons in ADDRESSES.items():
        with django_assert_num_queries(len([*VERSION, *reasons]), info=address):
            response = Client().get("/api/v1/" + address.format(**named))
        assert response.status_code == 200
