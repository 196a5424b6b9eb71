"""The word vectors say which words are alike."""

import numpy as np
import pytest

from screening import lexicons
from screening.vectors import WIDTH


def _likeness(one: str, other: str) -> float:
    vectors = lexicons.load().vectors
    a, b = vectors.taken(np.array([vectors.row(one), vectors.row(other)], dtype=np.uint64))
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


@pytest.mark.parametrize(
    ("word", "alike", "unlike"),
    [("sarah", "emily", "kitchen"), ("leeds", "bradford", "tuesday"), ("plumber", "electrician", "london")],
)
def test_words_used_alike_are_near(word: str, alike: str, unlike: str) -> None:
    assert _likeness(word, alike) > 0.5 > _likeness(word, unlike)


@pytest.mark.parametrize("written", ["nurse's", "nurse’s"])
def test_a_possessive_has_the_vector_of_its_word(written: str) -> None:
    vectors = lexicons.load().vectors
    assert vectors.row(written) == vectors.row("nurse") > 0


def test_a_word_that_nobody_knows_has_none() -> None:
    vectors = lexicons.load().vectors
    row = vectors.row("qzxvwk")
    assert row == 0
    assert not vectors.taken(np.array([row], dtype=np.uint64)).any()
    assert vectors.table.shape == (len(vectors.rows) + 1, WIDTH)
