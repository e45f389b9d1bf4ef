"""Exercises of chapter 10, looking inside, that are written in code."""

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(10)

saturated = Exercise(
    name="saturated",
    solution=lambda a, epsilon: float(np.mean((a < epsilon) | (a > 1 - epsilon))),
    right="Two conditions, one or the other, and the mean of all entries.",
    cases=(
        {"a": np.array([[0.01, 0.5, 0.98], [0.3, 0.04, 0.6]]), "epsilon": 0.05},
        {"a": _RNG.beta(0.4, 0.7, (7, 4)), "epsilon": 0.1},
        {"a": _RNG.beta(0.4, 0.4, (5, 6)), "epsilon": 0.3},
    ),
    mistakes=(
        Mistake(
            lambda a, e: float(np.mean((a < e) & (a > 1 - e))),
            "No number is near 0 and near 1 at once: `|`, or, instead of `&`, and.",
        ),
        Mistake(lambda a, e: float(np.mean(a < e)), "Only the clear noes: those near 1 count as well."),
        Mistake(lambda a, e: float(np.mean(a > 1 - e)), "Only the clear yeses: those near 0 count as well."),
        Mistake(
            lambda a, e: float(np.mean((a > e) & (a < 1 - e))),
            "That is the share that is *not* decided: 1 minus what is asked.",
        ),
        Mistake(
            lambda a, e: int(np.sum((a < e) | (a > 1 - e))),
            "That is how many there are. A share is their mean.",
        ),
        Mistake(
            lambda a, e: np.mean((a < e) | (a > 1 - e), axis=1), "One share an example: asked is one for all."
        ),
        Mistake(
            lambda a, e: np.mean((a < e) | (a > 1 - e), axis=0), "One share a unit: asked is one for all."
        ),
        Mistake(
            lambda a, e: float(np.mean(np.abs(a - 0.5) < e)),
            "Those are near ½, the least decided of all. Near 0 or 1 is asked.",
        ),
        Mistake(
            lambda a, e: float(np.sum((a < e) | (a > 1 - e)) / len(a)),
            "Divided by the examples only: there are m U entries.",
        ),
        Mistake(
            lambda a, e: float(np.mean((a < e) | (a > e))),
            "The upper border is 1 − epsilon, not epsilon: now nearly everything counts.",
        ),
        Mistake(lambda a, e: (a < e) | (a > 1 - e), "Those are the single verdicts: take their mean."),
    ),
)


def _layer(m, units, classes):
    return {
        "a": np.maximum(_RNG.normal(0.5, 1, (m, units)), 0),
        "W": _RNG.normal(size=(units, classes)), "b": _RNG.normal(size=classes),
    }  # fmt: skip


def _with(a, unit, column):
    stuck = a.copy()
    stuck[:, unit] = column
    return stuck


silenced = Exercise(
    name="silenced",
    solution=lambda a, W, b, unit: _with(a, unit, a[:, unit].mean()) @ W + b,
    right="The unit says the same for every example, in its usual voice.",
    cases=(
        {
            "a": np.array([[1.0, 2], [3, 0]]),
            "W": np.array([[1.0, -1, 2], [2, 0, 1]]),
            "b": np.array([0.5, 1, 0]),
            "unit": 0,
        },
        _layer(5, 4, 3) | {"unit": 2},
        _layer(3, 6, 4) | {"unit": 5},
    ),
    mistakes=(
        Mistake(
            lambda a, W, b, u: _with(a, u, 0) @ W + b,
            "Stuck at 0, or taken out, which is the same: its mean vote must stay.",
        ),
        Mistake(lambda a, W, b, u: a @ W + b, "The unit still says what it said: nothing has been silenced."),
        Mistake(
            lambda a, W, b, u: _with(a, u, a.mean()) @ W + b,
            "That is the mean of all units. Each has its own: a[:, unit].mean().",
        ),
        Mistake(
            lambda a, W, b, u: _with(a, u, np.median(a[:, u])) @ W + b,
            "That is the median; the mean is asked.",
        ),
        Mistake(lambda a, W, b, u: _with(a, u, a[:, u].mean()) @ W, "The biases are missing."),
        Mistake(
            lambda a, W, b, u: _with(a, u, a[:, u].sum()) @ W + b,
            "That is the sum over the examples, not their mean.",
        ),
        Mistake(
            lambda a, W, b, u: np.maximum(_with(a, u, a[:, u].mean()) @ W + b, 0),
            "These are scores: there is no ReLU after the last layer.",
        ),
        Mistake(
            lambda a, W, b, u: _with(a.T, u % len(a), a.T[:, u % len(a)].mean()).T @ W + b,
            "A row was silenced, which is an example. Units are the columns of a.",
        ),
        Mistake(
            lambda a, W, b, u: (_with(a, u, a[:, u].mean()) @ W + b).argmax(axis=1),
            "Those are the winning classes; the scores are asked.",
        ),
    ),
)


def _falls(score, picture, grey, size=1, of=np.subtract):
    out = np.zeros(picture.shape)
    for r, c in np.ndindex(picture.shape):
        covered = picture.copy()
        covered[r : r + size, c : c + size] = grey
        out[r, c] = of(score(picture), score(covered))
    return out


def _accumulating(score, picture, grey):
    out, covered = np.zeros(picture.shape), picture.copy()
    for place in np.ndindex(picture.shape):
        covered[place] = grey
        out[place] = score(picture) - score(covered)
    return out


def _kept_alone(score, picture, grey):
    out = np.zeros(picture.shape)
    for place in np.ndindex(picture.shape):
        alone = np.full(picture.shape, float(grey))
        alone[place] = picture[place]
        out[place] = score(picture) - score(alone)
    return out


_KERNEL = _RNG.normal(size=(4, 3))


def _corners(p):
    """The first pixel argues for, the last one against."""
    return float(3 * p[0, 0] - p[-1, -1])


def _hinge(p):
    """A unit that may be off, and one pixel squared."""
    return float(np.maximum(np.sum(p * _KERNEL), 0) + p[1, 1] ** 2)


def _product(p):
    """Each pixel matters the more the more ink the others have."""
    return float(np.prod(p + 0.5))


occlusion_map = Exercise(
    name="occlusion_map",
    solution=lambda score, picture, grey: _falls(score, picture, grey),
    right="Before minus after, a fresh copy for every place.",
    cases=(
        {"score": _corners, "picture": np.array([[1.0, 0, 0.5], [0.2, 1, 0.8]]), "grey": 0.0},
        {"score": _hinge, "picture": _RNG.random((4, 3)), "grey": 0.5},
        {"score": _product, "picture": _RNG.random((2, 5)), "grey": 1.0},
    ),
    mistakes=(
        Mistake(
            lambda s, p, g: _falls(s, p, g, of=lambda a, b: b - a),
            "After minus before: where covering lowers the score, the map should be above 0.",
        ),
        Mistake(_accumulating, "The places stay covered: start from a fresh copy of the picture each time."),
        Mistake(
            lambda s, p, g: _falls(s, p, 0.0),
            "Right for a grey of 0. Cover with the grey that is handed over.",
        ),
        Mistake(
            lambda s, p, g: _falls(s, p, g, of=lambda a, b: b),
            "Those are the scores that are left. Asked is by how much they fell.",
        ),
        Mistake(
            lambda s, p, g: _falls(s, p, g, of=lambda a, b: abs(a - b)),
            "The sign is lost: covering a pixel can raise a score, and the map should say so.",
        ),
        Mistake(lambda s, p, g: _falls(s, p, g, size=2), "The squares are one pixel wide, not two."),
        Mistake(_kept_alone, "Everything but the pixel was covered. Cover the pixel, and keep the rest."),
        Mistake(
            lambda s, p, g: _falls(s, p, g).T,
            "Rows and columns have changed places: the map is as the picture, (H, V).",
        ),
        Mistake(
            lambda s, p, g: _falls(s, p, g).ravel(), "A map has the picture's shape (H, V): don't unroll it."
        ),
        Mistake(
            lambda s, p, g: _falls(s, p, g, of=lambda a, b: (a - b) / a),
            "Those are shares of the score. Asked is the difference itself.",
        ),
        Mistake(lambda s, p, g: s(p), "That is the score of the whole picture: cover each pixel in turn."),
    ),
)

EXERCISES = (saturated, silenced, occlusion_map)
