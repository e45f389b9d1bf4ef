"""A window that slides over a heartbeat, and one over a picture: what it holds, the products, their sum."""

from dataclasses import dataclass

import numpy as np

from byhand.convolution import convolution
from byhand.figures.frame import Figure
from byhand.figures.sliding_window_picture import draw, label

# Of each pair the kernel for the signal and the one for the picture.
KERNELS = {
    "edges": ([[-1, -1, 0, 1, 1]], [[-1, 0, 1]] * 3),
    "spots": ([[-1, -1, 4, -1, -1]], [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "blur": ([[0.1, 0.2, 0.4, 0.2, 0.1]], [[0.1, 0.1, 0.1], [0.1, 0.2, 0.1], [0.1, 0.1, 0.1]]),
}
SIDE, FEWEST, MOST = 20, 10, 200
CAPTION = (
    "Above, a window on the heartbeat; below it the scores of all windows, each at its middle sample. Beside "
    "it a window on the digit and the map of its scores: ■ above 0, ▬ below, the darker the further, and "
    "nothing near 0. Under each stand the numbers that the window holds, the kernel, the products and their "
    "sum; no bias. Drag a window, or move it with the sliders.<br><strong>Predict first:</strong> the kernel "
    "“edges” takes what is on the left from what is on the right. Where on the way over the high peak is its "
    "score largest, where nearly 0, where lowest? Which strokes of the digit does it hardly see? What "
    "happens to every score when the kernel is turned round?"
)


@dataclass(frozen=True)
class Windows:
    """All that is drawn: for signal and picture the numbers, the kernel, the scores, where the window is."""

    x: tuple
    w: tuple
    z: tuple
    at: tuple
    kernel: int
    flip: int


def sliding_window(signal, picture, at=40, row=7, column=4, kernel=0, flip=0):
    """A window over a signal and over a picture; kernel, products and sum spelled out.

    Args:
        signal: (T,), from 10 to 200 samples; shown in two digits after the point.
        picture: (20, 20), greys from 0 to 1, likewise.
        at: the window's first sample, counted from 1.
        row: the window's first row, counted from 1.
        column: the window's first column, counted from 1.
        kernel: 0 edges, 1 spots, 2 blur.
        flip: whether the kernel is turned round, 0 or 1.

    Returns:
        Figure.

    Raises:
        ValueError: for other shapes, numbers that are not finite, or a window that is not there.
    """
    signal, picture = _checked(signal, picture)
    _check_places(at, row, column, kernel, flip, len(signal))
    x, places = (signal[None], picture), ((1, int(at)), (int(row), int(column)))
    pair = list(KERNELS.values())[int(kernel)]
    w = tuple(np.array(k, float)[:: -1 if flip else 1, :: -1 if flip else 1] for k in pair)
    drawn = Windows(x, w, tuple(map(scores, x, w)), places, int(kernel), int(flip))
    model = {
        "at": float(at), "row": float(row), "column": float(column), "kernel": int(kernel), "flip": int(flip),
        "signal": signal.tolist(), "picture": picture.tolist(), "kernels": KERNELS,
    }  # fmt: skip
    summary = f"sliding-window. {label(drawn, 0)} {label(drawn, 1)}"
    return Figure("sliding-window", model, CAPTION, draw(drawn), summary)


def scores(x, w):
    """All windows' scores of one picture (H, V), or of a signal as a picture of one row."""
    return convolution(x[None, :, :, None], w[:, :, None, None], np.zeros(1))[0, :, :, 0]


def _checked(signal, picture):
    """Both in two digits, which are then all there is."""
    signal, picture = np.asarray(signal, float), np.asarray(picture, float)
    if signal.ndim != 1 or not FEWEST <= len(signal) <= MOST or not np.isfinite(signal).all():
        raise ValueError(
            f"Expected a signal of {FEWEST} to {MOST} finite numbers. Received: signal.shape={signal.shape}"
        )
    if picture.shape != (SIDE, SIDE) or not ((picture >= 0) & (picture <= 1)).all():
        raise ValueError(
            f"Expected a picture of 20 × 20 greys from 0 to 1. Received: picture.shape={picture.shape}"
        )
    return np.round(signal, 2) + 0.0, np.round(picture, 2) + 0.0


def _check_places(at, row, column, kernel, flip, samples):
    most = {"at": samples - 4, "row": SIDE - 2, "column": SIDE - 2, "kernel": len(KERNELS) - 1, "flip": 1}
    values = {"at": at, "row": row, "column": column, "kernel": kernel, "flip": flip}
    for name, value in values.items():
        least = 0 if name in ("kernel", "flip") else 1
        if value not in range(least, most[name] + 1):
            raise ValueError(
                f"Expected {name} as a whole number from {least} to {most[name]}. Received: {name}={value!r}"
            )
