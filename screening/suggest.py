"""The rewrite: the draft without its findings, still readable as the author's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screening.lexicons import Lexicons
from screening.results import Label

_DETERMINERS = frozenset("a an the this that my our your his her their its another".split())
_KIN = re.compile(
    r"\b(?:son|daughter|brother|sister|mum|mom|mam|mother|dad|father|wife|husband|partner|boyfriend|girlfriend|ex|cousin|"
    r"aunt|auntie|uncle|niece|nephew|grandma|grandpa|nan|gran|friend|roommate|boss|teacher|coach|client|patient|pt|resident|kid)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|sir|madam|little|old|poor|young|sweet)\b\.?\s+$", re.IGNORECASE)
_SESSION = re.compile(
    r"^(?:'s|’s)?\s+(?:session|client|patient|pt|intake|appointment|appt|group|visit|call|slot|family|couple|meeting)\b",
    re.IGNORECASE,
)
_AGE_UNIT = re.compile(
    r"[-\s]*(?:y/?\s?o\b|y\.o\.|yrs?[-\s]old\b|years?[-\s]olds?\b|(?:mo(?:nth)?s?|weeks?|days?)[-\s]old\b)",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    "man woman boy girl male female client patient pt kid kiddo child teen teenager lady guy fella lad lass bloke gentleman "
    "mom mum mam mother dad father son daughter brother sister husband wife widow widower student resident survivor veteran".split()
)
_DECADES = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy")
_COUNTED = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_ID_KIND = re.compile(
    r"\b(?:MRN|SSN|NI|NHS|SIN|TFN|ID|case|docket|claim|policy|member|account|record|chart|licen[cs]e|plate|badge|Medicaid|Medicare|invoice|ref)"
    r"(?:\s+(?:number|no\.?|num|id|is))*\s*[:#]?\s*$",
    re.IGNORECASE,
)
_BEFORE_DATE = {"on": "recently", "in": "recently", "since": "for a while now", "by": "soon"}
_BEFORE_PLACE = {"from": "from out of town", "in": "in town", "to": "out of town", "near": "nearby"}
_PLAIN = {
    Label.PHONE: "their number",
    Label.EMAIL: "their email",
    Label.URL: "a page online",
    Label.HANDLE: "a personal account",
    Label.IP: "a network address",
    Label.ID: "a record number",
    Label.EVENT: "something that people heard about",
    Label.UNIQUE: "a",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A finding's span in the author's text and its label."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Edit:
    """What the rewrite puts instead of ``start:end``; the span may be wider than the finding."""

    start: int
    end: int
    text: str


def rewrite(text: str, details: Sequence[Detail], lexicons: Lexicons) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with every detail generalised, and each detail's own replacement in order.

    ``details`` are in order and do not overlap.
    """
    writer = _Writer(text, details, lexicons)
    edits = [writer.edit(detail) for detail in details]
    parts: list[str] = []
    at = 0
    for edit in edits:
        start = max(edit.start, at)
        parts += text[at:start], _cased(edit.text, text, start)
        at = max(edit.end, at)
    return _smooth("".join([*parts, text[at:]])), tuple(edit.text for edit in edits)


def _cased(words: str, text: str, at: int) -> str:
    begins = not text[:at].strip() or re.search(r"[.!?\n]\s*$", text[:at])
    return words[:1].upper() + words[1:] if begins and text[at : at + 1].isupper() else words


def _smooth(text: str) -> str:
    text = re.sub(r"(?<=\S)  +(?=\S)", " ", text)
    text = re.sub(r" +([,.;:!?)])", r"\1", text)
    text = re.sub(r"\b([Aa]) (?=[aeiou])(?!one\b|uni|use)", r"\1n ", text)
    return re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwxyz])", r"\1 ", text)


class _Writer:
    """Chooses the wording for each detail from its label and the words around it."""

    def __init__(self, text: str, details: Sequence[Detail], lexicons: Lexicons) -> None:
        self.text = text
        self.lexicons = lexicons
        self.people = _people(text, [d for d in details if d.label is Label.NAME])
        self.mentioned: set[int] = set()

    def edit(self, detail: Detail) -> Edit:  # noqa: PLR0911 - one wording a label
        before, after = self.text[: detail.start], self.text[detail.end :]
        words = self.text[detail.start : detail.end]
        match detail.label:
            case Label.NAME:
                return self._name(detail, before)
            case Label.AGE:
                return self._age(detail, before, after, words)
            case Label.TIME:
                return self._time(detail, before, after)
            case Label.DATE:
                return self._preposed(detail, before, _BEFORE_DATE, "some time ago")
            case Label.LOCATION if not self._kind(words, self.lexicons.place_kinds):
                return self._preposed(detail, before, _BEFORE_PLACE, "their area")
            case Label.ID:
                kind = _ID_KIND.search(before)
                start = kind.start() if kind else detail.start
                return Edit(start, detail.end, self._fitted("a record number", before[:start]))
        return Edit(detail.start, detail.end, self._plain(detail.label, words, before, after))

    def _plain(self, label: Label, words: str, before: str, after: str) -> str:
        """Return the wording for a label whose span is replaced as it stands."""
        lists, low = self.lexicons, words.lower()
        wordings = {
            Label.LOCATION: lambda: self._kind(words, lists.place_kinds) or "their area",
            Label.ORG: lambda: self._kind(words, lists.org_kinds) or "a local organisation",
            Label.HEALTH: lambda: lists.conditions.get(low, "a health condition"),
            Label.FAMILY: lambda: lists.family.get(low, "kids"),
            Label.OCCUPATION: lambda: lists.occupations.get(low, "professional"),
            Label.DEMOGRAPHIC: lambda: _background(before, after),
            Label.EVENT: lambda: _event(words),
        }
        return self._fitted(wordings[label]() if label in wordings else _PLAIN[label], before)

    def _name(self, detail: Detail, before: str) -> Edit:
        start = detail.start
        if title := _TITLE.search(before):
            start = title.start()
            before = before[:start]
        person = self.people[detail.start]
        if _KIN.search(before.rstrip()) and before.endswith(" "):
            self.mentioned.add(person)
            return Edit(start - 1, detail.end, "")
        wording = (
            ("a client" if person not in self.mentioned else "my client")
            if person == 0
            else ("someone else" if person > 1 else "another person")
        )
        self.mentioned.add(person)
        return Edit(start, detail.end, self._fitted(wording, before))

    def _age(self, detail: Detail, before: str, after: str, words: str) -> Edit:
        as_noun, as_adjective, said = _band(words)
        if before.endswith("(") and after.startswith(")"):
            bare = re.match(r"(?:a|an)\b", said) is None
            return Edit(detail.start - bare, detail.end + bare, said)
        unit = _AGE_UNIT.match(after)
        if unit:
            end = detail.end + unit.end()
            noun = re.match(r"\s+([A-Za-z]+)", self.text[end:])
            described = noun is not None and (
                noun[1].lower() in _PEOPLE or noun[1].lower() in self.lexicons.occupations
            )
            if re.search(
                r"\b(?:an?|the|my|this|that|our|his|her|their|another|one|poor|little|sweet)\s+$", before, re.IGNORECASE
            ):
                return Edit(detail.start, end, as_adjective if described else as_noun)
            return Edit(detail.start, end, said)
        if turns := re.search(r"\b(?:turn(?:s|ed|ing)|aged?|age of|age)\s+$", before, re.IGNORECASE):
            return Edit(turns.start(), detail.end, said if turns[0].lower().startswith("age") else f"is {said}")
        return Edit(detail.start, detail.end, said)

    def _time(self, detail: Detail, before: str, after: str) -> Edit:
        if _SESSION.match(after):
            possessive = len(after) - len(re.sub(r"^(?:'s|’s)", "", after))
            mine = re.search(r"\b(?:my|our|the|this|that|his|her|their|a)\s+$", before, re.IGNORECASE)
            return Edit(detail.start, detail.end + possessive, "" if mine else "a recent")
        if re.search(r"\b(?:my|our)\s+$", before, re.IGNORECASE):
            return Edit(detail.start, detail.end, "client")
        return self._preposed(detail, before, {"on": "recently", "at": "earlier", "since": "since then"}, "recently")

    def _preposed(self, detail: Detail, before: str, wording: dict[str, str], other: str) -> Edit:
        match = re.search(r"\b([a-z]+)\s+(?:the\s+)?$", before, re.IGNORECASE)
        word = match[1].lower() if match else ""
        if match and word in wording:
            return Edit(match.start(), detail.end, wording[word])
        return Edit(detail.start, detail.end, self._fitted(other, before))

    @staticmethod
    def _kind(words: str, kinds: dict[str, str]) -> str | None:
        parts = words.lower().split()
        tails = (" ".join(parts[i:]) for i in range(len(parts)))
        return next((kinds[tail] for tail in tails if tail in kinds), None)

    @staticmethod
    def _fitted(wording: str, before: str) -> str:
        """Drop the wording's own article where the author already has one."""
        last = re.search(r"([\w']+)\s+$", before)
        if last and last[1].lower() in _DETERMINERS and (parts := wording.split(" ", 1))[0] in _DETERMINERS:
            return parts[1] if len(parts) > 1 else ""
        return wording


def _event(words: str) -> str:
    if re.match(r"(?:was|were|is|are|been)\b", words, re.IGNORECASE):
        return f"{words.split(maxsplit=1)[0]} hard on everyone"
    return "had a stroke of luck" if re.match(r"won\b", words, re.IGNORECASE) else _PLAIN[Label.EVENT]


def _background(before: str, after: str) -> str:
    """Return what stands for an origin, a faith or an identity: nothing before a noun, a person after an article."""
    following = re.match(r"[\s-]+([A-Za-z]+)", after)
    if following and following[1].lower() in _PEOPLE | {
        "family",
        "couple",
        "parents",
        "community",
        "kids",
        "people",
        "guy",
    }:
        return ""
    article = re.search(r"\b(?:an?|the|this|that|my|our|another|one)\s+$", before, re.IGNORECASE)
    return "person" if article else "from a particular background"


def _people(text: str, names: Sequence[Detail]) -> dict[int, int]:
    """Number the people by their names: two mentions that share a word are the same person."""
    known: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for name in names:
        parts = re.findall(r"\w+", text[name.start : name.end].lower())
        person = next((known[part] for part in parts if part in known), len(set(known.values())))
        known.update(dict.fromkeys(parts, person))
        numbers[name.start] = person
    return numbers


def _band(words: str) -> tuple[str, str, str]:
    """Return an age band as a noun ("a thirty-something"), before a noun, and after "is"."""
    age = _number(words)
    if age is None:
        return "person", "", "of a certain age"
    if age >= 1900:
        return f"person born in the {age // 10 * 10}s", "", f"the {age // 10 * 10}s"
    if age < 13:
        return "child", "young", "a young child"
    if age < 20:
        return "teenager", "teenage", "in their teens"
    if age >= 80:
        return "elderly person", "elderly", "elderly"
    return f"{_DECADES[age // 10]}-something", f"{_DECADES[age // 10]}-something", f"in their {age // 10 * 10}s"


def _number(words: str) -> int | None:
    if digits := re.search(r"\d+", words):
        return int(digits[0])
    parts = re.findall(r"[a-z]+", words.lower())
    known = [_COUNTED[part] for part in parts if part in _COUNTED]
    return sum(known) if known else None
