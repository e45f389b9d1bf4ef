"""Exercises of chapter 8, convolutional layers, that are answered by a function."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(8)


def _seen(x, size, stride=1):
    return sliding_window_view(x, size)[::stride]


def _scores(x, w, b, stride):
    return _seen(x, len(w), stride) @ w + b


def _one_by_one(x, w, b, starts):
    """A loop over windows as somebody may write it: the last may be cut off at the end."""
    return np.array([x[s : s + len(w)] @ w[: len(x[s : s + len(w)])] + b for s in starts])


convolve = Exercise(
    name="convolve",
    solution=_scores,
    right="Every stride-th window, its products with the kernel summed, and the bias.",
    cases=tuple(
        {"x": _RNG.normal(size=n), "w": _RNG.normal(size=size), "b": b, "stride": stride}
        for n, size, b, stride in ((9, 3, 0.5, 1), (14, 4, -1.5, 3), (8, 5, 2.0, 2), (6, 6, 1.0, 4))
    ),
    mistakes=(
        Mistake(
            lambda x, w, b, s: _scores(x, w[::-1], b, s), "The kernel was turned round, as np.convolve does."
        ),
        Mistake(
            lambda x, w, b, s: np.convolve(x, w, "valid") + b,
            "np.convolve turns the kernel round and knows no stride.",
        ),
        Mistake(
            lambda x, w, b, s: _scores(x, w, b, 1),
            "The stride is missing: take every stride-th window only.",
        ),
        Mistake(lambda x, w, b, s: _scores(x, w, 0, s), "The bias is missing: add b to every score."),
        Mistake(
            lambda x, w, b, s: _scores(x, w, b * len(w), s),
            "The bias was added to every product: it comes once for each window.",
        ),
        Mistake(
            lambda x, w, b, s: _one_by_one(x, w, b, range(0, len(x), s)),
            "Windows that hang over the end came out, too: the last one begins at n − F.",
        ),
        Mistake(
            lambda x, w, b, s: _one_by_one(x, w, b, range(0, len(x) - len(w), s)),
            "The last window is missing: range ends before its end, which is n − F + 1.",
        ),
        Mistake(
            lambda x, w, b, s: _one_by_one(x, w, b, range((len(x) - len(w)) // s + 1)),
            "The right number of windows, but they begin one sample apart: window t begins at t · stride.",
        ),
        Mistake(
            lambda x, w, b, s: _one_by_one(x, w, b, range(0, len(x) - len(w) + 1, len(w))),
            "The windows lie side by side, F apart: they begin stride samples apart.",
        ),
        Mistake(
            lambda x, w, b, s: np.correlate(x, w, "same")[::s] + b,
            'There are margins: mode "same" adds zeros at both ends. Without margins it is "valid".',
        ),
        Mistake(
            lambda x, w, b, s: _seen(x, len(w), s) * w + b,
            "The products are there, but not their sum: each window gives one number.",
        ),
        Mistake(
            lambda x, w, b, s: np.maximum(_scores(x, w, b, s), 0),
            "A ReLU came on top: asked are the scores z.",
        ),
        Mistake(
            lambda x, w, b, s: _scores(x[::s], w, b, 1),
            "The stride was applied to the signal: it drops samples. It is "
            "for the windows, which stay whole.",
        ),
    ),
)


def _pooled(x, size, take=np.max):
    P, Q = x.shape[0] // size, x.shape[1] // size
    return take(x[: P * size, : Q * size].reshape(P, size, Q, size), axis=(1, 3))


def _overlapping(x, size):
    return sliding_window_view(x, (size, size)).max(axis=(2, 3))


def _with_rest(x, size, fill):
    """What doesn't fill a window is kept, filled up with something."""
    missing = [(0, -length % size) for length in x.shape]
    return _pooled(np.pad(x, missing, constant_values=fill), size)


max_pool = Exercise(
    name="max_pool",
    solution=_pooled,
    right="Every window's largest number, side by side; the rest at the edge is left out.",
    cases=tuple(
        {"x": _RNG.normal(size=shape) - drop, "size": size}
        for shape, size, drop in (((4, 6), 2, 0), ((9, 7), 3, 5), ((5, 8), 2, 0), ((3, 4), 3, 5))
    ),
    mistakes=(
        Mistake(_overlapping, "The windows overlap: side by side means a stride of size."),
        Mistake(
            lambda x, size: x[: x.shape[0] // size * size : size, : x.shape[1] // size * size : size],
            "That takes the first number of every window. Take the largest.",
        ),
        Mistake(
            lambda x, size: _pooled(x, size, np.mean),
            "That is average pooling: take the largest, not the mean.",
        ),
        Mistake(
            lambda x, size: _pooled(x, size, np.sum), "That is the sum of every window. Take the largest."
        ),
        Mistake(
            lambda x, size: _pooled(x, size, np.min),
            "That is the smallest of every window. Take the largest.",
        ),
        Mistake(
            lambda x, size: np.maximum(_pooled(x, size), 0),
            "Where all of a window is negative, 0 came out: start from −∞ (or a first entry), not from 0.",
        ),
        Mistake(
            lambda x, size: x.reshape(len(x) // size, size, x.shape[1] // size, size).max(axis=(1, 3)),
            "reshape needs full windows: cut off the rows and columns that don't fill one first.",
        ),
        Mistake(
            lambda x, size: _with_rest(x, size, -np.inf),
            "The rest at the edge made windows of its own: leave out what doesn't fill one.",
        ),
        Mistake(
            lambda x, size: _with_rest(x, size, 0),
            "The rest at the edge was filled up with zeros: leave out what doesn't fill a window.",
        ),
        Mistake(lambda x, size: _pooled(x, size).T, "Rows and columns have changed places."),
        Mistake(
            lambda x, size: np.max(x), "One number for the whole map: every window of size × size gives one."
        ),
        Mistake(
            lambda x, size: x[:, : x.shape[1] // size * size].reshape(len(x), -1, size).max(axis=2),
            "Only the columns were pooled: windows have rows, too.",
        ),
        Mistake(
            lambda x, size: x[: len(x) // size * size].reshape(-1, size, x.shape[1]).max(axis=1),
            "Only the rows were pooled: windows have columns, too.",
        ),
        Mistake(
            lambda x, size: (
                x[: len(x) // size * size, : x.shape[1] // size * size]
                .reshape(-1, size * size)
                .max(axis=1)
                .reshape(len(x) // size, -1)
            ),
            "reshape took the numbers row by row, so a “window” is a piece of a row: fold each axis in two, "
            "(P, size, Q, size).",
        ),
    ),
)


def _slope(dz, x, size, stride):
    return dz @ _seen(x, size, stride)[: len(dz)], dz.sum()


def _with_weights(change):
    """A wrong answer whose bias is right."""
    return lambda dz, x, size, stride: (change(dz, x, size, stride), dz.sum())


def _with_bias(change):
    """A wrong answer whose weights are right."""
    return lambda dz, x, size, stride: (_slope(dz, x, size, stride)[0], change(dz))


kernel_slope = Exercise(
    name="kernel_slope",
    solution=_slope,
    right="Every window, weighed by the slope of its score, added up; and the sum of the slopes.",
    cases=tuple(
        {"dz": _RNG.normal(size=T), "x": _RNG.normal(size=n), "size": size, "stride": stride}
        for n, size, stride, T in ((9, 3, 1, 7), (14, 4, 3, 4), (8, 5, 2, 2))
    ),
    mistakes=(
        Mistake(
            _with_weights(lambda dz, x, size, s: dz @ _seen(x, size, s) / len(dz)),
            "The weights got the mean over the windows. The chain rule adds "
            "all ways from a weight to the loss.",
        ),
        Mistake(
            _with_bias(np.mean),
            "The bias got the mean of the slopes: it has a way to the loss in every window.",
        ),
        Mistake(
            lambda dz, x, size, s: tuple(part / len(dz) for part in _slope(dz, x, size, s)),
            "Both are means over the windows: the chain rule adds, it doesn't average.",
        ),
        Mistake(
            _with_weights(lambda dz, x, size, s: dz @ _seen(x, size)),
            "The stride is missing: take every stride-th window, then there are as many as slopes.",
        ),
        Mistake(
            _with_weights(lambda dz, x, size, s: dz @ _seen(x, size)[: len(dz)]),
            "The windows begin one sample apart: here too, window t begins at t · stride.",
        ),
        Mistake(
            _with_weights(lambda dz, x, size, s: (dz @ _seen(x, size, s))[::-1]),
            "The weights' slopes stand in the opposite order: the kernel isn't turned round.",
        ),
        Mistake(
            _with_weights(lambda dz, x, size, s: _seen(x, size, s).sum(axis=0)),
            "The slopes dz are missing: weigh each window by the slope of its score.",
        ),
        Mistake(
            _with_weights(lambda dz, x, size, s: _seen(x, size, s).T * dz),
            "One slope for each weight and window: the weight is shared, so add over the windows.",
        ),
        Mistake(
            _with_weights(
                lambda dz, x, size, s: _seen(x, size, s)[np.abs(dz).argmax()] * dz[np.abs(dz).argmax()]
            ),
            "Only the window with the largest slope counted; that is max "
            "pooling's way. Add over all windows.",
        ),
        Mistake(_with_bias(lambda dz: 0.0), "The bias gets a slope as well: the sum of dz."),
        Mistake(_with_bias(lambda dz: dz), "The bias is shared, so its slope is one number: the sum of dz."),
        Mistake(
            lambda dz, x, size, s: tuple(-part for part in _slope(dz, x, size, s)),
            "The signs are turned. These are the slopes; the step, later, goes against them.",
        ),
        Mistake(
            lambda dz, x, size, s: _slope(dz, x, size, s)[::-1],
            "The two have changed places: first the weights' slopes, then the bias's.",
        ),
        Mistake(
            lambda dz, x, size, s: _slope(dz, x, size, s)[0],
            "The weights' slopes are right. Return the bias's, too.",
        ),
    ),
)

EXERCISES = (convolve, max_pool, kernel_slope)
