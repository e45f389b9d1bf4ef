"""What a pen draws, as the pictures that the networks learn from: bitmap, blocks, and 20×20 greys.

From the bitmap on these are the steps of the digits themselves: their forms were scanned to 32×32 black or
white and counted in blocks of 4×4 (Alpaydin and Kaynak, 1998), and `byhand.data.digits` draws the 8×8 counts
anew at 20×20. How the forms were cut out has not been written down; all originals are as high as the picture
and most of them three quarters as wide, so here a drawing is made as large as fits such a box.

Shapes: T points to a stroke, V strokes; a place is (x, y) in whole units, x to the right and y downwards.
"""

from itertools import pairwise

import numpy as np

from byhand.data.digits import redrawn

BITMAP, BLOCK = 32, 4  # side of the bitmap and of its blocks, in pixels
WIDE = 24  # pixels that a drawing may fill from left to right; from top to bottom it may fill all
PEN = 2.6  # half the width of a stroke, in pixels: about the ink that a digit of the training set has


def picture(strokes, turn=0.0):
    """The grey values (400,) of a drawing, as in training: whole numbers from 0 to 255, over 255.

    Args:
        strokes: a list of strokes (T, 2); no stroke leaves the paper white, one point makes a dot.
        turn: degrees to turn the drawing by first, clockwise.

    Raises:
        ValueError: if a stroke is not (T, 2), T ≥ 1, or a place or the turn is not finite.

    Example:
        >>> bar = picture([[(30, 10), (30, 50)]]).reshape(20, 20)
        >>> int((bar[10] > 0.5).sum()), int((bar[:, 10] > 0.5).sum())
        (4, 14)
    """
    return redrawn(blocks(bitmap(strokes, turn)))


def bitmap(strokes, turn=0.0):
    """The drawing as black and white, (32, 32) of bool: a pixel is black if its middle lies under the pen.

    Raises:
        ValueError: as `picture` does.
    """
    strokes = [_checked(stroke) for stroke in strokes]
    if not np.isfinite(turn):
        raise ValueError(f"Expected a finite turn in degrees. Received: turn={turn!r}")
    if not strokes:
        return np.zeros((BITMAP, BITMAP), bool)
    fitted = _fit([_turned(stroke, turn) for stroke in strokes])
    return np.any([_under_pen(*ends) for stroke in fitted for ends in _segments(stroke)], axis=0)


def blocks(black):
    """The share of black pixels in each block of 4×4: (8, 8) from (32, 32).

    Example:
        >>> black = bitmap([[(30, 10), (30, 50)]])
        >>> int(black.sum()), blocks(black)[4]
        (184, array([0.  , 0.  , 0.  , 0.75, 0.75, 0.  , 0.  , 0.  ]))
    """
    side = BITMAP // BLOCK
    return np.reshape(black, (side, BLOCK, side, BLOCK)).sum(axis=(1, 3)) / BLOCK**2


def _checked(stroke):
    points = np.asarray(stroke, float)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points) or not np.isfinite(points).all():
        raise ValueError(f"Expected a stroke (T, 2) of finite places. Received: stroke={stroke!r}")
    return points


def _turned(points, degrees):
    """Turned about the origin; `_fit` brings it back to the middle."""
    c, s = np.cos(np.pi * degrees / 180), np.sin(np.pi * degrees / 180)
    x, y = points.T
    return np.stack([c * x - s * y, s * x + c * y], axis=1)


def _fit(strokes):
    """The strokes as large as WIDE and the bitmap's height allow, with room for the pen, in its middle."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.maximum(high - low, 1)  # a dot stays a dot
    scale = min((WIDE - 2 * PEN) / width, (BITMAP - 2 * PEN) / height)
    return [(stroke - (low + high) / 2) * scale + BITMAP / 2 for stroke in strokes]


def _segments(stroke):
    """Pairs of neighbours; a single point is a segment without length."""
    return list(pairwise(stroke)) or [(stroke[0], stroke[0])]


def _under_pen(start, end):
    """Which pixels' middles are no farther than PEN from the segment: (32, 32) of bool."""
    middles = np.arange(BITMAP) + 0.5
    x, y = middles - start[0], middles[:, None] - start[1]
    u, v = end - start
    along = np.clip((x * u + y * v) / max(u * u + v * v, 1e-12), 0, 1)
    return (x - along * u) ** 2 + (y - along * v) ** 2 <= PEN * PEN
