"""Figures: what somebody said a number was."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from grants.bilingual import current_language
from grants.values import wording
from grants.values.amounts import ClaimedAmount

from .announcements import Announcement
from .codes import UNIT_OF, Language, Measure, Nature, Qualifier, Scope, Unit, known_codes
from .fields import TOO_MUCH, Line, PartialDateField, Prose
from .grants import Grant
from .history import tracked
from .organisations import Organisation
from .programmes import Programme
from .projects import Project
from .publication import Publishable, PublishableQuerySet
from .sources import Source
from .subjects import about_exactly_one, not_about_a_person, subject_of


def _subject(model: type[models.Model], label: Any) -> models.ForeignKey:
    return models.ForeignKey(model, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name=label)


class FigureQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """What the public may see: nothing that was said of a natural person."""
        return not_about_a_person(super().published())


@tracked
class Figure(Publishable):
    """One claim: a document said that a measure of one record had a value, on a date, with a hedge.

    `precision` is the unit of the last digit as worded, in the unit of the value: « 29 millions » has 1 000 000.
    """

    # About what
    programme = _subject(Programme, _("programme"))
    announcement = _subject(Announcement, _("announcement"))
    organisation = _subject(Organisation, _("organisation"))
    project = _subject(Project, _("project"))
    grant = _subject(Grant, _("grant"))

    # What was said
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=7, choices=Unit, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=9, choices=Qualifier, default=Qualifier.EXACT)
    precision = models.DecimalField(
        _("precision"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The unit of the last digit as worded: 1 000 000 for “29 millions”, 100 000 for “54,6 millions”."),
    )
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ACT)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.COMMITMENT)
    as_of = PartialDateField(_("as of"))
    negative_reason = Line(_("reason of a negative value"), blank=True)

    # Who said it and how
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures", verbose_name=_("source"))
    wording = Prose(_("words as written"), blank=True)
    wording_language = models.CharField(
        _("language of the words"), max_length=2, choices=Language, default=Language.FRENCH
    )
    note_fr = Prose(_("note"), blank=True)
    note_en = Prose(_("note in English"), blank=True)
    preferred = models.BooleanField(
        _("preferred"),
        default=False,
        help_text=_("The claim to show first where sources disagree. One at most."),
    )

    objects = FigureQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["as_of", "measure", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            about_exactly_one("figure_is_about_exactly_one_record", _("A figure is about exactly one record.")),
            models.CheckConstraint(
                name="figure_negative_value_has_a_reason",
                condition=Q(value__gte=0) | ~Q(negative_reason=""),
                violation_error_message=_("A negative value needs a stated reason."),
            ),
            models.CheckConstraint(
                name="figure_value_is_a_number",
                condition=Q(value__lt=TOO_MUCH) & (Q(precision__isnull=True) | Q(precision__lt=TOO_MUCH)),
                violation_error_message=_("An amount is a number, or left empty."),
            ),
            known_codes(
                "figure_codes_known", qualifier=Qualifier, scope=Scope, nature=Nature, wording_language=Language
            ),
            models.CheckConstraint(
                name="figure_precision_is_positive",
                condition=Q(precision__isnull=True) | Q(precision__gt=0),
                violation_error_message=_("The precision must be more than zero."),
            ),
            models.CheckConstraint(
                name="figure_count_is_whole",
                condition=~Q(unit=Unit.COUNT) | Q(value=Func(F("value"), function="trunc")),
                violation_error_message=_("A count is a whole number."),
            ),
            models.CheckConstraint(
                name="figure_share_within_a_hundred",
                condition=~Q(unit=Unit.PERCENT) | Q(value__lte=100),
                violation_error_message=_("A share is at most 100 percent."),
            ),
            models.CheckConstraint(
                name="figure_unit_fits_measure",
                condition=Q(*[Q(measure=measure, unit=unit) for measure, unit in UNIT_OF.items()], _connector=Q.OR),
                violation_error_message=_("This measure is counted in another unit."),
            ),
            models.UniqueConstraint(
                name="figure_one_preferred_claim",
                fields=[
                    "programme",
                    "announcement",
                    "organisation",
                    "project",
                    "grant",
                    "measure",
                    "scope",
                    "nature",
                    "as_of",
                ],
                condition=Q(preferred=True),
                nulls_distinct=False,
                violation_error_message=_("Another claim is already preferred for this measure."),
            ),
        ]

    def __str__(self) -> str:
        if self.value is None:  # a line being typed
            return str(self.get_measure_display())
        in_words = {"CAD": wording.money, "percent": wording.percent}.get(self.unit, wording.number)
        return f"{self.get_measure_display()} · {in_words(Decimal(self.value), current_language())}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.unit = self.unit or UNIT_OF.get(Measure(self.measure), "")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if not self.unit and self.measure in Measure.values:
            self.unit = UNIT_OF[Measure(self.measure)]

    @property
    def subject(self) -> Publishable | None:
        """The record that it is about."""
        return subject_of(self)[1]

    @property
    def claim(self) -> ClaimedAmount:
        """The value with its hedge, as the reconciliation compares it."""
        return ClaimedAmount(Decimal(self.value), self.qualifier, self.precision)
