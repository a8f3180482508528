"""Import and export of every noun, on django-import-export's own screens: file, preview, confirmation."""

import hashlib
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from import_export.admin import ExportActionMixin, ImportMixin
from import_export.signals import post_export

from grants.bilingual import current_language
from grants.exports.downloads import pieces, sending
from grants.imports.errors import SheetError
from grants.imports.formats import FORMATS, reading_errors
from grants.imports.going_out import EXPORT_FORMATS, table_of
from grants.imports.resources import RESOURCES, SheetResource
from grants.imports.results import SheetResult
from grants.imports.waiting import WaitingSheets

from .keys import is_key
from .sheet_forms import SheetConfirmForm, SheetExportForm, SheetImportForm


class SheetAdmin(ImportMixin, ExportActionMixin):
    """For a ModelAdmin: its records come in and go out as sheets, by the resource of its model.

    Bringing in takes the right to add and to change; taking out, the right to view.
    """

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    # The page of one record belongs to the noun; a list of one record exports as well.
    change_form_template: str | None = None
    show_change_form_export = False
    import_formats = FORMATS
    export_formats = EXPORT_FORMATS
    import_form_class = SheetImportForm
    confirm_form_class = SheetConfirmForm
    export_form_class = SheetExportForm
    tmp_storage_class = WaitingSheets

    def get_resource_classes(self, request: HttpRequest) -> list[type[SheetResource]]:
        return [RESOURCES[self.model]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    # ── Coming in ────────────────────────────────────────────────────────────────────────────────────────

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file, then its preview, of which nothing is written."""
        response = super().import_action(request, **kwargs)
        confirm_form = response.context_data.get("confirm_form")
        if confirm_form:
            confirm_form.initial["seen"] = response.context_data["result"].digest()
        else:
            self._throw_away(response.context_data["form"])
        return response

    def _throw_away(self, form: SheetImportForm) -> None:
        """A file that cannot be confirmed need not wait."""
        file = form.files.get("import_file")
        if name := getattr(file, "tmp_storage_name", ""):
            WaitingSheets(name=name).remove()

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"columns": RESOURCES[self.model]().get_written_columns(), "rows_shown": ":200"}

    def add_data_read_fail_error_to_form(self, form: SheetImportForm, e: Exception) -> None:
        """Our own sentences: no name of a class, no traceback."""
        for sentence in reading_errors(e, form.cleaned_data["import_file"].name):
            form.add_error("import_file", sentence)

    def _signer(self, request: HttpRequest) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"sheet:{self.opts.label_lower}:{request.user.pk}")

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["import_file_name"] = self._signer(request).sign(initial["import_file_name"])
        return initial

    def get_confirm_form_kwargs(self, request: HttpRequest, import_form: Any = None) -> dict[str, Any]:
        kwargs = super().get_confirm_form_kwargs(request, import_form)
        return {**kwargs, "signer": self._signer(request), "formats": self.get_import_formats()}

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmation: all rows are written, or none."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        if not form.is_valid():
            for sentence in dict.fromkeys(text for texts in form.errors.values() for text in texts):
                messages.error(request, sentence)
            return HttpResponseRedirect(self._address("import"))
        result = self._bring_in(request, form)
        WaitingSheets(name=form.cleaned_data["import_file_name"]).remove()
        return self.process_result(result, request)

    def _bring_in(self, request: HttpRequest, form: SheetConfirmForm) -> SheetResult:
        try:
            dataset = form.cleaned_data["format"]().create_dataset(form.content)
        except SheetError as error:
            result = SheetResult()
            result.file_problems = [error, *error.others]
            return result
        return RESOURCES[self.model]().import_data(
            dataset,
            user=request.user,
            file_name=form.cleaned_data["original_file_name"],
            fingerprint=hashlib.sha256(form.content).hexdigest(),
            seen=form.cleaned_data["seen"],
        )

    def process_result(self, result: SheetResult, request: HttpRequest) -> HttpResponse:
        """The list, or what prevented the import."""
        if not result.has_errors():
            return super().process_result(result, request)
        form = self.import_form_class(self.get_import_formats(), self.get_resource_classes(request))
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": _("Import"),
            "form": form,
            "opts": self.opts,
            "media": self.media,
            "result": result,
            "was_confirmed": True,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, [self.import_template_name], context)

    def add_success_message(self, result: SheetResult, request: HttpRequest) -> None:
        message = _("Imported: %(new)s new, %(changed)s changed, %(unchanged)s unchanged.")
        counts = {"new": result.new, "changed": result.changed, "unchanged": result.unchanged}
        messages.success(request, message % counts)

    def _address(self, page: str) -> str:
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, current_app=self.admin_site.name)

    # ── Going out ────────────────────────────────────────────────────────────────────────────────────────

    def get_export_form_class(self) -> type[SheetExportForm]:
        return SheetExportForm

    def export_admin_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """The choice of a format for the records ticked; for all of a list, the page that exports it as filtered."""
        if request.POST.get("select_across") == "1":
            question = request.GET.urlencode()
            return HttpResponseRedirect(self._address("export") + (f"?{question}" if question else ""))
        return super().export_admin_action(request, queryset)

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet, export_form: Any = None
    ) -> StreamingHttpResponse:
        """The file, sent while it is made: the resource's columns, read by PostgreSQL rather than by `export()`."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        chosen = self.choose_export_resource_class(export_form, request)
        resource = chosen(**self.get_export_resource_kwargs(request, export_form=export_form))
        table = table_of(resource, queryset, self.get_export_resource_fields_from_form(export_form))
        ending = file_format.get_extension()
        content = pieces(table, ending, title=resource.get_display_name(), language=current_language())
        response = sending(content, ending, self.get_export_filename(request, queryset, file_format))
        post_export.send(sender=None, model=self.model)
        return response

    def get_valid_export_item_pks(self, request: HttpRequest) -> list[str]:
        """Those that were posted: the list's own queryset then keeps the ones that this person may see."""
        return [pk for pk in request.POST.getlist("export_items") if is_key(self.model, pk)]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if "export_admin_action" in actions:
            function, name, _description = actions["export_admin_action"]
            actions["export_admin_action"] = (function, name, _("Export the selection"))
        return actions
