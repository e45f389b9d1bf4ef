"""Pictures on a sheet, row by row: digits, the ones a network got wrong, and weights drawn as pictures.

Shapes: M examples, D inputs, U units, H V rows and columns of a picture.
"""

import math

import numpy as np

from byhand.plots import refusals, style, words
from byhand.shapes import check, check_count

WRONG = {"weight": "bold", "color": style.lettering(1)}
NAMED = 5  # of the errors are named in words


def digits(x, captions=None, columns=8, ax=None, predictions=None):
    """A sheet of 20×20 pictures, row by row, each with its caption below.

    Args:
        x: (M, 400), 0 paper to 1 ink.
        captions: M captions, or None; labels, if there are predictions.
        columns: pictures a row.
        ax: matplotlib Axes.
        predictions: M predicted labels, or None; where one differs from the label, the caption becomes
            `true → predicted`, bold and red.

    Returns:
        ax.

    Raises:
        ValueError: if x is not (M, 400), or there are not M captions or predictions.
    """
    captions = None if captions is None else [str(caption) for caption in captions]
    wrong = set()
    if predictions is not None:
        _check_one_each(x, captions=captions or (), predictions=predictions)
        wrong = {i for i, label in enumerate(captions) if label != str(predictions[i])}
        captions = [f"{y} → {predictions[i]}" if i in wrong else y for i, y in enumerate(captions)]
    ax = _sheet(_pictures(x), captions, columns, 8 if captions else 2, ax, wrong)
    ax.images[0].set(cmap="gray_r", clim=(0, 1))
    return words.describe(ax, _pictures_in_words(len(x), captions))


def errors(x, labels, predictions, losses, most=16, columns=8, ax=None):
    """The pictures that were taken for another class, the largest loss first.

    Args:
        x: (M, 400), 0 paper to 1 ink.
        labels: (M,), whole numbers from 0.
        predictions: (M,), the same.
        losses: (M,), each picture's own loss.
        most: how many to show at most.
        columns: pictures a row.
        ax: matplotlib Axes.

    Returns:
        ax; with a sentence instead of pictures if every prediction is right.

    Raises:
        ValueError: if the shapes don't fit.
    """
    (labels, predictions), _ = refusals.class_labels(labels=labels, predictions=predictions)
    check("x (M, D), labels (M,), predictions (M,), losses (M,)", x, labels, predictions, losses)
    check_count(most, "pictures")
    wrong = np.flatnonzero(labels != predictions)
    order = wrong[np.argsort(-np.asarray(losses)[wrong], kind="stable")]
    said = f"{words.count(len(wrong), 'picture')} of {len(x)} taken for another class"
    if not len(wrong):
        return _nothing_wrong(len(x), ax)
    shown = order[:most]
    captions = [f"{labels[i]} → {predictions[i]}\nloss {losses[i]:.1f}" for i in shown]
    ax = _sheet(_pictures(x)[shown], captions, columns, 14, ax)
    ax.images[0].set(cmap="gray_r", clim=(0, 1))
    pairs = ", ".join(f"{labels[i]} for {predictions[i]} at {words.number(losses[i])}" for i in shown[:NAMED])
    return words.describe(ax, f"{said}; the dearest, with their losses: {pairs}.")


def filters(W, ax=None, captions=None, columns=None, label="weight"):
    """Each unit's incoming weights as a picture, all on one scale that is symmetric around 0.

    Args:
        W: (D, U), D a square number such as 400, or the kernel of a convolution on one channel (H, V, 1, U).
        ax: matplotlib Axes.
        captions: U captions, or None for the units' numbers from 0.
        columns: pictures a row; None for a sheet wider than high with few places empty.
        label: of the colour bar.

    Returns:
        ax.

    Raises:
        ValueError: if D is no square number, the kernel has several channels, or a weight is not finite.
    """
    pictures = _kernels(np.asarray(W, float))
    units, height = len(pictures), pictures.shape[1]
    captions = [str(caption) for caption in (range(units) if captions is None else captions)]
    columns = columns or _columns(units)
    ax = _sheet(pictures, captions, columns, max(2, round(0.4 * height)), ax)
    size = np.abs(pictures).max() or 1.0
    ax.images[0].set(cmap=style.SIGNED, clim=(-size, size))
    ax.figure.colorbar(ax.images[0], ax=ax, label=label, shrink=0.8, pad=0.02).outline.set_visible(False)
    strongest = np.abs(pictures).mean(axis=(1, 2)).argmax()
    return words.describe(
        ax,
        f"The weights of {words.count(units, 'unit')} as pictures of {height} by {pictures.shape[2]}, from "
        f"{words.number(pictures.min())} to {words.number(pictures.max())}; the strongest on average are "
        f"those of unit {captions[strongest]}.",
    )


def _columns(units):
    """From 1.2 to 2 times the root, so that the sheet is wider than high; the one that leaves fewest gaps."""
    least, most = math.ceil(1.2 * math.sqrt(units)), math.ceil(2 * math.sqrt(units))
    return min(range(least, most + 1), key=lambda columns: -units % columns)


def _kernels(W):
    """(U, H, V)."""
    side = math.isqrt(W.shape[0]) if W.ndim == 2 else 0
    if not W.size or not (side**2 == W.shape[0] if W.ndim == 2 else W.ndim == 4 and W.shape[2] == 1):
        raise ValueError(
            f"Expected W (D, U) with D a square number, or a kernel (H, V, 1, U). Received: W.shape={W.shape}"
        )
    refusals.finite(W=W)
    return W.T.reshape(-1, side, side) if side else np.moveaxis(W[:, :, 0], -1, 0)


def _pictures(x):
    x = np.asarray(x, float)
    if x.ndim != 2 or x.shape[1] != 400 or not len(x):
        raise ValueError(f"Expected pictures x (M, 400), not empty. Received: x.shape={x.shape}")
    return x.reshape(-1, 20, 20)


def _check_one_each(x, **lists):
    for name, items in lists.items():
        if len(items) != len(x):
            raise ValueError(f"Expected one of {name} for each of {len(x)} pictures. Received: {len(items)}")


def _sheet(pictures, captions, columns, gap, ax, wrong=()):
    """Draw pictures (M, H, V) with `gap` rows below each for its caption."""
    check_count(columns, "columns")
    if captions is not None:
        _check_one_each(pictures, captions=captions)
    _, height, width = pictures.shape
    columns, aside = min(columns, len(pictures)), max(1, round(width / 10))
    rows = math.ceil(len(pictures) / columns)
    sheet = np.full((rows * (height + gap), columns * (width + aside) - aside), np.nan)
    ax = style.axes(ax, figsize=(6.4, 6.4 * sheet.shape[0] / sheet.shape[1]))
    for i, picture in enumerate(pictures):
        top, left = i // columns * (height + gap), i % columns * (width + aside)
        sheet[top : top + height, left : left + width] = picture
        if captions is not None:
            ax.text(left + (width - 1) / 2, top + height + 0.025 * height, captions[i], ha="center", va="top",
                    fontsize=9, **WRONG if i in wrong else {})  # fmt: skip
    ax.imshow(sheet)
    ax.axis("off")
    return ax


def _nothing_wrong(examples, ax):
    ax = style.axes(ax, figsize=(4, 0.6))
    ax.axis("off")
    sentence = f"None of {words.count(examples, 'picture')} is taken for another class."
    ax.text(0.5, 0.5, sentence, ha="center", va="center", transform=ax.transAxes)
    return words.describe(ax, sentence)


def _pictures_in_words(examples, captions):
    below = f", with the captions {'; '.join(captions)}" if captions else ""
    return f"{words.count(examples, 'picture')} of handwriting{below}."
