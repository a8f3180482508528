"""A draft that is wrong is told line by line, and nothing of it is made."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError

from grants.communiques.filing import file_draft
from grants.models import (
    Grant,
    Source,
)
from tests.people import person

from .filing import draft, figure, grant, palco

pytestmark = pytest.mark.django_db


def refused(communique, wrong, user) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        file_draft(communique, wrong, user)
    assert not Source.objects.exists()
    assert not Grant.objects.exists()
    communique.refresh_from_db()
    assert communique.state == "review"
    return error.value.message_dict


def test_a_source_without_a_publisher_is_refused(communique, alice):
    there = draft(grant())
    there.source.publisher = ""
    assert list(refused(communique, there, alice)) == ["source-publisher"]


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (grant(name=" "), "grants-1-name", "un bénéficiaire"),
        (grant(amount="beaucoup"), "grants-1-amount", "beaucoup"),
        (grant(amount="-5"), "grants-1-amount", "-5"),
        (grant(total_project_cost="-5"), "grants-1-total_project_cost", "-5"),
        (grant(amount="1e30"), "grants-1-amount", "1e30"),
        (grant(name="x" * 301), "grants-1-name", "301"),
        (grant(currency="$$"), "grants-1-currency", "lettres"),
        (grant(instrument="gift"), "grants-1-instrument", "gift"),
        (grant(place="x" * 301), "grants-1-place", "301"),
        (grant(project="x" * 301), "grants-1-project", "301"),
        (grant(organisation=10**9), "grants-1-organisation", "disparu"),
    ],
)
def test_a_grant_that_is_wrong_is_told_with_its_line_and_nothing_is_made(communique, alice, line, field, words):
    ((told, messages),) = refused(communique, draft(palco(), line), alice).items()
    assert told == field
    assert messages[0].startswith("Aide 2 (")
    assert words in messages[0]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (figure(value=""), "figures-0-value"),
        (figure(value="neuf"), "figures-0-value"),
        (figure(value="9,5"), "figures-0-value"),
        (figure(measure="jobs"), "figures-0-measure"),
        (figure(measure="share", value="101"), "figures-0-value"),
        (figure(precision="0"), "figures-0-value"),
        (figure(as_of="hier"), "figures-0-as_of"),
        (figure(qualifier="perhaps"), "figures-0-qualifier"),
    ],
)
def test_a_figure_that_is_wrong_is_told_with_its_line(communique, alice, line, field):
    assert list(refused(communique, draft(figures=[line]), alice)) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"programme": None}, "announcement-programme"),
        ({"programme": 10**9}, "announcement-programme"),
        ({"date": "30 février 2022"}, "announcement-date"),
        ({"title_fr": ""}, "announcement-title_fr"),
        ({"existing": 10**9}, "announcement-existing"),
        ({"list_state": "zz"}, "announcement-list_state"),
    ],
)
def test_an_announcement_that_is_wrong_is_told(communique, alice, change, field):
    there = draft(grant())
    for name, value in change.items():
        setattr(there.announcement, name, value)
    assert list(refused(communique, there, alice)) == [field]


def test_everything_that_is_wrong_is_told_at_once(communique, alice):
    there = draft(grant(amount="?"), palco(name=""), figures=[figure(value="")], programme=None)
    there.announcement.programme = None
    told = refused(communique, there, alice)
    assert set(told) == {"announcement-programme", "grants-0-amount", "grants-1-name", "figures-0-value"}


def test_what_is_wrong_and_not_taken_is_nobodys_trouble(communique, alice):
    assert file_draft(communique, draft(grant(take=False, amount="?")), alice).announcement is not None


def test_who_may_only_read_files_nothing(communique, charlie):
    assert "ne permet pas" in str(refused_plainly(communique, draft(grant()), charlie))


def test_who_may_not_make_organisations_is_told_beside_the_line(communique):
    user = person("dora")
    user.user_permissions.add(*permissions("change_communique", "add_source", "add_announcement", "add_citation"))
    assert list(refused(communique, draft(grant()), User.objects.get(pk=user.pk))) == ["grants-0-name"]


def refused_plainly(communique, wrong, user) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        file_draft(communique, wrong, user)
    return error.value


def permissions(*names):
    return Permission.objects.filter(codename__in=names)
