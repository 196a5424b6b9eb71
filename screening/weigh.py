"""How likely each candidate is a client's detail: one small linear model over all the evidence.

The stages propose more than they mean. What proposed a candidate, who agrees, what the tagger makes of its
words, how common they are, what stands around them and whose clause it is are weighed here together. The weights
are learned from candidates in posts whose writers the tagger had not read (``screening.lab.train``).
"""

from __future__ import annotations

import gzip
import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from screening import network, tagger
from screening.context import is_authors_own
from screening.entities import CHANCES, OPERATORS
from screening.features import ROWS, TAGS, Words
from screening.results import Label
from screening.rules import Candidate

FILE = "weigher.json.gz"
YES, NO = "yes", "no"
# The largest sum of weights that is told apart from certainty.
_MOST = 50.0
_SURE = 0.85
_HALF = 0.5
_PATTERNED = frozenset({Label.PHONE, Label.EMAIL, Label.URL, Label.IP, Label.ID})
_STEPS = (0.01, 0.03, 0.08, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)
_OWN_FEATURES = ("w=", "cs=", "s=", "c=", "l=", "m=", "owner=", "about=", "who=", "mine=", "B", "I")
_CLINICAL = frozenset(
    ["client", "clients", "patient", "patients", "pt", "pts", "session", "caseload", "kiddo", "resident", "residents"]
)
_OTHERS = frozenset(
    [
        "he",
        "she",
        "him",
        "her",
        "his",
        "hers",
        "he's",
        "she's",
        "hes",
        "shes",
        "they",
        "them",
        "their",
        "they're",
        "who",
        "whose",
    ]
)
_AUTHOR = frozenset(["i", "my", "me", "i'm", "im", "i've", "ive", "i'll", "we", "our", "us", "mine", "myself"])
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*\s*")
_OWN_KIN = re.compile(
    r"\b(?:my|our)\s+(?:own\s+|eldest\s+|youngest\s+|little\s+|older\s+|younger\s+)?(?:husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|"
    r"sons?|daughters?|kids?|children|twins|mum|mom|mam|mother|dad|father|tatay|nanay|parents|brothers?|sisters?|nan|gran|grandma|grandpa|"
    r"grandmother|grandfather|gogo|lola|lolo|aunt|uncle|cousins?|niece|nephew|in-laws?|family|dog|cat|puppy|supervisor|therapist|flatmate|roommate|"
    r"friends?|birthday|wedding|anniversary|commute|leave|holiday|vacation|shift|shifts|exam|training|degree|youngest|eldest)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:thanks|thank you|thx|ty|hi|hey|hello|congrats|congratulations|welcome|cheers|bless you|well done|good luck|"
    r"agree with|agreed|same here|yes|amen|sending (?:love|hugs)|hugs|love)(?:\s+(?:so much|to you|again|dear))?\s*,?\s*@?$",
    re.IGNORECASE,
)
_OWN_CIRCLE = re.compile(
    r"\bmy\s+(?:\w+\s+)?(?:supervisor|supervisee|colleague|co-?worker|mentor|manager|boss|therapist|friend|husband|wife|partner|"
    r"son|daughter|sister|brother|dog|cat|puppy|kitten|mum|mom|dad|nan|team|practice)\s*,?\s+$",
    re.IGNORECASE,
)


_WORD = re.compile(r"[\w'’]+")
# How many letters of a sentence are read on either side of a candidate.
_FAR = 600
# How sure the models must be of a word for it to count as a detail elsewhere in the post.
_REST = (0.8, 0.4)
_PAUSE = re.compile(r"\s*(?:[,.!?;:\n—–-]|$)")


class Evidence:
    """What one post says for and against its candidates."""

    def __init__(self, doc: Doc, candidates: Sequence[Candidate], disguised: Sequence[tuple[int, int]] = ()) -> None:
        self._disguised = disguised
        self._text = Words.of(doc).text
        self._candidates = candidates
        words = Words.of(doc)
        self._starts, self._lows = words.starts, words.lows
        nothing = np.zeros((len(doc), len(TAGS)), dtype=np.float32)
        nothing[:, 0] = 1.0
        self._chances = doc.user_data.get(CHANCES, nothing)
        views = [doc.user_data.get(name, nothing) for name in (tagger.PROBABILITIES, network.PROBABILITIES)]
        self._doubts, *self._views = [(1 - chances[:, 0]).tolist() for chances in (self._chances, *views)]
        self._rows: list[list[str]] = doc.user_data.get(ROWS) or [[] for _ in doc]
        self._case = next((f for f in self._rows[0] if f.startswith("post=")), "") if self._rows else ""
        self._clinical = "clinical" if _CLINICAL & set(self._lows) else "plain"
        others, author = _count(self._lows, _OTHERS), _count(self._lows, _AUTHOR)
        self._people = f"post={min(others, 3)}/{min(author, 2)}/{self._clinical}"
        self._sentences = [match.span() for match in _SENTENCE.finditer(self._text)]
        self._sentence_starts = [start for start, _ in self._sentences]
        self._sure = {
            name: [[i for i, doubt in enumerate(doubts) if doubt >= least] for least in _REST]
            for name, doubts in (("rest", self._doubts), ("network", self._views[1]))
        }
        self._by_place = sorted(range(len(candidates)), key=lambda i: candidates[i].start)
        self._places = [candidates[i].start for i in self._by_place]
        self._longest = max((c.end - c.start for c in candidates), default=0)
        low = self._text.lower()
        found = [(match.start(), match[0]) for match in _WORD.finditer(low)]
        self._mentions = Counter(word for _, word in found)
        self._word_starts = [start for start, _ in found]
        # How many words of each group stand before each word.
        self._spoken_of = [
            [0, *accumulate(word in group for _, word in found)] for group in (_OTHERS, _AUTHOR, _CLINICAL)
        ]
        self._own_kin = [match.span() for match in _OWN_KIN.finditer(low)]
        self._kept: dict[tuple[int, tuple[str, ...]], list[str]] = {}

    def of(self, candidate: Candidate) -> list[str]:
        """Return the candidate's evidence as named features."""
        first = max(bisect_right(self._starts, candidate.start) - 1, 0)
        last = max(bisect_left(self._starts, candidate.end) - 1, first)
        label, source = candidate.label.value, candidate.source
        doubts = self._doubts[first : last + 1] or [0.0]
        most, least = _step(max(doubts)), _step(min(doubts))
        one, other = (_step(max(view[first : last + 1] or [0.0])) for view in self._views)
        place = TAGS.index(f"B-{label}")
        own = _step(float(self._chances[first : last + 1, place : place + 2].sum(axis=1).max(initial=0.0)))
        row = [f"s={source}", f"l={label}", f"sl={source}/{label}", f"d={most}", f"sd={source}/{most}"]
        row += [
            f"ld={label}/{most}",
            f"tagger={one}",
            f"network={other}",
            f"both={one}/{other}",
            f"own={own}",
            f"lown={label}/{own}",
            f"sown={source}/{own}",
            f"downe={own}/{most}",
            f"least={least}",
            f"size={min(last - first, 5)}",
            f"ls={label}/{min(last - first, 5)}",
        ]
        row += [self._case, self._clinical, f"lclin={label}/{self._clinical}", self._people, f"{label}/{self._people}"]
        row += [f"lv={label}/{_step(candidate.score)}", f"sv={source}/{_step(candidate.score)}"]
        row += self._rest(label, first, last)
        row += self._agreement(candidate)
        if any(start < candidate.end and end > candidate.start for start, end in self._disguised):
            row += "hidden", f"hidden/{label}"
        row += self._words(label, first, last)
        row += self._surroundings(candidate, label, first, last)
        row += self._sentence(candidate, label)
        return row

    def floor(self, candidate: Candidate) -> float:
        """Return the least weight.

        What the operator's model finds, a number that fits its pattern, and a known first name in capitals which
        the models too take for one are never argued away, apart from colleagues and the author's own people.
        """
        if candidate.source == OPERATORS:
            return candidate.score
        if candidate.source == "models" or candidate.score < _SURE:
            return 0.0
        if candidate.label is Label.NAME:
            before = self._text[max(0, candidate.start - 40) : candidate.start]
            spared = _GREETING.search(before) or _OWN_CIRCLE.search(before) or self._case != "post=mixed"
            return candidate.score if not spared and self._chance(candidate) >= _HALF else 0.0
        return candidate.score if candidate.label in _PATTERNED else 0.0

    def _chance(self, candidate: Candidate) -> float:
        """What the models give the candidate's label at its first word."""
        place = TAGS.index(f"B-{candidate.label.value}")
        first = max(bisect_right(self._starts, candidate.start) - 1, 0)
        return float(self._chances[first, place : place + 2].sum())

    def ceiling(self, candidate: Candidate) -> float:
        """Return the most weight: a colleague who is thanked or greeted, and not spoken of besides, is no client."""
        if candidate.label is not Label.NAME:
            return 1.0
        before, after = (
            self._text[max(0, candidate.start - 40) : candidate.start],
            self._text[candidate.end : candidate.end + 8],
        )
        if not (_GREETING.search(before) and _PAUSE.match(after)):
            return 1.0
        names = _WORD.findall(self._text[candidate.start : candidate.end].lower())
        return 0.05 if all(self._mentions[name] == 1 for name in names) else 1.0

    def _rest(self, label: str, first: int, last: int) -> Iterator[str]:
        """What the models see elsewhere in the post: a post with one sure detail is likely to have others."""
        for name, sure in self._sure.items():
            counts = []
            for places in sure:
                inside = bisect_right(places, last) - bisect_left(places, first)
                counts.append(str(min(len(places) - inside, 3)))
            rest = "/".join(counts)
            yield from (f"{name}/rest={rest}", f"{name}/rest={label}/{rest}")

    def _agreement(self, candidate: Candidate) -> Iterator[str]:
        first = bisect_left(self._places, candidate.start - self._longest)
        last = bisect_left(self._places, candidate.end)
        others = {
            (other.source, other.label is candidate.label)
            for other in (self._candidates[i] for i in self._by_place[first:last])
            if other is not candidate and other.end > candidate.start
        }
        yield f"others={min(len(others), 3)}"
        for source, same in others:
            yield f"o={source}/{same}"
            yield f"so={candidate.source}/{source}/{same}"

    def _words(self, label: str, first: int, last: int) -> Iterator[str]:
        for place in {first, last}:
            yield from (f"{label}:{f}" for f in self._features(place, _OWN_FEATURES))
        yield from (f"{label}:{f}" for f in self._features(first, ("-1:c=",)))
        yield from (f"{label}:{f}" for f in self._features(last, ("+1:c=", "+1:m=")))
        yield from self._features(first, ("owner=", "cs=", "sentence"))

    def _features(self, place: int, prefixes: tuple[str, ...]) -> list[str]:
        """Return the tagger's features of a word that begin so; several candidates ask for the same ones."""
        key = place, prefixes
        if key not in self._kept:
            self._kept[key] = [feature for feature in self._rows[place] if feature.startswith(prefixes)]
        return self._kept[key]

    def _sentence(self, candidate: Candidate, label: str) -> Iterator[str]:
        """Who is spoken of in the candidate's sentence, before and after it."""
        at = bisect_right(self._sentence_starts, candidate.start) - 1
        start, end = self._sentences[at] if at >= 0 else (0, len(self._text))
        start, end = max(start, candidate.start - _FAR), min(max(end, candidate.end), candidate.end + _FAR)
        for name, a, b in (("before", start, candidate.start), ("after", candidate.end, end)):
            first, last = bisect_left(self._word_starts, a), bisect_left(self._word_starts, b)
            others, author, client = (counts[last] - counts[first] for counts in self._spoken_of)
            who = f"{min(others, 2)}/{min(author, 2)}/{client > 0}"
            yield f"{name}={who}"
            yield f"{label}/{name}={who}"
        if any(start <= a and b <= candidate.start for a, b in self._own_kin):
            yield from ("kin", f"kin/{label}")

    def _surroundings(self, candidate: Candidate, label: str, first: int, last: int) -> Iterator[str]:
        before = self._lows[max(first - 3, 0) : first]
        after = self._lows[last + 1 : last + 4]
        for name, near in (("-1", before[-1:]), ("+1", after[:1]), ("-2", before[-2:-1]), ("+2", after[1:2])):
            for word in near:
                yield f"{name}={word}"
                yield f"{label}{name}={word}"
        if len(before) > 1:
            yield f"-21={before[-2]}_{before[-1]}"
        text = self._text[max(0, candidate.start - 40) : candidate.start]
        if is_authors_own(candidate, self._text):
            yield from ("own", f"own/{label}")
        if _OWN_CIRCLE.search(text):
            yield f"circle/{label}"
        if _GREETING.search(text):
            yield f"greeted/{label}"
        again = [self._mentions[word] for word in _WORD.findall(self._text[candidate.start : candidate.end].lower())]
        yield f"again={min(*again, 3) if again else 0}"


def _count(words: Sequence[str], among: frozenset[str]) -> int:
    return sum(word in among for word in words)


@lru_cache(maxsize=4096)
def _step(value: float) -> int:
    return bisect_right(_STEPS, value)


class Weigher:
    """The trained weights: a logistic regression over named evidence. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Load the weights. Raises: OSError: the file is missing."""
        self._weights: dict[str, float] = json.loads(gzip.decompress((folder / FILE).read_bytes()))

    def weigh(
        self, doc: Doc, candidates: Sequence[Candidate], disguised: Sequence[tuple[int, int]] = ()
    ) -> list[float]:
        """Return, for each candidate, how likely it is a client's detail, from 0 to 1.

        ``disguised`` are the spans of the text that had been hidden (see ``unmask.Unmasked``).
        """
        if not candidates:
            return []
        evidence = Evidence(doc, candidates, disguised)
        return [min(max(self.chance(evidence.of(c)), evidence.floor(c)), evidence.ceiling(c)) for c in candidates]

    def chance(self, found: Sequence[str]) -> float:
        """Return how likely a candidate with this evidence is a client's detail, from 0 to 1."""
        total = sum(map(self._weights.get, found, repeat(0.0)))
        return 1 / (1 + math.exp(-max(min(total, _MOST), -_MOST)))
