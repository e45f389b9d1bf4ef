"""Four clouds of points in the plane, one a class.

Shapes: M examples; a point is a row of 2.
"""

from typing import NamedTuple

import numpy as np

from byhand.data.splits import FOLDS, check_examples, check_split, deal, in_split

CENTRES = ((-5, 2), (-2, -2), (1, 2), (5, -2))


class Blobs(NamedTuple):
    """Points x (M, 2) float32, labels y (M,) int64 from 0 to 3, and fold (M,) int64: the tenth each is in."""

    x: np.ndarray
    y: np.ndarray
    fold: np.ndarray


def load_blobs(examples=100, split="all"):
    """Points from four normal distributions of standard deviation 1, as many of each class.

    scikit-learn's `make_blobs` around CENTRES with random_state=30, each class dealt into ten folds.

    Args:
        examples: M in all, before a split is taken; at least 40, so that every fold has every class.
        split: "train" (folds 0–7), "validation" (fold 8), "test" (fold 9) or "all".

    Returns:
        Blobs(x, y, fold).

    Raises:
        ValueError: for fewer examples or a split that is not known.
    """
    from sklearn.datasets import make_blobs

    check_split(split)
    check_examples(examples, len(CENTRES) * FOLDS)
    x, y = make_blobs(n_samples=examples, centers=np.array(CENTRES), cluster_std=1.0, random_state=30)
    y = y.astype(np.int64)
    fold = deal(y, np.random.default_rng(30))
    keep = in_split(fold, split)
    return Blobs(x[keep].astype(np.float32), y[keep], fold[keep])
