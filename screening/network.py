"""A small recurrent network over words, lexicon classes and senses, as a spaCy component.

It reads what the tagger reads, but generalises otherwise: the two miss different details, and the mean of their
probabilities finds more and errs less than either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
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

from screening.features import COLUMN_NAMES, COLUMNS, TAGS, VECTOR
from screening.lexicons import load
from screening.vectors import WIDTH

FILE = "network.msgpack"
PROBABILITIES = "network"
# Each column's embedding: its width, and the rows of its table.
_TABLES = {
    "word": (48, 6000),
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
# How many words' vectors are remembered (1.2 kB each), and how many columns depend on a word alone.
_VOCABULARY = 20_000
_OF_WORD = 8
_VECTOR = COLUMN_NAMES.index(VECTOR)
_WIDTH, _DEPTH, _DROPOUT = 64, 2, 0.3
# Dropout between time steps costs more than between layers.
_RECURRENT_DROPOUT = 0.2


def network() -> Model[Any, Any]:
    """Return the untrained model: a list of hash arrays (see ``features.COLUMNS``) → a list of probability arrays."""
    tables: list[Model[Any, Any]] = [
        _meaning() if name == VECTOR else HashEmbed(*_TABLES[name], column=i, seed=i + 1)
        for i, name in enumerate(COLUMN_NAMES)
    ]
    width = sum(width for width, _ in _TABLES.values()) + WIDTH
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


def _meaning() -> Model[NDArray[np.uint64], Vectors]:
    """Look up the words' vectors, which training leaves as they are."""
    vectors = load().vectors

    def forward(
        model: Model[Any, Any], columns: NDArray[np.uint64], is_train: bool
    ) -> tuple[Vectors, Callable[[Vectors], NDArray[np.uint64]]]:
        return vectors.taken(columns[:, _VECTOR]), lambda gradient: np.zeros_like(columns)

    return Model("meaning", forward, dims={"nO": WIDTH})


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
        weights = np.asarray(maxout.get_param("W")).transpose(1, 0, 2)
        self._pieces = len(weights)
        # The first piece of every unit, then the second: whole columns are compared faster than neighbours.
        self.weights = weights.reshape(-1, weights.shape[2]).T.copy()
        self.bias = np.asarray(maxout.get_param("b")).T.reshape(-1)
        self._scale, self._shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))

    def __call__(self, vectors: Vectors) -> Vectors:
        return self.rest(vectors @ self.weights)

    def rest(self, products: Vectors) -> Vectors:
        """Return the layer's answer from the products of input and weights."""
        most: Vectors = reduce(np.maximum, np.split(products + self.bias, self._pieces, axis=1))
        most -= most.mean(axis=1, keepdims=True)
        spread = np.square(most).mean(axis=1, keepdims=True) + _TINY
        answer: Vectors = most / np.sqrt(spread) * self._scale + self._shift
        return answer


class _Recurrent:
    """The trained recurrent layer in numpy, both directions in one step.

    A sigmoid is half a hyperbolic tangent of half its argument, so that the halves go into the weights and one
    function serves all four gates: forget, input, output, candidate (the order in which thinc packs them).
    """

    def __init__(self, layer: Model[Any, Any]) -> None:
        packed, wide, deep = np.asarray(layer.get_param("LSTM")), layer.get_dim("nI"), layer.get_dim("nO") // 2
        sizes = [4 * deep * wide, 4 * deep, 4 * deep * deep, 4 * deep]
        inputs = np.zeros((2, wide, 4, 2, deep), dtype=np.float32)
        states = np.zeros((4, 2, deep, 2, deep), dtype=np.float32)
        bias = np.zeros((4, 2, deep), dtype=np.float32)
        for way, part in enumerate(np.split(packed, 2)):
            weights, first, memory, second = np.split(part, np.cumsum(sizes)[:-1])
            inputs[way, :, :, way] = weights.reshape(4, deep, wide).transpose(2, 0, 1)
            states[:, way, :, way] = memory.reshape(4, deep, deep)
            bias[:, way] = (first + second).reshape(4, deep)
        halves = np.array([0.5, 0.5, 0.5, 1.0], dtype=np.float32)
        self._inputs = (inputs * halves[:, None, None]).reshape(2, wide, -1)
        self._states = (states * halves[:, None, None, None, None]).reshape(8 * deep, 2 * deep)
        self._bias = (bias * halves[:, None, None]).reshape(-1)
        self._deep = deep

    def __call__(self, vectors: Vectors) -> Vectors:
        deep, wide = self._deep, 2 * self._deep
        forward, backward = (vectors @ inputs for inputs in self._inputs)
        gates = forward + backward[::-1] + self._bias
        told = np.empty((len(vectors), wide), dtype=np.float32)
        state, cell = np.zeros((2, wide), dtype=np.float32)
        now = np.empty(4 * wide, dtype=np.float32)
        kept, added, shown, new = np.split(now, 4)
        opened, half = now[: 3 * wide], np.float32(0.5)
        # The loop runs once a word: what it writes to is made beforehand.
        for gate, row in zip(gates, told, strict=True):
            np.dot(self._states, state, out=now)
            now += gate
            np.tanh(now, out=now)
            opened *= half
            opened += half
            cell *= kept
            added *= new
            cell += added
            np.tanh(cell, out=row)
            np.multiply(row, shown, out=row)
            state = row
        return np.hstack([told[:, :deep], told[::-1, deep:]])


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
        for column in tables.layers:
            width = column.get_dim("nO")
            self._tables.append((column, self._first.weights[at : at + width]))
            at += width
        # What the columns of a word, and those of its place, come to; by their bytes.
        self._known: tuple[dict[bytes, Vectors], ...] = ({}, {})

    def read(self, columns: NDArray[np.uint64]) -> Vectors:
        """Return the probability of each of ``TAGS``, a row a token; ``columns`` as ``features.COLUMNS``, not empty."""
        vectors = self._first.rest(
            self._projected(columns[:, :_OF_WORD], 0) + self._projected(columns[:, _OF_WORD:], 1)
        )
        for window in self._windows:
            around = np.pad(vectors, ((1, 1), (0, 0)))
            vectors = vectors + window(np.hstack([around[:-2], around[1:-1], around[2:]]))
        told = self._sequence(vectors)
        whole = np.hstack([told, np.broadcast_to(told.mean(axis=0), told.shape)])
        return np.asarray(self._softmax.predict(self._last(whole)))

    def _projected(self, columns: NDArray[np.uint64], part: int) -> Vectors:
        """Return what these columns, those of the word (part 0) or the others (1), add to the first layer."""
        known = self._known[part]
        keys = [row.tobytes() for row in columns]
        found = {key: known.get(key) for key in keys}
        new = [i for i, key in enumerate(keys) if found[key] is None]
        if new:
            if len(known) > _VOCABULARY:
                known.clear()
            added = dict(zip([keys[i] for i in new], self._added(columns[new], part), strict=True))
            known.update(added)
            found |= added
        return np.stack([cast(Vectors, found[key]) for key in keys])

    def _added(self, columns: NDArray[np.uint64], part: int) -> Vectors:
        whole = np.zeros((len(columns), len(COLUMN_NAMES)), dtype=np.uint64)
        own = slice(0, _OF_WORD) if part == 0 else slice(_OF_WORD, None)
        whole[:, own] = columns
        total: Vectors = sum(np.asarray(table.predict(whole)) @ weights for table, weights in self._tables[own])
        return total


class Network:
    """The trained network: writes the probability of each of ``TAGS``, a row a token, to ``user_data[PROBABILITIES]``.

    Without a model (while one is being trained) nothing is written. Thread-safe.
    """

    def __init__(self) -> None:
        self._reader: Reader | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc``, whose features are written already."""
        if self._reader is not None and len(doc):
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
