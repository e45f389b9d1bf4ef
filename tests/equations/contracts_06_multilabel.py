"""Contracts of chapter 6, multiclass or multi-label: one example has K labels, a row of zeros and ones."""

import numpy as np
from contract import contract

from byhand import activations
from byhand.figures.threshold import rates
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy
from byhand.network import Network


def summed(z, y):
    """The loss of one example and its slopes, from the mean over its labels."""
    value, slopes = binary_cross_entropy(z, y)
    return value * len(z), slopes * len(z)


@contract("eq-multilabel-output", by=activations.sigmoid)
def output(logits):
    return {"probabilities": activations.sigmoid(logits), "sigma": activations.sigmoid}


@contract("eq-multilabel-loss", by=binary_cross_entropy)
def loss(logits, y_rows):
    y = y_rows[0]
    return {"L": summed(logits, y)[0], "probabilities": activations.sigmoid(logits), "y_all": y}


@contract("eq-multilabel-slope", by=binary_cross_entropy)
def slope(logits, y_rows):
    y = y_rows[0]
    slopes = summed(logits, y)[1]
    return {"dL_dlogits": slopes, "probabilities": activations.sigmoid(logits), "y_all": y}


@contract("eq-multilabel-from-z", by=binary_cross_entropy)
def from_z(logits, y_rows):
    return {"L": summed(logits, y_rows[0])[0], "y_all": y_rows[0]}


@contract("eq-multilabel-cost", by=binary_cross_entropy, a_all="share")
def cost(a_all, y_rows):
    return {"J": binary_cross_entropy(np.log(a_all / (1 - a_all)), y_rows)[0]}


@contract("eq-shared-parameters", by=Network)
def shared_parameters(n, s, K):
    layers = [Dense(int(s[1]), "relu"), Dense(K)]
    return {"P": Network(n, layers, binary_cross_entropy).size}


@contract("eq-joint", by=binary_cross_entropy)
def joint(logits, y_rows):
    return loss(logits, y_rows)


@contract("eq-combinations", by=binary_cross_entropy)
def combinations(logits, y_rows):
    return from_z(logits, y_rows)


def reading(f_all, y_all):
    """Rates of drawn answers at ½; three more examples, so that no count is 0."""
    f, y = np.append(f_all, [0.8, 0.8, 0.2]), np.append(y_all, [1, 0, 1])
    found = rates(np.log(f / (1 - f)), y, 0.0)
    return {"TP": found.tp, "FP": found.fp, "FN": found.fn}, found


@contract("eq-precision", by=rates)
def precision(f_all, y_all):
    counts, found = reading(f_all, y_all)
    return counts | {"precision": found.precision}


@contract("eq-recall", by=rates)
def recall(f_all, y_all):
    counts, found = reading(f_all, y_all)
    return counts | {"recall": found.recall}
