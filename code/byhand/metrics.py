"""What people ask of a classifier, beside the cost it was trained on.

Shapes: M examples, K outputs. For anything more than accuracy, use scikit-learn's metrics.
"""

import numpy as np


def accuracy(logits, targets):
    """The share of examples that are given their own label.

    Args:
        logits: (M, 1), where z ≥ 0 says 1, or (M, K), where the largest output says which.
        targets: for (M, 1) the labels 0 and 1, (M, 1); for (M, K) the labels (M,) or one-hot rows (M, K).

    Returns:
        float from 0 to 1.

    Raises:
        ValueError: if the shapes do not fit, nothing is given, or a row of targets is not one-hot.

    Example:
        >>> accuracy(np.array([[2.0, 1, 0], [0, 3, 1]]), np.array([0, 2]))
        0.5
    """
    z, y = np.asarray(logits), np.asarray(targets)
    if z.ndim != 2 or not z.size or y.shape not in (z.shape, z.shape[:1]) or (y.ndim, z.shape[1]) == (1, 1):
        raise ValueError(
            f"Expected logits (M, 1) and targets (M, 1), or logits (M, K) and targets (M,) or (M, K). "
            f"Received: logits.shape={z.shape}, targets.shape={y.shape}"
        )
    if z.shape[1] == 1:
        return float(np.mean((z >= 0) == (y == 1)))
    return float(np.mean(z.argmax(axis=1) == (y if y.ndim == 1 else _labels(y))))


def _labels(y):
    """The label of each one-hot row."""
    if not (np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all()):
        raise ValueError(
            f"Expected one-hot rows; for several labels an example take a metric of your own. "
            f"Received: targets with a row {y[np.argmax((y == 1).sum(axis=1) != 1)]}"
        )
    return y.argmax(axis=1)
