"""Exercises of chapter 3, why hidden layers must bend, that are written in code."""

from functools import reduce
from itertools import pairwise

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake
from byhand.polyline import hinges

_RNG = np.random.default_rng(3)


def _linear(*sizes):
    """[W1, b1, W2, b2, …] of layers of these sizes, the first the inputs."""
    pairs = pairwise(sizes)
    return [array for d, u in pairs for array in (_RNG.normal(size=(d, u)), _RNG.normal(size=u))]


def _collapse(through=lambda b, V, c: b @ V + c):
    """The product of all matrices, with a rule for the bias."""

    def collapse(weights):
        W, b = weights[:2]
        for V, c in zip(weights[2::2], weights[3::2], strict=True):
            W, b = W @ V, through(b, V, c)
        return W, b

    return collapse


def _two_layers(weights):
    W1, b1, W2, b2 = weights
    return W1 @ W2, b1 @ W2 + b2


def _first_two(weights):
    return _collapse()(weights[:4])


def _added_biases(weights):
    """Only layers of one size have biases that can be added at all."""
    return reduce(np.matmul, weights[::2]), sum(weights[1::2])


# One layer alone comes last: it is the case that is forgotten, not the one that tells mistakes apart.
_CASES = tuple({"weights": _linear(*sizes)} for sizes in ((3, 2, 4), (3, 3, 3), (4, 3, 5, 2), (2, 5)))

collapse = Exercise(
    name="collapse",
    solution=_collapse(),
    right="One product for the weights, and each bias goes through the matrices after its layer.",
    cases=_CASES,
    mistakes=(
        Mistake(_two_layers, "Right for two layers: now for any number of them, with a loop."),
        Mistake(_first_two, "Only the first two layers are taken: go on to the end of the list."),
        Mistake(
            _collapse(lambda b, V, c: c),
            "W is right, but only the last bias is left: each other goes through the next, b @ V + c.",
        ),
        Mistake(
            _collapse(lambda b, V, c: b @ V),
            "W is right, but the biases of the later layers are missing: b @ V + c.",
        ),
        Mistake(
            _collapse(lambda b, V, c: b @ V - c), "W is right; each bias is added, not subtracted."
        ),
        Mistake(_added_biases, "A bias can't be added as it is: it goes through the next matrix, b @ V."),
        Mistake(
            lambda weights: _collapse()(weights)[0], "Only W comes back: return both, W and b."
        ),
        Mistake(lambda weights: _collapse()(weights)[::-1], "Return W first, then b."),
        Mistake(
            lambda weights: (_collapse()(weights)[0].T, _collapse()(weights)[1]),
            "W is turned on its side: here it has a row for each input.",
        ),
        Mistake(
            lambda weights: reduce(np.matmul, weights),
            "Weights and biases were multiplied one after another: take every second one, weights[::2].",
        ),
    ),
)  # fmt: skip


def _points(count):
    return {
        "corners": np.cumsum(_RNG.uniform(0.2, 2, count)) - 2,
        "heights": _RNG.normal(size=count) * 3,
    }


def _slopes(c, h):
    return np.diff(h) / np.diff(c)


output_weights = Exercise(
    name="output_weights",
    solution=lambda c, h: hinges(c, h)[2][:, 0],
    right="The first slope, then the changes of slope.",
    cases=(_points(5), _points(3), _points(2)),
    mistakes=(
        Mistake(_slopes, "Those are the slopes; the weights are their changes, since hinges stay on."),
        Mistake(
            lambda c, h: np.diff(_slopes(c, h)),
            "Those are the changes at the inner corners; the first weight, the first slope, is missing.",
        ),
        Mistake(
            lambda c, h: np.diff(_slopes(c, h), prepend=0) * -1,
            "The sign is turned round: a change is the slope after less the slope before.",
        ),
        Mistake(
            lambda c, h: np.append(_slopes(c, h)[0], -np.diff(_slopes(c, h))),
            "The first weight is right; the others are the slope after less the slope before.",
        ),
        Mistake(lambda c, h: np.cumsum(_slopes(c, h)), "Those are sums of slopes; take their differences."),
        Mistake(lambda c, h: np.diff(h), "Those are the rises: divide each by the width of its piece."),
        Mistake(
            lambda c, h: np.diff(np.diff(h), prepend=0),
            "Those are changes of the rises: divide each rise by the width of its piece first.",
        ),
        Mistake(
            lambda c, h: np.diff(np.diff(c) / np.diff(h), prepend=0),
            "The slopes are upside down: rise over width.",
        ),
        Mistake(
            lambda c, h: np.append(np.diff(_slopes(c, h)), _slopes(c, h)[-1]),
            "The changes are right. Beside them stands the first slope, at the front; not the last.",
        ),
        Mistake(
            lambda c, h: np.append(h[0], np.diff(_slopes(c, h))),
            "The first weight is the first slope; the first height is the output's bias.",
        ),
    ),
)

EXERCISES = (collapse, output_weights)
