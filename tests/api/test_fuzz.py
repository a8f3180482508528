"""Everything that the description allows, and more, asked by schemathesis of the application itself.

`EXAMPLES=2000 pytest tests/api/test_fuzz.py` asks longer; SEED asks otherwise.
"""

import json
import os

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.config import SchemathesisConfig

from grants.api.documentation import document
from tests.public.crowd import crowd

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("SEED", "20261123"))
EXAMPLES = int(os.environ.get("EXAMPLES", "10"))  # of each mode, for each of the addresses
# A question may be well formed and still ask for what is not there: a range that ends before it starts, the 31st of
# February, a programme that nobody published. All are told (400).
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "400", "404"]}}}

schema = schemathesis.openapi.from_dict(json.loads(document("en")), config=SchemathesisConfig.from_dict(CONFIG))
schema.app = WSGIHandler()
OPERATIONS = {found.ok().label: found.ok() for found in schema.get_all_operations()}


@pytest.fixture(autouse=True)
def one_connection():
    """Without Django's test client, the end of a request would close the connection of the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
@pytest.mark.parametrize("label", OPERATIONS)
def test_whatever_is_asked_the_answer_is_as_described(label, mode):
    operation = OPERATIONS[label]
    crowd(3)
    if mode is schemathesis.GenerationMode.NEGATIVE and not operation.query and not operation.path_parameters:
        pytest.skip("nothing can be asked wrongly")

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()
