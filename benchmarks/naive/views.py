"""As the first pages of Django's documentation lead to: a queryset, a Paginator, annotate(Count)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from grants.models import Grant

PAGE = 50
FIELDS = {
    "programme": "programme__public_id",
    "announcement": "announcement__public_id",
    "year": "year",
    "region": "recipient__region__code",
    "kind": "recipient__kind",
    "instrument": "instrument",
    "status": "status",
}
WORDS = ("title_fr", "description_fr", "recipient__name_fr", "reference")

TEMPLATE = Engine().from_string("""<!doctype html><title>Grants</title>
<p>{{ page.paginator.count }} grants, {{ total }} $</p>
{% for name, choices in facets %}<h2>{{ name }}</h2><ul>
{% for value, count in choices %}<li><a href="?{{ name }}={{ value }}">{{ value }}</a> {{ count }}</li>{% endfor %}
</ul>{% endfor %}
<table>{% for grant in page %}<tr><td>{{ grant.recipient.name_fr }}</td><td>{{ grant.title_fr }}</td>
<td>{{ grant.programme.name_fr }}</td><td>{{ grant.date }}</td><td>{{ grant.amount }}</td></tr>{% endfor %}</table>
<p>{{ page.number }} / {{ page.paginator.num_pages }}</p>""")


def chosen(question: Any) -> QuerySet:
    """The published grants that the address asks for."""
    found = Grant.objects.published().annotate(year=Left("date", 4))
    if words := question.get("q"):
        anywhere = Q()
        for field in WORDS:
            anywhere |= Q(**{f"{field}__icontains": words})
        found = found.filter(anywhere)
    for name, field in FIELDS.items():
        if values := question.getlist(name):
            found = found.filter(**{f"{field}__in": values})
    return found


def grants(request: HttpRequest) -> HttpResponse:
    found = chosen(request.GET)
    listed = found.select_related("recipient", "programme").order_by(request.GET.get("sort", "-date"), "-pk")
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    facets = [
        (name, found.order_by().values_list(field).annotate(count=Count("pk")).order_by("-count")[:30])
        for name, field in FIELDS.items()
    ]
    total = found.aggregate(total=Sum("amount"))["total"]
    return HttpResponse(TEMPLATE.render(Context({"page": page, "facets": facets, "total": total})))
