"""A small graph, forwards and back: x to unit 1, from there to units 2 and 3, both to f; step by step.

Units 1 to 3 are sigmoids, f is linear, there are no biases, and the loss is half the squared error.
"""

from typing import NamedTuple

import numpy as np

from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network

WEIGHTS = ("w1", "w2", "w3", "v2", "v3")
NUDGE = 1e-3
NETWORK = Network(1, [Dense(1, "sigmoid"), Dense(2, "sigmoid"), Dense(1)], squared_error)
# What each slope is called on the page: the subscript says along which weight or logit.
NAMES = {
    "z1": "z₁", "a1": "a₁", "z2": "z₂", "a2": "a₂", "z3": "z₃", "a3": "a₃", "f": "f", "L": "L",
    "d": "δ", "dv2": "∂L/∂v₂", "dv3": "∂L/∂v₃", "d2": "δ₂", "d3": "δ₃", "dw2": "∂L/∂w₂", "dw3": "∂L/∂w₃",
    "p2": "δ₂w₂", "p3": "δ₃w₃", "d1": "δ₁", "dw1": "∂L/∂w₁",
    "w1": "w₁", "w2": "w₂", "w3": "w₃", "v2": "v₂", "v3": "v₃",
}  # fmt: skip


class Step(NamedTuple):
    """A line of the list: its rule, the values it finds, the weights it uses."""

    rule: str
    finds: tuple
    uses: tuple


STEPS = (
    Step("z₁ = w₁x, a₁ = g(z₁)", ("z1", "a1"), ("w1",)),
    Step("z₂ = w₂a₁, a₂ = g(z₂)", ("z2", "a2"), ("w2",)),
    Step("z₃ = w₃a₁, a₃ = g(z₃)", ("z3", "a3"), ("w3",)),
    Step("f = v₂a₂ + v₃a₃", ("f",), ("v2", "v3")),
    Step("L = ½(f − y)²", ("L",), ()),
    Step("δ = ∂L/∂f = f − y", ("d",), ()),
    Step("∂L/∂v₂ = δa₂, ∂L/∂v₃ = δa₃", ("dv2", "dv3"), ("v2", "v3")),
    Step("δ₂ = δv₂g′(z₂), δ₃ = δv₃g′(z₃)", ("d2", "d3"), ("v2", "v3")),
    Step("∂L/∂w₂ = δ₂a₁, ∂L/∂w₃ = δ₃a₁", ("dw2", "dw3"), ("w2", "w3")),
    Step("δ₁ = (δ₂w₂ + δ₃w₃)g′(z₁): two paths meet, and add", ("p2", "p3", "d1"), ("w2", "w3")),
    Step("∂L/∂w₁ = δ₁x", ("dw1",), ("w1",)),
)
FORWARDS = 5  # so many of them; the rest goes back


def reached(step):
    """The names of all values found once so many steps are done."""
    return [name for each in STEPS[:step] for name in each.finds]


def compute(weights, x, y):
    """Every value of the graph by name, as the package's network computes it.

    Args:
        weights: {name: value} for each of WEIGHTS.
        x: the input, a number.
        y: the target, a number.

    Returns:
        {name: float} for every name that a step finds.
    """
    theta = _theta(weights)
    _, (a1,), (a2, a3), (f,) = (a[0].tolist() for a in NETWORK.forward(theta, [[x]]))
    L, grad = NETWORK.value_and_grad(theta, np.array([[x]]), np.array([[y]]))
    first, middle, last = NETWORK.views(grad)
    found = {"z1": weights["w1"] * x, "z2": weights["w2"] * a1, "z3": weights["w3"] * a1}
    found |= {"a1": a1, "a2": a2, "a3": a3, "f": f, "L": L}
    slopes = [*first["W"].ravel(), *middle["W"].ravel(), *last["W"].ravel()]
    found |= {f"d{name}": float(slope) for name, slope in zip(WEIGHTS, slopes, strict=True)}
    deltas = [*last["b"], *first["b"], *middle["b"]]  # ∂L/∂b is ∂L/∂z
    found |= {name: float(delta) for name, delta in zip(("d", "d1", "d2", "d3"), deltas, strict=True)}
    return found | {"p2": found["d2"] * weights["w2"], "p3": found["d3"] * weights["w3"]}


def nudged(weights, x, y, name):
    """The slope along one weight by moving it: (L(w + h) − L(w − h)) / 2h, h a thousandth."""
    ahead, behind = (
        NETWORK.loss(NETWORK.predict(_theta(weights | {name: weights[name] + h}), [[x]]), [[y]])[0]
        for h in (NUDGE, -NUDGE)
    )
    return (ahead - behind) / (2 * NUDGE)


def _theta(weights):
    w1, w2, w3, v2, v3 = (float(weights[name]) for name in WEIGHTS)
    return np.array([w1, 0, w2, w3, 0, 0, v2, v3, 0])
