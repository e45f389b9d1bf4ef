"""Exercises of chapter 9, backpropagation by hand, that are written in code."""

import numpy as np

from byhand.activations import sigmoid
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(9)

# Examples, units of the layer, units of the one after it: all different, so that no mix-up fits.
_CASES_DELTA = tuple(
    {
        "Delta": _RNG.normal(size=(m, after)),
        "W": _RNG.normal(size=(units, after)),
        "A": sigmoid(_RNG.normal(size=(m, units))),
    }
    for m, units, after in ((4, 3, 2), (2, 5, 3), (3, 2, 7))
)


def _hidden(Delta, W, A):
    return (Delta @ W.T) * A * (1 - A)


hidden_delta = Exercise(
    name="hidden_delta",
    solution=_hidden,
    right="Back through the weights, then times the slope of each unit.",
    cases=_CASES_DELTA,
    mistakes=(
        Mistake(lambda Delta, W, A: Delta @ W.T, "The slope of the units is missing: times A (1 − A)."),
        Mistake(
            lambda Delta, W, A: (Delta @ W.T) * A,
            "A is the output; the sigmoid's slope is A (1 − A).",
        ),
        Mistake(
            lambda Delta, W, A: (Delta @ W.T) * (1 - A),
            "Half of the slope: it is A (1 − A), both factors.",
        ),
        Mistake(
            lambda Delta, W, A: (Delta @ W.T) * sigmoid(A) * (1 - sigmoid(A)),
            "A was put through the sigmoid again: A is its output already, so its slope is A (1 − A).",
        ),
        Mistake(
            lambda Delta, W, A: (Delta @ W.T) * (1 - A**2),
            "1 − A² is the slope of tanh; these units are sigmoids.",
        ),
        Mistake(
            lambda Delta, W, A: _hidden(Delta, W, A) / len(A),
            "Divided by m: the mean is taken once, where the weights' slopes are made.",
        ),
        Mistake(
            lambda Delta, W, A: Delta @ W * A * (1 - A),
            "Forwards it is W, back it is W transposed: W.T.",
        ),
        Mistake(
            lambda Delta, W, A: W @ Delta.T * A.T * (1 - A.T),
            "Right but lying down: examples are rows, so it is Delta @ W.T.",
        ),
        Mistake(
            lambda Delta, W, A: A * (1 - A),
            "That is only the slope of the units. What came back from the layer after them is missing.",
        ),
        Mistake(
            lambda Delta, W, A: -_hidden(Delta, W, A), "The sign is turned; no step of the chain has one."
        ),
        Mistake(
            lambda Delta, W, A: _hidden(Delta, W, A).mean(axis=0),
            "Averaged over the examples: Δ keeps a row for each.",
        ),
    ),
)

_CASES_SLOPES = tuple(
    {"A": _RNG.normal(size=(m, inputs)), "Delta": _RNG.normal(size=(m, units))}
    for m, inputs, units in ((4, 3, 2), (2, 5, 3), (3, 2, 7))
)


def _slopes(A, Delta):
    return A.T @ Delta / len(A), Delta.mean(axis=0)


weight_slopes = Exercise(
    name="weight_slopes",
    solution=_slopes,
    right="What came in times what came back, and the mean over the examples.",
    cases=_CASES_SLOPES,
    mistakes=(
        Mistake(
            lambda A, Delta: (A.T @ Delta, Delta.sum(axis=0)),
            "The 1/m is missing from both: the cost is a mean.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / len(A), Delta.sum(axis=0)),
            "The biases' slopes lack the 1/m: the mean over the examples, not the sum.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta, Delta.mean(axis=0)),
            "The weights' slopes lack the 1/m.",
        ),
        Mistake(
            lambda A, Delta: (Delta.T @ A / len(A), Delta.mean(axis=0)),
            "The weights' slopes are turned: W is inputs by units, so it is A.T @ Delta.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / len(A), Delta.mean()),
            "One number for all biases: take the mean over the examples alone, axis=0.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / len(A), Delta.mean(axis=1)),
            "That is one number for each example: a bias has one for each unit, axis=0.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / len(A), Delta.mean(axis=0, keepdims=True)),
            "The biases' slopes are right, but b is a vector (U,), not a matrix of one row.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / Delta.size, Delta.mean(axis=0)),
            "Divided by m and by the units: the mean runs over the examples alone.",
        ),
        Mistake(
            lambda A, Delta: (A.T @ Delta / A.shape[1], Delta.mean(axis=0)),
            "Divided by the number of inputs: len(A) is the number of examples.",
        ),
        Mistake(
            lambda A, Delta: (-A.T @ Delta / len(A), -Delta.mean(axis=0)),
            "Turned round: those are the directions downhill. Asked are the slopes.",
        ),
        Mistake(lambda A, Delta: A.T @ Delta / len(A), "The biases' slopes are missing: return both."),
        Mistake(lambda A, Delta: _slopes(A, Delta)[::-1], "Right, in the other order: first those of W."),
    ),
)

_CASES_PENALTY = tuple(
    {
        "dW": _RNG.normal(size=(inputs, units)),
        "db": _RNG.normal(size=units),
        "W": _RNG.normal(size=(inputs, units)),
        "b": _RNG.normal(size=units),
        "strength": strength,
        "m": m,
    }
    for inputs, units, strength, m in ((3, 2, 1.0, 7), (2, 4, 5.0, 3), (4, 3, 0.5, 11))
)


def _penalised(dW, db, W, b, strength, m):
    return dW + strength / m * W, db


penalised_slopes = Exercise(
    name="penalised_slopes",
    solution=_penalised,
    right="Every weight is pulled towards 0 in proportion to itself; biases are left alone.",
    cases=_CASES_PENALTY,
    mistakes=(
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / m * W, db + strength / m * b),
            "The biases were penalised as well: they shift a unit and steepen nothing.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / (2 * m) * W, db),
            "λ/2m stands before the squares; the slope of w² is 2w, and the 2 cancels.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + 2 * strength / m * W, db),
            "Twice too much: the ½ of the penalty takes the 2 of the slope of w² away.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength * W, db),
            "The 1/m is missing: the penalty is divided by the number of examples.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW - strength / m * W, db),
            "The sign is turned: that pushes every weight away from 0.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / m * W**2, db),
            "The square belongs to the cost; its slope is W itself.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / (2 * m) * np.sum(W**2), db),
            "The penalty itself was added to every slope. Asked is its slope along each weight.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / m * np.sign(W), db),
            "That is the slope of a penalty on |w|, called L1.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (strength / m * W, db),
            "The slope of the cost without the penalty has got lost: add to it.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW, db + strength / m * b),
            "The wrong way about: the weights are penalised, the biases not.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: (dW + strength / W.size * W, db),
            "Divided by the number of weights: m is the number of examples.",
        ),
        Mistake(
            lambda dW, db, W, b, strength, m: dW + strength / m * W,
            "The biases' slopes are missing: return both.",
        ),
    ),
)

EXERCISES = (hidden_delta, weight_slopes, penalised_slopes)
