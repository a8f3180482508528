"""Sources: documents that say so; and citations: what in the registry a document supports, in its own words."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .announcements import Announcement
from .codes import Language, Publication, SourceKind, known_codes, not_empty
from .fields import Line, PartialDateField, Prose
from .grants import Grant
from .history import tracked
from .organisations import WEB_ADDRESS, WEB_ADDRESS_CHECK, Organisation
from .programmes import Programme
from .projects import Project
from .publication import Publishable
from .records import Record
from .subjects import about_exactly_one, about_published, not_about_a_person, subject_of


@tracked
class Source(Publishable):
    """One document. Its title stays in its own language."""

    title = Line(_("title"), max_length=500)
    url = models.URLField(_("address"), max_length=1000, blank=True, validators=[WEB_ADDRESS])
    publisher = Line(_("publisher"))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FRENCH)
    kind = models.CharField(_("kind"), max_length=13, choices=SourceKind, default=SourceKind.PRESS_RELEASE)
    published = PartialDateField(_("published on"))
    retrieved = PartialDateField(_("retrieved on"))

    class Meta(Publishable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-published", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            not_empty("source_has_a_title", "title"),
            known_codes("source_codes_known", kind=SourceKind, language=Language),
            models.CheckConstraint(
                name="source_address_on_the_web",
                condition=models.Q(url="") | models.Q(url__iregex=WEB_ADDRESS_CHECK),
                violation_error_message=_("An address starts with http:// or https://."),
            ),
            models.UniqueConstraint(
                name="source_address_once",
                fields=["url"],
                condition=~models.Q(url=""),
                violation_error_message=_("Another source already has this address."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}"


class CitationQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Citations that the public may see: both ends are published, and no natural person is spoken of."""
        return not_about_a_person(self.filter(about_published(), source__publication=Publication.PUBLISHED))

    def get_by_natural_key(self, source: str, kind: str, subject: str) -> Any:
        return self.get(**{"source__public_id": source, f"{kind}__public_id": subject})


@tracked
class Citation(Record):
    """A document supports a record: where in it, and in which words."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="citations", verbose_name=_("source"))
    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("programme"),
    )
    announcement = models.ForeignKey(
        Announcement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("announcement"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("organisation"),
    )
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="citations", verbose_name=_("project")
    )
    grant = models.ForeignKey(
        Grant, models.CASCADE, null=True, blank=True, related_name="citations", verbose_name=_("grant")
    )
    quote = Prose(_("words as written"), blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            about_exactly_one("citation_supports_exactly_one_record", _("A citation supports exactly one record.")),
            models.UniqueConstraint(
                name="citation_once",
                fields=["source", "programme", "announcement", "organisation", "project", "grant"],
                nulls_distinct=False,
                violation_error_message=_("This source is already cited here."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def subject(self) -> Publishable | None:
        """The record that it supports."""
        return subject_of(self)[1]

    def natural_key(self) -> tuple[str, str, str]:
        kind, subject = subject_of(self)
        return (self.source.public_id, kind, subject.public_id if subject else "")

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "grants.source",
        "grants.programme",
        "grants.announcement",
        "grants.organisation",
        "grants.project",
        "grants.grant",
    ]
