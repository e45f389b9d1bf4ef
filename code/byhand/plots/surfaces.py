"""One number all over the plane: a unit's output, a cost and the ways down it.

Shapes: M points, T steps.
"""

import numpy as np

from byhand.plots import refusals, style, words
from byhand.plots.plane import plane, show, values, where


def responses(function, extent, ax=None, switch=0.0, label="output"):
    """One unit's output over the plane, with a line where it switches.

    Args:
        function: of points (M, 2); gives (M,) or (M, 1).
        extent: (left, right, bottom, top), or the points (M, 2) to make room for.
        ax: matplotlib Axes.
        switch: the output at the line: 0 for a score or a ReLU, ½ for a sigmoid.
        label: of the colour bar.

    Returns:
        ax.

    Raises:
        ValueError: if the function gives more than one number for a point.
    """
    rectangle = plane(extent)
    found, ax = _single(function, rectangle), style.axes(ax, figsize=(3.8, 3))
    low, high = float(found.min()), float(found.max())
    signed = low < 0 < high
    size = max(-low, high) or 1
    image = ax.imshow(found, cmap=style.SIGNED if signed else style.STRENGTH,
                      vmin=-size if signed else min(low, 0), vmax=size if signed else max(high, low + 1e-9),
                      extent=rectangle.extent, origin="lower", aspect="auto", zorder=0)  # fmt: skip
    ax.figure.colorbar(image, ax=ax, label=label, shrink=0.9).outline.set_visible(False)
    if low <= switch < high:
        line = {"levels": [switch], "linestyles": "--"}
        drawn = ax.contour(rectangle.u, rectangle.v, found, colors=[style.INK], linewidths=1.5, **line)
        drawn.set_path_effects(style.halo(3.5))
    show(ax, rectangle)
    return words.describe(ax, _response(rectangle, found, switch, label))


def _single(function, rectangle):
    found = values(function, rectangle)
    if found.ndim != 2:
        raise ValueError(f"Expected one number for each point. Received: {found.shape[-1]} of them")
    return found


def _response(rectangle, found, switch, label):
    row, column = np.unravel_index(found.argmax(), found.shape)
    top = words.place((rectangle.u[column], rectangle.v[row]))
    return (
        f"Map of {label} for {where(rectangle)}: from {words.number(found.min())} to "
        f"{words.number(found.max())}, highest at {top}; above {words.number(switch)} on "
        f"{100 * (found > switch).mean():.0f} % of the area."
    )


def contours(cost, extent, ax=None, minimum=None, levels=11):
    """Lines of equal cost, their heights above the lowest equal factors apart.

    Args:
        cost: function of points (M, 2); gives (M,) or (M, 1).
        extent: (left, right, bottom, top), or the points (M, 2) to make room for.
        ax: matplotlib Axes.
        minimum: the point (2,) of the lowest cost, marked with a star, or None.
        levels: how many lines.

    Returns:
        ax.

    Raises:
        ValueError: if the cost is the same everywhere, or higher at the minimum than elsewhere.
    """
    rectangle, ax = plane(extent), style.axes(ax, figsize=(5.4, 3.6))
    found = _single(cost, rectangle)
    base = found.min() if minimum is None else float(np.ravel(cost(np.array([minimum], float)))[0])
    heights = base + _ladder(found, base, levels)
    ax.contourf(rectangle.u, rectangle.v, found, levels=[base, *heights, np.inf], zorder=0,
                colors=[style.STRENGTH(0.17 * k / levels) for k in range(levels + 1)])  # fmt: skip
    ax.contour(rectangle.u, rectangle.v, found, levels=heights, colors=["#8a8a8a"], linewidths=0.7, zorder=1)
    show(ax, rectangle)
    if minimum is not None:
        ax.plot(*minimum, "*", color=style.INK, markersize=11, markeredgecolor="white", zorder=5)
    at = f", lowest at {words.place(minimum)}, marked with a star" if minimum is not None else ""
    text = f"Lines of equal cost over {where(rectangle)}, from {words.number(found.min())} to "
    return words.describe(ax, text + f"{words.number(found.max())}{at}.")


def _ladder(found, base, levels):
    """Heights above base, equal factors apart, from the lowest thousandth of the area to the highest."""
    above = found - base
    if above.min() < -1e-9 * np.abs(found).max() or not above.max() > 0:
        raise ValueError(
            f"Expected a cost that is lowest at the minimum and not the same everywhere. "
            f"Received: {base:.4g} there, {found.min():.4g} to {found.max():.4g} elsewhere"
        )
    low = np.quantile(above[above > 0], 0.001)
    return np.geomspace(low, above.max(), levels + 1)[:-1]


def paths(routes, ax):
    """The ways of optimizers over `contours`: a colour, a dash and a marker each; a ring where they start.

    Args:
        routes: {name: (T, 2)}, the start first. A way may leave the picture; the picture stays.
        ax: matplotlib Axes.

    Returns:
        ax.

    Raises:
        ValueError: if a way is not (T, 2), or holds nan or infinity.
    """
    found = {name: refusals.plane_points(**{name: route}) for name, route in routes.items()}
    frame = np.array([ax.get_xlim(), ax.get_ylim()])
    ax.autoscale(False)
    for i, (name, way) in enumerate(found.items()):
        ax.plot(*way.T, style.DASHES[i % 4], marker=style.MARKERS[i % 10], color=style.colour(i), label=name,
                markersize=5, markeredgecolor="white", markeredgewidth=0.5, linewidth=1.6, zorder=3,
                markevery=max(1, len(way) // 25))  # fmt: skip
        ax.plot(*way[0], "o", color=style.INK, fillstyle="none", markersize=11, zorder=4)
    style.legend_above(ax)
    for name, way in found.items():
        words.describe(ax, _route(name, way, frame))
    return ax


def _route(name, way, frame):
    outside = ((way < frame[:, 0]) | (way > frame[:, 1])).any(axis=1)
    leaves = f"; it leaves the picture at step {outside.argmax()}" if outside.any() else ""
    ends = f"{words.place(way[0])} to {words.place(way[-1])}"
    return f"{name}: {words.count(len(way) - 1, 'step')} from {ends}{leaves}."
