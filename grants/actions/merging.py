"""Two records of one organisation become one; the other's address leads to it for ever."""

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Citation, Organisation, OrganisationName
from grants.models.codes import NameKind, Publication
from grants.models.cycles import is_under

from .permissions import may_change
from .publication import Refused

# Facts that the kept record takes from the other one where it has none of its own.
FACTS = ("neq", "name_en", "kind", "is_nonprofit", "founded", "website", "city", "region", "parent")
TEXTS = ("description_fr", "description_en", "territory_fr", "territory_en")


def merge_organisations(*, kept: Organisation, merged: Organisation, by: Any) -> Organisation:
    """Move all that belongs to `merged` under `kept`, keep its names as other names, and retire it.

    Grants, figures, projects, citations, children and programmes move; facts that `kept` lacks are taken over. Raises
    Refused, and then nothing has changed.
    """
    if not by.has_perm("grants.merge_organisation"):
        raise Refused(_("Your account may not merge organisations."))
    with transaction.atomic():
        both = Organisation.objects.select_for_update(of=("self",)).in_bulk([kept.pk, merged.pk])
        if len(both) < 2:
            raise Refused(_("Choose two different organisations."))
        kept, merged = both[kept.pk], both[merged.pk]
        _check(kept, merged, by)
        _move_lines(kept, merged)
        _retire(merged, kept, by)
        # Only now: the NEQ is unique among living records, so it must have left one before it comes to the other.
        _take_facts(kept, merged)
        _keep_names(kept, merged)
    return kept


def _check(kept: Organisation, merged: Organisation, by: Any) -> None:
    if kept.merged_into_id or merged.merged_into_id:
        raise Refused(_("One of the two is already merged into another."))
    if kept.is_natural_person != merged.is_natural_person:
        raise Refused(_("A natural person and an organisation cannot be merged."))
    if kept.neq and merged.neq and kept.neq != merged.neq:
        raise Refused(_("The two have different NEQs: %(one)s and %(other)s.") % {"one": kept.neq, "other": merged.neq})
    if merged.is_published and not kept.is_published:
        raise Refused(_("%(merged)s is published: keep that one, or publish the other first.") % {"merged": merged})
    if is_under(kept, merged) and kept.parent_id != merged.pk:
        raise Refused(
            _("%(kept)s belongs to %(merged)s by way of another organisation: change its parent first.")
            % {"kept": kept, "merged": merged}
        )
    if not (may_change(by, kept) and may_change(by, merged)):
        raise Refused(_("Your account may not change one of the two."))


def _may_take_parent(kept: Organisation, parent: Organisation | None) -> bool:
    """Not itself or a body of its own, and no body that the public may not see over one that it may."""
    if parent is None or parent == kept or is_under(parent, kept):
        return False
    return parent.is_published or not kept.is_published


def _take_facts(kept: Organisation, merged: Organisation) -> None:
    for field in (*FACTS, *TEXTS):
        value = getattr(merged, field)
        if field == "parent" and not _may_take_parent(kept, value):
            continue
        if getattr(kept, field) in (None, "") and value not in (None, ""):
            setattr(kept, field, value)
    kept.save()


def _move_lines(kept: Organisation, merged: Organisation) -> None:
    """Every foreign key that leads to `merged` now leads to `kept`."""
    if kept.parent_id == merged.pk:
        kept.parent = merged.parent if _may_take_parent(kept, merged.parent) else None
        kept.save(update_fields=["parent"])
    for relation in Organisation._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if relation.field.remote_field.on_delete is models.DO_NOTHING or model is OrganisationName:
            continue  # history keeps what was; names are kept apart below
        lines = model._base_manager.filter(**{name: merged})
        if model is Citation:
            lines = lines.exclude(source__in=Citation.objects.filter(organisation=kept).values("source"))
        try:
            with transaction.atomic():
                lines.update(**{name: kept})
        except IntegrityError as clash:
            raise Refused(
                _("Both have the same %(noun)s: settle these first.") % {"noun": model._meta.verbose_name_plural}
            ) from clash


def _retire(merged: Organisation, kept: Organisation, by: Any) -> None:
    merged.merged_into = kept
    if merged.is_published:
        merged.publication = Publication.WITHDRAWN
        merged.withdrawn_by, merged.withdrawn_at = by, timezone.now()
        merged.withdrawal_notice_fr = _notice("Fusionné avec %s.", kept.name_fr)
        merged.withdrawal_notice_en = _notice("Merged into %s.", kept.name_fr)
    merged.save()


def _notice(words: str, name: str) -> str:
    """A notice that fits its column, in a language of its own whatever the page's."""
    return words % name[:250]


def _keep_names(kept: Organisation, merged: Organisation) -> None:
    known = {kept.name_fr, kept.name_en, *kept.names.values_list("name", flat=True)}
    names: list[tuple[str, str, str]] = [(merged.name_fr, NameKind.ALIAS, "fr"), (merged.name_en, NameKind.ALIAS, "en")]
    names += merged.names.values_list("name", "kind", "language")
    for name, kind, language in names:
        if name and name not in known:
            OrganisationName.objects.create(organisation=kept, name=name, kind=kind, language=language)
            known.add(name)
