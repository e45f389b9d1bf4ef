"""Rarer activations made of straight pieces and parabolas, each with its derivative.

Shapes: z, a and the result are arrays of any one shape; dtype in is dtype out. At a kink the derivative is
that of the flat side.
"""

import numpy as np

from byhand.checks import check_number, is_not_negative


def relu6(z):
    """min(max(0, z), 6), flat below 0 and above 6. Krizhevsky (2010); Howard et al. (2017)."""
    return np.clip(z, 0, 6)


def relu6_derivative(a):
    """1 between the two flat parts, else 0."""
    return _between(a, 0, 6)


def hard_sigmoid(z):
    """(z + 3) / 6 kept within 0 … 1, flat below −3 and above 3. Courbariaux, Bengio and David (2015)."""
    return np.clip(np.add(z, 3), 0, 6) / 6


def hard_sigmoid_derivative(a):
    """1/6 between the two flat parts, else 0."""
    return _between(a, 0, 1) / 6


def hard_tanh(z):
    """z kept within −1 … 1, flat outside. Collobert (2004)."""
    return np.clip(z, -1, 1)


def hard_tanh_derivative(a):
    """1 between the two flat parts, else 0."""
    return _between(a, -1, 1)


def hard_silu(z):
    """z hard_sigmoid(z), also called hard swish, −0.375 … ∞, flat below −3. Howard et al. (2019)."""
    return np.maximum(z, -3) * hard_sigmoid(z)  # hard_sigmoid is 0 there, and 0 times −∞ is no number


def hard_silu_derivative(z):
    """(2 z + 3) / 6 from −3 to 3, 0 below, 1 above; written in z: two z share one a."""
    z = np.asarray(z)
    return np.where(np.abs(z) < 3, (2 * np.clip(z, -3, 3) + 3) / 6, z > 0)


def soft_shrink(z, threshold=0.5):
    """z moved towards 0 by the threshold, −∞ … ∞, flat within ±threshold. Donoho (1995)."""
    check_number(threshold, "threshold", "a finite threshold of 0 or more", is_not_negative)
    return z - np.clip(z, -threshold, threshold)


def soft_shrink_derivative(a):
    """1 where something is left, else 0."""
    return _nonzero(a)


def hard_shrink(z, threshold=0.5):
    """Z, but 0 within ±threshold, where it is flat. Donoho and Johnstone (1994)."""
    check_number(threshold, "threshold", "a finite threshold of 0 or more", is_not_negative)
    return np.where(np.abs(z) <= threshold, 0, z)


def hard_shrink_derivative(a):
    """1 where something is left, else 0."""
    return _nonzero(a)


def sparse_plus(z):
    """0 below −1, ¼ (z + 1)² up to 1, then z: 0 … ∞, flat below −1. The softplus of sparsemax."""
    return (np.add(np.clip(z, -1, 1), 1) / 2) ** 2 + np.maximum(np.subtract(z, 1), 0)


def sparse_plus_derivative(a):
    """√a up to 1, then 1."""
    return np.minimum(np.sqrt(a), 1)


def sparse_sigmoid(z):
    """½ (z + 1) kept within 0 … 1, flat below −1 and above 1. Blondel, Martins and Niculae (2020)."""
    return np.clip(np.add(z, 1), 0, 2) / 2


def sparse_sigmoid_derivative(a):
    """½ between the two flat parts, else 0."""
    return _between(a, 0, 1) / 2


def threshold(z, threshold, default_value):
    """z above the threshold, else default_value; flat below. Keras has no defaults for the two either.

    Args:
        z: of any shape.
        threshold: up to which, itself included, the unit is off.
        default_value: what an off unit gives.
    """
    return np.where(np.asarray(z) <= threshold, default_value, z)


def threshold_derivative(z, threshold):
    """1 above the threshold, else 0; written in z: default_value may be anything."""
    z = np.asarray(z)
    return (z > threshold).astype(z.dtype)


def _between(a, low, high):
    a = np.asarray(a)
    return ((low < a) & (a < high)).astype(a.dtype)


def _nonzero(a):
    a = np.asarray(a)
    return (a != 0).astype(a.dtype)
