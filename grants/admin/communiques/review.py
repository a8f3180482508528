"""The review of a communiqué: its text on one side, its draft on the other, and whether that adds up."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.communiques.draft import Draft, GrantDraft
from grants.communiques.filing import Filed, file_draft
from grants.communiques.known import Registry
from grants.models import Announcement, Communique
from grants.models.codes import CommuniqueState

from ..keys import is_key
from .access import MOVED_ON, acted_communique, lead_to, render, shown_communique
from .conflict import conflict_of
from .errors import by_field
from .filed import filed_context, nothing_left
from .reading import complete, read_again
from .screen import concordance_context, review_context
from .sheet import MOST_LINES, Sent, sent

Errors = dict[str, list[str]]


def page_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET shows where the communiqué stands; POST keeps what was typed and does what the button says."""
    if request.method == "POST":
        return _act(model_admin, request, acted_communique(request, object_id))
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    communique = shown_communique(request, object_id)
    if communique.state == CommuniqueState.FILED:
        context = {"title": str(communique), **filed_context(request, communique)}
        return render(model_admin, request, "filed", communique, context)
    return _show(model_admin, request, communique, Draft.from_json(communique.draft))


def concordance_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Whether what is on the page adds up, as a piece of HTML, for the script of the page. Nothing is kept."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    communique = acted_communique(request, object_id)
    draft = sent(request.POST, Draft.from_json(communique.draft)).draft
    return HttpResponse(
        render_to_string("admin/grants/communique/parts/concordance.html", concordance_context(draft), request)
    )


def _show(
    model_admin: Any,
    request: HttpRequest,
    communique: Communique,
    draft: Draft,
    errors: Errors | None = None,
    **more: Any,
) -> HttpResponse:
    context = review_context(model_admin, request, communique, draft, errors)
    return render(model_admin, request, "review", communique, {"title": str(communique), **context, **more})


def _act(model_admin: Any, request: HttpRequest, communique: Communique) -> HttpResponse:
    """Keep what was sent and do what its button says, unless somebody moved the communiqué on meanwhile."""
    found = sent(request.POST, Draft.from_json(communique.draft))
    _recognise(found)
    deed, argument = _deed(request)
    with transaction.atomic():
        communique = Communique.objects.select_for_update().get(pk=communique.pk)
        if communique.state != (CommuniqueState.SET_ASIDE if deed is resume else CommuniqueState.REVIEW):
            messages.error(request, str(MOVED_ON))
            return lead_to(communique)
        if request.POST.get("seen_version") != str(communique.version):
            conflict = conflict_of(communique, found.draft)
            return _show(model_admin, request, communique, found.draft, found.problems, conflict=conflict)
        if found.problems or deed is None:
            return _show(model_admin, request, communique, found.draft, found.problems)
        return deed(model_admin, request, communique, found, argument)


def _deed(request: HttpRequest) -> tuple["Deed | None", int]:
    """What the button asks for; None where it only asks to reckon again."""
    name, _dash, argument = request.POST.get("do", "keep").partition("-")
    number = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 6 else -1
    return DEEDS.get(name), number


def _recognise(found: Sent) -> None:
    """Look for the organisations of the recipients that are called otherwise than before."""
    if found.renamed:
        registry = Registry([(line.name, line.acronym) for line in found.renamed])
        for line in found.renamed:
            pk, line.nearest = registry.organisation(line.name, line.acronym)
            line.organisation = line.organisation or pk


def _keep(communique: Communique, draft: Draft) -> None:
    communique.draft = draft.to_json()
    communique.title = draft.announcement.title_fr[:500] or communique.title
    communique.save(update_fields=["draft", "title", "state"])


def keep(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, _number: int) -> HttpResponse:
    """Keep the draft as far as it has come."""
    _keep(communique, found.draft)
    messages.success(request, _("Kept as it stands. Nothing was written among the records yet."))
    return lead_to(communique)


def add(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, _number: int) -> HttpResponse:
    """One more grant, to be written by hand."""
    if len(found.draft.grants) >= MOST_LINES["grants"]:
        told = _("A press release has at most %(count)s grants here: import the others as a spreadsheet.")
        messages.error(request, told % {"count": MOST_LINES["grants"]})
        return keep(model_admin, request, communique, found, -1)
    found.draft.grants.append(GrantDraft())
    _keep(communique, found.draft)
    return lead_to(communique, anchor=f"grants-{len(found.draft.grants) - 1}")


def take(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, number: int) -> HttpResponse:
    """Make a grant of a number that was not taken for one."""
    if 0 <= number < len(found.draft.not_grants) and len(found.draft.grants) < MOST_LINES["grants"]:
        found.draft.take_as_grant(number)
        _keep(communique, found.draft)
        messages.success(request, _("It is a grant now: say who receives it."))
        return lead_to(communique, anchor=f"grants-{len(found.draft.grants) - 1}")
    return keep(model_admin, request, communique, found, -1)


def set_aside(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, _n: int) -> HttpResponse:
    """Nothing is to come of this text for now; what was typed is kept."""
    communique.state = CommuniqueState.SET_ASIDE
    _keep(communique, found.draft)
    return lead_to(communique)


def resume(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, _n: int) -> HttpResponse:
    """Take a text up again that was set aside."""
    communique.state = CommuniqueState.REVIEW
    communique.save(update_fields=["state"])
    return lead_to(communique)


def file(model_admin: Any, request: HttpRequest, communique: Communique, found: Sent, _number: int) -> HttpResponse:
    """Make the drafts of records: all of them, or none and the reasons beside their lines."""
    try:
        with transaction.atomic():
            _keep(communique, found.draft)
            filed = file_draft(communique, found.draft, request.user, seen=_offered(request))
    except ValidationError as error:
        communique.refresh_from_db()
        errors = by_field(error)
        general = errors.pop("", [])
        return _show(model_admin, request, communique, found.draft, errors, general=general)
    for told in _told(filed):
        messages.success(request, told)
    return lead_to(communique)


def _told(filed: Filed) -> list[str]:
    """What came of filing, in sentences: what was made, what it joined, which grants of the registry changed."""
    made = sum(filed.made.values())
    told = [ngettext("%(count)s draft was made.", "%(count)s drafts were made.", made) % {"count": made}]
    if filed.joined:
        told.append(_("They join an announcement of the registry."))
    if count := filed.changed.get("amended", 0):
        words = ngettext("%(count)s grant was corrected.", "%(count)s grants were corrected.", count)
        told.append(words % {"count": count})
    if count := filed.changed.get("completed", 0):
        words = ngettext("%(count)s grant was given its amount.", "%(count)s grants were given their amounts.", count)
        told.append(words % {"count": count})
    return told


def _offered(request: HttpRequest) -> set[int]:
    """The announcements that the page offered to join."""
    keys = request.POST.get("offered", "").split()
    return {int(key) for key in keys if is_key(Announcement, key)}


Deed = Callable[[Any, HttpRequest, Communique, Sent, int], HttpResponse]
DEEDS: dict[str, Deed] = {"keep": keep, "add": add, "take": take, "aside": set_aside, "resume": resume, "file": file}


def reread_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET asks, since corrections made in the draft go; POST reads the text with today's rules."""
    communique = acted_communique(request, object_id)
    if communique.state == CommuniqueState.FILED and not nothing_left(communique):
        messages.error(request, _("The drafts of this press release were made: it is no longer read again."))
        return lead_to(communique)
    if request.method != "POST":
        return render(model_admin, request, "reread", communique, {"title": _("Read the text again")})
    with transaction.atomic():
        communique = Communique.objects.select_for_update().get(pk=communique.pk)
        if request.POST.get("seen_version") != str(communique.version):
            messages.error(request, str(MOVED_ON))
            return lead_to(communique)
        before = Draft.from_json(communique.draft)
        read_again(communique)
        complete(communique, **asdict(before.source), programme=before.announcement.programme)
        communique.state, communique.filed_at = CommuniqueState.REVIEW, None
        communique.save(update_fields=["reading", "draft", "language", "title", "state", "filed_at"])
    messages.success(request, _("The text was read again."))
    return lead_to(communique)
