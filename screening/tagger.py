"""A linear-chain tagger over words, lexicon membership and shape, as a spaCy component.

With a few thousand posts and no pretrained vectors a feature-based tagger finds more and
errs less than a small neural one, answers faster, and gives a probability to set a threshold on.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc, Span

from screening.lexicons import Lexicons

FILE = "tagger.crfsuite"
SPANS = "tagger"
DOUBT = "doubt"
ROWS = "rows"
_DIGIT_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_AUTHOR = frozenset("i i'm im i've i'd i'll me my mine myself we our us".split())
_OTHER = frozenset("he she they him her his hers their them client pt patient kid mom mum dad who whose".split())


class Features:
    """What the tagger sees of a token: its own form, its lexicon classes, its neighbours, its clause."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._lexicons = lexicons
        self._word = lru_cache(maxsize=50_000)(self._of_word)

    def of(self, doc: Doc) -> list[list[str]]:
        """Return the features of each token of ``doc``, in order."""
        texts = [token.text for token in doc]
        own = [self._word(text) for text in texts]
        lows = [text.lower() for text in texts]
        cased = _case_of(texts)
        owners = _owners(lows)
        phrases = self._phrases(lows)
        rows: list[list[str]] = []
        last = len(texts) - 1
        for i, mine in enumerate(own):
            row = [cased, owners[i], *mine, *phrases[i]]
            row += [f"-1:{f}" for f in own[i - 1][:8]] if i else ["first"]
            row += [f"+1:{f}" for f in own[i + 1][:8]] if i < last else ["last"]
            if i > 1:
                row += f"-2:{lows[i - 2]}", f"-2-1:{lows[i - 2]}_{lows[i - 1]}"
            if i < last - 1:
                row += f"+2:{lows[i + 2]}", f"+1+2:{lows[i + 1]}_{lows[i + 2]}"
            if i:
                row.append(f"-1=:{lows[i - 1]}_{mine[0]}")
            if i == 0 or texts[i - 1] in ".!?\n…":
                row.append("sentence")
            rows.append(row)
        return rows

    def _of_word(self, text: str) -> list[str]:
        low = text.lower()
        bare = low[:-2] if low.endswith(("'s", "’s")) else low
        classes = self._classes(bare)
        shape = _shape(text)
        row = [f"w={low}", f"s={shape}", f"c={classes}", f"cs={classes}/{shape}"]
        row += [f"p3={low[:3]}", f"x3={low[-3:]}", f"x2={low[-2:]}", f"n={min(len(text), 9)}", f"x4={low[-4:]}"]
        row += [f"l={name}" for name in classes.split("+")]
        if low in _DIGIT_WORDS:
            row.append("numberword")
        return row

    def _classes(self, low: str) -> str:
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
        found.append("oov" if size is None else f"f{size}")
        return "+".join(found)

    def _phrases(self, lows: list[str]) -> list[list[str]]:
        """Membership of two- and three-word runs in the lists."""
        lex = self._lexicons
        rows: list[list[str]] = [[] for _ in lows]
        tables = (
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
        for width in (2, 3):
            for i in range(len(lows) - width + 1):
                phrase = " ".join(lows[i : i + width])
                for name, words in tables:
                    if phrase in words:
                        for k in range(width):
                            rows[i + k].append(f"{'B' if k == 0 else 'I'}{width}={name}")
        return rows


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


def _owners(lows: Sequence[str]) -> list[str]:
    """Whose detail it may be: the nearest earlier person word in the sentence is the author or another."""
    owners: list[str] = []
    current = "none"
    for low in lows:
        if low in (".", "!", "?", "\n", "\n\n"):
            current = "none"
        elif low in _AUTHOR:
            current = "author"
        elif low in _OTHER:
            current = "other"
        owners.append(f"owner={current}")
    return owners


class Tagger:
    """The trained tagger as a component: writes spans with a probability each to ``doc.spans["tagger"]``.

    ``threshold`` is the least probability a token needs of being part of any detail; below it, ``doubt``
    (a probability a token, in ``doc.user_data["doubt"]``) still speaks for or against other stages' candidates.
    """

    def __init__(self, lexicons: Lexicons, *, threshold: float = 0.2) -> None:
        self.features = Features(lexicons)
        self.threshold = threshold
        self._lock = threading.Lock()
        self._model: Any = None
        self._labels: tuple[str, ...] = ()

    def __call__(self, doc: Doc) -> Doc:
        """Tag ``doc``. Without a model (while one is being trained) nothing is found."""
        group: list[tuple[Span, float]] = []
        doc.user_data[DOUBT] = (0.0,) * len(doc)
        if self._model is not None and len(doc):
            rows = self.features.of(doc)
            doc.user_data[ROWS] = rows
            with self._lock:  # the model keeps the current sequence
                self._model.set(rows)
                tags = self._model.tag()
                doc.user_data[DOUBT] = tuple(1 - self._model.marginal("O", i) for i in range(len(doc)))
                group = self._spans(doc, tags)
        doc.spans[SPANS] = [span for span, _ in group]
        doc.user_data[SPANS] = tuple(score for _, score in group)
        return doc

    def _spans(self, doc: Doc, tags: list[str]) -> list[tuple[Span, float]]:
        marginal = self._model.marginal
        chosen: list[tuple[str, float]] = []
        for i, (tag, doubt) in enumerate(zip(tags, doc.user_data[DOUBT], strict=True)):
            if tag != "O":
                chosen.append((tag, doubt))
                continue
            if doubt < self.threshold:
                chosen.append(("O", 0.0))
                continue
            best = max((label for label in self._labels if label != "O"), key=lambda label: marginal(label, i))
            chosen.append((best, doubt))
        return _runs(doc, chosen)

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Tagger:
        """Load the model from a pipeline's folder."""
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path / FILE))
        self._labels = tuple(self._model.labels())
        return self


def _runs(doc: Doc, chosen: list[tuple[str, float]]) -> list[tuple[Span, float]]:
    """Join B-X I-X … into spans; a stray I-X begins one."""
    spans: list[tuple[Span, float]] = []
    at = 0
    while at < len(chosen):
        tag, score = chosen[at]
        if tag == "O":
            at += 1
            continue
        label = tag[2:]
        end = at + 1
        while end < len(chosen) and chosen[end][0] == f"I-{label}":
            score = max(score, chosen[end][1])
            end += 1
        spans.append((Span(doc, at, end, label=label), score))
        at = end
    return spans


@Language.factory("pause_tagger", default_config={"threshold": 0.2})
def _make_tagger(nlp: Language, name: str, threshold: float) -> Tagger:
    from screening.lexicons import load  # noqa: PLC0415 - the lists are read once a pipeline is really made

    return Tagger(load(), threshold=threshold)
