"""The network in numpy is the network that was trained."""

import numpy as np

from screening.features import COLUMN_NAMES
from screening.network import Reader, network


def test_a_post_reads_as_the_model_reads_it() -> None:
    noise = np.random.default_rng(7)
    model = network()
    model.initialize(X=[np.zeros((1, len(COLUMN_NAMES)), dtype=np.uint64)])
    for layer in model.walk():
        for name in sorted({*layer.param_names} - {"HC0"}):  # the first state, which training leaves at zero
            shape = layer.get_param(name).shape
            layer.set_param(name, noise.normal(scale=0.3, size=shape).astype(np.float32))
    reader = Reader(model)
    for length in (1, 2, 30, 30):
        post = noise.integers(0, 50, (length, len(COLUMN_NAMES))).astype(np.uint64)
        expected = model.predict([post])[0]
        assert np.ptp(expected, axis=1).min() > 0.01
        assert np.allclose(reader.read(post), expected, atol=1e-4)
