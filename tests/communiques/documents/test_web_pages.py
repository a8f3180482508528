"""Web pages to text: what they are there to show, in its order, without what surrounds it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.communiques.extracting.found import Unreadable
from grants.communiques.extracting.web_pages import read_page

HEAD = """<!doctype html><html lang="fr-CA"><head><meta charset="utf-8"><title>29 M$ | Site</title>
<meta property="og:title" content="29 M$ pour neuf organisations">
<meta property="article:published_time" content="2022-04-20T10:00:00-04:00">
<link rel="canonical" href="https://www.example.org/aide"><style>p{color:red}</style></head>"""


def page(body):
    return read_page(f"<html><body>{body}</body></html>".encode())


def text_of(body):
    return page(body).text


def test_a_page_says_its_title_address_language_and_day():
    found = read_page((HEAD + "<body><main><p>Texte</p></main>").encode())
    assert (found.title, found.url) == ("29 M$ pour neuf organisations", "https://www.example.org/aide")
    assert (found.language, found.published) == ("fr", "2022-04-20")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<time datetime="2022-04">avril 2022</time> Texte', "2022-04"),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-01-24"}]}</script>Texte',
            "2022-01-24",
        ),
        ('<script type="application/ld+json">{"datePublished": 5}</script>Texte', ""),
        ('<time datetime="2022-13-45">jamais</time> Texte', ""),
    ],
)
def test_the_day_may_stand_elsewhere_or_nowhere(body, day):
    assert page(body).published == day


def test_an_address_that_is_no_address_of_the_web_is_not_taken():
    found = read_page(b'<html><head><link rel="canonical" href="javascript:alert(1)"></head><body>Texte')
    assert found.url == ""


def test_menus_scripts_forms_and_what_is_hidden_are_left_out():
    text = text_of(
        "<header>Entête</header><nav>Menu</nav><script>alert('5 M$')</script><noscript>Activez</noscript>"
        "<div class='cookie-banner'>Témoins</div><form><label>Nom</label><input></form><div hidden>Caché</div>"
        "<div style='display: none'>Caché</div><template>Gabarit</template><p>Une aide de 5 M$.</p>"
        "<p>Elle va à un organisme de la région.</p><footer>Pied</footer>"
    )
    assert text == "Une aide de 5 M$.\n\nElle va à un organisme de la région."


def test_the_main_part_is_read_alone():
    around = "<div><p>Autres nouvelles : 12 M$ à un aréna.</p></div>"
    assert text_of(f"{around}<main><h1>Titre</h1><p>{'Texte. ' * 40}</p></main>{around}").startswith("Titre\n\nTexte.")
    assert "aréna" not in text_of(f"{around}<main><h1>Titre</h1><p>{'Texte. ' * 40}</p></main>{around}")


def test_a_small_article_among_others_does_not_hide_the_page():
    assert "Un." in text_of("<article>Un.</article><article>Deux.</article><article>Trois.</article>")


def test_a_form_around_the_whole_page_is_no_form():
    assert text_of("<form><p>Tout le texte de la page.</p><input></form>") == "Tout le texte de la page."


def test_items_have_bullets_and_do_not_stand_apart():
    assert text_of("<p>Liste :</p><ul><li>Un<li><p>Deux</p></ul><p>Fin") == "Liste :\n\n• Un\n• Deux\n\nFin"


def test_a_bullet_that_is_written_is_not_doubled():
    assert text_of("<ul><li>• Un<li>– Deux</ul>") == "• Un\n– Deux"


def test_items_in_items_have_their_own_lines():
    assert text_of("<ul><li>Un<ul><li>Deux</li></ul></li><li>Trois</li></ul>") == "• Un\n• Deux\n• Trois"


def test_rows_are_lines_of_cells():
    table = "<table><tr><th>Nom<th>Coût<th>Aide<tr><td><p>ÉTS</p><td><td>600&nbsp;000&nbsp;$</table>"
    assert text_of(table) == "Nom | Coût | Aide\nÉTS |  | 600\u00a0000\u00a0$"


def test_a_table_that_only_places_things_is_read_cell_after_cell():
    inner = "<table><tr><td>A<td>1 $</table>"
    assert text_of(f"<table><tr><td><p>Colonne</p></td><td>{inner}</td></table>") == "Colonne\n\nA | 1 $"


def test_breaks_break_lines_and_blanks_run_together():
    assert text_of("<p>Un   <b>mot</b>\n\n  et<br>\n un autre</p>\n\n<p></p><p> </p>") == "Un mot et\nun autre"


def test_entities_become_characters():
    assert text_of("<p>&Eacute;TS&nbsp;: 5&#8239;000&#160;$ &amp; plus") == "ÉTS\u00a0: 5\u202f000\u00a0$ & plus"


def test_the_mark_of_a_note_does_not_join_the_amount():
    assert text_of("<p>600 000 $<sup>1</sup>") == "600 000 $¹"
    assert text_of("<p>600 000 $<sup><a href='#n'>1</a></sup>, 2 M$") == "600 000 $¹, 2 M$"


def test_lines_set_by_hand_are_kept():
    assert text_of("<pre>La Piscine   875 000 $\nAQIP\n\nFin</pre>") == "La Piscine 875 000 $\nAQIP\n\nFin"


def test_what_is_struck_out_is_left_out_and_what_replaces_it_kept():
    assert text_of("<p>Une aide de <del>5 M$</del> <ins>6 M$</ins>") == "Une aide de 6 M$"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "mac_roman"])
def test_the_encoding_is_told_by_the_bytes(encoding):
    assert read_page("<html><body><p>Société d'été à Québec".encode(encoding)).text == "Société d'été à Québec"


def test_the_encoding_that_the_page_says_is_followed_where_the_bytes_agree():
    told = '<html><head><meta charset="{}"></head><body><p>Québec – été'
    assert read_page(told.format("iso-8859-1").encode("cp1252")).text == "Québec – été"
    assert read_page(told.format("macintosh").encode("mac_roman")).text == "Québec – été"
    assert read_page(told.format("iso-8859-1").encode()).text == "Québec – été"
    assert read_page(told.format("rot13").encode("cp1252")).text == "Québec – été"


def test_a_page_that_shows_nothing_is_refused():
    with pytest.raises(Unreadable, match="no_text"):
        text_of("<script>document.write('x')</script>")


def test_nesting_without_end_is_answered():
    with pytest.raises(Unreadable):
        read_page(b"<div>" * 100_000 + b"fin")


@given(st.text(alphabet="<>/ab pdivtrul=\"'&;!-\n é5$", max_size=200))
def test_anything_in_brackets_is_read_or_refused(source):
    with suppress(Unreadable):
        assert page(source).text.strip()


@pytest.mark.parametrize("start", ["<title>Page</title>", "<!doctype html><html><head><title>Page</title>"])
@pytest.mark.parametrize("part", ["main", "article", "section", "figure"])
def test_a_page_that_does_not_say_where_its_head_ends_is_read_in_its_order(start, part):
    source = f"{start}<{part}>Une aide<p>de 5 M$</p>aux mines.<section>La fin.</section></{part}>"
    found = read_page(source.encode())
    assert (" ".join(found.text.split()), found.title) == ("Une aide de 5 M$ aux mines. La fin.", "Page")
