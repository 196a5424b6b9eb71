"""What a peer's label means in our words.

Where a label could be read in two ways, it is read as the peer would like it: a date that may be a mere age or a
weekday counts as contextual, so that it never makes a direct alarm.
"""

from __future__ import annotations

from collections.abc import Iterable

from screening.lab.evaluate import Found
from screening.results import Label

_MEANINGS: dict[Label, str] = {
    # Philter masks each word that it does not know to be harmless, without a type: OTHER. Most are names.
    Label.NAME: "name person name_student name_related other",
    Label.PHONE: "phone phone_number phone_num phone_landline phones phones_with_exts ukphones",
    Label.EMAIL: "email email_address emails",
    Label.URL: "url url_personal url_token links git_repos",
    Label.HANDLE: "username twitter skype",
    Label.IP: "ip ip_address ips ipv4 ipv6 ipv6s mac_address mac_addresses device_id",
    Label.ID: (
        "id id_num ssn us_ssn ssn_number itin us_itin uk_nhs uk_nino us_bank_number us_driver_license us_passport uuid"
        " medical_license credit_card credit_cards visa_cards master_cards iban iban_code iban_numbers crypto"
        " btc_addresses bitcoin_address drivers_license drivers_licence vehicle_licence_plate national_insurance_number"
        " tax_reference_number social_security_number passport_number bank_routing_number tracking_number vin imei"
        " patient_social_security_number credential"
    ),
    Label.LOCATION: (
        "location address street_address street_addresses zip_code zip_codes zip postalcode postcodes po_boxes geo"
        " provider_address_or_location"
    ),
    Label.DATE: "date dates date_of_birth",
    Label.ORG: "organization school",
    Label.AGE: "age",
    Label.TIME: "date_time time times",
    Label.DEMOGRAPHIC: "nrp religion political sexual_orientation gender",
    Label.HEALTH: "medical biometric",
    Label.EVENT: "criminal_record",
}
# Words such as "I" and "my", sums of money, colours, books and checksums say nothing about who a client is.
_NO_DETAIL = (
    "self_reference financial currency prices hex_colors not_known_ports isbn10 isbn13"
    " md5_hashes sha1_hashes sha256_hashes"
)
_LABELS: dict[str, Label | None] = {word: label for label, words in _MEANINGS.items() for word in words.split()}
_LABELS |= dict.fromkeys(_NO_DETAIL.split())


class UnknownLabel(ValueError):
    """A peer used a label that this table does not have; the message names it."""


def translate(findings: Iterable[tuple[int, int, str]]) -> tuple[Found, ...]:
    """Return a peer's findings with our labels, without what is no detail.

    Findings of one label that overlap become one: some peers give a number once for each of their patterns.
    Raises: UnknownLabel.
    """
    labelled = [(start, end, _ours(label)) for start, end, label in findings if end > start]
    joined: list[Found] = []
    for label, start, end in sorted((label, start, end) for start, end, label in labelled if label):
        last = joined[-1] if joined else None
        if last and last.label is label and start < last.end:
            joined[-1] = Found(last.start, max(last.end, end), label)
        else:
            joined.append(Found(start, end, label))
    return tuple(sorted(joined, key=lambda found: (found.start, found.end, found.label)))


def _ours(label: str) -> Label | None:
    try:
        return _LABELS[label.lower()]
    except KeyError:
        raise UnknownLabel(f"unknown label {label}") from None
