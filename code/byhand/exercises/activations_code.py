"""Exercises of chapter 2, activation functions, that are written in code."""

import numpy as np

from byhand import activations
from byhand.activations import sigmoid, sigmoid_derivative
from byhand.exercises.exercise import Exercise, Mistake
from byhand.naive import naive_softplus

_RNG = np.random.default_rng(2)

chain = Exercise(
    name="chain",
    solution=lambda z, w: float(np.prod(w * sigmoid_derivative(sigmoid(z)))),
    right="Weight times a(1 − a), once for every unit on the way.",
    cases=tuple({"z": _RNG.normal(0, 2, n), "w": _RNG.normal(0, 2, n)} for n in (5, 2, 1)),
    mistakes=(
        Mistake(
            lambda z, w: np.prod(sigmoid_derivative(sigmoid(z))),
            "The weights are missing: each step of the chain is weight times slope.",
        ),
        Mistake(lambda z, w: np.prod(w), "The slopes are missing: each step is weight times slope."),
        Mistake(
            lambda z, w: np.sum(w * sigmoid_derivative(sigmoid(z))),
            "The factors are added; in a chain they are multiplied.",
        ),
        Mistake(
            lambda z, w: w * sigmoid_derivative(sigmoid(z)),
            "Those are the factors, all right: now multiply them, with np.prod.",
        ),
        Mistake(
            lambda z, w: np.prod(w * z * (1 - z)),
            "a(1 − a) wants the output: put z through the sigmoid first.",
        ),
        Mistake(
            lambda z, w: np.prod(w * sigmoid(z)),
            "That multiplies by the outputs, as if going forwards; the way back has the slopes a(1 − a).",
        ),
        Mistake(
            lambda z, w: np.prod(w * (1 - sigmoid(z) ** 2)),
            "1 − a² is the slope of tanh; these units are sigmoids.",
        ),
        Mistake(
            lambda z, w: np.prod(w * (1 - sigmoid(z))), "The slope is a(1 − a); the factor a is missing."
        ),
        Mistake(lambda z, w: np.prod(w * (z > 0)), "That is ReLU's slope; these units are sigmoids."),
        Mistake(
            lambda z, w: np.prod(w * sigmoid_derivative(sigmoid(w * z))),
            "z already is the logit: no weight goes into the sigmoid again.",
        ),
    ),
)

_LAYER = _RNG.normal(size=(6, 4)).clip(0)
_LAYER[:, 1] = 0
_LAYER[0, :] = 0
_ALIVE = np.abs(_RNG.normal(size=(5, 3))) + 0.1
_MOST = np.zeros((3, 5))
_MOST[2, 4] = 0.3

dead_share = Exercise(
    name="dead_share",
    solution=lambda a: float((a == 0).all(axis=0).mean()),
    right="A unit counts if it is 0 for every example, and the share is taken over the units.",
    cases=({"a": _LAYER}, {"a": _MOST}, {"a": _ALIVE}),
    mistakes=(
        Mistake(
            lambda a: (a == 0).mean(),
            "That is the share of zero entries; a unit is dead only if its whole column is 0.",
        ),
        Mistake(
            lambda a: (a == 0).any(axis=0).mean(),
            "Being off for one example is normal; dead is a unit that is off for all: all, not any.",
        ),
        Mistake(
            lambda a: (a == 0).all(axis=1).mean(),
            "That counts rows, examples for which every unit is off; units are the columns: axis=0.",
        ),
        Mistake(lambda a: (a == 0).all(axis=0).sum(), "That is how many; the share divides by the units."),
        Mistake(
            lambda a: (a == 0).all(axis=0).sum() / len(a),
            "len(a) is the number of examples; divide by the number of units, a.shape[1].",
        ),
        Mistake(lambda a: (a == 0).all(axis=0), "That says which units are dead; now take the mean."),
        Mistake(lambda a: (a > 0).any(axis=0).mean(), "That is the share of the living."),
        Mistake(
            lambda a: float((a == 0).all()),
            "Without an axis, all() asks about the whole layer at once; axis=0 asks about each unit.",
        ),
        Mistake(
            lambda a: (a.mean(axis=0) < 0.5).mean(), "A small output is not a dead one: dead is exactly 0."
        ),
    ),
)


softplus = Exercise(
    name="softplus",
    solution=activations.softplus,
    right="No exponent is ever positive, and log1p keeps the digits of small numbers.",
    cases=(
        {"z": np.array([2.0, -1.0, 0.0, 0.5])},
        {"z": np.array([1000.0, -3.0])},
        {"z": np.array([-20, -1000, 12], dtype=np.float32)},
    ),
    mistakes=(
        Mistake(
            naive_softplus,
            "As it stands in the book e^z overflows: for large z, softplus is z itself to all digits.",
        ),
        Mistake(
            lambda z: np.log1p(np.exp(z)),
            "log1p keeps the small digits, but e^z still overflows above: take z out of the logarithm there.",
        ),
        Mistake(
            lambda z: np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z))),
            "Large z are right. Far below 0, 1 + e^z is rounded to 1 and its logarithm to 0: use np.log1p.",
        ),
        Mistake(
            lambda z: np.log1p(np.exp(-np.abs(z))),
            "Right below 0; above, z was taken out of the logarithm and must be added: max(z, 0).",
        ),
        Mistake(
            lambda z: z + np.log1p(np.exp(-np.abs(z))),
            "Right above 0; below, nothing was taken out: add max(z, 0), not z.",
        ),
        Mistake(lambda z: np.maximum(z, 0) - np.log1p(np.exp(-np.abs(z))), "The logarithm is added."),
        Mistake(
            lambda z: np.log1p(np.exp(np.clip(z, -500, 500))),
            "Cutting z off at a limit gives the limit instead of z beyond it.",
        ),
        Mistake(
            lambda z: np.nan_to_num(naive_softplus(z)),
            "nan_to_num turns infinity into the largest number there is; the answer is z.",
        ),
        Mistake(
            lambda z: z + np.log1p(np.exp(-z)),
            "Right for large z; for very negative ones now e^(−z) overflows. The exponent must be −|z|.",
        ),
        Mistake(lambda z: np.maximum(z, 0), "That is ReLU: softplus is its smooth relative, log 2 at z = 0."),
        Mistake(lambda z: sigmoid(z), "That is softplus's slope."),
    ),
)

EXERCISES = (chain, dead_share, softplus)
