"""Press releases and passages as records: kept once, followed by the history without their text, never public."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from grants.models import PUBLISHABLE, Communique, Passage, SearchEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_same_text_is_kept_once_whoever_brings_it():
    make.CommuniqueFactory(text="Neuf aides")
    with pytest.raises(IntegrityError, match="communique_text_once"), transaction.atomic():
        make.CommuniqueFactory(text="Neuf aides", title="Autre titre")
    make.CommuniqueFactory(text="Neuf aides ")


def test_the_history_follows_a_communique_without_keeping_its_text_again():
    communique = make.CommuniqueFactory(text="Neuf aides")
    communique.title, communique.draft = "Neuf aides", {"grants": []}
    communique.save()
    events = communique.events.order_by("pgh_id")
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "update"]
    kept = {field.name for field in events.model._meta.fields}
    assert {"title", "state", "version", "read_by"} <= kept
    assert not kept & {"text", "reading", "draft"}


def test_a_communique_is_never_public_nor_found_by_searching():
    communique = make.CommuniqueFactory(text="Groupe MISA")
    assert Communique not in PUBLISHABLE
    assert not hasattr(communique, "publication")
    assert not SearchEntry.objects.exists()


@pytest.mark.parametrize(
    ("group", "may"),
    [
        ("saisie", {"view", "add", "change", "delete"}),
        ("révision", {"view", "add", "change", "delete"}),
        ("lecture", {"view"}),
    ],
)
def test_each_group_may_do_with_communiques_what_it_may_with_records(group, may):
    theirs = Group.objects.get(name=group).permissions
    codes = theirs.filter(content_type__model="communique").values_list("codename", flat=True)
    assert set(codes) == {f"{verb}_communique" for verb in may}
    passages = theirs.filter(content_type__model="passage").values_list("codename", flat=True)
    assert list(passages) == ["view_passage"]


def test_a_passage_gives_its_words():
    communique = make.CommuniqueFactory(text="Le Groupe MISA reçoit 5 $.")
    assert make.PassageFactory(communique=communique, start=3, end=14).words == "Groupe MISA"


def test_a_passage_goes_with_its_record_and_with_its_communique():
    one, other = make.PassageFactory(), make.PassageFactory()
    one.grant.delete()
    other.communique.delete()
    assert not Passage.objects.exists()


def test_a_filed_communique_outlives_the_drafts_that_it_gave():
    announcement = make.AnnouncementFactory()
    communique = make.CommuniqueFactory(announcement=announcement, state="filed", filed_at=make.PUBLIC_SINCE)
    announcement.delete()
    communique.refresh_from_db()
    assert (communique.announcement, communique.state) == (None, "filed")


def test_a_communique_is_called_by_its_title_its_file_or_its_number():
    communique = make.CommuniqueFactory(title="", file_name="")
    assert str(communique) == f"communiqué {communique.pk}"
    communique.file_name = "aides.pdf"
    assert str(communique) == "aides.pdf"
    communique.title = "Neuf aides"
    assert str(communique) == "Neuf aides"
