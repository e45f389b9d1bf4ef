"""Any polyline as a network of ReLU units: one hinge a piece, nothing trained.

Shapes: U pieces, and so U units; U + 1 corners, both ends among them.
"""

import numpy as np


def hinges(corners, heights):
    """Weights and biases of a network 1-U-1 that draws a polyline.

    Unit u is max(0, x − c_{u−1}): off up to its piece, of slope 1 from
    there on. Its output weight v_u is the change of slope there
    (eq-output-weights), the output's bias the height at the left end
    (eq-hinges). Left of that end the network stays at its height; right
    of the last corner it goes on with the last slope.

    Args:
        corners: c, (U + 1,), both ends among them, from left to right.
        heights: h, (U + 1,).

    Returns:
        W1 (1, U), b1 (U,), W2 (U, 1), b2 (1,), as Keras orders them.

    Raises:
        ValueError: if the shapes differ, there are fewer than two
            corners, or they do not rise.

    Example:
        >>> W1, b1, W2, b2 = hinges([0, 1, 3], [2, 0, 5])
        >>> np.maximum(0, [[0.5], [2]] @ W1 + b1) @ W2 + b2
        array([[1. ],
               [2.5]])
    """
    c, h = _checked(corners, heights)
    slopes = np.diff(h) / np.diff(c)
    v = np.diff(slopes, prepend=0)
    return np.ones((1, len(v))), -c[:-1], v[:, None], h[:1]


def _checked(corners, heights):
    c, h = np.asarray(corners, dtype=float), np.asarray(heights, dtype=float)
    if c.ndim != 1 or c.shape != h.shape or len(c) < 2:
        raise ValueError(
            f"Expected at least two corners, and as many heights. "
            f"Received: corners.shape={c.shape}, heights.shape={h.shape}"
        )
    if not np.isfinite([c, h]).all() or not (np.diff(c) > 0).all():
        raise ValueError(
            f"Expected finite numbers, and corners that rise from left to right. "
            f"Received: corners={c.tolist()}, heights={h.tolist()}"
        )
    return c, h
