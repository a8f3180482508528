"""What the dialects share: words with their stand-ins, whole dates, and ids, as PostgreSQL gives them.

Of a grant to a natural person only numbers, dates, codes and what all grants share are said.
"""

from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, Expression, F, Func, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext, override, pgettext

from grants.exports.expressions import around, text, unless
from grants.models import Grant

PERSON = "recipient__is_natural_person"
OTHER = {"fr": "en", "en": "fr"}
WHOLE_DATE = 10  # characters of an ISO date that is known to the day


def is_whole(path: str) -> Q:
    """Whether a partial date is known to the day."""
    return Q(Exact(Length(path), WHOLE_DATE))


def first_of(*values: Any) -> Expression:
    """The first that is there."""
    return Coalesce(*values, output_field=TextField())


def either(path: str, language: str) -> Expression:
    """A text in the language, or else in the other."""
    return first_of(text(f"{path}_{language}"), text(f"{path}_{OTHER[language]}"))


def told(path: str, language: str) -> Expression:
    """Words of the grant itself, which say nothing of a natural person."""
    return unless(PERSON, either(path, language))


def not_provided(language: str) -> Value:
    """What stands where a text must stand and nobody knows it."""
    with override(language):
        return Value(gettext("Not provided"), output_field=TextField())


def individual(language: str) -> Value:
    """What a natural person is called."""
    with override(language):
        return Value(pgettext("recipient", "Individual"), output_field=TextField())


def name(at: str, language: str) -> Expression:
    """The name of an organisation, in the other language where it has none in this one."""
    return Case(
        When(**{f"{at}__is_natural_person": True}, then=individual(language)),
        default=either(f"{at}__name", language),
        output_field=TextField(),
    )


def joined_up(*parts: Any) -> Expression:
    """Texts one behind the other; nothing where one of them is nothing."""
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


def own_id(at: str) -> Expression:
    """An organisation's id in this registry, visibly ours."""
    return around(f"{settings.PUBLISHER_PREFIX}-org-", f"{at}__public_id", "")


def organisation_id(at: str) -> Expression:
    """The register's list and number, or else our own id, visibly so."""
    return Case(
        When(~Q(**{f"{at}__neq": ""}), then=Concat(Value("CA_QC-QBC-"), F(f"{at}__neq"))),
        default=own_id(at),
        output_field=TextField(),
    )


def own_reference(pattern: str) -> Q:
    """Whether the grant's reference has the form of the dialect's own ids, and no earlier grant bears it."""
    same = Grant.objects.published().filter(reference=OuterRef("reference"), pk__lt=OuterRef("pk"))
    # In this order: PostgreSQL looks for others only where the form fits.
    return Q(reference__regex=pattern, **{PERSON: False}) & Q(~Exists(same.order_by()))


def one_line(value: Any) -> Expression:
    """A text without line ends, its runs of spaces made one."""
    return Func(value, Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace", output_field=TextField())
