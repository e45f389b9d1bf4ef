"""Exercises of chapter 4, softmax and multiclass classification, that are written in code."""

import numpy as np

from byhand import losses
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(4)


def _exp(z):
    return np.exp(z - z.max(axis=1, keepdims=True))


def _plain(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def _shifted(z, by):
    e = np.exp(z - by)
    return e / e.sum(axis=1, keepdims=True)


def _chosen(z):
    return 1.0 * (z == z.max(axis=1, keepdims=True))


# Ordinary scores; all of them large; rows far from each other; scores far apart within a row.
_CASES = tuple(
    {"z": z}
    for z in (
        _RNG.normal(0, 2, (4, 3)),
        _RNG.normal(0, 2, (2, 5)) + 1000,
        np.array([[1.0, 0.5, -1.0], [-1500.0, -1501.0, -1500.0]]),
        np.array([[0.0, 3000.0], [1.0, 0.5], [2.0, -1.0]]),
    )
)

softmax = Exercise(
    name="softmax",
    solution=losses.softmax,
    right="Each row sums to one, and no score is too large.",
    cases=_CASES,
    mistakes=(
        Mistake(
            _plain,
            "Rows sum to 1, but shifting the scores by 1000 gives nan: subtract the largest score first.",
        ),
        Mistake(
            lambda z: _shifted(z, z.max()),
            "The largest of all scores was subtracted from every row: a row far below it becomes 0/0. "
            "Subtract each row's own largest, z.max(axis=1, keepdims=True).",
        ),
        Mistake(
            lambda z: _shifted(z, z.mean(axis=1, keepdims=True)),
            "The mean was subtracted: a score far above the mean still overflows. Subtract the largest.",
        ),
        Mistake(
            lambda z: _shifted(z, 1000),
            "A fixed 1000 was subtracted: it must follow the scores. Subtract each row's largest.",
        ),
        Mistake(
            lambda z: _exp(z) / _exp(z).sum(),
            "All entries together sum to one; each row must. Sum over axis=1 with keepdims=True.",
        ),
        Mistake(
            lambda z: np.exp(z) / np.exp(z).sum(),
            "All entries together sum to one, and large scores overflow: sum over axis=1, from z less its "
            "largest.",
        ),
        Mistake(
            lambda z: np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0),
            "The columns sum to one: that is softmax over the examples. The classes lie along axis=1.",
        ),
        Mistake(
            lambda z: np.exp(z) / np.exp(z).sum(axis=0),
            "The columns sum to one, and large scores overflow: work along axis=1, from z less its largest.",
        ),
        Mistake(
            lambda z: _exp(z) / _exp(z).sum(axis=1),
            "The largest and the sum of each row have the shape (m,), which NumPy lays along the last axis: "
            "keepdims=True makes them columns (m, 1).",
        ),
        Mistake(lambda z: _exp(z), "The division is missing: divide each row by its sum."),
        Mistake(
            lambda z: _exp(z) / _exp(z).mean(axis=1, keepdims=True),
            "Divided by the mean of each row: the rows sum to K. Divide by the sum.",
        ),
        Mistake(
            lambda z: z / z.sum(axis=1, keepdims=True),
            "The exponential is missing: scores may be negative, probabilities may not.",
        ),
        Mistake(
            lambda z: 1 / (1 + np.exp(-z)),
            "That is the sigmoid of each score alone: the rows don't sum to one.",
        ),
        Mistake(_chosen, "That is the decision, 1 for the largest score. Softmax keeps the others alive."),
        Mistake(losses.log_softmax, "Those are the logarithms of the probabilities: take np.exp of them."),
        Mistake(
            lambda z: _plain(np.clip(z, -700, 700)),
            "Clipping makes all scores beyond the limit equal. Subtract the largest: nothing is lost.",
        ),
        Mistake(
            lambda z: np.nan_to_num(_plain(z)),
            "nan_to_num hides the damage: where exp overflowed the row doesn't sum to one any more.",
        ),
        Mistake(
            lambda z: _exp(-z) / _exp(-z).sum(axis=1, keepdims=True),
            "The sign is turned: the lowest score gets the highest probability.",
        ),
    ),
)


def _truth(z, labels):
    return labels[:, None] == np.arange(z.shape[1])


def _slopes(z, labels):
    return (losses.softmax(z) - _truth(z, labels)) / len(z)


def _loss(z, labels):
    return losses.softmax_cross_entropy(z, labels)[0]


_CASES_GRADIENT = tuple(
    {"z": _RNG.normal(0, 2, (m, k)) + shift, "labels": _RNG.integers(0, k, m)}
    for m, k, shift in ((4, 3, 0), (7, 5, 0), (3, 2, 1000))
)

softmax_gradient = Exercise(
    name="softmax_gradient",
    solution=_slopes,
    right="Answer minus truth in every row, divided by m because the cost is a mean.",
    cases=_CASES_GRADIENT,
    mistakes=(
        Mistake(
            lambda z, labels: len(z) * _slopes(z, labels),
            "The 1/m is missing: the cost is the mean over the examples.",
        ),
        Mistake(
            lambda z, labels: _slopes(z, labels) / z.shape[1],
            "Divided by m and by K: np.mean runs over the classes too, but the cost is a mean over the "
            "examples alone.",
        ),
        Mistake(
            lambda z, labels: _slopes(z, labels) * len(z) / z.shape[1],
            "Divided by the number of classes: the mean runs over the examples, len(z).",
        ),
        Mistake(lambda z, labels: -_slopes(z, labels), "The sign is turned: answer minus truth."),
        Mistake(
            lambda z, labels: (z - _truth(z, labels)) / len(z),
            "The scores were taken for probabilities: put them through softmax first.",
        ),
        Mistake(
            lambda z, labels: losses.softmax(z) / len(z),
            "The truth is missing: subtract 1 at each example's own class.",
        ),
        Mistake(
            lambda z, labels: (losses.softmax(z) - labels[:, None]) / len(z),
            "The label's number was subtracted: class 3 is not three times as true as class 1. "
            "Subtract its one-hot row.",
        ),
        Mistake(
            lambda z, labels: (losses.softmax(z) - 1) / len(z),
            "1 was subtracted everywhere: the truth is 1 at the true class alone.",
        ),
        Mistake(
            lambda z, labels: (losses.softmax(z) - 1) * _truth(z, labels) / len(z),
            "Only the true class got a slope: the others have one too, their own probability.",
        ),
        Mistake(
            lambda z, labels: _slopes(z, labels - 1),
            "The labels were counted from 1: here class 0 is the first column.",
        ),
        Mistake(
            lambda z, labels: (_chosen(z) - _truth(z, labels)) / len(z),
            "The decision stands where the probabilities belong: use softmax, not argmax.",
        ),
        Mistake(
            lambda z, labels: (losses.softmax(z.T).T - _truth(z, labels)) / len(z),
            "This softmax runs over the examples: the classes lie along axis=1.",
        ),
        Mistake(
            lambda z, labels: (_plain(z) - _truth(z, labels)) / len(z),
            "A plain softmax: scores near 1000 overflow. The package's subtracts the largest first.",
        ),
        Mistake(
            lambda z, labels: _slopes(z, labels).sum(axis=0),
            "Added up over the examples, that is the slope along the biases. Along the scores every example "
            "keeps its row.",
        ),
        Mistake(_loss, "That is the cost itself; asked are its slopes, one for each score."),
        Mistake(
            losses.softmax_cross_entropy, "Cost and slopes both came back: return the slopes, the second."
        ),
    ),
)

EXERCISES = (softmax, softmax_gradient)
