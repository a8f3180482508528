"""From a draft to draft records, in one transaction: all of them, or none and what is wrong beside each line.

Nothing is published by reading. One draft is filed after the other, so that two people who file two sources of one
announcement, or press twice, make nothing twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from dataclasses import field as has
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.actions.permissions import allowed, may_change
from grants.models import Announcement, Communique, Grant, Programme, Source
from grants.models.codes import CommuniqueState, ListState, Publication

from . import amending
from .already import COMPLETES, DIFFERS, NEW, Pair, Promise, grants_of, paired
from .draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft
from .faults import Faults, field
from .looking_over import label_of, look_over
from .making import Maker, the
from .recognising import recognise
from .typed import date_in, number_in, number_or_none

FILING_LOCK = 1_869_901_419  # one draft after the other; who reads or edits is not concerned


@dataclass
class Filed:
    """What came of filing. `made`: how many new records of each noun; `changed`: how many grants of the registry were
    `amended`, or `completed` with their amount. `joined`: it was told of an announcement that was there. `left`:
    sentences about what could not be done as asked."""

    announcement: Announcement | None
    source: Source | None
    made: dict[str, int] = has(default_factory=dict)
    joined: bool = False
    left: list[str] = has(default_factory=list)
    changed: dict[str, int] = has(default_factory=dict)


def file_draft(communique: Communique, draft: Draft, user: Any, *, seen: Collection[int] | None = None) -> Filed:
    """Make the drafts of records that `draft` says. Filed once already, nothing more is made.

    `seen`: the announcements that were offered to the person as perhaps the same. With it, filing is refused where
    another one is surely the same: somebody filed it meanwhile. Raises ValidationError by field of the draft
    (« grants-3-amount »); then nothing has changed.
    """
    with transaction.atomic(), pghistory.context(user=user.pk, communique=communique.pk):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FILING_LOCK])
        kept = Communique.objects.select_for_update(of=("self",)).get(pk=communique.pk)
        if kept.state == CommuniqueState.FILED:
            filed = filed_of(kept)
        else:
            filed = _Filing(kept, draft, user).run(seen)
            _remember(kept, draft, filed)
    communique.refresh_from_db()
    return filed


def filed_of(communique: Communique) -> Filed:
    """What came of filing it."""
    told = communique.draft.get("filed", {})
    return Filed(communique.announcement, communique.source, **told)


def _remember(kept: Communique, draft: Draft, filed: Filed) -> None:
    told = {"made": filed.made, "joined": filed.joined, "left": filed.left, "changed": filed.changed}
    kept.draft = {**draft.to_json(), "filed": told}
    kept.state, kept.filed_at = CommuniqueState.FILED, timezone.now()
    kept.announcement, kept.source = filed.announcement, filed.source
    kept.save(update_fields=["draft", "state", "filed_at", "announcement", "source"])


class _Filing:
    """The filing of one draft."""

    def __init__(self, communique: Communique, draft: Draft, user: Any) -> None:
        self.communique, self.draft, self.user = communique, draft, user
        self.faults = Faults()
        self.left: list[str] = []

    def run(self, seen: Collection[int] | None) -> Filed:
        """Everything, in the order in which records lean on one another."""
        if not allowed(self.user, "change", Communique):
            raise ValidationError(_("Your account may not do this."))
        look_over(self.draft, self.faults)
        self.faults.refuse()
        self.maker = Maker(self.communique, self.draft, self.user)
        with self.faults.beside("source", _("Source"), "title"):
            self.maker.make_source(self.draft.source)
        announcement = self._announcement(self.draft.announcement, seen)
        self.faults.refuse()
        if announcement is not None:
            self._cite(announcement, self._title_as_written())
            self._grants(announcement)
            self._figures(announcement)
        self._amendments(announcement)
        self.faults.refuse()
        with self.faults.beside("announcement", _("Announcement"), "title_fr"):
            self.maker.finish()
        self.faults.refuse()
        if self.maker.hid_words:
            self.left.append(_("Words of the text that name a natural person were not kept with the records."))
        joined = bool(self.draft.announcement.existing)
        made, changed = dict(self.maker.made), dict(self.maker.changed)
        return Filed(announcement, self.maker.source, made, joined, self.left, changed)

    # ── The announcement ─────────────────────────────────────────────────────────────────────────────────

    def _announcement(self, line: AnnouncementDraft, seen: Collection[int] | None) -> Announcement | None:
        """The one that it joins, or a new one; None for a text that does nothing but correct grants."""
        with self.faults.beside("announcement", _("Announcement"), "title_fr"):
            if line.existing:
                found = the(Announcement, line.existing, "existing")
                if found.publication == Publication.WITHDRAWN:
                    raise ValidationError({"existing": _("This announcement was withdrawn: choose another one.")})
                return found
            if self._only_corrects():
                return None
            self._refuse_the_same(seen)
            return self.maker.save(
                Announcement(
                    programme=the(Programme, line.programme or 0, "programme"),
                    date=field("date", date_in, line.date),
                    title_fr=line.title_fr.strip() or line.title_en.strip(),  # a record needs one
                    title_en=line.title_en.strip(),
                    place=line.place.strip(),
                    list_state=line.list_state or ListState.PARTIAL,
                )
            )
        return None

    def _only_corrects(self) -> bool:
        corrects = any(line.take and not line.measure for line in self.draft.amendments)
        lines = [*self.draft.grants, *self.draft.figures, *(one for one in self.draft.amendments if one.measure)]
        return corrects and not any(line.take for line in lines)

    def _refuse_the_same(self, seen: Collection[int] | None) -> None:
        """Another one that is surely the same, and that nobody was shown."""
        if seen is None:
            return
        unseen = [one for one in recognise(self.draft) if one.is_sure and one.announcement.pk not in seen]
        if unseen:
            message = _("“%(announcement)s” was filed meanwhile and seems to be the same: join it, or file again.")
            raise ValidationError({"existing": message % {"announcement": unseen[0].announcement}})

    def _title_as_written(self) -> str:
        """The title, where these are words of the text and not somebody's own."""
        title = self.draft.source.title.strip()
        return self.maker.naming_nobody(title) if title and title in self.communique.text else ""

    def _cite(self, record: Any, quote: str) -> None:
        if not self.maker.cite(record, quote):
            words = {"record": record}
            self.left.append(_("%(record)s is public: somebody who may publish must cite the new source.") % words)

    # ── What is promised ─────────────────────────────────────────────────────────────────────────────────

    def _grants(self, announcement: Announcement) -> None:
        taken = [(position, line) for position, line in enumerate(self.draft.grants) if line.take]
        recipients = {}
        for position, line in sorted(taken, key=lambda one: one[1].organisation is None):  # first those that are chosen
            with self.faults.beside(f"grants-{position}", label_of("grants", position, line.name), "name"):
                recipients[position] = self.maker.recipient(line)
        there = list(grants_of(announcement)) if self.draft.announcement.existing else []
        promises = [self._promise(position, recipients[position].pk) for position in sorted(recipients)]
        for pair in paired(promises, there):
            line = self.draft.grants[pair.position]
            with self.faults.beside(f"grants-{pair.position}", label_of("grants", pair.position, line.name), "name"):
                if pair.how == NEW:
                    self.maker.grant(line, recipients[pair.position], announcement)
                else:
                    self._already(pair, line, announcement)

    def _promise(self, position: int, recipient: int) -> Promise:
        line = self.draft.grants[position]
        return Promise(position, recipient, number_or_none(line.amount), line.currency.strip().upper())

    def _already(self, pair: Pair, line: GrantDraft, announcement: Announcement) -> None:
        """A grant that the registry has: cited, never made again; another amount stands beside as a claim."""
        grant = Grant.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=pair.grant.pk)  # type: ignore[union-attr]
        amount = number_in(line.amount)
        self._cite(grant, self.maker.words(line.span))
        self.maker.tie(grant, line.span)
        if pair.how == COMPLETES and amount is not None and may_change(self.user, grant):
            grant.amount, grant.currency = amount, line.currency.strip().upper()
            grant.save(update_fields=["amount", "currency"])
            self.maker.changed["completed"] += 1
        elif pair.how in (COMPLETES, DIFFERS) and amount is not None:
            as_of = field("date", date_in, self.draft.announcement.date) or announcement.date
            if line.currency.strip().upper() == "CAD":
                self.maker.amount_claimed(grant, amount, as_of, line.span)
            if grant.currency != "CAD" or line.currency.strip().upper() != "CAD":
                words = {"grant": grant, "amount": line.amount, "currency": line.currency}
                self.left.append(
                    _("%(grant)s: another currency (%(amount)s %(currency)s) cannot stand beside.") % words
                )

    # ── What is stated ───────────────────────────────────────────────────────────────────────────────────

    def _figures(self, announcement: Announcement) -> None:
        for position, line in enumerate(self.draft.figures):
            if line.take:
                with self.faults.beside(f"figures-{position}", label_of("figures", position, line.wording), "value"):
                    self._figure(line, announcement)

    def _figure(self, line: FigureDraft, announcement: Announcement) -> None:
        about = announcement.programme if line.about == "programme" else announcement
        self.maker.figure(
            about,
            line.span,
            measure=line.measure,
            value=field("value", number_in, line.value),
            qualifier=line.qualifier,
            precision=field("precision", number_in, line.precision),
            scope=line.scope,
            nature=line.nature,
            as_of=field("as_of", date_in, line.as_of),
            wording=self.maker.naming_nobody(line.wording.strip()) or self.maker.words(line.span),
        )

    def _amendments(self, announcement: Announcement | None) -> None:
        date = date_in(self.draft.announcement.date) or date_in(self.draft.source.published)
        for position, line in enumerate(self.draft.amendments):
            if line.take:
                label = label_of("amendments", position, line.recipient)
                with self.faults.beside(f"amendments-{position}", label, "now"):
                    if not line.measure:
                        self.left += filter(None, [amending.amend(self.maker, line, date)])
                    elif announcement is not None:
                        amending.correct_total(self.maker, line, announcement, date)
