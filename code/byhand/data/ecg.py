"""Heartbeats as an electrocardiogram shows them, normal or ectopic, made from five bumps each.

Shapes: M beats of 100 samples, 125 a second, in millivolt.
"""

import math
from typing import NamedTuple

import numpy as np

from byhand.data.splits import plan

SAMPLES, RATE = 100, 125
ECTOPIC_SHARE = 0.3

# The waves P, Q, R, S, T at 60 beats a minute. A normal beat: McSharry et al. (2003), Table 1, its angles
# turned into seconds; their equation of motion integrates a wave to a height of a b², here over that of R.
CENTRES = np.array([-1 / 6, -1 / 24, 0, 1 / 24, 1 / 4])
WIDTHS = np.array([0.25, 0.1, 0.1, 0.1, 0.4]) / math.tau
HEIGHTS = np.array([0.25, -1 / 6, 1, -0.25, 0.4])
# An ectopic beat starts in a ventricle: no P wave, a QRS complex wider than 0.12 s, and a T wave the other
# way; Goldberger et al. (2017).
ECTOPIC_CENTRES = np.array([-1 / 6, -0.09, 0, 0.1, 0.27])
ECTOPIC_WIDTHS = np.array([0.04, 0.02, 0.04, 0.03, 0.07])
ECTOPIC_HEIGHTS = np.array([0, -0.1, 1.3, -0.25, -0.5])


class Heartbeats(NamedTuple):
    """Signals x (M, 100) float32 in millivolt, y (M,) int64 (1 is ectopic), and fold (M,) int64."""

    x: np.ndarray
    y: np.ndarray
    fold: np.ndarray


def load_ecg(examples=2000, split="all", *, seed=0):
    """Single heartbeats, each cut out so that its R wave lies somewhere between samples 30 and 50.

    After the model of McSharry, Clifford, Tarassenko and Smith (2003): a sum of five bell curves. Heart rate
    (50 to 100 a minute: waves draw together by its root, as there), the height of each wave, a slow drift
    and noise vary. About three beats in ten are ectopic. Made signals: good for learning about
    networks, no good for judging hearts.

    Args:
        examples: M in all, before a split is taken; at least 10. Fewer are the first of more.
        split: "train" (folds 0–7), "validation" (fold 8), "test" (fold 9) or "all".
        seed: another seed gives other beats.

    Returns:
        Heartbeats(x, y, fold).

    Raises:
        ValueError: for fewer examples, a split that is not known, or a seed below 0.
    """
    rng, fold, keep = plan(examples, split, seed)
    chances = rng.random((examples, 12 + 2 * SAMPLES))
    y = (chances[:, 0] < ECTOPIC_SHARE).astype(np.int64)
    signal = _beats(y == 1, chances[:, 1:8]) + _disturbances(chances[:, 8:])
    return Heartbeats(_recorded(signal[keep]), y[keep], fold[keep])


def _beats(ectopic, chances):
    """Each beat as the sum of its five waves: (M, 100)."""
    start, pace, *_ = chances.T[:, :, None]
    stretch = np.sqrt(60 / (50 + 50 * pace))
    time = (np.arange(SAMPLES) - (30 + 20 * start)) / RATE
    heights = np.where(ectopic[:, None], ECTOPIC_HEIGHTS, HEIGHTS) * (0.75 + 0.5 * chances[:, 2:])
    centres = np.where(ectopic[:, None], ECTOPIC_CENTRES, CENTRES) * stretch
    widths = np.where(ectopic[:, None], ECTOPIC_WIDTHS, WIDTHS) * stretch
    waves = zip(heights.T[:, :, None], centres.T[:, :, None], widths.T[:, :, None], strict=True)
    return sum(height * bump(time, centre, width) for height, centre, width in waves)


def bump(time, centre, width):
    """A bell curve of height 1.

    Args:
        time: of any shape, in seconds.
        centre: where it is highest.
        width: its standard deviation.
    """
    return np.exp(-(((time - centre) / width) ** 2) / 2)


def _disturbances(chances):
    """Drift with the breath, a quarter of a hertz, and noise of each recording's own strength: (M, 100)."""
    phase, depth, strength, _ = chances.T[:4, :, None]
    drift = 0.1 * depth * np.sin(math.tau * (0.25 * np.arange(SAMPLES) / RATE + phase))
    noise = chances[:, 4 : 4 + SAMPLES] + chances[:, 4 + SAMPLES :] - 1
    return drift + (0.02 + 0.06 * strength) * noise


def _recorded(signal):
    """Rounded to 1/200 mV, as recorders do, which also rounds away what differs between machines."""
    return (np.rint(200 * signal) / 200).astype(np.float32)
