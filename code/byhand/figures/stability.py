"""One logit from −1000 to 1000, and what three forms of its loss and slope print."""

from dataclasses import dataclass

import numpy as np

from byhand.figures.frame import Figure
from byhand.figures.stability_picture import FORMS, draw, label
from byhand.losses import binary_cross_entropy
from byhand.naive import clipped_binary_cross_entropy, naive_binary_cross_entropy, naive_sigmoid

REACH = 1000
KINDS = {64: np.float64, 32: np.float32}
CAPTION = (
    "The loss of one example (left) and its slope along the logit z (right), as three forms of one formula "
    "compute them. z and the loss stand on axes that widen towards ±1000. ○ is the stable form, from z; □ "
    "the clipped one, from f kept 10⁻⁷ away from 0 and 1; × the naive one, from f as it is. What is no "
    "number has no mark; what is infinite lies on the topmost line.<br><strong>Predict first:</strong> this "
    "is a confident mistake, y = 0 and z = 40. Make it a smaller one: at which z does × become finite, and "
    "at which has □ a slope again? Then choose 32 bits: which of the two limits moves far?"
)


@dataclass(frozen=True)
class Logit:
    """All that is drawn: z, y, bits; the stored f and 1 − f; [loss, slope] of each form; their curves."""

    z: float
    y: int
    bits: int
    f: float
    rest: float
    found: dict
    right: tuple
    curves: dict


def stability(z=40.0, y=0, bits=64):
    """Loss and slope of one logit, naive, clipped and stable.

    Args:
        z: one logit, a number from −1000 to 1000.
        y: its label, a number, 0 or 1.
        bits: 64 or 32, the precision of every step.

    Returns:
        Figure.

    Raises:
        ValueError: for other numbers.
    """
    if not abs(z) <= REACH or y not in (0, 1) or bits not in KINDS:
        raise ValueError(
            f"Expected a logit from −1000 to 1000, a label 0 or 1, and 64 or 32 bits. "
            f"Received: z={z!r}, y={y!r}, bits={bits!r}"
        )
    logit = _logit(round(float(z), 4), int(y), int(bits))
    model = {"z": logit.z, "y": logit.y, "bits": logit.bits}
    summary = f"stability. {label(logit, 0)} {label(logit, 1)}"
    return Figure("stability", model, CAPTION, draw(logit), summary)


def _logit(z, y, bits):
    stored = KINDS[bits](z)
    with np.errstate(all="ignore"):  # what overflows is what there is to see
        f = naive_sigmoid(stored)
        found = {name: compute(name, z, y, bits) for name in FORMS}
        grid = places()
        curves = {name: np.array([compute(name, at, y, bits) for at in grid]) for name in FORMS}
    right = compute("stable", z, y, 64)
    return Logit(z, y, bits, float(f), float(1 - f), found, right, curves)


def compute(name, z, y, bits):
    """(loss, slope) of one form; name among naive, clipped and stable."""
    form = {
        "naive": naive_binary_cross_entropy,
        "clipped": clipped_binary_cross_entropy,
        "stable": binary_cross_entropy,
    }[name]
    value, slope = form(np.array([z], KINDS[bits]), np.array([y], KINDS[bits]))
    return value, float(slope[0])


def places():
    """The logits at which curves are drawn, evenly spread on the axis that widens."""
    t = np.linspace(-1, 1, 121) * np.log10(1 + REACH)
    return np.sign(t) * (10 ** np.abs(t) - 1)
