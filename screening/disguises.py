"""Ways of hiding a word from a filter, each as a function that yields the edits which undo it.

An edit takes effect only where what comes out is more plausible than what stood there: a name, a place or an ordinary
word. Emphasis, lists, codes and swear words must stay what they are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from screening.lexicons import Lexicons

# Letters that look like Latin ones. From Unicode's confusables (UTS #39), the Cyrillic, Greek,
# Armenian, Hebrew and IPA letters that stand for a Latin letter in ordinary typefaces.
_LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝвкмнтгАВЕКМНОРСТУХІЈЅԌԚԜαορνικυτεΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհԁքցɡɑıοɩʟɴʀʏƖᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢנ",
        "aeopcyxijshdqwBKMHTrABEKMHOPCTYXIJSGQWaopvikuteABEZHIKMNOPTYXounhdfggaiolLNRYlabcdefghijklmnoprstuvwyzj",
        strict=True,
    )
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_REGIONAL = 0x1F1E6
# Negative circled and squared capitals have no compatibility form in Unicode.
_ENCLOSED = {first + i: chr(ord("A") + i) for first in (0x1F150, 0x1F170) for i in range(26)}
_ENTITY = re.compile(r"&#x?[0-9a-fA-F]{2,6};")
_TAG_IN_WORD = re.compile(r"(?<=\w)</?[a-z]{1,6}>(?=\w)|(?<=\w)</?[a-z]{1,6}>", re.IGNORECASE)
_PAIR = re.compile(r"(?P<mark>\*{1,3}|__|~~|\|\||`)(?P<inside>[^\s*_~|`]{1,40})(?P=mark)")
_MARK_IN_WORD = re.compile(r"(?<=\w)(?:__|~~|\|\||`)(?=\w)")
_MARKUP_AROUND = re.compile(r"(?<!\w)\*{1,3}|\*{1,3}(?!\w)|__|~~|\|\||`{1,3}")
_MASKED = re.compile(r"(?<![\w*])[^\W\d_]+(?:\*{1,3}[^\W\d_]*){1,4}(?![\w*])")
_MOST_MASKED = 20
# Swear words are starred more often than names are.
_SWEARING = re.compile(
    r"f\w*k\w*|sh\w?t\w*|b\w*t?ch\w*|a\w{1,2}(?:hole)?s?|d\w?mn\w*|c\w?nt|bull\w*|pi\w*d?|cr\w?p\w*|h\w?ll|bl\w+y|w\w?nk\w*|go\w*|je\w*",
    re.IGNORECASE,
)
_GAP = r"(?: ?[.\-_*·•|/~,…↵\n] ?| {1,2}|\.{2,3} ?)"
_SINGLES = re.compile(rf"(?<![\w@#'])[^\W_](?P<gap>{_GAP})(?:[^\W_](?P=gap))+[^\W_](?![\w])")
_EMOJI = "[\u2190-\u2bff\U0001f300-\U0001faff]"
_BETWEEN_EMOJI = re.compile(
    rf"(?<!\w)[^\W\d_](?: ?(?P<emoji>{_EMOJI})\ufe0f? ?)(?:[^\W\d_] ?(?P=emoji)\ufe0f? ?)+[^\W\d_]?(?!\w)"
)
_SPLIT = re.compile(
    r"(?<![\w@/.:])[^\W\d_]{1,12}(?:(?P<gap>_|\||·|•|…|~|↵|-|\.| - | \| | \. )[^\W\d_]{1,12})(?:(?P=gap)[^\W\d_]{1,12}){0,5}(?![\w@/])"
)
_BRACKETED = re.compile(r"(?<!\w)[^\W\d_]{2,12}\([^\W\d_]{1,10}\)[^\W\d_]{0,10}(?!\w)")
_LETTER_IN_BRACKETS = re.compile(r"(?<!\w)(?:[(\[][^\W\d_][)\]] ?){3,}")
_LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a", "!": "i", "8": "b", "6": "g"}
_LEET_WORD = re.compile(r"(?<![\w$@!#.])(?=[\w$@!]*[A-Za-z])(?=[\w$@!]*[01345678$@!])[\w$@!]{3,24}(?![\w$@])")
# What stays as it is written: ordinals, hours, ages, doses, decades, codes of diagnoses, "any1".
_NO_LEET = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|ish|yo|yr|yrs|mo|mg|ml|mcg|kg|lb|lbs|cm|mm|km|ft|in|k|m|x|hr|hrs|h|min|mins|d|w|g|a|b|c)|"
    r"[a-z]\d+\w?|\w{2,3}\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands instead of ``start:end`` of the text under work."""

    start: int
    end: int
    text: str


def compatible(text: str) -> Iterator[Edit]:
    """Full-width, circled, mathematical letters; ligatures; combining marks piled on a letter; entities."""
    if "&#" in text:
        yield from replaced(_ENTITY, text, lambda m: html.unescape(m[0]))
        return
    if text.isascii():
        return
    base = ""
    for at, char in enumerate(text):
        if unicodedata.combining(char):
            composed = unicodedata.normalize("NFC", base + char)
            if (base and len(composed) == 1 and composed.isalpha()) or base:
                yield Edit(at, at + 1, "")
            continue
        base = char
        plain = _ENCLOSED.get(ord(char)) or _plain(char)
        if plain != char and plain.isprintable():
            yield Edit(at, at + 1, plain)


def _plain(char: str) -> str:
    if char in "‘’ʼ＇":
        return "'"
    if char in "“”":
        return '"'
    if char in "‐‑‒":
        return "-"
    if char.isspace() and char != "\n":
        return " "
    plain = unicodedata.normalize("NFKC", char)
    return plain if char.isalnum() or len(plain) == 1 or plain.isalnum() else char


def invisible(text: str) -> Iterator[Edit]:
    """Zero-width and other characters that nobody sees."""
    return replaced(_INVISIBLE, text, lambda _: "")


def look_alikes(text: str) -> Iterator[Edit]:
    """Look-alike letters in a post that is Latin on the whole."""
    if text.isascii():
        return
    foreign = sum(1 for c in text if c in _LOOK_ALIKES)
    latin = sum(1 for c in text if c.isascii() and c.isalpha())
    if not foreign or latin < foreign:
        return
    for at, char in enumerate(text):
        if char in _LOOK_ALIKES:
            yield Edit(at, at + 1, _LOOK_ALIKES[char])


def emoji_letters(text: str) -> Iterator[Edit]:
    """Regional-indicator letters (🇸🇦🇷🇦🇭), apart from a pair that is a flag on its own."""
    for match in re.finditer("(?:[\U0001f1e6-\U0001f1ff][ \u200b]?){3,}", text):
        letters = "".join(chr(ord(c) - _REGIONAL + ord("a")) for c in match[0] if ord(c) >= _REGIONAL)
        yield Edit(*match.span(), letters + (" " if match[0][-1] == " " else ""))


def markup_in_words(text: str) -> Iterator[Edit]:
    """Markdown and tags within a word: Sa**ra**h, Mer<i>ce</i>des."""
    if "<" in text:
        yield from replaced(_TAG_IN_WORD, text, lambda _: "")
    for match in _PAIR.finditer(text):
        if text[max(0, match.start() - 1)].isalnum() or text[match.end() : match.end() + 1].isalnum():
            yield Edit(match.start(), match.start("inside"), "")
            yield Edit(match.end("inside"), match.end(), "")
    yield from replaced(_MARK_IN_WORD, text, lambda _: "")


def markup(text: str) -> Iterator[Edit]:
    """Markdown around words becomes spaces, so that places stay."""
    return replaced(_MARKUP_AROUND, text, lambda m: " " * len(m[0]))


class WordDisguises:
    """Disguises that only the word lists can tell from ordinary writing."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._lexicons = lexicons

    def spaced(self, text: str) -> Iterator[Edit]:
        """Letters set apart: S a r a h, S.a.r.a.h, one letter a line, letters between emoji."""
        for pattern in (_SINGLES, _BETWEEN_EMOJI):
            for match in pattern.finditer(text):
                signs = list(re.finditer(r"[^\W_]", match[0]))
                if self._is_word("".join(sign[0] for sign in signs)):
                    for one, other in pairwise(signs):
                        between = " " if one[0].islower() and other[0].isupper() else ""
                        yield Edit(match.start() + one.end(), match.start() + other.start(), between)

    def split(self, text: str) -> Iterator[Edit]:
        """Words broken by a bar, a dash, a stop or brackets: Gur|preet, An-na, Kaji(a)do."""
        yield from replaced(_SPLIT, text, self._mended)

    def bracketed(self, text: str) -> Iterator[Edit]:
        """Words with a part in brackets: Noel(ene), (P)(e)(r)(r)(y)."""
        if "(" in text or "[" in text:
            yield from replaced(_LETTER_IN_BRACKETS, text, lambda m: re.sub(r"[^\w]", "", m[0]))
            yield from replaced(_BRACKETED, text, self._mended)

    def leet(self, text: str) -> Iterator[Edit]:
        """Digits and signs that stand for letters: S4rah, $uperM@cs."""
        return replaced(_LEET_WORD, text, self._unleet)

    def masked(self, text: str) -> Iterator[Edit]:
        """Letters starred out of a name: Kirst*n. The first name in the alphabet that fits stands for all."""
        for match in islice(_MASKED.finditer(text) if "*" in text else (), _MOST_MASKED):
            shown = re.sub(r"\*+", lambda m: rf"\w{{{len(m[0])}}}", match[0].lower())
            name = next((n for n in self._first_names() if re.fullmatch(shown, n)), None)
            if name and not _SWEARING.fullmatch(match[0].replace("*", "x")):
                yield Edit(*match.span(), _like(name, match[0]))

    def _first_names(self) -> tuple[str, ...]:
        return tuple(sorted(n for n in self._lexicons.first_names if n not in self._lexicons.common))

    def _is_word(self, letters: str) -> bool:
        """Say whether letters set apart are a hidden word or number rather than a list."""
        count = sum(map(str.isalpha, letters))
        if count == 0:
            return len(letters) > 6
        return count > 2 and (len(letters) > 3 or self._named(letters.lower()))

    def _mended(self, match: re.Match[str]) -> str | None:
        parts = re.findall(r"[^\W\d_]+", match[0])
        word, low = "".join(parts), "".join(parts).lower()
        gap = match.groupdict().get("gap") or "("
        if len(parts) > 1 and all(self._known(part) and len(part) > 3 for part in parts):
            return None
        if low in self._lexicons.common:
            return word if gap not in "-(./" else None
        if self._named(low) and (gap not in "-. - . " or len(low) > 4):
            return word
        return word if gap in ("_", "|", "•", "·", "↵") and len(word) > 4 else None

    def _unleet(self, match: re.Match[str]) -> str | None:
        return self._unleet_word(match[0])

    def _unleet_word(self, word: str) -> str | None:
        """Read signs as letters when that makes a word or a name, or when they stand between small letters."""
        core = word.rstrip("!")
        if core.isalpha() or core.isdigit() or len(core) < 3 or _NO_LEET.fullmatch(core):
            return None
        readings = [""]
        for char in core.lower():
            readings = [r + c for r in readings for c in _LEET.get(char, char)][:4]
        for plain in readings:
            if self._named(plain) or (len(plain) > 4 and plain in self._lexicons.common):
                return _like(plain, core) + word[len(core) :]
        between = re.search(r"[A-Za-z][0134][a-z]", core) and sum(c.isalpha() for c in core) >= 0.6 * len(core)
        return _like(readings[0], core) if between and readings[0].isalpha() and len(core) > 3 else None

    def _known(self, word: str) -> bool:
        low = word.lower()
        return low in self._lexicons.common or self._named(low)

    def _named(self, low: str) -> bool:
        lists = self._lexicons
        return lists.is_name(low) or low in lists.places or low in lists.organisations


def _like(plain: str, written: str) -> str:
    letters = [c for c in written if c.isalpha()]
    if all(c.isupper() for c in letters) and len(letters) > 1:
        return plain.upper()
    return plain.capitalize() if written[:1].isupper() or not written[:1].isalpha() else plain


def replaced(pattern: re.Pattern[str], text: str, new: Callable[[re.Match[str]], str | None]) -> Iterator[Edit]:
    """Yield an edit for each match that ``new`` says something else for."""
    for match in pattern.finditer(text):
        plain = new(match)
        if plain is not None and plain != match[0]:
            yield Edit(*match.span(), plain)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits by place, without those that overlap an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda e: e.start):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
