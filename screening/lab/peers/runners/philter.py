"""Philter (its fork philter-lite) with the filters it ships: every word that it does not keep is a finding."""

from collections.abc import Callable, Sequence
from pathlib import Path

import nltk
import philter_lite
import spacy
from spacy.tokens import Doc


def load(model: str) -> Callable[[str], list[tuple[int, int, str]]]:
    """Return what finds details in a text."""
    nltk.pos_tag = _tagger(model)
    filters = philter_lite.load_filters(Path(philter_lite.__file__).parent / "configs" / "philter_delta.toml")

    def find(text: str) -> list[tuple[int, int, str]]:
        kept, _, tracker = philter_lite.detect_phi(text, filters)
        typed = [(entry.start, entry.stop, entry.phi_type) for entry in tracker.phi if entry.phi_type != "OTHER"]
        masked = kept.get_complement(text).items()
        return [(start, end, _type(start, end, typed)) for start, end in masked]

    return find


def _tagger(model: str) -> Callable[[Sequence[str]], list[tuple[str, str]]]:
    # spaCy's English tags are the Penn tags that Philter's filters name.
    nlp = spacy.load(model, exclude=["parser", "ner", "lemmatizer", "senter"])

    def tag(words: Sequence[str]) -> list[tuple[str, str]]:
        doc = nlp(Doc(nlp.vocab, words=list(words), spaces=[False] * len(words)))
        return [(token.text, token.tag_) for token in doc]

    return tag


def _type(start: int, end: int, typed: list[tuple[int, int, str]]) -> str:
    return next((kind for first, last, kind in typed if first < end and last > start), "OTHER")
