"""The textbook form of a cost and its gradient: two functions, a column of ones, stacked copies.

A network of two layers of sigmoids with an L2 penalty, as exercise sheets have it: theta holds the layers'
weights with the bias as first column, the cost runs the network forwards, and so does the gradient, again.
"""

import numpy as np

UNITS, INPUTS, CLASSES = 25, 400, 10


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def unroll(theta):
    """Both matrices, (25, 401) and (10, 26)."""
    cut = UNITS * (INPUTS + 1)
    return theta[:cut].reshape(UNITS, INPUTS + 1), theta[cut:].reshape(CLASSES, UNITS + 1)


def with_ones(x):
    """A copy of x with a column of ones before it."""
    return np.hstack([np.ones((len(x), 1)), x])


def cost(theta, x, Y, lam):
    T1, T2 = unroll(theta)
    a2 = sigmoid(with_ones(x) @ T1.T)
    h = sigmoid(with_ones(a2) @ T2.T)
    J = np.sum(-Y * np.log(h) - (1 - Y) * np.log(1 - h)) / len(x)
    return J + lam / (2 * len(x)) * (np.sum(T1[:, 1:] ** 2) + np.sum(T2[:, 1:] ** 2))


def gradient(theta, x, Y, lam):
    T1, T2 = unroll(theta)
    a1 = with_ones(x)
    z2 = a1 @ T1.T
    a2 = with_ones(sigmoid(z2))
    d3 = sigmoid(a2 @ T2.T) - Y
    d2 = (d3 @ T2)[:, 1:] * sigmoid(z2) * (1 - sigmoid(z2))
    G1, G2 = d2.T @ a1 / len(x), d3.T @ a2 / len(x)
    G1 += lam / len(x) * np.hstack([np.zeros((UNITS, 1)), T1[:, 1:]])
    G2 += lam / len(x) * np.hstack([np.zeros((CLASSES, 1)), T2[:, 1:]])
    return np.concatenate([G1.ravel(), G2.ravel()])


def roll(network, theta):
    """The package's theta, W before b and a column for each unit, in the order of this form."""
    layers = network.views(theta)
    return np.concatenate([np.vstack([layer["b"], layer["W"]]).T.ravel() for layer in layers])
