"""The records that a text gives, made as drafts, each with its words: citations, passages, figures as claims."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from grants.actions.permissions import allowed
from grants.models import (
    Announcement,
    Citation,
    Communique,
    Figure,
    Grant,
    GrantProject,
    Organisation,
    OrganisationName,
    Passage,
    Programme,
    Project,
    Source,
)
from grants.models.codes import Language, Measure, NameKind, Publication
from grants.models.fields import without_hidden_characters
from grants.models.organisations import MOST_MERGES
from grants.models.subjects import SUBJECTS
from grants.values.folding import fold, organisation_key
from grants.values.partial_dates import PartialDate

from .draft import Draft, GrantDraft, SourceDraft
from .faults import check, field, save_all
from .known import Registry
from .persons import names_of_persons
from .reading.answers import Span
from .typed import date_in, number_in, titles_in


class _NewGrant(NamedTuple):
    """A grant to be written, the projects that it funds, its words."""

    grant: Grant
    projects: list[Project]
    span: Span | None


class Maker:
    """Makes the records of one communiqué. `made` counts them by noun, `changed` what was done to
    grants that were there. Call inside a transaction."""

    def __init__(self, communique: Communique, draft: Draft, user: Any) -> None:
        self.communique = communique
        self.user = user
        self.made: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.source = Source()
        self._organisations: dict[str, Organisation] = {}
        self._registry = Registry(_names_of(draft))
        self._persons = names_of_persons(draft, self._registry)
        self.hid_words = False
        self._projects: dict[tuple[int, str], Project] = {}
        self._allowed: dict[type[Model], bool] = {}
        self._new: list[_NewGrant] = []
        self._citations: list[Citation] = []
        self._passages: list[Passage] = []
        self._cited: set[tuple[str, int]] = set()
        self._tied: set[tuple[str, int]] = set()

    def save(self, record: Any) -> Any:
        """Check a new record and save it. Raises ValidationError by column, also where `user` may not make such."""
        self._must(type(record))
        check(record)
        self._insert([record])
        return record

    def finish(self) -> None:
        """Write what was put off: PostgreSQL's triggers work per statement, and hundreds of grants are one of them."""
        self._insert([new.grant for new in self._new])
        funded = [(new.grant, project) for new in self._new for project in new.projects]
        self._insert([GrantProject(grant=grant, project=project) for grant, project in funded])
        for new in self._new:
            self.cite(new.grant, self.words(new.span))
            self.tie(new.grant, new.span)
        self._insert(self._citations)
        Passage.objects.bulk_create(self._passages)

    def _insert(self, records: list[Any]) -> None:
        if records:
            self._must(type(records[0]))
            save_all(records)
            self.made[str(records[0]._meta.model_name)] += len(records)

    def _must(self, model: type[Model]) -> None:
        if model not in self._allowed:
            self._allowed[model] = allowed(self.user, "add", model)
        if not self._allowed[model]:
            raise ValidationError(_("Your account may not do this."))

    def words(self, span: Span | None) -> str:
        """The words of the text between two places, as a column of prose can hold them."""
        if span is None:
            return ""
        return self.naming_nobody(without_hidden_characters(self.communique.text[span[0] : span[1]]).strip()[:20_000])

    def naming_nobody(self, words: str) -> str:
        """`words`, which the public may read one day; none where they name a natural person. `hid_words` then says so:
        what one sentence says of an organisation may say it of a person too."""
        said = f" {fold(words)} "
        if any(f" {name} " in said for name in self._persons):
            self.hid_words = True
            return ""
        return words

    # ── The document ─────────────────────────────────────────────────────────────────────────────────────

    def make_source(self, line: SourceDraft) -> Source:
        """The document: the one chosen, the one that has this address already, or a new one."""
        url = line.url.strip()
        if line.existing:
            self.source = the(Source, line.existing, "existing")
        elif url and (known := Source.objects.filter(url=url).first()):
            self.source = known
        if self.source.pk:
            self._cited = set(_subjects_cited_by(self.source))
        else:
            self.source = self.save(
                Source(
                    title=line.title.strip(),
                    url=url,
                    publisher=line.publisher.strip(),
                    language=line.language,
                    kind=line.kind,
                    published=field("published", date_in, line.published),
                    retrieved=field("retrieved", date_in, line.retrieved),
                )
            )
        return self.source

    def cite(self, record: Any, quote: str) -> bool:
        """Say that the document supports `record`. False where that would show at once to the public what `user` may
        not publish: both are public, and a citation has no draft of its own."""
        key = (str(record._meta.model_name), record.pk)
        if key in self._cited:
            return True
        if self.source.is_published and record.is_published and not allowed(self.user, "publish", type(record)):
            return False
        self._cited.add(key)
        self._citations.append(Citation(source=self.source, quote=quote, **{key[0]: record}))
        return True

    def tie(self, record: Figure | Grant, span: Span | None) -> None:
        """Tie a record to its words, once in a text."""
        if span is None or not 0 <= span[0] < span[1] <= len(self.communique.text):
            return
        key = (str(record._meta.model_name), record.pk)
        if key not in self._tied:
            self._tied.add(key)
            self._passages.append(Passage(communique=self.communique, start=span[0], end=span[1], **{key[0]: record}))

    # ── Organisations ────────────────────────────────────────────────────────────────────────────────────

    def recipient(self, line: GrantDraft) -> Organisation:
        """Who receives: the record chosen, the one of this name, or a new one under its host."""
        if line.organisation:
            chosen: Organisation = the(Organisation, line.organisation, "organisation")
            # Elsewhere in the text, the same name means the same record.
            self._organisations.setdefault(organisation_key(line.name), chosen)
            return chosen
        found = self._known(line.name, line.acronym)
        if found is None:
            host = self._other(line.host, line.host_organisation, "host", line.span)
            found = self._organisation("name", line.name, line.acronym, line.span, host)
        return found

    def funder(self, line: GrantDraft) -> Organisation | None:
        """Who pays, where the text says so."""
        return self._other(line.funder, line.funder_organisation, "funder", line.span)

    def _other(self, name: str, chosen: int | None, column: str, span: Span | None) -> Organisation | None:
        if chosen:
            return the(Organisation, chosen, column)
        if not organisation_key(name):
            return None
        return self._known(name) or self._organisation(column, name, "", span, None)

    def _known(self, name: str, acronym: str = "") -> Organisation | None:
        """The one made or chosen for this name a moment ago, or the one that the registry has."""
        if made := self._organisations.get(organisation_key(name)):
            return made
        pk, _nearest = self._registry.organisation(name, acronym)
        return None if pk is None else Organisation.objects.get(pk=pk)

    def _organisation(
        self, column: str, name: str, acronym: str, span: Span | None, host: Organisation | None
    ) -> Organisation:
        """A new organisation. Only a new one is put under a host: what others entered stands."""
        try:
            made = self.save(Organisation(name_fr=name.strip(), parent=host))
        except ValidationError as error:
            raise ValidationError({column: error.messages}) from error
        if acronym.strip() and organisation_key(acronym) != organisation_key(name):
            self.save(OrganisationName(organisation=made, name=acronym.strip(), kind=NameKind.ACRONYM))
        self.cite(made, self.words(span))
        self._organisations[organisation_key(name)] = made
        return made

    # ── Grants, projects, figures ────────────────────────────────────────────────────────────────────────

    def grant(self, line: GrantDraft, recipient: Organisation, announcement: Announcement) -> None:
        """A new grant and what it funds, checked now and written by `finish`."""
        self._must(Grant)
        grant = Grant(
            recipient=recipient,
            funder=self.funder(line),
            programme_id=announcement.programme_id,
            announcement=announcement,
            amount=field("amount", number_in, line.amount),
            currency=line.currency.strip().upper(),
            total_project_cost=field("total_project_cost", number_in, line.total_project_cost),
            instrument=line.instrument,
            benefit_place=line.place.strip(),
            date=announcement.date,
            **{f"description_{self.language}": self.naming_nobody(line.note.strip())},
        )
        check(grant)
        projects = [self._project(title, recipient, line.span) for title in titles_in(line.project)]
        self._new.append(_NewGrant(grant, list(dict.fromkeys(projects)), line.span))

    def _project(self, title: str, recipient: Organisation, span: Span | None) -> Project:
        """The project of this title: one per recipient, also where two grants fund it."""
        key = (recipient.pk, fold(title))
        if key not in self._projects:
            theirs = Project.objects.filter(organisation=recipient).exclude(publication=Publication.WITHDRAWN)
            known = next((one for one in theirs.order_by("pk") if fold(one.title_fr) == fold(title)), None)
            self._projects[key] = known or self._new_project(title, recipient, span)
        return self._projects[key]

    def _new_project(self, title: str, recipient: Organisation, span: Span | None) -> Project:
        english = title if self.language == Language.ENGLISH else ""
        try:
            made = self.save(Project(title_fr=title, title_en=english, organisation=recipient))
        except ValidationError as error:
            raise ValidationError({"project": error.messages}) from error
        self.cite(made, self.words(span))
        return made

    def figure(self, about: Programme | Announcement | Grant, span: Span | None, **claim: Any) -> Figure | None:
        """A claim of this document, and its words; None where the document states it already."""
        subject = {str(about._meta.model_name): about}
        claim = {"qualifier": "exact", "scope": "act", "nature": "commitment", "as_of": None, "wording": ""} | claim
        said = {name: claim[name] for name in ("measure", "value", "qualifier", "scope", "nature", "as_of")}
        if known := Figure.objects.filter(source=self.source, **subject, **said).first():
            self.tie(known, span)
            return None
        figure = Figure(source=self.source, wording_language=self.language, **subject, **claim)
        figure.clean()  # the unit follows from the measure
        self.save(figure)
        self.tie(figure, span)
        return figure

    def amount_claimed(self, grant: Grant, amount: Decimal, date: PartialDate | None, span: Span | None) -> bool:
        """What this document says a grant is, beside what the registry has. False where it says so already, or in
        another currency: figures are in Canadian dollars."""
        if grant.currency != "CAD":
            return False
        words = self.words(span)
        return bool(self.figure(grant, span, measure=Measure.AID, value=amount, as_of=date, wording=words))

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.source.language or Language.FRENCH.value


def the(model: type[Model], key: int, name: str) -> Any:
    """The record chosen in the field `name` (an organisation merged since: what it was merged into). Raises
    ValidationError where it is gone."""
    found: Any = model._default_manager.filter(pk=key).first()
    for _turn in range(MOST_MERGES):
        if found is None or getattr(found, "merged_into_id", None) is None:
            break
        found = found.merged_into
    if found is None:
        raise ValidationError({name: _("This record is gone: choose another one.")})
    return found


def _subjects_cited_by(source: Source) -> Iterator[tuple[str, int]]:
    """The nouns and keys of the records that a source supports already."""
    for row in Citation.objects.filter(source=source).values(*SUBJECTS):
        yield from ((noun, key) for noun, key in row.items() if key is not None)


def _names_of(draft: Draft) -> list[tuple[str, str]]:
    others = [(name, "") for line in draft.grants for name in (line.host, line.funder) if name]
    return [(line.name, line.acronym) for line in draft.grants if not line.organisation] + others
