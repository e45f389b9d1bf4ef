"""The most memory that training holds at a time, of what NumPy allocates."""

import tracemalloc

import problem
from problem import BATCH, NETWORK
from row import at_most

from byhand.optimizers import Adam
from byhand.training import fit


def peak():
    """Over data, parameters, and the activations of one batch, both ways."""
    x, y = problem.digits()
    theta = problem.start()
    tracemalloc.start()
    fit(NETWORK, theta, x, y, Adam(), epochs=1, batch_size=BATCH)
    _, held = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (x.nbytes + y.nbytes + held) / needed(x, y, theta)


def needed(x, y, theta):
    """Bytes of the data, of theta, its gradient and Adam's two means, of a batch and its activations."""
    activations = sum(a.nbytes for a in NETWORK.forward(theta, x[:BATCH]))
    return x.nbytes + y.nbytes + 4 * theta.nbytes + activations


ROWS = (at_most(1.2, "memory at its peak", "data, parameters, activations of a batch", peak),)
