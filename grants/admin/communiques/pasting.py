"""A new communiqué: its text pasted, or its page or file, read at once. What was pasted is never lost."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.communiques.documents import Document, DocumentError, clean_pasted, most_megabytes, read_document
from grants.imports.resources.batches import plain_file_name
from grants.models import Communique, Programme, Source
from grants.models.communiques import fingerprint_of

from ..widgets import PartialDateInput
from .access import lead_to, may_read, render
from .reading import complete, read_again

MEGABYTE = 1024 * 1024
ENDINGS = ".txt,.md,.html,.htm,.mhtml,.pdf,.docx,.odt,.rtf,.eml"


class PasteForm(forms.Form):
    """The text or the file, and what they may not say themselves."""

    text = forms.CharField(
        label=gettext_lazy("Text of the press release"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "vLargeTextField", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or its file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    url = forms.URLField(
        label=gettext_lazy("Address of the page"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy("It is kept with the source. Nothing is fetched from it."),
    )
    publisher = Source._meta.get_field("publisher").formfield(
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Left empty, it is looked for in the text."),
    )
    published = Source._meta.get_field("published").formfield(required=False, widget=PartialDateInput)
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("Programme"),
        required=False,
        empty_label=gettext_lazy("the one that the text names"),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.order_by("name_fr", "pk")
        self.fields["file"].help_text = _("HTML, PDF, DOCX, ODT, RTF or plain text, %(limit)s MB at most.") % {
            "limit": most_megabytes()
        }

    def clean_file(self) -> Any:
        """Refuse at once what need not be read."""
        file = self.cleaned_data["file"]
        if file and file.size > most_megabytes() * MEGABYTE:
            told = _("This file has %(size)s; a press release has %(limit)s MB at most.")
            sizes = {"size": filesizeformat(file.size), "limit": most_megabytes()}
            raise ValidationError(told % sizes, code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        text, file = cleaned.get("text", ""), cleaned.get("file")
        if text.strip() and file:
            self.add_error("file", _("Give the text or the file, not both: empty the box, or choose no file."))
        elif not text.strip() and not file and "file" not in self.errors:
            self.add_error("text", _("Paste the text of the press release, or choose its file."))
        if not self.errors:
            cleaned["document"] = self._document(cleaned)
        return cleaned

    def _document(self, cleaned: dict[str, Any]) -> Document | None:
        """What was pasted or chosen, as text; None where it cannot be read, which the form then says."""
        file = cleaned.get("file")
        try:
            return read_document(file.read(), file.name) if file else clean_pasted(cleaned["text"])
        except DocumentError as error:
            self.add_error("file" if file else "text", str(error))
            return None


def paste_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST reads the text and leads to its review. A text that came before leads to its page."""
    if not may_read(request.user):
        raise PermissionDenied
    form = PasteForm(request.POST, request.FILES) if request.method == "POST" else PasteForm()
    if request.method == "POST" and form.is_valid():
        communique, is_new = bring_in(form.cleaned_data, request.user)
        if not is_new:
            messages.info(request, _("This text was brought in before: here is what became of it."))
        for note in form.cleaned_data["document"].notes:
            messages.warning(request, str(note))
        return lead_to(communique)
    return render(model_admin, request, "paste", None, {"title": _("Paste a press release"), "form": form})


def bring_in(given: dict[str, Any], user: Any) -> tuple[Communique, bool]:
    """The communiqué of this text, read; and whether it is a new one."""
    document = given["document"]
    kept = Communique.objects.filter(fingerprint=fingerprint_of(document.text))
    if before := kept.first():
        return before, False
    file = given.get("file")
    communique = Communique(
        text=document.text,
        url=given["url"] or document.url,
        file_name=plain_file_name(file.name) if file else "",
        read_by=user,
    )
    read_again(communique)
    complete(
        communique,
        title=document.title,
        publisher=given["publisher"],
        published=str(given["published"] or document.published or ""),
        url=communique.url,
        programme=given["programme"].pk if given["programme"] else None,
    )
    try:
        with transaction.atomic():
            communique.save()
    except IntegrityError:  # somebody else brought it in this very moment
        return kept.get(), False
    return communique, True
