"""`manage.py import_grants FILE`: bring a spreadsheet in from the command line, or take an import back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from grants.imports.at_once import Order, bring_in, take_back
from grants.imports.errors import SheetError
from grants.imports.nouns import SHEETS, noun_sheet
from grants.imports.outcome import FILE_REFUSED, SOME_REFUSED, Outcome
from grants.management.telling import Telling, why_no_answer
from grants.models import Import

COULD_NOT = 3
REASONS_KEPT = {
    "changed": gettext_lazy("changed since"),
    "published": gettext_lazy("published since"),
    "used": gettext_lazy("used by another record"),
    "forbidden": gettext_lazy("its return is against the rules by now"),
}


class Command(BaseCommand):
    """Ends with 0 when all rows are in, 1 when some were refused, 2 when the file was, 3 when it could not be tried."""

    help = "Bring a spreadsheet in: CSV, TSV, XLSX, XLS or ODS. The good rows come in, the others are listed."
    epilog = "Status: 0 all in, 1 some rows refused, 2 file refused, 3 could not be tried."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, epilog=self.epilog, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("file", nargs="?", type=Path, metavar="FILE", help="the spreadsheet")
        add("--profile", default="", metavar="NAME", help="how titles are taken (auto): registre, canada, scdl, …")
        add("--programme", default="", metavar="SLUG", help="programme of the rows that name none: id, name or acronym")
        add("--dry-run", action="store_true", help="say what would become of the rows; nothing is written")
        add("--json", action="store_true", help="print one JSON object")
        add("--all-or-nothing", action="store_true", help="write nothing if a row is refused")
        add("--noun", default="grant", choices=sorted(name for name, sheet in SHEETS.items() if sheet.comes_in))
        add("--sheet", default="", metavar="NAME", help="the sheet of the workbook to read")
        add("--header-row", type=int, action="append", metavar="ROW", help="the row of the titles (may be repeated)")
        add("--encoding", default="", help="of a text file: utf-8, cp1252, mac_roman, …")
        add("--delimiter", default="", help="of a text file: ; , | or tab")
        add("--date-order", default="", choices=["dmy", "mdy", "ymd"], help="of dates that can be read in two ways")
        add("--number-style", default="", choices=["comma", "point"], help="the decimal mark of the amounts")
        add("--currency", default="", metavar="CODE", help="of amounts that do not say theirs: CAD, EUR, …")
        add("--as", dest="user", default="", metavar="USER", help="the account to which history gives the changes")
        add("--language", default="", choices=["fr", "en"], help="of what is printed (the registry's own)")
        add("--undo", type=int, metavar="ID", help="take import ID back instead of bringing a file in")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, tell it, end with the status that says what came of it; faults are sentences."""
        with override(options["language"] or settings.LANGUAGE_CODE):
            try:
                status = self.undo(options) if options["undo"] else self.bring(options)
            except SheetError as error:
                status = self.refuse(options, str(error), FILE_REFUSED)
            except DatabaseError as error:
                status = self.refuse(options, why_no_answer(error), COULD_NOT)
            except KeyboardInterrupt:
                status = self.refuse(options, _("Interrupted: nothing was written."), COULD_NOT)
        if status:
            sys.exit(status)

    def bring(self, options: dict[str, Any]) -> int:
        """Bring the file in."""
        if options["file"] is None:
            raise CommandError(_("Which file? Name one, or an import to undo."), returncode=COULD_NOT)
        with Telling(self.stderr) as progress:
            outcome = bring_in(order_of(options), progress)
        self.tell(options, outcome)
        return outcome.status

    def tell(self, options: dict[str, Any], outcome: Outcome) -> None:
        """The outcome on the standard output; what somebody should know of it on the other."""
        for note in outcome.notes():
            self.stderr.write(note)
        if options["json"]:
            for piece in outcome.as_json():
                self.stdout.write(piece, ending="")
        elif outcome.error:
            self.stderr.write(next(outcome.in_words()))
        else:
            self.stdout.writelines(f"{line}\n" for line in outcome.in_words())

    def refuse(self, options: dict[str, Any], reason: str, status: int) -> int:
        """Say why nothing could be done."""
        name = options["file"].name if options["file"] else ""
        if options["json"]:
            self.tell(options, Outcome(file=name, error=reason))
        else:
            self.stderr.write(reason)
        return status

    def undo(self, options: dict[str, Any]) -> int:
        """Take an import back, and list what was kept because somebody changed it since."""
        with Telling(self.stderr) as progress:
            batch = take_back(options["undo"], account(options["user"]), progress)
        done = batch.report["kept"]
        if options["json"]:
            self.stdout.write(json.dumps({"import_id": batch.pk, **done}, ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in undoing_in_words(batch, done))
        return SOME_REFUSED if done["count"] else 0


def undoing_in_words(batch: Import, done: dict[str, Any]) -> Iterator[str]:
    """What was taken back, and what was not."""
    yield _("Import %(id)s (%(file)s) was taken back.") % {"id": batch.pk, "file": batch.file_name}
    counts = {"removed": sum(done["removed"].values()), "restored": sum(done["restored"].values())}
    yield _("%(removed)s records removed, %(restored)s restored.") % counts
    for record in done["records"]:
        reason = REASONS_KEPT.get(record["why"], record["why"])
        yield "  " + _("Kept: %(noun)s %(id)s, %(reason)s.") % {
            "noun": noun_sheet(record["noun"]).model._meta.verbose_name if record["noun"] in SHEETS else record["noun"],
            "id": record["id"],
            "reason": reason,
        }
    if done["count"] > len(done["records"]):
        yield "  " + _("And %(count)s more.") % {"count": done["count"] - len(done["records"])}


def order_of(options: dict[str, Any]) -> Order:
    """What the options ask for. Raises SheetError for an account that is not there."""
    delimiter = {"tab": "\t", "\\t": "\t"}.get(options["delimiter"], options["delimiter"])
    reading = {
        "sheet": options["sheet"],
        "encoding": options["encoding"],
        "delimiter": delimiter,
        "header_rows": sorted(options["header_row"] or []),
        "currency": options["currency"].upper(),
    }
    return Order(
        path=options["file"],
        noun=options["noun"],
        profile=options["profile"],
        programme=options["programme"],
        reading={name: value for name, value in reading.items() if value},
        constants={"currency": options["currency"].upper()} if options["currency"] else {},
        date_order=options["date_order"],
        number_style=options["number_style"],
        user=account(options["user"]),
        dry_run=options["dry_run"],
        all_or_nothing=options["all_or_nothing"],
    )


def account(name: str) -> Any:
    """The account of that name; None for none."""
    if not name:
        return None
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise SheetError(_("There is no account “%(name)s”."), params={"name": name})
    return found
