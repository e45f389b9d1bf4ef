"""Losses from logits: the cost of a batch and its gradient, from one function; softmax and its logarithm.

Shapes: M examples, K outputs; logits z (M, K), or any shape whose last axis is K. A gradient has the shape
and dtype of the first argument. A logit of ±∞ counts as the limit.
"""

import math

import numpy as np

from byhand import targets as aims
from byhand.activations import sigmoid


def binary_cross_entropy(logits, targets):
    """Mean of −y log f − (1−y) log(1−f), f = sigmoid(logits), and its gradient.

    Computed from the logits z as max(z, 0) − z y + log(1 + e^−|z|)
    (eq-loss-from-z), which is exact where log f is not: no f is ever rounded
    to 0 or 1 on the way. The gradient is (f − y) / (M K). With several outputs
    each is a label of its own, true or not (multi-label).

    Args:
        logits: z, (M, K).
        targets: y, (M, K), each 0 or 1 (or a probability between).

    Returns:
        value: float, in nats.
        gradient: (M, K), dtype of logits.

    Raises:
        ValueError: if the shapes differ, nothing is given, or a target lies
            outside [0, 1].

    Example:
        >>> z, y = np.array([[2.0], [-1.0]]), np.array([[1], [1]])
        >>> value, gradient = binary_cross_entropy(z, y)
        >>> round(value, 4), gradient.ravel()
        (0.7201, array([-0.0596, -0.3655]))
    """
    z, y = aims.same_shape(logits, targets, "logits")
    aims.in_unit_interval(y)
    hinge = _weigh(np.where(z > 0, 1 - y, -y), z)  # max(z, 0) − z y
    value = np.mean(hinge + np.log1p(np.exp(-np.abs(z))))
    return float(value), (sigmoid(z) - y) / z.size


def softmax_cross_entropy(logits, targets):
    """Mean over the examples of −Σ y log a with a = softmax(logits), and its gradient (a − y) / M.

    For exactly one true class of K: −log a of that class. The logarithm is `log_softmax`, so that no a is
    rounded to 0 or 1 on the way.

    Args:
        logits: z, (M, K).
        targets: the true classes as whole numbers 0 … K−1, (M,), Keras's "sparse"; or one probability a
            class, (M, K), "categorical": one-hot rows, or softer ones that sum to one.

    Returns:
        value: float, in nats.
        gradient: (M, K), dtype of logits.

    Raises:
        ValueError: if a shape does not fit, nothing is given, a label is not a whole number from 0 to K−1,
            a probability lies outside [0, 1], a row does not sum to one, or the two largest logits of a
            row are infinite alike.

    Example:
        >>> value, gradient = softmax_cross_entropy(np.array([[2.0, 1, 0]]), np.array([0]))
        >>> round(value, 4), gradient
        (0.4076, array([[-0.3348,  0.2447,  0.09  ]]))
    """
    z, y = aims.probabilities(logits, targets)
    below, e, others = _exponentials(z)
    value = _weighted_sum(y, np.log1p(others) - below)
    return value / others.size, (e / (1 + others) - y) / others.size


def squared_error(outputs, targets):
    """Mean of ½ (f − y)², and its gradient (f − y) / (M K); for regression (eq-squared-error).

    Args:
        outputs: f, (M, K).
        targets: y, (M, K).

    Returns:
        value: float.
        gradient: (M, K), dtype of outputs.

    Raises:
        ValueError: if the shapes differ, nothing is given, or a target is not finite.
    """
    f, y = aims.same_shape(outputs, targets, "outputs")
    if not np.isfinite(y).all():
        raise ValueError(f"Expected finite targets. Received: targets={y[~np.isfinite(y)].flat[0]}")
    return float(np.mean((f - y) ** 2) / 2), (f - y) / f.size


def l2_penalty(weights, strength, examples):
    """λ/(2m) Σ W² over every weight and no bias, and its gradients λ/m W.

    Add the value to the cost, and each gradient to that of its weights.

    Args:
        weights: arrays of at least two axes, such as [p["W"] for p in network.views(theta)].
        strength: λ, at least 0.
        examples: m, the size of the training set.

    Returns:
        value: float.
        gradients: a list of arrays, each in the shape and dtype of its weights.

    Raises:
        ValueError: if an array has fewer axes (a bias), or λ or m is out of range.
    """
    if not 0 <= strength < math.inf or not 1 <= examples < math.inf:
        raise ValueError(
            f"Expected a strength of at least 0 and at least 1 example. "
            f"Received: strength={strength!r}, examples={examples!r}"
        )
    if any(np.ndim(W) < 2 for W in weights):
        raise ValueError(
            f"Expected arrays of weights, without biases. Received: shapes={[np.shape(W) for W in weights]}"
        )
    rate = float(strength) / float(examples)
    return rate / 2 * sum(float(np.sum(np.square(W))) for W in weights), [rate * W for W in weights]


def logsumexp(z):
    """log Σ e^z over the last axis, about the largest z and never below it.

    With m the largest z: m + log(1 + Σ e^(z − m)), the sum over all others, so that no exponential
    overflows and a small sum is not lost beside the 1. Blanchard, Higham and Higham (2021).

    Args:
        z: (…, K), K ≥ 1.

    Returns:
        (…,), dtype of z.

    Raises:
        ValueError: if there is nothing to sum.
    """
    z = _scores(z)
    _, _, others = _exponentials(z, limit=False)
    return z.max(-1) + np.log1p(others)[..., 0]


def log_softmax(z):
    """z − logsumexp(z): the logarithms of `softmax`, over the last axis.

    The largest z is subtracted first: z − (m + log …) would round away what is small beside m.

    Args:
        z: (…, K), K ≥ 1.

    Returns:
        (…, K), dtype of z.

    Raises:
        ValueError: if there is nothing to sum, or the two largest of a row are infinite alike.
    """
    below, _, others = _exponentials(_scores(z))
    return below - np.log1p(others)


def softmax(z):
    """e^z / Σ e^z over the last axis: positive, and each row sums to one (eq-softmax).

    Shifting a row changes nothing, so the largest z is subtracted first and no exponential overflows. This
    form, a quotient, is more accurate than e^(z − logsumexp z). Blanchard, Higham and Higham (2021).

    Args:
        z: (…, K), K ≥ 1.

    Returns:
        a: (…, K), dtype of z.

    Raises:
        ValueError: if there is nothing to sum, or the two largest of a row are infinite alike.

    Example:
        >>> softmax(np.array([[2.0, 1, 0], [1002, 1001, 1000]]))
        array([[0.6652, 0.2447, 0.09  ],
               [0.6652, 0.2447, 0.09  ]])
    """
    _, e, others = _exponentials(_scores(z))
    return e / (1 + others)


def softmax_vjp(da, a):
    """Gradient through `softmax`: dz = a (da − Σ a da), the Jacobian diag(a) − a aᵀ times da.

    Args:
        da: ∂J/∂a, (…, K).
        a: the output of the forward step, (…, K).

    Returns:
        dz: (…, K).

    Raises:
        ValueError: if the shapes differ.
    """
    if np.shape(da) != np.shape(a) or not np.ndim(a):
        raise ValueError(
            f"Expected da and a of one shape (…, K). Received: da.shape={np.shape(da)}, a.shape={np.shape(a)}"
        )
    return a * (da - np.sum(a * da, axis=-1, keepdims=True))


def _weigh(w, x):
    """w x, where a weight of 0 leaves nothing, not even of an infinite x."""
    return np.multiply(w, x, out=np.zeros_like(x), where=w != 0)


def _weighted_sum(w, x):
    """Σ w x, as `_weigh` has it where the plain sum is not finite."""
    total = np.vdot(w, x)
    return float(total if math.isfinite(total) else _weigh(w, x).sum())


def _scores(z):
    z = aims.floating(z)
    if z.ndim < 1 or not z.size:
        raise ValueError(f"Expected scores (…, K), not empty. Received: z.shape={z.shape}")
    return z


def _exponentials(z, limit=True):
    """z − max z over the last axis; e to that; the sum (…, 1) of all e but the largest, which is e⁰ = 1."""
    rows = z.reshape(-1, z.shape[-1])
    top = np.arange(len(rows)), rows.argmax(-1)  # for short rows faster than max
    below = _below(rows, rows[top][:, np.newaxis], limit)
    e = np.exp(below)
    e[top] = 0
    others = np.add.reduce(e, axis=-1, keepdims=True)
    e[top] = 1
    return below.reshape(z.shape), e.reshape(z.shape), others.reshape(*z.shape[:-1], 1)


def _below(rows, largest, limit):
    """Rows − largest. Of two largest infinite alike softmax has no limit: refused if one is asked."""
    with np.errstate(over="ignore", invalid="ignore"):  # −∞ is the limit; ∞ − ∞ is mended below
        below = rows - largest
    if not np.count_nonzero(np.isinf(largest)):  # of a few numbers faster than np.any
        return below
    tied = rows == largest
    if limit and np.any(np.isinf(largest[:, 0]) & (tied.sum(-1) > 1)):
        raise ValueError(f"Expected one largest score a row where it is infinite. Received: z={rows}")
    return np.where(tied, 0, below)
