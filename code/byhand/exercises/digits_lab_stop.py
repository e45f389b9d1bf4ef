"""The exercise of chapter 11, the practice lab, on early stopping.

Shapes: E epochs.
"""

import math
import operator

import numpy as np

from byhand.exercises.exercise import Exercise, Mistake


def _stop(costs, patience, better=operator.lt):
    """(best epoch, last epoch), both counted from 1: eq-lowest and eq-waited."""
    lowest, best, waited = math.inf, 0, 0
    for epoch, J in enumerate(costs, 1):
        if better(J, lowest):
            lowest, best, waited = J, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best, epoch


def _never_reset(costs, patience):
    best, waited = 1, 0
    for epoch, J in enumerate(costs, 1):
        lowest = costs[best - 1]
        best = epoch if lowest > J else best
        waited += lowest < J
        if waited == patience:
            break
    return best, epoch


def _against_yesterday(costs, patience):
    """Waits for a fall from one epoch to the next instead of a new lowest cost."""
    waited = 0
    for epoch in range(2, len(costs) + 1):
        waited = 0 if costs[epoch - 1] < costs[epoch - 2] else waited + 1
        if waited == patience:
            break
    return int(np.argmin(costs[:epoch])) + 1, epoch


_CASES_STOP = (
    {"costs": np.array([0.9, 0.5, 0.6, 0.4, 0.7, 0.5, 0.45, 0.44, 0.3]), "patience": 3},
    {"costs": np.array([0.8, 0.6, 0.7, 0.6, 0.65, 0.64, 0.5, 0.2]), "patience": 4},
    {"costs": np.array([0.7, 0.5, 0.4, 0.6]), "patience": 2},
    {"costs": np.array([0.9, 0.4, 0.5, 0.3, 0.45, 0.2]), "patience": 1},
)

lab_stop = Exercise(
    name="lab_stop",
    solution=_stop,
    right="It keeps the best epoch, starts to wait again after each new best, and never looks ahead.",
    cases=_CASES_STOP,
    mistakes=(
        Mistake(
            lambda J, patience: (int(np.argmin(J)) + 1, len(J)),
            "The lowest of all costs: a run that stops early never sees those that come later.",
        ),
        Mistake(
            lambda J, patience: (int(np.argmin(J)) + 1, _stop(J, patience)[1]),
            "It stops in time, but takes its best epoch from those that come after it has stopped.",
        ),
        Mistake(
            lambda J, patience: (_stop(J, patience)[1],) * 2,
            "Both numbers are the last epoch. The weights worth keeping are those of the best one.",
        ),
        Mistake(
            lambda J, patience: _stop(J, patience)[::-1], "The two are exchanged: the best epoch comes first."
        ),
        Mistake(
            lambda J, patience: tuple(epoch - 1 for epoch in _stop(J, patience)),
            "Counted from 0: the first epoch is 1, as Keras prints it.",
        ),
        Mistake(
            lambda J, patience: _stop(J, 1),
            "It stops at the first epoch without a new best: where is patience?",
        ),
        Mistake(
            lambda J, patience: _stop(J, patience + 1),
            "One epoch too patient: stop as soon as patience epochs in a row have brought no new best.",
        ),
        Mistake(
            lambda J, patience: _stop(J, patience, operator.le),
            "A cost equal to the best so far is no improvement, and waiting goes on: < and not <=.",
        ),
        Mistake(
            _never_reset,
            "The waiting is never set back to 0: a new best should bring the full patience back.",
        ),
        Mistake(
            _against_yesterday,
            "Compared with the epoch before. A cost can fall from one epoch to the next without ever "
            "being a new best.",
        ),
        Mistake(
            lambda J, patience: _stop(-J, patience),
            "The sign is turned: of a cost, lower is better. (Of an accuracy, higher.)",
        ),
    ),
)

EXERCISES = (lab_stop,)
