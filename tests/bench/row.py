"""A row of the table: what is compared, what is wanted, and a function that measures it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A ratio and the limit it has to keep.

    Args:
        work: what the package does.
        against: with what it is compared.
        limit: the ratio that is wanted.
        is_floor: whether the ratio must not be below the limit (times faster), or not above it.
        measure: a function without arguments that gives the ratio.
        unit: what is written behind the limit.
    """

    work: str
    against: str
    limit: float
    is_floor: bool
    measure: Callable
    unit: str = "×"

    @property
    def wanted(self):
        """The limit in words."""
        limit = f"{self.limit:g}{self.unit}"
        return f"at least {limit} faster" if self.is_floor else f"at most {limit}"

    def is_met(self, ratio):
        """Whether a ratio keeps the limit."""
        return ratio >= self.limit if self.is_floor else ratio <= self.limit

    def result(self):
        """The row as a dict of texts and numbers, measured now."""
        ratio = round(float(self.measure()), 2)
        texts = {"work": self.work, "against": self.against, "wanted": self.wanted}
        return texts | {"seen": ratio, "met": self.is_met(ratio)}


def at_least(limit, work, against, measure):
    """A row whose ratio, times faster, must reach the limit."""
    return Row(work, against, limit, True, measure)


def at_most(limit, work, against, measure, unit="×"):
    """A row whose ratio must stay within the limit."""
    return Row(work, against, limit, False, measure, unit)
