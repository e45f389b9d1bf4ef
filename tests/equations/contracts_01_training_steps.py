"""Contracts of chapter 1, training in three steps."""

import numpy as np
from contract import contract

from byhand import activations
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy, squared_error
from byhand.network import Network
from byhand.ops import dense
from byhand.optimizers import GradientDescent
from byhand.training import minibatches


def logit(f):
    return np.log(f / (1 - f))


def network(W):
    """Sigmoid layers of the sizes of the matrices W."""
    return Network(len(W[0]), [Dense(V.shape[1], "sigmoid") for V in W], squared_error)


@contract("eq-unit", by=dense)
def unit(x, w, b):
    return {"z": dense(x[None], w[:, None], np.array([b]))[0, 0]}


@contract("eq-sigmoid", by=activations.sigmoid)
def sigmoid(z):
    return {"f": activations.sigmoid(z), "g": activations.sigmoid}


@contract("eq-loss", by=binary_cross_entropy)
def loss(f, y):
    return {"L": lambda f, y: binary_cross_entropy([logit(f)], [y])[0]}


@contract("eq-slope", by=binary_cross_entropy)
def slope(f, y):
    return {"dL_dz": binary_cross_entropy([logit(f)], [y])[1][0]}


@contract("eq-layer", by=Network.forward)
def layer(X, W, b_layers):
    net = network(W)
    theta = net.flatten([array for pair in zip(W, b_layers, strict=True) for array in pair])
    return {"A": net.forward(theta, X), "g": activations.sigmoid}


@contract("eq-parameters", by=Network)
def parameters(W):
    return {"P": network(W).size}


@contract("eq-cost", by=binary_cross_entropy)
def cost(f_all, y_all):
    J, _ = binary_cross_entropy(logit(f_all), y_all)
    return {"J": J, "L": lambda f, y: binary_cross_entropy([logit(f)], [y])[0]}


@contract("eq-squared-error", by=squared_error)
def half_square(f, y):
    return {"L": lambda f, y: squared_error([f], [y])[0]}


@contract("eq-loss-from-z", by=binary_cross_entropy)
def loss_from_z(z, y):
    return {"L": binary_cross_entropy([z], [y])[0]}


@contract("eq-gradient", by=binary_cross_entropy)
def gradient(f_all, y_all, X):
    _, dz = binary_cross_entropy(logit(f_all), y_all)
    return {"dJ_dw": X.T @ dz}


@contract("eq-gradient-descent", by=GradientDescent.step)
def gradient_descent(w, dJ_dw, alpha):
    after = w.copy()
    GradientDescent(alpha).step(after, dJ_dw)
    return {"w": after}


@contract("eq-steps", by=minibatches)
def steps(m, B):
    return {"steps": len(minibatches(m, B))}
