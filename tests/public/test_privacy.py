"""Nothing unpublished and nothing of a natural person leaves by any public page or file."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from grants.exports.downloads import FORMATS
from grants.models import PUBLISHABLE, Figure, Organisation
from grants.public.urls import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db

PERSON, DRAFT = "zqperson", "zqdraft"  # in no word of any language
PLAIN = [name for path in urlpatterns if (name := path.name) and not name.endswith(("-detail", "-download"))]
FILES = [name for path in urlpatterns if (name := path.name) and name.endswith("-download")]
DETAILS = {model: f"public:{model._meta.model_name}-detail" for model in PUBLISHABLE if model is not Figure}


def marked(mark: str, model: type[models.Model]) -> dict[str, str]:
    """A value that nothing else has for every text field that people fill in."""
    texts = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.editable
        and field.name not in ("public_id", "currency", "neq")
        and field.get_internal_type() in ("CharField", "TextField")
        and type(field).__name__ in ("Line", "Prose")
    ]
    return {name: f"{mark}{number}x" for number, name in enumerate(texts)}


def make(mark: str, **published: bool) -> None:
    """One record of each noun whose every text carries the mark, tied to one another."""
    person = factories.OrganisationFactory(
        is_natural_person=bool(published),
        neq="2212345678" if published else "",
        **published,
        **marked(f"{mark}o", Organisation),
    )
    factories.OrganisationNameFactory(organisation=person, name=f"{mark}n")
    project = factories.ProjectFactory(organisation=person, **published, **marked(f"{mark}p", factories.models.Project))
    grant = factories.GrantFactory(
        recipient=person, amount="12345.00", **published, **marked(f"{mark}g", factories.models.Grant)
    )
    factories.GrantProjectFactory(grant=grant, project=project)
    source = factories.SourceFactory(published=True)
    for subject in ({"grant": grant}, {"organisation": person}, {"project": project}):
        factories.FigureFactory(programme=None, source=source, **published, **subject, **marked(f"{mark}f", Figure))
        factories.CitationFactory(source=source, quote=f"{mark}c", **{"grant": None, **subject})


@pytest.fixture
def natural_person() -> None:
    make(PERSON, published=True)


@pytest.fixture
def drafts() -> None:
    make(DRAFT)
    programme = factories.ProgrammeFactory(**marked(f"{DRAFT}a", factories.models.Programme))
    factories.AnnouncementFactory(programme=programme, **marked(f"{DRAFT}b", factories.models.Announcement))
    factories.SourceFactory(**marked(f"{DRAFT}s", factories.models.Source))


def addresses() -> Iterator[str]:
    """Every public address in both languages: pages, files, and each record, published or not."""
    for language in ("fr", "en"):
        with translation.override(language):
            yield from (reverse(f"public:{name}") for name in PLAIN)
            yield from (reverse(f"public:{name}", args=[ending]) for name in FILES for ending in FORMATS)
            for model, name in DETAILS.items():
                yield from (reverse(name, args=[each]) for each in model.objects.values_list("public_id", flat=True))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code in (200, 404, 410), f"{address}: {answer.status_code}"
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode()


@pytest.fixture
def everything(client: Client, natural_person: None, drafts: None, first_source: None, alice, bob) -> dict[str, str]:
    """What every public address answers, the registry holding all that must not be told."""
    Organisation.objects.filter(public_id="ets").update(ready_by=alice, published_by=bob)
    return {address: text_of(client, address) for address in addresses()}


def test_no_word_of_a_person_or_a_draft_and_no_name_of_staff_leaves(everything: dict[str, str]) -> None:
    untold = re.compile(rf"{PERSON}|{DRAFT}|2212345678|\b(alice|bob)\b")
    assert [address for address, text in everything.items() if untold.search(text)] == []


def test_the_amount_granted_to_a_natural_person_stays_public(client: Client, natural_person: None) -> None:
    assert "12345" in text_of(client, "/aides.csv")


@pytest.mark.parametrize("mark", [f"{PERSON}o0x", f"{DRAFT}o0x"])
def test_a_search_for_hidden_words_finds_nothing(client: Client, natural_person: None, drafts: None, mark: str) -> None:
    for name in PLAIN:
        answer = client.get(reverse(f"public:{name}"), {"q": mark})
        assert b"12\xc2\xa0345" not in answer.content or name == "home", name
