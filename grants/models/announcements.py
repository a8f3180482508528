"""Announcements: public acts of announcing money."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.bilingual import pick

from .codes import ListState, known_codes, not_empty
from .fields import Line, PartialDateField, Prose
from .history import tracked
from .programmes import Programme
from .publication import Publishable


@tracked
class Announcement(Publishable):
    """One public act of announcing money. `list_state` says whether its grants are all entered, which the
    reconciliation needs to tell a gap from a conflict."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="announcements", verbose_name=_("programme"))
    date = PartialDateField(_("date"))
    title_fr = Line(_("title"), max_length=500)
    title_en = Line(_("title in English"), max_length=500, blank=True)
    place = Line(_("place"), max_length=120, blank=True)
    summary_fr = Prose(_("summary"), blank=True)
    summary_en = Prose(_("summary in English"), blank=True)
    list_state = models.CharField(
        _("list of grants"),
        max_length=8,
        choices=ListState,
        default=ListState.PARTIAL,
        help_text=_("Complete only when every grant of this announcement is entered."),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-date", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            not_empty("announcement_has_a_title", "title_fr"),
            known_codes("announcement_codes_known", list_state=ListState),
        ]
        indexes = [models.Index(fields=["date", "id"], name="announcement_by_date")]

    def __str__(self) -> str:
        title = pick(self, "title").value
        return f"{self.date} · {title}" if self.date else title
