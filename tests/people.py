"""The people of the tests, one in each group of the staff, and the first source loaded.

Alice enters (saisie), Bob publishes (révision), Charlie reads (lecture).
"""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command


def person(name: str, *groups: str, **more: object) -> User:
    """A member of staff in the groups named; the groups are those that the migrations made."""
    user = User.objects.create_user(name, password="a long enough password", is_staff=True, **more)
    user.groups.set([Group.objects.get(name=group) for group in groups])
    return user


@pytest.fixture
def alice(db: None) -> User:
    """Enters and imports; cannot publish."""
    return person("alice", "saisie")


@pytest.fixture
def bob(db: None) -> User:
    """Publishes, withdraws, merges."""
    return person("bob", "révision")


@pytest.fixture
def charlie(db: None) -> User:
    """Reads only."""
    return person("charlie", "lecture")


@pytest.fixture
def first_source(db: None) -> None:
    """The registry as `make run` fills it the first time."""
    call_command("loaddata", "regions", "otn", verbosity=0)
