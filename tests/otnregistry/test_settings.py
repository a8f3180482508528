"""The settings as a whole, in a process of their own."""

import json

import pytest

from tests.otnregistry.processes import PRODUCTION, python

SHOW = """
import json
from django.conf import settings as s
names = "DEBUG FOUR_EYES SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT SITE_URL"
print(json.dumps([getattr(s, name) for name in names.split()]))
"""


def shown(**variables):
    answer = python("-c", SHOW, **PRODUCTION, DJANGO_SETTINGS_MODULE="otnregistry.settings", **variables)
    return json.loads(answer.stdout)


def test_django_finds_nothing_to_say_about_a_production_start():
    answer = python("-W", "error::DeprecationWarning:otnregistry", "manage.py", "check", "--deploy", **PRODUCTION)
    expected = (0, "System check identified no issues (0 silenced).")
    assert (answer.returncode, answer.stdout.strip()) == expected, answer.stderr


def test_the_safe_choice_is_the_default():
    assert shown() == [False, True, "__Host-sessionid", True, True, "https://registre.example.org"]


def test_without_https_nothing_depends_on_it():
    assert shown(HTTPS="off") == [False, True, "sessionid", False, False, "http://registre.example.org"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DEBUG", "maybe"), ("FOUR_EYES", "deux"), ("UPLOAD_LIMIT_MB", "much"), ("SECRET_KEY", ""), ("ALLOWED_HOSTS", "")],
)
def test_a_bad_variable_stops_the_start_in_one_line(name, value):
    answer = python("manage.py", "check", **{**PRODUCTION, name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name} is ")
    assert len(answer.stderr.splitlines()) == 1


def test_the_web_server_refuses_to_guess_its_settings():
    answer = python("-m", "otnregistry.wsgi")
    assert answer.returncode == 3
    assert answer.stderr.startswith("SECRET_KEY is missing")
