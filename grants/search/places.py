"""Where money goes: the region that a grant benefits, or else the region of whoever receives it."""

from django.db.models import Case, F, QuerySet, When


def with_region(grants: QuerySet) -> QuerySet:
    """Annotate `region_code`: null where no source says. A natural person's own region is never used."""
    return grants.annotate(
        region_code=Case(
            When(benefit_region__isnull=False, then=F("benefit_region__code")),
            When(recipient__is_natural_person=False, then=F("recipient__region__code")),
        )
    )
