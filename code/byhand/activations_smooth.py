"""Rarer activations made of exponentials, roots and quotients, each with its derivative.

Shapes: z, a and the result are arrays of any one shape; dtype in is dtype out.
"""

import math

import numpy as np

from byhand.checks import check_number, is_positive

SELU_SCALE = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717


def selu(z):
    """λ z above 0, λ α (eᶻ − 1) below, −1.758 … ∞, flat at the lower end.

    λ = 1.0507 and α = 1.6733 keep mean 0 and variance 1 from layer to layer. Klambauer et al. (2017).
    """
    with np.errstate(over="ignore"):  # λ times the largest numbers is ∞
        return SELU_SCALE * (np.maximum(z, 0) + SELU_ALPHA * np.expm1(np.minimum(z, 0)))


def selu_derivative(a):
    """λ above 0, a + λ α below."""
    return np.where(np.asarray(a) > 0, np.full_like(a, SELU_SCALE), a + SELU_SCALE * SELU_ALPHA)


def celu(z, alpha=1.0):
    """z above 0, alpha (e^(z/alpha) − 1) below, −alpha … ∞, flat at the lower end. Barron (2017)."""
    check_number(alpha, "alpha", "a positive finite alpha", is_positive)
    return np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0) / alpha)


def celu_derivative(a, alpha=1.0):
    """1 above 0, 1 + a / alpha below: no jump at 0 for any alpha, unlike ELU's."""
    check_number(alpha, "alpha", "a positive finite alpha", is_positive)
    return 1 + np.minimum(a, 0) / alpha


def softsign(z):
    """z / (1 + |z|), −1 … 1, flat at both ends, but slowly. Turian, Bergstra and Bengio (2009)."""
    near = np.clip(z, -1e30, 1e30)  # beyond, the quotient is ±1 to the last bit, and ∞/∞ is no number
    return near / (1 + np.abs(near))


def softsign_derivative(a):
    """(1 − |a|)²."""
    return (1 - np.abs(a)) ** 2


def exponential(z):
    """eᶻ, 0 … ∞, flat at the lower end; ∞ where the number is too large for the type."""
    with np.errstate(over="ignore"):
        return np.exp(z)


def exponential_derivative(a):
    """a itself."""
    return np.copy(a)


def log_sigmoid(z):
    """log sigmoid(z) = −softplus(−z), −∞ … 0, flat at the upper end."""
    return np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))


def log_sigmoid_derivative(a):
    """1 − eᵃ, which is sigmoid(−z)."""
    return -np.expm1(a)


def tanh_shrink(z):
    """z − tanh z, −∞ … ∞, flat at 0.

    Near 0, where it is about z³/3, the difference keeps no more digits than z leaves it: its error is one
    rounding of z.
    """
    return z - np.tanh(z)


def tanh_shrink_derivative(z):
    """tanh² z, 0 … 1; written in z."""
    return np.tanh(z) ** 2


def squareplus(z, b=4):
    """½ (z + √(z² + b)), 0 … ∞, flat at the lower end, without an exponential. Barron (2021).

    Below 0 the sum would cancel, so it is written as b/4 over the same sum for |z|.
    """
    check_number(b, "b", "a positive finite b", is_positive)
    root = math.sqrt(b) / 2
    larger = np.abs(z) / 2 + np.hypot(np.divide(z, 2), root)
    return np.where(np.asarray(z) > 0, larger, root / larger * root)


def squareplus_derivative(a, b=4):
    """a² / (a² + b/4)."""
    check_number(b, "b", "a positive finite b", is_positive)
    squared = np.minimum(a, 1e15) ** 2  # beyond, the quotient is 1 to the last bit, and a² may overflow
    return squared / (squared + b / 4)
