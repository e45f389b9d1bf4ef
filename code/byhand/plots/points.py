"""Points in the plane, each in the colour and marker of its class."""

import numpy as np

from byhand.plots import refusals, style, words
from byhand.shapes import check


def scatter(x, labels, ax=None, classes=None, legend=True):
    """Points by class.

    Args:
        x: (M, 2).
        labels: (M,), whole numbers from 0; at most ten classes, as there are ten markers.
        ax: matplotlib Axes.
        classes: the classes' names, in the order of the labels.
        legend: whether to write the names above; not needed on `regions`, which carry them.

    Returns:
        ax.

    Raises:
        ValueError: if the shapes don't fit, a number is not finite or the classes are too many.
    """
    (labels,), names = refusals.class_labels(classes, labels=labels)
    x = refusals.plane_points(x=x)
    check("x (M, 2), labels (M,)", x, labels)
    if len(names) > len(style.MARKERS):
        raise ValueError(f"Expected at most {len(style.MARKERS)} classes. Received: {len(names)} of them")
    ax, size = style.axes(ax, figsize=(4.8, 3.6)), 34 if len(x) <= 300 else 14
    for k in np.unique(labels):
        style_of = {"color": style.colour(k), "marker": style.MARKERS[k], "edgecolors": "white"}
        ax.scatter(*x[labels == k].T, s=size, linewidths=0.6, zorder=3, label=names[k], **style_of)
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    if legend:
        style.legend_above(ax)
    return words.describe(ax, _sentence(x, labels, names))


def _sentence(x, labels, names):
    present = np.unique(labels)
    parts = [
        f"{names[k]}, {style.MARKER_NAMES[k]}, {words.count((labels == k).sum(), 'point')} "
        f"around {words.place(x[labels == k].mean(axis=0))}"
        for k in present
    ]
    classes = f"{len(present)} classes" if len(present) > 1 else "one class"
    return f"Scatter of {words.count(len(x), 'point')} in {classes}: {'; '.join(parts)}."
