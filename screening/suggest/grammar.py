"""The little grammar the rewrite needs: where a detail stands, and how a wording fits in there."""

# ruff: noqa: E501
# A pattern or a word list is read whole.
from __future__ import annotations

import re
from dataclasses import dataclass

from screening.results import Label

# Characters to either side of a detail that a wording looks at; it keeps the rewrite linear.
REACH = 90


@dataclass(frozen=True, slots=True)
class Detail:
    """A finding's span in the author's text and its label."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands instead of a detail, and how many characters to either side go with it."""

    text: str
    back: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The detail beside another one: its label and the author's text between the two."""

    label: Label
    gap: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a detail stands: its words, the rewritten text before it, the author's text after it.

    ``whose`` is the possessive pronoun of the person spoken of, ``client`` the author's word for a client.
    """

    label: Label
    words: str
    left: str
    right: str
    whose: str = "their"
    client: str = "client"
    before: Neighbour | None = None
    after: Neighbour | None = None

    @property
    def low(self) -> str:
        """The detail's words in lower case."""
        return self.words.lower()

    def lead(self, pattern: str) -> re.Match[str] | None:
        """Return the match of ``pattern`` that ends where the detail begins, in any case."""
        return re.search(rf"(?:{pattern})$", self.left, re.IGNORECASE)

    def tail(self, pattern: str) -> re.Match[str] | None:
        """Return the match of ``pattern`` that begins where the detail ends, in any case."""
        return re.match(pattern, self.right, re.IGNORECASE)

    def over(self, match: re.Match[str], text: str, ahead: int = 0) -> Edit:
        """Return the edit that takes the words of ``lead``'s match back as well."""
        return Edit(text, len(self.left) - match.start(), ahead)


def listed(words: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(words.split())


DETERMINER = r"\b(?P<det>an?|the|this|that|these|those|my|our|your|his|her|their|its|another|some|any|every|each|one|no|(?!(?:s?he|it|that|there|here|who|what|where|how|let)['’]s)\w+['’]s)\s+"
CLAUSE_START = r"(?:^|[.!?…:;\n(\[\"“”*>—–]|\s[-–—])\s*"
FUNCTION = listed(
    "a an the this that these those i you he she it we they me him her us them my your his its our their and but or so nor yet "
    "if when while because since until till as than then though although unless before after where who whom whose which what how "
    "why of in on at to for from with without by about into onto over under near off out up down through during around between "
    "not n't is are was were be been being am has have had do does did will would can could should shall may might must again "
    "today tonight tomorrow yesterday now later soon always never just really still also too only even already finally actually "
    "every each most some many much more such same other next last "
    "there here asleep awake alone all both no yes ok okay lol omg n w bc cos cuz tbh btw"
)
# Verb forms that often follow a person's name; regular past forms are known by their ending.
VERBS = listed(
    "is was are were isn't wasn't has had hasn't hadn't does did doesn't didn't will won't would wouldn't can can't could couldn't should "
    "shouldn't may might must keeps kept said says told tells asked asks came comes went goes got gets left leaves cried cries needs "
    "wants thinks thought feels felt knows knew took takes made makes gave gives starts began stopped sat sits stood ran runs lost "
    "won died dies hit hits broke sent sends wrote writes brought brings found finds saw sees met meets lives works calls texts "
    "texted called rang rings phoned bought sold slept ate eats drove drives threw hurt hates loves likes hopes laughed smiled "
    "no-showed ghosted bailed spoke speaks sang grew heard hung held let lets put read reads showed shows shut spent swears swore "
    "paid pays began drew held hid lent led lied lay lit meant raised rode rose shook shot slid slipped stole struck stuck swam swung tore "
    "threatened won withdrew caught cut shows works screams screamed sobs laughs sings screens refuses hates hid fights blames hits "
    "belongs means stands taught understands understood woke wore worries became forgot forgets fell falls fought chose caught built bit seems looks "
    "looked talks turns turned uses used walks walked stays stayed dropped isnt wasnt doesnt didnt wont cant couldnt just never "
    "finally actually literally still also always already really apparently then now probably almost only"
)
PREPOSITIONS = listed(
    "with for about of to from by at on in near into like without behind beside against towards toward around over under between for"
)
_FEMALE = listed(
    "woman girl lady female mum mom mam mama mother wife daughter sister aunt auntie aunty niece grandma grandmother nan gran granny "
    "girlfriend gf stepmom stepmum widow lass gal mommy mummy stepdaughter fiancée ma'am nun queen"
)
_MALE = listed(
    "man boy guy male dad father husband son brother uncle nephew grandad grandpa grandfather boyfriend bf stepdad widower lad bloke "
    "gentleman fella hubby papa daddy stepson dude fiancé king"
)
_NEUTRAL = listed(
    "client patient pt person partner spouse ex child kid kiddo teen teenager baby infant toddler parent friend cousin roommate flatmate "
    "boss teacher coach neighbour neighbor colleague coworker sibling twin resident student pupil survivor veteran caregiver carer "
    "psychiatrist therapist counselor counsellor prescriber lawyer attorney solicitor pediatrician paediatrician gp midwife oncologist judge worker "
    "guardian stepparent grandparent youth tenant boarder buddy classmate relative eldest youngest littlest oldest firstborn sponsor landlord fiance fiancee supervisor "
    "manager principal pastor doctor nurse officer participant mate stepkid newborn"
)
PEOPLE = _FEMALE | _MALE | _NEUTRAL
GROUPS = listed(
    "family couple parents kids people children community household siblings twins sisters brothers boys girls men women folks clients patients guys teens students grandparents"
)


def gender(noun: str) -> str:
    """Return the possessive pronoun a noun for a person asks for: her, his, or their."""
    return "her" if noun in _FEMALE else "his" if noun in _MALE else "their"


def next_word(right: str) -> str:
    """Return the word that follows directly, in lower case, or nothing where a sign stands between."""
    match = re.match(r"[\s-]+([^\W\d_][\w'’-]*)", right)
    return match[1].lower().replace("’", "'") if match else ""


def last_word(left: str) -> str:
    """Return the word that stands directly before, in lower case, or nothing where a sign stands between."""
    match = re.search(r"([^\W\d_][\w'’-]*)\s+$", left)
    return match[1].lower().replace("’", "'") if match else ""


def is_verb(word: str) -> bool:
    """Say whether a word is likely a finite verb or an adverb in front of one."""
    return word in VERBS or (len(word) > 4 and word.endswith("ed"))


def is_noun(word: str) -> bool:
    """Say whether a word that follows a detail is likely a noun the detail describes."""
    if word in PEOPLE or word in GROUPS:
        return True
    return bool(word) and word not in FUNCTION and word not in VERBS and not word.endswith(("ed", "ly", "n't"))


def starts(left: str) -> bool:
    """Say whether what follows ``left`` begins a clause."""
    return re.search(CLAUSE_START + r"['\"“‘*_~(\[]*$", left) is not None


def bare(phrase: str) -> str:
    """Return a noun phrase without its own article or pronoun."""
    return re.sub(r"^(?:an?|the|their|some)\s+", "", phrase)


def fitted(spot: Spot, phrase: str) -> Edit:
    """Fit a noun phrase behind what stands before it: one determiner, the author's where it still holds."""
    found = spot.lead(DETERMINER)
    if not found:
        return Edit(bare(phrase) if described(spot) else phrase)
    if found["det"].lower() in ("a", "an", "the") and bare(phrase) != phrase:
        return spot.over(found, phrase)
    return Edit(bare(phrase))


def described(spot: Spot) -> bool:
    """Say whether an article stands before with an adjective or two of the author's between."""
    between = spot.lead(DETERMINER + r"(?P<words>[a-z]+\s+(?:[a-z]+\s+)?)")
    words = between["words"].lower().split() if between else []
    return bool(words) and not any(
        w in FUNCTION or w in VERBS or w in PEOPLE or w.endswith(("ed", "ing", "s")) for w in words
    )


def modifies(spot: Spot) -> bool:
    """Say whether the detail stands between a determiner and a noun, as in "the Alvarez case"."""
    return spot.lead(DETERMINER) is not None and is_noun(next_word(spot.right)) and not spot.right.startswith("\n")


def plural(noun: str) -> str:
    """Return the plural of a wording's first noun phrase: "service member" gives "service members"."""
    head, *rest = re.split(r"( (?:with|in|of|from) )", noun, maxsplit=1)
    ending = {"person": "people", "tradesperson": "tradespeople", "child": "children"}
    last = head.rsplit(" ", 1)[-1]
    return head.removesuffix(last) + ending.get(last, f"{last}s") + "".join(rest)


def article(word: str) -> str:
    """Return "a" or "an" for the word that follows."""
    if re.match(r"(?:hour|honest|heir|honou?r)", word, re.IGNORECASE):
        return "an"
    if re.match(r"(?:one\b|once|uni(?!n)|us[eu]|eu)", word, re.IGNORECASE):
        return "a"
    return "an" if re.match(r"[aeiou]|[FHLMNRSX][A-Z]+\b", word) or word[:1] in "AEIOU" else "a"


def drop(spot: Spot) -> Edit:
    """Leave a detail out with the sign that set it apart: brackets, or one of two commas."""
    if (opened := spot.lead(r"\s*\(\s*")) and (closed := spot.tail(r"\s*\)")):
        return spot.over(opened, "", closed.end())
    if (comma := spot.lead(r"\s*,\s*")) and spot.tail(r"\s*[,.;!?)\n]|\s*$"):
        return spot.over(comma, "")
    if (spot.lead(r"\(") or starts(spot.left)) and (comma := spot.tail(r"\s*[,;:]\s*")):
        return Edit("", 0, comma.end())
    return Edit("")


def apart(spot: Spot) -> bool:
    """Say whether the detail stands between commas or brackets, as an item that nothing else needs."""
    return bool(spot.lead(r"[,(]\s*") and spot.tail(r"\s*[,)]"))
