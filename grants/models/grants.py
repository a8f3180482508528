"""Grants: money promised to one organisation."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from grants.bilingual import current_language
from grants.values import wording

from .announcements import Announcement
from .codes import GrantStatus, Instrument, known_codes
from .fields import TOO_MUCH, Line, MoneyField, PartialDateField, Prose
from .history import tracked
from .imports import Import
from .organisations import Organisation
from .programmes import Programme
from .projects import Project
from .publication import Publishable, PublishableQuerySet
from .records import Record
from .regions import Region


class GrantQuerySet(PublishableQuerySet):
    def told_with_projects(self) -> Self:
        """Those whose projects are told: what a grant to a natural person is for stays in the registry."""
        return self.filter(recipient__is_natural_person=False)


class NotBefore(Func):
    """Whether the first partial date may come after the second (compared at the coarser precision of the two)."""

    function = "grants_not_before"
    output_field = models.BooleanField()


@tracked
class Grant(Publishable):
    """Money promised to one organisation. One grant may fund several projects; its amount is never split among them."""

    # To whom, by whom, under what
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="grants", verbose_name=_("recipient"))
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_given",
        verbose_name=_("funder"),
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("programme")
    )
    announcement = models.ForeignKey(
        Announcement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("announcement"),
    )
    reference = Line(
        _("reference"),
        max_length=120,
        blank=True,
        help_text=_("The number of the agreement or decision at its source."),
    )

    # How much
    amount = MoneyField(_("amount"), null=True, blank=True, help_text=_("Left empty when unknown, never 0."))
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="CAD",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("A currency has three capital letters."))],
    )
    negative_reason = Line(
        _("reason of a negative amount"),
        blank=True,
        help_text=_("Such as the correction of an earlier amount."),
    )
    total_project_cost = MoneyField(_("total project cost"), null=True, blank=True)
    instrument = models.CharField(
        _("instrument"), max_length=12, choices=Instrument, default=Instrument.UNKNOWN, blank=True
    )

    # What for and where
    title_fr = Line(_("title"), blank=True)
    title_en = Line(_("title in English"), blank=True)
    description_fr = Prose(_("description"), blank=True)
    description_en = Prose(_("description in English"), blank=True)
    projects = models.ManyToManyField(
        Project, through="GrantProject", related_name="grants", verbose_name=_("projects"), blank=True
    )
    benefit_region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("region that benefits"),
    )
    benefit_place = Line(_("place that benefits"), blank=True)

    # When and how it stands
    date = PartialDateField(_("date"), help_text=_("When it was granted or announced."))
    agreement_start = PartialDateField(_("start of the agreement"))
    agreement_end = PartialDateField(_("end of the agreement"))
    status = models.CharField(_("status"), max_length=11, choices=GrantStatus, default=GrantStatus.ANNOUNCED)
    status_date = PartialDateField(_("status as of"))

    # Which row of which file it came from
    import_batch = models.ForeignKey(
        Import,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="grants",
        verbose_name=_("import"),
    )
    import_row = models.PositiveIntegerField(_("row of the sheet"), null=True, blank=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["-date", "-pk"]
        indexes = [
            models.Index(F("date").desc(nulls_last=True), F("id").desc(), name="grant_by_date"),
            models.Index(F("amount").desc(nulls_last=True), F("id").desc(), name="grant_by_amount"),
            # Feeds tell what was published last.
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="grant_by_publication",
                condition=Q(publication="published"),
            ),
            models.Index(fields=["reference"], condition=~Q(reference=""), name="grant_by_reference"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="grant_negative_amount_has_a_reason",
                condition=Q(amount__isnull=True) | Q(amount__gte=0) | ~Q(negative_reason=""),
                violation_error_message=_("A negative amount needs a stated reason."),
            ),
            models.CheckConstraint(
                name="grant_project_cost_not_negative",
                condition=Q(total_project_cost__isnull=True) | Q(total_project_cost__gte=0),
                violation_error_message=_("The total project cost cannot be negative."),
            ),
            models.CheckConstraint(
                name="grant_amounts_are_numbers",
                condition=(Q(amount__isnull=True) | Q(amount__lt=TOO_MUCH))
                & (Q(total_project_cost__isnull=True) | Q(total_project_cost__lt=TOO_MUCH)),
                violation_error_message=_("An amount is a number, or left empty."),
            ),
            known_codes("grant_codes_known", status=GrantStatus, instrument=Instrument),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=NotBefore("agreement_end", "agreement_start"),
                violation_error_message=_("The agreement cannot end before it starts."),
            ),
            models.CheckConstraint(
                name="grant_currency_three_letters",
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("A currency has three capital letters."),
            ),
            models.CheckConstraint(
                name="grant_import_row_has_a_file",
                condition=Q(import_row__isnull=True) | Q(import_batch__isnull=False),
                violation_error_message=_("A row number needs the import that it belongs to."),
            ),
        ]

    def clean(self) -> None:
        if self.announcement_id and not self.programme_id and self.announcement is not None:
            self.programme = self.announcement.programme  # else the programme's sums would miss it

    def __str__(self) -> str:
        amount = "?" if self.amount is None else wording.money(Decimal(self.amount), current_language(), self.currency)
        return f"{self.recipient} · {amount}"

    @property
    def is_private(self) -> bool:
        """Whether it goes to a natural person: then its words stay in the registry, and only its numbers leave."""
        return self.recipient.is_natural_person


class GrantProjectQuerySet(models.QuerySet):
    def get_by_natural_key(self, grant: str, project: str) -> Any:
        return self.get(grant__public_id=grant, project__public_id=project)


@tracked
class GrantProject(Record):
    """A project that a grant funds. No share of the amount: announcements give none, and the registry invents none."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="grant_projects", verbose_name=_("grant"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="grant_projects", verbose_name=_("project"))

    objects = GrantProjectQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("project funded")
        verbose_name_plural = _("projects funded")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="grant_funds_a_project_once",
                fields=["grant", "project"],
                violation_error_message=_("This grant already funds this project."),
            )
        ]

    def __str__(self) -> str:
        return str(self.project)

    def natural_key(self) -> tuple[str, str]:
        return (self.grant.public_id, self.project.public_id)

    natural_key.dependencies = ["grants.grant", "grants.project"]  # type: ignore[attr-defined]
