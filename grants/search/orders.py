"""The orders that lists of grants can be had in, as PostgreSQL sorts them."""

from django.db.models import BigIntegerField, Case, F, Func, TextField, Value, When


def spelling(field: str) -> Func:
    """A text as it is sorted: accents and case put aside."""
    return Func(F(field), function="grants_fold", output_field=TextField())


def name_of(organisation: str) -> Case:
    """A related organisation's name as it is sorted; people come before all, so that the order does not tell theirs."""
    return Case(
        When(**{f"{organisation}__is_natural_person": True}, then=Value("")),
        default=spelling(f"{organisation}__name_fr"),
        output_field=TextField(),
    )


def recipient_once() -> Case:
    """Tells recipients of one name apart, but no person from another."""
    return Case(
        When(recipient__is_natural_person=True, then=Value(0)),
        default=F("recipient_id"),
        output_field=BigIntegerField(),
    )


# The public name of an order, and the expressions it sorts by (ascending, nulls last); then by key.
GRANT_ORDERS = {
    "recipient": (name_of("recipient"), recipient_once()),
    "region": (F("region_code"),),
    "date": (F("date"),),
    "status": (F("status"),),
    "amount": (F("amount"),),
}
NEWEST_FIRST = "-date"
