"""Contracts of chapter 9, backpropagation by hand."""

from itertools import pairwise

import numpy as np
from contract import contract

from byhand import activations
from byhand.initializers import glorot_uniform
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy, l2_penalty, softmax_cross_entropy, squared_error
from byhand.network import Network


def slope_of_sigmoid(z):
    return activations.sigmoid_derivative(activations.sigmoid(z))


def pair(w_layers, b_layers, x, y):
    """Two units in a row, the first a sigmoid: their values and slopes by the package's network."""
    w, b = w_layers[:2], np.array(b_layers[:2])
    net = Network(1, [Dense(1, "sigmoid"), Dense(1)], squared_error)
    theta = np.ravel(np.column_stack([w, b]))
    x, y = np.array([[x]]), np.array([[y]])
    a = [float(each[0, 0]) for each in net.forward(theta, x)]
    L, grad = net.value_and_grad(theta, x, y)
    z = [w[0] * a[0] + b[0], a[2]]
    values = {"w_layers": w, "b_layers": b, "a_layers": a[1:], "z_layers": z, "f": a[2], "L": L}
    slopes = {"dL_dw_layers": grad[::2], "dL_db_layers": grad[1::2], "dL_dz_layers": grad[1::2]}
    return values | slopes | {"delta_layers": grad[1::2], "dL_df": grad[3], "g_prime": slope_of_sigmoid}


def drawn(w_layers, w, x_one, y):
    """The pair's values, its biases two other drawn numbers."""
    return pair(w_layers, w[:2], x_one, y)


@contract("eq-two-units", by=Network.value_and_grad, y="normal")
def two_units(w_layers, w, x_one, y):
    return drawn(w_layers, w, x_one, y) | {"g": activations.sigmoid}


@contract("eq-last-delta", by=Network.value_and_grad, y="normal")
def last_delta(w_layers, w, x_one, y):
    return drawn(w_layers, w, x_one, y)


@contract("eq-second-unit", by=Network.value_and_grad, y="normal")
def second_unit(w_layers, w, x_one, y):
    return drawn(w_layers, w, x_one, y)


@contract("eq-first-delta", by=Network.value_and_grad, y="normal")
def first_delta(w_layers, w, x_one, y):
    return drawn(w_layers, w, x_one, y)


@contract("eq-first-unit", by=Network.value_and_grad, y="normal")
def first_unit(w_layers, w, x_one, y):
    return drawn(w_layers, w, x_one, y)


def sigmoid_net(W, l2=0.0):
    """Sigmoid layers, the last one linear, with softmax cross-entropy."""
    units = [V.shape[1] for V in W]
    layers = [*(Dense(u, "sigmoid") for u in units[:-1]), Dense(units[-1])]
    return Network(len(W[0]), layers, softmax_cross_entropy, l2)


def backwards(X, W, b_layers, l2=0.0):
    """Values and slopes of a network on X: its scores Z, outputs A, Δ, and the gradient by layer.

    A slope along the scores is read off where biases move them: of each example by itself, as a batch of
    one, whose ∂J/∂b is its row of Δ.
    """
    net = sigmoid_net(W, l2)
    theta = net.flatten([array for each in zip(W, b_layers, strict=True) for array in each])
    labels = np.arange(len(X)) % W[-1].shape[1]
    plain = sigmoid_net(W)
    rows = [plain.views(plain.value_and_grad(theta, X[[i]], labels[[i]])[1]) for i in range(len(X))]
    Delta = [np.array([row[layer]["b"] for row in rows]) for layer in range(len(W))]
    A = net.forward(theta, X)
    Z = [A[layer] @ W[layer] + b_layers[layer] for layer in range(len(W))]
    A[-1] = np.exp(A[-1] - np.log(np.exp(A[-1]).sum(axis=1, keepdims=True)))
    value, grad = net.value_and_grad(theta, X, labels)
    slopes = [[p[name] for p in net.views(grad)] for name in ("W", "b")]
    found = {"A": A, "Z": Z, "Delta": Delta, "y_rows": np.eye(W[-1].shape[1])[labels], "J": value}
    return found | {"dJ_dW": slopes[0], "dJ_db_layers": slopes[1], "g_prime": slope_of_sigmoid}


@contract("eq-paths", by=Network.value_and_grad)
def paths(X, W, b_layers):
    """Of the third example."""
    found = backwards(X, W, b_layers)
    one = {"z_units": [Z[2] for Z in found["Z"]], "delta_units": [Delta[2] for Delta in found["Delta"]]}
    return one | {"g_prime": slope_of_sigmoid}


@contract("eq-delta-output", by=Network.value_and_grad)
def delta_output(X, W, b_layers):
    return backwards(X, W, b_layers)


@contract("eq-delta-hidden", by=Network.value_and_grad)
def delta_hidden(X, W, b_layers):
    return backwards(X, W, b_layers)


@contract("eq-slopes", by=Network.value_and_grad)
def slopes(X, W, b_layers):
    return backwards(X, W, b_layers)


@contract("eq-ten-sigmoids", by=binary_cross_entropy, a_all="share")
def ten_sigmoids(a_all, y_rows, K):
    return {"J": K * binary_cross_entropy(np.log(a_all / (1 - a_all)), y_rows)[0]}


@contract("eq-l2", by=l2_penalty)
def penalised(X, W, b_layers, penalty):
    return {
        "J": backwards(X, W, b_layers)["J"],
        "J_penalised": backwards(X, W, b_layers, penalty)["J"],
    }


@contract("eq-l2-slope", by=l2_penalty)
def penalised_slope(X, W, b_layers, penalty):
    slopes = backwards(X, W, b_layers, penalty)["dJ_dW"]
    return {"dJ_penalised_dW": slopes, "dJ_dW": backwards(X, W, b_layers)["dJ_dW"]}


@contract("eq-first-weights", by=glorot_uniform)
def first_weights(s):
    """The limits, from what the initializer makes of the very draws that lie in ±1."""
    limits = []
    for shape in pairwise(s):
        ones = np.random.default_rng(0).uniform(-1, 1, shape)
        limits.append((glorot_uniform(shape, np.random.default_rng(0), float) / ones).max())
    return {"limit_layers": limits}


class Counted(np.ndarray):
    """An array that counts the multiplications and additions of every matrix product it takes part in."""

    flops = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        plain = [np.asarray(x) for x in inputs]
        if "out" in keywords:
            keywords["out"] = tuple(x if x is None else np.asarray(x) for x in keywords["out"])
        if ufunc is np.matmul:
            (rows, inner), (_, columns) = (x.shape for x in plain)
            Counted.flops += 2 * rows * inner * columns
        found = getattr(ufunc, method)(*plain, **keywords)
        return found.view(Counted) if isinstance(found, np.ndarray) else found


@contract("eq-flops", by=Network.value_and_grad)
def flops(X, W, b_layers):
    """What the network's own matrix products come to, for one example."""
    net = sigmoid_net(W)
    theta = net.flatten([array for each in zip(W, b_layers, strict=True) for array in each]).view(Counted)
    Counted.flops = 0
    net.value_and_grad(theta, X, np.zeros(len(X), int))
    return {"flops": Counted.flops / len(X)}
