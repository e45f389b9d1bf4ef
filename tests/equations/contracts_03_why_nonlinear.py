"""Contracts of chapter 3, why hidden layers must bend."""

import numpy as np
from contract import contract

from byhand.figures.stitching import Stitching
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network
from byhand.ops import dense
from byhand.polyline import hinges


def chain(activation, *arrays):
    """Outputs of the layers with these weights and biases; all but the last have the activation."""
    units = [W.shape[1] for W in arrays[::2]]
    layers = [*(Dense(u, activation) for u in units[:-1]), Dense(units[-1])]
    net = Network(len(arrays[0]), layers, squared_error)
    return net, net.flatten(arrays)


def drawn(c, h):
    """The corners in order, and the network that draws the polyline through them."""
    c = np.sort(c)
    return c, *chain("relu", *hinges(c, h))


@contract("eq-two-lines", by=Network.predict)
def two_lines(w, b_units, x_one):
    cells = [np.array(v, ndmin=k) for v, k in ((w[0], 2), (b_units[0], 1), (w[1], 2), (b_units[1], 1))]
    net, theta = chain("linear", *cells)
    return {"f": net.predict(theta, [[x_one]])[0, 0]}


@contract("eq-one-matrix", by=Network.forward)
def one_matrix(X, W, b_layers):
    net, theta = chain("linear", *(array for pair in zip(W, b_layers, strict=True) for array in pair))
    return {"A": net.forward(theta, X)}


@contract("eq-border", by=dense)
def border(x, w, b):
    """Where the score, a straight line in x₂, is 0."""
    at = np.array([[x[0], 0.0], [x[0], 1.0]])
    z = dense(at, w[:2, None], np.array([b]))[:, 0]
    return {"x": np.array([x[0], z[0] / (z[0] - z[1]), *x[2:]])}


@contract("eq-corner", by=Stitching.corner)
def corner(w_one, b):
    return {"x_one": Stitching(np.array([w_one]), np.array([b])).corner(0)}


@contract("eq-stitch", by=Stitching.sum)
def stitch(w_0, b_0, w, b_units, x_one):
    units = Stitching(np.array([w_0, *w[:2]]), np.array([b_0, *b_units[:2]]))
    return {"f": float(units.sum(x_one))}


def near(w, b, x):
    """A bias with which w x + b is small, and of the other sign than w x."""
    return -w * x - 0.1 * np.abs(b) * np.sign(w * x)


@contract("eq-slopes-add", by=Dense.backward)
def slopes_add(w_0, b_0, w, b_units, x_one):
    """The slope as backpropagation finds it, ∂f/∂x through a layer of ReLU units.

    All corners are near x, where a wrong weight or bias turns a unit on or off.
    """
    b_0, b_units = near(w_0, b_0, x_one), np.append(near(w[:2], b_units[:2], x_one), b_units[2:])
    layer, x = Dense(3, "relu"), np.array([[x_one]])
    weights = {"W": np.array([[w_0, *w[:2]]]), "b": np.array([b_0, *b_units[:2]])}
    _, kept = layer.forward(x, **weights)
    gradients = {name: np.empty_like(array) for name, array in weights.items()}
    dx = layer.backward(np.ones((1, 3)), x, kept, weights, gradients)
    return {"df_dx_one": dx[0, 0], "b_0": b_0, "b_units": b_units}


@contract("eq-piece-slope", by=hinges)
def piece_slope(corners, h):
    """By the rise of the network's line over a stretch around the middle of each piece."""
    c, net, theta = drawn(corners, h)
    middle, quarter = (c[1:] + c[:-1]) / 2, np.diff(c) / 4
    rise = net.predict(theta, (middle + quarter)[:, None]) - net.predict(theta, (middle - quarter)[:, None])
    return {"p": np.append(0, rise[:, 0] / (2 * quarter)), "corners": c}


@contract("eq-output-weights", by=hinges)
def output_weights(corners, h):
    c, _, _ = drawn(corners, h)
    return {"v": hinges(c, h)[2][:, 0], "p": np.append(0, np.diff(h) / np.diff(c))}


@contract("eq-hinges", by=hinges)
def all_hinges(corners, h, x_one):
    c, net, theta = drawn(corners, h)
    return {"f": net.predict(theta, [[x_one]])[0, 0], "corners": c, "v": net.views(theta)[1]["W"][:, 0]}
