"""Figures of the chapters: every function draws on `ax` (a new one if None) and returns it.

Shapes: M examples, E epochs, S seeds. Colours are Okabe and Ito's (2008), told apart by colour-blind
readers; a marker, a dash or a label always says the same as the colour.
"""

import math

import matplotlib.pyplot as plt
import numpy as np

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
DASHES = ("-", "--", "-.", ":")


def use_style():
    """The book's look: white paper in both themes, few lines, the colours above."""
    plt.rcParams.update(
        {
            "figure.figsize": (6.4, 3.2),
            "figure.facecolor": "white",
            "figure.constrained_layout.use": True,
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.color": "#e6e6e6",
            "axes.axisbelow": True,
            "axes.prop_cycle": plt.cycler(color=COLOURS),
            "lines.linewidth": 1.8,
            "legend.frameon": False,
        }
    )


def digits(x, captions=None, columns=8, ax=None):
    """A sheet of 20×20 pictures, row by row, each with its caption below.

    Args:
        x: (M, 400), 0 paper to 1 ink.
        captions: M captions, or None.
        columns: pictures a row.
        ax: matplotlib Axes.

    Returns:
        ax.
    """
    x = np.asarray(x)
    columns = min(columns, len(x))
    rows, gap = math.ceil(len(x) / columns), 8 if captions is not None else 2
    sheet = np.zeros((rows * (20 + gap), columns * 22 - 2))
    if ax is None:
        _, ax = plt.subplots(figsize=(6.4, 6.4 * sheet.shape[0] / sheet.shape[1]))
    for i, picture in enumerate(x):
        top, left = i // columns * (20 + gap), i % columns * 22
        sheet[top : top + 20, left : left + 20] = picture.reshape(20, 20)
        if captions is not None:
            ax.text(left + 9.5, top + 20.5, str(captions[i]), ha="center", va="top", fontsize=9)
    ax.imshow(sheet, cmap="gray_r", vmin=0, vmax=1)
    ax.axis("off")
    return ax


def loss_curves(histories, ax=None):
    """Cost against epoch on a log axis: the median over seeds as a line, all seeds as a band.

    Args:
        histories: {name: (S, E) or (E,)}, every cost positive.
        ax: matplotlib Axes.

    Returns:
        ax.

    Raises:
        ValueError: if a cost is not positive, since a log axis can't show it.
    """
    if ax is None:
        _, ax = plt.subplots()
    for i, (name, losses) in enumerate(histories.items()):
        losses = np.atleast_2d(losses)
        if not (losses > 0).all():
            raise ValueError(f"Expected positive costs for a log axis. Received: {name}={losses.min()}")
        epochs = np.arange(1, losses.shape[1] + 1)
        colour = COLOURS[i % len(COLOURS)]
        ax.plot(epochs, np.median(losses, axis=0), DASHES[i % len(DASHES)], color=colour, label=name)
        ax.fill_between(epochs, losses.min(axis=0), losses.max(axis=0), color=colour, alpha=0.2, linewidth=0)
    ax.set(yscale="log", xlabel="epoch", ylabel="cost J")
    ax.legend()
    return ax
