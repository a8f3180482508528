"""Imports: spreadsheets brought in."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .codes import ImportState, known_codes
from .fields import Line
from .history import tracked
from .records import Record


@tracked
class Import(Record):
    """One spreadsheet brought in: the file's name and fingerprint, by whom, what came of its rows."""

    file_name = Line(_("file"), max_length=255)
    fingerprint = models.CharField(
        _("SHA-256"), max_length=64, blank=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    sheet = Line(_("sheet"), max_length=120, blank=True)
    noun = models.CharField(_("records"), max_length=40, help_text=_("The kind of record that the rows became."))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    profile = Line(_("profile"), max_length=80, blank=True)
    mapping = models.JSONField(_("column mapping"), default=dict, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_new = models.PositiveIntegerField(_("new"), default=0)
    rows_changed = models.PositiveIntegerField(_("changed"), default=0)
    rows_unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rows_refused = models.PositiveIntegerField(_("refused"), default=0)
    errors = models.JSONField(_("errors"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.APPLIED)

    class Meta(Record.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            known_codes("import_codes_known", state=ImportState),
            models.CheckConstraint(
                name="import_rows_add_up",
                condition=models.Q(
                    rows_read=models.F("rows_new")
                    + models.F("rows_changed")
                    + models.F("rows_unchanged")
                    + models.F("rows_refused")
                ),
                violation_error_message=_("The rows new, changed, unchanged and refused must add up to the rows read."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
