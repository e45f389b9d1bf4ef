"""Contracts of chapter 10, looking inside: networks of two layers, ReLU and then scores."""

import numpy as np
from contract import contract

from byhand import activations, inspection
from byhand.layers import Dense
from byhand.losses import softmax_cross_entropy
from byhand.network import Network


def network(W, b_layers, activation="relu"):
    """A network of the first two layers drawn, and its parameters."""
    inputs, hidden, outputs = len(W[0]), len(W[1]), W[1].shape[1]
    layers = [Dense(hidden, activation), Dense(outputs)]
    made = Network(inputs, layers, softmax_cross_entropy)
    return made, made.flatten([W[0], b_layers[0], W[1], b_layers[1]])


def inside(x, W, b_layers):
    """What each layer of it computes for one example."""
    made, theta = network(W, b_layers)
    _, a, z = (output[0] for output in made.forward(theta, x[None]))
    first = made.views(theta)[0]
    return made, theta, {"a_units": [a], "z_units": [x @ first["W"] + first["b"], z]}


@contract("eq-saturated", by=inspection.saturation, A="share", epsilon="share")
def saturated(A, epsilon):
    return {"epsilon": epsilon / 2, "saturated": inspection.saturation(A[1], epsilon / 2)}


@contract("eq-votes", by=(inspection.votes, Network.forward))
def votes(x, W, b_layers):
    _, _, found = inside(x, W, b_layers)
    return found | {"votes": inspection.votes(found["a_units"][0][None], W[1])[0]}


@contract("eq-off", by=Network.value_and_grad)
def off(x, W, b_layers):
    made, theta, found = inside(x, W, b_layers)
    y = np.array([2])
    _, grad = made.value_and_grad(theta, x[None], y)
    _, slopes = softmax_cross_entropy(found["z_units"][1][None], y)
    nothing = np.zeros(len(W[1]))
    return found | {
        "dL_dW": [part["W"] for part in made.views(grad)],
        "dL_dz_units": [nothing, slopes[0]],
    }


@contract("eq-reordered", by=inspection.reordered)
def reordered(X, W, b_layers):
    made, theta = network(W, b_layers)
    order = np.random.default_rng(len(X)).permutation(len(W[1]))
    outputs = made.predict(inspection.reordered(made, theta, 0, order), X)
    Z = [X @ W[0] + b_layers[0], outputs]
    return {"Z": Z, "order": np.eye(len(order))[:, order], "g": activations.relu}


@contract("eq-correlation", by=inspection.correlations)
def correlation(A, other):
    r = inspection.correlations(A[1], other)
    return {"alike": r, "a_mean": A[1].mean(axis=0), "other_mean": other.mean(axis=0)}


@contract("eq-ablation", by=inspection.ablate)
def ablation(x, X, W, b_layers):
    made, theta, found = inside(x, W, b_layers)
    means = made.forward(theta, X)[1].mean(axis=0)
    stuck = [inspection.ablate(made, theta, 0, u, mean) for u, mean in enumerate(means)]
    scores = np.stack([made.predict(each, x[None])[0] for each in stuck])
    return found | {"a_mean": means, "silenced": scores}


@contract("eq-input-gradient", by=inspection.input_gradient)
def input_gradient(x, W, b_layers):
    made, theta, found = inside(x, W, b_layers)
    each = np.eye(W[1].shape[1])
    slopes = inspection.input_gradient(made, theta, np.tile(x, (len(each), 1)), each)
    return found | {"dz_units_dx": slopes}


@contract("eq-shares", by=inspection.input_gradient)
def shares(x, W, b_layers):
    return input_gradient(x, W, b_layers)


@contract("eq-occlusion", by=inspection.occlusion, grey="share")
def occlusion(x, W, b_layers, grey):
    """A picture of 4 by 4 pixels and squares of 3 by 3."""
    picture = np.resize(x, 16) * np.linspace(0.5, 1.5, 16)
    weights = [np.resize(W[0], (16, len(W[1]))), W[1]]
    made, theta = network(weights, b_layers)
    falls = inspection.occlusion(made, theta, picture, 2, size=3, fill=grey).ravel()
    places = [divmod(i, 4) for i in range(16)]
    covers = np.array([[max(abs(r - s), abs(c - d)) <= 1 for s, d in places] for r, c in places]) * 1
    covered = np.where(covers == 1, grey, picture)
    return {
        "x": picture, "falls": falls, "covers": covers, "covered": covered, "grey": grey,
        "score": lambda some: made.predict(theta, np.reshape(some, (1, 16)))[0, 2],
    }  # fmt: skip
