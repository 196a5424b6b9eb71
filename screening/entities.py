"""The spaCy pipeline: a tokenizer for chat text, the trained tagger, the ruler over lexicons, an optional stronger model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from screening import network as _network
from screening import tagger as _tagger
from screening.features import Words
from screening.lexicons import Lexicons
from screening.results import Label
from screening.rules import Candidate

CHANCES = "chances"
# The source of what the operator's own pipeline finds.
OPERATORS = "operator's model"
# The least mean probability of being part of any detail for a word to be proposed at all.
_LEAST = 0.03
# How much the tagger counts beside the network, which is stopped less often by posts without a detail.
_OF_TAGGER = np.float32(1 / 3)
MODEL = Path(__file__).resolve().parent.parent / "data" / "model"

# What a stronger pipeline calls its entities, and what they are to Pause. Its DATE covers "last year"
# and its PERSON is asked for a capital, so only the labels that carry over are listed.
_LABELS = tuple(Label)
_FOREIGN_LABELS = {
    "PERSON": Label.NAME,
    "PER": Label.NAME,
    "GPE": Label.LOCATION,
    "LOC": Label.LOCATION,
    "FAC": Label.LOCATION,
    "ORG": Label.ORG,
}

# Classes of meaning (see ``screening.lab.wordnet``) whose words may be a detail.
_SENSES = {"ill": Label.HEALTH, "job": Label.OCCUPATION, "folk": Label.DEMOGRAPHIC}

REASONS = {
    Label.NAME: "A name points to one person for everyone who knows them; 'my client' says as much to peers (Safe Harbor item A).",
    Label.LOCATION: "A place smaller than a state narrows the search to a few people; its kind is enough (Safe Harbor item B).",
    Label.ORG: "A named school, employer or service is where somebody can be recognised; its kind is enough.",
    Label.DATE: "A date can be matched with records, news or a calendar; say roughly when instead (Safe Harbor item C).",
    Label.OCCUPATION: "A particular job narrows people down, most of all with a place or an age; its field is enough.",
    Label.DEMOGRAPHIC: "Origin, faith or identity can single out one person in a small place; say it only if the point needs it.",
    Label.FAMILY: "An unusual family is easy to recognise; a plainer description is enough.",
    Label.HEALTH: "A rare condition or mark can be enough to recognise somebody; its general kind is enough.",
    Label.EVENT: "What was in the news or happened once can be looked up; say only what kind of thing it was.",
    Label.UNIQUE: "Words such as 'the only' say that one person fits, and somebody will know who.",
    Label.AGE: "An exact age narrows people down together with other details; an age band is enough.",
    Label.TIME: "The day or hour of a session tells those who know the diary who was there; 'recently' is enough.",
    Label.PHONE: "A phone number belongs to one person or household; leave it out (Safe Harbor items D and E).",
    Label.EMAIL: "An e-mail address leads straight to one person; say only that you are in contact (Safe Harbor item F).",
    Label.URL: "A link opens the very page that shows who this is; describe it instead (Safe Harbor item N).",
    Label.HANDLE: "Anyone can look up an account name; say only which kind of account it is.",
    Label.IP: "A network address can be traced to a household; leave it out (Safe Harbor item O).",
    Label.ID: "This number stands for one person or one case in somebody's records; leave it out (Safe Harbor items G to M and R).",
}


def chat_tokenizer(nlp: Language) -> Tokenizer:
    """Return a tokenizer for chat text.

    Beside English's own rules it parts "Sarah(34)", "cheers,Evan", "34yo", "mum/dad", "ok...Tom" and "John's",
    and keeps links, mentions, hashtags and initials ("J.T.") whole.
    """
    infixes = [
        *(nlp.Defaults.infixes or []),
        r"(?<=[^\W\d_])[,;:!?/()\[\]\"…—–](?=\w)",
        r"\.{2,}",
        r"(?<=[a-z])\.(?=[A-Z])",
        r"(?<=\d)(?=(?:yo|yr|yrs|y/o|mo|am|pm|[MF])\b)",
        r"(?<=[^\W\d_])(?=\d{2,}\b)",
        r"\n+",
    ]
    suffixes = [*(nlp.Defaults.suffixes or []), r"['’]s", r"[—–…]", r"(?<=\d)(?:yo|yrs?|y/o|am|pm|[MF])"]
    prefixes = [*(nlp.Defaults.prefixes or []), r"[—–…~]", r"\n+"]
    return Tokenizer(
        nlp.vocab,
        rules={
            k: v
            for k, v in (nlp.Defaults.tokenizer_exceptions or {}).items()
            if not k.lower().startswith(("will", "may"))
        },
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+|@\w[\w.]*\w|(?:[A-Z]\.){2,}").fullmatch,
        url_match=None,
    )


def blank() -> Language:
    """Return the pipeline before training: the tokenizer alone."""
    nlp = spacy.blank("en")
    nlp.tokenizer = chat_tokenizer(nlp)
    return nlp


def load(model: Path = MODEL, *, also: str | None = None) -> Pipeline:
    """Load the shipped pipeline and, by name, a stronger one that the operator has installed.

    Raises: OSError: the model's files are missing, or no pipeline named ``also`` is installed.
    """
    nlp = blank()
    nlp.add_pipe("pause_features")
    for name in ("pause_tagger", "pause_network"):
        nlp.add_pipe(name).from_disk(model)  # type: ignore[attr-defined]
    return Pipeline(nlp, spacy.load(also, exclude=["lemmatizer", "attribute_ruler"]) if also else None)


class Pipeline:
    """One spaCy ``Doc`` for all that reads words, and the candidates that the models find in it."""

    def __init__(self, nlp: Language, also: Language | None = None) -> None:
        self._nlp = nlp
        self._also = also

    def read(self, text: str) -> Doc:
        """Tokenize ``text`` and run the models over it. Thread-safe: spaCy pipelines keep no state between calls."""
        doc = self._nlp(text)
        if len(doc):
            tagged, read = doc.user_data[_tagger.PROBABILITIES], doc.user_data[_network.PROBABILITIES]
            doc.user_data[CHANCES] = _OF_TAGGER * tagged + (1 - _OF_TAGGER) * read
        return doc

    def candidates(self, doc: Doc) -> Iterator[Candidate]:
        """Yield what the trained models and the stronger pipeline, if there is one, take for a detail."""
        words = Words.of(doc)
        for first, last, label, chance in _spans(doc.user_data.get(CHANCES)):
            yield Candidate(words.starts[first], words.ends[last], label, chance, "models", REASONS[label])
        if self._also is not None:
            for entity in self._also(words.text).ents:
                if foreign := _FOREIGN_LABELS.get(entity.label_):
                    yield Candidate(entity.start_char, entity.end_char, foreign, 0.85, OPERATORS, REASONS[foreign])


def lexicon_candidates(doc: Doc, lexicons: Lexicons) -> Iterator[Candidate]:
    """Yield runs of words that stand in a list of organisations, holidays, jobs, origins, conditions or families.

    The score is loose: ``context`` decides with the words around it.
    """
    words = Words.of(doc)
    lows, starts, ends = words.lows, words.starts, words.ends
    phrases = _Phrases.of(lexicons)
    text = words.text.lower()
    at = 0
    while at < len(lows):
        step = 1
        for width in range(min(phrases.longest.get(lows[at], 0), len(lows) - at), 0, -1):
            phrase = text[starts[at] : ends[at + width - 1]] if width > 1 else lows[at]
            if hit := phrases.labels.get(phrase):
                yield Candidate(starts[at], ends[at + width - 1], hit[0], hit[1], hit[2], REASONS[hit[0]])
                step = width
                break
        at += step


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The listed words and phrases with label and score, and by first word the length in words of the longest."""

    labels: dict[str, tuple[Label, float, str]]
    longest: dict[str, int]

    @staticmethod
    @lru_cache(maxsize=2)
    def of(lists: Lexicons) -> _Phrases:
        """Gather the lists' phrases; where one stands in several lists, the first of them counts."""
        labels: dict[str, tuple[Label, float, str]] = {}
        longest: dict[str, int] = {}
        tables = (
            (Label.DATE, lists.holidays, 0.5),
            (Label.ORG, lists.organisations, 0.5),
            (Label.OCCUPATION, lists.occupations, 0.5),
            (Label.DEMOGRAPHIC, lists.demographics, 0.5),
            (Label.HEALTH, lists.conditions, 0.6),
            (Label.FAMILY, lists.family, 0.5),
        )
        for label, words, score in tables:
            for phrase in words:
                labels.setdefault(phrase, (label, score, "lexicon"))
                # Hyphens and apostrophes are tokens of their own, or not: five tokens are as many as a phrase has.
                first = re.split(r"[ '’/-]", phrase, maxsplit=1)[0]
                longest[first] = max(longest.get(first, 0), 5 if first != phrase else 1)
                longest[phrase.split(" ")[0]] = longest[first]
        for phrase, codes in lists.senses.items():
            if phrase in lists.diagnoses or phrase in lists.never:
                continue
            if meant := next((_SENSES[code] for code in codes.split() if code in _SENSES), None):
                labels.setdefault(phrase, (meant, 0.3, "sense"))
                first = phrase.partition(" ")[0]
                longest[first] = max(longest.get(first, 0), 1 + phrase.count(" "))
        return _Phrases(labels, longest)


def _spans(chances: NDArray[np.float32] | None) -> Iterator[tuple[int, int, Label, float]]:
    """Yield runs of words that the models take for one detail: first and last word, label, highest probability."""
    if chances is None:
        return
    begins, insides = chances[:, 1::2], chances[:, 2::2]
    doubts = 1 - chances[:, 0]
    best = (begins + insides).argmax(axis=1)
    first = -1
    for i in range(len(chances)):
        if doubts[i] < _LEAST:
            first = -1
            continue
        label = best[i]
        if first < 0 or label != best[i - 1] or begins[i, label] > insides[i, label]:
            first = i
        if (
            i + 1 == len(chances)
            or doubts[i + 1] < _LEAST
            or best[i + 1] != label
            or begins[i + 1, label] > insides[i + 1, label]
        ):
            yield first, i, _LABELS[label], float(doubts[first : i + 1].max())
            first = -1
