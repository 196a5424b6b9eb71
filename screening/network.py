"""A small recurrent network over words, lexicon classes and senses, as a spaCy component.

It reads what the tagger reads, but generalises otherwise: the two miss different details, and the mean of their
probabilities finds more and errs less than either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
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

from screening import tagger
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
Vectors = NDArray[np.float32]
# What thinc adds to a variance before it divides by it.
_TINY = 1e-8
# A post in which the tagger doubts no word more than this is not read: none of the development set has a finding.
_DOUBT = 0.05
# How many words' vectors are remembered (1.2 kB each), and how many columns depend on a word alone.
_VOCABULARY = 20_000
_OF_WORD = 7
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


class _Dense:
    """A trained maxout layer with its normalisation, in numpy, whose matrix product is several times thinc's."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        maxout, norm = layer.layers[0].layers
        weights = np.asarray(maxout.get_param("W"))
        self._pieces = weights.shape[1]
        self.weights = weights.reshape(-1, weights.shape[2]).T.copy()
        self.bias = np.asarray(maxout.get_param("b")).reshape(-1)
        self._scale, self._shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))

    def __call__(self, vectors: Vectors) -> Vectors:
        return self.rest(vectors @ self.weights)

    def rest(self, products: Vectors) -> Vectors:
        """Return the layer's answer from the products of input and weights."""
        most = (products + self.bias).reshape(len(products), -1, self._pieces).max(axis=2)
        centred = most - most.mean(axis=1, keepdims=True)
        spread = np.square(centred).mean(axis=1, keepdims=True) + _TINY
        answer: Vectors = centred / np.sqrt(spread) * self._scale + self._shift
        return answer


class _Recurrent:
    """The trained recurrent layer in numpy, both directions in one step.

    A sigmoid is half a hyperbolic tangent of half its argument, so that the halves go into the weights and one
    function serves all four gates: forget, input, output, candidate (the order in which thinc packs them).
    """

    def __init__(self, layer: Model[Any, Any]) -> None:
        packed, wide, deep = np.asarray(layer.get_param("LSTM")), layer.get_dim("nI"), layer.get_dim("nO") // 2
        halves = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], dtype=np.float32), deep)
        sizes = [4 * deep * wide, 4 * deep, 4 * deep * deep, 4 * deep]
        directions = [np.split(part, np.cumsum(sizes)[:-1]) for part in np.split(packed, 2)]
        self._inputs = np.hstack([part[0].reshape(4 * deep, wide).T * halves for part in directions])
        self._states = np.stack([part[2].reshape(4 * deep, deep).T * halves for part in directions])
        self._bias = np.stack([(part[1] + part[3]) * halves for part in directions])
        self._deep = deep

    def __call__(self, vectors: Vectors) -> Vectors:
        deep = self._deep
        gates = (vectors @ self._inputs).reshape(len(vectors), 2, 4 * deep) + self._bias
        gates[:, 1] = gates[::-1, 1].copy()
        told = np.empty((len(vectors), 2, deep), dtype=np.float32)
        state, cell = np.zeros((2, 1, deep), dtype=np.float32), np.zeros((2, deep), dtype=np.float32)
        for step, gate in enumerate(gates):
            open_ = np.tanh(gate + (state @ self._states)[:, 0])
            kept, added, shown = (0.5 * open_[:, i * deep : (i + 1) * deep] + 0.5 for i in range(3))
            cell = kept * cell + added * open_[:, 3 * deep :]
            told[step] = shown * np.tanh(cell)
            state = told[step][:, None]
        return np.hstack([told[:, 0], told[::-1, 1]])


class Reader:
    """The trained model on one post, with the part that depends on a word alone remembered from word to word.

    Embeddings and the linear half of the first layer come to one vector a word, so a vocabulary of vectors replaces
    most of the arithmetic. The answer is the model's own.
    """

    def __init__(self, model: Model[Any, Any]) -> None:
        words, sequence, answer = (model.layers[i] for i in (1, 3, 6))
        self._sequence = _Recurrent(sequence.layers[0])
        embed, windows = words.layers[0].layers
        tables, first = embed.layers
        self._first = _Dense(first)
        self._windows = [_Dense(window.layers[0].layers[1]) for window in windows.layers]
        self._last, self._softmax = _Dense(answer.layers[0].layers[0]), answer.layers[0].layers[1]
        self._tables = []
        at = 0
        for _, table in (column.layers for column in tables.layers):
            width = table.get_dim("nO")
            self._tables.append((table, self._first.weights[at : at + width]))
            at += width
        self._word = lru_cache(maxsize=_VOCABULARY)(self._projected)

    def read(self, columns: NDArray[np.uint64]) -> Vectors:
        """Return the probability of each of ``TAGS``, a row a token; ``columns`` as ``features.COLUMNS``, not empty."""
        keys = [tuple(row) for row in columns.tolist()]
        sums = [self._word(0, row[:_OF_WORD]) + self._word(_OF_WORD, row[_OF_WORD:]) for row in keys]
        vectors = self._first.rest(np.stack(sums))
        for window in self._windows:
            around = np.pad(vectors, ((1, 1), (0, 0)))
            vectors = vectors + window(np.hstack([around[:-2], around[1:-1], around[2:]]))
        told = self._sequence(vectors)
        whole = np.hstack([told, np.broadcast_to(told.mean(axis=0), told.shape)])
        return np.asarray(self._softmax.predict(self._last(whole)))

    def _projected(self, first: int, keys: tuple[int, ...]) -> Vectors:
        """Return what the columns from ``first`` on with these keys add to the first layer."""
        total = np.zeros(len(self._first.bias), dtype=np.float32)
        for key, (table, weights) in zip(keys, self._tables[first:], strict=False):
            rows = table.get_param("E")
            hashed = table.ops.hash(cast(Any, np.array([key], dtype=np.uint64)), table.attrs["seed"]) % len(rows)
            total += rows[hashed[0]].sum(axis=0) @ weights
        return total


class Network:
    """The trained network: writes the probability of each of ``TAGS``, a row a token, to ``user_data[PROBABILITIES]``.

    Without a model (while one is being trained) nothing is written. Thread-safe.
    """

    def __init__(self) -> None:
        self._reader: Reader | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc``, whose features are written already, unless the tagger is sure that there is nothing in it."""
        tagged = doc.user_data.get(tagger.PROBABILITIES)
        nothing = tagged is not None and len(doc) > 0 and float(tagged[:, 0].min()) > 1 - _DOUBT
        if self._reader is not None and len(doc) and not nothing:
            doc.user_data[PROBABILITIES] = self._reader.read(doc.user_data[COLUMNS])
        return doc

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> Network:
        """Load the model from a pipeline's folder. Raises: OSError."""
        model = network()
        model.initialize(X=[np.zeros((1, len(COLUMN_NAMES)), dtype=np.uint64)])
        self._reader = Reader(model.from_bytes((path / FILE).read_bytes()))
        return self


@Language.factory("pause_network")
def _make_network(nlp: Language, name: str) -> Network:
    return Network()
