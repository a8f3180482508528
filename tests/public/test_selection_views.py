"""A selection as charts and as a map: what is drawn, in which order, and where it leads."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from grants.public.selection_charts import LATEST, TOP
from grants.public.selection_views import chart_context, map_context
from grants.search.grant_selection import GrantSelection
from tests.factories import GrantFactory, OrganisationFactory, ProgrammeFactory, RegionFactory

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def granted(amount, date="2022-04-20", **more):
    return GrantFactory(published=True, amount=amount, date=date, **more)


def charts(question=""):
    found = chart_context(GrantSelection(QueryDict(question)))
    return {chart.name: chart for chart in found["charts"]}


def rows(chart):
    """The bars of a chart: words, amount, address."""
    tree = ElementTree.fromstring(chart.svg)
    return [_row(line) for line in tree.iter("li")]


def _row(line):
    label, value = ["".join(span.itertext()) for span in line.iter("span")]
    link = line.find("a")
    return label, value.replace(NBSP, " "), None if link is None else link.get("href")


def columns(chart):
    """The columns of a chart that are links: words and address."""
    return [(link.get("aria-label").replace(NBSP, " "), link.get("href")) for link in links(chart)]


def links(chart):
    return list(ElementTree.fromstring(chart.svg).iter("a"))


def cells(table):
    return [[str(cell).replace(NBSP, " ") for _, cell in row] for row in table.body]


@pytest.fixture
def laval_and_estrie():
    laval, estrie = RegionFactory(code="13", name_fr="Laval"), RegionFactory(code="05", name_fr="Estrie")
    granted(100, benefit_region=laval)
    granted(40, benefit_region=estrie)
    granted(60, benefit_region=estrie)
    granted(30, benefit_region=estrie)
    granted(5)


# ── Charts ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_greatest_come_first_and_what_is_not_provided_last(laval_and_estrie):
    granted(500)
    assert [row[:2] for row in rows(charts()["region"])] == [
        ("Estrie", "130 $"),
        ("Laval", "100 $"),
        ("Non précisé", "505 $"),
    ]


def test_counts_have_an_order_of_their_own():
    granted(1, recipient=OrganisationFactory(published=True, kind="company"))
    granted(1, recipient=OrganisationFactory(published=True, kind="company"))
    granted(9, recipient=OrganisationFactory(published=True, kind="college"))
    assert [row[:2] for row in rows(charts("measure=count")["kind"])] == [("Entreprise", "2"), ("Collège", "1")]


def test_a_bar_leads_to_the_charts_of_its_part(laval_and_estrie):
    laval = rows(charts("year=2022&measure=count")["region"])[1]
    assert laval[2] == "?year=2022&region=13&view=charts&measure=count"


def test_what_is_not_provided_can_be_asked_for(laval_and_estrie):
    assert rows(charts()["region"])[-1][2] == "?region=null&view=charts"


def test_a_bar_that_is_the_whole_selection_leads_nowhere(laval_and_estrie):
    assert rows(charts("region=13")["region"]) == [("Laval", "100 $", None)]


def test_one_of_several_chosen_values_leads_to_itself_alone(laval_and_estrie):
    found = rows(charts("region=05&region=13")["region"])
    assert [row[2] for row in found] == ["?region=05&view=charts", "?region=13&view=charts"]


def test_a_year_leads_to_its_charts_and_one_without_grants_is_an_empty_place():
    granted(10, "2020")
    granted(20, "2022-04")
    chart = charts()["year"]
    assert columns(chart) == [("2020, 10 $", "?year=2020&view=charts"), ("2022, 20 $", "?year=2022&view=charts")]
    assert [row[0] for row in cells(chart.table)] == ["2020", "2021", "2022"]
    assert cells(chart.table)[1] == ["2021", "–", "–"]


def test_fiscal_years_begin_in_april_and_keep_being_asked_for():
    granted(10, "2022-03-31")
    granted(20, "2022-04-01")
    assert columns(charts("period=fiscal")["year"]) == [
        ("2021-2022, 10 $", "?fiscal=2021-2022&view=charts&period=fiscal"),
        ("2022-2023, 20 $", "?fiscal=2022-2023&view=charts&period=fiscal"),
    ]


def test_grants_without_a_date_are_told_below_the_years():
    granted(10, "2020")
    granted(7, None)
    (note,) = charts()["year"].notes
    assert note.words.replace(NBSP, " ") == "Date non précisée : 1 aide financière, 7 $."
    assert note.href == "?year=null&view=charts"


def test_grants_without_a_date_alone_are_told_without_a_link():
    granted(7, None)
    shown = Client().get("/aides/?view=charts&year=null").content.decode().replace(NBSP, " ")
    assert '<p class="small">Date non précisée : 1 aide financière, 7 $.</p>' in shown
    assert 'class="plot"' not in shown


def test_grants_without_amounts_only_are_not_provided_rather_than_nothing():
    granted(None, recipient=OrganisationFactory(published=True, kind="company"))
    chart = charts()["kind"]
    assert rows(chart)[0][:2] == ("Entreprise", "non précisé")
    assert cells(chart.table)[0][:2] == ["Entreprise", "non précisé"]
    assert "1 sans montant" in cells(chart.table)[0][2]


def test_beyond_fifteen_programmes_the_others_are_one_bar_that_leads_to_all():
    for amount in range(1, TOP + 4):
        granted(amount, programme=ProgrammeFactory(published=True, name_fr=f"Programme {amount}"))
    found = rows(charts()["programme"])
    assert len(found) == TOP + 1
    assert found[0][0] == f"Programme {TOP + 3}"
    assert found[-1] == ("3 autres", "6 $", "/aides/facettes/programme/")


def test_a_sixteenth_programme_is_shown_rather_than_called_another():
    for amount in range(1, TOP + 2):
        granted(amount, programme=ProgrammeFactory(published=True))
    assert not any("autre" in row[0] for row in rows(charts()["programme"]))


def test_bands_stay_in_their_order():
    granted(20_000_000)
    granted(5)
    labels = [row[0] for row in rows(charts()["band"])]
    assert len(labels) == 2
    assert labels[1].startswith("10")


def test_recipients_lead_to_their_part_and_the_others_are_summed():
    for amount in range(1, TOP + 3):
        body = OrganisationFactory(published=True, public_id=f"body-{amount}", name_fr=f"Groupe {amount}")
        granted(amount, recipient=body)
    found = rows(charts()["recipient"])
    assert found[0] == (f"Groupe {TOP + 2}", f"{TOP + 2} $", f"?recipient=body-{TOP + 2}&view=charts")
    assert found[-1] == ("2 autres", "3 $", None)


def test_natural_persons_are_one_bar_without_a_name_or_a_link():
    for name in ("Prénom Nom", "Autre Personne"):
        person = OrganisationFactory(published=True, name_fr=name, is_natural_person=True)
        GrantFactory(published=True, recipient=person, amount=50)
    granted(10, recipient__name_fr="Groupe Un")
    chart = charts()["recipient"]
    assert rows(chart)[0] == ("Particuliers", "100 $", None)
    assert "Prénom" not in chart.svg + str(cells(chart.table))


def test_a_negative_total_is_drawn_below_nothing():
    granted(-30, "2021", negative_reason="remboursement")
    granted(10, "2022")
    below = [
        shape
        for shape in ElementTree.fromstring(charts()["year"].svg).iter("rect")
        if shape.get("class") == "bar below"
    ]
    assert len(below) == 1


def test_years_beyond_those_drawn_are_in_the_table():
    granted(1, "1890")
    granted(2, "2022")
    assert [row[0] for row in cells(charts()["year"].table)] == ["1890", "2022"]
    assert int("2022") - int("1890") > LATEST


def test_the_table_behind_a_chart_can_be_had_as_a_file(laval_and_estrie):
    assert charts("region=13")["kind"].csv == "/aides/par/kind.csv?region=13"


@pytest.mark.parametrize("question", ["q=introuvable", "region=99"])
def test_nothing_is_drawn_of_nothing_or_of_a_question_without_sense(laval_and_estrie, question):
    assert charts(question) == {}
    assert map_context(GrantSelection(QueryDict(question)))["region_map"] is None


def test_the_switches_keep_the_selection_and_say_which_is_in_force(laval_and_estrie):
    found = chart_context(GrantSelection(QueryDict("region=13&measure=count&period=fiscal")))
    assert [(one.href, one.current) for one in found["measures"]] == [
        ("?region=13&view=charts&period=fiscal", False),
        ("?region=13&view=charts&measure=count&period=fiscal", True),
    ]
    assert [one.current for one in found["periods"]] == [False, True]


@pytest.mark.parametrize("question", ["measure=x", "period=x", "measure=", "measure=count&measure=amount"])
def test_a_measure_without_sense_is_the_usual_one(laval_and_estrie, question):
    assert chart_context(GrantSelection(QueryDict(question)))["measures"][0].current


def test_the_same_selection_gives_the_same_bytes(laval_and_estrie):
    once, again = charts(), charts()
    assert [chart.svg for chart in once.values()] == [chart.svg for chart in again.values()]


def test_charts_speak_english_on_the_english_side(laval_and_estrie):
    with translation.override("en"):
        chart = charts()["region"]
        assert (chart.caption, rows(chart)[-1][0]) == ("Amounts by administrative region", "Not provided")


# ── Map ──────────────────────────────────────────────────────────────────────────────────────────────────────


def region_map(question=""):
    return map_context(GrantSelection(QueryDict(question)))["region_map"]


def test_the_table_of_regions_has_those_without_grants_too_and_leads_to_the_list(laval_and_estrie):
    RegionFactory(code="06", name_fr="Montréal")
    assert cells(region_map().table) == [
        ['<a href="?region=05">05 · Estrie</a>', "130 $", "3"],
        ["06 · Montréal", "–", "–"],
        ['<a href="?region=13">13 · Laval</a>', "100 $", "1"],
        ['<a href="?region=null">Région non précisée</a>', "5 $", "1"],
    ]


def test_a_tile_leads_to_the_list_of_its_region(laval_and_estrie):
    """Tiles are read as they stand on the map, the whole of Québec and what is not provided below."""
    assert columns(region_map("year=2022").chart) == [
        ("Laval, 100 $", "?year=2022&region=13"),
        ("Estrie, 130 $", "?year=2022&region=05"),
        ("Région non précisée, 5 $", "?year=2022&region=null"),
    ]


def test_the_map_counts_where_it_is_asked_to(laval_and_estrie):
    chart = region_map("measure=count").chart
    assert [words for words, _href in columns(chart)] == ["Laval, 1", "Estrie, 3", "Région non précisée, 1"]
    legend = [mark.label for mark in chart.legend]
    assert legend == ["Aucune aide", "moins de 2", "de 2 à moins de 3", "3 aides ou plus"]


def test_amounts_that_nobody_knows_are_no_empty_region():
    granted(None, benefit_region=RegionFactory(code="13", name_fr="Laval"))
    tree = ElementTree.fromstring(region_map().chart.svg)
    assert [text.text for text in tree.iter("text") if text.get("class") == "value"] == ["?"]


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/aides/?view=charts", "/aides/?view=map", "/en/grants/?view=map"])
def test_the_views_are_pages_of_the_list(laval_and_estrie, address):
    shown = Client().get(address).content.decode()
    assert "<figure" in shown
    assert "style=" not in shown


def test_the_home_page_s_map_leads_to_the_grants_of_a_region(laval_and_estrie):
    shown = Client().get("/").content.decode()
    assert 'href="/aides/?region=13"' in shown
    assert 'href="/aides/?region=null"' in shown


def test_a_recipient_s_years_lead_to_its_grants_of_that_year():
    body = OrganisationFactory(published=True, public_id="ets")
    granted(1, "2021", recipient=body)
    granted(Decimal("2.50"), "2022", recipient=body)
    assert 'href="/aides/?recipient=ets&amp;year=2022"' in Client().get("/beneficiaires/ets/").content.decode()
