"""Copies of posts that teach what does not matter: capitals, apostrophes, and which name or place it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from screening.lab.corpus import OPTIONAL, Post, Span
from screening.lexicons import Lexicons

# Capitals are a habit, not a law: three in ten posts are also learned in lower case, one in fifteen in capitals.
_LOWER, _UPPER = 0.3, 0.07
_RENAMED = 0.5
# Of the copies in lower case, those without apostrophes, and those without any punctuation.
_BARE, _BARER = 0.4, 0.15
# Posts of which one sentence is also learned alone, and how often that is a sentence with a mark, if there is one.
_SHORT, _MARKED = 0.4, 0.6
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Stock:
    """Names and places to choose from, in a fixed order."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    places: tuple[str, ...]


def varied(posts: Iterable[Post], lists: Lexicons, chance: random.Random) -> Iterator[Post]:
    """Yield each post, and some again with other names, in lower case or in capitals."""
    stock = _Stock(*(_unusual(names, lists) for names in (lists.first_names, lists.last_names, lists.places)))
    for post in posts:
        yield post
        other = _renamed(post, lists, stock, chance) if chance.random() < _RENAMED else post
        if other.text != post.text:
            yield other
        if chance.random() < _SHORT:
            yield sentence_of(other, chance)
        if chance.random() < _LOWER:
            for lower in _recased(other, str.lower):
                kind = chance.random()
                yield _without(".,!?;'’" if kind < _BARER else "'’" if kind < _BARE else "", lower)
        if chance.random() < _UPPER:
            yield from _recased(other, str.upper)


def sentence_of(post: Post, chance: random.Random) -> Post:
    """Return one sentence of a post with its marks, or the post where it has only one: people also write short."""
    ends = [match.end() for match in _SENTENCE_END.finditer(post.text)] + [len(post.text)]
    bounds = [(start, end) for start, end in pairwise([0, *ends]) if post.text[start:end].strip()]
    if len(bounds) < 2:
        return post
    marked = [b for b in bounds if any(b[0] <= s.start and s.end <= b[1] for s in post.spans)]
    start, end = chance.choice(marked if marked and chance.random() < _MARKED else bounds)
    spans = tuple(
        Span(s.start - start, s.end - start, s.label) for s in post.spans if start <= s.start and s.end <= end
    )
    return replace(post, text=post.text[start:end], spans=spans)


def _unusual(names: Iterable[str], lists: Lexicons) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name not in lists.common))


def _recased(post: Post, change: Callable[[str], str]) -> Iterator[Post]:
    changed = change(post.text)
    if changed != post.text and len(changed) == len(post.text):
        yield replace(post, text=changed)


def _without(signs: str, post: Post) -> Post:
    """Return the post without some signs, as typed on a phone."""
    places = [0]
    for char in post.text:
        places.append(places[-1] + (char not in signs))
    spans = tuple(Span(places[s.start], places[s.end], s.label) for s in post.spans)
    text = "".join(char for char in post.text if char not in signs)
    return replace(post, text=text, spans=tuple(span for span in spans if span.start < span.end))


def _renamed(post: Post, lists: Lexicons, stock: _Stock, chance: random.Random) -> Post:
    """Give known names and places in marks other ones; a word keeps its stand-in throughout the post."""
    chosen: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        among = stock.first if low in lists.first_names else stock.last if low in lists.last_names else ()
        if not among or low in lists.common:
            return word
        return _cased(chosen.setdefault(low, chance.choice(among)), word)

    def rewritten(span: Span, words: str) -> str:
        if span.label in ("NAME", OPTIONAL):
            return _WORD.sub(stand_in, words)
        if span.label == "LOCATION" and words.lower() in lists.places:
            return _cased(chosen.setdefault(words.lower(), chance.choice(stock.places)), words)
        return words

    return _rewritten(post, rewritten)


def _cased(word: str, like: str) -> str:
    if like.islower():
        return word
    return word.upper() if like.isupper() and len(like) > 1 else word.title()


def _rewritten(post: Post, change: Callable[[Span, str], str]) -> Post:
    """Return the post with the words of its marks changed, and the marks moved along."""
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for span in sorted(post.spans, key=lambda s: s.start):
        if span.start < at:
            continue
        words = change(span, post.text[span.start : span.end])
        parts += post.text[at : span.start], words
        length += span.start - at
        spans.append(Span(length, length + len(words), span.label))
        length += len(words)
        at = span.end
    return replace(post, text="".join([*parts, post.text[at:]]), spans=tuple(spans))
