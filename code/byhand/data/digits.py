"""Real handwritten digits, offline and the same bytes on every machine.

Shapes: M examples; a digit is a row of 400 grey values, a 20×20 picture row by row, 0 paper to 1 ink.
"""

import hashlib
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np

from byhand.data.splits import FOLDS, check_split, deal, in_split, shuffled

SIDE = 20
PER_CLASS = 500
# SHA-256 of scikit-learn's originals, each 64 greys and a label in float64. The book's numbers rest on them.
ORIGINALS = "30aa855cd90427ff3c4996b3f40109597c57049f8a038cc52db1efeac8ad2e26"
MIDDLE = np.full(4, 0.5)  # of the chances that turn, scale and shift a digit: upright, of mean size, central


class Digits(NamedTuple):
    """Pictures x (M, 400) float32, labels y (M,) int64, and fold (M,) int64: the tenth a picture is in."""

    x: np.ndarray
    y: np.ndarray
    fold: np.ndarray


def load_digits(classes=range(10), split="all", *, source="embedded", path=None):
    """Pictures of handwritten digits: 20×20 grey, 500 a class, in a fixed mixed order.

    The embedded digits are made from the 1,797 real ones that scikit-learn ships (Alpaydin and Kaynak,
    1998), resampled from 8×8 to 20×20 with small shifts, turns and scalings. Each class is dealt into ten
    folds; every picture made from one original lies in the same fold, so no split shares an original.

    Args:
        classes: the labels to keep, each 0 to 9, without repeats; at least two.
        split: "train" (folds 0–7), "validation" (fold 8), "test" (fold 9) or "all".
        source: "embedded", or "mnist": the same number of MNIST digits (LeCun et al., 1998) through
            `keras.datasets`, cropped from 28×28 to the 20×20 box they were drawn in; needs the network once.
        path: a folder of your own with X.npy (M, 400), greys about 0 to 1, each picture unrolled column by
            column as in the well-known course files, and y.npy (M,) or (M, 1), labels 0–9 (10 is read as 0).

    Returns:
        Digits(x, y, fold).

    Raises:
        ValueError: for a class, split or source that is not known, files whose contents do not fit, or if
            scikit-learn's digits are damaged or others than the book's.
        FileNotFoundError: if X.npy or y.npy is missing.
        ConnectionError: if MNIST can't be fetched.
    """
    classes = _classes(classes)
    check_split(split)
    digits = _from_source(source) if path is None else _from_files(Path(path))
    keep = np.isin(digits.y, classes) & in_split(digits.fold, split)
    missing = sorted(set(classes) - set(digits.y[keep].tolist()))
    if missing:
        raise ValueError(f"Expected pictures of every class asked for. Received: none of classes={missing}")
    return Digits(*(column[keep] for column in digits))


def _classes(classes):
    kept = list(classes) if np.iterable(classes) else [classes]
    if len(kept) < 2 or any(label not in range(10) for label in kept) or len(set(kept)) < len(kept):
        raise ValueError(f"Expected two or more different labels from 0 to 9. Received: classes={kept}")
    return kept


def _from_source(source):
    if source not in ("embedded", "mnist"):
        raise ValueError(f'Expected source "embedded" or "mnist". Received: source={source!r}')
    return _embedded() if source == "embedded" else _mnist()


def _embedded():
    """5,000 pictures from scikit-learn's 1,797, dealt into folds before any copy is made."""
    images, labels = _originals()
    rng = np.random.default_rng(20)
    copies = _copies(images.reshape(-1, 8, 8) / 16, labels, rng)
    x, y, fold = map(np.array, zip(*copies, strict=True))
    return _mixed(x, y, fold, rng)


def _originals():
    """scikit-learn's digits, pixels (1797, 64) and labels (1797,), if they are those of the book."""
    from sklearn.datasets import load_digits as originals

    try:
        images, labels = originals(return_X_y=True)
        found = hashlib.sha256(np.column_stack([images, labels]).astype("<f8").tobytes()).hexdigest()
    except Exception as error:  # a damaged file brings EOFError, zlib.error, BadGzipFile, ValueError …
        found = f"{type(error).__name__}: {error}"
    if found != ORIGINALS:
        wanted = "the digits of scikit-learn undamaged (if not, install it anew)"
        raise ValueError(f"Expected {wanted}, SHA-256 {ORIGINALS}. Received: {found}")
    return images, labels


def _copies(images, labels, rng):
    """500 of each class, as (picture, label, fold): an original's copies all lie in its own fold."""
    for label in range(10):
        mine = shuffled(np.flatnonzero(labels == label), rng)
        for fold in range(FOLDS):
            tenth = mine[fold::FOLDS]
            for copy in range(PER_CLASS // FOLDS):
                yield _redrawn(images[tenth[copy % len(tenth)]], rng.random(4)), label, fold


def _redrawn(image, chance):
    """An 8×8 picture as a row of 400 greys from 0 to 255.

    The rounding also takes away what differs in the last bit between machines.
    """
    return np.rint(255 * np.clip(resampled(image, chance), 0, 1)).astype(np.uint8).ravel()


def resampled(image, chance=MIDDLE):
    """An 8×8 picture as 20×20: cubic, turned, scaled and shifted a little by four chances in [0, 1).

    Linear in the picture: what falls outside 0 … 1 has not been cut off.

    Example:
        >>> resampled(np.ones((8, 8))).shape
        (20, 20)
    """
    from scipy.ndimage import affine_transform

    angle = math.radians(20 * chance[0] - 10)
    scale = 8 / (15.5 + 1.5 * chance[1])
    turn = scale * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    centre = (SIDE - 1) / 2 + 2 * chance[2:] - 1
    return affine_transform(image, turn, np.array([3.5, 3.5]) - turn @ centre, (SIDE, SIDE), order=3)


def redrawn(image):
    """An 8×8 picture, 0 to 1, as digits are drawn where chance is in its middle: (400,), 0 to 1.

    Raises:
        ValueError: if it is not (8, 8).

    Example:
        >>> grey = redrawn(np.eye(8))
        >>> grey.shape, float(grey.max() * 255)
        ((400,), 229.0)
    """
    if np.shape(image) != (8, 8):
        raise ValueError(f"Expected a picture (8, 8). Received: image.shape={np.shape(image)}")
    return _redrawn(np.asarray(image, float), MIDDLE) / 255


def _mixed(x, y, fold, rng):
    """Digits in one fixed random order, grey values in [0, 1] if they were 0 … 255."""
    order = np.argsort(rng.random(len(y)))
    grey = x[order].astype(np.float32)
    return Digits(grey / np.float32(255) if x.dtype == np.uint8 else grey, y[order], fold[order])


def _mnist():
    """The first 500 of each class of MNIST's training set, cropped to their 20×20 box."""
    try:
        from keras.datasets import mnist

        (images, labels), _ = mnist.load_data()
    except Exception as error:  # keras and urllib raise bare Exception, URLError, OSError …
        raise ConnectionError(
            f"Expected to fetch MNIST through keras.datasets; without a network use "
            f'source="embedded". Received: {type(error).__name__}: {error}'
        ) from error
    first = np.concatenate([np.flatnonzero(labels == label)[:PER_CLASS] for label in range(10)])
    x, y = images[first, 4:24, 4:24].reshape(-1, SIDE * SIDE), labels[first].astype(np.int64)
    rng = np.random.default_rng(20)
    return _mixed(x, y, deal(y, rng), rng)


def _from_files(folder):
    """A reader's own X.npy and y.npy, each picture turned from column by column to row by row."""
    x, y = _array(folder / "X.npy"), _array(folder / "y.npy")
    _check_pictures(x)
    _check_labels(y, len(x))
    x = x.reshape(-1, SIDE, SIDE).transpose(0, 2, 1).reshape(-1, SIDE * SIDE)
    y = y.ravel().astype(np.int64) % 10
    rng = np.random.default_rng(20)
    return _mixed(x.astype(np.float32), y, deal(y, rng), rng)


def _check_pictures(x):
    if x.ndim != 2 or x.shape[1] != SIDE * SIDE or not len(x):
        raise ValueError(f"Expected X.npy of shape (M, {SIDE * SIDE}). Received: X.shape={x.shape}")
    if not np.isfinite(x).all():
        raise ValueError(
            f"Expected finite grey values. Received: X with {np.sum(~np.isfinite(x))} NaN or inf"
        )
    if x.min() < -1 or x.max() > 2:
        raise ValueError(
            f"Expected grey values from about 0 to about 1. Received: X from {x.min():g} to {x.max():g}"
        )


def _check_labels(y, M):
    if y.shape not in ((M,), (M, 1)):
        raise ValueError(f"Expected y.npy of shape ({M},) or ({M}, 1). Received: y.shape={y.shape}")
    if not np.isin(y, range(11)).all():
        raise ValueError(f"Expected labels 0 to 9 (or 10 for 0). Received: y={y[~np.isin(y, range(11))][0]}")


def _array(file):
    """A .npy file of numbers; never unpickled, so a poisoned file can't run anything."""
    if not file.is_file():
        raise FileNotFoundError(
            f"Expected a file {file.name} in the folder. Received: path={str(file.parent)!r}"
        )
    array = _unpacked(file)
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "uif":
        kind = getattr(array, "dtype", type(array).__name__)
        raise ValueError(f"Expected {file.name} to be a NumPy array of numbers. Received: dtype={kind}")
    return array


def _unpacked(file):
    try:
        with file.open("rb") as opened:
            return np.load(opened, allow_pickle=False)
    except Exception as error:  # a damaged header brings TokenError, SyntaxError, BadZipFile, MemoryError …
        raise ValueError(f"Expected {file.name} to be a NumPy array of numbers. Received: {error}") from error
