"""360Giving: the titles of its spreadsheets, or the paths of its JSON."""

from django.utils.translation import gettext_lazy as _

from .dialect import Dialect, spelt

TITLES = spelt(
    {
        "reference": "Identifier; id",
        "title_fr": "Title; title",
        "description_fr": "Description; description",
        "currency": "Currency; currency",
        "amount": "Amount Awarded; amountAwarded",
        "date": "Award Date; awardDate",
        "source_url": "URL; url",
        "agreement_start": "Planned Dates:Start Date; plannedDates/0/startDate; Planned Dates:0:Start Date",
        "agreement_end": "Planned Dates:End Date; plannedDates/0/endDate; Planned Dates:0:End Date",
        "recipient_name": "Recipient Org:Name; recipientOrganization/0/name; Recipient Org:0:Name",
        "recipient_person": "Recipient Ind:Name; recipientIndividual/name",
        "recipient_number": "Recipient Org:Identifier; recipientOrganization/0/id; Recipient Org:0:Identifier",
        "recipient_city": "Recipient Org:City; recipientOrganization/0/addressLocality; Recipient Org:0:City",
        "recipient_kind": "Recipient Org:Organisation Type; recipientOrganization/0/organisationType",
        "benefit_place": "Beneficiary Location:Name; Beneficiary Location:0:Name; beneficiaryLocation/0/name",
        "funder_name": "Funding Org:Name; Funding Org:0:Name; fundingOrganization/0/name",
        "funder_number": "Funding Org:Identifier; Funding Org:0:Identifier; fundingOrganization/0/id",
        "programme": "Grant Programme:Title; Grant Programme:0:Title; grantProgramme/0/title",
    },
    unused="""Amount Applied For; Amount Disbursed; Planned Dates:Duration (months); Recipient Ind:Identifier;
    Recipient Org:Charity Number; Recipient Org:Company Number; Recipient Org:Street Address; Recipient Org:County;
    Recipient Org:Country; Recipient Org:Postal Code; Recipient Org:Description; Recipient Org:Web Address;
    Beneficiary Location:Country Code; Beneficiary Location:Latitude; Beneficiary Location:Longitude;
    Beneficiary Location:Geographic Code; Beneficiary Location:Geographic Code Type; Funding Org:Department;
    Location Scope; Grant Programme:Code; Grant Programme:URL; From An Open Call?; Related Activity; Last Modified;
    Data Source; For Regrant Type""",
)

THREE_SIXTY = Dialect(
    "360giving",
    _("360Giving"),
    TITLES,
    telling=(
        "Identifier; id",
        "Amount Awarded; amountAwarded",
        "Award Date; awardDate",
        "Recipient Org:Name; Recipient Org:0:Name; recipientOrganization/0/name; Recipient Ind:Name",
        "Funding Org:Name; Funding Org:0:Name; fundingOrganization/0/name",
    ),
    negative_reason="Montant négatif publié à la source",
)
