"""Four scores made into probabilities: shifted, heated, and priced against a true class."""

from dataclasses import dataclass

import numpy as np

from byhand import losses
from byhand.figures.frame import BOTTOM, LEFT, RIGHT, TOP, Figure
from byhand.figures.softmax_picture import draw, label_of_probabilities, label_of_scores

CLASSES = 4
REACH, RAISE = 8, 800  # of each score, and of all together
TEMPERATURES = (0.25, 0.5, 1.0, 2.0, 4.0)
SCALES = {
    "k": (0.5, CLASSES + 0.5, LEFT, RIGHT),
    "z": (-10.5, 10.5, BOTTOM, TOP),
    "a": (0, 1.12, BOTTOM, TOP),
}
CAPTION = (
    "Left: the scores of four classes, drawn from the level r to which all of them are raised. Right: the "
    "probabilities a that softmax makes of them; ◇ is what the plain formula gives, which doesn't subtract "
    "the largest score. The arrow beside each score is truth minus answer: at temperature 1 that is the way "
    "a step of descent moves it.<br><strong>Predict first:</strong> raise all four scores by 800. Which bars "
    "on the right change, and what becomes of ◇? Then: which arrow is always the longest, and how can you "
    "make all four nearly vanish?"
)


@dataclass(frozen=True)
class Scores:
    """All that is drawn of four scores: z before and after the rise, powers, plain, a, slopes (K,)."""

    z: np.ndarray
    rise: float
    tau: float
    target: int  # counts from 0
    raised: np.ndarray
    powers: np.ndarray
    plain: np.ndarray
    a: np.ndarray
    slopes: np.ndarray
    loss: float
    plain_loss: float
    scales: dict


def softmax(z, target=1, rise=0.0, temperature=1.0):
    """Bars of four scores and of their softmax, beside what the plain formula gives.

    Args:
        z: (K,), K = 4 scores from −8 to 8.
        target: the true class, 1 … 4, as formulas count.
        rise: r from −800 to 800, added to all four scores.
        temperature: τ, one of ¼, ½, 1, 2 and 4.

    Returns:
        Figure.

    Raises:
        ValueError: for other numbers, or not four scores.
    """
    z = np.asarray(z, dtype=float)
    if z.shape != (CLASSES,) or not (np.abs(z) <= REACH).all():
        raise ValueError(f"Expected z (4,) from −8 to 8. Received: z={z.tolist()}")
    if target not in range(1, CLASSES + 1):
        raise ValueError(f"Expected a true class from 1 to 4. Received: target={target!r}")
    if not abs(rise) <= RAISE or temperature not in TEMPERATURES:
        raise ValueError(
            f"Expected a rise from −800 to 800 and a temperature among {TEMPERATURES}. "
            f"Received: rise={rise!r}, temperature={temperature!r}"
        )
    scores = _scores(z, float(rise), float(temperature), target - 1)
    summary = f"softmax. {label_of_scores(scores)} {label_of_probabilities(scores)}"
    return Figure("softmax", _model(scores), CAPTION, draw(scores), summary)


def _scores(z, rise, tau, target):
    raised = z + rise
    with np.errstate(all="ignore"):  # the plain formula's overflow is what there is to see
        powers = np.exp(raised / tau)
        plain = powers / powers.sum()
        plain_loss = float(-np.log(plain[target]))
    a = losses.softmax(raised / tau)
    loss, slopes = losses.softmax_cross_entropy(raised / tau, target)
    return Scores(z, rise, tau, target, raised, powers, plain, a, slopes, loss, plain_loss, SCALES)


def _model(scores):
    """The numbers that softmax.js starts from."""
    return {
        **{f"z{k + 1}": z for k, z in enumerate(scores.z.tolist())},
        "r": scores.rise, "tau": scores.tau, "y": scores.target + 1,
        "reach": REACH, "raise": RAISE, "taus": TEMPERATURES, "scales": scores.scales,
    }  # fmt: skip
