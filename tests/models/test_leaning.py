"""PostgreSQL refuses, from both sides, a published record that leans on one the public may not see."""

import pytest
from django.db import IntegrityError, models
from factory.django import DjangoModelFactory

from grants.models.leaning import LEANINGS, leaning_on, supports_of
from tests import factories

pytestmark = pytest.mark.django_db
LEANS = [(child, name) for child in LEANINGS for name, _parent in supports_of(child)]
DRAFT = {"publication": "draft", "ready_at": None, "published_at": None}
WITHDRAWN = {"publication": "withdrawn", "withdrawn_at": factories.PUBLIC_SINCE}


def factory_of(model: type[models.Model]) -> type[DjangoModelFactory]:
    return getattr(factories, f"{model.__name__}Factory")


def make(child: type[models.Model], name: str, *, child_public: bool, parent_public: bool) -> models.Model:
    """A `child` that leans by its foreign key `name` on a record of its own; all else it leans on is public."""
    parent = child._meta.get_field(name).remote_field.model
    state = {} if child_public else DRAFT
    more = {"programme": None} if child.__name__ == "Figure" and name not in ("programme", "source") else {}
    support = factory_of(parent)(published=parent_public)
    return factory_of(child)(published=True, **state, **more, **{name: support})


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_a_published_record_may_lean_on_a_published_one(child: type[models.Model], name: str) -> None:
    assert make(child, name, child_public=True, parent_public=True).is_published


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_a_draft_may_lean_on_a_draft(child: type[models.Model], name: str) -> None:
    assert not make(child, name, child_public=False, parent_public=False).is_published


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_a_record_entered_as_published_cannot_lean_on_a_draft(child: type[models.Model], name: str) -> None:
    with pytest.raises(IntegrityError, match=f"needs a published {name}"):
        make(child, name, child_public=True, parent_public=False)


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_a_record_that_leans_on_a_draft_cannot_be_published(child: type[models.Model], name: str) -> None:
    draft = make(child, name, child_public=False, parent_public=False)
    since = factories.PUBLIC_SINCE
    with pytest.raises(IntegrityError, match="needs a published") as refused:
        child.objects.filter(pk=draft.pk).update(publication="published", ready_at=since, published_at=since)
    constraint = refused.value.__cause__.diag.constraint_name
    assert constraint == f"{child._meta.model_name}_{name}_published"


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_what_a_published_record_leans_on_cannot_be_withdrawn(child: type[models.Model], name: str) -> None:
    parent = getattr(make(child, name, child_public=True, parent_public=True), name)
    with pytest.raises(IntegrityError, match="leans on this") as refused:
        type(parent).objects.filter(pk=parent.pk).update(**WITHDRAWN)
    constraint = refused.value.__cause__.diag.constraint_name
    assert constraint == f"{child._meta.model_name}_{name}_published"


@pytest.mark.parametrize(("child", "name"), LEANS)
def test_what_only_drafts_lean_on_can_be_withdrawn(child: type[models.Model], name: str) -> None:
    parent = getattr(make(child, name, child_public=False, parent_public=True), name)
    assert type(parent).objects.filter(pk=parent.pk).update(**WITHDRAWN) == 1


def test_every_foreign_key_between_publishable_records_is_guarded_or_known_not_to_show() -> None:
    shown = {(child.__name__, name) for child, name in LEANS}
    publishable = set(LEANINGS) | {parent for child in LEANINGS for _, parent in supports_of(child)}
    keys = {
        (model.__name__, field.name)
        for model in publishable
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model in publishable
    }
    # A merged organisation is never public itself, and leads visitors on only once the other is.
    assert keys - shown == {("Organisation", "merged_into")}


def test_each_support_knows_who_leans_on_it() -> None:
    assert {
        (child, name)
        for _, parent in {(c, p) for c in LEANINGS for _, p in supports_of(c)}
        for child, name in leaning_on(parent)
    } == set(LEANS)
