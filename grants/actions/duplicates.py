"""Organisations that may be the same one, whatever the accents, articles, acronyms and legal suffixes of a name."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from grants.models import Organisation, OrganisationName
from grants.values.folding import fold, initials, organisation_key

SIMILAR = 88  # of 100, by rapidfuzz's ratio over sorted words: below, different names of one kind meet
SHORTEST = 3  # an acronym of two letters fits too many names


class Likeness(NamedTuple):
    """An organisation that may be the one meant: score of 100, and why."""

    organisation: Organisation
    score: int
    reason: str | Promise


def likely_duplicates(name: str, *, exclude_pk: int | None = None, limit: int = 5) -> list[Likeness]:
    """Return the organisations that `name` may already stand for, the likeliest first."""
    best: dict[int, tuple[int, str | Promise]] = {}
    for pk, score, reason in _likenesses(name, _known_names(exclude_pk)):
        if score > best.get(pk, (0, ""))[0]:
            best[pk] = (score, reason)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    organisations = Organisation.objects.in_bulk([pk for pk, _found in ranked])
    return [Likeness(organisations[pk], score, reason) for pk, (score, reason) in ranked]


def duplicate_groups(limit: int = 200) -> list[list[int]]:
    """Return groups of ids of organisations that share a key: the chore « possible duplicates », without comparing all
    names with all."""
    by_key: dict[str, set[int]] = {}
    for pk, name in _known_names(None):
        by_key.setdefault(organisation_key(name), set()).add(pk)
    return [sorted(group) for group in by_key.values() if len(group) > 1][:limit]


def _known_names(exclude_pk: int | None) -> list[tuple[int, str]]:
    """Every name that an organisation goes by, but for those merged away."""
    kept = Organisation.objects.filter(merged_into__isnull=True)
    if exclude_pk is not None:
        kept = kept.exclude(pk=exclude_pk)
    names = [(pk, name) for pk, *both in kept.values_list("pk", "name_fr", "name_en") for name in both if name]
    others = OrganisationName.objects.filter(organisation__in=kept).values_list("organisation_id", "name")
    return names + list(others)


def _likenesses(name: str, known: list[tuple[int, str]]) -> list[tuple[int, int, str | Promise]]:
    key, short = organisation_key(name), fold(name).replace(" ", "")
    found: list[tuple[int, int, str | Promise]] = []
    for pk, other in known:
        other_key, other_short = organisation_key(other), fold(other).replace(" ", "")
        if other_key == key:
            found.append((pk, 100, _("same name")))
        elif _is_acronym(short, other) or _is_acronym(other_short, name):
            found.append((pk, 90, _("acronym")))
    keys = [organisation_key(other) for _pk, other in known]
    for _key, score, position in process.extract(
        key, keys, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR, limit=20
    ):
        found.append((known[position][0], min(int(score), 99), _("similar name")))
    return found


def _is_acronym(short: str, name: str) -> bool:
    return len(short) >= SHORTEST and " " in name.strip() and short in (initials(name), _all_initials(name))


def _all_initials(name: str) -> str:
    return "".join(word[0] for word in fold(name).split())
