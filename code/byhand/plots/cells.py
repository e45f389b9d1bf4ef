"""Tables drawn as maps: a number in every cell, its size as the cell's colour.

Shapes: M examples, K classes, R rows, C columns.
"""

import numpy as np
from matplotlib.colors import Normalize, PowerNorm

from byhand.plots import refusals, style, words
from byhand.shapes import check


def confusion(labels, predictions, ax=None, classes=None):
    """The confusion matrix: rows are true classes, columns predicted ones; blue is right, red is wrong.

    Counted by scikit-learn. Each kind of cell has its own scale, or the few errors would look like none.

    Args:
        labels: (M,), whole numbers from 0.
        predictions: (M,), the same.
        ax: matplotlib Axes.
        classes: the classes' names; None for their numbers.

    Returns:
        ax.

    Raises:
        ValueError: if the shapes don't fit or a label is no whole number from 0.
    """
    from sklearn.metrics import confusion_matrix

    (labels, predictions), names = refusals.class_labels(classes, labels=labels, predictions=predictions)
    check("labels (M,), predictions (M,)", labels, predictions)
    names = [str(k) for k in range(len(names))] if classes is None else names
    counts = confusion_matrix(labels, predictions, labels=range(len(names)))
    ax = style.axes(ax, figsize=(0.9 + 0.42 * len(names),) * 2)
    right = np.eye(len(names), dtype=bool)
    for kind, colours in ((right, style.STRENGTH), (~right, style.WRONG)):
        part = np.ma.masked_array(counts, ~kind)
        _map(ax, part, colours, PowerNorm(0.6, 0, max(1.3 * part.max(), 1) if part.count() else 1), "{:d}")
    _head(ax, names, names)
    ax.set(xlabel="predicted", ylabel="true")
    return words.describe(ax, _mistakes(counts, names))


def heat(values, ax=None, label="activation", form="{:.1f}"):
    """A table of numbers as a map, such as one picture's 25 activations as 5 × 5.

    Args:
        values: (R, C); a flat one (U,) is laid out row by row, U being a square number.
        ax: matplotlib Axes.
        label: what the numbers are.
        form: how a number is written, such as "{:.2f}"; "" for none.

    Returns:
        ax.

    Raises:
        ValueError: if the values are no table or not finite.
    """
    table = np.asarray(values, float)
    side = round(table.size**0.5)
    table = table.reshape(side, side) if table.ndim == 1 and side**2 == table.size else table
    if table.ndim != 2 or not table.size:
        raise ValueError(f"Expected values (R, C), or (U,) with U a square number. Received: {table.shape}")
    refusals.finite(values=table)
    signed, size = table.min() < 0, np.abs(table).max() or 1.0
    ax = style.axes(ax, figsize=(0.6 * table.shape[1] + 0.6, 0.6 * table.shape[0] + 0.3))
    colours, norm = style.SIGNED if signed else style.STRENGTH, Normalize(-size if signed else 0, size)
    _map(ax, np.ma.asarray(table), colours, norm, form)
    _head(ax, range(table.shape[1]), range(table.shape[0]))
    ax.set_title(label)
    row, column = np.unravel_index(table.argmax(), table.shape)
    text = (
        f"a map of {table.shape[0]} rows and {table.shape[1]} columns, from {words.number(table.min())} to "
    )
    return words.describe(
        ax, text + f"{words.number(table.max())} in row {row}, column {column}, counted from 0."
    )


def _map(ax, table, colours, norm, form):
    """Fill the cells that are not masked, and write each number in ink or white, whichever can be read."""
    ax.imshow(table, cmap=colours, norm=norm)
    for (row, column), value in np.ndenumerate(table.filled(0)):
        fill = colours(norm(value))[:3]
        if form and not np.ma.getmaskarray(table)[row, column]:
            ax.text(column, row, form.format(value).replace("-", "−"), ha="center", va="center", fontsize=9,
                    color=style.readable(fill) if value or max(fill) < 1 else style.QUIET)  # fmt: skip


def _head(ax, columns, rows):
    """Names beside the cells, thin white lines between them, no frame."""
    ax.set_xticks(range(len(columns)), [str(name) for name in columns])
    ax.set_yticks(range(len(rows)), [str(name) for name in rows])
    ax.set_xticks(np.arange(len(columns) - 1) + 0.5, minor=True)
    ax.set_yticks(np.arange(len(rows) - 1) + 0.5, minor=True)
    ax.grid(False)
    ax.grid(which="minor", color="white", linewidth=1.5)
    ax.set_axisbelow(False)
    ax.tick_params(which="both", length=0)
    ax.spines[:].set_visible(False)


def _mistakes(counts, names):
    total, right = counts.sum(), np.trace(counts)
    off = counts - np.diag(np.diag(counts))
    most = [np.unravel_index(i, off.shape) for i in np.argsort(-off, axis=None, kind="stable")[:3]]
    pairs = [
        f"{names[i]} taken for {names[j]}, {words.count(off[i, j], 'time')}" for i, j in most if off[i, j]
    ]
    text = f"Confusion matrix of {words.count(total, 'example')} in {len(names)} classes, rows true, columns "
    text += f"predicted: {right} on the diagonal are right, {100 * right / total:.1f} %."
    return text + (f" Most frequent mistakes: {'; '.join(pairs)}." if pairs else "")
