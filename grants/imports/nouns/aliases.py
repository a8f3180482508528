"""The words that lists met in the wild use for our columns: French first, then English."""

GRANT: dict[str, str] = {
    "recipient": """nom du bénéficiaire; nom bénéficiaire; nom du bénéficiaire de la subvention; nom de l'organisme;
        organisme; nom organisme; organisme bénéficiaire; organisme subventionné; association; nom de l'association;
        associations; structure; nom de la structure; raison sociale; dénomination; dénomination sociale; nom;
        promoteur; nom du promoteur; entreprise; nom de l'entreprise; tiers; nom du tiers; client; demandeur;
        nom du demandeur; récipiendaire; titulaire; bénéficiaire de la subvention; bénéficiaire de l'aide;
        nom ou raison sociale; recipient name; recipient organisation; recipient organization; grantee;
        grantee name; organisation name; organization name; organization; organisation; name; applicant;
        applicant name; company; awardee; payee; beneficiary; beneficiary name; recipient legal name""",
    "recipient_number": """neq; numéro d'entreprise du Québec; neq du bénéficiaire; no neq; numéro d'entreprise;
        siret; numéro siret; siret bénéficiaire; recipient number; enterprise number""",
    "recipient_kind": """type de bénéficiaire; type d'organisme; catégorie de bénéficiaire; nature juridique;
        statut juridique; forme juridique; catégorie d'organisme; type d'organisation; recipient type;
        type of recipient; organisation type; organization type; recipient category""",
    "recipient_city": """ville; municipalité; localité; commune; ville du bénéficiaire; municipalité du bénéficiaire;
        city; town; municipality; recipient city""",
    "recipient_region": """région; région administrative; région admin; région du bénéficiaire; region;
        administrative region; recipient region""",
    "recipient_name_en": "nom anglais; nom du bénéficiaire en anglais; recipient name in english; english name",
    "funder": """bailleur; bailleur de fonds; nom du bailleur; attribuant; nom attribuant; organisme subventionnaire;
        organisme payeur; ministère; ministère ou organisme; financeur; funder name; funding organisation;
        funding organization; funding org; department; grantor; donor; awarding body""",
    "programme": """programme de subvention; nom du programme; titre du programme; fonds; nom du fonds; dispositif;
        dispositif d'aide; volet; mesure; programme d'aide; program; program name; programme name; fund; fund name;
        grant programme; grant program; scheme""",
    "announcement": "annonce; titre de l'annonce; communiqué",
    "reference": """numéro d'octroi; no d'octroi; numéro de subvention; no de subvention; numéro de la subvention;
        numéro de convention; numéro de l'entente; numéro d'entente; numéro de contrat; identifiant;
        numéro de dossier; no dossier; no de dossier; numéro de référence; no de référence;
        référence de la décision; numéro de décision; numéro de délibération; délibération; award_id; award id;
        award number; grant id; grant number; grant reference; agreement number; contract number; identifier;
        reference number; file number; ref""",
    "amount": """montant de la subvention; montant accordé; montant octroyé; montant attribué; montant alloué;
        montant voté; montant de l'aide; montant de l'aide financière; montant total;
        montant total de la subvention; subvention; subventions; subvention accordée; subvention attribuée;
        aide financière; aide accordée; somme; somme accordée; total accordé; contribution; amount awarded;
        award amount; amount granted; grant amount; value; grant value; award value; total amount; funding;
        funding amount; approved amount; amount approved""",
    "currency": "monnaie; code devise; currency code",
    "total_project_cost": """coût total; coût du projet; coût total du projet; budget total; budget du projet;
        total cost; project cost; total project budget; project budget; investissement total""",
    "instrument": """type d'aide; forme de l'aide; nature de l'aide; type d'entente; type de financement; instrument;
        funding type; agreement type; type of funding""",
    "title_fr": """objet; objet de la subvention; titre du projet; nom du projet; projet; intitulé;
        intitulé du projet; intitulé de l'action; libellé; motif; action; objet de l'aide; project title;
        project name; project; purpose; title; grant title; grant purpose; award title""",
    "title_en": "titre anglais; titre du projet (anglais); project title (english); english title",
    "description_fr": """description du projet; résumé; résumé du projet; détail; détails; project description;
        summary; details; grant description""",
    "description_en": "description anglaise; description (anglais); description (english); english description",
    "benefit_region": "région du projet; région bénéficiaire; région visée; benefit region; project region",
    "benefit_place": "lieu; lieu du projet; endroit; lieu de réalisation; place; location; project location",
    "date": """date d'annonce; date de l'annonce; date de la décision; date de décision; date d'octroi;
        date d'attribution; date de la convention; date de convention; date de signature; date du conseil;
        date de délibération; date de la délibération; date de notification; date de vote; année; exercice;
        année financière; exercice financier; date d'approbation; announcement date; award date; date awarded;
        decision date; approval date; date of award; grant date; year; fiscal year; announced""",
    "agreement_start": """date de début; début; date de début du projet; début du projet; start date; start;
        project start; project start date; from""",
    "agreement_end": """date de fin; fin; date de fin du projet; fin du projet; date de fin prévue; end date; end;
        project end; project end date; to""",
    "status": "état; statut du projet; état d'avancement; grant status; project status",
    "amendment": "numéro de modification; no de modification; avenant; numéro d'avenant; amendment",
    "source_url": "source; lien; url; hyperlien; adresse web; lien source; source url; link; web address",
}

ORGANISATION: dict[str, str] = {
    "name_fr": """nom de l'organisme; nom de l'organisation; organisme; raison sociale; dénomination;
        nom du bénéficiaire; bénéficiaire; organisation; organization; organisation name; organization name; name""",
    "name_en": "nom anglais; english name",
    "kind": "type d'organisme; type d'organisation; catégorie; organisation type; organization type; category",
    "neq": "numéro d'entreprise du Québec; no neq; enterprise number",
    "website": "site; site internet; adresse web; url; web site; web address",
    "city": "municipalité; localité; town",
    "region": "région; region",
    "other_names": "autres noms; sigle; alias; aliases; acronym; also known as",
}
