"""The memory of answers: right at every version, in each language, and of a bounded size."""

import pytest
from django.utils import translation

from grants.models import registry_version
from grants.models.registry_version import Version
from grants.search.remembered import Memory, remembered
from tests import factories as make

made = iter(range(1_000_000))
SETTLED = Version(1, False)
pytestmark = pytest.mark.django_db


def ask(key="what", version=SETTLED) -> int:
    """A number that is new each time it has to be made."""
    with registry_version.during(version):
        return remembered(("test", key), lambda: next(made))


def test_an_answer_is_made_once_for_a_version():
    assert ask() == ask()
    assert ask() != ask(version=Version(2, False))


def test_each_key_and_language_has_its_own():
    with translation.override("en"):
        english = ask()
    assert len({english, ask(), ask("else")}) == 3


def test_nothing_is_kept_while_a_change_is_under_way():
    assert ask(version=Version(1, True)) not in (ask(version=Version(1, True)), ask())


def test_what_was_asked_for_longest_ago_is_forgotten_first():
    memory = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, key.upper)
    assert len(memory) == 2
    assert memory.get("a", lambda: "made again") == "A"
    assert memory.get("b", lambda: "made again") == "made again"


def test_a_failure_is_not_remembered():
    memory = Memory(2)
    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 // 0)
    assert memory.get("a", lambda: 5) == 5


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_at_once():
    def names() -> list[str]:
        from grants.models import Region

        return remembered("regions of this test", lambda: [region.code for region in Region.objects.all()])

    make.RegionFactory(code="06")
    assert names() == ["06"]
    make.RegionFactory(code="07")
    assert names() == ["06", "07"]
