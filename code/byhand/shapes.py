"""Shapes of arrays, checked against the letters that the docstrings use."""

import re
from functools import cache, lru_cache

import numpy as np


def is_count(n):
    """Whether n is a positive whole number; True does not count as 1."""
    return isinstance(n, (int, np.integer)) and not isinstance(n, bool) and n >= 1


def per_axis(value, axes, name):
    """One positive whole number for each of the axes, as a tuple; a single one stands for all.

    Raises:
        ValueError: if value, called name in the message, is neither.
    """
    values = (value,) * axes if is_count(value) else value
    if not isinstance(values, (tuple, list)) or len(values) != axes or not all(map(is_count, values)):
        raise ValueError(
            f"Expected {name} as a positive whole number for each axis, {axes} in all. "
            f"Received: {name}={value!r}"
        )
    return tuple(int(n) for n in values)


def check_count(n, name):
    """ValueError for a number, called name in the message, that is not positive and whole."""
    if not is_count(n):
        raise ValueError(f"Expected a positive whole number of {name}. Received: {name}={n!r}")


def sizes(shape, name):
    """The shape of one example as a tuple: a whole number D stands for (D,); ValueError for anything else."""
    found = (shape,) if is_count(shape) else shape
    if not isinstance(found, (tuple, list)) or not found or not all(map(is_count, found)):
        raise ValueError(
            f"Expected a positive whole number of {name}, or a tuple of them. Received: {name}={shape!r}"
        )
    return tuple(int(n) for n in found)


def check(letters, *arrays):
    """Refuse arrays whose shapes don't fit, before a wrong one is broadcast in silence.

    Args:
        letters: each array's name and shape, such as "x (M, D), W (D, U), b (U,)"; one letter, one size.
        arrays: in the same order.

    Raises:
        ValueError: if a number of dimensions differs, or one letter would stand for two sizes.
    """
    if not _fit(letters, _shapes(arrays)):
        raise ValueError(f"Expected {letters}. Received: {_received(letters, arrays)}")


def _shapes(arrays):
    """The shape of each, asked of arrays themselves: np.shape, which lists need, takes five times as long."""
    try:
        return tuple([array.shape for array in arrays])
    except AttributeError:
        return tuple(map(np.shape, arrays))


@lru_cache(1024)
def _fit(letters, shapes):
    """Whether every letter stands for one size; remembered, for training asks the same at every step."""
    sizes: dict[str, int] = {}
    return all(
        len(shape) == len(axes)
        and all(sizes.setdefault(axis, n) == n for axis, n in zip(axes, shape, strict=True))
        for (_, axes), shape in zip(_parse(letters), shapes, strict=True)
    )


@cache
def _parse(letters):
    return [(name, re.findall(r"\w+", axes)) for name, axes in re.findall(r"(\w+) \(([^)]*)\)", letters)]


def _received(letters, arrays):
    named = zip(_parse(letters), arrays, strict=True)
    return ", ".join(f"{name}.shape={np.shape(array)}" for (name, _), array in named)
