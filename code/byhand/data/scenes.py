"""Street scenes: small drawn pictures with or without a car, a bus and a pedestrian.

Shapes: M pictures of 32×48 pixels in red, green and blue, 0 dark to 1 bright.
"""

from typing import NamedTuple

import numpy as np

from byhand.data import street
from byhand.data.drawing import new_canvas, picture
from byhand.data.splits import plan

HEIGHT, WIDTH = 32, 48
LABELS = ("car", "bus", "pedestrian")
FREQUENCIES = (0.6, 0.25, 0.45)
SKY = (150, 195, 235)
# Chances drawn for each scene, whatever is in it: presence, street, car, bus, pedestrian, light, noise.
PARTS = np.cumsum([3, 14, 5, 5, 6, 1])
CHANCES = int(PARTS[-1]) + HEIGHT * WIDTH


class Scenes(NamedTuple):
    """Pictures x (M, 32, 48, 3) float32, y (M, 3) int64 (car, bus, pedestrian), and fold (M,) int64."""

    x: np.ndarray
    y: np.ndarray
    fold: np.ndarray


def load_scenes(examples=2000, split="all", *, seed=0):
    """Drawn street scenes in which a car, a bus and a pedestrian are each there or not, independently.

    They are there in 60, 25 and 45 scenes of a hundred; houses, trees, light, colours, places, sizes and
    directions vary, and a little noise is added. The scenes are this book's own.

    Args:
        examples: M in all, before a split is taken; at least 10. Fewer are the first of more.
        split: "train" (folds 0–7), "validation" (fold 8), "test" (fold 9) or "all".
        seed: another seed gives other scenes.

    Returns:
        Scenes(x, y, fold).

    Raises:
        ValueError: for fewer examples, a split that is not known, or a seed below 0.
    """
    rng, fold, keep = plan(examples, split, seed)
    chances = rng.random((examples, CHANCES))[keep]
    levels = np.array([_scene(row) for row in chances], np.uint8)
    return Scenes(levels.astype(np.float32) / np.float32(255), _labels(chances), fold[keep])


def _labels(chances):
    """Which of the three are there: the first three chances of each scene against their frequencies."""
    return (chances[..., :3] < FREQUENCIES).astype(np.int64)


def _scene(chances):
    """One picture, far things first: (32, 48, 3), whole numbers from 0 to 255."""
    _, houses, car, bus, walker, light, noise = np.split(chances, PARTS)
    has_car, has_bus, has_pedestrian = _labels(chances)
    canvas = new_canvas(HEIGHT, WIDTH, SKY)
    street.background(canvas, *houses)
    if has_bus:
        street.bus(canvas, *bus)
    if has_car:
        street.car(canvas, *car)
    if has_pedestrian:
        street.pedestrian(canvas, *walker)
    return _lit(picture(canvas), light[0], noise)


def _lit(levels, light, noise):
    """Darker or brighter, and every pixel a few levels off."""
    off = np.floor(13 * noise).astype(np.int64).reshape(HEIGHT, WIDTH, 1) - 6
    return np.clip(levels.astype(np.int64) * int(600 + 450 * light) // 1000 + off, 0, 255)
