"""One factory a noun. Records are drafts; `published=True` makes them public, and what they lean on too.

    GrantFactory(published=True, amount="1000.00", recipient__name_fr="Groupe MISA")

In `recipient=` and the like, an object of one's own is taken as it is.
"""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from grants import models

PUBLIC_SINCE = datetime.datetime(2022, 4, 21, 12, tzinfo=datetime.UTC)


def leaning(to: str, **more: Any) -> factory.SubFactory:
    """A record of another noun, public where this one is."""
    return factory.SubFactory(f"tests.factories.{to}Factory", published=factory.SelfAttribute("..published"), **more)


class PublishableFactory(DjangoModelFactory):
    """A draft, or public with `published=True`."""

    class Meta:
        abstract = True
        exclude = ["published"]

    published = False

    publication = factory.LazyAttribute(lambda made: "published" if made.published else "draft")
    ready_at = factory.LazyAttribute(lambda made: PUBLIC_SINCE if made.published else None)
    published_at = factory.LazyAttribute(lambda made: PUBLIC_SINCE if made.published else None)


class RegionFactory(DjangoModelFactory):
    """Groupe MISA's region, unless told otherwise."""

    class Meta:
        model = models.Region
        django_get_or_create = ["code"]

    code = "08"
    name_fr = factory.LazyAttribute(lambda made: "Abitibi-Témiscamingue" if made.code == "08" else made.code)


class OrganisationFactory(PublishableFactory):
    class Meta:
        model = models.Organisation

    name_fr = factory.Sequence("Coopérative numéro {}".format)


class OrganisationNameFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Autre nom {}".format)


class ProgrammeFactory(PublishableFactory):
    class Meta:
        model = models.Programme

    name_fr = factory.Sequence("Programme numéro {}".format)


class AnnouncementFactory(PublishableFactory):
    class Meta:
        model = models.Announcement

    programme = leaning("Programme")
    title_fr = factory.Sequence("Annonce numéro {}".format)
    date = "2022-04-20"


class ProjectFactory(PublishableFactory):
    class Meta:
        model = models.Project

    title_fr = factory.Sequence("Projet numéro {}".format)


class GrantFactory(PublishableFactory):
    """A grant without programme or announcement, as imported rows are."""

    class Meta:
        model = models.Grant

    recipient = leaning("Organisation")
    amount = "1000.00"
    date = "2022-04-20"


class GrantProjectFactory(DjangoModelFactory):
    class Meta:
        model = models.GrantProject

    grant = factory.SubFactory(GrantFactory)
    project = factory.SubFactory(ProjectFactory)


class SourceFactory(PublishableFactory):
    class Meta:
        model = models.Source

    title = factory.Sequence("Communiqué numéro {}".format)
    publisher = "Gouvernement du Québec"


class FigureFactory(PublishableFactory):
    """What a source says of a programme, unless another subject is named (`programme=None, grant=…`)."""

    class Meta:
        model = models.Figure

    programme = leaning("Programme")
    source = leaning("Source")
    measure = "aid"
    value = "29000000.00"


class CitationFactory(DjangoModelFactory):
    """A source that supports a grant, unless another subject is named (`grant=None, project=…`)."""

    class Meta:
        model = models.Citation

    source = factory.SubFactory(SourceFactory)
    grant = factory.SubFactory(GrantFactory)


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = models.Import

    file_name = "aides.csv"
    noun = "grant"


class ImportPartFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportPart

    import_batch = factory.SubFactory(ImportFactory)
    position = 0
    content = b""


class ImportProfileFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportProfile

    name = factory.Sequence("Profil {}".format)
    noun = "grant"


class CommuniqueFactory(DjangoModelFactory):
    class Meta:
        model = models.Communique

    title = factory.Sequence("Communiqué lu {}".format)
    text = factory.Sequence("Le Groupe MISA reçoit {} $.".format)


class PassageFactory(DjangoModelFactory):
    """The words of a grant, unless a figure is named (`grant=None, figure=…`)."""

    class Meta:
        model = models.Passage

    communique = factory.SubFactory(CommuniqueFactory)
    grant = factory.SubFactory(GrantFactory)
    start = 3
    end = 14
