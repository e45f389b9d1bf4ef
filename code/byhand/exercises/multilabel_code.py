"""Exercises of chapter 6, multiclass or multi-label, that are written in code."""

import numpy as np

from byhand.activations import sigmoid
from byhand.exercises.exercise import Exercise, Mistake
from byhand.losses import softmax

_RNG = np.random.default_rng(6)


def _labels(m, k):
    return (_RNG.random((m, k)) < 0.5) * 1


_CASES_COST = (
    {"z": np.array([[2.0, -1.0, -0.5], [0.3, 1.5, -2.0]]), "y": np.array([[1, 0, 1], [0, 1, 1]])},
    {"z": _RNG.normal(0, 2, (5, 4)), "y": _labels(5, 4)},
    {
        "z": np.array([[800.0, -900.0], [-800.0, 40.0], [40.0, -40.0]]),
        "y": np.array([[1, 0], [1, 0], [0, 1]]),
    },
)


def _terms(z, y):
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


def _plain(z, y, low=None, log=np.log):
    f = 1 / (1 + np.exp(-z))
    f = f if low is None else np.clip(f, low, 1 - low)
    return float(np.mean(-(y * log(f) + (1 - y) * log(1 - f))))


def _softmax_cost(z, y):
    a = np.exp(z - z.max(1, keepdims=True))
    a = a / a.sum(1, keepdims=True)
    return float(-np.sum(y * np.log(a + 1e-300)) / len(z))


multilabel_cost = Exercise(
    name="multilabel_cost",
    solution=lambda z, y: float(_terms(z, y).mean()),
    right="One term for each label of each scene, their mean, and no logit breaks it.",
    cases=_CASES_COST,
    mistakes=(
        Mistake(
            lambda z, y: float(_terms(z, y).sum() / len(z)),
            "Summed over the labels: this cost is the mean over all m K entries, as in Keras.",
        ),
        Mistake(
            lambda z, y: float(_terms(z, y).sum()), "That is the sum of all terms; the cost is their mean."
        ),
        Mistake(lambda z, y: _terms(z, y).mean(axis=1), "One mean a scene: the cost is one number."),
        Mistake(lambda z, y: _terms(z, y).mean(axis=0), "One mean a label: the cost is one number."),
        Mistake(_terms, "Those are the single terms: now take their mean."),
        Mistake(
            _plain, "Right until a logit is large: log 0. Compute from z: max(z, 0) − z y + log(1 + e^−|z|)."
        ),
        Mistake(
            lambda z, y: _plain(z, y, 1e-7),
            "Clipped at 1e-7, the loss of a logit that is very wrong stops growing: compute it from z.",
        ),
        Mistake(
            lambda z, y: float(np.mean(np.log1p(np.exp(-np.abs(z))) - z * y)),
            "max(z, 0) is missing: without it the loss is negative for a label that is there.",
        ),
        Mistake(
            lambda z, y: float(np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))),
            "The labels are missing: − z y.",
        ),
        Mistake(
            lambda z, y: float(np.mean(np.maximum(z, 0) + z * y + np.log1p(np.exp(-np.abs(z))))),
            "The sign of z y is turned round: a large logit of a label that is there makes the loss small.",
        ),
        Mistake(
            lambda z, y: float(np.mean(y * _terms(z, y))),
            "Only the labels that are there count here: an absent one must be denied, and pays too.",
        ),
        Mistake(
            lambda z, y: float(np.mean(-y * np.log(1 / (1 + np.exp(-z))))),
            "−y log a alone: an absent label pays −log(1 − a). And log a fails for large logits.",
        ),
        Mistake(_softmax_cost, "That is the softmax's loss: here each label has a sigmoid of its own."),
        Mistake(
            lambda z, y: float(np.mean((sigmoid(z) - y) ** 2)), "That is the squared error of the answers."
        ),
        Mistake(
            lambda z, y: float(np.mean(np.log(1 + np.exp(z)) - z * y)),
            "On paper that is right; e^z overflows for a large z. Only e to a negative power is safe.",
        ),
        Mistake(
            lambda z, y: float(_terms(z, y).mean() / np.log(2)),
            "The logarithm is the natural one, not to base 2.",
        ),
    ),
)

_CASES_DECIDE = (
    {
        "z": np.array([[2.0, -1.0, -0.5], [0.0, 1.5, -2.0], [-0.4, 0.4, 3.0], [0.6, -3.0, 0.2]]),
        "thresholds": np.array([0.5, 0.2, 0.7]),
    },
    {
        "z": np.array([[0.3, 0.05], [0.8, -0.3], [-1.0, -2.4], [0.0, 0.6], [1.2, -1.2]]),
        "thresholds": np.array([0.5, 0.1]),
    },
    {"z": _RNG.normal(0, 2, (7, 4)), "thresholds": np.array([0.05, 0.6, 0.35, 0.95])},
)


def _one_hot_of_largest(z, t):
    return (z == z.max(1, keepdims=True)).astype(int)


decide = Exercise(
    name="decide",
    solution=lambda z, thresholds: (sigmoid(z) >= thresholds).astype(int),
    right="Logits to probabilities, and each column against its own threshold.",
    cases=_CASES_DECIDE,
    mistakes=(
        Mistake(
            lambda z, t: (z >= t).astype(int),
            "Logits are compared with probabilities: put z through the sigmoid first.",
        ),
        Mistake(
            lambda z, t: (sigmoid(z) > t).astype(int),
            "A probability that equals its threshold counts as yes: >= instead of >.",
        ),
        Mistake(
            lambda z, t: (z >= 0).astype(int), "z ≥ 0 is the threshold ½; each label brings its own here."
        ),
        Mistake(
            lambda z, t: (sigmoid(z) >= t[0]).astype(int),
            "The first label's threshold is used for all: compare with the whole row.",
        ),
        Mistake(
            lambda z, t: (sigmoid(z) >= np.mean(t)).astype(int),
            "The thresholds were averaged: each label has its own.",
        ),
        Mistake(lambda z, t: (sigmoid(z) < t).astype(int), "Yes and no have changed places."),
        Mistake(
            lambda z, t: sigmoid(z), "Those are the probabilities: now compare them with the thresholds."
        ),
        Mistake(
            _one_hot_of_largest, "The largest logit of each scene won: several labels may be true, or none."
        ),
        Mistake(
            lambda z, t: (softmax(z) >= t).astype(int),
            "A softmax makes shares that compete: each label needs a sigmoid of its own.",
        ),
        Mistake(
            lambda z, t: (sigmoid(z) >= t[::-1]).astype(int),
            "The thresholds are in the wrong order: column k against entry k.",
        ),
        Mistake(
            lambda z, t: (z >= np.log(t)).astype(int),
            "The logit of a threshold is log(t / (1 − t)), not log t.",
        ),
    ),
)

EXERCISES = (multilabel_cost, decide)
