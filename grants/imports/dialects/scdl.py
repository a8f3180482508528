"""France: SCDL « Subventions » (2.1), with the spellings that its files are found with."""

from django.utils.translation import gettext_lazy as _

from .dialect import Dialect, spelt

TITLES = spelt(
    {
        "funder_name": "nomAttribuant; Nom de l'attribuant; Nom de l'attributaire; nomAttributaire; Attribuant",
        "funder_number": "idAttribuant; Identification de l'attributaire; Identification de l'attribuant; "
        "idAttributaire; SIRET attribuant",
        "date": "dateConvention; Date de la convention de subvention; Date de la convention; Date de convention",
        "reference": "referenceDecision; Référence de la décision; Référence décision",
        "recipient_name": "nomBeneficiaire; nomBeneficaire; nomBénéficiare; Nom du bénéficiaire",
        "recipient_number": "idBeneficiaire; idBeneficaire; Identification du bénéficiaire; SIRET bénéficiaire",
        "title_fr": "objet; Objet de la subvention; Objet de la convention",
        "amount": "montant; Montant total de la subvention; Montant de la subvention",
    },
    unused="""rnaBeneficiaire; nature; Nature de la subvention; conditionsVersement; Conditions de versement;
    datesPeriodeVersement; datesperiodeVersement; datesVersement; Date(s) ou période(s) de versement;
    Dates de versement; idRAE; Numéro unique de référencement au RAE; notificationUE;
    Aide d'État notifié à la Commission européenne; Aide d'État notifiée à la Commission européenne;
    pourcentageSubvention; pourcentage;
    Pourcentage du montant de la subvention attribuée au bénéficiaire; dispositifAide""",
)

SCDL = Dialect(
    "scdl",
    _("France, SCDL « Subventions »"),
    TITLES,
    telling=(
        "nomAttribuant; Nom de l'attribuant; Nom de l'attributaire",
        "idAttribuant; Identification de l'attribuant; Identification de l'attributaire",
        "dateConvention; Date de la convention; Date de la convention de subvention",
        "referenceDecision; Référence de la décision",
        "idBeneficiaire; Identification du bénéficiaire",
        "conditionsVersement; Conditions de versement",
        "pourcentageSubvention; Pourcentage du montant de la subvention attribuée au bénéficiaire",
    ),
    identity="content",
    euros_by_siret=True,
    negative_reason="Montant négatif publié à la source",
)
