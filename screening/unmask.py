"""Hidden letters made plain, with a map back to the text as its author wrote it.

Every step is an edit of the text so far, and the map is edited with it, so that a finding
in the plain text can always be shown in the author's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from screening import disguises, spelled
from screening.disguises import Edit, WordDisguises
from screening.lexicons import Lexicons


@dataclass(frozen=True, slots=True)
class Unmasked:
    """The plain text and, for each of its characters, where it came from.

    ``starts[i]`` and ``ends[i]`` bound the author's characters behind plain character ``i``.
    ``disguised`` holds the plain-text spans that had been hidden from a reader's or a filter's eye.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    disguised: tuple[tuple[int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the author's span behind the plain span ``start:end`` (which must not be empty)."""
        return min(self.starts[start:end]), max(self.ends[start:end])


class _Tape:
    """The text under work and where each of its characters came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = list(range(len(text)))
        self.ends = list(range(1, len(text) + 1))
        self.hidden = bytearray(len(text))

    def apply(self, edits: Iterable[Edit], *, hidden: bool) -> None:
        """Replace each edit's span."""
        edits = disguises.in_order(edits)
        if not edits:
            return
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        flags = bytearray()
        at = 0
        for edit in edits:
            parts += self.text[at : edit.start], edit.text
            starts += self.starts[at : edit.start]
            ends += self.ends[at : edit.start]
            flags += self.hidden[at : edit.start]
            if edit.text:
                new = len(edit.text)
                same = new == edit.end - edit.start
                starts += self.starts[edit.start : edit.end] if same else [self.starts[edit.start]] * new
                ends += self.ends[edit.start : edit.end] if same else [self.ends[edit.end - 1]] * new
                flags += bytes([hidden]) * new
            elif hidden and self.text[edit.start - 1 : edit.start].isalnum() and flags:
                flags[-1] = 1
            at = edit.end
        self.text = "".join([*parts, self.text[at:]])
        self.starts = starts + self.starts[at:]
        self.ends = ends + self.ends[at:]
        self.hidden = flags + self.hidden[at:]

    def disguised(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in re.finditer(b"\x01+", self.hidden))


def unmask(text: str, lexicons: Lexicons) -> Unmasked:
    """Return ``text`` with its disguises undone, in time linear in its length."""
    tape = _Tape(text)
    words = WordDisguises(lexicons)
    tape.apply(disguises.compatible(tape.text), hidden=False)
    tape.apply(disguises.invisible(tape.text), hidden=True)
    tape.apply(disguises.look_alikes(tape.text), hidden=True)
    tape.apply(disguises.emoji_letters(tape.text), hidden=True)
    tape.apply(disguises.markup_in_words(tape.text), hidden=True)
    tape.apply(disguises.markup(tape.text), hidden=False)
    tape.apply(words.masked(tape.text), hidden=True)
    tape.apply(words.spaced(tape.text), hidden=True)
    tape.apply(words.bracketed(tape.text), hidden=True)
    tape.apply(words.split(tape.text), hidden=True)
    tape.apply(words.leet(tape.text), hidden=True)
    tape.apply(spelled.alphabet(tape.text), hidden=True)
    tape.apply(spelled.digits(tape.text), hidden=True)
    tape.apply(spelled.addresses(tape.text), hidden=True)
    return Unmasked(tape.text, tuple(tape.starts), tuple(tape.ends), tape.disguised())
