"""The states of publication: their dates, four eyes, and that nothing once public can be deleted."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection

from grants.models import PUBLISHABLE, Organisation, Publishable
from tests import factories

pytestmark = pytest.mark.django_db
READY = datetime.datetime(2022, 4, 19, tzinfo=datetime.UTC)
OUT = datetime.datetime(2022, 4, 20, tzinfo=datetime.UTC)
BACK = datetime.datetime(2022, 4, 21, tzinfo=datetime.UTC)

PUBLICATION_CONSTRAINTS = {
    f"{model._meta.model_name}_{rule}"
    for model in PUBLISHABLE
    for rule in ("dates_fit_publication", "four_eyes", "withdrawn_after_published")
}
# state, ready, published, withdrawn
FITTING = [
    ("draft", None, None, None),
    ("ready", READY, None, None),
    ("published", READY, OUT, None),
    ("withdrawn", READY, OUT, BACK),
    # Withdrawn once and being prepared again.
    ("draft", None, OUT, BACK),
    ("ready", READY, OUT, BACK),
]
UNFITTING = [
    ("draft", READY, None, None),
    ("draft", None, OUT, None),
    ("draft", None, None, BACK),
    ("ready", None, None, None),
    ("ready", READY, OUT, None),
    ("ready", READY, None, BACK),
    ("published", None, OUT, None),
    ("published", READY, None, None),
    ("published", READY, OUT, BACK),
    ("withdrawn", READY, OUT, None),
    ("withdrawn", READY, None, BACK),
    ("unknown", READY, OUT, None),
]
each_noun = pytest.mark.parametrize("model", PUBLISHABLE)


def make(model: type[Publishable], state: str, ready=None, out=None, back=None, **more) -> Publishable:
    """A record in this state; what it leans on is public."""
    dates = {"ready_at": ready, "published_at": out, "withdrawn_at": back}
    return getattr(factories, f"{model.__name__}Factory")(published=True, publication=state, **dates, **more)


def refusal(model: type[Publishable], *state, **more) -> str:
    """The name of the constraint that refuses this record."""
    with pytest.raises(IntegrityError) as refused:
        make(model, *state, **more)
    return refused.value.__cause__.diag.constraint_name


@each_noun
@pytest.mark.parametrize("state", FITTING)
def test_dates_that_fit_the_state_are_let_in(model: type[Publishable], state: tuple) -> None:
    assert make(model, *state).publication == state[0]


@each_noun
@pytest.mark.parametrize("state", UNFITTING)
def test_dates_that_do_not_fit_the_state_are_refused(model: type[Publishable], state: tuple) -> None:
    assert refusal(model, *state) == f"{model._meta.model_name}_dates_fit_publication"


@each_noun
def test_nothing_is_withdrawn_before_it_was_published(model: type[Publishable]) -> None:
    make(model, "withdrawn", READY, OUT, OUT)
    name = f"{model._meta.model_name}_withdrawn_after_published"
    assert refusal(model, "withdrawn", READY, BACK, OUT) == name


@each_noun
def test_who_made_a_record_ready_cannot_publish_it(model: type[Publishable], alice: User) -> None:
    name = f"{model._meta.model_name}_four_eyes"
    assert refusal(model, "published", READY, OUT, ready_by=alice, published_by=alice) == name


@each_noun
@pytest.mark.parametrize("waiver", ["setting", "administrator"])
def test_one_person_may_do_both_under_a_recorded_exception(model: type[Publishable], waiver: str, alice: User) -> None:
    make(model, "published", READY, OUT, ready_by=alice, published_by=alice, four_eyes_waiver=waiver)


@each_noun
def test_two_persons_may_publish(model: type[Publishable], alice: User, bob: User) -> None:
    make(model, "published", READY, OUT, ready_by=alice, published_by=bob)
    make(model, "published", READY, OUT, published_by=bob)  # a fixture made it ready


@each_noun
@pytest.mark.parametrize("state", FITTING[2:])
def test_what_was_ever_public_cannot_be_deleted(model: type[Publishable], state: tuple) -> None:
    record = make(model, *state)
    with pytest.raises(DatabaseError, match="Cannot delete"):
        record.delete()


@each_noun
@pytest.mark.parametrize("state", FITTING[:2])
def test_what_never_was_public_can_be_deleted(model: type[Publishable], state: tuple) -> None:
    record = make(model, *state)
    pk = record.pk
    record.delete()
    assert not model.objects.filter(pk=pk).exists()


def test_plain_sql_cannot_delete_what_is_public_either() -> None:
    make(Organisation, *FITTING[2])
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="Cannot delete"):
        cursor.execute("DELETE FROM grants_organisation")


@each_noun
def test_public_means_published_and_nothing_else(model: type[Publishable]) -> None:
    records = [make(model, *state) for state in FITTING]
    public = model.objects.published().filter(pk__in=[record.pk for record in records])
    assert [record.publication for record in public] == ["published"]


@each_noun
def test_an_address_is_gone_as_long_as_its_record_was_withdrawn(model: type[Publishable]) -> None:
    records = [make(model, *state) for state in FITTING]
    assert set(model.objects.withdrawn()) == {*records[3:]}


def test_a_natural_person_is_never_public() -> None:
    person = make(Organisation, *FITTING[2], is_natural_person=True)
    assert person.is_published
    assert not Organisation.objects.published().exists()


@each_noun
@pytest.mark.parametrize("state", FITTING[2:])
def test_what_was_ever_public_stays_known_as_such(model: type[Publishable], state: tuple) -> None:
    never = {"publication": "draft", "ready_at": None, "published_at": None, "withdrawn_at": None}
    with pytest.raises(IntegrityError, match="stays known"):
        model.objects.filter(pk=make(model, *state).pk).update(**never)


def test_only_a_known_exception_lets_one_person_do_both(alice: User) -> None:
    more = {"ready_by": alice, "published_by": alice, "four_eyes_waiver": "hurry"}
    assert refusal(Organisation, "published", READY, OUT, **more) == "organisation_four_eyes"
