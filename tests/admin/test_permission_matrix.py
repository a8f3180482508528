"""Who gets through which door: every address of the registry, every kind of person, reading and writing."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests import factories as make
from tests.people import person

pytestmark = pytest.mark.django_db

READERS, ENTERERS, REVIEWERS, ROOT = (
    ["charlie", "alice", "bob", "root"],
    ["alice", "bob", "root"],
    ["bob", "root"],
    ["root"],
)
OUTSIDE = ["nobody", "visitor", "gone"]  # without an account, without staff rights, with an account put to sleep
EVERYBODY, NO_ONE = [*OUTSIDE, *READERS], []
PEOPLE = EVERYBODY
NOUNS = [
    "programme",
    "announcement",
    "organisation",
    "project",
    "grant",
    "figure",
    "source",
    "citation",
    "region",
    "import",
    "communique",
]

# Page: who may read it, who may send it. A noun's own line comes before the line of its kind.
DOORS = {
    "admin:login": (EVERYBODY, EVERYBODY),
    "admin:logout": (OUTSIDE, EVERYBODY),  # who is not in is led to the sign-in
    "admin:index": (READERS, READERS),
    "admin:app_list": (READERS, READERS),
    "admin:jsi18n": (READERS, NO_ONE),
    "admin:autocomplete": (READERS, NO_ONE),
    "admin:view_on_site": (READERS, READERS),
    "admin:password_change": (READERS, READERS),
    "admin:password_change_done": (READERS, NO_ONE),
    "admin:auth": (ROOT, ROOT),
    "admin:grants_region_add": (REVIEWERS, REVIEWERS),
    "admin:grants_region_change": (READERS, REVIEWERS),
    "admin:grants_region_delete": (REVIEWERS, REVIEWERS),
    "admin:grants_region_import": (REVIEWERS, REVIEWERS),
    "admin:grants_region_process_import": (NO_ONE, REVIEWERS),
    "admin:grants_import_add": (ENTERERS, ENTERERS),
    "admin:grants_import_progress": (READERS, NO_ONE),
    "admin:grants_import_reading": (READERS, ENTERERS),
    "admin:grants_import_profile": (NO_ONE, ENTERERS),
    "admin:grants_import_names": (READERS, ENTERERS),
    "admin:grants_import_apply": (ENTERERS, ENTERERS),
    "admin:grants_import_cancel": (NO_ONE, ENTERERS),
    "admin:grants_import_again": (NO_ONE, ENTERERS),
    "admin:grants_import_undo": (ENTERERS, ENTERERS),
    "admin:grants_import_errors": (READERS, NO_ONE),
    "admin:grants_import_columns": (READERS, NO_ONE),
    "admin:grants_import_template": (READERS, NO_ONE),
    "admin:grants_import_change": (READERS, NO_ONE),
    "admin:grants_import_delete": (NO_ONE, NO_ONE),
    "admin:grants_import_import": (NO_ONE, NO_ONE),
    "admin:grants_import_process_import": (NO_ONE, NO_ONE),
    "admin:grants_communique_concordance": (NO_ONE, ENTERERS),
    "admin:grants_communique_reread": (ENTERERS, ENTERERS),
    "admin:grants_communique_delete": (NO_ONE, NO_ONE),
    "admin:grants_organisation_merge": (REVIEWERS, REVIEWERS),
    "changelist": (READERS, READERS),
    "history": (READERS, READERS),
    "export": (READERS, READERS),
    "add": (ENTERERS, ENTERERS),
    "change": (READERS, ENTERERS),
    "delete": (ENTERERS, ENTERERS),
    "import": (ENTERERS, ENTERERS),
    "process_import": (NO_ONE, ENTERERS),
    "publication make_ready": (ENTERERS, ENTERERS),
    "publication return_to_draft": (ENTERERS, ENTERERS),
    "publication publish": (REVIEWERS, REVIEWERS),
    "publication withdraw": (REVIEWERS, REVIEWERS),
    "publication publish_exception": (ROOT, ROOT),
    "public:": (EVERYBODY, NO_ONE),
    "site:": (EVERYBODY, NO_ONE),
    "api:": (EVERYBODY, NO_ONE),
}
# What is published: corrected by those who may publish, deleted by nobody.
PUBLIC_RECORDS = {"change": (READERS, REVIEWERS), "delete": (NO_ONE, NO_ONE)}
# Addresses without a name: they only lead to others.
NAMELESS = {"favicon.ico", "<path:object_id>/", "(?P<url>.*)$"}
QUERIES = {"admin:autocomplete": {"app_label": "grants", "model_name": "grant", "field_name": "recipient"}}
VERBS = ["make_ready", "return_to_draft", "publish", "withdraw", "publish_exception"]


def routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address, with its name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, space + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            yield space + (pattern.name or ""), pattern


def door(name: str, verb: str = "") -> tuple[list[str], list[str]]:
    """Who may pass the page called `name`. A page that is not in the table fails the test."""
    page = name.removeprefix("admin:grants_").partition("_")[2]
    kinds = [name, f"{page} {verb}".strip()]
    if name.startswith(("public:", "site:", "api:", "admin:auth_")):
        kinds.append(name[: name.index(":") + 1] + ("auth" if "auth_" in name else ""))
    return next(DOORS[kind] for kind in kinds if kind in DOORS)


def records(public: bool) -> dict[str, str]:
    """The key of one record of each noun."""
    grant = make.GrantFactory(published=public)
    made = {
        "programme": make.ProgrammeFactory(published=public),
        "announcement": make.AnnouncementFactory(published=public),
        "organisation": make.OrganisationFactory(published=public),
        "project": make.ProjectFactory(published=public),
        "grant": grant,
        "figure": make.FigureFactory(published=public),
        "source": make.SourceFactory(published=public),
        "citation": make.CitationFactory(grant=grant, source__published=public),
    }
    if not public:
        made |= {"region": make.RegionFactory(), "import": make.ImportFactory(), "communique": make.CommuniqueFactory()}
    return {noun: str(record.pk) for noun, record in made.items()}


def pages() -> Iterator[tuple[str, str, tuple[list[str], list[str]]]]:
    """Name, address and door of every page of the admin and of the public, one record of each noun being there."""
    keys = records(public=False)
    user, group = str(User.objects.create_user("somebody").pk), str(Group.objects.first().pk)
    for name, pattern in routes(get_resolver()):
        wanted = set(pattern.pattern.regex.groupindex)
        noun = next((noun for noun in NOUNS if name.startswith(f"admin:grants_{noun}_")), "")
        for verb in VERBS if "verb" in wanted else [""]:
            values = {"object_id": keys.get(noun, user), "verb": verb, "id": user, "app_label": "grants"}
            values |= {"public_id": "nothing", "format": "csv", "content_type_id": "1", "noun": "grant"}
            values |= {"name": "region", "style": "bib", "section": "pages", "code": "06"}
            if "dialect" in name and "format" in wanted:
                values["format"] = "canada.csv"
            if "auth_group" in name:
                values["object_id"] = group
            if not pattern.name:
                assert str(pattern.pattern) in NAMELESS
            if not pattern.name or name == "api:nothing":  # the latter is whatever the API does not have
                continue
            arguments = {key: values[key] for key in wanted}
            yield name, reverse(name, kwargs=arguments, query=QUERIES.get(name)), door(name, verb)


def who(name: str) -> Client:
    """A client of one of the PEOPLE."""
    client = Client()
    groups = {"charlie": ["lecture"], "alice": ["saisie"], "bob": ["révision"], "gone": ["révision"]}
    if name == "visitor":
        client.force_login(User.objects.create_user(name))
    elif name != "nobody":
        user = person(name, *groups.get(name, []), is_superuser=name == "root")
        client.force_login(user)
        User.objects.filter(pk=user.pk).update(is_active=name != "gone")
    return client


def passes(client: Client, address: str, *, sending: bool) -> bool:
    """Whether the person gets through; what was done is undone."""
    with transaction.atomic():
        response = client.post(address) if sending else client.get(address)
        transaction.set_rollback(True)
    assert response.status_code < 500
    signs_in = response.status_code == 302 and "/login/?next=" in response.headers["Location"]
    return response.status_code not in (403, 405) and not signs_in


def differences(name: str, doors: list[tuple[str, str, tuple[list[str], list[str]]]]) -> list[str]:
    """Each door that `name` passes and should not, or the other way round."""
    client, wrong = who(name), []
    cookies = client.cookies.output(header="")
    for page, address, (reading, sending) in doors:
        for verb, expected in ((False, reading), (True, sending)):
            client.cookies.load(cookies.strip())  # signing out is undone too
            if passes(client, address, sending=verb) != (name in expected):
                wrong.append(f"{name} {'sends' if verb else 'reads'} {page} {address}")
    return wrong


@pytest.mark.parametrize("name", PEOPLE)
def test_every_door_lets_through_whom_it_should(name):
    with override("fr"):
        assert differences(name, list(pages())) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_published_is_corrected_by_few_and_deleted_by_nobody(name):
    keys = records(public=True)
    doors = [
        (page, reverse(f"admin:grants_{noun}_{page}", args=[key]), PUBLIC_RECORDS[page])
        for noun, key in keys.items()
        for page in PUBLIC_RECORDS
        if (noun, page) != ("citation", "delete")  # it was never public by itself
    ]
    assert differences(name, doors) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_autocompletion_tells_outsiders_nothing(name):
    secret = make.OrganisationFactory(name_fr="Ébauche confidentielle")
    question = {"app_label": "grants", "model_name": "grant", "field_name": "recipient", "term": "confidentielle"}
    answer = who(name).get("/admin/autocomplete/", question)
    assert answer.status_code == 302
    assert secret.name_fr not in answer.content.decode()


def test_readers_cannot_export_what_they_may_not_read(charlie):
    client = Client()
    charlie.groups.clear()
    client.force_login(charlie)
    assert client.get("/admin/grants/grant/export/").status_code == 403
    assert client.get("/admin/grants/grant/").status_code == 403
