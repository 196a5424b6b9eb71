"""Who is who: which names are one person, what the author calls them, and which pronoun is theirs."""

# ruff: noqa: E501
# A pattern or a word list is read whole.
from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from screening.suggest.grammar import PEOPLE, REACH, Detail, gender, is_verb, next_word

KIN = "(?:" + "|".join(sorted(map(re.escape, PEOPLE), key=len, reverse=True)) + ")"
ALIAS = r"[\s*_`~]{1,5}|,?\s*\b(?:and\s+)?(?:real|full|legal|birth|given|actual)\s+name(?:\s+is)?,?\s+|\s*\(\s*(?:aka\s+|or\s+)?|,?\s*\b(?:aka|a\.k\.a\.?|née|nee|goes by|also known as|known as|formerly)\s+"
_PLAIN = r"(?!(?:my|our|his|her|their|the|this|that|an?|of|and|is|was|with|to|for|from|by|in|on|at|who|but|told|said)\b)[a-z-]+\s+"
ROLE = rf"(?:(?P<det>\b(?:my|our|his|her|their|the|this|that|an?|your|\w+['’]s))\s+(?P<adj>(?:{_PLAIN}){{0,2}}?))?\b(?P<kin>{KIN})(?P<link>\s*[,(:]\s*|\s+[-–—]\s+|\s+)"
WITHIN = rf"(?:his|her|their|my|the)\s+(?:[a-z-]+\s+)?{KIN}\s+(?=\w)"
FOLLOWING = rf"\s*(?:,|\()\s*(?P<said>(?:his|her|their|the|my)\s+(?:[a-z-]+\s+)?{KIN})\b(?!['’])"
_MANLY, _WOMANLY = (
    r"\b(?:mr|mister|sir|oom|kuya|uncle|father|fr|don|mzee|baba|lolo|tatay)\.?\s+$",
    r"\b(?:mrs|ms|miss|madam|mme|tannie|ate|aunty|auntie|sister|mama|lola|nanay|señora|ya)\.?\s+$",
)
_TITLES = r"\b(?:mr|mister|mrs|ms|miss|mx|sir|madam|dr|prof)\b\.?\s+$"
_PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself", "he's", "hes", "he'd", "he'll"), "his"),
    **dict.fromkeys(("she", "her", "hers", "herself", "she's", "shes", "she'd", "she'll"), "her"),
}
_THEY = dict.fromkeys(("they", "them", "their", "theirs", "themself", "they're"), "their")
_SEVERAL = dict.fromkeys(_THEY, "them")
_SINGULAR_THEY = re.compile(r"\bthey/them\b|\bnon-?binary\b|\benby\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_CLIENTS = frozenset(("client", "patient", "pt", "student", "resident", "participant"))
_COORDINATED = re.compile(r"\s*(?:,|&|\+|and|,\s*and|n)\s*", re.IGNORECASE)
_NOT_A_ROLE = frozenset(("girl", "boy", "guy", "man", "woman", "lady", "person", "friend", "kid"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where somebody is named or meant; ``who`` is a person's number, or none of those named."""

    at: int
    who: int | None
    whose: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a draft: by where a name starts, their pronouns, roles, and who stands in a row with whom."""

    who: dict[int, int]
    whose: dict[int, str]
    roles: dict[int, str]
    rows: dict[int, int]
    marks: tuple[Mark, ...]
    main: int | None

    def possessive(self, at: int) -> str:
        """Return her, his or their for the person spoken of around ``at``."""
        place = bisect_left(self.marks, at, key=lambda mark: mark.at)
        if (
            place
            and self.marks[place - 1].who is not None
            and not self.marks[place - 1].whose
            and at - self.marks[place - 1].at < REACH // 2
        ):
            return "their"
        near = [mark for mark in self.marks[max(0, place - 4) : place] if at - mark.at < 2 * REACH and mark.whose]
        if near:
            known = near[-1].whose.replace("them", "their")
            return known if known != "their" or near[-1].who is not None or near[-1].whose == "them" else self._sole()
        after = next(
            (
                mark
                for mark in self.marks[place : place + 2]
                if mark.told and mark.at - at < REACH and mark.whose in ("her", "his")
            ),
            None,
        )
        return after.whose if after else self._sole()

    def _sole(self) -> str:
        known = {mark.whose for mark in self.marks if mark.told} - {"their", "them"}
        return known.pop() if len(known) == 1 else "their"

    def clear(self, at: int, text: str) -> str | None:
        """Return the possessive pronoun of whom the name at ``at`` means, where a pronoun leaves no doubt."""
        person = self.who[at]
        own = self.whose.get(person)
        place = bisect_left(self.marks, at, key=lambda mark: mark.at)
        for mark in reversed(self.marks[max(0, place - 12) : place]):
            between = text[mark.at : at]
            if own is None or len(between) > 2 * REACH or "\n" in between or len(re.findall(r"[.!?]\s", between)) > 1:
                return None
            if mark.who == person:
                return own
            if mark.whose in (own, "their", ""):
                return None
        return None


def cast(text: str, names: Sequence[Detail]) -> Cast:
    """Read who the names of a draft belong to. ``names`` are in order and do not overlap."""
    who = _numbers(text, names)
    roles: dict[int, str] = {}
    for name in names:
        if said := _role(text, name):
            roles.setdefault(who[name.start], said)
    titled = {who[name.start]: whose for name in names if (whose := _title(text, name))}
    firsts: dict[int, Detail] = {}
    for name in names:
        firsts.setdefault(who[name.start], name)
    main = next((person for person, name in firsts.items() if _is_client(text, name, roles.get(person))), None)
    marks, votes = _marks(text, names, who, titled, main)
    known = {person: counts.most_common(1)[0][0] for person, counts in votes.items()} | titled
    known |= {person: gender(said.split()[-1]) for person, said in roles.items() if gender(said.split()[-1]) != "their"}
    marks = tuple(m if m.who is None else replace(m, whose=known.get(m.who, m.whose)) for m in marks)
    return Cast(who, known, roles, _rows(text, names, who, roles), marks, main)


def _is_client(text: str, name: Detail, role: str | None) -> bool:
    """Say whether the draft's client can be who is named: not beside a "she" that nobody came before."""
    if role:
        return role.split()[-1] in _CLIENTS
    before = text[max(0, name.start - 2 * REACH) : name.start]
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    told = re.search(r"\b(?:he|she)\b", sentence, re.IGNORECASE)
    return not told or len(before) == 2 * REACH or re.search(rf"\b{KIN}\b", before, re.IGNORECASE) is not None


def parts_of(words: str) -> list[str]:
    """Return the letters of a name's parts, however they were set apart: "S a r a h" is one part."""
    plain = re.sub(f"^{WITHIN}", "", unicodedata.normalize("NFKD", words).casefold())
    parts = [part for part in re.findall(r"[^\W_]+", plain) if part]
    return ["".join(parts)] if len(parts) > 2 and all(len(part) == 1 for part in parts) else parts


def _numbers(text: str, names: Sequence[Detail]) -> dict[int, int]:
    """Number the people; a later mention belongs to whom it shares a first name, a last name or initials with."""
    known: list[list[list[str]]] = []
    numbers: dict[int, int] = {}
    index: dict[str, int] = {}
    previous: Detail | None = None
    for name in names:
        parts = parts_of(text[name.start : name.end]) or [text[name.start : name.end]]
        gap = text[previous.end : name.start] if previous else ""
        person = (
            numbers[previous.start]
            if previous and re.fullmatch(ALIAS, gap, re.IGNORECASE)
            else _same_person(parts, known, index)
        )
        if person is None:
            person = len(known)
            known.append([])
        known[person].append(parts)
        for part in parts if len(parts[0]) > 1 else []:
            index.setdefault(part, person)
            index.setdefault(part[:3], person)
        numbers[name.start] = person
        previous = name
    return numbers


def _same_person(parts: list[str], known: list[list[list[str]]], index: dict[str, int]) -> int | None:
    for key in (*parts, parts[0][:3]):
        candidate = index.get(key)
        if candidate is not None and len(key) > 1 and any(_agree(parts, other) for other in known[candidate][:4]):
            return candidate
    if all(len(part) == 1 for part in parts):
        return next(
            (n for n, said in enumerate(known[:50]) if any(_initials(parts, other) for other in said[:4])), None
        )
    return None


def _agree(one: list[str], other: list[str]) -> bool:
    """Say whether two mentions can be one person: the same first name, or one name that the other has."""
    if len(one) > 1 and len(other) > 1:
        return one[0] == other[0] or (
            one[-1] == other[-1] and (one[0].startswith(other[0]) or other[0].startswith(one[0]))
        )
    short, long = (one, other) if len(one) == 1 else (other, one)
    return any(
        short[0] == part
        or (min(len(short[0]), len(part)) > 2 and (part.startswith(short[0]) or short[0].startswith(part)))
        for part in long
    )


def _initials(parts: list[str], other: list[str]) -> bool:
    return [part[0] for part in other[: len(parts)]] == parts


def _role(text: str, name: Detail) -> str:
    """Return what the author calls the person beside the name: "her son" in "her son Dan"."""
    if inside := re.match(WITHIN, text[name.start : name.end], re.IGNORECASE):
        return inside[0].strip().lower()
    left, right = text[max(0, name.start - REACH) : name.start], text[name.end : name.end + REACH]
    if following := re.match(FOLLOWING, right, re.IGNORECASE):
        return following["said"].lower()
    lead = re.search(ROLE + "$", re.sub(_TITLES, "", left, flags=re.IGNORECASE), re.IGNORECASE)
    if not lead or (
        lead["kin"].lower() in _NOT_A_ROLE and (lead["det"] or "").lower() == "the" and is_verb(next_word(right))
    ):
        return ""
    if ":" in lead["link"] or ("," in lead["link"] and not re.match(r"\s*[,.;!?)]|$", right)):
        return ""
    det = (lead["det"] or "the").lower()
    return f"{'the' if det in ('a', 'an', 'this', 'that') or (det.endswith('s') and len(det) > 3) else det} {lead['kin'].lower()}"


def _title(text: str, name: Detail) -> str:
    left = text[max(0, name.start - 12) : name.start]
    return (
        "his" if re.search(_MANLY, left, re.IGNORECASE) else "her" if re.search(_WOMANLY, left, re.IGNORECASE) else ""
    )


def _words(text: str, names: Sequence[Detail]) -> Iterator[tuple[int, str, Detail | None]]:
    """Yield the words of a text in order, a name as one."""
    at = 0
    for name in names:
        for word in _WORD.finditer(text, at, name.start):
            yield word.start(), word[0].lower().replace("’", "'"), None
        yield name.start, "", name
        at = name.end
    for word in _WORD.finditer(text, at):
        yield word.start(), word[0].lower().replace("’", "'"), None


def _marks(
    text: str, names: Sequence[Detail], who: dict[int, int], titled: dict[int, str], main: int | None
) -> tuple[tuple[Mark, ...], dict[int, Counter[str]]]:
    """Return everybody meant in a text, in order, and which pronoun followed which name how often."""
    pronouns = _PRONOUNS | (_THEY if _SINGULAR_THEY.search(text) else _SEVERAL)
    marks: list[Mark] = []
    votes: dict[int, Counter[str]] = {}
    alone = len(set(who.values())) == 1
    for at, word, name in _words(text, names):
        if name is not None:
            whose = titled.get(who[at], "")
            if marks and re.fullmatch(r"[\w-]+[\s,(:]+", text[marks[-1].at : at]) and marks[-1].who is None:
                whose = whose or marks.pop().whose.replace("their", "")
            if whose:
                votes.setdefault(who[at], Counter())[whose] += 2
            marks.append(Mark(at, who[at], whose))
        elif word in pronouns:
            whose = pronouns[word]
            marks.append(
                Mark(
                    at,
                    None if whose == "them" else _meant(whose, _order(word, at, text, marks), votes),
                    whose,
                    told=True,
                )
            )
        elif (noun := word.removesuffix("'s")) in PEOPLE:
            marks.append(Mark(at, main if alone and noun in _CLIENTS else None, gender(noun)))
    return tuple(marks), votes


def _order(word: str, at: int, text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Return who a pronoun can mean, likeliest first: a subject means the last sentence's first, an object nobody in its own clause."""
    near = list(reversed(marks[-6:]))
    if word in ("him", "her") and re.match(
        r"\w+\s*(?:[.,!?;)]|$|(?:and|but|so|to|for|with|at|in|on|off|out|up|again|first|when|because|that|he|she|i)\b)",
        text[at : at + 30],
        re.IGNORECASE,
    ):
        return [
            m for m in near if re.search(r"[.,!?;:\n]|\b(?:and|but|so|that|because|what|when|if)\b", text[m.at : at])
        ]
    if re.match(r"s?he", word) and near:
        ends = [m for m in near if not re.search(r"[.!?\n]\s", text[m.at : near[0].at])]
        return [*reversed(ends), *near[len(ends) :]] if re.search(r"[.!?\n]\s", text[near[0].at : at]) else near
    return near


def _meant(whose: str, marks: Sequence[Mark], votes: dict[int, Counter[str]]) -> int | None:
    """Return whom a pronoun means: the first of ``marks`` that it can mean."""
    for mark in marks:
        if mark.whose == "them":
            continue
        known = (
            votes.get(mark.who, Counter())
            if mark.who is not None
            else Counter({mark.whose: 1} if mark.whose not in ("", "their") else {})
        )
        if not known or known.most_common(1)[0][0] == whose:
            if mark.who is not None:
                votes.setdefault(mark.who, Counter())[whose] += 1
            return mark.who
    return None


def _rows(text: str, names: Sequence[Detail], who: dict[int, int], roles: dict[int, str]) -> dict[int, int]:
    """Return, for the first name of each row like "Tom, Ann and Li", how many people it has; 0 for the others of the row."""
    rows: dict[int, int] = {}
    seen: set[int] = set()
    row: list[Detail] = []
    for name in names:
        fits = who[name.start] not in roles and who[name.start] not in seen
        if fits and row and _COORDINATED.fullmatch(text[row[-1].end : name.start]):
            row.append(name)
        else:
            _note(text, row, rows)
            row = [name] if fits else []
        seen.add(who[name.start])
    _note(text, row, rows)
    return rows


def _note(text: str, row: Sequence[Detail], rows: dict[int, int]) -> None:
    joined = any(re.search(r"and|&|\+|\bn\b", text[a.end : b.start]) for a, b in pairwise(row))
    onward = len(row) > 1 and re.match(
        r"\s+(?:and|&)\s+(?:his|her|their|the)\b", text[row[-1].end : row[-1].end + REACH]
    )
    if joined or onward:
        rows |= {row[0].start: len(row)} | {name.start: 0 for name in row[1:]}
