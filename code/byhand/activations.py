"""Activation functions: a = f(z), and beside each its derivative written in its output a.

Shapes: z, a and the result are arrays of any one shape; dtype in is dtype out.
"""

import numpy as np


def linear(z):
    """z itself: the output layer of a regression."""
    return z


def linear_derivative(a):
    """1, in the shape and dtype of a."""
    return np.ones_like(a)


def sigmoid(z):
    """1 / (1 + e⁻ᶻ), without overflow: the exponent is never positive (eq-sigmoid)."""
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, e) / (1 + e)


def sigmoid_derivative(a):
    """a (1 − a), at most ¼."""
    return a * (1 - a)


def relu(z):
    """max(0, z)."""
    return np.maximum(z, 0)


def relu_derivative(a):
    """1 where the unit is on, else 0; the kink at 0 counts as off."""
    a = np.asarray(a)
    return (a > 0).astype(a.dtype)


ACTIVATIONS = {
    "linear": (linear, linear_derivative),
    "sigmoid": (sigmoid, sigmoid_derivative),
    "relu": (relu, relu_derivative),
}


def get(name):
    """(f, derivative) of the activation called name; ValueError for a name that is not known."""
    if name not in list(ACTIVATIONS):
        raise ValueError(f"Expected an activation among {', '.join(ACTIVATIONS)}. Received: name={name!r}")
    return ACTIVATIONS[name]
