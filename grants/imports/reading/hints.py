"""What a title promises of its column, in French and in English."""

import re
from functools import lru_cache

from grants.values.folding import fold

AMOUNT, DATE, IDENTIFIER, PERCENT, CURRENCY, NAME, TEXT = (
    "amount",
    "date",
    "identifier",
    "percent",
    "currency",
    "name",
    "text",
)
_WORDS = {
    PERCENT: "pourcentage percentage percent taux rate part",
    CURRENCY: "devise currency monnaie",
    DATE: "date dates jour annee annees year exercice echeance signature debut fin start end",
    AMOUNT: "montant montants amount amounts somme sommes valeur value cout couts cost costs budget total octroye"
    " octroyee accorde accordee accordes attribue attribuee verse versee awarded depense depenses financement funding",
    IDENTIFIER: "id identifiant identification identifier identifiants siret siren neq bn code codes numero no n num"
    " ref reference rna rae number cp postal ids uei duns tps",
    NAME: "nom noms name beneficiaire beneficiaires recipient recipients organisme organisation organization structure"
    " attribuant association raison demandeur promoteur entreprise grantee funder titulaire",
    TEXT: "objet description titre title projet project nature type categorie category programme program conditions"
    " region ville city province adresse address notification secteur sector pays country statut status purpose"
    " commentaire notes note volet mrc municipalite courriel email site url",
}
_KINDS = {word: kind for kind, words in reversed(_WORDS.items()) for word in words.split()}
# A word of the first kinds decides wherever it stands; else the first telling word of the title does.
_DECISIVE = (PERCENT, CURRENCY)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_SIGNS = re.compile(r"\(\s*(?:en\s+)?(?:[$€£]|k\$|k€|m\$|cad|eur|usd|gbp|\$\s?ca)\s*\)|[$€£]", re.IGNORECASE)
_GLUED = re.compile(r"^(id|nom|date|dates|montant|numero|code)(?=attrib|benef|conven|decis|period|verse|subv|aide)")


@lru_cache(maxsize=4096)
def words_of(title: str) -> tuple[str, ...]:
    """The folded words of a title, those of `camelCase` apart."""
    return tuple(word for part in fold(_CAMEL.sub(" ", title)).split() for word in _GLUED.sub(r"\1 ", part).split())


@lru_cache(maxsize=4096)
def hint(title: str) -> str:
    """amount, date, identifier, percent, currency, name, text, or "" where the title tells nothing."""
    if "%" in title:
        return PERCENT
    kinds = [_KINDS[word] for word in words_of(title) if word in _KINDS]
    for kind in _DECISIVE:
        if kind in kinds:
            return kind
    if _SIGNS.search(title):
        return AMOUNT
    return kinds[0] if kinds else ""


def is_known(title: str) -> bool:
    """Whether the title is short and says something that titles of grants say."""
    return len(title) <= 120 and len(words_of(title)) <= 14 and bool(hint(title))
