"""What relu_stitching draws, as numbers: three ReLU units, their sum, and how far it is from the target."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from byhand.activations import relu

CORNERS, HEIGHTS = np.array([0.0, 1, 2, 3]), np.array([2.0, 0, 1, 4])  # slopes −2, 1, 3


@dataclass(frozen=True)
class Stitching:
    """All that is drawn: w and b of the three units (3,), and the values at one place or many."""

    w: np.ndarray
    b: np.ndarray

    def scores(self, x):
        """z of each unit (3, …) at x (…)."""
        return np.multiply.outer(self.w, x) + np.reshape(self.b, (3,) + (1,) * np.ndim(x))

    def sum(self, x):
        """f at x: the plain sum of the units' outputs."""
        return relu(self.scores(x)).sum(axis=0)

    def corner(self, u):
        """−b/w, where unit u goes on or off; nan for a flat unit, which has none."""
        return -self.b[u] / self.w[u] if self.w[u] else np.nan

    def bends(self, low, high):
        """The ends of a stretch, and the corners in it from left to right."""
        within = [c for c in map(self.corner, range(3)) if low < c < high]
        return np.array([low, *sorted(within), high])

    def gaps(self):
        """The largest |f − target| on each piece: both are straight between ends and corners."""
        ends = [self.bends(*piece) for piece in pairwise(CORNERS)]
        return [float(np.abs(self.sum(x) - np.interp(x, CORNERS, HEIGHTS)).max()) for x in ends]
