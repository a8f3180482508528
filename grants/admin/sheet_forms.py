"""The two forms of an import: the file, and the confirmation of its preview."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from grants.imports.reading.kinds import kind_of_name
from grants.imports.waiting import LONGEST_WAIT, WaitingSheets

MEGABYTE = 1024 * 1024
# These screens hold a sheet wholly in memory; larger ones come in by the screens of imports.
MOST_HERE = 20


def limit() -> int:
    """The largest file taken here, in megabytes."""
    return min(settings.UPLOAD_LIMIT_MB, MOST_HERE)


class SheetImportForm(ImportForm):
    """Which file. Its format is what its name says, unless somebody says otherwise."""

    media = forms.Media()
    field_order = ["import_file", "format", "resource"]

    def __init__(self, formats: list[Any], resources: list[Any], **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.kinds = [format_().get_extension() for format_ in formats]
        self.fields["import_file"].label = _("File")
        self.fields["import_file"].help_text = _("CSV, XLSX or ODS, %(limit)s MB at most.") % {"limit": limit()}
        format_field = self.fields["format"]
        format_field.label = _("Format")
        format_field.required = False
        format_field.choices = [("", _("as the file's name says")), *format_field.choices[1:]]

    def clean_import_file(self) -> Any:
        """Refuse what is larger than the registry takes."""
        file = self.cleaned_data["import_file"]
        if file.size > limit() * MEGABYTE:
            raise ValidationError(
                _("This file has %(size)s MB; the registry takes %(limit)s MB at most."),
                code="too_large",
                params={"size": -(-file.size // MEGABYTE), "limit": limit()},
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("import_file") and not cleaned.get("format") and "format" not in self.errors:
            kind = kind_of_name(cleaned["import_file"].name)
            if kind in self.kinds:
                cleaned["format"] = str(self.kinds.index(kind))
            else:
                message = _("The name of this file ends in no format that can be read: CSV, XLSX, ODS or XLS.")
                self.add_error("import_file", ValidationError(message, code="format"))
        return cleaned


class SheetConfirmForm(ConfirmImportForm):
    """The preview that is confirmed: its file, signed for the person who saw it, and what it showed."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)

    def __init__(self, *args: Any, signer: signing.TimestampSigner, formats: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer
        self.formats = formats
        for field in self.fields.values():
            field.error_messages["required"] = BEGIN_AGAIN

    def clean_import_file_name(self) -> str:
        """The name of the waiting file. Refuses one not given to this person, or too old."""
        try:
            name = self.signer.unsign(self.cleaned_data["import_file_name"], max_age=LONGEST_WAIT)
            self.content = WaitingSheets(name=name).read()
        except (signing.SignatureExpired, FileNotFoundError):
            raise ValidationError(GONE, code="expired") from None
        except signing.BadSignature:
            raise ValidationError(BEGIN_AGAIN, code="signature") from None
        return name

    def clean_format(self) -> Any:
        """The format as a class."""
        position = self.cleaned_data["format"]
        by_position = {str(number): format_ for number, format_ in enumerate(self.formats)}
        if position not in by_position:
            raise ValidationError(BEGIN_AGAIN, code="format")
        return by_position[position]


class SheetExportForm(ExportForm):
    """Which format."""

    media = forms.Media()

    def __init__(self, formats: list[Any], resources: list[Any], **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].label = _("Format")
        self.fields["format"].choices = self.fields["format"].choices[1:]
        self.fields["format"].initial = "0"


GONE = _("The file has waited too long for its confirmation and was thrown away. Nothing was written: begin again.")
BEGIN_AGAIN = _("This confirmation does not come from your preview. Nothing was written: begin again.")
