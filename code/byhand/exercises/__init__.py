"""Exercises that answer back: `check.<exercise>(answer)` says what was tried and why it fails.

Each module here lists its own in EXERCISES; they are read when one is asked for.

Example:
    >>> from byhand.exercises import check
    >>> check.steps_per_epoch(lambda m, size: m // size)
    Not yet. With examples=5000, batch_size=32: expected 157. Received: 156.
    Rounded down: the examples left over make one more, smaller batch, and Keras does not drop it.
"""

import pkgutil
from functools import cache
from importlib import import_module

from byhand.exercises.exercise import Exercise
from byhand.exercises.session import report


@cache
def exercises():
    """{name: exercise} of every module here."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return {each.name: each for module in modules for each in getattr(module, "EXERCISES", ())}


class Check:
    """One method an exercise; each prints its verdict and never raises."""

    def __getattr__(self, name: str) -> Exercise:
        """The exercise called name."""
        if name not in exercises():
            raise AttributeError(
                f"Expected an exercise among {', '.join(exercises())}. Received: name={name!r}"
            )
        return exercises()[name]

    def report(self, author=""):
        """Print what was tried and solved in this session, to hand in; author is whose it is."""
        print(report(author))

    def __dir__(self):
        """What Tab completes."""
        return [*exercises(), "report"]


check = Check()
