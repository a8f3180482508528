"""What is new, as Atom: in a selection of grants, under a programme, about an organisation.

An entry is a record, its id a tag: address that never changes; the newest published come first.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from grants.bilingual import Text, current_language, pick
from grants.exports.downloads import LICENCE
from grants.models import Announcement, Figure, Grant, Organisation, Programme, Project
from grants.models.subjects import subject_of
from grants.templatetags.registry import claim
from grants.values import wording

from .asking import ask_grants, refuse
from .citing import one_line, publisher, site_address
from .notes import measure_in_words
from .references import selection_title

MOST_ENTRIES = 50
SINCE = "2026"  # of tag: addresses (RFC 4151): a year in which the site's name is its operator's; never changed
EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")  # when a feed without entries was last changed


def tag(*words: str) -> str:
    """An id that stays the same wherever the page moves: `tag:example.org,2026:fr/grant/otn-fpi`."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{SINCE}:" + "/".join([current_language(), *words])


@dataclass(frozen=True)
class Entry:
    """One entry, already in words."""

    key: str
    title: str
    address: str
    published: datetime
    updated: datetime
    summary: str = ""
    language: str = ""
    about: tuple[str, ...] = ()


class RegistryAtom(Atom1Feed):
    """Atom whose entries say their own language, and whose date without entries does not change by itself."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EPOCH

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item.get("language") else {}


class RegistryFeed(Feed, ABC):
    """What all feeds share. A feed gives `key`, `heading`, `page` and `entries` of what it follows."""

    feed_type = RegistryAtom
    feed_copyright = LICENCE

    @abstractmethod
    def key(self, followed: Any) -> str:
        """What tells this feed from others, for ever."""

    @abstractmethod
    def heading(self, followed: Any) -> str:
        """What it follows, in words."""

    @abstractmethod
    def page(self, followed: Any) -> str:
        """The path of the page with the same content."""

    def address(self, followed: Any) -> str:
        """The path of the feed itself."""
        return f"{self.page(followed).rstrip('/')}.atom"

    @abstractmethod
    def entries(self, followed: Any) -> Iterable[Entry]:
        """The newest first."""

    def title(self, followed: Any) -> str:
        return one_line(f"{self.heading(followed)} | {_('OTN grants registry')}")

    def link(self, followed: Any) -> str:
        return site_address(self.page(followed))

    def feed_url(self, followed: Any) -> str:
        return site_address(self.address(followed))

    def feed_guid(self, followed: Any) -> str:
        return tag("feed", self.key(followed))

    def author_name(self) -> str:
        return publisher()

    def items(self, followed: Any) -> list[Entry]:
        return list(self.entries(followed))

    def item_title(self, item: Entry) -> str:
        return one_line(item.title)

    def item_description(self, item: Entry) -> str:
        return escape(one_line(item.summary))  # Atom1Feed says that it is HTML

    def item_link(self, item: Entry) -> str:
        return site_address(item.address)

    def item_guid(self, item: Entry) -> str:
        return tag(item.key)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated

    def item_categories(self, item: Entry) -> tuple[str, ...]:
        return tuple(map(one_line, item.about))

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        return {"language": item.language if item.language != current_language() else ""}


class SelectionFeed(RegistryFeed):
    """`aides.atom?…`: a selection of grants. A question that cannot be understood answers 400, as its files do."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        selection = ask_grants(request.GET)
        if selection.problems:
            return refuse(request, selection.problems, reverse("public:grant-list"), _("Grants"))
        return super().__call__(request, selection, *args, **kwargs)

    def get_object(self, request: HttpRequest, selection: Any) -> Any:
        return selection

    def key(self, followed: Any) -> str:
        return f"grants?{self._question(followed)}".rstrip("?")

    def heading(self, followed: Any) -> str:
        return selection_title(followed)

    def page(self, followed: Any) -> str:
        return self._asked(reverse("public:grant-list"), followed)

    def address(self, followed: Any) -> str:
        return self._asked(reverse("public:grant-feed"), followed)

    def entries(self, followed: Any) -> Iterable[Entry]:
        return map(entry_of, newest(followed.records))

    @staticmethod
    def _question(selection: Any) -> str:
        """The order of the list is not the feed's: without it."""
        return selection.address(sort=None).removeprefix("?")

    def _asked(self, path: str, selection: Any) -> str:
        question = self._question(selection)
        return f"{path}?{question}" if question else path


class RecordFeed(RegistryFeed):
    """What is new about one published record."""

    model: Any
    field: str = "name"

    def get_object(self, request: HttpRequest, public_id: str) -> Any:
        record = self.model.objects.published().filter(public_id=public_id).first()
        if record is None:
            raise Http404
        return record

    def key(self, followed: Any) -> str:
        return f"{self.model._meta.model_name}/{followed.public_id}"

    def heading(self, followed: Any) -> str:
        return str(pick(followed, self.field))

    def page(self, followed: Any) -> str:
        return reverse(f"public:{self.model._meta.model_name}-detail", args=[followed.public_id])

    def entries(self, followed: Any) -> Iterable[Entry]:
        found = [record for records in self.followed_by(followed) for record in newest(records)]
        found.sort(key=attrgetter("published_at"), reverse=True)
        return map(entry_of, found[:MOST_ENTRIES])

    @abstractmethod
    def followed_by(self, followed: Any) -> list[QuerySet]:
        """The records that the feed tells of, published ones only, one query a noun."""


class ProgrammeFeed(RecordFeed):
    """`programmes/<id>.atom`: its announcements, grants and figures."""

    model = Programme

    def followed_by(self, followed: Programme) -> list[QuerySet]:
        figures = Figure.objects.published().filter(Q(programme=followed) | Q(announcement__programme=followed))
        return [
            Announcement.objects.published().filter(programme=followed),
            Grant.objects.published().filter(programme=followed),
            figures,
        ]


class OrganisationFeed(RecordFeed):
    """`beneficiaires/<id>.atom`: grants it receives or gives, its projects, the figures about it."""

    model = Organisation

    def followed_by(self, followed: Organisation) -> list[QuerySet]:
        return [
            Grant.objects.published().filter(Q(recipient=followed) | Q(funder=followed)),
            Project.objects.published().filter(organisation=followed),
            Figure.objects.published().filter(organisation=followed),
        ]


# What the words of an entry need beside the record itself.
NEEDED: dict[type[Model], tuple[str, ...]] = {
    Grant: ("recipient", "programme"),
    Announcement: ("programme",),
    Project: ("organisation",),
    Figure: ("programme", "announcement", "organisation", "project", "grant__recipient", "source"),
}


def newest(records: QuerySet) -> list[Any]:
    """The last published of them, with what their entries need: first found by their keys alone."""
    keys = records.order_by("-published_at", "-pk").values_list("pk", flat=True)[:MOST_ENTRIES]
    found = records.model.objects.published().select_related(*NEEDED[records.model]).in_bulk(list(keys))
    return sorted(found.values(), key=lambda record: (record.published_at, record.pk), reverse=True)


def entry_of(record: Any) -> Entry:
    """A published record as an entry."""
    in_words: dict[type[Model], Callable[[Any], Entry]] = {
        Grant: _grant,
        Announcement: _announcement,
        Project: _project,
        Figure: _figure,
    }
    return in_words[type(record)](record)


def _entry(record: Any, title: str, summary: str, **more: Any) -> Entry:
    noun = record._meta.model_name
    more.setdefault("address", reverse(f"public:{noun}-detail", args=[record.public_id]) if noun != "figure" else "")
    return Entry(
        key=f"{noun}/{record.public_id}",
        title=title,
        summary=summary,
        published=record.published_at,
        updated=max(record.published_at, record.modified_at),
        **more,
    )


def _grant(grant: Grant) -> Entry:
    language = current_language()
    amount = _("amount not provided") if grant.amount is None else wording.money(grant.amount, language, grant.currency)
    own = "" if grant.is_private else str(pick(grant, "title"))
    day = wording.date(grant.date, language) if grant.date else ""
    programme = grant.programme
    title = _("%(label)s: %(text)s") % {"label": grant.recipient.public_name(), "text": amount}
    told = [own, day, str(grant.get_status_display()), str(pick(programme, "name")) if programme else ""]
    about = (str(pick(programme, "name")),) if programme else ()
    return _entry(grant, title, " · ".join(filter(None, told)), about=about)


def _announcement(act: Announcement) -> Entry:
    title = pick(act, "title")
    day = wording.date(act.date, current_language()) if act.date else ""
    told = [_("Announcement"), day, str(pick(act.programme, "name"))]
    return _entry(act, str(title), " · ".join(filter(None, told)), language=title.language)


def _project(project: Project) -> Entry:
    title = pick(project, "title")
    body = str(project.organisation.public_name()) if project.organisation else ""
    return _entry(project, str(title), " · ".join(filter(None, [_("Project"), body])), language=title.language)


def _figure(figure: Figure) -> Entry:
    kind, subject = subject_of(figure)
    value = claim(figure.value, figure.unit, figure.qualifier)
    title = _("%(label)s: %(text)s") % {"label": measure_in_words(figure), "text": value}
    day = wording.date(figure.as_of, current_language()) if figure.as_of else ""
    told = [str(name_of(subject)), day, figure.source.title]
    address = reverse(f"public:{kind}-detail", args=[subject.public_id])
    return _entry(figure, title, " · ".join(filter(None, told)), address=address)


def name_of(record: Any) -> Text:
    """What a record is called on public pages; of a grant, to whom it goes."""
    if isinstance(record, Grant):
        words = _("Grant to %(recipient)s") % {"recipient": record.recipient.public_name()}
        return Text(words, current_language(), False)
    if isinstance(record, Organisation):
        return record.public_name()
    return pick(record, "name" if hasattr(record, "name_fr") else "title")
