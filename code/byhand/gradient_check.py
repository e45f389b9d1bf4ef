"""Gradient check: the slope along one random direction, against a central difference.

Shapes: P parameters.
"""

import numpy as np


def gradient_check(value_and_grad, theta, rng, h=1e-5):
    """Relative difference between grad · d and (J(θ + h d) − J(θ − h d)) / 2h for a random unit d.

    Three evaluations whatever P is; a wrong gradient agrees only by a rare chance. float64 only: in float32
    the difference of two costs is mostly rounding.

    Args:
        value_and_grad: function theta -> (float, (P,)).
        theta: (P,), float64.
        rng: numpy.random.Generator for the direction.
        h: step.

    Returns:
        float, near 1e-9 when the gradient is right.

    Raises:
        ValueError: if theta is not a vector in float64, h not positive and finite, or rng no generator.

    Example:
        >>> rng, theta = np.random.default_rng(1), np.array([1.0, -2.0, 3.0])
        >>> gradient_check(lambda t: (np.sum(t**3), 3 * t**2), theta, rng) < 1e-8
        True
        >>> gradient_check(lambda t: (np.sum(t**3), 2 * t**2), theta, rng) < 1e-2
        False
    """
    _check(theta, rng, h)
    d = rng.standard_normal(theta.shape)
    d /= np.linalg.norm(d)
    slope = value_and_grad(theta)[1] @ d
    difference = (value_and_grad(theta + h * d)[0] - value_and_grad(theta - h * d)[0]) / (2 * h)
    return float(abs(slope - difference) / max(abs(slope), abs(difference), 1e-12))


def _check(theta, rng, h):
    if getattr(theta, "dtype", None) != np.float64 or theta.ndim != 1 or not theta.size:
        raise ValueError(
            f"Expected theta as a vector in float64, not empty. Received: {type(theta).__name__}, "
            f"theta.shape={np.shape(theta)}, dtype={getattr(theta, 'dtype', None)}"
        )
    if not 0 < h < np.inf or not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"Expected a positive finite step and a numpy.random.Generator. Received: h={h!r}, rng={rng!r}"
        )
