"""Pooling: each channel of a patch becomes one number, its largest value or its mean.

Shapes: M examples, C channels; a signal (M, T, C) gives (M, L, C), a picture (M, H, V, C) gives
(M, P, Q, C). Windows lie side by side unless a stride is given.
"""

import numpy as np

from byhand import shapes
from byhand.patches import entries, patches, patches_vjp
from byhand.targets import floating


def max_pooling(x, size, *, stride=None, padding="valid"):
    """The largest value of every window and channel; the margins of "same" never win.

    Args:
        x: (M, T, C) or (M, H, V, C).
        size: of the window, k or (h, v).
        stride: steps from one window to the next; None: the size.
        padding: "valid" or "same".

    Returns:
        y: (M, L, C) or (M, P, Q, C).

    Raises:
        ValueError: as `patches` does.

    Example:
        >>> max_pooling(np.array([1.0, 4, 2, 3]).reshape(1, 4, 1), 2)[0, :, 0]
        array([4., 3.])
    """
    x = np.asarray(x)
    lowest = -np.inf if np.issubdtype(x.dtype, np.floating) else np.iinfo(x.dtype).min
    return _over_entries(np.maximum, patches(x, size, fill=lowest, **_window(size, stride, padding)))


def max_pooling_vjp(dy, x, y, size, *, stride=None, padding="valid"):
    """Gradient through `max_pooling`: dy goes to the entry that was largest.

    Of several equally large the first, row by row, takes all of it, as in TensorFlow on a CPU. Other
    libraries share it out or give it to each; none of them is wrong, the maximum has a kink there.

    Args:
        dy: (M, L, C) or (M, P, Q, C).
        x: (M, T, C) or (M, H, V, C), the input of the forward step.
        y: the output of the forward step.
        size: as in `max_pooling`.
        stride: as in `max_pooling`.
        padding: as in `max_pooling`.

    Returns:
        dx, in the shape of x.

    Raises:
        ValueError: if the shapes don't fit.

    Example:
        >>> x = np.array([1.0, 4, 2, 3]).reshape(1, 4, 1)
        >>> max_pooling_vjp(np.array([10.0, 20]).reshape(1, 2, 1), x, max_pooling(x, 2), 2)[0, :, 0]
        array([ 0., 10.,  0., 20.])
    """
    window = _window(size, stride, padding)
    # A margin is NaN: it equals no largest value, not even −∞.
    seen = patches(floating(x), size, fill=np.nan, **window)
    _check_gradient(dy, seen)
    if y.shape != dy.shape:
        raise ValueError(f"Expected y (M, L, C) of shape {dy.shape}. Received: y.shape={y.shape}")
    return patches_vjp(_to_the_first(dy, y, seen), x, size, **window)


def average_pooling(x, size, *, stride=None, padding="valid"):
    """The mean of every window and channel; the margins of "same" do not count, as in Keras.

    Args:
        x: (M, T, C) or (M, H, V, C).
        size: of the window, k or (h, v).
        stride: steps from one window to the next; None: the size.
        padding: "valid" or "same".

    Returns:
        y: (M, L, C) or (M, P, Q, C).

    Raises:
        ValueError: as `patches` does.

    Example:
        >>> average_pooling(np.array([1.0, 4, 2, 3]).reshape(1, 4, 1), 2)[0, :, 0]
        array([2.5, 2.5])
    """
    window = _window(size, stride, padding)
    total = _over_entries(np.add, patches(x, size, **window))
    return total / _counts(x, size, window).astype(total.dtype)


def average_pooling_vjp(dy, x, size, *, stride=None, padding="valid"):
    """Gradient through `average_pooling`: every entry of a window gets an equal share of dy.

    Args:
        dy: (M, L, C) or (M, P, Q, C).
        x: (M, T, C) or (M, H, V, C), of which only the shape and the dtype count.
        size: as in `average_pooling`.
        stride: as in `average_pooling`.
        padding: as in `average_pooling`.

    Returns:
        dx, in the shape of x.

    Raises:
        ValueError: if the shapes don't fit.

    Example:
        >>> average_pooling_vjp(np.array([10.0, 20]).reshape(1, 2, 1), np.ones((1, 4, 1)), 2)[0, :, 0]
        array([ 5.,  5., 10., 10.])
    """
    window = _window(size, stride, padding)
    _check_gradient(dy, patches(x, size, **window))
    share = dy / _counts(x, size, window).astype(dy.dtype)
    return patches_vjp((share for _ in entries(size, x.ndim - 2)), x, size, **window)


def _window(size, stride, padding):
    return {"stride": size if stride is None else stride, "padding": padding}


def _over_entries(join, seen):
    """One of NumPy's functions of two arrays, from the first entry of every window to the last."""
    axes = seen.ndim // 2 - 1
    first, *others = (seen[..., *entry, :] for entry in np.ndindex(seen.shape[-1 - axes : -1]))
    y = first.copy()
    for other in others:
        join(y, other, out=y)
    return y


def _to_the_first(dy, y, seen):
    """For each entry of the window: dy where that entry is the first to equal y, else 0."""
    waiting = np.ones(y.shape, bool)
    axes = seen.ndim // 2 - 1
    for entry in np.ndindex(seen.shape[-1 - axes : -1]):
        first = waiting & (seen[..., *entry, :] == y)
        waiting &= ~first
        yield dy * first


def _counts(x, size, window):
    """How many entries of every window lie inside x: (1, L, 1) or (1, P, Q, 1)."""
    return _over_entries(np.add, patches(np.ones((1, *np.shape(x)[1:-1], 1)), size, **window))


def _check_gradient(dy, seen):
    if seen.ndim == 4:
        shapes.check("dy (M, L, C), patches (M, L, k, C)", dy, seen)
    else:
        shapes.check("dy (M, P, Q, C), patches (M, P, Q, h, v, C)", dy, seen)
