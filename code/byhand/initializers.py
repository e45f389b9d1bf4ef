"""First values of the parameters.

Shapes: (D, U) for D inputs and U units. Every function takes the shape, a generator and a dtype.
"""

import math

import numpy as np


def zeros(shape, rng=None, dtype=np.float32):
    """All zeros: right for biases, never for weights (units would stay equal for ever)."""
    return np.zeros(shape, dtype)


def glorot_uniform(shape, rng, dtype=np.float32):
    """Uniform in ±√(6 / (D + U)), Keras's default for a dense layer.

    Keeps the spread of values about the same from layer to layer. Glorot and Bengio (2010), eq. 16.

    Args:
        shape: (D, U).
        rng: numpy.random.Generator.
        dtype: of the result.

    Raises:
        ValueError: if the shape is not (D, U), or rng no generator (a bare seed, for instance).
    """
    if np.shape(shape) != (2,) or not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"Expected a shape (D, U) and a numpy.random.Generator. Received: shape={shape!r}, rng={rng!r}"
        )
    limit = math.sqrt(6 / sum(shape))
    return rng.uniform(-limit, limit, shape).astype(dtype)
