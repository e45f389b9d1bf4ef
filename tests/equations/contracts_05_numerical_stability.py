"""Contracts of chapter 5, numerical stability. Where there are several classes, a label y is one of K."""

import numpy as np
from contract import contract

from byhand import activations, floats, losses, naive


def logit(f):
    return np.log(f / (1 - f))


@contract("eq-float", by=floats.parts)
def number(stored):
    d, q = floats.parts(stored)
    return {"binary": d, "exponent": q, "places": len(d)}


@contract("eq-spacing", by=floats.spacing)
def distance(stored):
    far = stored * 2.0**60  # where neighbours lie some hundreds apart
    d, q = floats.parts(far)
    return {"gap": floats.spacing(far), "exponent": q, "places": len(d)}


@contract("eq-safe-sigmoid", by=activations.sigmoid)
def sigmoid(z):
    return {"f": activations.sigmoid(z)}


@contract("eq-logsumexp", by=losses.logsumexp)
def logsumexp(logits):
    return {"lse": losses.logsumexp, "largest": logits.max()}


@contract("eq-log-softmax", by=losses.log_softmax)
def log_softmax(logits):
    return {"probabilities": np.exp(losses.log_softmax(logits)), "largest": logits.max()}


@contract("eq-loss-from-scores", by=losses.softmax_cross_entropy, y="class")
def loss(logits, y):
    return {"L": losses.softmax_cross_entropy(logits, y - 1)[0], "lse": losses.logsumexp}


@contract("eq-padded-slope", by=naive.padded_binary_cross_entropy)
def padded(f, y, epsilon):
    _, slope = naive.padded_binary_cross_entropy([logit(f)], [y], epsilon)
    return {"dL_dz": slope[0]}


def limit(f, share):
    """A limit below or above the distance of f from 0 and 1, so that some are clipped and some not."""
    return min(1.6 * share * min(f, 1 - f), 0.49)


@contract("eq-clipped-loss", by=naive.clipped_binary_cross_entropy, epsilon="share")
def clipped(f, y, epsilon):
    epsilon = limit(f, epsilon)
    value, _ = naive.clipped_binary_cross_entropy([logit(f)], [y], epsilon)
    return {"L": value, "epsilon": epsilon, "f_kept": np.clip(f, epsilon, 1 - epsilon)}


@contract("eq-clipped-slope", by=naive.clipped_binary_cross_entropy, epsilon="share")
def clipped_slope(f, y, epsilon):
    epsilon = limit(f, epsilon)
    _, slope = naive.clipped_binary_cross_entropy([logit(f)], [y], epsilon)
    return {"dL_dz": slope[0], "f_kept": np.clip(f, epsilon, 1 - epsilon)}
