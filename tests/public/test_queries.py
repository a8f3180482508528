"""How many queries each page takes: the same with one row and with thirty. The reason for each is beside it."""

import pytest
from django.test import Client

from .crowd import crowd

# A test is one transaction that has published: nothing is kept. Elsewhere these four are read once a version.
IN_MEMORY = ["columns of all grants", "programmes", "announcements", "regions"]
ROWS_OF_GRANTS = ["the rows, recipient and region joined", "projects of the rows"]
GRANTS_UNDER = [*IN_MEMORY, *ROWS_OF_GRANTS]
SOURCES = ["figures with sources", "citations with sources"]
REPORTS = ["all programmes", "figures", "sums by date", "recipients by date", "projects by date"]
VERDICTS = ["stated figures", "itemised grants", "links of these to projects"]

PAGES = {
    "/": [
        "programmes",
        *REPORTS,
        *IN_MEMORY,
        "regions in order",
        "recipients counted",
        "named projects counted",
        "unnamed projects counted",
        "latest announcements",
        *VERDICTS,
    ],
    "/aides/": [*IN_MEMORY, *ROWS_OF_GRANTS],
    "/aides/?sort=amount&region=08&page=1": [*IN_MEMORY, *ROWS_OF_GRANTS],
    "/aides/?q=groupe": [*IN_MEMORY, "keys of the grants found", *ROWS_OF_GRANTS],
    "/aides/?region=null&year=1950": [*IN_MEMORY],
    "/aides/?view=map": [*IN_MEMORY, "regions in order"],
    "/aides/facettes/region/": [*IN_MEMORY],
    "/aides/one/": ["the grant with all it leans on", "projects", *SOURCES, "history"],
    "/beneficiaires/": ["regions to choose from", *IN_MEMORY, "all organisations", "rows"],
    "/beneficiaires/one/": [
        "the organisation with host and region",
        "other names",
        *SOURCES,
        "children",
        "projects",
        "programmes administered",
        "grants given counted",
        *GRANTS_UNDER,
    ],
    "/annonces/": ["programmes to choose from", "years", "count", "rows with programme", *VERDICTS],
    "/annonces/one/": ["the announcement with programme", *SOURCES, *VERDICTS, *GRANTS_UNDER],
    "/programmes/": ["years", "count", "rows", *REPORTS],
    "/programmes/one/": [
        "the programme with administrator and parent",
        *SOURCES,
        *REPORTS,
        "aid that its announcements state",
        "announcements",
        *VERDICTS,
        "programmes under it",
        *GRANTS_UNDER,
    ],
    "/projets/": ["programmes to choose from", "count", "rows with organisation", "unnamed projects counted"],
    "/projets/one/": ["the project with organisation", *SOURCES, "keys of its grants", *GRANTS_UNDER],
    "/sources/": ["years", "count", "rows with figures counted"],
    "/sources/one/": ["the source", "its figures with subjects", "its citations with subjects"],
    "/concordance/": ["announcements", *VERDICTS, "programmes", *REPORTS, "completeness of the fields"],
    "/donnees/": ["last change of each of six nouns"] * 6,
    "/aides.csv": ["rows with all they lean on"],
    "/aides.json": ["count", "rows with all they lean on"],
    "/beneficiaires.csv": ["regions to choose from", "rows"],
    "/annonces.csv": ["programmes to choose from", "years", "rows"],
    "/programmes.csv": ["years", "rows"],
    "/projets.csv": ["programmes to choose from", "rows"],
    "/sources.csv": ["years", "rows"],
}


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows(many, django_assert_num_queries):
    crowd(many)
    for page, reasons in PAGES.items():
        # The first of all: the registry's version.
        with django_assert_num_queries(1 + len(reasons), info=page):
            response = Client().get(page)
            list(response)
        assert response.status_code == 200


@pytest.mark.django_db
def test_a_search_takes_two_queries_a_noun_at_most(django_assert_max_num_queries):
    crowd(30)
    # The version; six nouns: the nearest of each, and a count of each only where more than the ten shown are found.
    # Twice what is read once a version elsewhere: grants, then organisations with what they receive.
    with django_assert_max_num_queries(13 + 2 * len(IN_MEMORY) + 2):
        assert Client().get("/recherche/?q=groupe OR projet OR communiqué OR annonce OR programme").status_code == 200
