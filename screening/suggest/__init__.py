"""The rewrite: the draft without its findings, still readable as the author's own words."""

# A pattern or a word list is read whole.
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from screening.lexicons import Lexicons
from screening.results import Label
from screening.suggest import ages, codes, lives, places, traits, whens
from screening.suggest.grammar import REACH, Detail, Edit, Neighbour, Spot
from screening.suggest.naming import Naming
from screening.suggest.page import Page, voice_of
from screening.suggest.people import cast

__all__ = ["Detail", "rewrite"]

_QUOTED = re.compile(r"\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|(?<!\w)'[^'\n]{1,300}'(?!\w)|‘[^’\n]{1,300}’(?!\w)")
_MARKDOWN = re.compile(r"(?<![*_~`|])([*_~`|]{1,3})$")


def rewrite(text: str, details: Sequence[Detail], lexicons: Lexicons) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with every detail generalised, and each detail's own replacement in order.

    ``details`` are in order and do not overlap. A name that comes again unmarked goes as well.
    """
    every = sorted([*details, *_again(text, details, lexicons)], key=lambda detail: detail.start)
    writer = _Writer(text, every, lexicons)
    shown = {detail.start: writer.write(place) for place, detail in enumerate(every)}
    return writer.finish(), tuple(shown[detail.start] for detail in details)


def _again(text: str, details: Sequence[Detail], lexicons: Lexicons) -> list[Detail]:
    """Return further places of the names, written the same, that nobody marked."""
    names = {
        part
        for detail in details
        if detail.label is Label.NAME
        for part in re.findall(r"[^\W\d_]{3,}", text[detail.start : detail.end])
        if part.lower() not in lexicons.common
    }
    found, at, place = [], 0, 0
    for word in re.finditer(r"\w+", text) if names else ():
        while place < len(details) and details[place].end <= word.start():
            place += 1
        covered = place < len(details) and details[place].start < word.end()
        if word[0] in names and not covered and word.start() >= at:
            found.append(Detail(word.start(), word.end(), Label.NAME))
            at = word.end()
    return found


class _Writer:
    """Writes the new draft from left to right."""

    def __init__(self, text: str, details: Sequence[Detail], lexicons: Lexicons) -> None:
        self.text = text
        self.details = details
        self.lexicons = lexicons
        self.cast = cast(text, [detail for detail in details if detail.label is Label.NAME])
        self.voice = voice_of(text, details)
        self.naming = Naming(text, self.cast, tuple(match.span() for match in _QUOTED.finditer(text)))
        self.page = Page(self.voice)
        self.at = 0
        self.last = ""

    def write(self, place: int) -> str:
        """Write up to the end of the detail at ``place`` and return what stands for it."""
        detail = self.details[place]
        self.page.keep(self.text[self.at : detail.start])
        wrap = self._wrap(detail)
        if wrap:
            self.page.tail = self.page.tail[: -len(wrap)]
        spot = self._spot(place, len(wrap))
        edit = self._edit(spot, detail)
        if wrap and edit.text and not edit.back:
            edit = Edit(f"{wrap}{edit.text}{wrap}", 0, edit.ahead)
        if (
            edit.text
            and spot.words.endswith(".")
            and not edit.text.endswith(".")
            and re.match(r"\s+[A-Z\"“]|\s*$|\n", spot.right[edit.ahead :])
        ):
            edit = replace(edit, text=edit.text + ".")
        following = self.details[place + 1].start if place + 1 < len(self.details) else len(self.text)
        self.at = min(detail.end + len(wrap) + edit.ahead, following)
        self.last = self.page.put(edit, detail, self.text)
        return self.last

    def finish(self) -> str:
        """Write the rest and return the whole."""
        self.page.keep(self.text[self.at :])
        return self.page.finish()

    def _wrap(self, detail: Detail) -> str:
        """Return the markdown signs around a detail."""
        found = _MARKDOWN.search(self.text[max(0, detail.start - 4) : detail.start])
        closes = (
            found is not None and self.text.startswith(found[1][::-1], detail.end) and self.page.tail.endswith(found[1])
        )
        return found[1] if found and closes else ""

    def _spot(self, place: int, wrap: int) -> Spot:
        detail = self.details[place]
        start = detail.end + wrap
        return Spot(
            detail.label,
            self.text[detail.start : detail.end],
            self.page.tail[-REACH:],
            self.text[start : start + REACH],
            self.cast.possessive(detail.start),
            self.voice.client,
            self._beside(place - 1, place, self.last),
            self._beside(place + 1, place, ""),
        )

    def _beside(self, other: int, place: int, text: str) -> Neighbour | None:
        if not 0 <= other < len(self.details):
            return None
        first, second = sorted((other, place))
        gap = self.text[self.details[first].end : self.details[second].start]
        return Neighbour(self.details[other].label, gap, text) if len(gap) <= REACH else None

    def _edit(self, spot: Spot, detail: Detail) -> Edit:
        match detail.label:
            case Label.NAME:
                return self.naming.worded(spot, detail.start)
            case Label.AGE:
                return ages.worded(spot)
            case Label.DATE | Label.TIME:
                return whens.worded(spot)
            case Label.EVENT:
                return lives.event(spot)
        way = _WITH_LEXICONS.get(detail.label)
        return way(spot, self.lexicons) if way else codes.worded(spot)


_WITH_LEXICONS = {
    Label.LOCATION: places.worded,
    Label.ORG: places.worded,
    Label.OCCUPATION: traits.occupation,
    Label.DEMOGRAPHIC: traits.demographic,
    Label.HEALTH: lives.health,
    Label.FAMILY: lives.family,
    Label.UNIQUE: lives.unique,
}
