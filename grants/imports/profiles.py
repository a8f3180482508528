"""Profiles: how the titles of a known kind of list are taken for our columns.

Some come with the registry, staff keep others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from grants.models import Import, ImportProfile

from . import nouns
from .dialects import DIALECTS, Dialect
from .errors import SheetError
from .nouns.sheet_columns import LANGUAGES, NounSheet, Words
from .nouns.titles import title_key, title_keys

NEAR = 92
SHORTEST_NEAR = 6  # letters; shorter titles are not guessed
FITS = 0.5
KNOWS = 0.8
OURS, ANY = "registre", "auto"
RESERVED = frozenset([OURS, ANY, *(dialect.name for dialect in DIALECTS)])


@dataclass(frozen=True)
class Profile:
    """How a kind of list is read.

    `titles` gives the column of each key of title, "" where we have none for it. `telling` are the titles by which
    the kind is known, each as the keys that it may be spelt with. `identity`: whether its reference names one grant
    ("reference") or rows are alike by what they hold ("content"). `strong` are the keys of titles that number grants
    wherever they stand, `weak` those of titles that yield to another one for the same column. `splits`: keys whose
    cells hold « English|French ». `currency` is that of its amounts where nothing says otherwise; `negative_reason`
    that of its negative amounts.
    """

    name: str
    label: Words
    titles: Mapping[str, str]
    telling: tuple[tuple[str, ...], ...] = ()
    identity: str = "content"
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    splits: frozenset[str] = frozenset()
    currency: str = ""
    euros_by_siret: bool = False
    negative_reason: str = ""
    saved: bool = False
    wishes: Mapping[str, Any] = field(default_factory=dict)
    # Other words for the same, which do not make it fit better.
    aliases: Mapping[str, str] = field(default_factory=dict)

    def fit(self, titles: Iterable[str]) -> float:
        """How well it fits a sheet, from 0 to 1."""
        keys = [title_keys(title) for title in titles if title]
        if not keys or self.name == ANY:
            return 0.0
        known = sum(any(key in self.titles for key in each) for each in keys) / len(keys)
        if not self.telling:
            return known if known >= KNOWS else 0.0
        there = {key for each in keys for key in each}
        told = sum(any(is_among(key, there) for key in spellings) for spellings in self.telling) / len(self.telling)
        enough = min(told, known) >= KNOWS if self.saved else told >= FITS
        return told if enough else 0.0

    def take(self, titles: Iterable[str]) -> dict[str, str]:
        """The column of each title that it knows, "" where we have none for it; near spellings count."""
        taken: dict[str, str] = {}
        unknown = []
        for title in titles:
            key = next((key for key in title_keys(title) if key in self.titles), None) if title else None
            if key is not None:
                taken[title] = self.titles[key]
            elif title:
                unknown.append(title)
        there = set(taken.values())
        for title in unknown:
            column = next((self.aliases[key] for key in title_keys(title) if key in self.aliases), "")
            if column and column not in there:
                taken[title] = column
        left = [key for key, column in self.titles.items() if column not in taken.values()]
        for title in unknown:
            if title not in taken and (near := nearest(title_key(title), left)) is not None:
                taken[title] = self.titles[near]
        return taken

    def split_titles(self, titles: Iterable[str]) -> list[str]:
        """The titles whose cells hold both languages."""
        return [title for title in titles if any(key in self.splits for key in title_keys(title))]


def is_among(key: str, keys: set[str]) -> bool:
    """Whether a key is there, or a mis-spelling of it."""
    return key in keys or nearest(key, list(keys)) is not None


def nearest(key: str, among: list[str]) -> str | None:
    """The key that this one is a mis-spelling of."""
    if len(key) < SHORTEST_NEAR:
        return None
    near = process.extractOne(key, among, scorer=fuzz.ratio, score_cutoff=NEAR)
    if near is None or (key[-2:] != near[0][-2:] and {key[-2:], near[0][-2:]} <= set(LANGUAGES)):
        return None
    return str(near[0])


def built_in(sheet: NounSheet) -> list[Profile]:
    """The profiles that come with the registry."""
    profiles = [of_ours(sheet)]
    if sheet.noun == "grant":
        profiles += [of_dialect(dialect) for dialect in DIALECTS]
    return [*profiles, of_any(sheet)]


def of_ours(sheet: NounSheet) -> Profile:
    """Our own template: machine names and labels in both languages."""
    titles: dict[str, str] = {}
    for column in reversed(sheet.columns):
        titles |= {title_key(title): column.name for title in column.own_titles()}
    from_downloads = {title_key(title): name for title, name in DOWNLOADS.get(sheet.noun, {}).items()}
    aliases = {title_key(alias): column.name for column in reversed(sheet.columns) for alias in column.aliases}
    return Profile(OURS, _("template of the registry"), from_downloads | titles, identity="reference", aliases=aliases)


def of_dialect(dialect: Dialect) -> Profile:
    """A neighbouring standard."""
    return Profile(
        dialect.name,
        dialect.label,
        {title_key(title): name for title, name in dialect.titles.items()},
        telling=tuple(tuple(map(title_key, words.split(";"))) for words in dialect.telling),
        identity=dialect.identity,
        splits=frozenset(map(title_key, dialect.splits)),
        currency=dialect.currency,
        euros_by_siret=dialect.euros_by_siret,
        negative_reason=dialect.negative_reason,
    )


def of_any(sheet: NounSheet) -> Profile:
    """Any list: our own titles, and the words that lists use for the same."""
    titles: dict[str, str] = {}
    for column in reversed(sheet.columns):
        titles |= {title_key(alias): column.name for alias in column.aliases}
    ours = of_ours(sheet).titles
    strong = frozenset(title_key(title) for title in GRANT_NUMBERS)
    weak = frozenset(title_key(title) for title in YEARS)
    return Profile(ANY, _("any list"), {**ours, **titles}, strong=strong, weak=weak)


def all_profiles(noun: str) -> list[Profile]:
    """Every profile of a noun: those of the registry, then those that staff kept."""
    return [*built_in(nouns.noun_sheet(noun)), *map(of_saved, ImportProfile.objects.filter(noun=noun))]


def of_saved(kept: ImportProfile) -> Profile:
    """A mapping that staff kept under a name."""
    return Profile(
        kept.name,
        kept.name,
        dict(kept.titles),
        telling=tuple((key,) for key, column in kept.titles.items() if column),
        identity=kept.wishes.get("identity") or "content",
        splits=frozenset(kept.wishes.get("splits", ())),
        currency=kept.wishes.get("currency", ""),
        euros_by_siret=kept.wishes.get("euros_by_siret", False),
        negative_reason=kept.wishes.get("negative_reason", ""),
        saved=True,
        wishes=kept.wishes,
    )


def save_profile(name: str, batch: Import, by: Any) -> ImportProfile:
    """Keep the mapping of an import under a name; a profile of that name is replaced.

    Raises SheetError where the name is that of a profile of the registry.
    """
    if name in RESERVED:
        raise SheetError(_("“%(name)s” is a profile of the registry: choose another name."), params={"name": name})
    titles = {title_key(title): "" for title in batch.understanding.get("titles", []) if title}
    titles |= {title_key(title): column for title, column in batch.mapping.items()}
    based_on = next((one for one in all_profiles(batch.noun) if one.name == batch.profile), None)
    wishes = of_base(based_on, titles) if based_on else {}
    wishes |= {name: batch.wishes[name] for name in ("constants", "identity") if batch.wishes.get(name)}
    kept, _made = ImportProfile.objects.update_or_create(
        name=name, defaults={"noun": batch.noun, "titles": titles, "wishes": wishes, "made_by": by}
    )
    return kept


def of_base(profile: Profile, keys: Iterable[str]) -> dict[str, Any]:
    """What a mapping made by hand keeps of the profile that it began with."""
    return {
        "identity": profile.identity,
        "splits": sorted(profile.splits & set(keys)),
        "currency": profile.currency,
        "euros_by_siret": profile.euros_by_siret,
        "negative_reason": profile.negative_reason,
    } | dict(profile.wishes)


def best_profile(sheet: NounSheet, titles: list[str], saved: Iterable[Profile] = ()) -> Profile:
    """The profile that fits these titles best; staff's own win over those of the registry that fit no better."""
    profiles = [*saved, *built_in(sheet)]
    best = max(profiles, key=lambda profile: profile.fit(titles))
    return best if best.fit(titles) else profiles[-1]


# Titles of an any-list that number the grants themselves, not the decisions that made several of them.
GRANT_NUMBERS = (
    *("award_id", "award number", "grant id", "grant number", "grant reference", "agreement number", "contract number"),
    *("numéro d'octroi", "no d'octroi", "numéro de subvention", "no de subvention", "numéro de la subvention"),
    *("numéro de convention", "numéro de l'entente", "numéro d'entente", "numéro de contrat", "identifiant"),
    *("identifier", "numéro de référence", "reference number", "numéro de dossier", "no dossier", "file number"),
)

# A year says less than a date beside it.
YEARS = ("année", "exercice", "année financière", "exercice financier", "year", "fiscal year")

# The public downloads name some columns otherwise than our own sheets.
DOWNLOADS: dict[str, dict[str, str]] = {
    "grant": {
        "id": "public_id",
        "recipient_id": "recipient",
        "recipient_fr": "recipient_name",
        "recipient_en": "recipient_name_en",
        "recipient_kind_fr": "",
        "recipient_kind_en": "",
        "funder_id": "funder",
        "funder_fr": "funder_name",
        "funder_en": "",
        "programme_id": "programme",
        "programme_name_fr": "",
        "programme_name_en": "",
        "announcement_id": "announcement",
        "instrument_fr": "",
        "instrument_en": "",
        "project_ids": "projects",
        "projects": "",
        "status_fr": "",
        "status_en": "",
        "sources": "",
        "published_at": "",
        "modified_at": "",
        "address": "",
    },
    "organisation": {
        "id": "public_id",
        "kind_fr": "",
        "kind_en": "",
        "parent_id": "parent",
        "parent_fr": "parent_name",
        "parent_en": "",
        "grant_count": "",
        "granted": "",
        "sources": "",
        "published_at": "",
        "modified_at": "",
        "address": "",
    },
}
