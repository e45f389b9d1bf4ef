"""A small canvas: shapes painted at three times the size, then averaged, so that edges are smooth.

Shapes: a canvas is (3 H, 3 W, 3) in 256 levels of red, green and blue; places are in pixels of the picture,
x to the right and y downwards.
"""

import numpy as np

FINE = 3


def new_canvas(height, width, colour):
    """A canvas all in one colour."""
    canvas = np.empty((FINE * height, FINE * width, 3), np.uint8)
    canvas[:] = colour
    return canvas


def box(canvas, left, top, right, bottom, colour):
    """An upright rectangle."""
    canvas[_span(top, bottom), _span(left, right)] = colour


def disc(canvas, x, y, across, down, colour):
    """An ellipse around (x, y), reaching `across` to the sides and `down` up and down."""
    part, v, h = _part(canvas, x - across, y - down, x + across, y + down)
    part[((h - x) / across) ** 2 + ((v - y) / down) ** 2 < 1] = colour


def slab(canvas, top, upper, bottom, lower, colour):
    """A shape with level top and bottom: from the edges upper = (left, right) down to those of lower."""
    part, v, h = _part(canvas, min(upper[0], lower[0]), top, max(upper[1], lower[1]), bottom)
    share = (v - top) / (bottom - top)
    left, right = (upper[i] + share * (lower[i] - upper[i]) for i in (0, 1))
    part[(left <= h) & (h < right)] = colour


def picture(canvas):
    """The mean of each three by three, rounded: (H, W, 3), whole numbers from 0 to 255."""
    wide = canvas.astype(np.uint16)
    rows = sum(wide[i::FINE] for i in range(FINE))
    sums = sum(rows[:, i::FINE] for i in range(FINE))
    return (2 * sums + FINE**2) // (2 * FINE**2)


def _span(low, high):
    """The lines of the canvas whose middles lie between two places; none beyond its edge."""
    return slice(max(0, int(FINE * low + 0.5)), max(0, int(FINE * high + 0.5)))


def _part(canvas, left, top, right, bottom):
    """A view of a frame of the canvas, and where the middles of its rows and columns lie."""
    rows, columns = _span(top, bottom), _span(left, right)
    part = canvas[rows, columns]
    v = (rows.start + np.arange(part.shape[0])[:, None] + 0.5) / FINE
    h = (columns.start + np.arange(part.shape[1]) + 0.5) / FINE
    return part, v, h
