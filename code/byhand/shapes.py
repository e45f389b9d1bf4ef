"""Shapes of arrays, checked against the letters that the docstrings use."""

import re
from functools import cache

import numpy as np


def check(letters, *arrays):
    """Refuse arrays whose shapes don't fit, before a wrong one is broadcast in silence.

    Args:
        letters: each array's name and shape, such as "x (M, D), W (D, U), b (U,)"; one letter, one size.
        arrays: in the same order.

    Raises:
        ValueError: if a number of dimensions differs, or one letter would stand for two sizes.
    """
    sizes: dict[str, int] = {}
    for (_, axes), array in zip(_parse(letters), arrays, strict=True):
        shape = np.shape(array)
        if len(shape) != len(axes) or any(
            sizes.setdefault(axis, n) != n for axis, n in zip(axes, shape, strict=True)
        ):
            raise ValueError(f"Expected {letters}. Received: {_received(letters, arrays)}")


@cache
def _parse(letters):
    return [(name, re.findall(r"\w+", axes)) for name, axes in re.findall(r"(\w+) \(([^)]*)\)", letters)]


def _received(letters, arrays):
    named = zip(_parse(letters), arrays, strict=True)
    return ", ".join(f"{name}.shape={np.shape(array)}" for (name, _), array in named)
