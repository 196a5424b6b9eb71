"""Addresses and numbers that are spelled out in words: jane dot doe at gmail dot com, five five five oh one four two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.disguises import Edit, replaced

_TLD = (
    r"(?:com|org|net|edu|gov|co|io|info|me|app|blog|news|site|online|uk|us|ca|au|nz|in|za|ng|ke|sg|ph|ie|eu|tv|example)"
)
_PROVIDER = r"(?:g ?mail|googlemail|yahoo|ymail|hotmail|outlook|icloud|live|msn|aol|proton(?:mail)?|rediffmail|bigpond|xtra|btinternet)"
_OPEN, _CLOSE = r"[\[({<]\s*", r"\s*[\])}>]"
_SPELLED_DOT = rf"\s*(?:{_OPEN}(?:dot|period|point|\.){_CLOSE}|\b(?:dot|period|full stop)\b)\s*"
_DOT = rf"(?:{_SPELLED_DOT}|\s?[.,]\s?)"
_SPELLED_AT = rf"\s*(?:{_OPEN}(?:at|@){_CLOSE}|\bat the rate(?: of)?\b|(?-i:\bAT\b))\s*"
_JOINT = rf"(?:{_SPELLED_DOT}|[.\-_+]|\s*\b(?:underscore|dash|hyphen|plus)\b\s*|\s(?=\d))"
_LOCAL = rf"(?<![\w.])\w+(?:{_JOINT}\w+){{0,6}}"
_EMAIL = re.compile(
    rf"(?P<local>{_LOCAL})(?:"
    rf"(?:{_SPELLED_AT}|\s?@\s?)(?P<any>(?:[\w-]+{_DOT}){{1,3}}{_TLD}\b|{_PROVIDER}\b(?:{_DOT}{_TLD}\b){{0,2}})"
    rf"|\s+at\s+(?P<spelled>(?:[\w-]+{_SPELLED_DOT}){{1,3}}{_TLD}\b|{_PROVIDER}(?:{_DOT}{_TLD}\b){{1,2}}))",
    re.IGNORECASE,
)
_SLASH = r"(?:\s?/\s?|\s+(?:(?:fwd|forward)\s+)?(?:slash|stroke)\s+)"
_LINK = re.compile(
    rf"(?:\bh\s?[tx]\s?[tx]\s?p\s?s?\s*(?::|colon)\s*{_SLASH}\s*{_SLASH}?\s*)?(?<![\w@.])[\w-]+(?:{_DOT}[\w-]+){{0,2}}{_SPELLED_DOT}{_TLD}\b"
    rf"(?:{_SPELLED_DOT}{_TLD}\b)?(?:{_SLASH}[\w.-]+(?:\s+(?:hyphen|dash)\s+[\w.-]+){{0,6}}){{0,6}}",
    re.IGNORECASE,
)
_SIGNS = (
    (re.compile(_SPELLED_DOT, re.IGNORECASE), "."),
    (re.compile(_SLASH, re.IGNORECASE), "/"),
    (re.compile(r"\s*\bunderscore\b\s*", re.IGNORECASE), "_"),
    (re.compile(r"\s*\b(?:dash|hyphen)\b\s*", re.IGNORECASE), "-"),
    (re.compile(r"\s*\bplus\b\s*", re.IGNORECASE), "+"),
    (re.compile(r"\s*\bcolon\b\s*", re.IGNORECASE), ":"),
    (re.compile(r"\s*,\s*"), "."),
    (re.compile(r"\s+"), ""),
)
_SPACED_STOPS = re.compile(r"(?<![\w.])\d{1,3}(?:\s{1,2}\.\s{1,2}\d{1,3}){3}(?!\w|\.\d)")
_ALPHABET = re.compile(
    r"\b[A-Za-z] (?:for|as in) (?:the )?[A-Za-z]+(?:,? (?:then |and )?[A-Za-z] (?:for|as in) (?:the )?[A-Za-z]+(?: again)?){2,20}"
)
_DIGIT_WORDS = {
    **dict(zip("zero one two three four five six seven eight nine".split(), "0123456789", strict=True)),
    "oh": "0",
    "o": "0",
    "nought": "0",
    "nil": "0",
    "niner": "9",
}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_ONE_DIGIT = "|".join(_DIGIT_WORDS)
_DIGIT_RUN = re.compile(
    rf"\b(?:(?:double|triple|treble|{_ONE_DIGIT}|\d)[ ,.\-–/]{{1,3}}){{3,40}}(?:{_ONE_DIGIT}|\d+)\b", re.IGNORECASE
)


def addresses(text: str) -> Iterator[Edit]:
    """E-mail addresses and links whose signs are words or in brackets."""
    low = text.lower()
    if "@" in text or "at" in low:
        yield from replaced(_EMAIL, text, _email)
    if "dot" in low or "[.]" in text or "(.)" in text:
        yield from replaced(_LINK, text, lambda match: _signs(match[0]))


def alphabet(text: str) -> Iterator[Edit]:
    """J for jam, A for apple …"""
    return replaced(_ALPHABET, text, lambda m: "".join(re.findall(r"\b([A-Za-z]) (?:for|as)", m[0])).capitalize())


def digits(text: str) -> Iterator[Edit]:
    """Five five five, oh one four two; 203 . 0 . 113 . 7."""
    yield from replaced(_DIGIT_RUN, text, lambda match: _digits(match[0]))
    yield from replaced(_SPACED_STOPS, text, lambda match: re.sub(r"\s", "", match[0]))


def _email(match: re.Match[str]) -> str:
    return f"{_signs(match['local'])}@{_signs(match['any'] or match['spelled'])}"


def _signs(words: str) -> str:
    for pattern, sign in _SIGNS:
        words = pattern.sub(sign, words)
    return words


def _digits(run: str) -> str | None:
    """Turn a run of spoken digits into digits, unless somebody is counting."""
    tokens = re.findall(r"[a-z]+|\d", run.lower())
    if not any(token.isalpha() and len(token) > 2 for token in tokens):
        return None
    out = ""
    times = 1
    for token in tokens:
        if token in _TIMES:
            times = _TIMES[token]
            continue
        out += _DIGIT_WORDS.get(token, token) * times
        times = 1
    return None if out in "0123456789" or out in "9876543210" else out
