"""The remembered half of the network changes nothing."""

import numpy as np

from screening.features import COLUMN_NAMES
from screening.network import Reader, network


def test_a_post_reads_as_the_model_reads_it() -> None:
    noise = np.random.default_rng(7)
    model = network()
    model.initialize(X=[np.zeros((1, len(COLUMN_NAMES)), dtype=np.uint64)])
    reader = Reader(model)
    for length in (1, 2, 30, 30):
        post = noise.integers(0, 50, (length, len(COLUMN_NAMES))).astype(np.uint64)
        assert np.allclose(reader.read(post), model.predict([post])[0], atol=1e-5)
