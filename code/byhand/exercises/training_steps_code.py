"""Exercises of chapter 1, training in three steps, that are written in code."""

import math

import numpy as np

from byhand.activations import sigmoid
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(1)


def _mean_loss(f, y, log=np.log):
    return float(np.mean(-y * log(f) - (1 - y) * log(1 - f)))


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
            "One step per example would be batches of 1; here batch_size examples share one step.",
        ),
        Mistake(lambda m, size: size, "That is how many examples a step sees, not the steps."),
        Mistake(lambda m, size: math.ceil(size / m), "Turned round: divide the examples by the batch size."),
        Mistake(lambda m, size: math.ceil(m / 32), "32 is fixed in your function: use batch_size."),
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
        Mistake(
            lambda f, y: sum(-y * np.log(f) - (1 - y) * np.log(1 - f)) / len(f),
            "Here f has two outputs per example: the mean runs over all entries, so use np.mean.",
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
    for m, d, rate in ((5, 3, 0.3), (11, 4, 1.7))
)


def _slopes(w, b, x, y, change=lambda f, y: f - y):
    """∂J/∂w and ∂J/∂b of one sigmoid unit, or what comes of it if f − y is changed to something else."""
    d = change(sigmoid(x @ w + b), y) / len(y)
    return x.T @ d, float(d.sum())


def _step(rule, change=lambda f, y: f - y):
    """A step that makes its result from w, b, their slopes p and q, the rate a and the m examples."""
    return lambda w, b, x, y, a: rule(w, b, *_slopes(w, b, x, y, change), a, len(y))


def _right(w, b, p, q, a, m):
    return w - a * p, b - a * q


def _one_by_one(w, b, x, y, a):
    for i in range(len(y)):
        w, b = _step(_right)(w, b, x[i : i + 1], y[i : i + 1], a)
    return w, b


def _in_turn(w, b, x, y, a):
    w = w - a * _slopes(w, b, x, y)[0]
    return w, b - a * _slopes(w, b, x, y)[1]


def _without_x(w, b, x, y, a):
    q = _slopes(w, b, x, y)[1]
    return w - a * q, b - a * q


def _without_sigmoid(w, b, x, y, a):
    d = (x @ w + b - y) / len(y)
    return w - a * x.T @ d, b - a * float(d.sum())


_RULES = {
    "The step goes uphill: subtract α times the slope, or turn (y − f) round.": (
        lambda w, b, p, q, a, m: (w + a * p, b + a * q)
    ),
    "The slopes are summed over the examples; J is a mean, so divide by m.": (
        lambda w, b, p, q, a, m: (w - a * m * p, b - a * m * q)
    ),
    "b's slope is summed over the examples: divide by m, as for w.": (
        lambda w, b, p, q, a, m: (w - a * p, b - a * m * q)
    ),
    "w's slope is summed over the examples: divide by m, as for b.": (
        lambda w, b, p, q, a, m: (w - a * m * p, b - a * q)
    ),
    "Both steps are twice too long: this cost brings no factor 2.": (
        lambda w, b, p, q, a, m: (w - 2 * a * p, b - 2 * a * q)
    ),
    "The learning rate is missing: the slopes are subtracted as they are.": (
        lambda w, b, p, q, a, m: (w - p, b - q)
    ),
    "The learning rate is fixed at 0.5 in your function: it changes from call to call.": (
        lambda w, b, p, q, a, m: (w - 0.5 * p, b - 0.5 * q)
    ),
    "The learning rate is fixed at 0.1 in your function: it changes from call to call.": (
        lambda w, b, p, q, a, m: (w - 0.1 * p, b - 0.1 * q)
    ),
    "w is right, but b stays as it was: it takes a step too.": lambda w, b, p, q, a, m: (w - a * p, b),
    "Only w comes back: return both, w and b.": lambda w, b, p, q, a, m: w - a * p,
    "Return w first, then b.": lambda w, b, p, q, a, m: (b - a * q, w - a * p),
    "These are the slopes: now take the step, w − α · slope.": lambda w, b, p, q, a, m: (p, q),
    "These are the steps alone: subtract them from w and b.": lambda w, b, p, q, a, m: (a * p, a * q),
}

gradient_step = Exercise(
    name="gradient_step",
    solution=_step(_right),
    right="Both slopes from the same f, the mean over the examples, and a step down.",
    cases=_CASES_STEP,
    mistakes=(
        *(Mistake(_step(rule), reason) for reason, rule in _RULES.items()),
        Mistake(
            _step(_right, lambda f, y: (f >= 0.5) - y),
            "f was rounded to 0 or 1 before the slope was taken: use the sigmoid's own value.",
        ),
        Mistake(
            _step(_right, lambda f, y: (f - y) * f * (1 - f)),
            "f(1 − f) cancels for this loss: the slope along z is f − y.",
        ),
        Mistake(_without_sigmoid, "Your f is z here: put it through the sigmoid."),
        Mistake(_without_x, "The slope along w_j is the mean of (f − y) x_j: the factor x is missing."),
        Mistake(_one_by_one, "You step after every example: add up all the slopes first, then step once."),
        Mistake(_in_turn, "b used an f computed from the new w: take both slopes first, then change both."),
    ),
)

EXERCISES = (steps_per_epoch, cost, gradient_step)
