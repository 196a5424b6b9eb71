"""What words mean, as vectors: words that are used alike have vectors alike (GloVe; see ``screening.lab.vectors``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "vectors.npz"
WIDTH = 80


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """A table of 8-bit numbers, a row a word, and where each lower-case word's row is; row 0, all zero, is unknown."""

    table: NDArray[np.int8]
    scale: float
    rows: dict[str, int]

    def row(self, word: str) -> int:
        """Return the row of a lower-case word, with its possessive or without; 0 if there is none."""
        word = word.replace("’", "'")
        return self.rows.get(word) or self.rows.get(word.removesuffix("'s"), 0)

    def taken(self, rows: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return the vectors in these rows, an array of ``len(rows)`` × ``WIDTH``."""
        vectors: NDArray[np.float32] = self.table[rows.astype(np.intp)] * np.float32(self.scale)
        return vectors


def load(directory: Path) -> Vectors:
    """Read the vectors from ``directory``. Raises: OSError: the file is missing."""
    with np.load(directory / FILE) as file:
        words = file["words"].tobytes().decode().split("\n")
        return Vectors(file["table"], float(file["scale"]), {word: row for row, word in enumerate(words) if row})
