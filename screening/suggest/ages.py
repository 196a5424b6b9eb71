"""Ages and birth years as the band they fall into, in the author's grammar."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from screening.results import Label
from screening.suggest.grammar import (
    DETERMINER,
    FUNCTION,
    PEOPLE,
    Edit,
    Spot,
    drop,
    gender,
    is_verb,
    last_word,
    listed,
    next_word,
    starts,
)

_UNIT = (
    r"[-\s]*(?:(?P<month>mo(?:nth)?s?|weeks?|wks?|days?)(?:[-\s]*olds?)?\b|y\s?/?\s?o['’]?s?\b|y\.\s?o\.?|"
    r"(?:yrs?|years?|yr\.)[-\s]*(?:olds?|of age)\b|y(?:ea)?rs?\b)"
)
_SEX = r"\s*/?\s*(?P<sex>[fm])\b(?!['’])"
_COUNTED = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * value
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_DECADES = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty")
_LEET = str.maketrans("013457@$", "oieastas")
_DIGITS = str.maketrans("oOlI", "0011")
_TRAITS = (Label.DEMOGRAPHIC, Label.OCCUPATION, Label.HEALTH)
_YOUNG = listed("boy girl lad lass kid child baby infant toddler kiddo youngster newborn")


@dataclass(frozen=True, slots=True)
class Band:
    """An age band as a noun, in front of a noun, and said of somebody; ``{}`` stands for whose age it is."""

    noun: str
    adjective: str
    said: str


_INFANT = Band("infant", "infant", "a baby")
_TODDLER = Band("toddler", "toddler", "a toddler")
_CHILD = Band("child", "young", "a child")
_TEEN = Band("teenager", "teenage", "a teenager")
_OLD = Band("elderly person", "elderly", "elderly")
_UNKNOWN = Band("person", "", "of an age I'll leave out")


def band_of(words: str, unit: str = "") -> Band:
    """Return the band of an age as written: in figures, in words, or disguised."""
    age = number(words)
    if age is None:
        return _UNKNOWN
    if unit.startswith(("mo", "w", "d")):
        age = age // 12 if unit.startswith("mo") else 0
    for limit, band in ((2, _INFANT), (4, _TODDLER), (13, _CHILD), (20, _TEEN)):
        if age < limit:
            return band
    if age > 89:
        return _OLD
    return Band(f"{_DECADES[age // 10]}-something", f"{_DECADES[age // 10]}-something", f"in {{}} {age // 10 * 10}s")


def number(words: str) -> int | None:
    """Return the number that words or figures stand for, or nothing."""
    low = unicodedata.normalize("NFKC", words).lower()
    if digits := re.search(
        r"\d+", re.sub(r"(?<=\d)[\s.-](?=\d\b)", "", low.translate(_DIGITS) if _figures(low) else "")
    ):
        return int(digits[0])
    plain = re.sub(r"[^a-z]+", " ", low.translate(_LEET)).split()
    known = [_COUNTED[part] for part in _joined(plain)]
    if not known:
        known = [value for word, value in _COUNTED.items() if value > 2 and "".join(plain).startswith(word)][-1:]
    return sum(known[:2]) if known else None


def _figures(low: str) -> bool:
    return bool(re.search(r"(?<![a-z])\d+(?![a-z]{3})|\b\d[ol]\b|\b[l]\d\b", low))


def _joined(parts: list[str]) -> list[str]:
    if len(parts) > 2 and all(len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    ordinals = {f"{word}th": word for word in _COUNTED} | {
        f"{word[:-1]}ieth": word for word in _COUNTED if word.endswith("y")
    }
    return [word for word in (ordinals.get(part, part) for part in parts) if word in _COUNTED]


def worded(spot: Spot) -> Edit:
    """Return the edit for an age or a birth year."""
    for way in (_birth_year, _birthday, _beside_another, _with_sex, _with_unit, _at_age, _of_age, _standing_alone):
        if edit := way(spot):
            return edit
    return Edit(_said(spot, band_of(spot.words)))


def _said(spot: Spot, band: Band) -> str:
    return band.said.format(spot.whose)


def _birth_year(spot: Spot) -> Edit | None:
    year = re.search(r"\b(19|20)(\d)\d\b", spot.words)
    if not year:
        return None
    decade = f"the {year[1]}{year[2]}0s"
    if lead := spot.lead(r"\bborn\s+(?:in\s+)?|\bb\.\s*"):
        return spot.over(lead, f"born in {decade}")
    return Edit(f"born in {decade}" if re.match(r"b", spot.low) else decade)


def _birthday(spot: Spot) -> Edit | None:
    if (tail := spot.tail(r"\s*(?:st|nd|rd|th)?\s+(?:birthday|b-?day)\b|(?:st|nd|rd|th)\b")) or re.search(
        r"(?:th|st|nd|rd)$", spot.low
    ):
        return Edit("birthday", 0, tail.end() if tail else 0)
    turn = spot.lead(r"\bturn(?P<form>s|ed|ing)?\s+(?:the big\s+)?")
    if not turn:
        return None
    verb = {"s": "has", "ed": "had", "ing": "having"}.get((turn["form"] or "").lower(), "have")
    return spot.over(turn, f"{verb} a birthday", _unit_length(spot))


def _unit_length(spot: Spot) -> int:
    unit = spot.tail(_UNIT)
    return unit.end() if unit else 0


def _beside_another(spot: Spot) -> Edit | None:
    """Say the same band once for several people: "(9 and 11)" gives "(both children)"."""
    before = spot.before
    if not before or before.label is not Label.AGE or not re.fullmatch(r"\s*(?:,|&|and|,\s*and|/|n)\s*", before.gap):
        return None
    unit = spot.tail(_UNIT)
    band = band_of(spot.words, unit["month"] or "" if unit else "")
    if band.said.startswith("in "):
        many = "in their " + band.said.rsplit(" ", 1)[-1]
    else:
        many = "elderly" if band is _OLD else "children" if band is _CHILD else f"{band.noun}s"
    said = before.text + before.gap
    if not spot.left.lower().endswith(said.lower()) or not _same(before.text, band, many):
        return None
    start = "all" if before.text.lower().startswith(("both", "all")) else "both"
    return Edit(f"{start} {many}", len(said), unit.end() if unit else 0)


def _same(text: str, band: Band, many: str) -> bool:
    pattern = re.escape(band.said).replace(r"\{\}", r"\w+")
    return re.fullmatch(rf"(?:both |all )?(?:{pattern}|{re.escape(many)})", text, re.IGNORECASE) is not None


def _with_sex(spot: Spot) -> Edit | None:
    """Read the clinic's short form: 34F, F34, 16 M."""
    inside, beside = re.search(rf"\d{_SEX}", spot.low), re.match(f"(?:{_UNIT})?{_SEX}", spot.right, re.IGNORECASE)
    if beside and re.search(r"\s[fm]$", beside[0]):
        beside = None
    ahead = spot.lead(r"\b(?P<sex>[fm])\s?/?\s?")
    found = inside or beside or ahead
    if not found:
        return None
    woman = found["sex"].lower() == "f"
    band = band_of(re.sub(r"[fm]\s*$", "", spot.low))
    if band in (_CHILD, _TEEN, _INFANT, _TODDLER):
        noun = f"{band.adjective} {'girl' if woman else 'boy'}"
    else:
        noun = f"{'woman' if woman else 'man'} {band.said.format('her' if woman else 'his')}"
    if band is _OLD:
        noun = f"elderly {'woman' if woman else 'man'}"
    plain = spot.lead(r"\(") or spot.lead(DETERMINER) or starts(spot.left)
    text = noun if plain else f"a {noun}"
    length = beside.end() if beside and not inside else 0
    return spot.over(ahead, text) if ahead and not (inside or beside) else Edit(text, 0, length)


def _with_unit(spot: Spot) -> Edit | None:
    """Read an age with its unit, as a noun or in front of one."""
    unit = re.search(_UNIT + "$", spot.low) or spot.tail(_UNIT)
    if not unit or spot.lead(r"\b(?:at|age|aged)\s+"):
        return None
    band = band_of(spot.words, unit["month"] or "")
    length = 0 if unit.end() == len(spot.low) and unit.string == spot.low else unit.end()
    rest = spot.right[length:]
    noun = next_word(rest)
    described = bool(noun) and (
        noun in PEOPLE or (spot.after is not None and not spot.after.gap.strip(" -")[length:].strip())
    )
    if spot.lead(DETERMINER) or _with_adjective(spot) or re.search(r"olds?$|s$", unit[0]) is None or described:
        return _in_phrase(spot, band, length, noun if noun in PEOPLE else "")
    return Edit(_said(spot, band), 0, length)


def _in_phrase(spot: Spot, band: Band, length: int, noun: str) -> Edit:
    has_determiner = spot.lead(DETERMINER) or _with_adjective(spot)
    beside = (
        spot.after is not None
        and not noun
        and spot.after.gap[length:].strip(" -") == ""
        and spot.after.label in _TRAITS
    )
    if beside:
        return Edit(band.adjective, 0, length)
    if noun and band.said.startswith("in "):
        end = length + spot.right[length:].lower().index(noun) + len(noun)
        if not re.match(r"['’]|\s+(?:with|of)\b", spot.right[end:]) and not _detail_within(spot, end):
            whose = gender(noun) if gender(noun) != "their" else spot.whose
            return Edit(f"{spot.right[length:end].strip()} {band.said.format(whose)}", 0, end)
    if noun or is_described(spot, length):
        adjective = "" if noun in _YOUNG and band in (_INFANT, _TODDLER) else band.adjective
        return Edit(adjective, 0, length)
    if spot.lead(r"\b(?:my|our)\s+") and band in (_CHILD, _TEEN, _TODDLER, _INFANT):
        return Edit(f"{band.adjective} {spot.client}", 0, length)
    if has_determiner:
        many = re.search(r"s$", spot.right[:length]) and spot.lead(r"\b(?:two|three|these|those|both)\s+")
        return Edit(("children" if band is _CHILD else band.noun + "s") if many else band.noun, 0, length)
    return Edit(_said(spot, band), 0, length)


def _with_adjective(spot: Spot) -> bool:
    """Say whether an article stands before with one adjective between: "my favourite"."""
    word = last_word(spot.left)
    found = spot.lead(DETERMINER + r"[a-z]+\s+(?:[a-z]+\s+)?")
    return found is not None and word not in PEOPLE and word not in FUNCTION and not is_verb(word)


def is_described(spot: Spot, length: int) -> bool:
    """Say whether the age with its unit stands in front of some noun of the author's."""
    rest = spot.right[length:]
    word = next_word(rest)
    return bool(word) and bool(re.match(r"[\s-]+[^\W\d_]+[\w\s-]*", rest)) and word in _DESCRIBED


_DESCRIBED = PEOPLE | listed(
    "single trans black white gay queer autistic pregnant married divorced retired veteran former ex recovering depressed anxious "
    "homeless suicidal female male new foster adopted nonverbal quiet lovely sweet angry grieving disabled working stay-at-home"
)


def _detail_within(spot: Spot, end: int) -> bool:
    return spot.after is not None and len(spot.after.gap) < end


def _at_age(spot: Spot) -> Edit | None:
    """Read the moment in a life: "at 9", "since age 15", "aged 34"."""
    lead = spot.lead(
        r"\b(?:(?P<how>at|since|from|by|until|till|before|when)\s+)?(?:(?:the\s+)?ages?\s+(?:of\s+)?|aged\s+)|\b(?P<bare>at|since)\s+"
    )
    if not lead:
        return None
    how = (lead["how"] or lead["bare"] or "").lower()
    unit = spot.tail(_UNIT)
    band = band_of(spot.words, unit["month"] or "" if unit else "")
    said = _said(spot, band)
    grown = said.startswith("in ")
    text = {
        "since": f"since {said.removeprefix('in ')}"
        if grown
        else "since childhood"
        if band is not _TEEN
        else f"since {spot.whose} teens",
        "from": "from a young age" if not grown else f"from {said.removeprefix('in ')}",
        "by": f"by {said.removeprefix('in ')}" if grown else f"as {said}",
        "before": f"before {said.removeprefix('in ')}" if grown else "early in life",
        "until": f"until {said.removeprefix('in ')}" if grown else "through childhood",
        "at": said if grown or said == "elderly" else f"as {said}",
    }.get({"till": "until"}.get(how, how), said)
    return spot.over(lead, text, unit.end() if unit else 0)


def _of_age(spot: Spot) -> Edit | None:
    """Read "a man of 41": the band follows the noun, or goes into one that says it already."""
    lead = spot.lead(r"\b(?P<noun>\w+)(?P<of>\s+of\s+)")
    if not lead or lead["noun"].lower() not in PEOPLE:
        return None
    band = band_of(spot.words)
    noun = lead["noun"].lower()
    whose = gender(noun) if gender(noun) != "their" else spot.whose
    back = len(lead["of"])
    if band.said.startswith("in "):
        return Edit(f" {band.said.format(whose)}", back)
    return Edit("" if noun in _YOUNG else f" in {whose} teens" if band is _TEEN else "", back)


def _standing_alone(spot: Spot) -> Edit | None:
    """Read a figure by itself: behind an article, in brackets, or at the beginning of a sentence."""
    band = band_of(spot.words)
    if tail := spot.tail(r"-?\s?something\b"):
        return Edit(band.noun, 0, tail.end())
    if almost := spot.lead(r"\b(?:almost|nearly|about to be|going on|pushing|about|around)\s+"):
        return spot.over(almost, _said(spot, band))
    if spot.lead(r"\b(?:my|our)\s+") and band in (_CHILD, _TEEN, _TODDLER, _INFANT):
        return Edit(f"{band.adjective} {spot.client}")
    if spot.lead(r"\b(?:my|the|this|that|a|an|our|another)\s+"):
        return Edit(band.noun)
    if (spot.lead(r"\(") and spot.tail(r"[),]")) or (starts(spot.left) and spot.tail(r"[,.]")):
        return Edit(
            re.sub(r"^an? ", "", _said(spot, band)).replace("teenager", "teen")
            if spot.lead(r"\(")
            else _said(spot, band)
        )
    if band is _UNKNOWN and spot.lead(r"[,(]\s*"):
        return drop(spot)
    return None
