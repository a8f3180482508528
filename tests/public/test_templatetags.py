"""What templates may call: words, addresses, charts."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from grants.bilingual import Text
from grants.values.partial_dates import PartialDate

NBSP = "\u00a0"


def render(source, *, path="/", language="fr", **context):
    """A template's output for a request of `path` in `language`."""
    with translation.override(language):
        context = {"request": RequestFactory().get(path), **context}
        return Template("{% load registry charts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "french", "english"),
    [
        ("{{ amount|money }}", f"2{NBSP}307{NBSP}663{NBSP}$", "$2,307,663"),
        ("{{ none|money }}", "non précisé", "not provided"),
        ("{{ count|number }}", f"48{NBSP}500", "48,500"),
        ("{{ 25|percent }}", f"25{NBSP}%", "25%"),
        ("{{ month|partial_date }}", "mars 2021", "March 2021"),
        ("{{ none|partial_date }}", "non précisé", "not provided"),
        ('{% claim count "count" "more_than" %}', f"plus de 48{NBSP}500", "more than 48,500"),
        ('{% claim 25 "percent" "exact" %}', f"25{NBSP}%", "25%"),
        ('{% claim none "CAD" "about" %}', "non précisé", "not provided"),
    ],
)
def test_values_are_worded_in_the_language_of_the_page(source, french, english):
    values = {"amount": Decimal(2_307_663), "count": 48_500, "month": PartialDate(2021, 3), "none": None}
    assert french is None or render(source, **values) == french
    assert render(source, language="en", **values) == english


def test_a_day_and_a_moment_are_worded_alike():
    moment = datetime.datetime(2022, 4, 20, 13, 5, tzinfo=datetime.UTC)
    words = [render("{{ day|partial_date }}", day=day, language="en") for day in (moment, moment.date(), "2022-04-20")]
    assert set(words) == {"April 20, 2022"}


def test_a_month_stays_a_month_for_machines():
    assert render("{{ month|machine_date }}", month=PartialDate(2021, 3)) == "2021-03"


def test_a_french_text_on_an_english_page_says_so():
    record = SimpleNamespace(name_fr="La Piscine", name_en="")
    assert render('{% bi record "name" %}', language="en", record=record) == '<span lang="fr">La Piscine</span>'


def test_a_text_in_the_language_of_the_page_is_bare():
    record = SimpleNamespace(name_fr="La Piscine", name_en="The Pool")
    assert render('{% bi record "name" %}', language="en", record=record) == "The Pool"


def test_a_text_is_never_markup():
    assert render("{{ text|mark_language }}", text=Text("<b>", "fr", True)) == '<span lang="fr">&lt;b&gt;</span>'


def test_an_empty_fact_is_not_provided():
    facts = [{"label": "Objet", "value": Text("", "fr", False)}]
    assert "non précisé" in render('{% include "grants/parts/facts.html" %}', facts=facts)


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ('{% query_with sort="name" %}', "?region=06&amp;region=03&amp;sort=name"),
        ("{% query_with page=3 %}", "?region=06&amp;region=03&amp;sort=-amount&amp;page=3"),
        ("{% query_with sort=None %}", "?region=06&amp;region=03"),
    ],
)
def test_a_selection_is_kept_but_for_the_change(tag, query):
    shown = render(tag, path="/aides/?region=06&region=03&sort=-amount&page=2")
    assert sorted(shown[1:].split("&amp;")) == sorted(query[1:].split("&amp;"))


def test_a_query_cannot_break_out_of_its_attribute():
    assert '"' not in render('{% query_with sort="x" %}', path='/?q="><script>')


def test_a_download_keeps_the_filters_and_not_the_page():
    shown = render('{% download_url "csv" %}', path="/aides/?region=06&page=2")
    assert shown == "/aides.csv?region=06"


@pytest.mark.parametrize(
    ("sort", "state", "href"),
    [("", "", "?sort=amount"), ("amount", "ascending", "?sort=-amount"), ("-amount", "descending", "?sort=amount")],
)
def test_a_sorted_column_turns_round(sort, state, href):
    shown = render('{% sort_link "amount" as link %}{{ link.state }} {{ link.href }}', path=f"/?sort={sort}")
    assert shown == f"{state} {href}"


def test_pages_are_elided_and_the_current_one_is_said():
    page = Paginator(range(400), 20).get_page(7)
    shown = render('{% include "grants/parts/pagination.html" %}', path="/aides/?region=06", page=page)
    assert shown.count("…") == 2
    assert 'aria-current="page"' in shown
    assert "?region=06&amp;page=8" in shown


def test_a_single_page_has_no_pagination():
    page = Paginator(range(3), 20).get_page(1)
    assert render('{% include "grants/parts/pagination.html" %}', page=page).strip() == ""


@pytest.mark.parametrize(
    ("path", "language", "there"),
    [
        ("/", "fr", "/en/"),
        ("/en/", "en", "/"),
        ("/nowhere/at/all/", "fr", "/en/"),
        ("/en/nowhere/", "en", "/"),
        ("//evil.example/", "fr", "/en/"),
    ],
)
def test_the_other_language_is_never_further_than_the_home_page(path, language, there):
    assert render("{% other_language_url %}", path=path, language=language) == there


@pytest.mark.parametrize(
    ("code", "french"),
    [("exact", "exact"), ("consistent", "concordant"), ("partial", "partiel"), ("conflict", "discordant")]
    + [(code, "rien à comparer") for code in ("nothing", "nothing_to_compare", "", None)],
)
def test_a_verdict_has_words_a_colour_and_an_icon(code, french):
    shown = render('{% include "grants/parts/verdict.html" %}', code=code)
    assert f"{french}</span>" in shown
    assert "badge-" in shown
    assert "<svg" in shown


def test_structured_data_cannot_close_its_block():
    shown = render("{% json_ld data %}", data={"name": "</script><script>alert(1)</script>"})
    assert shown.count("</script>") == 1


def test_the_envelope_chart_shows_what_is_left_and_the_table_behind():
    shown = render(
        "{% envelope_chart envelope itemised claimed %}",
        envelope=Decimal(130_000_000), itemised=Decimal(29_249_885), claimed=Decimal(81_000_000),
    )  # fmt: skip
    assert f"19{NBSP}750{NBSP}115{NBSP}$" in shown
    assert "Voir les données" in shown
    assert shown.count("<tr>") == 5


def test_an_envelope_that_is_exceeded_says_by_how_much():
    shown = render("{% envelope_chart 100 90 30 %}", language="en")
    assert "Beyond the envelope" in shown
    assert "$20" in shown
    assert "mark-over" in shown


def test_a_region_without_a_known_amount_is_not_nothing_in_the_table():
    shown = render("{% regions_chart totals %}", totals=[("06", "Montréal", Decimal(5)), ("ZZ", "Ailleurs", None)])
    assert "non précisé" in shown
