"""Contracts of chapter 4, softmax and multiclass classification. There a label y is one of K classes."""

import numpy as np
from contract import contract

from byhand import activations, losses
from byhand.ops import dense, dense_vjp


@contract("eq-scores", by=dense)
def scores(x, W_out, logits):
    """One bias a class: any K numbers."""
    b = logits
    return {"logits": dense(x[None], W_out, b)[0], "b_units": b}


@contract("eq-softmax", by=losses.softmax)
def softmax(logits):
    return {"probabilities": losses.softmax(logits)}


@contract("eq-softmax-loss", by=losses.softmax_cross_entropy, y="class")
def loss(logits, y):
    L, _ = losses.softmax_cross_entropy(logits, y - 1)
    return {"L": L, "probabilities": losses.softmax(logits)}


@contract("eq-two-classes", by=(losses.softmax, activations.sigmoid))
def two_classes(logits):
    return {"probabilities": losses.softmax(logits[:2]), "sigma": activations.sigmoid}


@contract("eq-shift", by=losses.softmax)
def shift(logits, rise):
    return {"probabilities": losses.softmax(logits + rise)}


@contract("eq-temperature", by=losses.softmax)
def temperature(logits, tau):
    return {"probabilities": losses.softmax(logits / tau)}


@contract("eq-softmax-jacobian", by=losses.softmax_vjp)
def jacobian(probabilities):
    rows = np.eye(len(probabilities))
    slopes = losses.softmax_vjp(rows, np.broadcast_to(probabilities, rows.shape))
    return {"dprobabilities_dlogits": slopes}


@contract("eq-softmax-cost", by=losses.softmax_cross_entropy, y_all="class")
def cost(a_all, y_all):
    J, _ = losses.softmax_cross_entropy(np.log(a_all), y_all - 1)
    return {"J": J}


@contract("eq-likelihood", by=losses.softmax_cross_entropy, y_all="class")
def likelihood(a_all, y_all):
    return cost(a_all, y_all)


@contract("eq-softmax-gradient", by=(losses.softmax_cross_entropy, losses.softmax_vjp), y="class")
def gradient(logits, y):
    _, dz = losses.softmax_cross_entropy(logits, y - 1)
    return {"dL_dlogits": dz, "probabilities": losses.softmax(logits)} | jacobian(losses.softmax(logits))


@contract("eq-softmax-weights", by=(losses.softmax_cross_entropy, dense_vjp), y_all="class")
def weights(X, W_out, y_all):
    z = X @ W_out
    _, dz = losses.softmax_cross_entropy(z, y_all - 1)
    _, dW, _ = dense_vjp(dz, X, W_out)
    return {"dJ_dW_out": dW, "a_all": losses.softmax(z)}
