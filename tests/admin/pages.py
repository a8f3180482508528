"""Pages of the admin as a browser uses them: sign in, open a form, change a field, send it."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override


def signed_in(user: User) -> Client:
    """A client of `user`."""
    client = Client()
    client.force_login(user)
    return client


def address(record: Model | type[Model], page: str = "change", language: str = "fr") -> str:
    """The address of a page of a record, or of a list (`changelist`, `add`)."""
    args = [] if isinstance(record, type) else [record.pk]
    with override(language):  # the language of the last request is still the active one
        return reverse(f"admin:grants_{record._meta.model_name}_{page}", args=args)


def as_sent(response: HttpResponse) -> dict[str, Any]:
    """What the form of this page would send if nobody touched it."""
    sent = _fields(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        sent |= _fields(formset.management_form)
        for form in formset.forms:
            sent |= _fields(form)
    return sent


def _fields(form: Any) -> dict[str, Any]:
    sent = {}
    for bound in form:
        widget = bound.field.widget
        written = widget.format_value(bound.value()) if hasattr(widget, "format_value") else bound.value()
        written = written[0] if isinstance(written, list) and written else written
        if written is True or (getattr(widget, "input_type", "") == "checkbox" and bound.value()):
            sent[bound.html_name] = "on"
        elif written not in (None, False, []) and getattr(widget, "input_type", "") != "checkbox":
            sent[bound.html_name] = str(written)
    return sent


def send(client: Client, url: str, **changes: Any) -> HttpResponse:
    """Open the form at `url`, change some fields (None takes one away) and send it."""
    sent = as_sent(client.get(url)) | changes
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


def errors_of(response: HttpResponse) -> str:
    """All that the form said against what was sent."""
    assert response.status_code == 200, "the form was accepted"
    return " ".join(str(error) for error in response.context["errors"])


def messages_of(response: HttpResponse) -> list[str]:
    """The messages over the page."""
    return [str(message) for message in response.context["messages"]]
