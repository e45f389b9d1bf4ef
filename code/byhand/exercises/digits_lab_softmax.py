"""Exercises of chapter 11, the practice lab: a softmax that survives, and a test that a poor one doesn't.

Shapes: M examples, K classes; the softmax of one row (K,) or of many (M, K).
"""

import numpy as np

from byhand import losses
from byhand.exercises.exercise import Exercise, Mistake

_RNG = np.random.default_rng(1111)
LAST = {"axis": -1, "keepdims": True}


def _plain(z):
    """As the formula stands: exponentials over their sum."""
    e = np.exp(z)
    return e / e.sum(**LAST)


def _shifted(z, by):
    e = np.exp(z - by)
    return e / e.sum(**LAST)


def _along_one(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _clipped(z):
    """Scores beyond ±500 made equal: no nan, and no answer either."""
    return _plain(np.clip(z, -500, 500))


def _patched(z):
    """nan replaced by 0 afterwards."""
    return np.nan_to_num(_plain(z))


lab_softmax = Exercise(
    name="lab_softmax",
    solution=losses.softmax,
    right="For one row and for many, and for scores of any size.",
    cases=tuple(
        {"z": z}
        for z in (
            _RNG.normal(0, 2, 4),
            np.array([1000.0, 0.0]),
            np.array([-1000.0, -1001.0, -1003.0]),
            np.array([3000.0, 1500.0, 1501.0]),
            _RNG.normal(0, 2, (5, 3)) + 800 * np.arange(5)[:, None],
        )
    ),
    mistakes=(
        Mistake(
            _plain,
            "np.exp(1000) is inf, and inf / inf is nan. Subtract the largest score first: it changes nothing "
            "on paper and everything in a computer.",
        ),
        Mistake(
            _along_one,
            "axis=1 needs a second axis: one row of scores has only one. axis=-1 is the last, whatever comes "
            "before it.",
        ),
        Mistake(
            lambda z: _shifted(z, z.max()),
            "Right for one row. Of several rows, subtract from each its own largest: z.max(axis=-1, "
            "keepdims=True).",
        ),
        Mistake(
            lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
            "Right for one row. Of several rows each should sum to one: sum(axis=-1, keepdims=True).",
        ),
        Mistake(
            lambda z: np.exp(z) / np.exp(z).sum(),
            "np.exp(1000) is inf: subtract the largest first. And of several rows each should sum to one.",
        ),
        Mistake(
            lambda z: _shifted(z, 1000), "A fixed 1000 saves the scores near 1000 and ruins those near −1000."
        ),
        Mistake(
            lambda z: _shifted(z, z.mean(**LAST)), "The mean was subtracted: a score far above it overflows."
        ),
        Mistake(
            lambda z: _shifted(z, z.min(**LAST)), "The smallest was subtracted: then all others lie above 0."
        ),
        Mistake(_clipped, "Clipping makes unequal scores equal: 1500 and 3000 get the same share."),
        Mistake(_patched, "nan_to_num puts a 0 where the winner should stand."),
        Mistake(
            lambda z: np.exp(z - z.max(**LAST)),
            "The division is missing: the largest is 1, whatever the rest.",
        ),
        Mistake(losses.log_softmax, "Those are logarithms of the probabilities: take np.exp of them."),
    ),
)

# For a test of a softmax: the candidates it meets. One answers rightly and rounds in its own way.


def _careful(z):
    """Right, by another way: 1 over the sum of all e^(z_j − z_k)."""
    return 1 / np.exp(z - z[:, None]).sum(axis=1)


def _one_winner(z):
    """1 for the largest score, 0 for the others."""
    return 1.0 * (z == np.max(z))


def _equal_shares(z):
    """The same for every class."""
    return np.full(len(z), 1 / len(z))


def _less_600(z):
    """A fixed shift: good from −100 to 1300, and nan beyond."""
    return _shifted(z, 600)


def _undivided(z):
    """Without the division."""
    return np.exp(z - np.max(z))


RIGHT = (losses.softmax, _careful)
POOR = (_plain, _less_600, _clipped, _patched, _one_winner, _equal_shares, _undivided)
ORDINARY = np.array([1.0, 2.0, 3.0, 4.0])


def _agrees(softmax, *rows):
    return bool(all(np.allclose(softmax(np.array(z)), losses.softmax(z), atol=1e-8) for z in rows))


def _exactly(softmax, *rows):
    return bool(all(np.all(softmax(np.array(z)) == losses.softmax(z)) for z in rows))


_SMALL, _LARGE, _APART, _LOW = (1.0, 2.0, 3.0, 4.0), (1000.0, 0.0), (2000.0, 1000.0), (-1000.0, -1001.0)

lab_softmax_test = Exercise(
    name="lab_softmax_test",
    solution=lambda softmax: _agrees(softmax, _SMALL, _LARGE, _APART, _LOW),
    right="It lets two right ones pass and stops seven poor ones.",
    cases=tuple({"softmax": candidate} for candidate in RIGHT + POOR),
    mistakes=(
        Mistake(
            lambda softmax: _agrees(softmax, _SMALL),
            "The usual test: ordinary scores. The plain formula passes, and breaks at [1000, 0].",
        ),
        Mistake(
            lambda softmax: bool(np.allclose(softmax(np.array(_LARGE)), [1, 0])),
            "It looks at [1000, 0] alone: a hard winner, a fixed shift and clipping are right there, too.",
        ),
        Mistake(
            lambda softmax: _agrees(softmax, _SMALL, _LARGE),
            "Nothing beyond 1000 or far below 0: clipped makes such scores equal, less_600 gives nan.",
        ),
        Mistake(
            lambda softmax: bool(np.isclose(softmax(ORDINARY).sum(), 1)),
            "Only the sum is tested. Equal shares sum to one, too, and so does a hard winner.",
        ),
        Mistake(
            lambda softmax: bool(np.isfinite(softmax(np.array(_LARGE))).all()),
            "Finite is not right: patched has no nan at [1000, 0], and gives the winner 0.",
        ),
        Mistake(lambda softmax: True, "It lets everything pass."),
        Mistake(lambda softmax: False, "It stops the right ones, too."),
        Mistake(
            lambda softmax: _exactly(softmax, _SMALL, _LARGE, _APART, _LOW),
            "It stops careful, which is right and rounds in its own way: compare with np.allclose, not ==.",
        ),
        Mistake(
            lambda softmax: not _agrees(softmax, _SMALL, _LARGE, _APART, _LOW),
            "Turned round: True should mean that the softmax passes.",
        ),
    ),
)

EXERCISES = (lab_softmax, lab_softmax_test)
