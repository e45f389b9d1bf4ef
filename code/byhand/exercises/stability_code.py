"""Exercises of chapter 5, numerical stability, that are written in code."""

import numpy as np

from byhand import activations, losses, naive
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(5)

# Ordinary logits; large ones of both signs; small answers whose digits count.
_CASES_SIGMOID = tuple(
    {"z": z}
    for z in (
        _RNG.normal(0, 2, (3, 2)),
        np.array([-2000.0, 0.0, 2000.0]),
        np.array([-30.0, -300.0, -700.0, 30.0]),
    )
)


stable_sigmoid = Exercise(
    name="stable_sigmoid",
    solution=activations.sigmoid,
    right="Right on both sides, and small answers keep their digits.",
    cases=_CASES_SIGMOID,
    mistakes=(
        Mistake(
            naive.naive_sigmoid_quotient,
            "e^z / (1 + e^z) is inf / inf for large z: keep the exponent at or "
            "below 0 with np.minimum(z, 0).",
        ),
        Mistake(
            lambda z: np.exp(z) / (1 + np.exp(-np.abs(z))),
            "Below 0 that is right; above it e^z must become 1: np.exp(np.minimum(z, 0)).",
        ),
        Mistake(
            lambda z: 1 / (1 + np.exp(-np.abs(z))),
            "That is the sigmoid of |z|: below 0 the numerator is e^z, not 1.",
        ),
        Mistake(
            lambda z: np.exp(np.maximum(z, 0)) / (1 + np.exp(-np.abs(z))),
            "np.maximum for np.minimum: the exponent above must never be positive.",
        ),
        Mistake(
            lambda z: np.exp(np.minimum(z, 0)) / (1 + np.exp(np.abs(z))),
            "Below stands e to the power of minus |z|: the minus is missing, and it overflows.",
        ),
        Mistake(
            lambda z: np.nan_to_num(naive.naive_sigmoid_quotient(z)),
            "nan_to_num makes 0 of what should be 1: the most certain answer turned into its opposite.",
        ),
        Mistake(
            lambda z: np.where(z > 0, 1.0, np.exp(z)),
            "Those are only the two ends: near 0 the sigmoid is neither 1 nor e^z.",
        ),
        Mistake(
            lambda z: (z > 0) * 1.0,
            "That is the decision, 0 or 1: the sigmoid says how sure it is.",
        ),
        Mistake(
            lambda z: np.tanh(z),
            "tanh runs from −1 to 1: the sigmoid is half of 1 + tanh(z / 2).",
        ),
        Mistake(
            lambda z: activations.sigmoid(-z),
            "The sign is turned: for large z the answer is 1.",
        ),
        Mistake(
            lambda z: activations.sigmoid(z) * (1 - activations.sigmoid(z)),
            "That is the slope of the sigmoid, f(1 − f).",
        ),
        Mistake(
            lambda z: np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0),
            "That is the softplus, log(1 + e^z); the sigmoid is its slope.",
        ),
    ),
)


def _lse(z, by):
    return by[:, 0] + np.log(np.sum(np.exp(z - by), axis=1))


def _top(z):
    return z.max(axis=1, keepdims=True)


# Ordinary scores; all of them large; rows far from each other; scores far apart within a row.
_CASES_SCORES = tuple(
    {"z": z}
    for z in (
        _RNG.normal(0, 2, (4, 3)),
        _RNG.normal(0, 2, (2, 5)) + 1000,
        np.array([[1.0, 0.5, -1.0], [-1500.0, -1501.0, -1500.0]]),
        np.array([[0.0, 3000.0], [1.0, 0.5], [2.0, -1.0]]),
    )
)

my_logsumexp = Exercise(
    name="my_logsumexp",
    solution=losses.logsumexp,
    right="Each row's largest score is taken out of the sum and added again outside.",
    cases=_CASES_SCORES,
    mistakes=(
        Mistake(
            naive.naive_logsumexp,
            "For ordinary scores it is right; scores near 1000 overflow. Take the "
            "largest out of the sum first.",
        ),
        Mistake(
            lambda z: _lse(z, _top(z)) - z.max(axis=1),
            "The largest score is missing: what was subtracted inside must be added outside.",
        ),
        Mistake(
            lambda z: _lse(z, np.broadcast_to(z.max(), z.shape)),
            "The largest of all scores was taken out of every row: a row far below "
            "it becomes log 0. Each row "
            "has its own.",
        ),
        Mistake(
            lambda z: _lse(z, z.mean(axis=1, keepdims=True)),
            "The mean was taken out: a score far above it still overflows. Take the largest.",
        ),
        Mistake(
            lambda z: z.max(axis=1),
            "The largest score alone is only the lower bound: the logarithm of the sum comes on top.",
        ),
        Mistake(
            lambda z: _top(z)[:, 0] + np.sum(np.exp(z - _top(z)), axis=1),
            "The logarithm is missing.",
        ),
        Mistake(
            lambda z: _top(z)[:, 0] + np.log(np.mean(np.exp(z - _top(z)), axis=1)),
            "That is the mean of the exponentials; asked is their sum, log K more.",
        ),
        Mistake(
            lambda z: _top(z)[:, 0] * np.log(np.sum(np.exp(z - _top(z)), axis=1)),
            "e^(m + u) is a product, so its logarithm is a sum: add the largest score, don't multiply.",
        ),
        Mistake(
            lambda z: losses.logsumexp(z.T),
            "That is one number for each column; asked is one for each row, axis=1.",
        ),
        Mistake(
            lambda z: losses.logsumexp(z.ravel()),
            "That is one number for all rows together: sum over axis=1.",
        ),
        Mistake(
            lambda z: losses.logsumexp(z)[:, None],
            "The numbers are right; keepdims=True has made them a column. Expected is the shape (m,).",
        ),
        Mistake(
            lambda z: naive.naive_logsumexp(np.clip(z, -700, 700)),
            "Clipping replaces the scores beyond the limit. Take the largest out: then nothing is lost.",
        ),
        Mistake(
            lambda z: np.nan_to_num(naive.naive_logsumexp(z)),
            "nan_to_num makes 1.8 · 10³⁰⁸ of an overflow. Take the largest out: then none happens.",
        ),
        Mistake(
            losses.log_softmax,
            "That is the log-softmax, z less its log-sum-exp, one number for each class.",
        ),
    ),
)

_CASES_COST = tuple(
    {"z": z, "labels": _RNG.integers(0, z.shape[1], len(z))}
    for z in (
        _RNG.normal(0, 2, (4, 3)),
        _RNG.normal(0, 400, (7, 5)),
        np.array([[0.0, 900.0], [-1000.0, -1001.0], [30.0, -800.0]]),
    )
)


def _true(z, labels):
    return z[np.arange(len(z)), labels]


def _from_probabilities(z, labels, patch):
    return -np.mean(patch(_true(losses.softmax(z), labels)))


cost_from_scores = Exercise(
    name="cost_from_scores",
    solution=lambda z, labels: losses.softmax_cross_entropy(z, labels)[0],
    right="The mean of log-sum-exp less the true score; no probability on the way.",
    cases=_CASES_COST,
    mistakes=(
        Mistake(
            lambda z, labels: _from_probabilities(z, labels, np.log),
            "Through the probability: one that is rounded to 0 has the logarithm "
            "−inf. Use log-sum-exp less the "
            "true score.",
        ),
        Mistake(
            lambda z, labels: _from_probabilities(z, labels, lambda a: np.log(a + 1e-12)),
            "1e-12 inside the logarithm: no loss is ever above 27.6, however wrong the scores.",
        ),
        Mistake(
            lambda z, labels: _from_probabilities(z, labels, lambda a: np.log(np.clip(a, 1e-7, 1 - 1e-7))),
            "Clipped at 1e-7: no loss is ever above 16.118, however wrong the scores.",
        ),
        Mistake(
            lambda z, labels: np.mean(naive.naive_logsumexp(z) - _true(z, labels)),
            "A log-sum-exp that overflows: take the largest score of each row out of the sum.",
        ),
        Mistake(
            lambda z, labels: np.sum(losses.logsumexp(z) - _true(z, labels)),
            "That is the sum; the cost is the mean over the examples.",
        ),
        Mistake(
            lambda z, labels: losses.logsumexp(z) - _true(z, labels),
            "That is one loss an example; the cost is their mean.",
        ),
        Mistake(
            lambda z, labels: np.mean(_true(z, labels) - losses.logsumexp(z)),
            "The sign is turned: log-sum-exp less the true score, which is never below 0.",
        ),
        Mistake(
            lambda z, labels: np.mean(z.max(axis=1) - _true(z, labels)),
            "That is the largest score less the true one: log-sum-exp is a little more than the largest.",
        ),
        Mistake(
            lambda z, labels: np.mean(losses.logsumexp(z)),
            "The true scores are missing: subtract z[np.arange(len(z)), labels].",
        ),
        Mistake(
            lambda z, labels: np.mean(losses.logsumexp(z)[:, None] - z[:, labels]),
            "z[:, labels] picks columns for all rows: z[np.arange(len(z)), labels] "
            "picks one score in each row.",
        ),
        Mistake(
            lambda z, labels: np.mean(losses.logsumexp(z) - z.max(axis=1)),
            "The largest score was taken for the true one: the label says which is true.",
        ),
        Mistake(
            lambda z, labels: np.mean(losses.logsumexp(z) - _true(z, labels - 1)),
            "The labels were counted from 1: here class 0 is the first column.",
        ),
        Mistake(
            lambda z, labels: np.mean(-losses.log_softmax(z)),
            "That is a mean over all classes: only the true one's log-softmax counts.",
        ),
    ),
)

EXERCISES = (stable_sigmoid, my_logsumexp, cost_from_scores)
