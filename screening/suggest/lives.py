"""Illnesses, family shapes, events and claims to be the only one, in plain words that keep the sentence whole."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re

from screening.lexicons import Lexicons
from screening.suggest.grammar import DETERMINER, PEOPLE, Edit, Spot, fitted, is_noun, next_word, plural, starts

_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty|a dozen|both|many)"
_KIN = r"(?:kids?|children|child|sons?|daughters?|boys|girls|siblings|brothers|sisters|grandkids|grandchildren|grandsons|granddaughters|wives|husbands|homes|cousins|babies|ones|families|generations|foster kids|foster homes|little ones|stepkids|placements?)"
_SIGNS = (
    (r"tattoo\w*|scars?\b|birthmark|brand\w*|port.wine|burn\w*|mole", "a visible mark"),
    (r"transplant\w*|\btx\b|surgery|bypass", "major surgery"),
    (r"\bhalo\b|\btub\w*|stoma|\btrach\w*|pacemaker|implant\w*|dialysis", "a medical device"),
    (
        r"amput\w*|\blegs?\b|\barms?\b|\blimbs?\b|fingers?|\bhands?\b|one eye|\beyes?\b|wheelchair",
        "a physical difference",
    ),
    (r"cancer|tumou?r\w*|leuk\w+|lymphoma|\w+oma\b|carcinoma", "a serious illness"),
    (
        r"lewy|dementia|alzheimer\w*|neuron\w*|palsy|sclerosis|atrophy|epilep\w+|creutz\w*|hemiplegia|huntin\w*",
        "a serious neurological condition",
    ),
    (r"syndrome|disease|disorder|dystrophy|genesis|imperfecta|deficiency|sickle|albin\w*|brittle", "a rare condition"),
    (r"swallow\w*|eats?\b|eating|drink\w*|pull\w*|cuts?\b|bites?\b", "an unusual habit"),
)
_MEDICAL = (
    "condition",
    "issue",
    "issues",
    "team",
    "appointment",
    "clinic",
    "doctor",
    "crisis",
    "specialist",
    "support",
    "diagnosis",
    "flare",
    "symptoms",
)
_UNCOUNTED = ("major surgery", "surgery", "serious abuse", "visible scars", "medical devices")
_HAPPENED = (
    (r"won\b|wins?\b|winning|lott\w*|lotto|powerball|jackpot|pools|toto\b|inherit\w*", "came into some money"),
    (r"crash\w*|collision|pile.?up|derail\w*|accident|wreck|plane|overturn\w*|capsiz\w*|trawler|ferry|zip ?wire|coach", "an accident"),
    (r"fire|blaze|explo\w+|blast|burn\w*", "a fire"),
    (r"shoot\w*|shot|stabb\w*|murder\w*|kill\w*|attack\w*|bomb\w*|siege|riots?|unrest|massacre|hostage|terror\w*|kidnap\w*|abduct\w*|camp", "a violent event"),
    (r"flood\w*|earthquake|quake|ice jam|hurricane|tornado|cyclone|tsunami|landslide|mudslide|storm|avalanche|typhoon", "a disaster"),
    (r"robb\w+|fraud|trial|arrest\w*|case|charged|court|verdict|doping|raid\w*|embezzl\w*|scandal|inquiry|inquest|raffle", "a legal matter"),
    (r"drown\w*|collaps\w*|died|death|funeral|lost|missing|fell|swept|hot car|sank", "a tragedy"),
    (r"ted\b|show|tv\b|televis\w*|documentary|podcast|eurovision|news\w*|interview\w*|viral|video|paper|article|radio|livestream\w*|reality|panorama|times|record|record|book|crowned|miss\b|famous|channel|film|movie|gram|tiktok|youtube", "a public appearance"),
    (r"match|final|game|open|cup|medal|olympic\w*|race|marathon|semis|championship|tournament|regatta|red card", "a sporting event"),
)  # fmt: skip
_SUPERLATIVE = r"(?:(?:the|an?)\s+)?(?:(?:one\s+of\s+(?:the\s+)?(?:only\s+)?(?:\w+\s+)?)|(?:very\s+)?(?:only|0nly|first|last|sole|one|oldest|youngest|tallest|smallest|biggest|richest|single|lone|eldest)\s*(?:and only\s+|living\s+|other\s+|surviving\s+|remaining\s+|ever\s+)?)"
_POST = re.compile(
    r"\s+(?:in|of|on|at|to$|who|that|to|from|with|ever|left|there|north|south|by|allowed|named|called|since|for|out)\b.*|[,;].*",
    re.IGNORECASE | re.DOTALL,
)
_AREA_TAIL = r"\s+(?:in|at|on|of|from)\s+(?:the|our|that|this|her|his|their|my)\s+(?:whole |entire )?(?:district|county|town|city|state|school|company|building|unit|ward|village|department|team|force|class|year|area|region|country|church|community|parish|province|valley|island|office|firm|crew|squad|family|program|programme|court|station|hospital|clinic|agency)\b"


def health(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for a rare illness, a disability, a mark, a treatment or a habit."""
    wording = _condition(spot.low, lexicons)
    described = next_word(spot.right)
    if wording == "disabled" and described not in PEOPLE and spot.lead(DETERMINER) and not is_noun(described):
        return Edit("person with a disability")
    if described in PEOPLE and (spot.lead(DETERMINER) or starts(spot.left)):
        return _describing(wording)
    if wording.startswith("has "):
        return _habit(spot, wording)
    if described in _MEDICAL and spot.lead(DETERMINER) and wording.startswith("a"):
        return Edit("medical")
    if wording.startswith(("a ", "an ")):
        if lead := spot.lead(r"\b(?:the|an?)\s+"):
            return spot.over(lead, wording)
        return fitted(spot, wording)
    if wording in _UNCOUNTED and (lead := spot.lead(r"\b(?:the|an?)\s+")):
        return spot.over(lead, wording)
    return Edit(wording)


def _condition(low: str, lexicons: Lexicons) -> str:
    plain = re.sub(r"^(?:an?|the)\s+", "", re.sub(r"\s+", " ", low)).strip("'\" ")
    for form in (plain, plain.removesuffix("'s"), plain.removesuffix(" disease"), plain.removesuffix(" syndrome")):
        if form in lexicons.conditions:
            return lexicons.conditions[form]
    parts = plain.split()
    tails = (" ".join(parts[i:]) for i in range(1, len(parts)))
    found = next((lexicons.conditions[tail] for tail in tails if tail in lexicons.conditions), None)
    if found:
        return found
    wording = next((wording for pattern, wording in _SIGNS if re.search(pattern, plain)), "a health condition")
    return (
        f"has {wording}"
        if re.match(r"(?:swallows|eats|drinks|pulls|cuts|bites|lost|sleeps|wears)\b", plain)
        else wording
    )


def _describing(wording: str) -> Edit:
    if not re.match(r"an? |has ", wording):
        return Edit(wording if " " not in wording else "")
    return Edit("")


def _habit(spot: Spot, wording: str) -> Edit:
    if spot.lead(r"\b(?:i|they|who all|to)\s+"):
        return Edit("have " + wording.removeprefix("has "))
    if spot.lead(r"[,(]\s*"):
        return Edit(wording.removeprefix("has "))
    return Edit(wording)


def family(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for an unusual family shape or a count that narrows."""
    low = re.sub(r"\s+", " ", spot.low).strip()
    if low in lexicons.conditions:
        return health(spot, lexicons)
    return _shape(spot, low, lexicons)


def _shape(spot: Spot, low: str, lexicons: Lexicons) -> Edit:
    if _ordinal(low) and (lead := spot.lead(r"(?:\bis|['’]s)\s+(?P<the>the\s+)")):
        return Edit(f"a {_ordinal(low)}", len(lead["the"]))
    if _ordinal(low) and spot.lead(r"\bon (?:his|her|their)\s+"):
        return Edit(f"latest {_ordinal(low)}")
    if wording := _parent_of(low) or _counted(low) or _ordinal(low):
        bare_count = re.fullmatch(_COUNT, low) and spot.tail(r"\s+of\b")
        return Edit("several") if bare_count else _in_number(spot, wording)
    if wording := lexicons.family.get(low):
        return _family_word(spot, wording)
    if told := re.match(r"(?:is|was|has|had|got)\b", low):
        verb = told[0]
        return Edit(f"{verb} {'in ' if verb in ('is', 'was') else ''}a complicated family situation")
    said = spot.lead(r"(?:\b(?:is|are|was|were|been)|['’](?:s|re))\s+")
    if said or (spot.lead(r"[,(]\s*") and re.match(r"\w+ed\b", low)):
        return Edit(
            "in a complicated family situation" if not re.match(r"(?:an?|the|my|his|her)\s", low) else "a relative"
        )
    if found := spot.lead(DETERMINER):
        return spot.over(found, "a complicated family") if found["det"].lower() in ("a", "an") else Edit("family")
    return Edit("a complicated family situation")


def _parent_of(low: str) -> str | None:
    found = re.match(
        r"((?:single |teen |teenage |foster |adoptive |young |widowed )?(?:mother|mum|mom|mama|father|dad|parents?|nan|gran|grandmother|granny|grandma)s?)\s+(of|to|raising|with)\b",
        low,
    )
    if not found:
        return None
    return f"{found[1]} raising several kids" if found[2] == "raising" else f"{found[1]} of several"


def _counted(low: str) -> str | None:
    if re.search(
        r"\bsets? of\b|under (?:\d+|two|three|four|five|six|seven|eight)\b|^(?:triplets|quads|quadruplets|quintuplets)\b",
        low,
    ):
        noun = re.search(rf"\b{_KIN}\b", low)
        return f"several {noun[0]}" if noun and noun[0] not in ("child", "kid", "ones") else "several kids"
    found = re.match(rf"{_COUNT}\s+(?:\w+\s+){{0,2}}?((?:ex-)?{_KIN})\b", low)
    if not found:
        return "several kids" if re.fullmatch(rf"{_COUNT}(?:,? all \w+| on the spectrum)?", low) else None
    many = {"ones": "kids", "wives": "partners", "husbands": "partners"}.get(found[1], found[1])
    return f"several {many}"


def _ordinal(low: str) -> str | None:
    found = re.fullmatch(
        r"(?:\w+(?:st|nd|rd|th|ond|ird)|first|second|third|current|new|much younger|much older)\s+(wife|husband|marriage|partner|spouse|child|baby|pregnancy)",
        low,
    )
    return found[1] if found else None


def _in_number(spot: Spot, wording: str) -> Edit:
    """Fit a family word in behind the author's determiner: "her five kids" gives "her kids"."""
    if spot.lead(DETERMINER):
        return Edit(wording.removeprefix("several "))
    if starts(spot.left) and wording.startswith("several") and is_noun(next_word(spot.right)):
        return Edit(wording)
    return Edit(wording)


def _family_word(spot: Spot, wording: str) -> Edit:
    if wording == "siblings":
        if spot.lead(r"\b(?:lost|expecting|carrying|pregnant with|delivered|had)\s+"):
            return Edit("more than one baby")
        if spot.lead(r"\b(?:of|has|have|had|with|lost|expecting|raising|carrying)\s+"):
            return Edit("several kids")
        return Edit(
            "kids" if spot.lead(DETERMINER) or spot.tail(r"['’]") or is_noun(next_word(spot.right)) else "siblings"
        )
    if wording.startswith("in a ") and next_word(spot.right) in PEOPLE:
        return Edit("")
    if wording.startswith(("a ", "in a ")):
        found = spot.lead(DETERMINER)
        return (
            spot.over(found, wording) if found and found["det"].lower() in ("a", "an") else Edit(bare_of(spot, wording))
        )
    return _in_number(spot, wording)


def bare_of(spot: Spot, wording: str) -> str:
    """Return the wording without its article behind another determiner."""
    return re.sub(r"^(?:in )?an? ", "", wording) if spot.lead(DETERMINER) else wording


def event(spot: Spot) -> Edit:
    """Return the edit for something public or singular."""
    low = re.sub(r"\s+", " ", spot.low).strip()
    kind = next((wording for pattern, wording in _HAPPENED if re.search(rf"\b(?:{pattern})", low)), "something public")
    if tense := re.match(
        r"(?:been|was|were|is|are|got|gets|get|has|had|made|makes|went|came|won|wins|win|crowned|banned|drowned|photographed|he|she|they|it)\b",
        low,
    ):
        return Edit(_deed(tense[0], kind, spot))
    if re.match(r"(?:in|on)\s", low):
        return Edit("in the public eye")
    if kind == "came into some money":
        return fitted(spot, "a windfall")
    head = re.search(
        r"(?:^|\s)(fire|crash|accident|flood|explosion|attack|shooting|trial|match|show|robbery|case|siege|storm|earthquake|blast|collapse|riot|unrest|bombing|stabbing|raid|funeral)s?(?:\s+(?:in|on|at|from)\b.*)?$",
        low,
    )
    if head and spot.lead(DETERMINER):
        return Edit(
            {
                "shooting": "incident",
                "bombing": "attack",
                "stabbing": "attack",
                "robbery": "incident",
                "siege": "incident",
            }.get(head[1], head[1])
        )
    if re.match(r"\S+ed\b", low) and re.search(r"(?:\b(?:who|he|she|they|and)|client)\s+$", spot.left, re.IGNORECASE):
        return Edit(_deed("went", kind, spot))
    if re.match(
        r"(?:one|man|woman|girl|boy|bus driver|person|kid|guy|lady|house|family)\b", re.sub(r"^the\s+", "", low)
    ) and spot.lead(DETERMINER):
        if known := spot.lead(r"\bthe\s+"):
            return spot.over(known, "one of the people involved")
        return Edit(
            "person involved"
            if re.search(r"^(?:the )?(?:man|woman|girl|boy|guy|lady|person|kid)", low)
            else "one people talked about"
        )
    if is_noun(next_word(spot.right)) and spot.lead(DETERMINER):
        return Edit("" if kind == "something public" else kind.split(" ")[-1])
    return fitted(spot, kind) if kind != "something public" else _public(spot)


def _public(spot: Spot) -> Edit:
    found = spot.lead(DETERMINER)
    return spot.over(found, "something public") if found else Edit("something public")


def _deed(first: str, kind: str, spot: Spot) -> str:
    """Return a deed in the tense of the author's verb."""
    if kind == "came into some money":
        return {"wins": "comes into some money", "win": "come into some money"}.get(first, kind)
    if first in ("he", "she", "they", "it"):
        return f"{first} went through something public" if first != "it" else "it was a public matter"
    if first in ("been", "was", "were", "is", "are", "has", "had"):
        return f"{first} in the public eye" if first not in ("has", "had") else f"{first} something public happen"
    if first in ("crowned", "banned", "photographed"):
        return "in the public eye"
    return "went through " + (kind if kind.startswith("a") else "something public")


def unique(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for words that say there is only one such person."""
    lead = spot.lead(r"\b(?:the|an?)\s+")
    rest = re.sub(rf"^{_SUPERLATIVE}", "", re.sub(r"\s+", " ", spot.words.strip(" .")), flags=re.IGNORECASE)
    noun = _plain_noun(_POST.sub("", f" {rest}").strip(), lexicons)
    tail = spot.tail(_AREA_TAIL)
    ahead = tail.end() if tail and not (spot.after and len(spot.after.gap) < tail.end()) else 0
    if noun and (rank := re.match(r"(?:the\s+)?(old|young)est\b", spot.low)):
        few = f"one of the {rank[1]}er {plural(noun)}"
        return spot.over(lead, few, ahead) if lead else Edit(few, 0, ahead)
    if noun in ("woman", "man", "girl", "boy", "guy", "lady"):
        few = f"one of very few {dict(woman='women', man='men', lady='ladies').get(noun, noun + 's')}"
        few += " to" if spot.low.endswith(" to") else ""
        return spot.over(lead, few, ahead) if lead else Edit(few, 0, ahead)
    if noun:
        text = noun if spot.lead(DETERMINER) and not lead and not re.match(r"the\s", spot.low) else f"a {noun}"
        return spot.over(lead, text, ahead) if lead else Edit(text, 0, ahead)
    if lead:
        return spot.over(lead, "one of a few", ahead)
    if re.match(r"(?:does|runs|drives|makes|plays)\b", spot.low):
        return Edit("does something unusual", 0, ahead)
    return Edit("one of a few", 0, ahead)


def _plain_noun(phrase: str, lexicons: Lexicons) -> str:
    words = [
        word
        for word in phrase.lower().split()
        if word not in lexicons.demographics and word not in ("female", "male", "ever", "openly", "such", "other")
    ]
    if (
        not words
        or len(words) > 3
        or words[0] in ("one", "to", "in", "of", "who", "mom", "time")
        or words[-1] in ("one", "ones")
    ):
        return ""
    return (
        " ".join(words)
        if re.fullmatch(r"[a-z' -]+", " ".join(words))
        and not words[-1].endswith("ed")
        and not (words[-1].endswith("s") and words[-1] not in ("boss",))
        else ""
    )
