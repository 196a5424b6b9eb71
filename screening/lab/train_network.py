"""Train the network: Adam with a falling rate, and words hidden at random so that it reads what stands around them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Adam, fix_random_seed

from screening.features import COLUMN_NAMES, COLUMNS, TAGS, VECTOR
from screening.network import network

_EPOCHS, _BATCH = 7, 24
_RATE, _LEAST_RATE = 0.002, 0.0001
# How often a word's own form is hidden in training, so that its vector is used, and each of its other columns.
_HIDDEN_WORD, _HIDDEN = 0.4, 0.1
# What stands in the place of what is hidden: a hash of nothing, the vector of no word.
_UNKNOWN = np.array([0 if name == VECTOR else 1 for name in COLUMN_NAMES], dtype=np.uint64)


def train_network(examples: Sequence[tuple[Doc, list[str]]], path: Path, *, seed: int) -> None:
    """Train on docs with their features and a tag a token, and write the model to ``path``."""
    fix_random_seed(seed)
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    data = [(doc.user_data[COLUMNS], np.array([TAGS.index(tag) for tag in row])) for doc, row in examples]
    model = network()
    model.initialize(X=[data[0][0]])
    optimizer = Adam(_RATE, L2=1e-4, grad_clip=1.0, use_averages=True)
    one_hot = np.eye(len(TAGS), dtype=np.float32)
    steps = _EPOCHS * len(range(0, len(data), _BATCH))
    step = 0
    for _ in range(_EPOCHS):
        chance.shuffle(data)
        for at in range(0, len(data), _BATCH):
            batch = data[at : at + _BATCH]
            optimizer.learn_rate = max(_LEAST_RATE, _RATE * (1 - step / steps))
            step += 1
            guesses, backward = model([_hidden(columns, noise) for columns, _ in batch], is_train=True)
            scale = _BATCH / sum(len(guess) for guess in guesses)
            backward([(guess - one_hot[truth]) * scale for guess, (_, truth) in zip(guesses, batch, strict=True)])
            model.finish_update(optimizer)
    # The mean of the weights over the steps misses less than the last ones.
    with model.use_params(optimizer.averages):
        path.write_bytes(model.to_bytes())


def _hidden(columns: NDArray[np.uint64], noise: np.random.Generator) -> NDArray[np.uint64]:
    """Hide some words' forms, and some of the rest."""
    hide = noise.random(columns.shape) < _HIDDEN
    hide[:, 0] = noise.random(len(columns)) < _HIDDEN_WORD
    return np.where(hide, _UNKNOWN, columns)
