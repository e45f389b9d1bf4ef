"""What a figure can't show is refused before anything is drawn."""

import numpy as np


def finite(**arrays):
    """ValueError for an array with nan or infinity in it, which matplotlib would leave out in silence."""
    for name, array in arrays.items():
        if not np.isfinite(array).all():
            bad = np.asarray(array)[~np.isfinite(array)].flat[0]
            raise ValueError(f"Expected finite numbers in {name}. Received: {name} with {bad}")


def positive(what, **arrays):
    """ValueError for what a log axis can't show."""
    for name, array in arrays.items():
        if not (np.asarray(array) > 0).all():
            raise ValueError(f"Expected positive {what} for a log axis. Received: {name}={np.min(array)}")


def class_labels(classes=None, **arrays):
    """The labels as arrays, and a name for each class.

    Args:
        classes: the K names, or None for `class 0` and so on, up to the largest label.
        arrays: labels (M,), whole numbers from 0 to K − 1.

    Raises:
        ValueError: if an array is none of that, or there are fewer names than classes.
    """
    found = [np.asarray(array) for array in arrays.values()]
    for name, y in zip(arrays, found, strict=True):
        if y.ndim != 1 or not y.size or y.dtype.kind not in "iu" or y.min() < 0:
            raise ValueError(
                f"Expected labels (M,), whole numbers from 0 and not empty. "
                f"Received: {name}.shape={y.shape}, {name}.dtype={y.dtype}"
                + (f", {name}={y.min()}" if y.size and y.dtype.kind == "i" else "")
            )
    return found, class_names(classes, 1 + max(int(y.max()) for y in found))


def class_names(classes, needed):
    """The names as strings, as many as needed or more if they are given; ValueError if there are fewer."""
    names = [f"class {k}" for k in range(needed)] if classes is None else [str(name) for name in classes]
    if len(names) < needed:
        raise ValueError(f"Expected a name for each of {needed} classes. Received: classes={classes!r}")
    return names


def plane_points(**arrays):
    """Points of the plane, (M, 2), as floats; ValueError for anything else."""
    ((name, points),) = arrays.items()
    found = np.asarray(points, float)
    if found.ndim != 2 or found.shape[1] != 2 or not found.size:
        raise ValueError(f"Expected points {name} (M, 2), not empty. Received: {name}.shape={found.shape}")
    finite(**{name: found})
    return found
