"""Activation functions and their derivatives as curves."""

import math

import matplotlib.pyplot as plt
import numpy as np

from byhand import activations
from byhand.plots import style, words

PLACES = 1001
FAMILY = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "mish", "linear")


def activation(name, ax=None, reach=5):
    """The function as a line and its derivative dashed, each named at its end.

    Args:
        name: one of `byhand.activations.ACTIVATIONS`, or an Activation.
        ax: matplotlib Axes.
        reach: z runs from −reach to reach.

    Returns:
        ax.

    Raises:
        ValueError: if the name is not known, or reach not positive.
    """
    z, a, slope = _values(chosen := _get(name), reach)
    ax = style.axes(ax, figsize=(3.6, 2.8))
    _draw(ax, chosen, z, a, slope)
    ax.set_xlabel("z")
    _name_ends(ax, reach, a[-1], slope[-1])
    return words.describe(ax, f"{_reach(reach)}, {_range(a, slope)}.")


def activation_sheet(names=FAMILY, columns=5, reach=5):
    """Small multiples, all on one scale.

    Args:
        names: of the activations, row by row.
        columns: pictures a row.
        reach: z runs from −reach to reach.

    Returns:
        The axes, one for each name, on a figure of their own.

    Raises:
        ValueError: if there are no names, or one is not known.
    """
    chosen = [_get(name) for name in names]
    if not chosen:
        raise ValueError(f"Expected at least one name. Received: names={names!r}")
    computed = [_values(one, reach) for one in chosen]
    grid = _grid(len(chosen), min(columns, len(chosen)), reach)
    for ax, one, arrays in zip(grid, chosen, computed, strict=True):
        _draw(ax, one, *arrays)
        ax.title.set_fontsize(9)
    _name_ends(grid[0], reach, *(array[-1] for array in computed[0][1:]))
    ranges = [
        f"{one.name.replace('_', ' ')} {_range(*arrays[1:])}"
        for one, arrays in zip(chosen, computed, strict=True)
    ]
    head = f"{words.count(len(chosen), 'activation function')} on one scale, {_reach(reach)}: "
    words.describe(grid[0].figure, head + "; ".join(ranges) + ".")
    return grid


def _get(name):
    return name if isinstance(name, activations.Activation) else activations.get(name)


def _values(chosen, reach):
    """z, a and the slope, each (PLACES,)."""
    if isinstance(reach, bool) or not isinstance(reach, (int, float)) or not 0 < reach < math.inf:
        raise ValueError(f"Expected a positive reach. Received: reach={reach!r}")
    z = np.linspace(-reach, reach, PLACES)
    a = chosen.function(z)
    return z, a, chosen.derivative(a if chosen.in_output else z)


def _draw(ax, chosen, z, a, slope):
    ax.axhline(0, color="#9a9a9a", linewidth=0.8, zorder=0)
    ax.plot(z, _broken(a), "-", color=style.COLOURS[0], label="g")
    ax.plot(z, _broken(slope), "--", color=style.COLOURS[1], label="g′")
    ax.set(title=chosen.name.replace("_", " "), xlim=(z[0], z[-1]))


def _grid(pictures, columns, reach):
    """Axes for so many pictures, the empty places of the last row removed."""
    rows = math.ceil(pictures / columns)
    size = (max(3, 1.6 * columns), 1.6 * rows + 0.3)
    figure, grid = plt.subplots(rows, columns, figsize=size, sharex=True, sharey=True, squeeze=False)
    grid[0, 0].set(ylim=(-1.4, 3.2), xticks=[-reach, 0, reach], yticks=[-1, 0, 1, 2, 3])
    for ax in grid.ravel()[pictures:]:
        ax.remove()
    for ax in grid.ravel()[pictures - columns : pictures]:  # those with none below
        ax.tick_params(labelbottom=True)
    figure.supxlabel("z", fontsize=10)
    return grid.ravel()[:pictures]


def _broken(y):
    """y with a gap at each jump, a step far above those beside it: a line would claim values between."""
    y = np.array(y, float)
    step = np.abs(np.diff(y, prepend=y[0], append=y[-1]))
    y[step[:-1] > 0.1 + 3 * np.maximum(np.roll(step, 1)[:-1], step[1:])] = np.nan
    return y


def _name_ends(ax, reach, a, slope):
    """g and g′ in the right margin at the heights of their ends, kept apart."""
    low, high = ax.get_ylim()
    least = 0.09 * (high - low)
    a, slope = np.clip((a, slope), low, high)
    if abs(a - slope) < least:
        middle, up = (a + slope) / 2, 1 if a >= slope else -1
        a, slope = middle + up * least / 2, middle - up * least / 2
    for i, (text, y) in enumerate({"g": a, "g′": slope}.items()):
        ax.annotate(text, (reach, y), (4, 0), textcoords="offset points", va="center", annotation_clip=False,
                    color=style.lettering(i))  # fmt: skip


def _reach(reach):
    return f"for z from {words.number(-reach)} to {words.number(reach)}"


def _range(a, slope):
    ends = (words.number(round(float(v), 2)) for v in (a.min(), a.max(), slope.min(), slope.max()))
    return "between {} and {}, its slope, dashed, between {} and {}".format(*ends)
