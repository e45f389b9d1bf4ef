"""What people ask of a classifier, beside the cost it was trained on.

Shapes: M examples, K outputs or classes. For anything more, use scikit-learn's metrics.
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


def confusion_matrix(labels, predictions, K):
    """How often examples of a class, the row, are taken for each class, the column (eq-confusion).

    Args:
        labels: true classes (M,), whole numbers from 0 to K − 1.
        predictions: guessed classes (M,), likewise.
        K: the number of classes.

    Returns:
        Array (K, K) of counts; their sum is M.

    Raises:
        ValueError: if the shapes differ or are not (M,), or a class is not a whole number from 0 to K − 1.

    Example:
        >>> confusion_matrix([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], 2)
        array([[1, 1],
               [1, 2]])
    """
    y, guesses = _classes("labels", labels, K), _classes("predictions", predictions, K)
    if y.shape != guesses.shape:
        raise ValueError(
            f"Expected as many predictions as labels. Received: {len(guesses)} for labels.shape={y.shape}"
        )
    C = np.zeros((K, K), int)
    np.add.at(C, (y, guesses), 1)
    return C


def class_rates(C):
    """Recall and precision of every class (eq-class-rates).

    Args:
        C: counts (K, K), rows true classes, columns guessed ones.

    Returns:
        (recall, precision), each (K,): of the examples of a class the share that is found, and of the guesses
        of a class the share that is right; nan where there are none.

    Raises:
        ValueError: if C is not (K, K).

    Example:
        >>> class_rates([[1, 1], [1, 2]])
        (array([0.5   , 0.6667]), array([0.5   , 0.6667]))
    """
    C = np.asarray(C)
    if C.ndim != 2 or C.shape[0] != C.shape[1]:
        raise ValueError(f"Expected a confusion matrix (K, K). Received: C.shape={C.shape}")
    right = np.diag(C)
    with np.errstate(invalid="ignore"):
        return right / C.sum(axis=1), right / C.sum(axis=0)


def _classes(name, values, K):
    """The classes (M,) as they are, or the reason why they are none."""
    y = np.asarray(values)
    if y.ndim != 1 or y.dtype.kind not in "iu" or np.any((y < 0) | (y >= K)):
        raise ValueError(
            f"Expected {name} (M,), whole numbers from 0 to {K - 1}. Received: {name}={values!r}"
        )
    return y


def _labels(y):
    """The label of each one-hot row."""
    if not (np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all()):
        raise ValueError(
            f"Expected one-hot rows; for several labels an example take a metric of your own. "
            f"Received: targets with a row {y[np.argmax((y == 1).sum(axis=1) != 1)]}"
        )
    return y.argmax(axis=1)
