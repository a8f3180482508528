"""Buttons and list actions that move records along: they call grants.actions.publication and show what it refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.actions import publication
from grants.actions.permissions import allowed, may_change, may_delete
from grants.actions.publication import Refused
from grants.models import Organisation, Publishable
from grants.models.codes import Publication
from grants.models.fields import Line

from .refusals import explain

# An action on more records than this belongs to a command, not to a web page.
MOST_AT_ONCE = 1000


class ConfirmForm(forms.Form):
    """Nothing to fill in: the page itself is the question."""


class NoticeForm(forms.Form):
    """What the public will read at the address of what is withdrawn."""

    notice_fr = Line(gettext_lazy("notice for the public, in French")).formfield()
    notice_en = Line(gettext_lazy("notice for the public, in English"), blank=True).formfield()


@dataclass(frozen=True)
class Verb:
    """One way for a record to move: from which states, with whose permission, after which question."""

    name: str
    label: str | Promise
    permission: str
    states: tuple[str, ...]
    act: Callable[..., int]
    question: type[forms.Form] | None = None
    explanation: str | Promise = ""
    only_superusers: bool = False

    def is_open_to(self, user: Any, model: type[Publishable]) -> bool:
        """Whether `user` may press this button on records of `model` at all."""
        return allowed(user, self.permission, model) and (user.is_superuser or not self.only_superusers)


def _publish_by_exception(records: Any, *, by: Any) -> int:
    return publication.publish(records, by=by, exception=True)


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "make_ready",
            gettext_lazy("Make ready"),
            "change",
            (Publication.DRAFT, Publication.WITHDRAWN),
            publication.make_ready,
        ),
        Verb(
            "return_to_draft",
            gettext_lazy("Return to draft"),
            "change",
            (Publication.READY,),
            publication.return_to_draft,
        ),
        Verb("publish", gettext_lazy("Publish"), "publish", (Publication.READY,), publication.publish),
        Verb(
            "publish_exception",
            gettext_lazy("Publish by exception"),
            "publish",
            (Publication.READY,),
            _publish_by_exception,
            ConfirmForm,
            gettext_lazy(
                "Two people must see a record before the public does. You are about to publish alone what you may "
                "have made ready yourself: the exception and your name stay on the record."
            ),
            only_superusers=True,
        ),
        Verb(
            "withdraw",
            gettext_lazy("Withdraw"),
            "withdraw",
            (Publication.PUBLISHED,),
            publication.withdraw,
            NoticeForm,
            gettext_lazy("The public address will answer with this notice and today's date."),
        ),
    )
}


class Stale(Refused):
    """The record changed since its page was opened."""


class PublicationButtons(admin.ModelAdmin):
    """Records that the public may come to see: their state, their buttons, their list actions."""

    def get_urls(self) -> list[URLPattern]:
        name = f"grants_{self.opts.model_name}_publication"
        view = self.admin_site.admin_view(self.publication_view)
        return [path("<path:object_id>/publication/<slug:verb>/", view, name=name), *super().get_urls()]

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed_here = super().has_change_permission(request, obj)
        return allowed_here and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed_here = super().has_delete_permission(request, obj)
        return allowed_here and (obj is None or may_delete(request.user, obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What was public is not deleted: its address must go on answering."""
        deleted, count, perms, protected = super().get_deleted_objects(objs, request)
        kept = [
            _("%(record)s (was published: withdraw it instead)") % {"record": record}
            for record in objs
            if record.published_at is not None
        ]
        return deleted, count, perms, [*protected, *kept]

    # The page of the record

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        record = context.get("original")
        if record is not None:
            context["publication_buttons"] = self.buttons(request, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def buttons(self, request: HttpRequest, record: Publishable) -> list[dict[str, Any]]:
        """The verbs that this person may use on this record now, with their addresses."""
        if getattr(record, "merged_into_id", None):
            return []
        return [
            {"verb": verb, "url": self._verb_url(record, verb)}
            for verb in VERBS.values()
            if record.publication in verb.states and verb.is_open_to(request.user, self.model)
        ]

    def _verb_url(self, record: Publishable, verb: Verb) -> str:
        return reverse(f"admin:grants_{self.opts.model_name}_publication", args=[record.pk, verb.name])

    def publication_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        """One record, one verb: a question where the verb asks one (or the page is only visited), then the deed."""
        record = self.get_object(request, unquote(object_id))
        asked = VERBS.get(verb)
        if record is None or asked is None:
            raise Http404
        if not asked.is_open_to(request.user, self.model):
            raise PermissionDenied
        form = self._question(request, asked)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, asked, [record], form)
        self._do(request, asked, [record], form.cleaned_data, request.POST.get("seen_version"))
        return HttpResponseRedirect(reverse(f"admin:grants_{self.opts.model_name}_change", args=[record.pk]))

    # The list

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "_popup" in request.GET:
            return actions
        for verb in VERBS.values():
            if verb.is_open_to(request.user, self.model):
                actions[verb.name] = (_list_action(verb), verb.name, verb.label)
        return actions

    def bulk(self, request: HttpRequest, verb: Verb, queryset: QuerySet) -> HttpResponse | None:
        """Several records, one verb: all of them or none."""
        records = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(records) > MOST_AT_ONCE:
            self.message_user(request, _("Choose at most 1,000 records at a time."), messages.ERROR)
            return None
        form = self._question(request, verb)
        if verb.question and not (request.POST.get("confirmed") and form.is_valid()):
            return self._ask(request, verb, records, form, action=verb.name)
        self._do(request, verb, records, form.cleaned_data if verb.question else {})
        return None

    # Shared by both

    def _question(self, request: HttpRequest, verb: Verb) -> forms.Form:
        question = verb.question or ConfirmForm
        is_answer = request.method == "POST" and (verb.question is None or request.POST.get("confirmed"))
        return question(request.POST) if is_answer else question()

    def _ask(
        self, request: HttpRequest, verb: Verb, records: list[Any], form: forms.Form, action: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "opts": self.opts,
            "verb": verb,
            "records": records,
            "form": form,
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "seen_version": request.POST.get("seen_version") or (records[0].version if records else ""),
        }
        return TemplateResponse(request, "admin/grants/confirm.html", context)

    def _do(
        self, request: HttpRequest, verb: Verb, records: list[Any], answers: dict[str, Any], seen: str | None = None
    ) -> None:
        try:
            with transaction.atomic():
                if seen is not None:
                    self._refuse_stale(records[0], seen)
                changed = verb.act(records, by=request.user, **answers)
        except Refused as refused:
            for message in refused.messages:
                self.message_user(request, message, messages.ERROR)
        except (IntegrityError, InternalError) as error:
            self.message_user(request, str(explain(error)), messages.ERROR)
        else:
            told = ngettext("%(verb)s: %(count)d record.", "%(verb)s: %(count)d records.", changed)
            self.message_user(request, told % {"verb": verb.label, "count": changed}, messages.SUCCESS)

    def _refuse_stale(self, record: Any, seen: str) -> None:
        """A button speaks of what its page showed: not of what somebody wrote since."""
        stored = self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("version").first()
        if stored is None or str(stored[0]) != seen:
            raise Stale(_("This record was changed since you opened it. Look at it again, then press the button."))


def _list_action(verb: Verb) -> Callable[..., HttpResponse | None]:
    def action(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return model_admin.bulk(request, verb, queryset)

    return action


def is_public(record: Any) -> bool:
    """Whether the record has a public page now."""
    if isinstance(record, Organisation) and record.is_natural_person:
        return False
    return record is not None and getattr(record, "is_published", False)
