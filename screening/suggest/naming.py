"""What stands instead of a name: the same words for the same person, as the sentence needs them."""

# ruff: noqa: E501, PLR0911
# A pattern or a word list is read whole; a ladder of patterns returns at each rung.
from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from screening.results import Label
from screening.suggest.grammar import (
    DETERMINER,
    FUNCTION,
    PREPOSITIONS,
    Edit,
    Spot,
    described,
    is_verb,
    last_word,
    listed,
    next_word,
    starts,
)
from screening.suggest.people import ALIAS, KIN, Cast
from screening.suggest.phrases import (
    CLOSES,
    announced,
    beside_noun,
    family,
    initial,
    named,
    office,
    role,
    title_length,
    within,
)

_FORMS = {"her": ("she", "her", "her"), "his": ("he", "him", "his"), "their": ("they", "them", "their")}
_PLURAL_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_TRANSITIVE = listed(
    "told tell tells telling asked ask asking saw see seeing seen called calling texted texting met meet meeting gave give giving love loves loved hugged hug "
    "help helping helped hurt hurts hit left leave miss missed missing get got getting let lets make made find found keep kept want wants need needs "
    "heard hear watch watched watching know known remember remind reminded bring brought took take taking send sent sending hold held support believe believed"
)
_CLAUSAL = listed(
    "and but so because when if that then while after before until till since though although cos cuz bc how why what where than like as"
)
_BELONGINGS = listed(
    "session sessions file chart case house home face voice eyes hand hands phone school story notes room car bed life job brain body hair name birthday "
    "court hearing appointment treatment meds medication safety discharge plan progress last first next new old whole own shoes bag coat funeral"
)
_FEELING = r"\b(?P<adj>poor|sweet|dear|lovely|darling|little|brave|beautiful|bloody|wee|our|my)\s+"
_CALLS_ITSELF = (
    r"\s+(?:is|was|has been|used to be)\s+(?:my|a|our)\s+(?:old |former |new )?(?:client|patient|pt|student)\b"
)
_PARTNER = r"\b(?:left|leaving|leave|married|marrying|marry|dating|divorc\w+|cheat\w+ (?:on|with)|broke up with|breaking up with|affair with|moved in with|engaged to|split (?:up )?(?:from|with)|liv(?:es|ing) with|in love with|back (?:together )?with|back to|dumped|dump)\s+"
_INTRODUCED = r"\b(?:I(?:['’]ve| have| had| saw| met| got|['’]m seeing| see)|there['’]?s|there is)\s+(?:just |also |finally |this )?(?:got |had |met |seen )?"
_ANOTHER = re.compile(
    r"\b(?:sessions?|intake|no.?show\w*|cancel\w*|caseload|came in|then|also|meanwhile|next|relapsed|discharg\w+|admitted)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:no.?shows|clients|patients|caseload|back to back)\b", re.IGNORECASE)
_GREETING = r"\s*\b(?:hi|hey|hello|hiya|dear|thanks|thank you|sorry|bye|goodbye|good ?night|morning|welcome(?: back)?|congrats|happy birthday|no|yes|please|come on|listen|well done|love you|miss you|rest easy|good girl|good boy),?(?P<gap>\s+)"


@dataclass(slots=True)
class Naming:
    """Chooses the words for each mention of a name; remembers who has been mentioned.

    ``quoted`` are the stretches of the text in quotation marks.
    """

    text: str
    cast: Cast
    quoted: tuple[tuple[int, int], ...]
    seen: dict[int, str] = field(default_factory=dict)
    row: dict[int, str] = field(default_factory=dict)
    pairs: dict[int, int] = field(default_factory=dict)

    def worded(self, spot: Spot, at: int) -> Edit:
        """Return the edit for the name that starts at ``at`` of the author's text."""
        person = self.cast.who[at]
        if edit := self._within_phrase(spot, at):
            self.seen.setdefault(person, "")
            return edit
        edit = self._mention(spot, at)
        self.seen.setdefault(person, edit.text)
        return edit

    def _within_phrase(self, spot: Spot, at: int) -> Edit | None:
        """Return the edit where the phrase around goes on without the name."""
        beside = role(spot) if self.cast.who[at] in self.cast.roles else None
        early = (
            self._alias(spot)
            or self._row(spot, at)
            or announced(spot)
            or beside_noun(spot)
            or within(spot)
            or family(spot)
        )
        return early or beside or office(spot) or named(spot) or self._spoken_to(spot, at)

    @staticmethod
    def _alias(spot: Spot) -> Edit | None:
        before = spot.before
        if not before or before.label is not Label.NAME or not re.fullmatch(ALIAS, before.gap, re.IGNORECASE):
            return None
        closed = spot.tail(r"[^()\n]{0,30}\)") if "(" in before.gap else None
        return Edit("", len(before.gap), closed.end() if closed else 0) if spot.left.endswith(before.gap) else None

    def _row(self, spot: Spot, at: int) -> Edit | None:
        count = self.cast.rows.get(at)
        if count is None:
            return None
        if count == 0:
            before = spot.before
            return Edit("", len(before.gap)) if before and spot.left.endswith(before.gap) else None
        kind = "my" if count == 2 else "several"
        starts_here = sorted(start for start in self.cast.rows if start >= at)[:count]
        self.pairs |= {
            self.cast.who[start]: self.cast.who[starts_here[1 - place]]
            for place, start in enumerate(starts_here)
            if count == 2
        }
        self.row |= {self.cast.who[start]: "" for start in starts_here}
        self.seen |= {self.cast.who[start]: "" for start in starts_here}
        return Edit(f"{kind} {spot.client}s" if spot.client != "pt" else f"{kind} pts", title_length(spot))

    def _spoken_to(self, spot: Spot, at: int) -> Edit | None:
        """Leave out the name by which somebody is spoken to."""
        if (greeting := spot.lead(_GREETING)) and spot.tail(CLOSES):
            comma = re.search(r",\s+$", greeting[0])
            return Edit("", len(comma[0]) if comma else len(greeting["gap"]))
        if not self._in_quotes(at):
            return None
        if (comma := spot.lead(r",\s*")) and spot.tail(r"\s*[.,!?…\"'”’]|\s*$"):
            return spot.over(comma, "")
        if (starts(spot.left) or spot.lead(r"[\"“'‘]\s*")) and (follows := spot.tail(r"\s*(?:,|\.{2,}|…)\s*")):
            return Edit("", title_length(spot), follows.end())
        return None

    def _in_quotes(self, at: int) -> bool:
        return any(start < at < end for start, end in self.quoted)

    def _mention(self, spot: Spot, at: int) -> Edit:
        person = self.cast.who[at]
        back = title_length(spot)
        own = self.cast.clear(at, self.text) if person in self.seen else None
        if own is None and self._in_quotes(at) and self.cast.main == person:
            own = self.cast.whose.get(person)
        plain = replace(spot, left=spot.left[: len(spot.left) - back])
        if own and not plain.lead(DETERMINER) and (pronoun := self._pronoun(plain, own)):
            return replace(pronoun, back=back)
        words = self._words_for(spot, person)
        return self._possessive(spot, words, back)

    def _pronoun(self, spot: Spot, own: str) -> Edit | None:
        subject, thing, possessive = _FORMS[own]
        mark = spot.tail(r"['’]s\b|s\b(?=\s)")
        follows, before = next_word(spot.right[mark.end() if mark else 0 :]), last_word(spot.left)
        if mark:
            owned = follows in _BELONGINGS or re.fullmatch(KIN, follows)
            return Edit(possessive, 0, mark.end()) if owned else None
        if is_verb(follows) and (before not in PREPOSITIONS or before in _CLAUSAL) and before not in _TRANSITIVE:
            if own == "their" and (agreed := _PLURAL_VERBS.get(follows)):
                return Edit(f"they {agreed}", 0, spot.right.lower().index(follows) + len(follows))
            return (
                Edit(subject)
                if own != "their"
                or follows.endswith("ed")
                or follows in ("will", "would", "can", "could", "had", "did", "said", "came", "went")
                else None
            )
        if (before in PREPOSITIONS or before in _TRANSITIVE) and (spot.tail(CLOSES) or follows in FUNCTION):
            return Edit(thing)
        return None

    def _words_for(self, spot: Spot, person: int) -> str:
        """Return the noun phrase for a person; a first mention may introduce them."""
        if person in self.row:
            other = self.row.get(self.pairs.get(person, -1), "")
            self.row[person] = self.row[person] or ("the other" if other == "one of them" else "one of them")
            return self.row[person]
        role = self.cast.roles.get(person)
        if role and role.split()[-1] not in ("client", "patient", "pt"):
            return role
        if spot.lead(r"\b(?:clients?|patients?|pts?|students?) like\s+"):
            return "mine"
        if spot.tail(_CALLS_ITSELF) or (
            person not in self.seen and person != self.cast.main and spot.lead(r"\b(?:is|was)\s+")
        ):
            return "someone"
        if person == self.cast.main:
            first = person not in self.seen and spot.lead(_INTRODUCED)
            return f"a {spot.client}" if first else f"my {spot.client}"
        if said := self.seen.get(person):
            return {
                "another client": "that client",
                "someone": "that person",
                "someone else": "that person",
                "a third client": "the third client",
            }.get(said, said)
        return self._other(spot)

    def _other(self, spot: Spot) -> str:
        """Return the words for somebody new beside the client."""
        sentence = re.split(r"[.!?]\s|\n", spot.left)[-1]
        if spot.lead(_PARTNER):
            return f"{self.cast.whose.get(self.cast.main or 0, 'their')} partner"
        others = [said for said in self.seen.values() if said.startswith(("another", "a third", "someone"))]
        around = sentence + spot.right.split(".")[0]
        together = spot.client in sentence or re.search(r"\b(?:she|he|they|her|him|them)\b", sentence, re.IGNORECASE)
        if _ANOTHER.search(around) or not together:
            return (
                f"another {spot.client}"
                if not others
                else f"a third {spot.client}"
                if len(others) == 1
                else f"yet another {spot.client}"
            )
        if _SEVERAL.search(self.text) and is_verb(next_word(spot.right)):
            return f"another {spot.client}"
        known = self.cast.main is not None and self.cast.main in self.seen
        return "another person" if others else "someone else" if known else "someone"

    def _possessive(self, spot: Spot, words: str, back: int) -> Edit:
        left = replace(spot, left=spot.left[: len(spot.left) - back])
        if feeling := left.lead(_FEELING):
            kept = feeling["adj"].lower()
            if kept not in ("our", "my") and words.startswith(("my ", "a ")):
                before = replace(left, left=left.left[: feeling.start()])
                noun = words.split(" ", 1)[1]
                text = (
                    f"{kept} {noun}" if before.lead(DETERMINER) else f"{words.split(' ', maxsplit=1)[0]} {kept} {noun}"
                )
                return Edit(text, back + len(feeling[0]), initial(spot))
        found = left.lead(DETERMINER)
        if found and (
            found["det"].lower() != "that"
            or starts(left.left[: found.start()])
            or last_word(left.left[: found.start()] + " ") in PREPOSITIONS
        ):
            words = re.sub(r"^(?:my|a|the|another|that|his|her|their)\s+", "", words)
            words = {"someone": "person", "someone else": "person", "the other": "person"}.get(words, words)
        elif described(left) and words.startswith("my "):
            words = words.removeprefix("my ")
        glued = spot.tail(r"s\b(?=\s+\w)") if not spot.right.startswith(("'", "’")) else None
        length = glued.end() if glued else initial(spot)
        if words.endswith("s") and (mark := spot.tail(r"['’]s\b")):
            return Edit(words + "'", back, mark.end())
        return Edit(words + ("'s" if glued else ""), back, length)
