"""How the cost of a gradient grows with the examples, the width and the depth: the slope among logarithms."""

from functools import cache

import numpy as np
from row import at_most
from timing import medians

from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network

FACTORS = (1, 2, 4, 8)
# A width of 8 times 50 joins 100 inputs to one hidden layer: its products, and so the work, are linear in it.
GROWING = {
    "examples": lambda k: (1000 * k, 50, 1),
    "width": lambda k: (1000, 50 * k, 1),
    "depth": lambda k: (1000, 100, 2 * k),
}


def job(examples, width, depth):
    """A gradient of a network with so many hidden layers of one width."""
    rng = np.random.default_rng(0)
    network = Network(100, [*[Dense(width, "relu")] * depth, Dense(10)], softmax_cross_entropy)
    theta, x = network.initialize(rng), rng.random((examples, 100), dtype=np.float32)
    y = rng.integers(0, 10, examples)
    return lambda: network.value_and_grad(theta, x, y)


@cache
def times(axis):
    """Seconds of a gradient at each of the sizes."""
    return medians(*(job(*GROWING[axis](factor)) for factor in FACTORS), runs=15)


def slope(axis):
    """1 where twice the size takes twice the time."""
    return np.polyfit(np.log(FACTORS), np.log(times(axis)), 1)[0]


def series():
    """For the plot: the sizes, and how many times as long as the first each takes."""
    relative = {axis: [round(seconds / times(axis)[0], 2) for seconds in times(axis)] for axis in GROWING}
    return {"size": list(FACTORS)} | relative


def row(axis):
    return at_most(
        1.1, f"cost grows with {axis}, ×1 to ×8", "slope among logarithms", lambda: slope(axis), ""
    )


ROWS = tuple(map(row, GROWING))
