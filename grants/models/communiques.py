"""Press releases read, and the passages that tie records to their words. Staff alone see them: never public."""

import hashlib

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from .announcements import Announcement
from .codes import CommuniqueState, Language, known_codes, not_empty
from .fields import Line
from .figures import Figure
from .grants import Grant
from .history import tracked, tracked_without
from .organisations import WEB_ADDRESS
from .records import Record
from .sources import Source


def fingerprint_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@tracked_without("text", "reading", "draft")
class Communique(Record):
    """One press release: its text as given, what was read in it, and the draft that people make of that.

    `reading` and `draft` are JSON (see grants.communiques.draft); passages count characters of `text`. The same text
    is kept once, whoever brings it.
    """

    # The document
    title = Line(_("title"), max_length=500, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True, validators=[WEB_ADDRESS])
    file_name = Line(_("file"), max_length=255, blank=True, editable=False)
    text = models.TextField(_("text as given"), editable=False)
    fingerprint = models.CharField(
        _("SHA-256"), max_length=64, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)

    # What came of it
    reading = models.JSONField(_("what was read"), default=dict, blank=True, editable=False)
    draft = models.JSONField(_("what is to be filed"), default=dict, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=CommuniqueState, default=CommuniqueState.REVIEW, editable=False
    )
    announcement = models.ForeignKey(
        Announcement,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="communiques",
        verbose_name=_("announcement"),
    )
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="communiques",
        verbose_name=_("source"),
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        ordering = ["-created_at", "-pk"]
        constraints = [
            known_codes("communique_codes_known", state=CommuniqueState),
            not_empty("communique_has_a_text", "text"),
            models.UniqueConstraint(
                name="communique_text_once",
                fields=["fingerprint"],
                violation_error_message=_("This text was brought in before."),
            ),
            models.CheckConstraint(
                name="communique_filed_on_a_day",
                condition=Q(state=CommuniqueState.FILED, filed_at__isnull=False)
                | (~Q(state=CommuniqueState.FILED) & Q(filed_at__isnull=True)),
                violation_error_message=_("A press release is filed on a day, and only then."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.file_name or str(_("press release %(number)s")) % {"number": self.pk}

    def save(self, *args: object, **kwargs: object) -> None:
        self.fingerprint = self.fingerprint or fingerprint_of(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


@tracked
class Passage(Record):
    """The words of a press release that a figure or a grant came from: characters `start` to `end` of its text."""

    communique = models.ForeignKey(Communique, models.CASCADE, related_name="passages", verbose_name=_("press release"))
    figure = models.ForeignKey(
        Figure, models.CASCADE, null=True, blank=True, related_name="passages", verbose_name=_("figure")
    )
    grant = models.ForeignKey(
        Grant, models.CASCADE, null=True, blank=True, related_name="passages", verbose_name=_("grant")
    )
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("end"))

    class Meta(Record.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["communique", "start", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="passage_of_exactly_one_record",
                condition=Q(
                    Exact(
                        Func("figure", "grant", function="num_nonnulls", output_field=models.IntegerField()), Value(1)
                    )
                ),
                violation_error_message=_("A passage belongs to one figure or one grant."),
            ),
            models.CheckConstraint(
                name="passage_has_words",
                condition=Q(end__gt=F("start")),
                violation_error_message=_("A passage has at least one character."),
            ),
            models.UniqueConstraint(
                name="passage_once",
                fields=["communique", "figure", "grant"],
                nulls_distinct=False,
                violation_error_message=_("This record has its passage already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.communique}, {self.start}–{self.end}"

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.communique.text[self.start : self.end]
