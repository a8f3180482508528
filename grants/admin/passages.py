"""The words of press releases on the pages of the records that were made of them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from grants.actions.permissions import allowed
from grants.models import Communique, Passage

from .communiques.marks import passage_address


class WithPassages(admin.ModelAdmin):
    """The page of a figure or grant: its words in each press release that says so, and the way to them."""

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if (record := context.get("original")) and allowed(request.user, "view", Communique):
            context["passages"] = passages_of(record)
        return super().render_change_form(request, context, *args, **kwargs)


def passages_of(record: models.Model) -> list[dict[str, Any]]:
    """The words of a grant or figure, in each press release that it came from."""
    found = Passage.objects.filter(**{str(record._meta.model_name): record}).select_related("communique")
    return [
        {"communique": one.communique, "words": " ".join(one.words.split()), "url": passage_address(one)}
        for one in found.order_by("pk")
    ]
