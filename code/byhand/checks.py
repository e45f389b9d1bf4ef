"""Checks of one argument alone: a name in a table, a number in a range."""

import math
from numbers import Real


def look_up(name, table, what):
    """The entry of table called name; ValueError, which says what is meant, for a name that is not there."""
    if name not in list(table):
        raise ValueError(f"Expected {what} among {', '.join(table)}. Received: name={name!r}")
    return table[name]


def check_number(value, name, expected, fits):
    """Refuse a value, called name in the message, that is no real number or doesn't fit; True is none."""
    if not isinstance(value, Real) or isinstance(value, bool) or not fits(value):
        raise ValueError(f"Expected {expected}. Received: {name}={value!r}")


def is_positive(value):
    """Above 0 and finite."""
    return 0 < value < math.inf


def is_not_negative(value):
    """0 or above, and finite."""
    return 0 <= value < math.inf
