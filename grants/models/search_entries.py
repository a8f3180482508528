"""The search index: one row a record, its words in French, English and as they stand, kept by PostgreSQL's triggers."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchKind(models.TextChoices):
    """The nouns that can be searched."""

    PROGRAMME = "programme"
    ANNOUNCEMENT = "announcement"
    ORGANISATION = "organisation"
    PROJECT = "project"
    GRANT = "grant"
    SOURCE = "source"


class SearchEntry(models.Model):
    """The words of one record. Nothing writes here but the triggers of migration 0003."""

    kind = models.CharField(max_length=12, choices=SearchKind)
    record_id = models.BigIntegerField()
    vector = SearchVectorField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="search_entry_once", fields=["kind", "record_id"])]
        indexes = [GinIndex(name="search_entry_words", fields=["vector"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
