"""What a loss is told to aim at: checked, and in the shape and type of the outputs.

Shapes: M examples, K outputs.
"""

import numpy as np


def floating(outputs):
    """An array in floating point; whole numbers and lists count as double precision."""
    f = np.asarray(outputs)
    return f if f.dtype.kind == "f" else f.astype(float)


def same_shape(outputs, targets, name):
    """Both as floating arrays of one shape: (M,) against (M, 1) would broadcast to (M, M) in silence.

    Args:
        outputs: (M, K), or any shape that is not empty.
        targets: in the shape of outputs.
        name: what the outputs are called in the message.

    Raises:
        ValueError: if the shapes differ, or nothing is given.
    """
    f = floating(outputs)
    y = np.asarray(targets, dtype=f.dtype)
    if f.size == 0 or f.shape != y.shape:
        raise ValueError(
            f"Expected {name} and targets of one shape, not empty. "
            f"Received: {name}.shape={f.shape}, targets.shape={y.shape}"
        )
    return f, y


def in_unit_interval(y):
    """ValueError for targets below 0, above 1 or not a number."""
    if not np.all((y >= 0) & (y <= 1)):
        raise ValueError(
            f"Expected targets between 0 and 1. Received: targets={_first(y, (y >= 0) & (y <= 1))}"
        )


def probabilities(logits, targets):
    """Logits z (…, K) and, in their shape and type, one probability a class, each row summing to one.

    Args:
        logits: z, (M, K).
        targets: whole-number labels 0 … K−1, (M,), or probabilities (one-hot, for instance), (M, K).

    Raises:
        ValueError: if nothing is given, a shape does not fit, a label is not a whole number from 0 to K−1,
            or a row of probabilities does not sum to one (to 1e-5).
    """
    z, y = floating(logits), np.asarray(targets)
    if not z.size or not z.ndim or y.shape not in (z.shape, z.shape[:-1]):
        raise ValueError(
            "Expected logits (M, K), not empty, and targets as labels (M,) or probabilities (M, K). "
            f"Received: logits.shape={z.shape}, targets.shape={y.shape}"
        )
    if y.ndim < z.ndim:
        return z, one_hot(y, z.shape[-1], z.dtype)
    y = y.astype(z.dtype)
    in_unit_interval(y)
    _sum_to_one(y.sum(-1))
    return z, y


def _sum_to_one(total):
    if not np.all(np.abs(total - 1) <= 1e-5):
        raise ValueError(
            f"Expected every row of targets to sum to one. "
            f"Received: targets summing to {_first(total, np.abs(total - 1) <= 1e-5)}"
        )


def one_hot(labels, classes, dtype=np.float32):
    """Row y of the identity for each label y: 1 at its place, 0 elsewhere.

    Args:
        labels: whole numbers 0 … classes − 1, of any shape.
        classes: K.
        dtype: of the result.

    Returns:
        labels.shape + (K,).

    Raises:
        ValueError: if a label is not a whole number from 0 to K−1.
    """
    y = np.asarray(labels)
    if y.dtype.kind not in "iu":
        raise ValueError(f"Expected labels as whole numbers. Received: targets.dtype={y.dtype}")
    hot = y[..., np.newaxis] == np.arange(classes)
    if np.count_nonzero(hot) != y.size:
        raise ValueError(
            f"Expected labels from 0 to {classes - 1}. Received: targets={_first(y, hot.any(-1))}"
        )
    return hot.astype(dtype)


def _first(values, right):
    """The first value that is not right."""
    return values[~right].flat[0]
