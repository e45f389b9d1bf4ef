"""A line of three pieces, stitched from three ReLU units of which the reader sets two."""

import numpy as np

from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, Figure
from byhand.figures.relu_stitching_picture import draw, label_of_sum, label_of_units
from byhand.figures.stitching import CORNERS, HEIGHTS, Stitching

FIXED = (-2.0, 2.0)  # w and b of unit 0, which draws the first piece
REACH = {"w1": 4, "b1": 6, "w2": 4, "b2": 6}  # of the sliders, to both sides of 0
SCALES = {"x": (0, 3, LEFT, RIGHT), "f": (-1, 6, BOTTOM, TOP)}

CAPTION = (
    "Left: the target, dashed, and f, the sum of three ReLU units, solid; the thin lines between them are "
    "the gaps. Right: each unit by itself, its z = wx + b dashed, its output max(0, z) solid, ○ its "
    "corner. Unit 0 is fixed.<br><strong>Predict first:</strong> unit 2 is still flat. With which slope "
    "w₂ does f meet the target between 2 and 3 as well: 1, 2 or 3? And with which b₂ does it spoil nothing "
    "to the left of 2? Then try. <em>Both flat</em> makes you find unit 1 too; Reset takes you back."
)


def relu_stitching(w1=1.0, b1=-1.0, w2=0.0, b2=0.0):
    """Three units max(0, w x + b), the first fixed at −2x + 2, whose plain sum shall draw three pieces.

    The pieces have slopes −2, 1 and 3 on [0, 1], [1, 2] and [2, 3]; w₁, b₁, w₂, b₂ = 1, −1, 2, −4 draw them.

    Args:
        w1: weight of unit 1 to start from, from −4 to 4.
        b1: its bias, from −6 to 6.
        w2: weight of unit 2.
        b2: its bias.

    Returns:
        Figure.

    Raises:
        ValueError: for a number that no slider reaches.
    """
    start = {"w1": float(w1), "b1": float(b1), "w2": float(w2), "b2": float(b2)}
    if not all(abs(value) <= REACH[name] for name, value in start.items()):
        raise ValueError(f"Expected weights from −4 to 4 and biases from −6 to 6. Received: start={start}")
    units = Stitching(np.array([FIXED[0], w1, w2], dtype=float), np.array([FIXED[1], b1, b2], dtype=float))
    summary = f"relu-stitching. {label_of_sum(units, CORNERS)} {label_of_units(units)}"
    model = {
        "corners": CORNERS.tolist(), "heights": HEIGHTS.tolist(), "fixed": FIXED,
        "reach": REACH, "scales": SCALES, **start,
    }  # fmt: skip
    body = draw(units, CORNERS, HEIGHTS, SCALES)
    return Figure("relu-stitching", model, CAPTION, body, summary)
