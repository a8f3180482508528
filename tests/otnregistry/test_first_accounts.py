"""The first accounts are made once, and what is there is left alone."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
User = get_user_model()


def printed():
    out = StringIO()
    call_command("first_accounts", stdout=out)
    return out.getvalue()


def test_each_password_shown_opens_its_account():
    lines = [line.strip("│ ").split() for line in printed().splitlines()]
    passwords = dict(line for line in lines if len(line) == 2)
    assert list(passwords) == ["admin", "saisie", "revision", "lecture"]
    for name, password in passwords.items():
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert user.is_staff


def test_each_account_has_the_rights_of_its_group_alone():
    printed()
    groups = {user.username: [*user.groups.values_list("name", flat=True)] for user in User.objects.all()}
    assert groups == {"admin": [], "saisie": ["saisie"], "revision": ["révision"], "lecture": ["lecture"]}
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["admin"]


def test_passwords_are_shown_once():
    printed()
    assert printed() == ""


def test_where_there_is_an_administrator_nothing_is_made():
    User.objects.create_superuser("chief", password="long enough to be one")
    assert printed() == ""
    assert User.objects.count() == 1


def test_an_account_that_is_there_keeps_its_password():
    User.objects.create_user("lecture", password="its own password")
    assert "lecture" not in printed()
    assert User.objects.get(username="lecture").check_password("its own password")


def test_an_ordinary_account_named_admin_is_not_promoted():
    User.objects.create_user("admin")
    with pytest.raises(CommandError, match="no administrator"):
        printed()
