"""Imports: spreadsheets brought in, the bytes they came as, how far they have come, and the mappings worth keeping."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .codes import ImportState, known_codes, not_empty
from .fields import Line, MoneyField
from .history import tracked
from .records import Record


@tracked
class Import(Record):
    """One spreadsheet brought in: the file's name and fingerprint, by whom, what came of its rows.

    Rows new, changed, unchanged and refused add up to the rows read. Rows excluded (totals, sections, repeated
    headers) are no rows of data and are counted apart.
    """

    # The file
    file_name = Line(_("file"), max_length=255)
    fingerprint = models.CharField(
        _("SHA-256"), max_length=64, blank=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sheet = Line(_("sheet"), max_length=120, blank=True)
    noun = models.CharField(_("records"), max_length=40, help_text=_("The kind of record that the rows became."))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    # How it is read: what the reader found, what people decided otherwise
    profile = Line(_("profile"), max_length=80, blank=True)
    mapping = models.JSONField(_("column mapping"), default=dict, blank=True)
    understanding = models.JSONField(_("how it was read"), default=dict, blank=True, editable=False)
    wishes = models.JSONField(_("what was decided otherwise"), default=dict, blank=True, editable=False)
    programme = models.ForeignKey(
        "grants.Programme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("programme"),
        help_text=_("The programme of the rows that name none."),
    )
    only_good_rows = models.BooleanField(
        _("good rows only"), default=False, help_text=_("The rows refused stay out; the others come in.")
    )

    # What came of it
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_new = models.PositiveIntegerField(_("new"), default=0)
    rows_changed = models.PositiveIntegerField(_("changed"), default=0)
    rows_unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rows_refused = models.PositiveIntegerField(_("refused"), default=0)
    rows_excluded = models.PositiveIntegerField(
        _("excluded"), default=0, help_text=_("Totals, sections, repeated headers: no rows of data.")
    )
    amount_sum = MoneyField(_("sum of the amounts"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True, editable=False)
    errors = models.JSONField(_("errors"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.APPLIED)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta(Record.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        permissions = [("undo_import", "Can undo an import")]
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


class ImportPart(models.Model):
    """A piece of the file as it came, compressed: whichever machine reads it, the database has it."""

    import_batch = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="import_part_once", fields=["import_batch", "position"])]

    def __str__(self) -> str:
        return f"{self.import_batch_id}/{self.position}"


class ImportProgress(models.Model):
    """How far the work on an import is, written apart from its transaction so that people see it move."""

    import_batch = models.OneToOneField(Import, models.CASCADE, primary_key=True, related_name="progress")
    phase = models.CharField(max_length=20, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    phase_started_at = models.DateTimeField(db_default=Now())
    heartbeat = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.import_batch_id}: {self.phase}"


@tracked
class ImportProfile(Record):
    """A mapping made by hand, kept under a name: `titles` gives the column of each folded title."""

    name = Line(_("name"), max_length=80, unique=True)
    noun = models.CharField(_("records"), max_length=40)
    titles = models.JSONField(_("titles"), default=dict, blank=True)
    wishes = models.JSONField(_("what was decided otherwise"), default=dict, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )

    class Meta(Record.Meta):
        verbose_name = _("import profile")
        verbose_name_plural = _("import profiles")
        ordering = ["name"]
        constraints = [not_empty("import_profile_has_a_name", "name")]

    def __str__(self) -> str:
        return self.name
