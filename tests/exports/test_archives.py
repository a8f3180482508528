"""Archives that stream are archives like any other."""

import io
import zipfile

import pytest

from grants.exports import archives


def made(**texts: list[str]) -> zipfile.ZipFile:
    archive = archives.Archive()
    content = archive.small("mimetype", "a/b", packed=False)
    for name, pieces in texts.items():
        content += b"".join(archive.streamed(name, pieces))
    content += archive.small("last", "é" * 500) + archive.end()
    return zipfile.ZipFile(io.BytesIO(content))


def test_members_come_back_as_they_were():
    archive = made(one=["Élan", " & ", "cie"], none=[])
    assert archive.testzip() is None
    assert archive.namelist() == ["mimetype", "one", "none", "last"]
    assert archive.read("one").decode() == "Élan & cie"
    assert archive.read("last").decode() == "é" * 500


def test_the_first_member_stands_bare_and_with_its_size():
    (first, *_others) = made(one=["x"]).infolist()
    assert (first.compress_type, first.flag_bits, first.file_size) == (zipfile.ZIP_STORED, 0, 3)


def test_what_exceeds_32_bits_is_told_in_64(monkeypatch):
    monkeypatch.setattr(archives, "_LARGE", 100)
    archive = made(one=["Élan " * 1000] * 50, two=["x" * 200])
    assert archive.testzip() is None
    assert archive.read("one").decode() == "Élan " * 50_000


def test_a_streamed_member_comes_in_pieces():
    pieces = archives.Archive().streamed("one", (f"{number * 7919}" * 50 for number in range(20_000)))
    assert len(list(pieces)) > 3


@pytest.mark.parametrize("text", ["", "x"])
def test_the_same_content_makes_the_same_archive(text):
    first, second = (made(one=[text]).fp.getvalue() for _time in range(2))
    assert first == second
