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
    """The words of one record. Nothing writes here but the triggers of migrations 0003, 0006 and 0010.

    `names` holds the words of its names and titles alone, for nouns that have some: suggestions and nearest words.
    A column that no code reads, `padding`, moves the vectors out of the table's own pages (migration 0010 says why).
    """

    kind = models.CharField(max_length=12, choices=SearchKind)
    record_id = models.BigIntegerField()
    vector = SearchVectorField()
    names = SearchVectorField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="search_entry_once", fields=["kind", "record_id"])]
        indexes = [
            GinIndex(name="search_entry_words", fields=["vector"]),
            GinIndex(name="search_entry_names", fields=["names"], condition=models.Q(names__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
