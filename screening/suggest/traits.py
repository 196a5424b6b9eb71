"""Jobs, origins, faiths and identities as their class, or as nothing where the sentence needs nothing."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re

from screening.lexicons import Lexicons
from screening.suggest.grammar import (
    DETERMINER,
    GROUPS,
    PEOPLE,
    Edit,
    Spot,
    apart,
    article,
    drop,
    is_noun,
    last_word,
    listed,
    next_word,
    plural,
    starts,
)

# The last word of a job that no list has.
_FIELDS = {
    "service worker": listed("vendor seller server host hostess steward stewardess attendant clerk cook caterer owner keeper shopkeeper stylist assistant cleaner housekeeper maid helper attendant caretaker usher trader merchant hawker dealer guard"),
    "transport worker": listed("driver rider conductor pilot skipper captain deckhand operator navigator tout crew signaller seaman"),
    "performer": listed("player dancer singer artist performer entertainer king queen presenter host star youtuber comic drummer wrangler-show"),
    "athlete": listed("goalkeeper striker bowler runner cyclist surfer skater lifter fighter bullfighter jockey gymnast golfer athlete footy footballer keeper-goal"),
    "manual worker": listed("worker labourer laborer picker maker fitter erector cutter builder machinist smith sweeper porter packer fabricator saddler weaver carver mover apprentice culler wrangler monger tailor"),
    "office worker": listed("manager director officer agent broker analyst banker recruiter lead executive accountant bookkeeper administrator registrar secretary treasurer chair"),
    "technical professional": listed("engineer technician scientist researcher programmer chemist specialist developer designer tech"),
    "educator": listed("teacher instructor principal headmaster professor lecturer trainer tutor coach"),
    "healthcare worker": listed("nurse doctor surgeon medic paramedic carer caregiver therapist midwife intern registrar-med dentist nan"),
    "faith leader": listed("curate sacristan churchwarden cantor preacher pastor priest evangelist organist"),
    "public official": listed("councillor councilor mayor chief minister commissioner headman magistrate alderman weatherman"),
    "media professional": listed("weatherman anchorman cartoonist columnist broadcaster blogger editor journalist"),
    "farm worker": listed("farmer grower rancher breeder shepherd herder beekeeper drover forester trapper hunter"),
}  # fmt: skip
_BY_HEAD = {head: field for field, heads in reversed(_FIELDS.items()) for head in heads}
_LANGUAGE = r"\b(?:in|speak\w*|spoke|spoken|learn\w*|taught|into|from|through|her|his|their|no|some|broken|only)\s+"
_STATUS = re.compile(r"asylum|visa|undocumented|deport|papers|status|immigra|refugee|stateless", re.IGNORECASE)
_PERSON_ENDING = re.compile(
    r"\b(wom[ae]n|m[ae]n|girls?|boys?|people|person|couple|family|kids?|student|lady|guy|lad)$", re.IGNORECASE
)


def occupation(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for a job: the class it belongs to, in the number and with the article the author used."""
    words = re.sub(r"^(?:an?|the|ex[- ]|former|retired)\s+", "", spot.low.strip("#\"' "))
    if activity := _activity(spot, words):
        return Edit(activity)
    one, many = _field(words, lexicons)
    if one == "worker" and spot.lead(r"\bas an?\s+"):
        one = "professional"
    noun = plural(one) if many else one
    if re.match(r"(?:an?|the)\s", spot.low) or (spot.lead(r"\b(?:is|was|['’]s)\s+the\s+") and not many):
        lead = spot.lead(r"\bthe\s+")
        return spot.over(lead, f"a {noun}") if lead else Edit(f"a {noun}")
    if spot.words.endswith("ing") and not spot.lead(DETERMINER):
        return Edit("that line of work")
    if next_word(spot.right) in PEOPLE | GROUPS:
        return Edit(noun.removesuffix(" officer").removesuffix(" officers"))
    if is_noun(next_word(spot.right)) and spot.lead(DETERMINER) and next_word(spot.right) not in PEOPLE:
        return Edit("work" if spot.words.endswith("ing") else noun)
    if not many and told_of(spot) and not starts(spot.left) and not spot.lead(DETERMINER):
        return Edit(f"{article(noun)} {noun}")
    return Edit(noun)


def _field(words: str, lexicons: Lexicons) -> tuple[str, bool]:
    """Return a job's class and whether the words are a plural."""
    parts = re.findall(r"[a-z0-9'&-]+", re.split(r"\s+(?:at|for|in|of|on|with)\s+", words)[0])
    for one in (parts, _singular(parts)):
        tails = (" ".join(one[i:]) for i in range(len(one)))
        if found := next((lexicons.occupations[tail] for tail in tails if tail in lexicons.occupations), None):
            return found, one != parts
    for one in (parts, _singular(parts)):
        if one and (found := _BY_HEAD.get(one[-1])):
            return found, one != parts
    return "worker", bool(parts) and len(parts[-1]) > 4 and parts[-1].endswith("s") and not parts[-1].endswith("ss")


def _singular(parts: list[str]) -> list[str]:
    if not parts:
        return parts
    last = parts[-1]
    one = (
        last[:-3] + "man"
        if last.endswith("men")
        else last[:-3] + "y"
        if last.endswith("ies")
        else last.removesuffix("s")
    )
    return [*parts[:-1], one]


def _activity(spot: Spot, words: str) -> str | None:
    """Read a job told as a deed: "drives for a taxi firm"."""
    first = words.split(" ", maxsplit=1)[0]
    told = last_word(spot.left) in (
        "he",
        "she",
        "who",
        "they",
        "and",
        "also",
        "dad",
        "mum",
        "mom",
        "husband",
        "wife",
        "client",
    ) or spot.lead(r",\s+")
    if (
        told
        and " " in words
        and re.fullmatch(r"[a-z]{3,}s|do|run|drive|own", first)
        and first not in ("his", "this", "boss")
    ):
        return "does a particular job"
    if told and re.fullmatch(r"lifeguards|preaches|teaches|busks|fishes|farms", words):
        return "does a particular job"
    return None


def demographic(spot: Spot, lexicons: Lexicons) -> Edit:
    """Return the edit for an origin, a faith or an identity."""
    wording = _class_of(spot.low, lexicons)
    before_noun = _before_noun(spot)
    if ending := _PERSON_ENDING.search(spot.words):
        return Edit(ending[0].lower())
    if spot.lead(_LANGUAGE) and not before_noun and wording == "from a different background" and not _nationals(spot):
        return _language(spot)
    if wording == "newcomer":
        many = spot.low.endswith("s")
        return Edit("newcomers" if many else "newcomer") if not before_noun else Edit("")
    if before_noun:
        return _pre_noun(spot, wording)
    if spot.lead(DETERMINER):
        return _as_noun(spot)
    if apart(spot) or _fragment(spot):
        return drop(spot) if apart(spot) or spot.tail(r"\s*,") else Edit(wording)
    if spot.lead(r"\b(?:interpreter|translator|word|words) (?:for|in)\s+"):
        return Edit("their language")
    if wording.startswith("from ") and spot.lead(r"\b(?:for|of|with|to|about)\s+"):
        return Edit("their community")
    return Edit(wording)


def _class_of(low: str, lexicons: Lexicons) -> str:
    parts = re.sub(r"[^\w+'-]+", " ", low).split()
    for i in range(len(parts)):
        tail = " ".join(parts[i:])
        for form in (tail, tail.removesuffix("s")):
            if form in lexicons.demographics:
                return lexicons.demographics[form]
    known = next((lexicons.demographics[part] for part in parts if part in lexicons.demographics), None)
    if _STATUS.search(low):
        return "in a complicated immigration situation"
    return known or ("LGBTQ+" if re.match(r"trans|non-?b|en ?b|queer|they/", low) else "from a different background")


def _before_noun(spot: Spot) -> bool:
    """Say whether a noun follows that the word describes, though another detail may come first."""
    word = next_word(spot.right)
    if spot.tail(r"[\s-]+(?:ex|cis|single|young|older|retired|trainee)?[\s-]*$"):
        return False
    if (
        spot.after
        and not spot.after.gap.strip(" -")
        and spot.after.label.value in ("OCCUPATION", "DEMOGRAPHIC", "FAMILY", "AGE")
    ):
        return True
    return (word in PEOPLE or word in GROUPS) or (
        is_noun(word) and spot.right[:1] in " -" and bool(spot.lead(DETERMINER) or not told_of(spot))
    )


def told_of(spot: Spot) -> bool:
    """Say whether a copula or a verb like it stands before: what follows is said of somebody."""
    return bool(
        spot.lead(
            r"(?:\b(?:is|are|was|were|be|being|been|as|im|hes|shes|theyre|both|also|not|came out|identif\w+)|['’](?:s|re|m))\s+(?:also |very |not |a bit |both |openly |proudly )?"
        )
    )


def _nationals(spot: Spot) -> bool:
    return bool(spot.lead(r"\b(?:her|his|their|from|some)\s+") and spot.tail(r"\s+(?:\w+)"))


def _language(spot: Spot) -> Edit:
    if spot.lead(r"\b(?:her|his|their|no|some|broken)\s+"):
        return Edit("first language" if spot.lead(r"\b(?:her|his|their)\s+") else "of that language")
    return Edit("another language")


def _pre_noun(spot: Spot, wording: str) -> Edit:
    if wording == "religious":
        return Edit("religious")
    if next_word(spot.right) == "community" and (lead := spot.lead(DETERMINER)):
        return spot.over(lead, spot.whose)
    if next_word(spot.right) == "community":
        return Edit(spot.whose)
    return _without_hyphen(spot)


def _without_hyphen(spot: Spot) -> Edit:
    hyphen = spot.tail(r"-(?=\w)")
    return Edit("", 0, 1 if hyphen else 0)


def _as_noun(spot: Spot) -> Edit:
    if (found := spot.lead(r"\bthe\s+")) and not is_noun(next_word(spot.right)):
        return spot.over(found, "that community")
    if spot.lead(r"\b(?:these|those|some)\s+"):
        return Edit("people")
    return Edit("person")


def _fragment(spot: Spot) -> bool:
    return starts(spot.left) or spot.lead(r"[,;(]\s*") is not None
