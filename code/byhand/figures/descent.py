"""A bowl, an optimizer on its way down, and what other learning rates would have come to."""

from dataclasses import dataclass

import numpy as np

from byhand.bowl import bowl, path
from byhand.figures.descent_picture import LIMITS, RULES, draw, label_of_map, label_of_rates
from byhand.figures.frame import Figure
from byhand.optimizers import get

STEPS = 40
CURVATURES = (1, 4, 16, 100)
TURNS = (0, 45)
CAPTION = (
    f"Left: lines of equal cost and {STEPS} steps of an optimizer from ○; a bowl with curvature 1 along its "
    f"long axis. Right: the cost after {STEPS} steps for every learning rate; ● is the one on the left, and "
    "the dashed upright line is gradient descent's limit, 2/λ, for the steepest axis.<br><strong>Predict "
    "first:</strong> this is gradient descent with rate 0.1, and 2/λ is 0.125. What will the way look like "
    "at 0.12, and at 0.13? Then choose Adam and a steeper bowl: does its way change? Last, turn the bowl."
)


@dataclass(frozen=True)
class Walk:
    """All that is drawn: the start, the rule's number, rate, curvature, turn; the way; costs by rate."""

    start: tuple
    rule: int
    rate: float
    curvature: float
    turn: float
    way: np.ndarray
    costs: tuple
    by_rate: np.ndarray

    @property
    def limit(self):
        """2/λ for the steepest axis."""
        return 2 / self.curvature


def descent(start=(-6, 2), optimizer="gradient_descent", rate=0.1, curvature=16, turn=0):
    """The way of an optimizer down a bowl, and the cost it ends at for every learning rate.

    Args:
        start: two numbers, −8 to 8 and −5.5 to 5.5, rounded to one digit.
        optimizer: "gradient_descent", "momentum", "rmsprop" or "adam", otherwise with its usual settings.
        rate: learning rate from 0.001 to 10, a number.
        curvature: of the steep axis: 1, 4, 16 or 100; that of the other is 1.
        turn: 0 or 45 degrees.

    Returns:
        Figure.

    Raises:
        ValueError: for other settings.
    """
    _check(start, optimizer, rate, curvature, turn)
    start = tuple(round(float(value), 1) for value in start)
    walk = _walk(start, list(RULES).index(optimizer), float(rate), curvature, turn)
    model = {"a": start[0], "b": start[1], "rule": walk.rule, "rate": walk.rate}
    model |= {"curvature": curvature, "turn": turn, "steps": [STEPS]}
    summary = f"descent. {label_of_map(walk)} {label_of_rates(walk)}"
    return Figure("descent", model, CAPTION, draw(walk), summary)


def _walk(start, rule, rate, curvature, turn):
    """Every number of the figure, from the package's optimizers."""
    cost, name = bowl([1, curvature], turn), list(RULES)[rule]
    with np.errstate(all="ignore"):  # what diverges overflows
        way = path(cost, start, get(name)(rate), STEPS)
        ends = [path(cost, start, get(name)(other), STEPS)[-1] for other in rates()]
        costs = tuple(cost(theta)[0] for theta in way)
        return Walk(start, rule, rate, curvature, turn, way, costs, np.array([cost(e)[0] for e in ends]))


def rates():
    """The learning rates of the curve, ten to each power of ten."""
    return 10 ** (np.arange(41) / 10 - 3)


def _check(start, optimizer, rate, curvature, turn):
    fits = len(start) == 2 and all(abs(value) <= most for value, most in zip(start, LIMITS, strict=True))
    if not fits or optimizer not in RULES or not 0.001 <= rate <= 10:
        raise ValueError(
            f"Expected a start within ±8 and ±5.5, an optimizer among {', '.join(RULES)} and a rate from "
            f"0.001 to 10. Received: start={start!r}, optimizer={optimizer!r}, rate={rate!r}"
        )
    if curvature not in CURVATURES or turn not in TURNS:
        raise ValueError(
            f"Expected a curvature among {CURVATURES} and a turn among {TURNS}. "
            f"Received: curvature={curvature!r}, turn={turn!r}"
        )
