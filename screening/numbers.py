"""Rules for numbers and codes that stand for a person or a case."""

from __future__ import annotations

import re

from stdnum import luhn, verhoeff
from stdnum.ca import sin
from stdnum.gb import nhs
from stdnum.za import idnr

from screening.results import Label
from screening.rules import Rule

_SAFE_HARBOR = "45 CFR 164.514(b)(2)(i)"
REASON = "This number stands for one person or one case in somebody's records; leave it out (Safe Harbor items G to M and R)."
PLATE_REASON = "A number plate or serial number is registered to one person; leave it out (Safe Harbor items L and M)."

# A code has a digit; letters, digits and separators may mix. At most 25 characters.
_CODE = r"(?P<it>(?=[A-Z0-9\-/.]*\d)[A-Z0-9](?:[A-Z0-9]|[\-/.](?=[A-Z0-9])|\s(?=\d{2,})){2,24})"
_CUES = (
    r"mrn|m\.r\.n\.?|medical record|health record|hospital|chart|record|case|docket|claim|policy|member(?:ship)?|subscriber|group|account|acct|"
    r"licen[cs]e|passport|permit|visa|uscis|a-number|medicare|medicaid|nhs|ni|nino|nhi|hcn|ohip|phn|ssn|social(?: security)?|sin|tfn|nric|fin|aadhaar|aadhar|pan|"
    r"philhealth|sss|nhif|sha|nin|bvn|ihi|ppsn?|pps|crn|ref(?:erence)?|booking|inmate|prisoner|prison|badge|student|employee|staff|patient|client|file|incident|report|warrant|"
    r"serial|device|vin|reg(?:istration)?|plate|number ?plate|rego|ur|urn|hospital id|id|referral|ticket|order|eircode"
)


def _nhs(text: str) -> bool:
    return bool(nhs.is_valid(text))


def _sin(text: str) -> bool:
    return bool(sin.is_valid(text))


def _za(text: str) -> bool:
    return bool(idnr.is_valid(text))


def _aadhaar(text: str) -> bool:
    return bool(verhoeff.is_valid(re.sub(r"\D", "", text)))


def _card(text: str) -> bool:
    return bool(luhn.is_valid(re.sub(r"\D", "", text)))


def _enough_digits(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits >= 3 and not re.fullmatch(r"(?:19|20)\d\d", text)


RULES = (
    Rule(
        "number after its cue",
        Label.ID,
        re.compile(
            rf"\b(?:{_CUES})(?:\s+(?:id|no|number|num|code|ref|card|file|record))?(?:\s+(?:is|was|ends in|ending in|ending|of))?[\s.,:#=(]{{1,3}}(?:no\.?\s)?{_CODE}\b",
            re.IGNORECASE,
        ),
        REASON,
        f"{_SAFE_HARBOR}(G)-(M)(R)",
        finds=(
            "her chart number, 300 118 44",
            "MRN 00482913",
            "case 23-CV-1187",
            "policy no. ZX-99821",
            "her medicaid id: AB12345C",
            "claim #4471-A2",
        ),
        spares=(
            "case of 2 kids",
            "group of 12 people",
            "in case 90 minutes pass",
            "report 5 symptoms",
            "id say no",
            "client 2 was late",
            "patient 14 hours in",
        ),
        check=_enough_digits,
        score=0.92,
    ),
    Rule(
        "US social security number",
        Label.ID,
        re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])"),
        REASON,
        f"{_SAFE_HARBOR}(G); Social Security Administration: area-group-serial",
        finds=("it is 536-90-4399",),
        spares=("2019-10-2020", "536-904399"),
        score=0.97,
    ),
    Rule(
        "NHS number",
        Label.ID,
        re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
        REASON,
        "NHS Data Dictionary: NHS NUMBER (modulus 11)",
        finds=("943 476 5919",),
        spares=("943 476 5918",),
        check=_nhs,
        score=0.91,
    ),
    Rule(
        "UK national insurance number",
        Label.ID,
        re.compile(
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b",
            re.IGNORECASE,
        ),
        REASON,
        "HMRC manual NIM39110: format of a NINO",
        finds=("QQ not ok but AB 12 34 56 C is", "ab123456c"),
        spares=("BG 12 34 56 A",),
        score=0.96,
    ),
    Rule(
        "Canadian social insurance number",
        Label.ID,
        re.compile(r"(?<![\w-])\d{3}[ -]\d{3}[ -]\d{3}(?![\w-])"),
        REASON,
        "Service Canada: SIN (Luhn check digit)",
        finds=("sin card says 130-692-544",),
        spares=("123-456-789",),
        check=_sin,
        score=0.95,
    ),
    Rule(
        "South African ID number",
        Label.ID,
        re.compile(r"(?<!\w)\d{6} ?\d{4} ?[01]\d ?\d(?!\w)"),
        REASON,
        "Department of Home Affairs: date of birth, sequence, citizenship, Luhn check digit",
        finds=("7503305044089",),
        spares=("7503305044080",),
        check=_za,
        score=0.96,
    ),
    Rule(
        "Aadhaar number",
        Label.ID,
        re.compile(r"(?<!\w)[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?!\w)"),
        REASON,
        "UIDAI: twelve digits, Verhoeff check digit",
        finds=("2341 2341 2346",),
        spares=("2341 2341 2347",),
        check=_aadhaar,
        score=0.94,
    ),
    Rule(
        "NRIC or FIN of Singapore",
        Label.ID,
        re.compile(r"\b[STFGM]\d{7}[A-Z]\b", re.IGNORECASE),
        REASON,
        "Immigration & Checkpoints Authority: prefix, seven digits, check letter",
        finds=("S1234567D",),
        spares=("S12345D",),
        score=0.95,
    ),
    Rule(
        "Indian PAN",
        Label.ID,
        re.compile(r"\b[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]\b", re.IGNORECASE),
        REASON,
        "Income Tax Department: form of a permanent account number",
        finds=("ABCPE1234F",),
        spares=("ABC1234F",),
        score=0.93,
    ),
    Rule(
        "payment or insurance card",
        Label.ID,
        re.compile(r"(?<![\w-])\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\w-])"),
        REASON,
        "ISO/IEC 7812 (Luhn check digit)",
        finds=("4111 1111 1111 1111",),
        spares=("4111 1111 1111 1112",),
        check=_card,
        score=0.94,
    ),
    Rule(
        "court docket",
        Label.ID,
        re.compile(
            r"\b(?:\d{1,2}:)?(?:19|20)?\d{2}[- ]?(?:CV|CR|CF|CM|FA|FL|JV|DR|MH|PR|JA|DP|GD|FC)[- ]?\d{2,7}(?:-[A-Z]{1,4})*\b",
            re.IGNORECASE,
        ),
        REASON,
        "United States district courts: docket number form year-type-number",
        finds=("in 23-CV-1187 they ruled", "2024FA00312"),
        spares=("my 10 CR beds", "12 cv"),
        score=0.94,
    ),
    Rule(
        "long digit run",
        Label.ID,
        re.compile(r"(?<![\w$£€.,+-])#?\d{6,20}(?![\w%]|[.,]\d)"),
        REASON,
        "No dose, score, code or year has six digits in a row; record numbers do",
        finds=("she is 00482913 in the system", "see #1928374"),
        spares=("code 90837", "in 2019", "$100000", "150000 people", "about 200000 cases"),
        check=lambda text: not text.rstrip("0") or len(text) - len(text.rstrip("0")) < 3,
        score=0.75,
    ),
    Rule(
        "mixed code",
        Label.ID,
        re.compile(r"(?<![\w#./-])(?=[A-Z0-9-]*[A-Z])(?=(?:[A-Z-]*\d){4})[A-Z0-9]+(?:-[A-Z0-9]+){0,3}(?![\w-]|\.\d)"),
        REASON,
        "Four digits or more among capitals are how record systems name cases; scales, CPT and ICD codes have fewer",
        finds=("look up K2291-77", "file ZX99821 again"),
        spares=("F33.1", "PHQ-9", "CPT 90837", "H0004", "A-HA", "G2211", "COVID-2019"),
        check=lambda text: (
            not re.fullmatch(r"[A-VGJ]\d{4}|COVID-?\d+|[A-Z]{2,4}-?(?:19|20)\d\d|DSM-?\d+|ICD-?\d+", text)
        ),
        score=0.7,
    ),
    Rule(
        "number plate",
        Label.ID,
        re.compile(
            r"\b(?:plates?|number ?plate|licen[cs]e plate|rego|reg)(?:\s+(?:is|was|number|reads?|said|says))*[\s:]+(?P<it>[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,4}(?:[ -][A-Z0-9]{1,3})?)\b"
        ),
        PLATE_REASON,
        f"{_SAFE_HARBOR}(L)",
        finds=("his plate is 7ABC123", "the rego was BX-41-QM", "plates KXT 4471"),
        spares=("plate of food", "plates spinning again"),
        check=lambda text: any(c.isdigit() for c in text),
        score=0.93,
    ),
    Rule(
        "UK number plate",
        Label.ID,
        re.compile(r"\b[A-HJ-PR-Y]{2}[0-9]{2} ?[A-HJ-PR-Z]{3}\b"),
        PLATE_REASON,
        "DVLA INF104: current style of vehicle registration numbers",
        finds=("parked LK51 ABC outside",),
        spares=("AB12 is not one",),
        score=0.9,
    ),
    Rule(
        "vehicle identification number",
        Label.ID,
        re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-HJ-NPR-Z])[A-HJ-NPR-Z0-9]{17}\b"),
        PLATE_REASON,
        "ISO 3779: 17 characters without I, O and Q",
        finds=("VIN 1HGCM82633A004352",),
        spares=("1HGCM8263",),
        score=0.95,
    ),
)
