"""What other lists write for our codes: folded words, and the code each one means.

A kind of recipient may say more than the kind: `KIND_SAYS` gives what else it tells.
"""

from grants.models.codes import GrantStatus, Instrument, OrganisationKind
from grants.values.folding import fold

K = OrganisationKind

# Said by kinds that our list does not have: the code, whether it is a non-profit, whether it is a natural person.
Told = tuple[str, bool | None, bool | None]

_TOLD: dict[Told, str] = {
    (K.COMPANY, False, None): """F; for-profit organizations; for-profit organisation; organisme à but lucratif;
        entreprise à but lucratif; entreprise privée; entreprise; société; société commerciale; business;
        private sector; société par actions; SARL; SAS; SA; SASU; EURL; société anonyme; société civile""",
    (K.COMPANY, None, None): "coopérative; cooperative; co-operative; coop; SCOP; SCIC; société coopérative",
    (K.ASSOCIATION, True, None): """N; not-for-profit organizations and charities; not-for-profit organisation;
        organisme à but non lucratif et organisme de bienfaisance; organisme à but non lucratif; OBNL; OSBL; OBNL/OSBL;
        non-profit; nonprofit; non-profit organization; charity; registered charity; organisme de bienfaisance;
        association loi 1901; association; association loi 1908; fondation; foundation; organisme communautaire;
        community organization; comité; fédération""",
    (K.UNIVERSITY, None, None): "université; university; établissement universitaire",
    (K.COLLEGE, None, None): "cégep; cegep; collège; college",
    (K.RESEARCH, None, None): """centre de recherche; research centre; institut de recherche; CCTT; S; academia;
        établissement universitaire et institution publique; établissement d'enseignement ou de recherche;
        établissement d'enseignement et de recherche""",
    (K.MUNICIPAL, None, None): """municipalité ou gouvernement local; municipalité; municipal; ville; commune; MRC;
        municipalité régionale de comté; local government; gouvernement local; municipality; collectivité; EPCI;
        collectivité territoriale; communauté de communes; syndicat intercommunal; département; région""",
    (K.PUBLIC, None, None): """G; government; gouvernement; gouvernements; organisme public; public body;
        établissement public; ministère; société d'État; secteur public; public sector; centre de services scolaire;
        droit public; organisme gouvernemental""",
    (K.INDIGENOUS, None, None): """A; indigenous recipients; indigenous recipient; aboriginal recipients;
        bénéficiaire autochtone; bénéficiaires autochtones; autochtone; conseil de bande; first nation;
        première nation""",
    (K.INTERNATIONAL, None, None): """I; international (non-government); international (non government);
        organisation internationale (non gouvernementale); organisme international; organisation internationale;
        international""",
    (K.OTHER, None, True): """P; individual or sole proprietorships; individual or sole proprietorship; individual;
        particulier ou entreprise à propriétaire unique; particulier ou entreprise individuelle; particulier;
        entreprise individuelle; personne physique; natural person; travailleur autonome; artiste; person;
        autoentrepreneur; auto-entrepreneur""",
    (K.OTHER, None, None): "O; other; autre; autres; divers",
}

KIND_SAYS: dict[str, Told] = {
    fold(word): told for told, words in _TOLD.items() for word in words.split(";") if fold(word)
}
RECIPIENT_KINDS = {word: str(told[0]) for word, told in KIND_SAYS.items()}
# In the sheet of organisations, whether it is a person has its own column.
ORGANISATION_KINDS = {word: code for word, code in RECIPIENT_KINDS.items() if not KIND_SAYS[word][2]}

INSTRUMENTS = {
    fold(word): str(code)
    for code, words in {
        Instrument.GRANT: "G; subvention; subventions; grants; aide en numéraire",
        Instrument.CONTRIBUTION: "C; contributions; contribution non remboursable",
        Instrument.REPAYABLE: "contribution remboursable; avance remboursable; aide remboursable",
        Instrument.LOAN: "prêt; prêts; loans",
        Instrument.GUARANTEE: "garantie; garantie de prêt; loan guarantee",
        Instrument.OTHER: "O; autre; other transfer payment; aide en nature",
    }.items()
    for word in words.split(";")
}
STATUSES = {
    fold(word): str(code)
    for code, words in {
        GrantStatus.ANNOUNCED: "annoncée; annonce",
        GrantStatus.AGREED: "signée; convenue; octroyée; accordée; active",
        GrantStatus.IN_PROGRESS: "en cours; ongoing",
        GrantStatus.COMPLETED: "terminée; terminé; complété; complétée; closed",
        GrantStatus.AMENDED: "modifiée; modifié",
        GrantStatus.CANCELLED: "annulée; annulé; résiliée; résilié; terminated; canceled",
        GrantStatus.UNKNOWN: "inconnu; non précisé",
    }.items()
    for word in words.split(";")
}
