"""The natural persons of a draft: no word that the public may read one day names them."""

from collections import defaultdict

from grants.models import Organisation
from grants.values.folding import fold

from .draft import Draft
from .known import Registry


def names_of_persons(draft: Draft, registry: Registry) -> set[str]:
    """What the text and the registry call the natural persons of a draft, folded; those of lines not taken too."""
    called: dict[int, set[str]] = defaultdict(set)
    for line in draft.grants:
        named = (
            (line.name, line.organisation or registry.organisation(line.name, line.acronym)[0]),
            (line.funder, line.funder_organisation or registry.organisation(line.funder)[0]),
        )
        for name, pk in named:
            if pk is not None:
                called[pk].add(name)
    persons = Organisation.objects.filter(pk__in=called, is_natural_person=True)
    names = {name for pk, official in persons.values_list("pk", "name_fr") for name in (official, *called[pk])}
    return {fold(name) for name in names} - {""}
