"""Lines of a draft, and the draft of a text that holds them, for the tests of filing."""

from grants.communiques.draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft, SourceDraft
from tests import factories as make

TEXT = "Neuf aides annoncées\nLe Groupe MISA (GM) reçoit 5 416 050 $.\nPalco reçoit 17 000 $ pour Moulin 7, et 3 000 $."


def grant(words="Groupe MISA (GM) reçoit 5 416 050 $.", **more) -> GrantDraft:
    start = TEXT.index(words)
    values = {"name": "Groupe MISA", "amount": "5416050", "span": (start, start + len(words))}
    return GrantDraft(**values | more)


def palco(**more) -> GrantDraft:
    return grant("Palco reçoit 17 000 $", **{"name": "Palco", "amount": "17000"} | more)


def figure(**more) -> FigureDraft:
    values = {"measure": "recipients", "value": "9", "wording": "Neuf aides", "as_of": "2022-04-20", "span": (0, 10)}
    return FigureDraft(**values | more)


def draft(*grants, figures=(), programme=None, **more) -> Draft:
    act = {"date": "2022-04-20", "title_fr": "Neuf aides annoncées"} | more
    return Draft(
        source=SourceDraft(title="Neuf aides annoncées", publisher="Gouvernement du Québec", published="2022-04"),
        announcement=AnnouncementDraft(programme=programme or make.ProgrammeFactory().pk, **act),
        grants=list(grants),
        figures=list(figures),
    )
