"""What all rows are about: 5,000 digits, the network 400-25-15-10, and the matrix products of its steps."""

from functools import cache

import numpy as np

from byhand.data import load_digits
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network
from byhand.optimizers import Adam
from byhand.training import fit

NETWORK = Network(400, [Dense(25, "relu"), Dense(15, "relu"), Dense(10)], softmax_cross_entropy)
BATCH = 32
EPOCHS = 8  # a time is proportional to it, and so no ratio changes from 40


@cache
def digits():
    """5,000 digits as (5000, 400) in float32, and their labels."""
    parts = [load_digits(split=split) for split in ("train", "validation", "test")]
    x = np.concatenate([part.x for part in parts])[:5000].astype(np.float32)
    return x, np.concatenate([part.y for part in parts])[:5000]


def start():
    """The first parameters of the network."""
    return NETWORK.initialize(np.random.default_rng(0))


def train(epochs=EPOCHS):
    """The package at work: mini-batch training by Adam."""
    fit(NETWORK, start(), *digits(), Adam(), epochs=epochs, batch_size=BATCH, rng=np.random.default_rng(0))


def products(epochs=EPOCHS):
    """Nothing but the eight matrix products of every step of that run, as the package calls them."""
    x, _ = digits()
    W1, W2, W3 = (layer["W"] for layer in NETWORK.views(start()))
    for _ in range(epochs):
        for first in range(0, len(x), BATCH):
            step_products(x[first : first + BATCH], W1, W2, W3)


def step_products(x, W1, W2, W3):
    """Forwards, then for each layer from the last the slopes of its weights and of its input."""
    a1 = x @ W1
    a2 = a1 @ W2
    z = a2 @ W3
    _, d2 = a2.T @ z, z @ W3.T
    _, d1 = a1.T @ d2, d2 @ W2.T
    return x.T @ d1
