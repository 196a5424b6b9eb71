"""A small recurrent network over words, lexicon classes and senses, as a spaCy component.

It reads what the tagger reads, but generalises otherwise: the two miss different details, and the mean of their
probabilities finds more and errs less than either.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import (
    LSTM,
    HashEmbed,
    Maxout,
    Model,
    Softmax,
    chain,
    clone,
    concatenate,
    expand_window,
    list2ragged,
    ragged2list,
    residual,
    with_array,
    with_padded,
)
from thinc.types import Ragged

from screening.features import COLUMN_NAMES, COLUMNS, TAGS

FILE = "network.msgpack"
PROBABILITIES = "network"
# Each column's embedding: its width, and the rows of its table.
_TABLES = {
    "word": (96, 8000),
    "start3": (32, 2500),
    "end3": (32, 2500),
    "end4": (48, 4000),
    "shape": (16, 500),
    "classes": (64, 2000),
    "senses": (48, 1000),
    "case": (4, 10),
    "phrase": (16, 500),
    "owner": (8, 50),
}
_WIDTH, _DEPTH, _DROPOUT = 96, 2, 0.3
# Dropout between time steps costs more than between layers.
_RECURRENT_DROPOUT = 0.2


def network() -> Model[Any, Any]:
    """Return the untrained model: a list of hash arrays (see ``features.COLUMNS``) → a list of probability arrays."""
    tables: list[Model[Any, Any]] = [
        HashEmbed(*_TABLES[name], column=i, seed=i + 1) for i, name in enumerate(COLUMN_NAMES)
    ]
    width = sum(width for width, _ in _TABLES.values())
    embed: Model[Any, Any] = chain(concatenate(*tables), Maxout(_WIDTH, width, nP=3, normalize=True, dropout=_DROPOUT))
    window: Model[Any, Any] = chain(
        expand_window(1), Maxout(_WIDTH, 3 * _WIDTH, nP=3, normalize=True, dropout=_DROPOUT)
    )
    answer: Model[Any, Any] = chain(
        Maxout(_WIDTH, 2 * _WIDTH, nP=2, normalize=True, dropout=_DROPOUT), Softmax(len(TAGS), _WIDTH)
    )
    words: Model[Any, Any] = with_array(chain(embed, clone(residual(window), _DEPTH)), pad=_DEPTH)
    # The recurrent layer carries who is spoken of from one end of the post to the other.
    sequence: Model[Any, Any] = with_padded(LSTM(_WIDTH, _WIDTH, bi=True, depth=1, dropout=_RECURRENT_DROPOUT))
    tags: Model[Any, Any] = with_array(answer)
    layers: tuple[Model[Any, Any], ...] = (
        list2ragged(),
        words,
        ragged2list(),
        sequence,
        list2ragged(),
        _with_mean(),
        tags,
        ragged2list(),
    )
    return chain(*layers)


def _with_mean() -> Model[Ragged, Ragged]:
    """Put the mean of its post beside each word's vector: whether a post is about a client is seen as a whole."""
    return Model("with_mean", _forward)


def _forward(model: Model[Ragged, Ragged], words: Ragged, is_train: bool) -> tuple[Ragged, Callable[[Ragged], Ragged]]:
    vectors = np.asarray(words.dataXd)
    width = vectors.shape[1]
    ends = np.cumsum(np.asarray(words.lengths))
    posts = [slice(int(end - length), int(end)) for end, length in zip(ends, words.lengths, strict=True)]
    joined = np.empty((len(vectors), 2 * width), dtype=np.float32)
    joined[:, :width] = vectors
    for post in posts:
        joined[post, width:] = vectors[post].mean(axis=0)

    def backward(gradient: Ragged) -> Ragged:
        slopes = np.asarray(gradient.dataXd)
        back = slopes[:, :width].copy()
        for post in posts:
            back[post] += slopes[post, width:].sum(axis=0) / (post.stop - post.start)
        return Ragged(cast(Any, back), words.lengths)

    return Ragged(cast(Any, joined), words.lengths), backward


class Network:
    """The trained network: writes the probability of each of ``TAGS``, a row a token, to ``user_data[PROBABILITIES]``.

    Without a model (while one is being trained) nothing is written. Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Model[Any, Any] | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc``, whose features are written already."""
        if self._model is not None and len(doc):
            with self._lock:
                doc.user_data[PROBABILITIES] = self._model.predict([doc.user_data[COLUMNS]])[0]
        return doc

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Network:
        """Load the model from a pipeline's folder. Raises: OSError."""
        model = network()
        model.initialize()
        self._model = model.from_bytes((path / FILE).read_bytes())
        return self


@Language.factory("pause_network")
def _make_network(nlp: Language, name: str) -> Network:
    return Network()
