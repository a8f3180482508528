"""Organisations: anyone that receives, hosts or gives; and the other names they go by."""

from typing import Any, Self

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from grants.bilingual import Text, current_language, pick
from grants.values.folding import organisation_key

from .codes import Language, NameKind, OrganisationKind, known_codes, not_empty
from .cycles import refuse_cycle
from .fields import Line, PartialDateField, Prose
from .history import tracked
from .publication import Publishable, PublishableQuerySet
from .records import Record
from .regions import Region

WEB_ADDRESS = URLValidator(schemes=["http", "https"])
WEB_ADDRESS_CHECK = r"^https?://"
MOST_MERGES = 10  # how many merges in a row an old address is followed through
TEN_DIGITS = RegexValidator(r"^[0-9]{10}\Z", _("A NEQ has exactly ten digits, without spaces."))


def telling_words(column: str) -> Func:
    """The words of a name that tell it apart, as `values.folding.organisation_key` gives them."""
    return Func(F(column), function="grants_organisation_key", output_field=models.TextField())


class OrganisationQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """What the public may see: never a natural person, whatever the state of the record."""
        return super().published().filter(is_natural_person=False)

    def kept_for(self, public_id: str) -> "Organisation | None":
        """The published organisation that one merged away led to, its merges followed; None where there is none."""
        at: Any = self.filter(public_id=public_id, is_natural_person=False).first()
        first = at
        for _turn in range(MOST_MERGES):
            if at is None or at.merged_into is None:
                break
            at = at.merged_into
        return at if at and at != first and at.is_published and not at.is_natural_person else None

    def recipients(self) -> Self:
        """Those that receive at least one grant."""
        return self.filter(pk__in=self.model._meta.get_field("grants").related_model.objects.values("recipient"))


@tracked
class Organisation(Publishable):
    """A body with a name. A natural person may be one too: then nothing of it is public but its grants' amounts."""

    # What it is called and what it is
    name_fr = Line(_("name"), help_text=_("The usual name, as the organisation writes it in French."))
    name_en = Line(_("name in English"), blank=True, help_text=_("Only if the organisation has one."))
    kind = models.CharField(
        _("kind"), max_length=16, choices=OrganisationKind, default=OrganisationKind.UNKNOWN, blank=True
    )
    is_nonprofit = models.BooleanField(
        _("non-profit"), null=True, blank=True, help_text=_("Leave unknown if no source says so.")
    )
    is_natural_person = models.BooleanField(
        _("natural person"),
        default=False,
        help_text=_("A person or a sole trader: the name never leaves the registry."),
    )
    neq = models.CharField(
        _("NEQ"),
        max_length=10,
        blank=True,
        validators=[TEN_DIGITS],
        help_text=_("Québec enterprise number, ten digits."),
    )
    founded = PartialDateField(
        _("founded or opened"), help_text=_("As well as it is known: 1969, June 1978, 2021-10-01.")
    )
    description_fr = Prose(_("description"), blank=True)
    description_en = Prose(_("description in English"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True, validators=[WEB_ADDRESS])

    # Where it is and what it belongs to
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("host or parent organisation"),
        help_text=_("The body that it is attached to or run by."),
    )
    city = Line(_("city"), max_length=120, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("administrative region"),
    )
    territory_fr = Prose(_("territory served"), blank=True)
    territory_en = Prose(_("territory served, in English"), blank=True)

    # What the registry did with it
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_fr", "pk"]
        permissions = [("merge_organisation", "Can merge organisations")]
        indexes = [
            models.Index(fields=["name_fr", "id"], name="organisation_by_name"),
            # The public's list of recipients is in this order, accents and case put aside.
            models.Index(
                Func(F("name_fr"), function="grants_fold", output_field=models.TextField()),
                "id",
                name="organisation_by_spelling",
                condition=Q(publication="published", is_natural_person=False),
            ),
            # An import asks for thousands of names at once.
            models.Index(telling_words("name_fr"), name="organisation_by_words"),
            models.Index(telling_words("name_en"), name="organisation_by_words_en", condition=~Q(name_en="")),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="organisation_website_on_the_web",
                condition=Q(website="") | Q(website__iregex=WEB_ADDRESS_CHECK),
                violation_error_message=_("An address starts with http:// or https://."),
            ),
            models.CheckConstraint(
                name="organisation_neq_ten_digits",
                condition=Q(neq="") | Q(neq__regex=r"^[0-9]{10}$"),
                violation_error_message=_("A NEQ has exactly ten digits, without spaces."),
            ),
            models.UniqueConstraint(
                name="organisation_neq_once",
                fields=["neq"],
                condition=~Q(neq="") & Q(merged_into__isnull=True),
                violation_error_message=_("Another organisation already has this NEQ."),
            ),
            models.CheckConstraint(
                name="organisation_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("An organisation cannot be its own parent."),
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message=_("An organisation cannot be merged into itself."),
            ),
            models.CheckConstraint(
                name="organisation_merged_is_not_public",
                condition=Q(merged_into__isnull=True) | ~Q(publication="published"),
                violation_error_message=_("An organisation merged into another cannot be published."),
            ),
            not_empty("organisation_has_a_name", "name_fr"),
            known_codes("organisation_codes_known", kind=OrganisationKind),
        ]

    def clean(self) -> None:
        refuse_cycle(self, "parent")

    def __str__(self) -> str:
        return pick(self, "name").value

    def public_name(self, language: str | None = None) -> Text:
        """The name as the public may read it; of a natural person, only that it is one."""
        if not self.is_natural_person:
            return pick(self, "name", language)
        language = language or current_language()
        with override(language):
            return Text(pgettext("recipient", "Individual"), language, False)

    @property
    def key(self) -> str:
        """The words of the name that tell it apart, as duplicates are looked for."""
        return organisation_key(self.name_fr)

    @property
    def neq_is_unusual(self) -> bool:
        """Whether the NEQ starts otherwise than those of the register (11, 22, 33 or 88). A doubt, not an error."""
        return bool(self.neq) and self.neq[:2] not in {"11", "22", "33", "88"}


class OrganisationNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, organisation: str, name: str) -> Any:
        return self.get(organisation__public_id=organisation, name=name)


@tracked
class OrganisationName(Record):
    """Another name of an organisation: alias, acronym, former or legal name. Search finds it by these too."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name=_("organisation"))
    name = Line(_("name"))
    kind = models.CharField(_("kind"), max_length=7, choices=NameKind, default=NameKind.ALIAS)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)

    objects = OrganisationNameQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        indexes = [models.Index(telling_words("name"), name="organisation_name_by_words")]
        constraints = [
            models.UniqueConstraint(
                name="organisation_name_once",
                fields=["organisation", "name"],
                violation_error_message=_("This organisation already has this name."),
            ),
            not_empty("organisation_name_is_not_empty", "name"),
            known_codes("organisation_name_codes_known", kind=NameKind),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.organisation.public_id, self.name)

    natural_key.dependencies = ["grants.organisation"]  # type: ignore[attr-defined]
