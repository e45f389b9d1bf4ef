"""Draw a digit: the network by hand answers in the page, and its hidden units light up."""

from typing import NamedTuple

import numpy as np

from byhand.data.digits import resampled
from byhand.data.strokes import BITMAP, PEN, WIDE, picture
from byhand.figures.draw_digit_picture import draw, label_of_answer, labels
from byhand.figures.draw_digit_samples import SAMPLES, strokes
from byhand.figures.frame import Figure
from byhand.figures.packed import packed, rounded
from byhand.losses import softmax

TURNS = (-60, 60, 5)  # degrees: lowest, highest, step
CAPTION = (
    "A drawing, the ten outputs, the drawing as the network reads it (20 by 20 greys, made by the steps that "
    "made its training digits), and its hidden units: ● is on, the larger the more; ○ is off. "
    "<strong>Predict first:</strong> what will it answer to the scribble, and how sure will it be? How far "
    "can a 7 be turned before it is read as something else? Then draw: with mouse, pen or finger, or with "
    "the keys: arrows move, space lowers and lifts the pen, backspace takes back a stroke."
)


class Seen(NamedTuple):
    """All that is drawn: the strokes, the picture (400,), each layer's output, the probabilities (10,)."""

    strokes: list
    picture: np.ndarray
    outputs: list
    probabilities: np.ndarray


def draw_digit(network, theta, sample="3", turn=0.0):
    """A field to draw in, and what a network makes of it.

    Args:
        network: a Network of Dense layers, 400 inputs and ten scores, ReLU before the last.
        theta: (P,), trained; rounded to a byte a weight.
        sample: what is drawn first, a key of `draw_digit_samples.SAMPLES`.
        turn: degrees to turn it by first, clockwise: −60, −55 … 60.

    Returns:
        Figure.

    Raises:
        ValueError: for a network of another form, an unknown sample or another turn.
    """
    _check(network, sample, turn)
    seen = look(network, rounded(network, theta), strokes(SAMPLES[sample]), turn)
    names = list(SAMPLES)
    model = {
        "sample": names.index(sample), "turn": float(turn), "turns": list(TURNS), "names": names,
        "drawings": list(SAMPLES.values()), "fit": [BITMAP, WIDE, PEN], "mixing": mixing().tolist(),
        "network": packed(network, theta),
    }  # fmt: skip
    summary = "draw-digit. " + " ".join([*labels(seen), label_of_answer(seen)])
    return Figure("draw-digit", model, CAPTION, draw(seen), summary)


def look(network, theta, drawing, turn=0.0):
    """What a network sees in a drawing, and answers."""
    x = picture(drawing, turn)
    outputs = [output[0] for output in network.forward(theta, x[None])]
    return Seen(drawing, x, outputs[1:], softmax(outputs[-1]))


def mixing():
    """How 20 lines are mixed from 8, (20, 8): R such that R image Rᵀ is `resampled(image)`."""
    stripes = (np.outer(line, np.ones(8)) for line in np.eye(8))
    return np.stack([resampled(stripe)[:, 10] for stripe in stripes], axis=1).round(12) + 0.0


def _check(network, sample, turn):
    kinds = [getattr(layer, "activation", None) for layer in network.layers]
    if network.inputs != 400 or network.output_shapes[-1] != (10,) or kinds != ["relu", "relu", "linear"]:
        raise ValueError(
            f"Expected a network of 400 inputs, two dense ReLU layers and ten scores. "
            f"Received: inputs={network.inputs}, layers={network.layers}"
        )
    if sample not in SAMPLES:
        raise ValueError(f"Expected one of {', '.join(SAMPLES)}. Received: sample={sample!r}")
    if turn not in range(TURNS[0], TURNS[1] + 1, TURNS[2]):
        raise ValueError(f"Expected a turn from −60 to 60 in steps of 5. Received: turn={turn!r}")
