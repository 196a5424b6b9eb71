"""What the trained models see of a word, as a spaCy component: form, classes, sense, neighbours, clause, post."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

from screening.lexicons import Lexicons, load
from screening.results import Label

ROWS = "rows"
COLUMNS = "columns"
VECTOR = "vector"
WORDS = "words"
# The tags of both models, in the order of their probabilities' columns: outside, begin and inside each label.
TAGS = ("O", *(f"{part}-{label.value}" for label in Label for part in "BI"))
_DIGIT_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_AUTHOR = frozenset("i i'm im i've ive i'd i'll me my mine myself we our us".split())
_OTHER = frozenset(
    "he she they him her his hers their them he's she's they're who whose client pt patient kid mom mum dad".split()
)
_CLIENT = frozenset("client clients patient patients pt pts session caseload kiddo resident service".split())
_ENDS = frozenset((".", "!", "?", "…", "..", "...", "\n", "\n\n", "!!", "!!!", "??"))


@dataclass(frozen=True, slots=True)
class Words:
    """A ``Doc``'s text, and its words as plain lists: written, in lower case, where they start and end in the text."""

    text: str
    texts: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """Return the words of ``doc``, kept in its ``user_data``: spaCy makes an object anew for each token it gives."""
        words: Words | None = doc.user_data.get(WORDS)
        if words is None:
            texts, starts = [], []
            for token in doc:
                texts.append(token.text)
                starts.append(token.idx)
            ends = [start + len(text) for start, text in zip(starts, texts, strict=True)]
            words = doc.user_data[WORDS] = cls(doc.text, texts, [text.lower() for text in texts], starts, ends)
        return words


class Features:
    """Writes the tagger's named features and the network's hashed ones of each token into ``doc.user_data``.

    ``ROWS`` holds a list of strings a token; ``COLUMNS`` an array of 64-bit hashes, a row a token, a column for each of
    ``COLUMN_NAMES``. The column ``VECTOR`` alone has no hash but the word's row in ``Lexicons.vectors``.
    """

    def __init__(self, lexicons: Lexicons) -> None:
        self._lexicons = lexicons
        self._word = lru_cache(maxsize=50_000)(self._of_word)
        self._starts = _starts(lexicons)

    def __call__(self, doc: Doc) -> Doc:
        """Write the features of ``doc``."""
        texts = Words.of(doc).texts
        words = [self._word(text) for text in texts]
        post = [_case_of(texts), *_post(words)]
        clauses = _clauses(texts, words)
        phrases = self._phrases([word.low for word in words])
        doc.user_data[COLUMNS] = _columns(words, post[0], phrases, clauses)
        doc.user_data[ROWS] = [
            word.own + post + clauses[i] + phrases[i] + _around(words, i) for i, word in enumerate(words)
        ]
        return doc

    def _of_word(self, text: str) -> _Word:
        low = text.lower()
        bare = low[:-2] if low.endswith(("'s", "’s")) else low
        classes = self._classes(bare)
        senses = self._lexicons.senses.get(bare, "")
        shape = _shape(text)
        form = [f"w={low}", f"s={shape}", f"c={'+'.join(classes)}", f"cs={'+'.join(classes)}/{shape}"]
        ends = [f"p3={low[:3]}", f"x3={low[-3:]}"]
        meaning = [f"m={code}" for code in senses.split()] or ["m=?"]
        own = [*form, *ends, f"x2={low[-2:]}", f"x4={low[-4:]}", f"p2={low[:2]}", f"n={min(len(text), 9)}", *meaning]
        own += [f"l={name}" for name in classes]
        if low in _DIGIT_WORDS:
            own.append("numberword")
        near = [*form, *ends, *meaning]
        keys = (low, low[:3], low[-3:], low[-4:], shape, "+".join(classes), senses)
        hashes = (_hashed(name, key) for name, key in zip(COLUMN_NAMES, keys, strict=False))
        return _Word(
            low,
            keys=(*hashes, self._lexicons.vectors.row(low)),
            own=own,
            before=[f"-1:{f}" for f in near],
            after=[f"+1:{f}" for f in near],
            two_before=[f"-2:{f}" for f in (form[0], form[2], *meaning)],
            two_after=[f"+2:{f}" for f in (form[0], form[2], *meaning)],
        )

    def _classes(self, low: str) -> list[str]:
        lex = self._lexicons
        found = [
            name
            for name, words in (
                ("first", lex.first_names),
                ("nick", lex.nicknames),
                ("last", lex.last_names),
                ("wordname", lex.ambiguous_names),
                ("place", lex.places),
                ("region", lex.regions),
                ("never", lex.never),
                ("holiday", lex.holidays),
                ("org", lex.organisations),
                ("orgkind", lex.org_kinds),
                ("placekind", lex.place_kinds),
                ("job", lex.occupations),
                ("demo", lex.demographics),
                ("rare", lex.conditions),
                ("family", lex.family),
                ("cue", lex.person_cues),
                ("dx", lex.diagnoses),
            )
            if low in words
        ]
        size = lex.common.get(low)
        if size is None and low.endswith("s") and lex.is_name(low[:-1]):
            found.append("names")
        found.append("oov" if size is None else f"f{size}")
        return found

    def _phrases(self, lows: list[str]) -> list[list[str]]:
        """Return each word's part in two- to four-word runs that stand in the lists."""
        rows: list[list[str]] = [[] for _ in lows]
        for i in range(len(lows) - 1):
            for width in range(2, min(self._starts.get(lows[i], 0), len(lows) - i) + 1):
                phrase = " ".join(lows[i : i + width])
                for name in _phrase_classes(self._lexicons, phrase):
                    rows[i].append(f"B={name}")
                    for k in range(1, width):
                        rows[i + k].append(f"I={name}")
        return rows


@dataclass(frozen=True, slots=True)
class _Word:
    """A word's features for itself and, already prefixed, for its neighbours."""

    low: str
    keys: tuple[int, ...]
    own: list[str]
    before: list[str]
    after: list[str]
    two_before: list[str]
    two_after: list[str]


def _phrase_lists(lex: Lexicons) -> tuple[tuple[str, Container[str]], ...]:
    return (
        ("place", lex.places),
        ("never", lex.never),
        ("holiday", lex.holidays),
        ("org", lex.organisations),
        ("public", lex.public_figures),
        ("job", lex.occupations),
        ("demo", lex.demographics),
        ("rare", lex.conditions),
        ("family", lex.family),
        ("dx", lex.diagnoses),
    )


def _phrase_classes(lex: Lexicons, phrase: str) -> Iterator[str]:
    for name, words in _phrase_lists(lex):
        if phrase in words:
            yield name
    for code in lex.senses.get(phrase, "").split():
        yield f"m/{code}"


def _starts(lex: Lexicons) -> dict[str, int]:
    """Return for each word that begins a listed phrase the length in words of the longest, four at most."""
    longest: dict[str, int] = {}
    for words in (*(words for _, words in _phrase_lists(lex)), lex.senses):
        for phrase in words:  # type: ignore[attr-defined]
            if " " in phrase:
                first, *rest = phrase.split(" ")
                longest[first] = max(longest.get(first, 0), min(1 + len(rest), 4))
    return longest


def _around(words: Sequence[_Word], i: int) -> list[str]:
    """The neighbours' features and the pairs they make."""
    low, last = words[i].low, len(words) - 1
    row = [*words[i - 1].before, f"-1=:{words[i - 1].low}_{low}"] if i else ["first"]
    row += words[i + 1].after if i < last else ["last"]
    if i > 1:
        row += words[i - 2].two_before
        row.append(f"-2-1:{words[i - 2].low}_{words[i - 1].low}")
    if i < last - 1:
        row += words[i + 2].two_after
        row.append(f"+1+2:{words[i + 1].low}_{words[i + 2].low}")
    if i > 2:
        row.append(f"-3:{words[i - 3].low}")
    if i < last - 2:
        row.append(f"+3:{words[i + 3].low}")
    return row


def _shape(text: str) -> str:
    short = re.sub(r"[A-Z]+", "X", re.sub(r"[a-z]+", "x", re.sub(r"\d+", "d", text[:12])))
    return short if len(text) > 1 or not text.isalpha() else ("X1" if text.isupper() else "x1")


def _case_of(texts: Sequence[str]) -> str:
    """Say how the post is written: capitals mean nothing in a post that has none, or nothing else."""
    letters = [t for t in texts if t.isalpha() and len(t) > 1]
    upper = sum(t.isupper() for t in letters)
    if letters and upper > len(letters) * 0.6:
        return "post=CAPS"
    return "post=lower" if not any(t[0].isupper() for t in letters) else "post=mixed"


def _post(words: Sequence[_Word]) -> tuple[str, ...]:
    """Who the post speaks of: its author alone, others, a client by that word."""
    lows = {word.low for word in words}
    who = f"{'a' if lows & _AUTHOR else '-'}{'o' if lows & _OTHER else '-'}{'c' if lows & _CLIENT else '-'}"
    return (f"who={who}",)


def _clauses(texts: Sequence[str], words: Sequence[_Word]) -> list[list[str]]:
    """Whose detail it may be: the nearest person word before it in the sentence, and whom the sentence speaks of."""
    rows: list[list[str]] = []
    start = 0
    for end in range(1, len(texts) + 1):
        if end < len(texts) and texts[end - 1] not in _ENDS:
            continue
        lows = [word.low for word in words[start:end]]
        a, o = bool(_AUTHOR.intersection(lows)), bool(_OTHER.intersection(lows))
        about = f"about={'a' if a else '-'}{'o' if o else '-'}{'c' if _CLIENT.intersection(lows) else '-'}"
        owner, mine = "none", "-"
        for place, low in enumerate(lows):
            rows.append([about, f"owner={owner}", f"{about}/{owner}", f"mine={mine}"])
            if place == 0:
                rows[-1].append("sentence")
            if low in _AUTHOR:
                owner = "author"
            elif low in _OTHER:
                owner = "other"
            if low in ("my", "our"):
                mine = lows[place + 1] if place + 1 < len(lows) else "-"
        start = end
    return rows


COLUMN_NAMES = ("word", "start3", "end3", "end4", "shape", "classes", "senses", VECTOR, "case", "phrase", "owner")


@lru_cache(maxsize=4096)
def _hashed(column: str, key: str) -> int:
    return int(get_string_id(f"{column}={key}"))


def _columns(
    words: Sequence[_Word], case: str, phrases: Sequence[Sequence[str]], clauses: Sequence[Sequence[str]]
) -> NDArray[np.uint64]:
    cased = _hashed("case", case)
    rows = [
        (*word.keys, cased, _hashed("phrase", "+".join(phrases[i])), _hashed("owner", clauses[i][1]))
        for i, word in enumerate(words)
    ]
    return np.array(rows, dtype=np.uint64).reshape(len(words), len(COLUMN_NAMES))


@Language.factory("pause_features")
def _make_features(nlp: Language, name: str) -> Features:
    return Features(load())
