"""The page of names: which record each name of the sheet is. One decision per name, however many rows say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from grants.imports.steps import preview
from grants.imports.steps.deciding import NOUNS, NameRow, Suggestion, decide, names
from grants.models import Citation, Grant, GrantProject, Import
from grants.models.codes import ImportState

from ..keys import is_key
from .access import NotNow, Told, do, lead_to, model_of, render, shown_import
from .deciding import begin

NAMES_SHOWN = 25
NEW, OTHER, UNDECIDED = "new", "other", ""
OPEN = ("ambiguous", "similar", "unknown")
GONE = gettext_lazy("That record has gone meanwhile. Nothing was decided.")
# In the order in which they should be looked at.
HOW: dict[str, str | Promise] = {
    "ambiguous": pgettext_lazy("names", "ambiguous"),
    "similar": pgettext_lazy("names", "similar"),
    "unknown": pgettext_lazy("names", "unknown"),
    "new": pgettext_lazy("names", "new"),
    "chosen": pgettext_lazy("names", "decided"),
    "alias": pgettext_lazy("names", "recognised by another name"),
    "number": pgettext_lazy("names", "recognised by their number"),
    "id": pgettext_lazy("names", "recognised by their id"),
    "exact": pgettext_lazy("names", "recognised by their name"),
}
HOW_ONE: dict[str, str | Promise] = {
    "ambiguous": pgettext_lazy("name", "ambiguous"),
    "similar": pgettext_lazy("name", "similar"),
    "unknown": pgettext_lazy("name", "unknown"),
    "new": pgettext_lazy("name", "new"),
    "chosen": pgettext_lazy("name", "decided"),
    "alias": pgettext_lazy("name", "recognised by another name"),
    "number": pgettext_lazy("name", "recognised by its number"),
    "id": pgettext_lazy("name", "recognised by its id"),
    "exact": pgettext_lazy("name", "recognised by its name"),
}
EXPLAINED: dict[str, str | Promise] = {
    "ambiguous": gettext_lazy("Several records have this name: its rows are refused until you say which one it is."),
    "similar": gettext_lazy("Nearly the name of a record: its rows make a new record unless you say otherwise."),
    "unknown": gettext_lazy("No record has this name, and this column makes none: its rows are refused."),
}
REASONS: dict[str, str | Promise] = {"same_name": gettext_lazy("the same name")}
# A field of the registry that refers to such a record: its autocompletion finds them.
FIELDS = {
    "organisation": Grant._meta.get_field("recipient"),
    "programme": Grant._meta.get_field("programme"),
    "announcement": Grant._meta.get_field("announcement"),
    "project": GrantProject._meta.get_field("project"),
    "source": Citation._meta.get_field("source"),
}


@dataclass(frozen=True)
class Choice:
    """One thing that a name may be."""

    value: str
    label: str
    reason: str = ""


@dataclass(frozen=True)
class NameLine:
    """One name of the page: what it may be, which of these it is now, and the box that finds any other record."""

    number: int
    name: NameRow
    choices: list[Choice]
    shown: str
    finder: SafeString | str

    @property
    def how(self) -> str | Promise:
        """How it was recognised."""
        return HOW_ONE.get(self.name.how, self.name.how)

    @property
    def explained(self) -> str | Promise:
        """What becomes of its rows, where that is not plain."""
        return EXPLAINED.get(self.name.how, "")


def names_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET shows names, those to decide first; POST keeps the decisions and judges the rows again."""
    if request.method == "POST":
        return do(request, object_id, lambda batch: _decide(request, batch), then="names")
    batch = shown_import(request, object_id)
    if batch.state != ImportState.PREVIEW:
        return lead_to(batch)
    chosen = {name: request.GET.get(name, "").replace("\x00", "") for name in ("noun", "how")}
    start = _start(request)
    found = names(batch, **chosen, offset=start, limit=NAMES_SHOWN + 1)
    decided = batch.wishes.get("names", {})
    lines = [
        _line(model_admin, number, name, decided.get(name.noun, {}).get(name.key, ""))
        for number, name in enumerate(found[:NAMES_SHOWN])
    ]
    context = {
        "title": _("Names"),
        "tab": "names",
        "lines": lines,
        "counts": _counts(preview.summary(batch).names, chosen),
        "more": _query(**chosen, start=str(start + NAMES_SHOWN)) if len(found) > NAMES_SHOWN else "",
        "first": _query(**chosen) if start else "",
        "media": _media(model_admin, lines),
    }
    return render(model_admin, request, "names", batch, context)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _counts(found: dict[str, dict[str, int]], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Per noun named, how many names were recognised how, with the address that shows them."""
    groups = []
    for noun, counts in found.items():
        kinds = [
            {
                "label": HOW[how],
                "count": counts[how],
                "query": _query(noun=noun, how=how),
                "is_chosen": chosen == {"noun": noun, "how": how},
            }
            for how in HOW
            if counts.get(how)
        ]
        groups.append({"label": model_of(noun)._meta.verbose_name_plural, "kinds": kinds})
    return groups


def _line(model_admin: Any, number: int, name: NameRow, decided: str) -> NameLine:
    choices = []
    if decided or name.how in OPEN:
        choices.append(Choice(UNDECIDED, _("Not decided yet")))
    if name.record and name.how != "similar":
        choices.append(Choice(str(name.record), _("It is %(record)s") % {"record": name.record_label}))
    choices += [
        Choice(str(near.pk), _("It is %(record)s") % {"record": near.label}, _reason(near))
        for near in name.suggestions
        if not name.record or near.pk != name.record
    ]
    if name.how != "unknown":
        choices.append(Choice(NEW, _("It is another one: make a new record")))
    return NameLine(number, name, choices, decided or _shown(name), _finder(model_admin, number, name))


def _shown(name: NameRow) -> str:
    """The choice that stands where nobody decided."""
    if name.how in OPEN:
        return UNDECIDED
    return str(name.record) if name.record else NEW


def _reason(near: Suggestion) -> str:
    """Why a record is suggested."""
    if near.reason == "similar":
        return _("names alike at %(score)s%%") % {"score": near.score}
    return str(REASONS.get(near.reason, near.reason))


def _finder(model_admin: Any, number: int, name: Any) -> SafeString | str:
    """The box that finds any other record of that kind; "" where the registry has none for it."""
    field = FIELDS.get(name.noun)
    if field is None:
        return ""
    label = _("Another record for “%(name)s”") % {"name": name.name}
    widget = AutocompleteSelect(field, model_admin.admin_site, attrs={"aria-label": label})
    box = forms.ModelChoiceField(field.related_model._default_manager.none(), widget=widget, required=False)
    return box.widget.render(f"other-{number}", None, {"id": f"id_other-{number}"})


def _media(model_admin: Any, lines: list[NameLine]) -> Any:
    """The script of the boxes, where the page has any."""
    fields = [FIELDS[line.name.noun] for line in lines if line.finder]
    return AutocompleteSelect(fields[0], model_admin.admin_site).media if fields else model_admin.media


def _query(**values: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in values.items() if value})
    return f"?{query.urlencode()}"


def _decide(request: HttpRequest, batch: Import) -> Told | None:
    if batch.state != ImportState.PREVIEW:
        raise NotNow(_("Names can be decided before the import, not after."))
    try:
        changed = decide(batch, dict(_decisions(request.POST)))
    except ValueError:
        raise NotNow(GONE) from None
    if not changed:
        return _("Nothing was decided.")
    begin("read", batch)
    return ngettext("%(count)d name decided.", "%(count)d names decided.", changed) % {"count": changed}


def _decisions(posted: QueryDict) -> Iterator[tuple[tuple[str, str], str]]:
    """((noun, key), choice) of each name whose choice is not the one that the page showed. Raises NotNow."""
    for number in range(NAMES_SHOWN):
        noun, key = posted.get(f"noun-{number}", ""), posted.get(f"key-{number}", "")
        choice, shown = posted.get(f"choice-{number}"), posted.get(f"shown-{number}", "")
        if noun not in NOUNS or not key or choice is None or choice == shown:
            continue
        if choice == OTHER:
            choice = _record(noun, posted, number)
        if choice not in (NEW, UNDECIDED) and not is_key(NOUNS[noun], choice):
            raise NotNow(GONE)
        yield (noun, key), choice


def _record(noun: str, posted: QueryDict, number: int) -> str:
    """The other record that was found: by the box, or by its public id where the page has no script."""
    chosen, written = posted.get(f"other-{number}", ""), posted.get(f"public_id-{number}", "").strip()
    if not chosen and written and "\x00" not in written:
        found = NOUNS[noun]._default_manager.filter(public_id=written.lower()).values_list("pk", flat=True).first()
        if found is None:
            raise NotNow(_("No record has the id “%(id)s”. Nothing was decided.") % {"id": written[:80]})
        return str(found)
    if not chosen:
        raise NotNow(
            _("Say which other record “%(name)s” is. Nothing was decided.")
            % {"name": posted.get(f"name-{number}", "")[:80]}
        )
    return chosen
