"""Exercises of chapter 1, training in three steps."""

import math

import numpy as np

from byhand.activations import sigmoid
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(1)
F = np.array([0.9, 0.2, 0.6])
Y = np.array([1.0, 0.0, 0.0])


def _mean_loss(f, y, log=np.log):
    return float(np.mean(-y * log(f) - (1 - y) * log(1 - f)))


def _step(w, b, x, y, learning_rate, *, sign=-1, mean=True, threshold=False, simultaneous=True, factor=True):
    """A gradient-descent step of one sigmoid unit, right by default and wrong in one way at a time."""
    f = sigmoid(x @ w + b)
    f = (f >= 0.5) * 1.0 if threshold else f
    d = (f - y) / (len(y) if mean else 1)
    new_w = w + sign * learning_rate * (x.T @ d if factor else d.sum() * np.ones_like(w))
    if not simultaneous:
        d = (sigmoid(x @ new_w + b) - y) / len(y)
    return new_w, float(b + sign * learning_rate * d.sum())


WHICH_CALL = {
    "units": "Sequential",
    "activation": "Sequential",
    "loss": "compile",
    "learning_rate": "compile",
    "batch_size": "fit",
    "epochs": "fit",
}

_MOVED = (
    (
        {"epochs": "compile"},
        "epochs belongs to fit: compile only notes down how to learn; fit passes over the data.",
    ),
    (
        {"epochs": "compile", "batch_size": "compile"},
        "epochs and batch_size belong to fit: both say how to pass over the data; compile sees none.",
    ),
    ({"batch_size": "compile"}, "batch_size belongs to fit: it cuts up the data, and compile sees no data."),
    ({"learning_rate": "fit"}, "learning_rate belongs to the optimizer, which is handed to compile."),
    ({"loss": "fit"}, "loss belongs to compile: fit must know it before it sees the first example."),
    ({"loss": "Sequential"}, "loss belongs to compile: layers say how f is computed, not how wrong it is."),
)

which_call = Exercise(
    name="which_call",
    solution=WHICH_CALL,
    right="Shapes and activations are step 1, the loss is step 2, and step 3 is split: the rule is set in "
    "compile, how long it runs in fit.",
    mistakes=tuple(Mistake(WHICH_CALL | moved, reason) for moved, reason in _MOVED),
)

parameters = Exercise(
    name="parameters",
    solution=401 * 25 + 26 * 10,
    right="401 · 25 + 26 · 10: every unit has one weight an input and one bias.",
    mistakes=(
        Mistake(400 * 25 + 25 * 10, "Only the weights are counted: every unit has a bias too, 25 + 10 more."),
        Mistake(
            400 * 25 + 1 + 25 * 10 + 1,
            "One bias a layer is counted: there is one a unit, so 25 and 10 of them.",
        ),
        Mistake(401 * 25 + 25 * 10, "The ten output units have biases too: 10 more."),
        Mistake(400 * 25 + 26 * 10, "The 25 hidden units have biases too: 25 more."),
        Mistake(
            401 * 25 + 26 * 15 + 16 * 1, "That is the net of this chapter, 400-25-15-1; asked is 400-25-10."
        ),
        Mistake(
            400 * 25 * 10, "The layers' sizes are not multiplied all together: count each layer, then add."
        ),
    ),
)

cost_by_hand = Exercise(
    name="cost_by_hand",
    solution=_mean_loss(F, Y),
    right="−ln 0.9, −ln 0.8 and −ln 0.4, added and divided by three.",
    rtol=0.012,  # 0.41 is two digits of 0.4148
    mistakes=(
        Mistake(3 * _mean_loss(F, Y), "That is the sum of the three losses; the cost is their mean."),
        Mistake(_mean_loss(F, Y, np.log10), "The logarithm is the natural one, ln, not the one to base 10."),
        Mistake(_mean_loss(F, Y, np.log2), "The logarithm is the natural one, ln, not the one to base 2."),
        Mistake(-_mean_loss(F, Y), "A minus is missing: ln of a number below 1 is negative, a loss is not."),
        Mistake(
            float(np.mean(-np.log(F))),
            "−ln f is the loss where y = 1. For the two examples with y = 0 it is −ln(1 − f).",
        ),
        Mistake(
            float(np.mean(-np.log(1 - F))),
            "−ln(1 − f) is the loss where y = 0. For the example with y = 1 it is −ln f.",
        ),
        Mistake(
            float(np.mean((F - Y) ** 2) / 2), "That is half the squared error, the loss of a regression."
        ),
    ),
)

steps_per_epoch = Exercise(
    name="steps_per_epoch",
    solution=lambda m, size: math.ceil(m / size),
    right="Every example is seen once, and a last batch that is not full is a step too.",
    cases=tuple(
        {"examples": m, "batch_size": size} for m, size in ((5000, 32), (4000, 32), (31, 32), (7, 2))
    ),
    mistakes=(
        Mistake(
            lambda m, size: m // size,
            "Rounded down: the examples left over make one more, smaller batch, and Keras does not drop it.",
        ),
        Mistake(
            lambda m, size: round(m / size),
            "Rounded to the nearest: any example left over, however few, makes one more batch. Round up.",
        ),
        Mistake(
            lambda m, size: m // size + 1,
            "One too many where the batches come out even: round up instead of adding one.",
        ),
        Mistake(
            lambda m, size: m / size,
            "There is no part of a step: the last, smaller batch is one step. Round up.",
        ),
        Mistake(
            lambda m, size: 1,
            "An epoch is one pass over the data, not one step: each batch changes the weights once.",
        ),
        Mistake(
            lambda m, size: m,
            "One step an example would be batches of 1; here batch_size examples share one step.",
        ),
        Mistake(lambda m, size: size, "That is how many examples a step sees, not the steps."),
    ),
)

_CASES_COST = tuple(
    {"f": _RNG.uniform(0.05, 0.95, shape), "y": (_RNG.random(shape) < 0.5) * 1.0} for shape in ((4,), (7, 2))
)

cost = Exercise(
    name="cost",
    solution=_mean_loss,
    right="The mean over every example, in natural logarithms.",
    cases=_CASES_COST,
    mistakes=(
        Mistake(
            lambda f, y: np.sum(-y * np.log(f) - (1 - y) * np.log(1 - f)),
            "That is the sum; the cost is the mean, so that it does not grow with the number of examples.",
        ),
        Mistake(
            lambda f, y: np.mean(y * np.log(f) + (1 - y) * np.log(1 - f)),
            "The minus is missing: the logarithm of a number below 1 is negative, a loss is not.",
        ),
        Mistake(
            lambda f, y: np.mean(-y * np.log(f)),
            "Only the examples with y = 1 count here; −(1 − y) log(1 − f) is for the others.",
        ),
        Mistake(
            lambda f, y: np.mean(-(1 - y) * np.log(1 - f)),
            "Only the examples with y = 0 count here; −y log f is for the others.",
        ),
        Mistake(
            lambda f, y: np.mean(-y * np.log(f) + (1 - y) * np.log(1 - f)),
            "The second term has lost its minus: −(1 − y) log(1 − f).",
        ),
        Mistake(
            lambda f, y: np.mean(-y * np.log(1 - f) - (1 - y) * np.log(f)),
            "The two logarithms have changed places: where y = 1 the loss is −log f.",
        ),
        Mistake(
            lambda f, y: _mean_loss(f, y, np.log10), "np.log10 is to base 10; np.log is the natural one."
        ),
        Mistake(lambda f, y: _mean_loss(f, y, np.log2), "np.log2 is to base 2; np.log is the natural one."),
        Mistake(
            lambda f, y: -y * np.log(f) - (1 - y) * np.log(1 - f),
            "That is one loss an example; the cost is one number, their mean.",
        ),
        Mistake(
            lambda f, y: np.sum(-y * np.log(f) - (1 - y) * np.log(1 - f)) / len(f),
            "Divided by the number of rows only: with several outputs the mean runs over every entry.",
        ),
        Mistake(lambda f, y: np.mean((f - y) ** 2), "That is the squared error, the loss of a regression."),
        Mistake(
            lambda f, y: np.mean((f - y) ** 2) / 2,
            "That is half the squared error, the loss of a regression.",
        ),
    ),
)

_CASES_STEP = tuple(
    {
        "w": _RNG.normal(size=d),
        "b": float(_RNG.normal()),
        "x": _RNG.normal(size=(m, d)),
        "y": (_RNG.random(m) < 0.5) * 1.0,
        "learning_rate": rate,
    }
    for m, d, rate in ((5, 3, 0.5), (11, 4, 2.0))
)


def _wrong_step(**how):
    return lambda w, b, x, y, rate: _step(w, b, x, y, rate, **how)


gradient_step = Exercise(
    name="gradient_step",
    solution=_wrong_step(),
    right="Both slopes from the same f, the mean over the examples, and a step down.",
    cases=_CASES_STEP,
    mistakes=(
        Mistake(
            _wrong_step(sign=1), "The step goes uphill: subtract α times the slope, or turn (y − f) round."
        ),
        Mistake(
            _wrong_step(mean=False), "The slopes are summed over the examples; J is a mean, so divide by m."
        ),
        Mistake(
            _wrong_step(threshold=True),
            "f was rounded to 0 or 1 before the slope was taken: use the sigmoid's own value.",
        ),
        Mistake(
            _wrong_step(simultaneous=False),
            "b was stepped with an f computed from the new w: take both slopes first, then change both.",
        ),
        Mistake(
            _wrong_step(factor=False), "The slope by w_j is the mean of (f − y) x_j: the factor x is missing."
        ),
        Mistake(
            lambda w, b, x, y, rate: (_step(w, b, x, y, rate)[0], b),
            "w is right, but b stays as it was: it takes a step too.",
        ),
        Mistake(
            lambda w, b, x, y, rate: _step(w, b, x, y, 1.0),
            "The learning rate is missing: the slopes are subtracted as they are.",
        ),
        Mistake(
            lambda w, b, x, y, rate: _step(w, b, x, y, rate)[0], "Only w comes back: return both, w and b."
        ),
    ),
)

EXERCISES = (which_call, parameters, cost_by_hand, steps_per_epoch, cost, gradient_step)
