"""The new draft while it is written: spacing, articles and case stay the author's."""

# A pattern or a word list is read whole.
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from screening.results import Label
from screening.suggest.grammar import REACH, Detail, Edit, article

_SENTENCE = re.compile(r"[^.!?\n]+")
_STARTS = re.compile(r"(?:^|(?<!\.)[.!?][\"'”’)\]*_~]*\s+|\n\s*(?:[-*>•#]+\s*|\d+[.)]\s+)?)[\"'“‘(\[*_~>]*$")
_ABBREVIATED = re.compile(r"\b(?:mr|mrs|ms|dr|st|vs|e\.g|i\.e|approx|no|pt|sr|jr|prof)\.\s*$", re.IGNORECASE)
_FIRST = re.compile(r"(?:^|[.!?]\s+|\n\s*)(?:[-•>#]+\s*)?[\"'“*_(]*([^\W\d_])")

# Written in lower case by everybody.
_PLAIN_LOWER = (Label.URL, Label.EMAIL, Label.HANDLE)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the author writes: sentences begun in lower case, stretches in capitals, what a client is called."""

    lower: bool
    shouted: tuple[tuple[int, int], ...]
    client: str

    def is_shouted(self, at: int) -> bool:
        """Say whether the sentence around ``at`` is in capitals."""
        place = bisect_right(self.shouted, (at, at)) - 1
        near = self.shouted[max(place, 0) : place + 2]
        return any(start <= at <= end for start, end in near)


def voice_of(text: str, details: Sequence[Detail]) -> Voice:
    """Read an author's way of writing from what is no detail."""
    firsts = [match[1] for match in _FIRST.finditer(_blank(text, details))] or [
        match[1] for match in _FIRST.finditer(text)
    ]
    lower = sum(first.islower() for first in firsts) * 2 > len(firsts)
    plain = _blank(text, details)
    return Voice(lower, tuple(_shouted(plain)), _client(plain.lower()))


def _blank(text: str, details: Sequence[Detail]) -> str:
    """Return the text with figures for the letters of the details."""
    blank = list(text)
    for detail in details:
        blank[detail.start : detail.end] = "0" * (detail.end - detail.start)
    return "".join(blank)


def _shouted(plain: str) -> list[tuple[int, int]]:
    letters = [c for c in plain if c.isalpha()]
    loud = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    found = []
    for sentence in _SENTENCE.finditer(plain):
        own = [c for c in sentence[0] if c.isalpha()]
        if (loud and len(own) < 8) or (len(own) >= 8 and sum(c.isupper() for c in own) > 0.8 * len(own)):
            found.append(sentence.span())
    return found


def _client(low: str) -> str:
    counts = {word: len(re.findall(rf"\b{word}s?\b", low)) for word in ("client", "patient", "pt", "student")}
    if counts["client"] or not any(counts.values()):
        return "client"
    return max(("patient", "pt", "student"), key=lambda word: counts[word])


@dataclass(slots=True)
class Page:
    """Takes the author's text and the edits in turn; ``tail`` is the end of what has been written."""

    voice: Voice
    tail: str = ""
    done: list[str] = field(default_factory=list)
    edited: bool = False
    capital: bool = False

    def keep(self, words: str) -> None:
        """Write the author's own words; behind an edit, mend the seam."""
        if self.edited and words:
            words = self._mended(words)
        if self.capital and (first := re.search(r"\w", words)):
            words = words[: first.start()] + words[first.start()].upper() + words[first.end() :]
            self.capital = False
        self.tail += words
        self._settle()

    def put(self, edit: Edit, detail: Detail, text: str) -> str:
        """Write an edit and return its words as they now stand."""
        first = re.search(r"[^\W\d_]", self.tail[len(self.tail) - edit.back :]) if edit.back else None
        lowered = first[0].islower() if first else text[detail.start].islower() and detail.label not in _PLAIN_LOWER
        if edit.back:
            self.tail = self.tail[: max(0, len(self.tail) - edit.back)]
        shown = edit.text
        begins = _STARTS.search(self.tail[-REACH:]) is not None and not _ABBREVIATED.search(self.tail[-12:])
        upper = begins and not self.voice.lower and not lowered
        if self.voice.is_shouted(detail.start):
            shown = shown.upper()
        elif shown and (upper or self.capital):
            shown = shown[0].upper() + shown[1:]
            self.capital = False
        elif not shown and upper and not self.tail.rstrip().endswith("..."):
            self.capital = True
        if shown:
            self._fit_article(shown)
            if self.tail[-1:].isalnum() and shown[0].isalnum():
                shown = " " + shown
        self.tail += shown
        self.edited = True
        return shown

    def finish(self) -> str:
        """Return the whole."""
        if self.edited:
            self.tail = self.tail.rstrip(" ") if not self.tail.endswith("\n") else self.tail
        return "".join([*self.done, self.tail])

    def _settle(self) -> None:
        if len(self.tail) > 8 * REACH:
            self.done.append(self.tail[: -4 * REACH])
            self.tail = self.tail[-4 * REACH :]

    def _mended(self, words: str) -> str:
        self.edited = not words.strip()
        if words[0] == " " and (not self.tail.strip(" ") or self.tail[-1] in ' \n("“'):
            words = words.lstrip(" ")
        if self.tail.endswith("(") and words.startswith(")"):
            self.tail, words = self.tail[:-1].rstrip(" "), words[1:]
        if self.tail.endswith("(") and re.match(r"[,;]\s*", words):
            words = re.sub(r"^[,;]\s*", "", words)
        if self.tail[-1:] == " " and re.match(r"[,.;:!?)](?!\w)", words):
            self.tail = self.tail.rstrip(" ")
        if re.search(r",\s*$", self.tail) and re.match(r"\s*[,.;!?)]", words):
            self.tail, words = re.sub(r",\s*$", "", self.tail), words.lstrip()
        self._fit_article(words)
        return words

    def _fit_article(self, words: str) -> None:
        found = re.search(r"\b(an?)(\s+)$", self.tail, re.IGNORECASE)
        word = re.match(r"[\"'“*_]*([^\W\d_]+)", words)
        if found and word:
            right = article(word[1])
            loud = word[1].isupper() and len(word[1]) > 1 and self.tail[: found.start()].rstrip()[-2:].isupper()
            right = (
                right.upper()
                if loud or (found[1].isupper() and len(found[1]) > 1)
                else right.capitalize()
                if found[1][0].isupper()
                else right
            )
            self.tail = self.tail[: found.start(1)] + right + found[2]
