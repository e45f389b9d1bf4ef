"""One label's scores on scenes set aside, and a threshold between yes and no: what it does to the errors."""

from html import escape
from typing import NamedTuple

import numpy as np

from byhand.activations import sigmoid
from byhand.figures.frame import Figure
from byhand.figures.threshold_picture import draw, label_of_curve, label_of_scores

LOWEST, HIGHEST, STEP = -6, 6, 0.5  # of the threshold, a logit
CAPTION = (
    "Left: {m} examples by their logit z for one label; above the line those that have it, below those that "
    "don't. Everything to the right of the threshold is reported. Errors are drawn as dashes. Right: "
    "precision against recall for every threshold; ● is the one on the left.<br><strong>Predict "
    "first:</strong> move the threshold left, from 0 to −2. Which of the four counts rise, and can recall "
    "fall? Then try, and choose another label: for which does the threshold matter least?"
)


class Reading(NamedTuple):
    """Hits, false alarms, misses, rightly denied; and precision and recall, nan where there is no case."""

    tp: int
    fp: int
    fn: int
    tn: int
    precision: float
    recall: float


class Scores(NamedTuple):
    """All that is drawn: z and y (M, K), K names, which label is shown (from 0), the threshold."""

    z: np.ndarray
    y: np.ndarray
    names: list
    shown: int
    t: float

    def at(self, t):
        """The shown label's Reading at a threshold."""
        return rates(self.z[:, self.shown], self.y[:, self.shown], t)


def threshold(scores, labels, names, label=1, t=0.0):
    """Histograms of one label's logits with a threshold to move, and precision against recall.

    Args:
        scores: (M, K) logits, one column a label; rounded to two digits.
        labels: (M, K), 0 or 1; each label is there in some examples and not in others.
        names: K names.
        label: which is shown first, 1 … K.
        t: the threshold, a logit: −6, −5.5 … 6.

    Returns:
        Figure.

    Raises:
        ValueError: for shapes that differ, scores that are not finite, other labels, or another threshold.
    """
    z, y = _examples(scores, labels)
    if len(names) != z.shape[1] or label not in range(1, len(names) + 1):
        raise ValueError(
            f"Expected a name for each of {z.shape[1]} labels, and one of them to show. "
            f"Received: names={list(names)}, label={label!r}"
        )
    if t not in thresholds():
        raise ValueError(f"Expected a threshold from −6 to 6 in steps of 0.5. Received: t={t!r}")
    shown = Scores(z, y, [escape(str(name)) for name in names], label - 1, float(t))
    summary = f"threshold. {label_of_scores(shown)} {label_of_curve(shown)}"
    return Figure("threshold", _model(shown), CAPTION.format(m=len(z)), draw(shown), summary)


def thresholds():
    """All that can be chosen, from the lowest."""
    return np.arange(LOWEST, HIGHEST + STEP, STEP)


def rates(scores, labels, t):
    """The Reading of one label's scores (M,) and labels (M,), yes from z = t on; counted by scikit-learn."""
    from sklearn.metrics import confusion_matrix, precision_score, recall_score

    said = np.asarray(scores) >= t
    tn, fp, fn, tp = confusion_matrix(labels, said, labels=[0, 1]).ravel().tolist()
    parts = (float(score(labels, said, zero_division=np.nan)) for score in (precision_score, recall_score))
    return Reading(tp, fp, fn, tn, *parts)


def probability(t):
    """The threshold as the text says it."""
    return float(sigmoid(np.float64(t)))


def _examples(scores, labels):
    z, y = np.asarray(scores, float), np.asarray(labels)
    if z.ndim != 2 or z.shape != y.shape or not z.size:
        raise ValueError(
            f"Expected scores and labels of one shape (M, K). "
            f"Received: scores.shape={z.shape}, labels.shape={y.shape}"
        )
    if not np.isfinite(z).all():
        raise ValueError(f"Expected finite scores. Received: {np.count_nonzero(~np.isfinite(z))} others")
    if not np.isin(y, (0, 1)).all() or (y.min(0) == y.max(0)).any():
        raise ValueError(
            f"Expected labels 0 and 1, both for each label. Received: means={y.mean(0).tolist()}"
        )
    # The last bits of a score differ from machine to machine; the figure's bytes must not.
    return z.round(2) + 0.0, y.astype(int)


def _model(scores):
    """The numbers that threshold.js starts from; the labels as a text of zeros and ones each."""
    return {
        "z": scores.z.T.tolist(), "y": ["".join(map(str, column)) for column in scores.y.T],
        "names": scores.names, "label": scores.shown + 1, "t": scores.t,
        "range": [LOWEST, HIGHEST, STEP],
    }  # fmt: skip
