"""From candidates to findings: drop what is no detail, keep what weighs enough, settle overlaps, find every mention."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from screening.context import CALENDAR
from screening.dates import AGE_UNIT, has_figure, names_a_day
from screening.features import Words
from screening.lexicons import Lexicons
from screening.results import DIRECT_LABELS, NEVER_ALLOWED, Context, Label
from screening.rules import Candidate

# A model as sure as this may know a misspelled figure or a holiday that no list has.
_SURE = 0.8
_FIGURES = frozenset({Label.AGE, Label.ID, Label.PHONE, Label.IP})
_WORDS = frozenset({Label.NAME, Label.LOCATION, Label.ORG, Label.DATE})
# Chosen on the development set: few clean posts are held, and of the others little is missed.
ENOUGH_DIRECT = 0.6
ENOUGH_CONTEXTUAL = 0.35
# In a draft that is held anyway, a detail too many costs a word, a detail too few a confidence.
ENOUGH_WHEN_HELD = 0.17
# The same for what only a list or a capital speaks for, and for contextual details.
ENOUGH_LISTED_WHEN_HELD = 0.4
ENOUGH_CONTEXTUAL_WHEN_HELD = 0.3
# How likely a wider candidate must be for a sure one inside it to grow to it.
ENOUGH_WHEN_GROWN = 0.3
_WIDEST = 80
# Sources that see that something is hidden or named, but not what it is.
_GUESSING = frozenset({"capital", "hidden", "hashtag"})
# Sources that see what a word or number can be, but not what it is here.
_LISTED = frozenset({"lexicon", "kind", "long digit run"})
_LEADING = re.compile(
    r"^(?:the|a|an|my|her|his|their|our|mr|mrs|ms|miss|mx|dr)\b\.?\s+|^['’]s\b|^[\s\"'(\[*_~|#]+", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:['’]s|[\s\"')\]*_~|,;:!?]|(?<![A-Z])\.)+$")
_BAND = re.compile(r"^(?:\d0s|(?:early|mid|late)[- ]\d0s|teen(?:s|ager)?|elderly|(?:19|20)\d\d)$", re.IGNORECASE)


def prepared(candidates: Iterable[Candidate], doc: Doc, lexicons: Lexicons) -> list[Candidate]:
    """Return the candidates worth weighing: tidy, each once, without what is never a detail."""
    text = Words.of(doc).text
    tidy = _without_eponyms([_tidy(candidate, text) for candidate in candidates])
    found = {(c.start, c.end, c.label, c.source): c for c in tidy if c.start < c.end}
    return [c for c in found.values() if not _is_no_detail(c, text, lexicons)]


def resolve(
    candidates: Sequence[Candidate], weights: Sequence[float], doc: Doc, context: Context, lexicons: Lexicons
) -> tuple[Candidate, ...]:
    """Return the candidates that are details, in order and without overlaps; offsets index ``Words.of(doc).text``.

    ``weights`` say how likely each candidate is; it becomes the score.
    """
    text = Words.of(doc).text
    peers = {part for name in context.peers for part in (name.lower(), *name.lower().split()) if len(part) > 1}
    weighed = [replace(c, score=weight) for c, weight in zip(candidates, weights, strict=True)]
    weighed = [c for c in weighed if not _is_allowed(text[c.start : c.end], c.label, context, peers)]
    kept = [c for c in weighed if c.score >= (ENOUGH_DIRECT if c.label in DIRECT_LABELS else ENOUGH_CONTEXTUAL)]
    if any(c.label in DIRECT_LABELS for c in kept):
        kept = [c for c in weighed if c.score >= _enough_when_held(c)]
    kept = _labelled(kept, weighed)
    kept += _other_mentions(kept, doc, lexicons, peers | {allowed.term.lower() for allowed in context.allowed})
    chosen = sorted(_without_overlaps(kept), key=lambda c: c.start)
    return tuple(_joined(_grown(chosen, weighed, doc, lexicons), text))


def _labelled(kept: Iterable[Candidate], weighed: Iterable[Candidate]) -> list[Candidate]:
    """Give what a list or a guess found the label that a pattern or the models see in the same words.

    Any town is somebody's name: a list knows what a word can be, what stands around it says what it is.
    """
    known: dict[tuple[int, int], Candidate] = {}
    for c in sorted(weighed, key=lambda c: (c.source not in _LISTED, c.score)):
        if c.source not in _GUESSING and c.label in DIRECT_LABELS:
            known[c.start, c.end] = c
    unsure = _GUESSING | _LISTED
    named = ((c, known.get((c.start, c.end), c) if c.source in unsure else c) for c in kept)
    return [replace(c, label=other.label, reason=other.reason) for c, other in named]


def _enough_when_held(candidate: Candidate) -> float:
    if candidate.label not in DIRECT_LABELS:
        return ENOUGH_CONTEXTUAL_WHEN_HELD
    return ENOUGH_LISTED_WHEN_HELD if candidate.source in ("lexicon", "capital") else ENOUGH_WHEN_HELD


def _without_eponyms(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Drop names and places that are part of a condition's name, such as Huntington's."""
    ends: dict[int, int] = {}
    for c in candidates:
        if c.label is Label.HEALTH and c.source == "lexicon":
            ends.update(dict.fromkeys(range(c.start, c.end), c.end + 2))
    for c in candidates:
        if c.label not in (Label.NAME, Label.LOCATION, Label.ORG) or c.end > ends.get(c.start, 0):
            yield c


def _tidy(candidate: Candidate, text: str) -> Candidate:
    """Shrink the span to the words that carry the detail: no article, title, possessive, punctuation."""
    start, end = candidate.start, candidate.end
    words = text[start:end]
    if candidate.label in NEVER_ALLOWED and candidate.source != "models":
        return candidate
    if candidate.label in (Label.UNIQUE, Label.EVENT) or (
        candidate.label is Label.HEALTH and candidate.source == "lexicon"
    ):
        return candidate
    while lead := _LEADING.match(words):
        start += lead.end()
        words = text[start:end]
    if tail := _TRAILING.search(words):
        end -= len(words) - tail.start()
    return replace(candidate, start=start, end=max(start, end))


def _is_no_detail(candidate: Candidate, text: str, lexicons: Lexicons) -> bool:
    """Eponyms, drugs, scales, public figures, states and countries, bare years and age bands."""
    words = text[candidate.start : candidate.end].lower()
    sure = candidate.source == "models" and candidate.score >= _SURE
    if not sure and _lacks_substance(candidate.label, words, lexicons):
        return True
    known = words in lexicons.never or words in lexicons.public_figures or words in lexicons.diagnoses
    if known and candidate.label in (Label.NAME, Label.ORG, Label.LOCATION) and candidate.source != "models":
        return True
    kinds = {Label.LOCATION: lexicons.place_kinds, Label.ORG: lexicons.org_kinds}.get(candidate.label, {})
    if words in kinds or (candidate.label is Label.LOCATION and words in lexicons.regions):
        return True
    if candidate.label is Label.HEALTH and words in lexicons.diagnoses:
        return True
    return bool(_BAND.match(words)) and "born" not in text[max(0, candidate.start - 10) : candidate.start].lower()


def _lacks_substance(label: Label, words: str, lexicons: Lexicons) -> bool:
    """Say whether the words hold nothing that a detail of this label is made of: a figure, a letter, a month or holiday."""
    if label in _FIGURES:
        return not has_figure(words)
    if label is Label.DATE:
        return not (has_figure(words) or names_a_day(words) or _holiday_words(lexicons) & set(words.split()))
    return label in _WORDS and sum(map(str.isalnum, words)) < (4 if not any(map(str.isalpha, words)) else 1)


@lru_cache(maxsize=2)
def _holiday_words(lexicons: Lexicons) -> frozenset[str]:
    return (
        frozenset(word for name in lexicons.holidays for word in name.split() if len(word) > 2) - lexicons.common.keys()
    )


def _is_allowed(words: str, label: Label, context: Context, peers: set[str]) -> bool:
    if label in NEVER_ALLOWED:
        return False
    return (label is Label.NAME and words.lower() in peers) or any(a.covers(words, label) for a in context.allowed)


def _other_mentions(kept: Sequence[Candidate], doc: Doc, lexicons: Lexicons, spared: set[str]) -> Iterator[Candidate]:
    """Yield every further mention of an accepted name, place or organisation, in any case if the word is rare."""
    wanted: dict[str, Candidate] = {}
    text = Words.of(doc).text
    for candidate in kept:
        if candidate.label in _WORDS - {Label.DATE}:
            for part in re.findall(r"[^\W\d_][\w'’-]*", text[candidate.start : candidate.end]):
                low = part.lower()
                is_name = candidate.label is Label.NAME
                if len(low) > 2 and low not in spared and (is_name or len(part) == candidate.end - candidate.start):
                    wanted.setdefault(low, candidate)
    words = Words.of(doc)
    for written, low, start in zip(words.texts, words.lows, words.starts, strict=True) if wanted else ():
        stem = low if low in wanted else low.removesuffix("s")
        if stem not in wanted:
            continue
        common = stem in lexicons.common or stem in lexicons.ambiguous_names
        if common and not written[0].isupper():
            continue
        if stem != low and (common or low in lexicons.common):
            continue
        first = wanted[stem]
        yield replace(first, start=start, end=start + len(stem), score=first.score * 0.95)


def _grown(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], doc: Doc, lexicons: Lexicons
) -> Iterator[Candidate]:
    """Widen names, places and organisations to the whole of what is named, as far as the next finding."""
    words = Words.of(doc)
    wide = sorted((c for c in candidates if c.label in _WORDS and c.score >= ENOUGH_WHEN_GROWN), key=lambda c: c.start)
    left = 0
    for place, finding in enumerate(chosen):
        right = chosen[place + 1].start if place + 1 < len(chosen) else len(Words.of(doc).text)
        grown = finding
        if finding.label is Label.AGE and (unit := AGE_UNIT.match(words.text, finding.end, right)):
            grown = replace(finding, end=unit.end())
        elif finding.label in _WORDS:
            grown = _over_wider(finding, wide, left, right)
            if finding.label is not Label.DATE:
                grown = _over_capitals(grown, words, (left, right), lexicons)
        yield grown
        left = grown.end


def _joined(findings: Iterable[Candidate], text: str) -> list[Candidate]:
    """Make one of two names with nothing but a space between them: a first and a last name."""
    joined: list[Candidate] = []
    for finding in findings:
        last = joined[-1] if joined else None
        if last and last.label is finding.label is Label.NAME and text[last.end : finding.start] == " ":
            joined[-1] = replace(last, end=finding.end, score=max(last.score, finding.score))
        else:
            joined.append(finding)
    return joined


def _over_wider(finding: Candidate, wide: Sequence[Candidate], left: int, right: int) -> Candidate:
    """Return the widest candidate around a finding that reaches into no other, or the finding."""
    first = bisect_left(wide, finding.start - _WIDEST, key=lambda c: c.start)
    last = bisect_right(wide, finding.start, key=lambda c: c.start)
    around = [c for c in wide[first:last] if left <= c.start and finding.end <= c.end <= right]
    best = max(around, key=lambda c: c.end - c.start, default=finding)
    return (
        replace(finding, start=best.start, end=best.end)
        if best.end - best.start > finding.end - finding.start
        else finding
    )


def _over_capitals(finding: Candidate, words: Words, room: tuple[int, int], lexicons: Lexicons) -> Candidate:
    """Return the finding with the capital words and the kinds of place around it: Knights of Columbus, Kondele roundabout."""
    first = bisect_right(words.starts, finding.start) - 1
    last = bisect_left(words.ends, finding.end)
    if first < 0 or last >= len(words.texts) or not words.texts[first][0].isupper():
        return finding
    kinds = lexicons.place_kinds.keys() | lexicons.org_kinds.keys()
    while last + 1 < len(words.texts) and words.ends[last + 1] <= room[1] and _goes_on(words, last, last + 1, kinds):
        last += 1
    while first > 1 and words.starts[first - 1] >= room[0] and _begins(words, first - 1):
        first -= 1
    return replace(finding, start=min(finding.start, words.starts[first]), end=max(finding.end, words.ends[last]))


def _goes_on(words: Words, one: int, other: int, kinds: Collection[str]) -> bool:
    touching = words.starts[other] - words.ends[one] <= 1
    text, low = words.texts[other], words.lows[other]
    named = text[0].isupper() and text.isalpha() and len(text) > 1 and not text.isupper() and low not in CALENDAR
    return touching and (named or (low in kinds and words.starts[other] > words.ends[one]))


def _begins(words: Words, i: int) -> bool:
    """Say whether a capital word, or "of" after one, leads on to the next word; the first word of a sentence does not."""
    low, before = words.lows[i], words.texts[i - 1]
    if words.starts[i + 1] - words.ends[i] != 1:
        return False
    if low in ("of", "de", "the"):
        return low == "of" and before[0].isupper() and before.isalpha()
    inside = before.isalnum() and words.starts[i] - words.ends[i - 1] == 1
    text = words.texts[i]
    return (
        inside and text[0].isupper() and text.isalpha() and len(text) > 1 and not text.isupper() and low not in CALENDAR
    )


def _rank(candidate: Candidate) -> tuple[bool, float]:
    """A pattern knows best where a number ends; else what is surer, longer and direct, and no mere guess at the label."""
    by_rule = candidate.label in NEVER_ALLOWED and candidate.source != "models"
    direct = 0.15 if candidate.label in DIRECT_LABELS else 0.0
    guessed = 0.15 if candidate.source in _GUESSING else 0.0
    return by_rule, candidate.score + direct - guessed + 0.01 * min(candidate.end - candidate.start, 30)


def _without_overlaps(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that overlap, keep the one that ranks highest."""
    taken = bytearray(max((c.end for c in candidates), default=0))
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=_rank, reverse=True):
        if not any(taken[candidate.start : candidate.end]):
            taken[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            chosen.append(candidate)
    return chosen
