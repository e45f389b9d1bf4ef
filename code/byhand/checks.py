"""Checks of one argument alone: a name in a table, a number in a range."""

import math
from numbers import Real


def look_up(name, table, what):
    """The entry of table called name.

    Args:
        name: as the caller gave it.
        table: a dict with names for keys.
        what: what stands in the table, with its article, for the message.

    Raises:
        ValueError: for a name that is not there.
    """
    if name not in list(table):
        raise ValueError(f"Expected {what} among {', '.join(table)}. Received: name={name!r}")
    return table[name]


def check_number(value, name, expected, fits):
    """Refuse a value that is no real number, or none that fits; True does not count as 1.

    Args:
        value: as the caller gave it.
        name: of the argument, for the message.
        expected: what is expected, for the message.
        fits: a function of the value, true if it is in range.

    Raises:
        ValueError: as told.
    """
    if not isinstance(value, Real) or isinstance(value, bool) or not fits(value):
        raise ValueError(f"Expected {expected}. Received: {name}={value!r}")


def is_positive(value):
    """Above 0 and finite."""
    return 0 < value < math.inf


def is_not_negative(value):
    """0 or above, and finite."""
    return 0 <= value < math.inf
