"""A registry where all that the public may not see bears one word, around a few records that it sees."""

import itertools
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db.models import URLField

from grants.models.fields import Line, Prose
from tests import factories as make
from tests.factories import PUBLIC_SINCE

FORBIDDEN = "motsecret"
ASKED = "introuvable"  # stands beside it: who looks for this word must not come upon the other
HIDDEN = f"{ASKED} {FORBIDDEN}"

STATES: dict[str, dict[str, Any]] = {
    "draft": {},
    "ready": {"publication": "ready", "ready_at": PUBLIC_SINCE},
    "withdrawn": {"published": True, "publication": "withdrawn", "withdrawn_at": PUBLIC_SINCE},
}
NOT_WORDS = ("withdrawal_notice_fr", "withdrawal_notice_en", "negative_reason")  # the notice is public
numbers = itertools.count(1)


def words(factory: Any) -> dict[str, str]:
    """Every text of a noun, with the forbidden word in it; also of the fields to come."""
    fields = factory._meta.model._meta.concrete_fields
    texts = {field.name: HIDDEN for field in fields if isinstance(field, Line | Prose) and field.name not in NOT_WORDS}
    addresses = [field.name for field in fields if isinstance(field, URLField)]
    return texts | {name: f"https://{FORBIDDEN}.example/{next(numbers)}" for name in addresses}


def registry() -> None:
    """Published records called `one`, and around each of them hidden ones, natural persons and staff."""
    staff = {"ready_by": _member("alice"), "published_by": _member("bob")}
    region = make.RegionFactory()
    body = make.OrganisationFactory(published=True, public_id="one", region=region, **staff)
    programme = make.ProgrammeFactory(published=True, public_id="one", administrator=body, **staff)
    act = make.AnnouncementFactory(published=True, public_id="one", programme=programme, **staff)
    project = make.ProjectFactory(published=True, public_id="one", organisation=body, **staff)
    source = make.SourceFactory(published=True, public_id="one", **staff)
    grant = _grant_with_a_past(recipient=body, programme=programme, announcement=act, **staff)
    make.GrantProjectFactory(grant=grant, project=project)
    make.CitationFactory(grant=grant, source=source)
    make.FigureFactory(published=True, public_id="one", programme=programme, source=source, measure="envelope")
    for state, fields in STATES.items():
        _around(state, fields, body, programme, act, project, source, grant)
    _person(programme, source)


def _member(name: str) -> User:
    account = f"{FORBIDDEN}-{name}"
    return User.objects.create_user(account, f"{account}@example.org", first_name=account, last_name=account)


def _grant_with_a_past(**leaning: Any) -> Any:
    """It came from a file, bore other words while it was a draft, and was corrected by somebody for a reason."""
    came_from = make.ImportFactory(file_name=f"{FORBIDDEN}.csv")
    grant = make.GrantFactory(
        public_id="one", import_batch=came_from, import_row=2, **leaning, **words(make.GrantFactory)
    )
    for name in words(make.GrantFactory):
        setattr(grant, name, "Au grand jour")
    grant.publication, grant.ready_at, grant.published_at = "published", PUBLIC_SINCE, PUBLIC_SINCE
    grant.save()
    with pghistory.context(user=leaning["ready_by"].pk, reason=HIDDEN):
        grant.amount = "2000.00"
        grant.save()
    return grant


def _around(
    state: str, fields: Any, body: Any, programme: Any, act: Any, project: Any, source: Any, grant: Any
) -> None:
    """A record of each noun in that state, tied to the public ones."""

    def hidden(factory: Any, **leaning: Any) -> Any:
        # The address of what was withdrawn goes on being answered, and may be told.
        public_id = "gone" if state == "withdrawn" else f"{FORBIDDEN}-{state}"
        return factory(**{"public_id": public_id, **fields, **words(factory), **leaning})

    owner = hidden(make.OrganisationFactory, parent=body)
    make.OrganisationNameFactory(organisation=owner, name=f"{HIDDEN} {state}")
    hidden(make.ProgrammeFactory, parent=programme, administrator=body)
    hidden(make.AnnouncementFactory, programme=programme)
    work = hidden(make.ProjectFactory, organisation=body)
    document = hidden(make.SourceFactory)
    other = hidden(make.GrantFactory, recipient=body, programme=programme, announcement=act)
    make.GrantProjectFactory(grant=grant, project=work)
    make.GrantProjectFactory(grant=other, project=project)
    make.CitationFactory(grant=grant, source=document, quote=HIDDEN)
    make.CitationFactory(grant=other, source=source, quote=HIDDEN)
    hidden(make.FigureFactory, programme=None, grant=grant, source=source)
    if state == "draft":
        hidden(make.GrantFactory, recipient=owner, public_id=f"{FORBIDDEN}-other")


def _person(programme: Any, source: Any) -> None:
    """Somebody with a published grant, project, hosted body, figures and citations."""
    fields = {"published": True, "public_id": f"{FORBIDDEN}-person"}
    person = make.OrganisationFactory(**fields, is_natural_person=True, **words(make.OrganisationFactory))
    make.OrganisationNameFactory(organisation=person, name=f"Atelier {HIDDEN}")
    work = make.ProjectFactory(**fields, organisation=person, **words(make.ProjectFactory))
    grant = make.GrantFactory(
        published=True,
        public_id="two",
        recipient=person,
        funder=person,
        programme=programme,
        **words(make.GrantFactory),
    )
    make.GrantProjectFactory(grant=grant, project=work)
    make.OrganisationFactory(published=True, public_id="two", parent=person)
    make.ProgrammeFactory(published=True, public_id="two", administrator=person)
    for subject in ({"organisation": person}, {"grant": grant}, {"project": work}):
        make.CitationFactory(**{"source": source, "grant": None, "quote": HIDDEN, **subject})
        make.FigureFactory(
            **{"published": True, "programme": None, "source": source, **words(make.FigureFactory), **subject}
        )
