"""Rules for ways to reach or find a person: phone, e-mail, link, handle, network address."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

import phonenumbers

from screening.results import Label
from screening.rules import Candidate, Rule

_SAFE_HARBOR = "45 CFR 164.514(b)(2)(i)"

EMAIL_REASON = "An e-mail address leads straight to one person; say only that you are in contact (Safe Harbor item F)."
URL_REASON = (
    "A link opens the very page that shows who this is; describe it in a few words instead (Safe Harbor item N)."
)
HANDLE_REASON = "Anyone can look up an account name; say only which kind of account it is."
IP_REASON = "A network address can be traced to a household; leave it out (Safe Harbor item O)."
PHONE_REASON = "A phone number belongs to one person or household; leave it out (Safe Harbor items D and E)."

_TLDS = "com|org|net|edu|gov|io|co|info|me|app|dev|blog|uk|us|ca|au|nz|in|za|ng|ke|sg|ph|ie|eu|tv|gg|ly|link|page|site|online"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(re.sub(r"\s?[\[(]?(?:\.|dot)[\])]?\s?", ".", text.lower()))
    except ValueError:
        return False
    return True


RULES = (
    Rule(
        "e-mail",
        Label.EMAIL,
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}\b", re.IGNORECASE),
        EMAIL_REASON,
        f"{_SAFE_HARBOR}(F); RFC 5321 length limits",
        finds=("write to jane.doe@example.org", "j_doe+x@mail.example.co.uk"),
        spares=("meet me @ 3", "thanks @maria"),
        score=0.99,
    ),
    Rule(
        "link",
        Label.URL,
        re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"']{2,2000}[^\s<>()\[\]\"'.,;:!?]", re.IGNORECASE),
        URL_REASON,
        f"{_SAFE_HARBOR}(N); RFC 3986",
        finds=("see https://example.org/in/jdoe", "www.example.com/fund"),
        spares=("http is a protocol",),
        score=0.98,
    ),
    Rule(
        "bare link",
        Label.URL,
        re.compile(
            rf"(?<![\w@./-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:{_TLDS})(?:/[^\s<>()\[\]\"']{{0,1900}}[^\s<>()\[\]\"'.,;:!?])?(?![\w@-]|\.\w)",
            re.IGNORECASE,
        ),
        URL_REASON,
        f"{_SAFE_HARBOR}(N)",
        finds=("linkedin.com/in/jdoe is him", "their page is helpformia.org"),
        spares=("so tired.me too", "e.g. this", "i.e. that", "done.in the end"),
        check=lambda text: (
            "/" in text
            or not re.search(r"\.(?:me|in|us|co|app|page|link|online|site|info|za|ie)$", text, re.IGNORECASE)
        ),
        score=0.95,
    ),
    Rule(
        "account name after @",
        Label.HANDLE,
        re.compile(r"(?<![\w@./<])@[A-Za-z_][\w.]{2,29}\b(?!\.\w)"),
        HANDLE_REASON,
        "Username forms of the large platforms (3 to 30 letters, digits, _ and .)",
        finds=("found @jdoe_art on there", "it was @sunny.mama"),
        spares=("@everyone look", "me @ work", "<@1234> hi"),
        check=lambda text: text.lower() not in {"@everyone", "@here"},
        score=0.9,
    ),
    Rule(
        "account name after its platform",
        Label.HANDLE,
        re.compile(
            r"\b(?:insta(?:gram)?|ig|tik ?tok|snap(?:chat)?|twitter|discord|xbox|psn|gamertag|onlyfans|reddit|youtube|twitch|steam|roblox|fortnite|telegram|user ?name|handle|screen name|account)"
            r"(?:\s+(?:name|user|username|handle|account|tag|channel))?(?:\s+(?:is|was|as|called|named)|\s*[:=]|'s)\s*[\"'`]?(?P<it>(?=[\w.]*[._\d])[A-Za-z_][\w.]{2,29}\w)",
            re.IGNORECASE,
        ),
        HANDLE_REASON,
        "Username forms of the large platforms",
        finds=("her insta is sunflower.mama", "gamertag: xX_wolf_99", "tiktok is jess.paints"),
        spares=("her account is frozen", "instagram is poison", "my username is gone. anyway"),
        check=lambda text: any(not c.isalpha() for c in text),
        score=0.85,
    ),
    Rule(
        "dotted name",
        Label.HANDLE,
        re.compile(r"(?<![\w@./:'’-])[a-z][a-z0-9_]{2,}(?:\.[a-z0-9_]{3,}){1,3}(?![\w@/]|\.\w)"),
        HANDLE_REASON,
        "Username forms of the large platforms; loose, the weigher decides",
        finds=("it is on southern.paws again", "she's meena.bakes.things"),
        spares=("done.So I left", "e.g. this", "at noon... and then"),
        score=0.4,
    ),
    Rule(
        "forum account",
        Label.HANDLE,
        re.compile(r"(?<![\w/])/?u/[\w-]{3,20}\b"),
        HANDLE_REASON,
        "Reddit's user link form",
        finds=("posted by u/throwra_mia",),
        spares=("w/u in the morning",),
        score=0.95,
    ),
    Rule(
        "IP address",
        Label.IP,
        re.compile(
            r"(?<![\w.:])(?:\d{1,3}(?:(?:[\[(]?\.[\])]?|\sdot\s|\s?[\[(]dot[\])]\s?)\d{1,3}){3}|(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:[0-9a-f]{1,4})(?![\w:]|\.\d)",
            re.IGNORECASE,
        ),
        IP_REASON,
        f"{_SAFE_HARBOR}(O); RFC 791, RFC 4291",
        finds=("logged from 203.0.113.7", "it is 198[.]51[.]100[.]4", "198 dot 51 dot 100 dot 9", "from 2001:db8::7"),
        spares=("version 1.2.3", "at 10:30:15"),
        check=_is_address,
        score=0.97,
    ),
    Rule(
        "short phone number",
        Label.PHONE,
        re.compile(r"(?<![\w$£€#.-])(?P<it>\d{3}[-. ]\d{4})(?![\w%-]|\.\d)"),
        PHONE_REASON,
        "North American local form NXX-XXXX",
        finds=("call 555-0142", "reach him on 555 0199"),
        spares=("from 100-2000 mg", "2019-2020 was hard", "5550142"),
        check=lambda text: text[0] in "23456789" and not re.fullmatch(r"(?:19|20)\d.*", text),
        score=0.85,
    ),
    Rule(
        "phone number after its cue",
        Label.PHONE,
        re.compile(
            r"\b(?:phone|cell|mobile|tel|telephone|fax|pager|beeper|whats ?app|text(?:ed|s)?|call(?:ed|s|ing)?|ring|rang|dial|voicemail|landline|her number|his number|their number|mum's number|mom's number)\b"
            r"(?:\s+(?:me|her|him|them|number|no|is|was|on|at|from|back|to|the|mum|mom|dad|of|it)){0,5}[\s.:#'\"(-]{0,4}(?P<it>\+?\(?\d[\d\s().\-–/]{4,20}\d)(?![\w%])",
            re.IGNORECASE,
        ),
        PHONE_REASON,
        f"{_SAFE_HARBOR}(D)(E); ITU-T E.164 (at most 15 digits)",
        finds=("her cell is 0412 555 019", "call him on 5550142", "pager 40 2217"),
        spares=(
            "call at 10",
            "text me by 5",
            "called 988",
            "called me 3 times in 2 days",
            "called 12 times since 2019",
        ),
        check=lambda text: 6 <= sum(c.isdigit() for c in text) <= 15,
        score=0.9,
    ),
)

# Where a number without a country code may come from: the countries Pause is written for.
_COUNTRIES = ("US", "GB", "IE", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG", "PH")
_NUMBER = re.compile(r"(?<![\w$£€#.,+-])(?:\+|00)?\(?\d(?:[ .\-–/()]{0,2}\d){6,14}(?![\w%]|[.,:/-]\d)")
# Groupings that are written for phone numbers and hardly for anything else. Fictitious ranges (555-01xx,
# 07700 900xxx) are no valid numbers, so the shape decides and `phonenumbers` only says what is possible.
_SHAPES = re.compile(
    r"""(?x)
    (?:\+|00)[\d ().\-–/]+                                   # international
    | (?:1[ .-]?)?(?:\(\d{3}\)[ .-]?|\d{3}[ .\-–])\d{3}[ .\-–]\d{4}  # North America
    | \(?0\d{1,4}\)?[ .\-–]?\d{2,4}(?:[ .\-–]?\d{2,4}){1,3}       # a trunk 0, grouped or not
    | [6-9]\d{4}[ -]?\d{5}                                     # India
    | [3689]\d{3}[ -]\d{4}                                     # Singapore
    """
)
_DATE = re.compile(r"\d{1,2}([.\-/ ])\d{1,2}\1(?:19|20)\d\d")
_OTHER_CUE = re.compile(
    r"(?:mrn|nhs|case|claim|policy|ssn|record|licen[cs]e|account|id|aadhaar|ref)\W{0,3}(?:no\.?|number|is)?\W{0,3}$",
    re.IGNORECASE,
)


def phone_numbers(text: str, region: str) -> Iterator[Candidate]:
    """Yield runs of digits that are grouped as a phone number and possible in ``region`` or a country Pause knows."""
    for match in _NUMBER.finditer(text):
        raw = match[0]
        if (
            not _SHAPES.fullmatch(raw)
            or _DATE.fullmatch(raw)
            or _OTHER_CUE.search(text, max(0, match.start() - 24), match.start())
        ):
            continue
        if any(_possible(raw, country) for country in dict.fromkeys((region, *_COUNTRIES))):
            yield Candidate(*match.span(), Label.PHONE, 0.93, "phonenumbers", PHONE_REASON)


def _possible(raw: str, country: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(raw, country))
    except phonenumbers.NumberParseException:
        return False
