"""What a classifier decides, all over the plane.

Shapes: M points, K classes. A region is an area, the set of points where one class has the largest score.
Drawing the label itself as a contour map would draw every label in between too: from class 0 to class 3 a
bundle of three lines where there is one border.
"""

import numpy as np
from matplotlib.colors import ListedColormap
from scipy.ndimage import distance_transform_edt

from byhand.plots import refusals, style, words
from byhand.plots.plane import plane, show, values, where

LEAST = 0.004  # of the rectangle: a smaller region is too small for its name


def regions(predict, extent, ax=None, classes=None, threshold=None):
    """Decision regions: a light fill, a border, and the class's name where there is most room.

    Args:
        predict: function of points (M, 2); gives scores (M, K), logits or probabilities, or for two
            classes (M,) or (M, 1).
        extent: (left, right, bottom, top), or the points (M, 2) to make room for; names keep clear of them.
        ax: matplotlib Axes.
        classes: the classes' names.
        threshold: of a single output, from which on it says class 1: 0 for a logit, ½ for a probability.

    Returns:
        ax.

    Raises:
        ValueError: if the output is a single one without a threshold, or doesn't fit.
    """
    rectangle = plane(extent)
    scores = _scores(values(predict, rectangle), threshold)
    names = refusals.class_names(classes, scores.shape[-1])
    labels, ax = scores.argmax(axis=-1), style.axes(ax, figsize=(4.8, 3.6))
    tints = ListedColormap([style.tint(k) for k in range(len(names))])
    ax.imshow(labels, cmap=tints, vmin=-0.5, vmax=len(names) - 0.5, extent=rectangle.extent, origin="lower",
              aspect="auto", interpolation="nearest", zorder=0)  # fmt: skip
    _borders(ax, rectangle, scores, labels)
    _names(ax, rectangle, labels, names)
    show(ax, rectangle)
    return words.describe(ax, _sentence(rectangle, labels, names))


def _scores(found, threshold):
    """(SIDE, SIDE, K); a single output becomes the scores 0 and output − threshold."""
    if found.ndim == 3:
        return found
    if threshold is None:
        raise ValueError(
            "Expected a threshold for a function of one output: 0 for a logit, 0.5 for a probability. "
            "Received: threshold=None"
        )
    # A score that is exactly the threshold says class 1, as z ≥ 0 does; argmax would take the first.
    margin = np.where(found == threshold, np.finfo(float).tiny, found - threshold)
    return np.stack([np.zeros_like(found), margin], axis=-1)


def _borders(ax, rectangle, scores, labels):
    """Where a class's score equals the best of the others: a smooth line over the steps of the grid."""
    for k in np.unique(labels)[1:]:
        others = np.delete(scores, k, axis=-1).max(axis=-1)
        ax.contour(rectangle.u, rectangle.v, scores[..., k] - others, levels=[0], colors=[style.INK],
                   linewidths=1.1, linestyles="-", zorder=1)  # fmt: skip


def _names(ax, rectangle, labels, names):
    """Each name in the middle of the widest free room of its region."""
    free = np.ones_like(labels, bool)
    if len(rectangle.inside):
        rows = np.searchsorted(rectangle.v, rectangle.inside[:, 1])
        free[rows, np.searchsorted(rectangle.u, rectangle.inside[:, 0])] = False
    for k in np.unique(labels):
        if (labels == k).mean() >= LEAST:
            room = distance_transform_edt(np.pad((labels == k) & free, 1))[1:-1, 1:-1]
            row, column = np.unravel_index(room.argmax(), room.shape)
            ax.text(rectangle.u[column], rectangle.v[row], names[k], ha="center", va="center", zorder=4,
                    color=style.INK, fontsize=9, path_effects=style.halo())  # fmt: skip


def _sentence(rectangle, labels, names):
    present = np.unique(labels)
    parts = [f"{names[k]} {100 * (labels == k).mean():.0f} %" for k in present]
    none = [name for k, name in enumerate(names) if k not in present]
    lacking = f"; no region for {', '.join(none)}" if none else ""
    return f"Decision regions for {where(rectangle)}, shares of the area: {', '.join(parts)}{lacking}."
