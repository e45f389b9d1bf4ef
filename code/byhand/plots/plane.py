"""A rectangle of the plane as a grid of points, and a function's values on it."""

from typing import NamedTuple

import numpy as np

from byhand.plots import refusals

SIDE = 301


class Plane(NamedTuple):
    """The rectangle (left, right, bottom, top), its grid u (SIDE,), v (SIDE,), and points inside (M, 2)."""

    extent: tuple
    u: np.ndarray
    v: np.ndarray
    inside: np.ndarray


def plane(extent):
    """The rectangle of an extent, or around points with a margin of a twelfth.

    Args:
        extent: (left, right, bottom, top), or points (M, 2).

    Raises:
        ValueError: if it is neither, or the rectangle has no area.
    """
    inside = np.empty((0, 2))
    if np.shape(extent) != (4,):
        inside = refusals.plane_points(extent=extent)
        low, high = inside.min(axis=0), inside.max(axis=0)
        margin = (high - low) / 12
        (left, bottom), (right, top) = low - margin, high + margin
    else:
        left, right, bottom, top = (float(side) for side in extent)
    if not (left < right and bottom < top and np.isfinite([left, right, bottom, top]).all()):
        raise ValueError(
            f"Expected (left, right, bottom, top) with left < right and bottom < top, or points (M, 2) that "
            f"don't lie on one line along an axis. Received: extent={(left, right, bottom, top)}"
        )
    return Plane((left, right, bottom, top), np.linspace(left, right, SIDE), np.linspace(bottom, top, SIDE),
                 inside)  # fmt: skip


def values(function, plane):
    """What a function of points (M, 2) gives on the grid: (SIDE, SIDE) or (SIDE, SIDE, K), rows bottom up.

    Raises:
        ValueError: unless it gives a finite number, or K, for each point.
    """
    points = np.stack(np.meshgrid(plane.u, plane.v), axis=-1).reshape(-1, 2)
    found = np.asarray(function(points), float)
    if found.ndim not in (1, 2) or len(found) != len(points) or not found.size:
        raise ValueError(
            f"Expected a function that gives (M,) or (M, K) for points (M, 2), here M = {len(points)}. "
            f"Received: {found.shape}"
        )
    refusals.finite(values=found)
    found = found.reshape(SIDE, SIDE, -1)
    return found[..., 0] if found.shape[-1] == 1 else found


def show(ax, plane):
    """Set the axes to the rectangle, without a grid over it."""
    ax.grid(False)
    ax.set(xlim=plane.extent[:2], ylim=plane.extent[2:], xlabel="$x_1$", ylabel="$x_2$")


def where(plane):
    """The rectangle in words."""
    left, right, bottom, top = (f"{side:.1f}".replace("-", "−") for side in plane.extent)
    return f"x₁ from {left} to {right} and x₂ from {bottom} to {top}"
