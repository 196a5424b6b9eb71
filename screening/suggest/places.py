"""Places and organisations as their kind, with the article and the preposition the sentence needs."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re
from dataclasses import replace

from screening.lexicons import Lexicons
from screening.results import Label
from screening.suggest.grammar import (
    DETERMINER,
    GROUPS,
    PEOPLE,
    Edit,
    Spot,
    apart,
    bare,
    drop,
    fitted,
    is_noun,
    is_verb,
    listed,
    next_word,
    starts,
)

# Nouns that an organisation or a town describes without an article in front.
_THINGS = (
    PEOPLE
    | GROUPS
    | listed(
        "staff pd police cops office gym class job parking game team warehouse uniform jersey canteen records hospital clinic court er school bus campus branch store accent"
    )
)
_TOWNS = ("their area", "their town", "their county")
_MOVES = r"\b(?:grew up|grew up back|born|raised|moved|family|parents|married|stationed|trained|studied|visiting|stayed|staying|stuck|brother|sister|mother|father|mum|mom|dad|holiday)\s+(?:back\s+|over\s+)?"
_WORK = r"\b(?:works?|worked|working|employed|job|shifts?|manager|cook|driver|drives|supervisor|intern|interned|hired|fired|laid off|retrenched)\s+(?:\w+\s+){0,2}?(?:at|for|in|from|by)\s+(?:the\s+)?|\b(?:quit|quits|joined|resigned from)\s+(?:the\s+)?"
_STUDY = r"\b(?:school|student|class|grade|year|attends?|enrolled|studying|studies|principal|teaches|taught|teacher|graduat\w+|semester|expelled|suspended)\s+(?:\w+\s+){0,3}?(?:at|from|in|to|of)\s+(?:the\s+)?|\battends?\s+"
_WARD = r"\b(?:admitted|discharged|transferred|bed|inpatient|ward|er|a&e|ed|icu|nicu|surgery|detox|psych|treated|referred|nurse|doctor|consultant|healthcare worker)\s+(?:\w+\s+){0,3}?(?:at|to|from|in|by)\s+(?:the\s+)?"
_KITCHEN = r"\b(?:cook|chef|waitress(?:es|ing)?|waiter|server|waits tables|barista|bartend\w*|dishes|kitchen)\s+(?:\w+\s+){0,2}?(?:at|for|in)\s+(?:the\s+)?"
_RECOVERY = r"\b(?:detox|rehab|sober|recovery|treatment|halfway|days (?:clean|in))\b[^.!?]{0,30}\b(?:at|to|from|in|by)\s+(?:the\s+)?"
_TEAM = r"\b(?:plays?|played|playing|coaches|scouted|signed|captain|trials?)\s+(?:\w+\s+){0,2}?(?:for|with|at|of|by)\s+(?:the\s+)?"


def worded(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for a place or an organisation."""
    if spot.label is Label.ORG:
        edit = _row(spot) or _organisation(spot, lexicons)
        again = spot.before is not None and spot.before.label is Label.ORG and spot.before.text.lower() == edit.text
        return replace(edit, text=re.sub(r"^a (?:local )?", "another ", edit.text)) if again else edit
    kind = kind_of(spot.words, lexicons.place_kinds)
    if kind is None or kind in _TOWNS or re.match(r"\d|(?:apt|apartment|unit|flat|house|no\.?)\b[^a-z]*\d", spot.low):
        return _row(spot) or _address(spot) or _town(spot, lexicons)
    return _row(spot) or _inside(spot, kind)


def kind_of(words: str, kinds: dict[str, str]) -> str | None:
    """Return the wording for the longest ending of ``words`` that names a kind, else for any word that does."""
    parts = re.findall(r"[\w'’-]+", words.lower())[-10:]
    tails = (" ".join(parts[i:]) for i in range(len(parts)))
    return next(
        (kinds[tail] for tail in tails if tail in kinds),
        next((kinds[p] for p in reversed(parts[:-1]) if p in kinds), None),
    )


def _row(spot: Spot) -> Edit | None:
    """Let the first of several places in a row speak for all: "Elm Street, Boise"."""
    before = spot.before
    if before and before.gap.strip() and is_noun(next_word(spot.right)) and next_word(spot.right) not in PEOPLE:
        return None
    if (
        not before
        or before.label not in (Label.LOCATION, Label.ORG)
        or not before.text
        or not spot.left.endswith(before.gap)
    ):
        return None
    if re.fullmatch(
        r"\s*,\s*(?:in\s+|on\s+|near\s+)?|\s+(?:in|on|near|off|over in|down in)\s+(?:the\s+)?|\s+|\s*/\s*|\s*\(",
        before.gap,
    ):
        closed = spot.tail(r"\s*\)") if "(" in before.gap else None
        return Edit("", len(before.gap), closed.end() if closed else 0)
    if before.label is spot.label and re.fullmatch(
        r"\s*(?:and|or|&|then|,\s*and|,\s*then|to)\s+(?:the\s+)?", before.gap
    ):
        return Edit("another one" if spot.label is Label.ORG else "another", len(_after_gap(before.gap)))
    return None


def _after_gap(gap: str) -> str:
    found = re.search(r"the\s+$", gap)
    return found[0] if found else ""


def _inside(spot: Spot, phrase: str) -> Edit:
    """Fit a kind in; in front of a noun that has its determiner it is left out."""
    word = next_word(spot.right)
    if spot.tail(r"['’]s?\s+\w") and not spot.lead(DETERMINER):
        return Edit(phrase)
    if (
        is_noun(word)
        and (spot.lead(DETERMINER) or spot.lead(r"\b(?:former|ex|new|old)\s+"))
        and not (spot.after and len(spot.after.gap) < 3)
    ):
        return Edit("")
    if word in _THINGS and spot.lead(r"\b(?:at|in|from|for|with|of|a)\s+"):
        return Edit(phrase.rsplit(" ", 1)[-1] if " with" not in phrase else "")
    near = re.match(r"a nearby (?P<kind>\w+)", phrase)
    if near and near["kind"] == "street" and not spot.lead(r"\b(?:off|near|by)\s+"):
        phrase = (
            f"{spot.whose} street"
            if spot.lead(r"\b(?:lives?|living|lived|home|house|flat|apartment|place)\s+(?:\w+\s+)?(?:on|in|at)\s+")
            else phrase
        )
    return _preposition(spot, phrase)


def _preposition(spot: Spot, phrase: str) -> Edit:
    if spot.lead(r"\b(?:near|by|past|off|behind|beside)\s+(?:the\s+)?"):
        phrase = phrase.replace("nearby ", "")
    if phrase.endswith("street") and (lead := spot.lead(r"\b(?:in|at)\s+(?:the\s+)?")):
        return spot.over(lead, f"on {phrase}")
    return fitted(spot, phrase)


def _organisation(spot: Spot, lexicons: Lexicons) -> Edit:
    phrase = kind_of(spot.words, lexicons.org_kinds) or _guessed(spot, lexicons)
    if phrase == "a large company" and (lead := spot.lead(r"\b(?P<verb>works?|worked|working)\s+at\s+(?:the\s+)?")):
        return spot.over(lead, f"{lead['verb']} for {phrase}")
    if (lead := spot.lead(r"\bon\s+")) and phrase in ("a local place", "a local hospital"):
        return spot.over(lead, f"at {phrase}")
    if apart(spot) and phrase in ("a local place", "a local service"):
        return drop(spot)
    return _inside(spot, phrase)


def _guessed(spot: Spot, lexicons: Lexicons) -> str:
    """Return a kind for an organisation whose name does not tell it, from the words around."""
    if re.search(
        r"\b(?:army|navy|air force|marines?|marine corps|coast guard|military|raf|national guard|reserves|defence force)\b",
        spot.low,
    ):
        return "the military"
    if re.search(r"\b(?:er|ed|a&e|icu|ward|unit)$", spot.low):
        return "a local hospital"
    if re.search(r"\b(?:middle|infants|juniors|primary|seniors?|elementary|high|grammar)$", spot.low):
        return "a local school"
    if spot.low.endswith(" state"):
        return "a university"
    if spot.low in lexicons.organisations and spot.lead(_WORK):
        return "a large company"
    for pattern, phrase in (
        (_KITCHEN, "a local restaurant"),
        (_RECOVERY, "a treatment service"),
        (_STUDY, "a local school"),
        (_TEAM, "a local team"),
        (_WARD, "a local hospital"),
        (_WORK, "a local company"),
    ):
        if spot.lead(pattern):
            return phrase
    if is_verb(next_word(spot.right)) or spot.lead(
        r"\b(?:with|by|called|rang|told|asked|phone[ds]?|via)\s+(?:the\s+)?"
    ):
        return "a local service"
    return "a local place"


def _address(spot: Spot) -> Edit | None:
    announced = spot.lead(r"\b(?:(?:zip(?: code)?|post ?code|postal code|address|room number)(?:\s+is|\s*:)?)\s*")
    if announced and re.search(r"\d|number", spot.words + announced[0]):
        return Edit("left out")
    if not re.match(r"#?\d|(?:apt|apartment|unit|flat|house|no\.?)\b[^a-z]*\d", spot.low):
        return None
    if lead := spot.lead(r"\b(?:live[sd]?|living|stay(?:s|ed|ing))\s+(?P<at>at\s+)"):
        return Edit("nearby", len(spot.left) - lead.start("at"))
    if spot.lead(r"\b(?:at|to|from|outside|near)\s+"):
        return Edit(f"{spot.whose} address")
    return drop(spot) if apart(spot) else Edit("the address") if starts(spot.left) else None


def _town(spot: Spot, lexicons: Lexicons) -> Edit:
    word = next_word(spot.right)
    if region := _region(spot, lexicons):
        return Edit(f"a town in {region[0]}", 0, region[1])
    if spot.tail(r"['’]s\s+\w"):
        return Edit("the town")
    if is_noun(word) and not (spot.after and len(spot.after.gap) < 3):
        if spot.lead(DETERMINER):
            return Edit("local")
        if word in _THINGS and spot.lead(r"\b(?:at|in|from|to|by|for|with|of|near)\s+"):
            return Edit("local" if word.endswith("s") or word in ("staff", "police", "pd") else "a local")
    return _preposed(spot) or _town_alone(spot, word)


def _region(spot: Spot, lexicons: Lexicons) -> tuple[str, int] | None:
    found = re.match(r",\s+([A-Z]\w+(?: [A-Z]\w+)?)", spot.right)
    if (
        not found
        or (spot.after and len(spot.after.gap) < found.end())
        or not spot.lead(r"\b(?:in|from|to|near|outside)\s+")
    ):
        return None
    name = found[1] if found[1].lower() in lexicons.regions else found[1].split()[0]
    return (
        (name, found.start(1) + len(name))
        if name.lower() in lexicons.regions or re.fullmatch(r"[A-Z]{2}", name)
        else None
    )


def _preposed(spot: Spot) -> Edit | None:
    if lead := spot.lead(r"\b(?:the\s+)?(?:city|town|village|suburb|county|borough)\s+of\s+"):
        return spot.over(lead, "the town" if not spot.lead(r"\bin the \w+ of\s+") else "the area")
    if lead := spot.lead(r"\bfrom out (?:by|in|near|past|around)\s+"):
        return spot.over(lead, "from out of town")
    lead = spot.lead(
        r"\b(?P<prep>from|in|to|into|near|outside|around|through|across|of|at|on|by|off|between|towards?|past|over|via|for)\s+(?:the\s+|a\s+|that\s+)?"
    )
    if not lead:
        return None
    word = lead["prep"].lower()
    onward = spot.after and spot.after.label is Label.LOCATION and re.fullmatch(r"\s+(?:to|and)\s+", spot.after.gap)
    if onward and word in ("from", "between"):
        return spot.over(lead, f"{word} one town")
    if word == "in" and (far := spot.lead(r"\b(?P<far>out|over|up|down|back)\s+in\s+(?:the\s+)?")):
        return spot.over(far, f"{far['far'].lower()} there")
    away = spot.lead(_MOVES + r"(?:to|in|from)\s+(?:the\s+)?")
    text = {
        "from": "from out of town",
        "in": "in another town" if away else "in the area",
        "near": "nearby", "outside": "out of town", "around": "around town", "through": "through town", "across": "across town",
        "of": "from out of town" if spot.lead(r"\b(?:client|patient|pt|wife|husband|family|man|woman)\s+of\s+") else "of the town", "at": "at a place nearby", "on": "on a nearby street", "by": "nearby", "off": "off a nearby street",
        "between": "between one town", "past": "out of town", "over": "over the area", "for": "for another town",
    }.get(word, f"{word} another town")  # fmt: skip
    if word == "in" and spot.lead(r"\b(?:lives?|living|lived|based|house|place|flat|apartment)\s+(?:\w+\s+)?in\s+"):
        text = "in the area"
    if word == "by" and spot.lead(r"\b(?:lives?|living|lived|park|house|up|out)\s+by\s+") is None:
        text = "by a place nearby"
    return spot.over(lead, text)


def _town_alone(spot: Spot, word: str) -> Edit:
    if apart(spot) or (spot.lead(r",\s+") and spot.tail(r"\s*(?:[.;!?]|$)")):
        return drop(spot)
    if starts(spot.left) and is_noun(word) and not is_verb(word):
        return Edit("local")
    if is_verb(word) or starts(spot.left):
        return Edit("the town") if is_verb(word) else Edit("out of town" if spot.tail(r"\s*[.,]") else "the town")
    found = spot.lead(DETERMINER)
    if found:
        return (
            spot.over(found, "the area")
            if found["det"].lower() == "the"
            else Edit("local" if is_noun(word) else bare("the area"))
        )
    return Edit("another town")
