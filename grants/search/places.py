"""What a grant says of its recipient: where the money goes, and to what kind of body. Never of a natural person."""

from django.db.models import Case, F, QuerySet, Value, When


def with_region(grants: QuerySet) -> QuerySet:
    """Annotate `region_code`: the region that the grant benefits, or else its recipient's; null where no source says.

    A natural person's own region is never used.
    """
    return grants.annotate(
        region_code=Case(
            When(benefit_region__isnull=False, then=F("benefit_region__code")),
            When(recipient__is_natural_person=False, then=F("recipient__region__code")),
        )
    )


def with_kind(grants: QuerySet) -> QuerySet:
    """Annotate `recipient_kind`: a code of OrganisationKind; of a natural person, that it is not provided."""
    return grants.annotate(
        recipient_kind=Case(When(recipient__is_natural_person=False, then=F("recipient__kind")), default=Value(""))
    )
