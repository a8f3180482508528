"""Canada: proactive publication of grants and contributions (template version 3)."""

from django.utils.translation import gettext_lazy as _

from .dialect import Dialect, spelt

TITLES = spelt(
    {
        "reference": "ref_number; Reference Number; Numéro de référence",
        "amendment": "amendment_number; Amendment Number; Numéro de modification",
        "instrument": "agreement_type; Agreement Type; Type d'entente",
        "recipient_kind": "recipient_type; Recipient Type; Type de bénéficiaire",
        "recipient_name": "recipient_legal_name; Recipient Legal Name (English|French); Recipient Legal Name; "
        "Nom légal du bénéficiaire (anglais|français); Nom légal du bénéficiaire",
        "recipient_city": "recipient_city; Recipient City (English|French); Recipient City; "
        "Ville du bénéficiaire (anglais|français); Ville du bénéficiaire",
        "programme": "prog_name_fr; Program Name (French); Nom du programme (français)",
        "programme_name_en": "prog_name_en; Program Name (English); Nom du programme (anglais)",
        "title_fr": "agreement_title_fr; Agreement Title (French); Titre de l'entente (français)",
        "title_en": "agreement_title_en; Agreement Title (English); Titre de l'entente (anglais)",
        "amount": "agreement_value; Agreement Value in CAD; Agreement Value; "
        "Valeur de l'entente en dollars canadiens; Valeur de l'entente",
        "agreement_start": "agreement_start_date; Agreement Start Date; Date de début de l'entente",
        "agreement_end": "agreement_end_date; Projected Agreement End Date; Agreement End Date; "
        "Date de fin prévue de l'entente; Date de fin de l'entente",
        "description_fr": "description_fr; Description (French); Description (français)",
        "description_en": "description_en; Description (English); Description (anglais)",
        "funder_name": "owner_org_title; Organization; Organisation",
    },
    unused="""amendment_date; Amendment Date; Date de modification; recipient_business_number;
    Recipient Business Number;
    Numéro d'entreprise du bénéficiaire; recipient_operating_name; Recipient Operating Name (English|French);
    Nom commercial du bénéficiaire (anglais|français); research_organization_name;
    Research Organization (English|French);
    Organisme de recherche (anglais|français); recipient_country; Recipient Country; Pays du bénéficiaire;
    recipient_province; Recipient Province or Territory; Province ou territoire du bénéficiaire; recipient_postal_code;
    Recipient Postal Code; Code postal du bénéficiaire; federal_riding_name_en; federal_riding_name_fr;
    Federal Riding Name (English); Federal Riding Name (French); Nom de la circonscription fédérale (anglais);
    Nom de la circonscription fédérale (français); federal_riding_number; Federal Riding Number;
    Numéro de la circonscription fédérale; prog_purpose_en; prog_purpose_fr; Program Purpose (English);
    Program Purpose (French); But du programme (anglais); But du programme (français); agreement_number;
    Agreement Number; Numéro de l'entente; foreign_currency_type; Foreign Currency Type; Type de monnaie étrangère;
    foreign_currency_value; Foreign Currency Value; Valeur de la monnaie étrangère; coverage;
    Coverage (English|French; naics_identifier; NAICS Identifier; Identificateur du SCIAN; expected_results_en;
    expected_results_fr; Expected Results or Intended Outcome (English); Expected Results or Intended Outcome (French);
    Résultats attendus ou visés (anglais); Résultats attendus ou visés (français); additional_information_en;
    additional_information_fr; Additional Information (English); Additional Information (French);
    Renseignements supplémentaires (anglais); Renseignements supplémentaires (français); record_created;
    record_modified; user_modified; owner_org""",
)

CANADA = Dialect(
    "canada",
    _("Canada, proactive disclosure"),
    TITLES,
    telling=(
        "ref_number; Reference Number; Numéro de référence",
        "agreement_type; Agreement Type; Type d'entente",
        "recipient_legal_name; Recipient Legal Name (English|French); Nom légal du bénéficiaire (anglais|français);"
        "Recipient Legal Name; Nom légal du bénéficiaire",
        "agreement_value; Agreement Value in CAD; Valeur de l'entente en dollars canadiens; Agreement Value",
        "agreement_start_date; Agreement Start Date; Date de début de l'entente",
    ),
    splits=(
        *("recipient_legal_name", "Recipient Legal Name (English|French)", "Recipient Legal Name"),
        *("Nom légal du bénéficiaire (anglais|français)", "Nom légal du bénéficiaire"),
        *("recipient_city", "Recipient City (English|French)", "Recipient City"),
        *("Ville du bénéficiaire (anglais|français)", "Ville du bénéficiaire", "owner_org_title"),
    ),
    currency="CAD",
    negative_reason="Montant négatif publié à la source",
)
