import pytest

from tests import factories as make

from .filing import TEXT


@pytest.fixture
def communique():
    return make.CommuniqueFactory(text=TEXT)
