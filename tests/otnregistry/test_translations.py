"""French is complete, and holds nothing that nobody asks for."""

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from grants.management.catalogues import LOCALE, merge
from tests.otnregistry import words

# Texts of Django and its libraries that we word otherwise stand here, away from our own.
THEIRS = "theirs.po"


def keys(parts):
    return {(message.id[0] if isinstance(message.id, tuple) else message.id, message.context) for message in parts}


@pytest.fixture(scope="module")
def used():
    return words.used()


@pytest.fixture(scope="module")
def parts():
    return sorted((LOCALE / "fr" / "LC_MESSAGES" / "parts").glob("*.po"))


def test_every_text_has_its_french(used, parts):
    translated = keys(merge(parts, "fr"))
    missing = [
        f"{places[0]} “{msgid}”" for (msgid, context), places in used.items() if (msgid, context) not in translated
    ]
    assert not missing, "\n".join(["No French for:", *missing])


def test_every_french_text_is_used(used, parts):
    ours = keys(merge([part for part in parts if part.name != THEIRS], "fr")) - {("", None)}
    unused = sorted(f"“{msgid}”" for msgid, context in ours - set(used))
    assert not unused, "\n".join(["Nobody asks for:", *unused])


def test_no_text_is_filled_in_before_it_is_looked_up():
    faults = [fault for file in words.files("*.py") for fault in words.filled_in_too_early(file)]
    assert not faults, "\n".join(faults)


def test_the_catalogue_is_wired():
    with override("fr"):
        assert _("Grants registry") == "Registre des aides financières"
    with override("en"):
        assert _("Grants registry") == "Grants registry"
