"""A linear-chain tagger (a conditional random field), as a spaCy component.

With a few thousand posts and no pretrained vectors a feature-based tagger finds more and errs less than a small neural
one, and gives a probability to set a threshold on.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from screening.features import ROWS, TAGS

FILE = "tagger.crfsuite"
PROBABILITIES = "tagger"
# A token that is this surely no detail is not asked what it would be.
_NOTHING = 0.04


class Tagger:
    """The trained tagger: writes the probability of each of ``TAGS``, a row a token, to ``user_data[PROBABILITIES]``.

    Without a model (while one is being trained) nothing is written. Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None
        self._known: tuple[tuple[int, str], ...] = ()

    def __call__(self, doc: Doc) -> Doc:
        """Tag ``doc``, whose features are written already."""
        if self._model is not None and len(doc):
            chances = np.zeros((len(doc), len(TAGS)), dtype=np.float32)
            with self._lock:  # the model keeps the current sequence
                self._model.set(doc.user_data[ROWS])
                marginal = self._model.marginal
                for i, row in enumerate(chances):
                    row[0] = marginal("O", i)
                    if row[0] < 1 - _NOTHING:
                        for place, tag in self._known:
                            row[place] = marginal(tag, i)
            doc.user_data[PROBABILITIES] = chances
        return doc

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Tagger:
        """Load the model from a pipeline's folder. Raises: OSError."""
        self._model = pycrfsuite.Tagger()
        self._model.open(str(path / FILE))
        self._known = tuple((TAGS.index(tag), tag) for tag in self._model.labels() if tag != "O")
        return self


@Language.factory("pause_tagger")
def _make_tagger(nlp: Language, name: str) -> Tagger:
    return Tagger()
