"""What a figure shows, in words: every function of this package says what it drew.

The words are made from the data and rounded, so that they are the same on every run. `notebook.prepare`
puts them into the output's text, and the page takes them as the picture's alternative.
"""

from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

_SAID: WeakKeyDictionary[Artist, list[str]] = WeakKeyDictionary()


def describe(ax, text):
    """Add a sentence to what is said of ax, or of a whole figure; returns ax. ValueError if text is none."""
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"Expected a sentence about the figure. Received: text={text!r}")
    _SAID.setdefault(ax, []).append(" ".join(text.split()))
    return ax


def alternative(shown):
    """The text alternative of axes or of a whole figure, there with a title before each part; may be empty.

    Args:
        shown: matplotlib Axes or Figure.
    """
    parts = [" ".join(_SAID.get(shown, []))]
    for ax in shown.axes if isinstance(shown, Figure) else ():
        if ax in _SAID:
            parts.append(" ".join([f"{ax.get_title()}:"] * bool(ax.get_title()) + _SAID[ax]))
    return " ".join(filter(None, parts))


def number(v):
    """A number in two digits, as one says it: 0.013, −5.1, 1200."""
    v = float(f"{v:.2g}") + 0.0  # + 0 takes the minus from −0
    plain = np.format_float_positional(v, trim="-") if v == 0 or 1e-4 <= abs(v) < 1e6 else f"{v:.1e}"
    return plain.replace("-", "−")


def place(point):
    """A point of the plane, to one decimal."""
    return "(" + ", ".join(f"{round(float(v), 1) + 0.0:.1f}".replace("-", "−") for v in point) + ")"


def count(n, noun):
    """`1 point`, `2 points`."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
