"""The parts of a language become one catalogue, or a complaint that names the place."""

import gettext

import pytest

from grants.management.catalogues import CatalogueError, compile_all

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


@pytest.fixture
def folder(tmp_path):
    parts = tmp_path / "fr" / "LC_MESSAGES" / "parts"
    parts.mkdir(parents=True)
    return parts


def write(folder, name, *entries):
    (folder / name).write_text(HEADER + "\n\n".join(entries) + "\n", encoding="utf-8")


def compiled(tmp_path):
    compile_all(tmp_path)
    with (tmp_path / "fr" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_parts_are_merged(tmp_path, folder):
    write(folder, "a.po", 'msgid "Grant"\nmsgstr "Aide"')
    write(folder, "b.po", 'msgid "Project"\nmsgstr "Projet"')
    french = compiled(tmp_path)
    assert (french.gettext("Grant"), french.gettext("Project")) == ("Aide", "Projet")


def test_french_counts_zero_as_singular(tmp_path, folder):
    write(
        folder,
        "a.po",
        'msgid "%(n)s grant"\nmsgid_plural "%(n)s grants"\nmsgstr[0] "%(n)s aide"\nmsgstr[1] "%(n)s aides"',
    )
    french = compiled(tmp_path)
    assert [french.ngettext("%(n)s grant", "%(n)s grants", n) for n in (0, 1, 2)] == [
        "%(n)s aide",
        "%(n)s aide",
        "%(n)s aides",
    ]


def test_nothing_is_written_twice(tmp_path, folder):
    write(folder, "a.po", 'msgid "Grant"\nmsgstr "Aide"')
    assert [len(compile_all(tmp_path)), len(compile_all(tmp_path))] == [1, 0]


def test_parts_that_disagree_are_refused(tmp_path, folder):
    write(folder, "a.po", 'msgid "Grant"\nmsgstr "Aide"')
    write(folder, "b.po", 'msgid "Grant"\nmsgstr "Subvention"')
    with pytest.raises(CatalogueError, match=r"b\.po: “Grant” is translated otherwise in .*a\.po"):
        compile_all(tmp_path)


def test_parts_that_agree_are_merged(tmp_path, folder):
    write(folder, "a.po", 'msgid "Grant"\nmsgstr "Aide"')
    write(folder, "b.po", 'msgid "Grant"\nmsgstr "Aide"')
    assert compiled(tmp_path).gettext("Grant") == "Aide"


@pytest.mark.parametrize("text", ["Page", "Page %(nombre)s", "Page %(number)s %(total)s"])
def test_a_placeholder_lost_changed_or_added_is_refused(tmp_path, folder, text):
    write(folder, "a.po", f'msgid "Page %(number)s"\nmsgstr "{text}"')
    with pytest.raises(CatalogueError, match=r"a\.po: “Page %\(number\)s”: placeholders differ"):
        compile_all(tmp_path)


def test_all_faults_are_told_at_once(tmp_path, folder):
    write(folder, "a.po", 'msgid "%(a)s"\nmsgstr "x"', 'msgid "%(b)s"\nmsgstr "y"')
    with pytest.raises(CatalogueError) as caught:
        compile_all(tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_broken_part_is_named(tmp_path, folder):
    (folder / "a.po").write_text("this is no catalogue")
    with pytest.raises(CatalogueError, match=r"a\.po"):
        compile_all(tmp_path)
