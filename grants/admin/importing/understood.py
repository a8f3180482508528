"""The page « Ce qui a été compris »: what the file was taken for, and the form by which staff decide otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.imports.nouns import SheetColumn, noun_sheet
from grants.imports.profiles import all_profiles
from grants.imports.reading import ColumnFacts, Question, Understanding
from grants.models import Import

from .questions import key_of, option_label, sentence

Words = str | Promise
Choices = list[tuple[str, Any]]

FOUND, LEFT_OUT = "", "-"
MOST_ROWS = 2_000_000
LET_FIND = gettext_lazy("let it be found")
ENCODINGS: Choices = [
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows-1252"),
    ("mac_roman", "Mac Roman"),
    ("cp850", "CP850 (DOS)"),
    ("utf-16", "UTF-16"),
]
DELIMITERS: Choices = [
    (";", gettext_lazy("semicolon")),
    (",", gettext_lazy("comma")),
    ("\t", gettext_lazy("tabulation")),
    ("|", gettext_lazy("vertical bar")),
]
NUMBER_STYLES: Choices = [("comma", "1 234,50"), ("point", "1,234.50")]
DATE_STYLES: Choices = [
    ("ymd", pgettext_lazy("date style", "2022-04-20")),
    ("dmy", pgettext_lazy("date style", "20/04/2022 (day first)")),
    ("mdy", pgettext_lazy("date style", "04/20/2022 (month first)")),
    ("compact", pgettext_lazy("date style", "20220420")),
    ("serial", pgettext_lazy("date style", "44671 (days counted by a spreadsheet)")),
    ("fiscal", pgettext_lazy("date style", "2021-2022 (fiscal year)")),
]
CURRENCIES = ("CAD", "USD", "EUR", "GBP", "CHF")
IDENTITIES: Choices = [
    ("reference", gettext_lazy("by its reference")),
    ("content", gettext_lazy("by its content: recipient, amount, date, programme")),
]
LOOKS: dict[str, Words] = {
    "amount": gettext_lazy("amounts"),
    "number": gettext_lazy("numbers"),
    "date": gettext_lazy("dates"),
    "identifier": gettext_lazy("identifiers"),
    "text": gettext_lazy("texts"),
    "blank": gettext_lazy("blank"),
}


@dataclass(frozen=True)
class ColumnRow:
    """One column of the sheet, with the fields of the form about it."""

    facts: ColumnFacts
    looks: Words
    taken_for: Any
    number_style: Any
    date_style: Any


@dataclass(frozen=True)
class Asked:
    """One question with its field."""

    question: Question
    sentence: str
    field: Any


def as_found(what: Words) -> Words:
    """The first choice of a field: what the reader found by itself."""
    return format_lazy(_("as found: {what}"), what=what)


class UnderstoodForm(forms.Form):
    """What staff decide otherwise. A field left at its first choice follows what the reader finds."""

    profile = forms.ChoiceField(label=gettext_lazy("Profile"), required=False)
    identity = forms.ChoiceField(label=gettext_lazy("A grant of the registry is recognised"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    header = forms.ChoiceField(label=gettext_lazy("Row of the titles"), required=False, widget=forms.RadioSelect)

    def __init__(self, batch: Import, questions: list[Question], head: list[tuple[int, list[str]]], *args: Any) -> None:
        self.batch = batch
        self.sheet_columns = noun_sheet(batch.noun)
        self.understanding = Understanding.from_json(batch.understanding) if batch.understanding else Understanding("")
        self.questions = questions
        self.head = head
        super().__init__(*args)
        self._offer_ways_of_reading()
        self._offer_columns()
        self._offer_answers()

    # ── Fields ───────────────────────────────────────────────────────────────────────────────────────────

    def _offer_ways_of_reading(self) -> None:
        found, wishes = self.understanding, self.batch.wishes
        reading = wishes.get("reading", {})
        profiles: Choices = [(profile.name, profile.label) for profile in all_profiles(self.batch.noun)]
        self._offer("profile", profiles, wishes.get("profile", ""), self.batch.profile)
        self._offer("identity", IDENTITIES, wishes.get("identity", ""), self.batch.report.get("identity", ""))
        sheets: Choices = [(sheet.name, sheet.name) for sheet in found.sheets]
        self._offer("sheet", sheets, reading.get("sheet", ""), found.sheet)
        self._offer("encoding", ENCODINGS if not found.sheet else [], reading.get("encoding", ""), found.encoding)
        self._offer("delimiter", DELIMITERS if not found.sheet else [], reading.get("delimiter", ""), found.delimiter)
        currencies: Choices = [(code, code) for code in CURRENCIES]
        self._offer("currency", currencies, reading.get("currency", ""), found.currency)
        wished = "".join(map(str, reading.get("header_rows", [])[-1:]))
        rows: Choices = [(str(number), str(number)) for number, _cells in self.head]
        if rows:
            self._offer("header", rows, wished, ", ".join(map(str, found.header_rows)))
        else:  # the file was refused before its lines could be shown
            self.fields["header"] = forms.IntegerField(
                label=self.fields["header"].label, required=False, min_value=1, max_value=MOST_ROWS, initial=wished
            )

    def _offer(self, name: str, choices: Choices, wished: str, found: str) -> None:
        """Offer `choices` after « as found »; a field that has nothing to choose from goes."""
        if not choices:
            del self.fields[name]
            return
        words = dict(choices).get(found, found)
        first = LET_FIND if wished or not words else as_found(words)
        if wished and wished not in dict(choices):
            choices = [(wished, wished), *choices]
        self.fields[name].choices = [(FOUND, first), *choices]
        self.fields[name].initial = wished

    def _offer_columns(self) -> None:
        wishes, mapping = self.batch.wishes, self.batch.mapping
        reading = wishes.get("reading", {})
        columns = list(self.sheet_columns.columns)
        offered: Choices = [(LEFT_OUT, _("do not import")), *_grouped(columns)]
        labels = {column.name: column.label for column in columns} | {"": _("not imported")}
        for number, facts in enumerate(self.understanding.columns):
            wished = wishes.get("columns", {}).get(facts.title)
            found = labels.get(mapping.get(facts.title, ""), "")
            first = LET_FIND if wished is not None else as_found(found)
            title = facts.title
            self._add(
                f"c{number}", _("Column of “%(title)s”"), title, [(FOUND, first), *offered], _wished_column(wished)
            )
            column = self.sheet_columns.by_name.get(mapping.get(title, ""))
            kinds = {facts.looks_like, column.kind if column else ""}
            if kinds & {"amount", "number"}:
                self._add_style(
                    f"n{number}", _("Numbers of “%(title)s”"), title, NUMBER_STYLES, reading, "number_style", facts
                )
            if "date" in kinds:
                self._add_style(
                    f"d{number}", _("Dates of “%(title)s”"), title, DATE_STYLES, reading, "date_style", facts
                )

    def _add_style(
        self, name: str, label: str, title: str, styles: Choices, reading: dict[str, Any], key: str, facts: ColumnFacts
    ) -> None:
        wished = reading.get(f"{key}s", {}).get(title, "")
        found = dict(styles).get(getattr(facts, key), "")
        first = LET_FIND if wished or not found else as_found(found)
        self._add(name, label, title, [(FOUND, first), *styles], wished)

    def _add(self, name: str, label: str, title: str, choices: Choices, initial: str) -> None:
        field = forms.ChoiceField(choices=choices, required=False, initial=initial)
        field.widget.attrs["aria-label"] = label % {"title": title}
        self.fields[name] = field

    def _offer_answers(self) -> None:
        answers = self.batch.wishes.get("answers", {})
        for number, question in enumerate(self.questions):
            options: Choices = [(option, option_label(question, option)) for option in question.options]
            initial = answers.get(key_of(question), question.assumed)
            self.fields[f"q{number}"] = forms.ChoiceField(
                choices=options, required=False, initial=initial, widget=forms.RadioSelect
            )

    # ── For the template ─────────────────────────────────────────────────────────────────────────────────

    def asked(self) -> Iterator[Asked]:
        """The questions of the file, each with its field."""
        for number, question in enumerate(self.questions):
            yield Asked(question, sentence(question, self.sheet_columns), self[f"q{number}"])

    def ways_of_reading(self) -> Iterator[Any]:
        """The fields about the file as a whole."""
        names = ["profile", "identity", "sheet", "encoding", "delimiter", "currency"]
        for name in names if self.head else [*names, "header"]:
            if name in self.fields:
                yield self[name]

    def column_rows(self) -> Iterator[ColumnRow]:
        """The columns of the sheet with their fields."""
        for number, facts in enumerate(self.understanding.columns):
            numbers, dates = (self[name] if name in self.fields else None for name in (f"n{number}", f"d{number}"))
            yield ColumnRow(facts, LOOKS.get(facts.looks_like, facts.looks_like), self[f"c{number}"], numbers, dates)

    def head_rows(self) -> Iterator[tuple[Any, list[str]]]:
        """The first lines of the sheet, each with the radio button that makes it the row of the titles."""
        if self.head:
            for radio, (_number, cells) in zip(list(self["header"])[1:], self.head, strict=False):
                yield radio, cells

    # ── What was decided ─────────────────────────────────────────────────────────────────────────────────

    def wishes(self) -> dict[str, Any]:
        """All that was decided otherwise, as an import keeps it."""
        said = self.cleaned_data
        kept = {name: self.batch.wishes[name] for name in ("constants", "names") if name in self.batch.wishes}
        if said.get("sheet", FOUND) != self.batch.wishes.get("reading", {}).get("sheet", ""):
            # Another sheet has other titles and other questions.
            return {**kept, "profile": said.get("profile", ""), "reading": {"sheet": said["sheet"]}}
        titles = list(enumerate(self.understanding.titles))
        columns = {title: said[f"c{number}"] for number, title in titles if said.get(f"c{number}")}
        decided = {
            "profile": said.get("profile", ""),
            "identity": said.get("identity", ""),
            "columns": {title: "" if name == LEFT_OUT else name for title, name in columns.items()},
            "answers": self._answers(),
            "reading": self._reading(titles),
        }
        return {**kept, **{name: value for name, value in decided.items() if value}}

    def _answers(self) -> dict[str, str]:
        """Every question shown is answered by whoever saves the form: what was assumed is then what they saw."""
        said = {
            key_of(question): self.cleaned_data.get(f"q{number}") or question.assumed
            for number, question in enumerate(self.questions)
        }
        return {**self.batch.wishes.get("answers", {}), **said}

    def _reading(self, titles: list[tuple[int, str]]) -> dict[str, Any]:
        said = self.cleaned_data
        wished = {name: said.get(name, "") for name in ("sheet", "encoding", "delimiter", "currency")}
        wished["header_rows"] = [int(said["header"])] if said.get("header") else []
        wished["number_styles"] = {title: said[f"n{number}"] for number, title in titles if said.get(f"n{number}")}
        wished["date_styles"] = {title: said[f"d{number}"] for number, title in titles if said.get(f"d{number}")}
        self._obey_answers(wished)
        return {name: value for name, value in wished.items() if value}

    def _obey_answers(self, wished: dict[str, Any]) -> None:
        """The reader follows the answers to its own questions; a choice made in the table goes before."""
        for number, question in enumerate(self.questions):
            answer = self.cleaned_data.get(f"q{number}") or question.assumed
            if question.code == "date_order":
                wished["date_styles"].setdefault(question.column, answer)
            elif question.code == "number_style":
                wished["number_styles"].setdefault(question.column, answer)
            elif question.code in ("currency", "sheet"):
                wished[question.code] = wished[question.code] or answer
            elif question.code == "header" and answer.isdigit():
                wished["header_rows"] = wished["header_rows"] or [int(answer)]


def _wished_column(wished: str | None) -> str:
    return FOUND if wished is None else wished or LEFT_OUT


def _grouped(columns: list[SheetColumn]) -> Iterator[tuple[str, Any]]:
    """The columns: those of the record first, then those about another record that it names."""
    own = [(column.name, capfirst(str(column.label))) for column in columns if not column.of and not column.readonly]
    other = [(column.name, capfirst(str(column.label))) for column in columns if column.of]
    registry = [(column.name, capfirst(str(column.label))) for column in columns if column.readonly and not column.of]
    yield _("Of the record"), own
    if other:
        yield _("Of a record that it names"), other
    if registry:
        yield _("Said by the registry, only compared"), registry
