"""Losses: the cost of a batch and its gradient, from one function.

Shapes: M examples, K outputs. A cost is the mean over every entry, as in Keras; its gradient has the
shape of the first argument.
"""

import numpy as np

from byhand.activations import sigmoid


def binary_cross_entropy(logits, targets):
    """Mean of −y log f − (1−y) log(1−f), f = sigmoid(logits), and its gradient.

    Computed from the logits z as max(z, 0) − z y + log(1 + e^−|z|)
    (eq-loss-from-z), which is exact where log f is not: no f is ever rounded
    to 0 or 1 on the way. The gradient is (f − y) / (M K).

    Args:
        logits: z, (M, K).
        targets: y, (M, K), each 0 or 1 (or a probability between).

    Returns:
        value: float, in nats.
        gradient: (M, K), dtype of logits.

    Raises:
        ValueError: if the shapes differ, nothing is given, or a target lies
            outside [0, 1].
    """
    z, y = _same_shape(logits, targets, "logits")
    _require_probabilities(y)
    value = np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))
    return float(value), (sigmoid(z) - y) / z.size


def squared_error(outputs, targets):
    """Mean of ½ (f − y)², and its gradient (f − y) / (M K); for regression (eq-squared-error).

    Args:
        outputs: f, (M, K).
        targets: y, (M, K).

    Returns:
        value: float.
        gradient: (M, K), dtype of outputs.

    Raises:
        ValueError: if the shapes differ or nothing is given.
    """
    f, y = _same_shape(outputs, targets, "outputs")
    return float(np.mean((f - y) ** 2) / 2), (f - y) / f.size


def _same_shape(outputs, targets, name):
    """Both as floating arrays of one shape: (M,) against (M, 1) would broadcast to (M, M) in silence."""
    f = np.asarray(outputs)
    f = f if np.issubdtype(f.dtype, np.floating) else f.astype(float)
    y = np.asarray(targets, dtype=f.dtype)
    if f.size == 0 or f.shape != y.shape:
        raise ValueError(
            f"Expected {name} and targets of one shape, not empty. "
            f"Received: {name}.shape={f.shape}, targets.shape={y.shape}"
        )
    return f, y


def _require_probabilities(y):
    wrong = ~((y >= 0) & (y <= 1))
    if wrong.any():
        raise ValueError(f"Expected targets between 0 and 1. Received: targets={y[wrong].flat[0]}")
