"""Numbers and addresses: what kind of thing they were, or nothing, with the words that led to them."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re

from screening.results import Label
from screening.suggest.grammar import DETERMINER, Edit, Spot, apart, drop, fitted, is_verb, next_word, starts

_PHONE_NOUN = r"\b(?P<noun>cell|mobile|mob|phone|ph|tel|telephone|fax|pager|whatsapp|number|no\.|num|landline|phone number|cell number)"
_EMAIL_NOUN = r"\b(?P<noun>e-?mail|email address|gmail|address)"
_HANDLE_NOUN = r"\b(?P<noun>insta|instagram|ig|tiktok|twitter|snap|snapchat|discord|handle|username|user|gamertag|account|facebook|fb|reddit|telegram|psn|roblox|twitch|youtube|channel|profile|screen ?name|tag|page|booktok|threads|bluesky|strava|venmo|x)"
_LINKING = r"\s*(?P<link>(?:\s(?:is|was)|['’]s|\s?[:=#])?)\s*(?:@|#)?\s*"
_KINDS = (
    (
        r"mrn|medical record|hosp(?:ital)?\.?|hospital(?: no| number)?|chart|record|urn|hn|nhi|chi|patient|nhs|umrn",
        "record number",
    ),
    (
        r"ssn|social(?: security)?|ni|nino|national insurance|sin|tfn|nin|bvn|aadhaar|aadhar|nric|fin|passport|id|ids|identity|pps|ppsn|hkid|philhealth|sss",
        "ID number",
    ),
    (
        r"case|docket|court|cause|matter|complaint|file|incident report|incident|police report|police|ticket|crn|booking|inmate|warrant|dossier|cas",
        "case number",
    ),
    (
        r"claim|policy|member|insurance|medicare|medicaid|medical aid|group|scheme|authorisation|authorization|auth",
        "insurance number",
    ),
    (r"plate|plates|rego|reg|registration|number plate|license plate|licence plate|tag", "plate number"),
    (r"licen[cs]e|dl|driver'?s licen[cs]e", "licence number"),
    (r"account|acct|acc|iban|sort code|card", "account number"),
    (r"vin|serial|device|imei|pacemaker", "serial number"),
    (r"invoice|ref|reference|order|confirmation|tracking|referral|receipt", "reference number"),
    (r"badge|student|employee|staff|service|force", "ID number"),
)
_ID_LEAD = (
    r"\b(?P<kind>"
    + "|".join(words for words, _ in _KINDS)
    + r")(?:\s+(?:number|numbers|no\.?|num|nr|id|record|code))*\.?(?P<link>\s+(?:is|was)|\s*[:#=]|\s+#)?\s*#?\s*"
)
_THING = re.compile(
    r"(?:incident|police) report|case|docket|file|claim|ticket|complaint|matter|policy|account|referral|invoice|incident|plate|passport|licen[cs]e|booking",
    re.IGNORECASE,
)


def worded(spot: Spot) -> Edit:
    """Return the edit for a phone number, an address on the net, an account or a code."""
    ways = {
        Label.PHONE: _phone,
        Label.EMAIL: _email,
        Label.URL: _link,
        Label.HANDLE: _handle,
        Label.IP: _network_address,
        Label.ID: _code,
    }
    if apart(spot) and spot.lead(r",\s*") and spot.label is not Label.ID:
        return drop(spot)
    return _repeated(spot) or ways[spot.label](spot)


def _repeated(spot: Spot) -> Edit | None:
    """Say several of one kind in a row only once."""
    before = spot.before
    if not before or before.label is not spot.label or not before.text:
        return None
    if re.fullmatch(r"\s*(?:,|;|/|&|and|or|,\s*and|\||to|one)*(?:\s+one)?\s*", before.gap) and spot.left.endswith(
        before.gap
    ):
        return Edit("", len(before.gap))
    return None


def _left_out(spot: Spot, lead: re.Match[str], what: str) -> Edit:
    """Return the edit behind a word that announces the detail: "her number is …" is "left out"."""
    link = lead["link"].strip()
    if link in (":", "=", "#"):
        start = lead.start("noun") if "noun" in lead.groupdict() else lead.start("kind")
        return Edit(f"{what} left out", len(spot.left) - start)
    if link:
        return Edit(f"{'' if spot.left[-1:].isspace() else ' '}left out")
    if not re.search(
        DETERMINER + r"(?:\w+\s+)?$|\w['’]?s\s+$|\b(?:new|old|work|home)\s+$",
        spot.left[: lead.start("noun")],
        re.IGNORECASE,
    ):
        return Edit(f"{what} left out", len(spot.left) - lead.start("noun"))
    return Edit("", len(spot.left) - lead.end("noun"))


def _phone(spot: Spot) -> Edit:
    if lead := spot.lead(_PHONE_NOUN + _LINKING):
        if starts(spot.left[: lead.start()]) or spot.lead(r"\(" + _PHONE_NOUN + _LINKING):
            return spot.over(lead, "phone number left out")
        return _left_out(spot, lead, "phone number")
    if lead := spot.lead(
        r"\b(?:(?:called|calls|call|phoned|phones|rang|rings|texted|texts|text|reach\w*|contact\w*|ring|phone)\s+(?:me|us|him|her|them|back)\s+)(?P<at>(?:at|on|from)\s+)"
    ):
        if lead["at"].startswith("from"):
            return Edit("a phone number")
        if re.match(r"text", lead[0], re.IGNORECASE):
            return Edit("", len(spot.left) - lead.start("at"))
        return Edit("by phone", len(spot.left) - lead.start("at"))
    if lead := spot.lead(r"\b(?:at|on)\s+"):
        return spot.over(lead, "by phone")
    if lead := spot.lead(r"\bfrom\s+"):
        return spot.over(lead, "from a phone number")
    if spot.lead(r"\s*\(") and spot.tail(r"\)"):
        return Edit("phone number left out")
    return fitted(spot, "a phone number")


def _email(spot: Spot) -> Edit:
    if (lead := spot.lead(r"\b(?:please\s+|just\s+)?e-?mail\s+")) and starts(spot.left[: lead.start()]):
        return Edit("them")
    if lead := spot.lead(_EMAIL_NOUN + _LINKING):
        if lead["link"].strip() or not spot.lead(r"\b(?:to|will|can|could|please|just|or|and)\s+e-?mails?\s+"):
            return _left_out(spot, lead, "email")
        return Edit("them" if spot.whose == "their" else {"her": "her", "his": "him"}[spot.whose])
    if lead := spot.lead(r"\b(?:at|on|via)\s+"):
        return spot.over(lead, "by email")
    if lead := spot.lead(r"\bfrom\s+"):
        return spot.over(lead, "from a personal account")
    if spot.lead(r"\bto\s+"):
        return Edit(
            f"{spot.whose} email"
            if spot.lead(r"\b(?:send|sends|write|forward|reply)\b[^.!?]{0,20}\bto\s+")
            else "an inbox"
        )
    if spot.lead(r"\s*\(") and spot.tail(r"\)"):
        return Edit("email left out")
    return fitted(spot, "an email address")


def _link(spot: Spot) -> Edit:
    if (opened := spot.lead(r"(?<=\])\(")) and (closed := spot.tail(r"\)")):
        return spot.over(opened, "", closed.end())
    if (opened := spot.lead(r"<")) and (closed := spot.tail(r">")):
        return Edit("a link", 1, closed.end())
    if spot.lead(r"[:(]\s*") or (spot.lead(r"\n\s*") and spot.tail(r"\s*(?:\n|$)")):
        return Edit("link left out" if spot.lead(r"\(") else "(link left out)")
    if lead := spot.lead(r"\b(?:link|url|website|site|page|gofundme|profile)" + _LINKING):
        return Edit(
            "left out" if lead["link"].strip() else "",
            0 if lead["link"].strip() else len(lead[0]) - len(lead[0].rstrip()),
        )
    if lead := spot.lead(r"\b(?:at|on|in|via)\s+"):
        return spot.over(lead, "online")
    if spot.lead(r"\b(?:google|googled|see|check|visit|search|find)\s+"):
        return Edit("the page")
    return fitted(spot, "a link")


def _handle(spot: Spot) -> Edit:
    back = len(spot.left) - len(spot.left.rstrip("@")) if spot.left.endswith("@") else 0
    if lead := spot.lead(_HANDLE_NOUN + _LINKING):
        if lead["link"].strip() == "is" or lead["link"].strip() in ("'s", "’s", "was"):
            return Edit(f"{'' if spot.left[-1:].isspace() or back else ' '}left out", back)
        return (
            Edit("", len(spot.left) - lead.end("noun"))
            if not lead["link"].strip()
            else _left_out(spot, lead, "account")
        )
    if lead := spot.lead(r"\b(?:as|under|by|called|named)\s+(?:the\s+(?:name|handle|username)\s+)?@?"):
        return spot.over(lead, "under a username")
    if lead := spot.lead(r"\b(?:at|on)\s+@?"):
        return spot.over(lead, "online")
    if spot.lead(r"\(@?") and spot.tail(r"\)"):
        return Edit("account left out", back)
    found = spot.lead(DETERMINER + "@?")
    return Edit("account", back) if found else Edit("an account", back)


def _network_address(spot: Spot) -> Edit:
    if lead := spot.lead(r"\b(?P<noun>ip(?:\s+address)?)" + _LINKING):
        if lead["link"].strip() in ("is", "was"):
            return Edit("left out")
        if spot.lead(DETERMINER + r"ip(?:\s+address)?\s*:?\s*") or spot.lead(
            r"\b(?:from|on|by|for|to)\s+ip(?:\s+address)?\s*"
        ):
            return spot.over(
                lead, "IP address" if spot.lead(DETERMINER + r"ip(?:\s+address)?\s*:?\s*") else "an IP address"
            )
        return spot.over(lead, "IP address left out")
    return fitted(spot, "an IP address")


def _code(spot: Spot) -> Edit:
    lead = spot.lead(_ID_LEAD)
    return _bed(spot) or (_announced(spot, lead) if lead else _bare(spot))


def _bed(spot: Spot) -> Edit | None:
    """Read the number of a bed or a room, which stays one."""
    nouns = r"(?P<noun>bed|room|cell|locker|seat|bay|unit|ward|box|route)\b"
    if inside := re.match(nouns, spot.low):
        return fitted(spot, f"a {inside['noun']}")
    lead = spot.lead(rf"\b{nouns}\s+(?:no\.?\s+|number\s+|#)?")
    if not lead:
        return None
    plain = re.search(DETERMINER + "$", spot.left[: lead.start()], re.IGNORECASE)
    return spot.over(lead, lead["noun"] if plain else f"a {lead['noun'].lower()}")


def _bare(spot: Spot) -> Edit:
    """Read a code that no kind of number announces."""
    if spot.lead(r"\b(?:appeal|reservation|resident['’]?s?|phone|reference)\s+(?:number|no\.?)\s+"):
        return Edit("left out")
    if spot.lead(r"\(#?\s*") and spot.tail(r"\)"):
        return Edit("number left out", len(spot.left) - len(spot.left.rstrip("#")))
    return fitted(spot, "a record number")


def _announced(spot: Spot, lead: re.Match[str]) -> Edit:
    """Read a code behind the kind of number it is: "MRN", "case", "her SSN is"."""
    name, kind = _kind_name(lead["kind"]), lead["kind"].lower()
    if (lead["link"] or "").strip() in ("is", "was"):
        return Edit("left out")
    before = spot.left[: lead.start()]
    owner = re.search(r"\b(?:client|patient|pt|student|member)\s+$", before, re.IGNORECASE)
    if kind == "id" and owner and is_verb(next_word(spot.right)):
        return Edit("", len(spot.left) - len(before.rstrip()))
    thing = {"record number": "the record", "plate number": "a car"}.get(name, f"the {kind}")
    if _in_a_role(spot, before) and (not thing.endswith(kind) or _THING.fullmatch(kind)):
        return spot.over(lead, thing)
    if re.search(DETERMINER + r"(?:(?!(?:on|in|for|to|with|under|about)\b)\w+\s+)?$", before, re.IGNORECASE):
        return Edit("", len(spot.left) - len(spot.left[: lead.end("kind")].rstrip()))
    return spot.over(lead, f"{name} left out")


def _in_a_role(spot: Spot, before: str) -> bool:
    return is_verb(next_word(spot.right)) or bool(
        re.search(
            r"\b(?:on|in|for|about|re|with|to|of|under|regarding|closed?|close|opened|filed|got|have|had)\s+$",
            before,
            re.IGNORECASE,
        )
    )


def _kind_name(kind: str) -> str:
    return next(name for words, name in _KINDS if re.fullmatch(words, kind, re.IGNORECASE))
