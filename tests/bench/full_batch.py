"""All data at once: 400-25-10, ten sigmoids, λ = 1, m = 4,000, conjugate gradients."""

from functools import cache

import numpy as np
import problem
import textbook
from row import at_least, at_most
from scipy.optimize import minimize
from timing import medians

from byhand.layers import Dense
from byhand.losses import binary_cross_entropy
from byhand.network import Network
from byhand.training import fit_scipy

ITERATIONS = 335
EXAMPLES = 4000


def ten_sigmoids(z, labels):
    """The cross-entropies of ten labels added up, as in chapter 9; `binary_cross_entropy` is their mean."""
    value, slopes = binary_cross_entropy(z, np.eye(10, dtype=z.dtype)[labels])
    return 10 * value, 10 * slopes


NETWORK = Network(400, [Dense(25, "sigmoid"), Dense(10)], ten_sigmoids, l2=1.0)


def data(dtype):
    x, y = problem.digits()
    return x[:EXAMPLES].astype(dtype), y[:EXAMPLES]


def start(dtype):
    return NETWORK.initialize(np.random.default_rng(0), dtype)


def train(dtype):
    """The package at work: SciPy's line search is in float64 whatever the dtype of network and data."""
    return fit_scipy(NETWORK, start(dtype), *data(dtype), "CG", maxiter=ITERATIONS)


def train_textbook():
    """The same start, the same method, in the textbook form."""
    x, y = data(float)
    theta = textbook.roll(NETWORK, start(float))
    settings = {"method": "CG", "options": {"maxiter": ITERATIONS}}
    return minimize(textbook.cost, theta, (x, np.eye(10)[y], 1.0), jac=textbook.gradient, **settings)


def against_products():
    """A gradient over its five matrix products, which every iteration repeats."""
    (x, y), theta = data(float), start(float)
    W1, W2 = (layer["W"] for layer in NETWORK.views(theta))
    ours, bare = medians(lambda: NETWORK.value_and_grad(theta, x, y), lambda: products(x, W1, W2), runs=25)
    return ours / bare


def products(x, W1, W2):
    a = x @ W1
    z = a @ W2
    _, d = a.T @ z, z @ W2.T
    return x.T @ d


@cache
def trained():
    """Seconds of the whole training: the package in double and in single precision, the textbook form."""
    return medians(lambda: train(float), lambda: train(np.float32), train_textbook, runs=5)


def double():
    double, _, textbook_form = trained()
    return textbook_form / double


def single():
    _, single, textbook_form = trained()
    return textbook_form / single


WORK = "full batch by conjugate gradients"
ROWS = (
    at_least(2.5, f"{WORK}, float64", "the textbook form", double),
    at_most(1.3, f"{WORK}, float64", "the bare matrix products", against_products),
    at_least(4.5, f"{WORK}, float32", "the textbook form in float64", single),
)
