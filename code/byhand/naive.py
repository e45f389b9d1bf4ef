"""Formulas as they stand in the books, and the usual patch: for a chapter to take apart, not for use.

Each is right on paper. Its docstring says where it fails in floating point, with the limit for float64 and,
in brackets, float32; `activations` and `losses` hold what to use instead. NumPy's warnings are let through.

Shapes: M examples, K outputs; logits z (M, K).
"""

import numpy as np

from byhand import targets as aims
from byhand.activations import sigmoid
from byhand.losses import softmax, softmax_vjp


def naive_sigmoid(z):
    """1 / (1 + e⁻ᶻ): right, but warns of an overflow for z < −709.78 (−88.72), where the answer is 0."""
    return 1 / (1 + np.exp(np.negative(z)))


def naive_sigmoid_quotient(z):
    """eᶻ / (1 + eᶻ): ∞/∞, no number, for z > 709.78 (88.72), where the answer is 1."""
    e = np.exp(z)
    return e / (1 + e)


def naive_tanh(z):
    """(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ): ∞/∞, no number, for |z| > 709.78 (88.72).

    Near 0 the difference cancels: the relative error is about ε/|z|, and below ε, 10⁻¹⁶ (10⁻⁷), all digits
    may be lost.
    """
    rise, fall = np.exp(z), np.exp(np.negative(z))
    return (rise - fall) / (rise + fall)


def naive_softplus(z):
    """log(1 + eᶻ): ∞ for z > 709.78 (88.72), where the answer is z.

    Below 0 the sum rounds eᶻ away digit by digit: from z = −36.8 (−16.7) on the result is 0.
    """
    return np.log(1 + np.exp(z))


def naive_logsumexp(z):
    """log Σ eᶻ over the last axis: ∞ if one z > 709.78 (88.72), −∞ if all z < −745.2 (−104)."""
    return np.log(np.sum(np.exp(z), -1))


def naive_softmax(z):
    """eᶻ / Σ eᶻ over the last axis: ∞/∞ for z > 709.78 (88.72), 0/0 if all z < −745.2 (−104)."""
    e = np.exp(z)
    return e / e.sum(-1, keepdims=True)


def naive_binary_cross_entropy(logits, targets):
    """Mean of −y log f − (1−y) log(1−f) from f = sigmoid(z), and the gradient by the chain rule.

    For z > 36.8 (16.7) f is rounded to 1: the cost is ∞ for y = 0 and 0 · log 0, no number, for y = 1; the
    gradient is no number either way. Before that, 1 − f has lost digits: at z = 30 the cost for y = 0 is
    off in the fourth. Below 0 it lasts longer, until f itself is 0, for z < −709.78 (−88.72).

    Args and returns as for `losses.binary_cross_entropy`.
    """
    z, y = aims.same_shape(logits, targets, "logits")
    aims.in_unit_interval(y)
    f = naive_sigmoid(z)
    value = np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))
    df = -y / f + (1 - y) / (1 - f)
    return float(value), df * f * (1 - f) / z.size


def naive_softmax_cross_entropy(logits, targets):
    """Mean of −Σ y log a from a = naive_softmax(z), and the gradient by the chain rule.

    No number as soon as a z > 709.78 (88.72), or as an a is rounded to 0, which takes a gap of about 745
    (103) below the largest: 0 · log 0 where the class is not the true one, else ∞.

    Args and returns as for `losses.softmax_cross_entropy`.
    """
    z, y = aims.probabilities(logits, targets)
    examples = z.size // z.shape[-1]
    a = naive_softmax(z)
    value = -np.sum(y * np.log(a)) / examples
    return float(value), softmax_vjp(-y / a, a) / examples


def padded_binary_cross_entropy(logits, targets, epsilon=1e-12):
    """The cost from f = sigmoid(z) with ε added inside both logarithms, and its gradient (eq-padded-slope).

    Never ∞, and wrong from |z| = log(1/ε) ≈ 27.6 on: a confident mistake costs 27.6 however large, and its
    gradient fades to 0.

    Args and returns as for `losses.binary_cross_entropy`, and epsilon: ε, positive.
    """
    z, y = aims.same_shape(logits, targets, "logits")
    aims.in_unit_interval(y)
    f = sigmoid(z)
    value = np.mean(-y * np.log(f + epsilon) - (1 - y) * np.log(1 - f + epsilon))
    df = -y / (f + epsilon) + (1 - y) / (1 - f + epsilon)
    return float(value), df * f * (1 - f) / z.size


def clipped_binary_cross_entropy(logits, targets, epsilon=1e-7):
    """The cost from f = sigmoid(z) kept within ε … 1 − ε, and its gradient; Keras's from_logits=False.

    Never ∞, and wrong from |z| = log(1/ε) ≈ 16.1 on: a confident mistake costs 16.1 however large, and its
    gradient is 0, so that it is never mended.

    Args and returns as for `losses.binary_cross_entropy`, and epsilon: ε, in (0, ½).
    """
    z, y = aims.same_shape(logits, targets, "logits")
    aims.in_unit_interval(y)
    a = sigmoid(z)
    f = np.clip(a, epsilon, 1 - epsilon)
    value = np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))
    df = np.where(a == f, -y / f + (1 - y) / (1 - f), 0)
    return float(value), df * a * (1 - a) / z.size


def clipped_softmax_cross_entropy(logits, targets, epsilon=1e-7):
    """The cost from a = softmax(z) kept within ε … 1 − ε, and its gradient; Keras's from_logits=False.

    Never ∞, and wrong once the true class lies log(1/ε) ≈ 16.1 below the largest: such a mistake costs 16.1
    however large, and its gradient is 0, so that it is never mended.

    Args and returns as for `losses.softmax_cross_entropy`, and epsilon: ε, in (0, ½).
    """
    z, y = aims.probabilities(logits, targets)
    examples = z.size // z.shape[-1]
    a = softmax(z)
    f = np.clip(a, epsilon, 1 - epsilon)
    value = -np.sum(y * np.log(f)) / examples
    return float(value), softmax_vjp(np.where(a == f, -y / f, 0), a) / examples
