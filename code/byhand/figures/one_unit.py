"""One sigmoid unit: its curve through real examples, and gradient descent on the map of its cost."""

from dataclasses import dataclass
from html import escape

import numpy as np
from scipy.optimize import minimize

from byhand.activations import sigmoid
from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, Figure
from byhand.figures.one_unit_picture import draw, label_of_map, label_of_unit
from byhand.losses import binary_cross_entropy
from byhand.optimizers import GradientDescent

RATES = (0.1, 1, 3, 10, 15, 20, 40)  # on standardised x: from a crawl to a first step too long

CAPTION = (
    "Left: the output f of one unit over its input x, {feature}, and {m} examples, ○ where the label is 0, "
    "× where it is 1. Each line is an error, f − y; the larger the loss, the thicker the line. "
    "Right: the cost J for every w and b, drawn as a map. ● is the unit on the left, the arrow its next step "
    "of gradient descent, ◇ the minimum.<br><strong>Predict first:</strong> which learning rate gets to ◇ in "
    "the fewest steps, and stays there: 1, 10 or 20? Then try: choose a rate, press Step and count; Reset "
    "takes you back."
)


@dataclass(frozen=True)
class Unit:
    """All that is drawn of a unit: x, y, f, loss (M,); theta, gradient, after one step, minimum (w, b)."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    f: np.ndarray
    loss: list
    theta: np.ndarray
    J: float
    gradient: np.ndarray
    after: np.ndarray
    minimum: np.ndarray
    lowest: float
    rate: float
    feature: str
    scales: dict

    def costs(self, ws, bs):
        """J (len(bs), len(ws)) at each w and b."""
        return np.array([[_cost_and_gradient((w, b), self.x, self.y)[0] for w in ws] for b in bs])


def one_unit(x, y, w=0.0, b=0.0, learning_rate=1.0, feature="ink in the middle"):
    """One sigmoid unit f = σ(w x + b) on M examples, and gradient descent on its cost J(w, b).

    Args:
        x: (M,), the one feature of each example, standardised.
        y: (M,), labels 0 or 1; the two classes overlap, or J would have no minimum.
        w: weight to start from, a number.
        b: bias to start from, a number.
        learning_rate: step size to start with, added to the choices if it isn't among them.
        feature: what x measures, in a few words.

    Returns:
        Figure.

    Raises:
        ValueError: for shapes that differ, labels other than 0 and 1, classes that do not overlap, numbers
            that are not finite, or a learning rate that is not positive.
    """
    x, y = _examples(x, y)
    if not np.isfinite([w, b]).all():
        raise ValueError(f"Expected a finite weight and bias. Received: w={w!r}, b={b!r}")
    unit = _unit(x, y, np.array([w, b], dtype=float), learning_rate, feature)
    caption = CAPTION.format(feature=escape(feature), m=len(x))
    summary = f"one-unit. {label_of_unit(unit)} {label_of_map(unit)}"
    return Figure("one-unit", _model(unit), caption, draw(unit), summary)


def _examples(x, y):
    x, y = np.asarray(x, dtype=float), np.asarray(y)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"Expected x and y of shape (M,). Received: x.shape={x.shape}, y.shape={y.shape}")
    if not np.isfinite(x).all():
        raise ValueError(f"Expected finite features. Received: x={x.tolist()}")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"Expected labels 0 and 1. Received: y={y.tolist()}")
    zeros, ones = x[y == 0], x[y == 1]
    if not (len(zeros) and len(ones) and zeros.max() > ones.min() and ones.max() > zeros.min()):
        raise ValueError(f"Expected two classes that overlap. Received: x={x.tolist()}, y={y.tolist()}")
    # The last bits of a mean differ from machine to machine; the figure's bytes must not.
    return x.round(6), y.astype(int)


def _cost_and_gradient(theta, x, y):
    """J and its gradient (2,) at theta = (w, b)."""
    w, b = theta
    cost, dz = binary_cross_entropy(w * x + b, y)
    return cost, np.array([dz @ x, dz.sum()])


def _unit(x, y, theta, rate, feature):
    found = minimize(_cost_and_gradient, [0.0, 0.0], args=(x, y), jac=True, options={"gtol": 1e-9})
    z = theta[0] * x + theta[1]
    J, gradient = _cost_and_gradient(theta, x, y)
    after = theta.copy()
    GradientDescent(rate).step(after, gradient)
    return Unit(
        x, y, z, sigmoid(z),
        loss=[binary_cross_entropy(z[i : i + 1], y[i : i + 1])[0] for i in range(len(x))],
        theta=theta, J=J, gradient=gradient, after=after,
        minimum=found.x.round(4), lowest=round(found.fun, 6),
        rate=rate, feature=feature, scales=_scales(x, np.array([theta * 0, theta, found.x])),
    )  # fmt: skip


def _scales(x, places):
    """Lowest and highest value of each axis, and where these two are drawn; places are in the map's midst."""
    reach = max(2, np.hypot(*places[-1]))
    low, high = np.floor(places.min(axis=0) - reach), np.ceil(places.max(axis=0) + reach)
    return {
        "x": (round(float(x.min()) - 0.3, 1), round(float(x.max()) + 0.3, 1), LEFT, RIGHT),
        "f": (0, 1, BOTTOM - 18, TOP + 18),
        "w": (int(low[0]), int(high[0]), LEFT, RIGHT),
        "b": (int(low[1]), int(high[1]), BOTTOM, TOP),
    }


def _model(unit):
    """The numbers that one_unit.js starts from."""
    (w, b), rate = unit.theta.tolist(), unit.rate
    return {
        "x": unit.x.tolist(), "y": unit.y.tolist(), "feature": unit.feature, "scales": unit.scales,
        "minimum": [*unit.minimum.tolist(), unit.lowest],
        "w": w, "b": b, "rate": rate, "rates": sorted({*RATES, rate}),
    }  # fmt: skip
