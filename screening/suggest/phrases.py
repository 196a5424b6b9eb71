"""Names inside phrases that stay when the name goes: "her son Dan", "the Alvarez case", "a girl called Tara"."""

# ruff: noqa: E501
# A pattern or a word list is read whole.
from __future__ import annotations

import re

from screening.suggest.grammar import DETERMINER, Edit, Spot, is_verb, last_word, listed, modifies, next_word
from screening.suggest.people import FOLLOWING, KIN, ROLE, WITHIN

_TITLE = r"\b(?:mr|mrs|ms|miss|mx|sir|madam|mme|master|señora|señor|oom|tannie|kuya|ate|ya|mzee|baba|tatay|nanay|lola|lolo|don|doña|aunty|auntie|uncle|old|young|offender|inmate|alhaja|alhaji|ouma|oupa|iya|mallam|amma|madame)\b(?:(?<=r)\.|(?<=s)\.|(?<=x)\.)?\s+"
_OFFICE = r"\b(?P<office>dr|doctor|prof|professor|nurse|coach|teacher|principal|judge|pastor|father|fr|rabbi|imam|officer|constable|sgt|sergeant|corporal|captain|detective|reverend|rev|sister|brother|chief|deputy)\b(?:(?<=dr)\.|(?<=prof)\.|(?<=sgt)\.|(?<=rev)\.|(?<=fr)\.)?\s+"
_OFFICES = {
    "dr": "doctor",
    "prof": "professor",
    "fr": "priest",
    "father": "priest",
    "sgt": "sergeant",
    "rev": "reverend",
    "sister": "nun",
    "brother": "monk",
}
_ADDRESSED = listed(
    "coach uncle aunt auntie aunty teacher officer principal nurse doctor pastor sister brother friend boss neighbour neighbor sponsor supervisor cousin judge"
)
_CASE = listed(
    "family household case session situation thing kids boys girls twins siblings sisters brothers saga file chart update story house home referral "
    "assessment intake report meeting hearing couple clan baby brothers parents lot estate tribe crew trial foundation"
)
_NAMED = (
    r"\s*,?\s+\b(?:(?:who(?:['’]s| is)\s+)?(?:called|named)|by the name of|whose name is|who goes by|name of)\s+[\"'“]?"
)
CLOSES = r"\s*[.,!?…;:)\"'”’]|\s*$"
_TITLED_ROLE = ROLE.replace(r"(?P<link>", rf"(?P<link>\s*[,(:]?\s*(?:{_TITLE}|{_OFFICE})|")


def role(spot: Spot) -> Edit | None:
    """Let a relation beside the name stand alone: "her son Dan" and "Dan, her son," give "her son"."""
    if following := spot.tail(rf"{FOLLOWING}(?P<close>\s*[,)])?"):
        sets_apart = following["close"] and (
            ")" in following["close"] or is_verb(next_word(spot.right[following.end() :]))
        )
        end = following.end() if sets_apart else following.end("said")
        return Edit(following["said"], title_length(spot), end)
    lead = spot.lead(_TITLED_ROLE)
    if not lead or ":" in lead["link"] or ("," in lead["link"] and not spot.tail(CLOSES)):
        return None
    if not lead["det"] and lead["kin"].lower() in _ADDRESSED:
        return spot.over(lead, f"the {lead['kin'].lower()}", initial(spot))
    more = spot.after is not None and re.fullmatch(r"\s*,\s*", spot.after.gap)
    sign = r"\s*\)" if "(" in lead["link"] else r"\s*," if "," in lead["link"] and not more else None
    close = spot.tail(sign) if sign else None
    return Edit("", len(lead["link"]), close.end() if close else initial(spot))


def beside_noun(spot: Spot) -> Edit | None:
    """Leave out a name set in commas behind a longer phrase for the person: "the boy in bed nine, Kieran, asked"."""
    lead = spot.lead(
        rf"{DETERMINER}(?:[a-z]+\s+){{0,2}}?{KIN}(?P<more>(?:\s+[a-z]+){{1,5}})(?P<comma>\s*,\s*)(?:{_TITLE}|{_OFFICE})?"
    )
    close = spot.tail(r"\s*,(?=\s+[a-z])")
    if not lead or not close or any(is_verb(word) for word in lead["more"].lower().split()):
        return None
    return Edit("", len(spot.left) - lead.start("comma"), close.end())


def announced(spot: Spot) -> Edit | None:
    """Read a name that a heading or a "name is" announces."""
    if spot.left.endswith("#"):
        return Edit("hashtag left out", 1)
    if lead := spot.lead(
        r"(?:^|\n|[*_|.]\s*)(?P<what>(?:client|patient|pt|full|legal|real)?\s*name|client|patient|pt|re|subject)\s*[:=]\s*"
    ):
        return Edit("name left out", len(lead[0]) - lead.start("what") + lead.start())
    if lead := spot.lead(r"(?<=name)(?:\s+(?:is|was)|['’]s)\s+(?:really |actually )?"):
        return spot.over(lead, " stays with me")
    if spot.lead(r"\brip\s+"):
        return Edit(f"to my {spot.client}")
    return None


def within(spot: Spot) -> Edit | None:
    """Keep the relation that stands inside the name's words: "her boyfriend Rick", "the Ramirez kids"."""
    if found := re.match(WITHIN, spot.words, re.IGNORECASE):
        return Edit(found[0].strip().lower())
    if (found := re.match(_OFFICE, spot.words, re.IGNORECASE)) and not spot.tail(FOLLOWING):
        noun = _OFFICES.get(found["office"].lower(), found["office"].lower())
        return Edit(noun if spot.lead(DETERMINER) else f"the {noun}")
    if " " in spot.words.strip() and spot.low.split()[-1] in _CASE:
        kept = " ".join(word for word in spot.words.split() if word.islower() and word != "the")
        return Edit(kept if spot.lead(DETERMINER) else f"the {kept}")
    return None


def family(spot: Spot) -> Edit | None:
    """Read a family by its name, and a name in front of a noun: "the Johnsons", "the Alvarez case"."""
    tail = spot.tail(r"(?:e?s)\b")
    several = (spot.low.endswith("s") and spot.words[:1].isupper()) or tail
    if last_word(spot.left) == "the" and several and next_word(spot.right[tail.end() if tail else 0 :]) not in _CASE:
        return Edit("family", 0, tail.end() if tail else 0)
    if next_word(spot.right) in _CASE and spot.lead(DETERMINER) and modifies(spot):
        return Edit("")
    if couple := spot.lead(r"\bmr\.?s?\.?\s*(?:and|&|n)\s*(?:mrs|mr|ms)\.?\s+"):
        return spot.over(couple, "the couple")
    return None


def office(spot: Spot) -> Edit | None:
    """Let an office stand for who holds it: "Coach Pruitt" gives "the coach"."""
    lead = spot.lead(_OFFICE)
    if not lead:
        return None
    noun = _OFFICES.get(lead["office"].lower(), lead["office"].lower())
    return spot.over(
        lead,
        noun if re.search(DETERMINER + "$", spot.left[: lead.start()], re.IGNORECASE) else f"the {noun}",
        initial(spot),
    )


def named(spot: Spot) -> Edit | None:
    """Leave out "called Tara"; a nickname is said to be one."""
    if lead := spot.lead(_NAMED):
        closed = spot.tail(r"[\"'”]") if lead[0][-1] in "\"'“" else None
        return Edit("", len(lead[0]), closed.end() if closed else 0)
    if spot.lead(r"\b(?:goes|went|go) by\s+|\banswers to\s+"):
        return Edit("a nickname")
    if spot.lead(
        r"\b(?:(?:call|calls|called|calling)\s+(?:him|her|them|me|himself|herself|it))\s+(?:just |only )?[\"'“]?"
    ):
        return Edit("by a nickname")
    return None


def title_length(spot: Spot) -> int:
    """Return how many characters the titles before a name have."""
    found = spot.lead(rf"(?:{_TITLE})+")
    return len(found[0]) if found else 0


def initial(spot: Spot) -> int:
    """Return 1 where the full stop behind an initial belongs to it."""
    short = re.fullmatch(r"(?:\w[.\s]*){1,3}", spot.words) and not re.search(r"\w\w", spot.words)
    return 1 if short and re.match(r"\.(?=\s+[a-z(]|['’,;:)])", spot.right) else 0
