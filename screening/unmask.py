"""Hidden letters made plain, with a map back to the text as its author wrote it.

Every step is an edit of the text so far, and the map is edited with it, so that a finding
in the plain text can always be shown in the author's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

# Letters that look like Latin ones. From Unicode's confusables (UTS #39), the Cyrillic, Greek,
# Armenian and IPA letters that stand for a Latin letter in ordinary typefaces.
_LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтгАВЕКМНОРСТУХІЈЅԌԚԜαορνικυτεΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհԁքցɡɑıοɩʟɴʀʏƖᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "aeopcyxijshdqwBKMHTrABEKMHOPCTYXIJSGQWaopvikuteABEZHIKMNOPTYXounhdfggaiolLNRYlabcdefghijklmnoprstuvwyz",
        strict=True,
    )
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_REGIONAL = 0x1F1E6
_MARKUP_IN_WORD = re.compile(r"(?<=\w)(?:\*{1,3}|__|~~|\|\||`)(?=\w)")
_MARKUP_AROUND = re.compile(r"\*{1,3}|__|~~|\|\||`{1,3}")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_](?P<gap>[ .\-_*·|/]{1,2})(?:[^\W\d_](?P=gap)){2,}[^\W\d_])(?![^\W_])")
_LEET = str.maketrans("013457$@!", "oieastsai")
_LEET_WORD = re.compile(r"(?<![\w$@!])(?=[\w$@!]*[A-Za-z])(?=[\w$@!]*[013457$@!])[\w$@!]{3,}(?![\w$@])")
_DIGIT_WORDS = {
    **dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)),
    "oh": "0",
    "o": "0",
    "nought": "0",
    "niner": "9",
}
_ONE_DIGIT = "|".join(_DIGIT_WORDS)
_DIGIT_RUN = re.compile(
    rf"\b(?:(?:double|triple|{_ONE_DIGIT}|\d)[ ,.\-–/]{{1,3}}){{3,}}(?:{_ONE_DIGIT}|\d)\b", re.IGNORECASE
)
_SPELLED_AT = re.compile(
    r"(?<=\w)\s*[\[({<]?\s*\b(?:at)\b\s*[\])}>]?\s*(?=[\w-]+\s*(?:\.|[\[({<]\s*dot\s*[\])}>]|\sdot\s))", re.IGNORECASE
)
_SPELLED_DOT = re.compile(r"(?<=\w)\s*(?:[\[({<]\s*(?:dot|\.)\s*[\])}>]|\sdot\s)\s*(?=\w)", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


class _Tape:
    """The text under work and where each of its characters came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = list(range(len(text)))
        self.ends = [i + 1 for i in range(len(text))]
        self.hidden = bytearray(len(text))

    def apply(self, edits: Iterable[_Edit], *, hidden: bool) -> None:
        """Replace each edit's span; edits are in order and do not overlap."""
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
            elif hidden and flags and edit.start > 0:
                flags[-1] = 1
            at = edit.end
        if at == 0 and not parts:
            return
        self.text = "".join([*parts, self.text[at:]])
        self.starts = starts + self.starts[at:]
        self.ends = ends + self.ends[at:]
        self.hidden = flags + self.hidden[at:]

    def disguised(self) -> tuple[tuple[int, int], ...]:
        return tuple(match.span() for match in re.finditer(b"\x01+", self.hidden))


def unmask(text: str, *, words: Container[str] = frozenset(), names: Container[str] = frozenset()) -> Unmasked:
    """Return ``text`` with its disguises undone, in time linear in its length.

    ``words`` (ordinary lower-case words) and ``names`` (lower-case) decide whether a spaced or
    leet-spelled run really hides something; without them only letters are made plain.
    """
    tape = _Tape(text)
    tape.apply(_compatible(tape.text), hidden=False)
    tape.apply([_Edit(*m.span(), "") for m in _INVISIBLE.finditer(tape.text)], hidden=True)
    tape.apply(_look_alikes(tape.text), hidden=True)
    tape.apply(_emoji_letters(tape.text), hidden=True)
    tape.apply([_Edit(*m.span(), "") for m in _MARKUP_IN_WORD.finditer(tape.text)], hidden=True)
    tape.apply([_Edit(*m.span(), " " * len(m[0])) for m in _MARKUP_AROUND.finditer(tape.text)], hidden=False)
    tape.apply(_replace(_SPACED, tape.text, lambda m: m[0].replace(m["gap"], "")), hidden=True)
    tape.apply(_replace(_LEET_WORD, tape.text, lambda m: _unleet(m[0], words, names)), hidden=True)
    tape.apply(_replace(_DIGIT_RUN, tape.text, lambda m: _digits(m[0])), hidden=True)
    if " dot " in tape.text.lower() or "dot)" in tape.text.lower() or "dot]" in tape.text.lower():
        tape.apply([_Edit(*m.span(), "@") for m in _SPELLED_AT.finditer(tape.text)], hidden=True)
        tape.apply([_Edit(*m.span(), ".") for m in _SPELLED_DOT.finditer(tape.text)], hidden=True)
    return Unmasked(tape.text, tuple(tape.starts), tuple(tape.ends), tape.disguised())


def _replace(pattern: re.Pattern[str], text: str, new: Callable[[re.Match[str]], str | None]) -> Iterable[_Edit]:
    for match in pattern.finditer(text):
        plain = new(match)
        if plain is not None and plain != match[0]:
            yield _Edit(*match.span(), plain)


def _compatible(text: str) -> Iterable[_Edit]:
    """Full-width, circled, mathematical letters; ligatures; combining marks piled on a letter."""
    if text.isascii():
        return
    base = ""
    for at, char in enumerate(text):
        if unicodedata.combining(char):
            composed = unicodedata.normalize("NFC", base + char)
            if (base and len(composed) == 1 and composed.isalpha()) or base:
                yield _Edit(at, at + 1, "")
            continue
        base = char
        plain = _plain_quotes(char) if not char.isalnum() else unicodedata.normalize("NFKC", char)
        if plain != char and plain.isprintable():
            yield _Edit(at, at + 1, plain)


def _plain_quotes(char: str) -> str:
    if char in "‘’ʼ＇":
        return "'"
    if char in "“”":
        return '"'
    if char in "‐‑‒":
        return "-"
    if char.isspace() and char != "\n":
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 or plain.isalnum() else char


def _look_alikes(text: str) -> Iterable[_Edit]:
    """Look-alike letters in a word that also has Latin ones, or in a post that is Latin on the whole."""
    if text.isascii():
        return
    foreign = sum(1 for c in text if c in _LOOK_ALIKES)
    latin = sum(1 for c in text if c.isascii() and c.isalpha())
    if not foreign or latin < foreign:
        return
    for at, char in enumerate(text):
        if char in _LOOK_ALIKES:
            yield _Edit(at, at + 1, _LOOK_ALIKES[char])


def _emoji_letters(text: str) -> Iterable[_Edit]:
    """Regional-indicator letters (🇸🇦🇷🇦🇭), apart from a pair that is a flag on its own."""
    for match in re.finditer("(?:[\U0001f1e6-\U0001f1ff][ \u200b]?){3,}", text):
        letters = "".join(chr(ord(c) - _REGIONAL + ord("a")) for c in match[0] if ord(c) >= _REGIONAL)
        yield _Edit(*match.span(), letters + (" " if match[0][-1] == " " else ""))


def _unleet(word: str, words: Container[str], names: Container[str]) -> str | None:
    """Read digits as letters when that makes a name and nothing else explains them."""
    plain = word.lower().translate(_LEET).rstrip("i" if word.endswith("!") else "")
    if word.strip("!").isalpha() or plain in words or plain not in names:
        return None
    return plain.capitalize() + word[len(plain) :]


def _digits(run: str) -> str | None:
    """Turn "five five five, oh one" into digits when at least one of them was spelled out."""
    tokens = re.findall(r"[a-z]+|\d", run.lower())
    if not any(token.isalpha() and len(token) > 2 for token in tokens):
        return None
    out = ""
    times = 1
    for token in tokens:
        if token in ("double", "triple"):
            times = 2 if token == "double" else 3  # noqa: S105 - a spoken digit
            continue
        out += _DIGIT_WORDS.get(token, token) * times
        times = 1
    return out
