"""Backpropagation on a graph of four units: an ordered list that is walked forwards and back."""

import numpy as np

from byhand.figures.backpropagation_picture import Walk, draw, label
from byhand.figures.frame import Figure
from byhand.figures.graph import FORWARDS, NAMES, NUDGE, STEPS, WEIGHTS

REACH = 2  # of a weight
LAST = len(STEPS)
START = {"w1": 0.8, "w2": -1.0, "w3": 1.2, "v2": 1.0, "v3": -0.5}
CAPTION = (
    "A network of four units for one example. Forwards, steps 1 to 5: every unit hands its output to the "
    "right. Backwards, steps 6 to 11: every slope is made of those right of it and of what is already "
    "there. δ is the slope along a unit's z, ∂ the one along the weight above it; thick lines are the "
    "weights of the step that ▸ marks.<br><strong>Predict first:</strong> set "
    "v₂ to 0. Which of the five slopes along the weights become 0, and does the one along v₂? Then go to the "
    "start and walk, and name each number of the way back before you press Forward."
)


def backpropagation_graph(weights=None, x=1.5, y=1.0, step=LAST):
    """A graph with its values and slopes, and the list of the steps that find them.

    Args:
        weights: {name: value} of w1, w2, w3, v2, v3, each from −2 to 2, in tenths; those left out are as
            in START.
        x: the input, a number.
        y: the target, a number.
        step: how many steps are shown, 0 … 11.

    Returns:
        Figure.

    Raises:
        ValueError: for another weight, a number that is out of range or not finite, or another step.
    """
    given = START | (weights or {})
    if set(given) != set(WEIGHTS) or not all(abs(w) <= REACH for w in given.values()):
        raise ValueError(f"Expected weights among {', '.join(WEIGHTS)}, −2 to 2. Received: weights={weights}")
    if not np.isfinite([x, y]).all():
        raise ValueError(f"Expected a finite input and target. Received: x={x!r}, y={y!r}")
    if step not in range(LAST + 1):
        raise ValueError(f"Expected a step from 0 to {LAST}. Received: step={step!r}")
    rounded = {name: round(float(given[name]), 1) for name in WEIGHTS}
    walk = Walk(rounded, float(x), float(y), int(step))
    summary = f"backpropagation-graph. {label(walk)}"
    return Figure("backpropagation-graph", _model(walk), CAPTION, draw(walk), summary)


def _model(walk):
    """The numbers that backpropagation_graph.js starts from."""
    return {
        **walk.weights, "x": walk.x, "y": walk.y, "step": walk.step,
        "reach": REACH, "nudge": NUDGE, "forwards": FORWARDS, "names": NAMES,
        "finds": [each.finds for each in STEPS], "uses": [each.uses for each in STEPS],
    }  # fmt: skip
