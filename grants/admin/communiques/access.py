"""Who may see a communiqué and who may act on it, its addresses, its pages in the staff's frame."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.models import Announcement, Communique, Figure, Grant, Source

from ..keys import is_key

MOVED_ON = _("This press release moved on since you opened that page. This is where it stands now.")
# What filing makes: whoever looks a press release over may make these.
MADE = (Source, Announcement, Grant, Figure)


def may_read(user: Any) -> bool:
    """Whether `user` may bring press releases in, look them over and file them."""
    return (
        allowed(user, "add", Communique)
        and allowed(user, "change", Communique)
        and all(allowed(user, "add", model) for model in MADE)
    )


def shown_communique(request: HttpRequest, object_id: str) -> Communique:
    """The communiqué whose page this person may see. Raises Http404 and PermissionDenied."""
    found = Communique.objects.select_related("read_by", "announcement", "source")
    communique = found.filter(pk=object_id).first() if is_key(Communique, object_id) else None
    if communique is None:
        raise Http404
    if not allowed(request.user, "view", Communique):
        raise PermissionDenied
    return communique


def acted_communique(request: HttpRequest, object_id: str) -> Communique:
    """The same, for somebody who may act on it. Raises PermissionDenied too."""
    communique = shown_communique(request, object_id)
    if not may_read(request.user):
        raise PermissionDenied
    return communique


def address(communique: Communique, page: str = "change", anchor: str = "") -> str:
    """The address of a page of the communiqué."""
    found = reverse(f"admin:grants_communique_{page}", args=[communique.pk])
    return f"{found}#{anchor}" if anchor else found


def lead_to(communique: Communique, page: str = "change", anchor: str = "") -> HttpResponseRedirect:
    """To a page of the communiqué, or to a place in it."""
    return HttpResponseRedirect(address(communique, page, anchor))


def render(
    model_admin: Any,
    request: HttpRequest,
    template: str,
    communique: Communique | None,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page of a communiqué (or of none yet), in the staff's frame."""
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "object": communique,
        "communique": communique,
        "subtitle": str(communique) if communique and context["title"] != str(communique) else None,
        "may_act": may_read(request.user),
    }
    request.current_app = model_admin.admin_site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, f"admin/grants/communique/{template}.html", {**frame, **context}, status=status)
