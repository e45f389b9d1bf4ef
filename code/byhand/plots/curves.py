"""Curves of several runs: the median over seeds as a line, all seeds as a band.

Shapes: E epochs, S seeds, X places along the axis.
"""

import numpy as np

from byhand.plots import refusals, style, words


def loss_curves(histories, ax=None):
    """Cost against epoch on a log axis: the median over seeds as a line, all seeds as a band.

    Args:
        histories: {name: (S, E) or (E,)}, every cost positive.
        ax: matplotlib Axes.

    Returns:
        ax.

    Raises:
        ValueError: if a cost is not positive, since a log axis can't show it.
    """
    curves = {name: np.atleast_2d(costs) for name, costs in histories.items()}
    refusals.positive("costs", **curves)
    ax = style.axes(ax)
    for i, (name, costs) in enumerate(curves.items()):
        _curve(ax, i, name, np.arange(1, costs.shape[1] + 1), costs)
    ax.set(yscale="log", xlabel="epoch", ylabel="cost J")
    ax.legend()
    return words.describe(ax, "Cost J by epoch on a log axis. " + _sentences(ax, curves, "epoch"))


def band(x, curves, ax=None, log="", xlabel="", ylabel=""):
    """Anything measured over several seeds at the places x: learning rates, numbers of units, logits.

    Args:
        x: (X,), ascending.
        curves: {name: (S, X) or (X,)}. Where a run has diverged to nan or infinity, line and band stop.
        ax: matplotlib Axes.
        log: the axes that are logarithmic: "", "x", "y" or "xy".
        xlabel: what x is.
        ylabel: what was measured.

    Returns:
        ax.

    Raises:
        ValueError: if the shapes don't fit, x doesn't ascend, or a log axis can't show a number.
    """
    x, curves = np.asarray(x, float), {name: np.atleast_2d(ys) for name, ys in curves.items()}
    _check(x, curves, log)
    ax = style.axes(ax)
    for i, (name, ys) in enumerate(curves.items()):
        _curve(ax, i, name, x, ys, style.MARKERS[i % len(style.MARKERS)] if len(x) <= 30 else "")
    scales = {f"{axis}scale": "log" for axis in log}
    ax.set(xlabel=xlabel, ylabel=ylabel, **scales)
    if len(curves) > 1:
        style.legend_above(ax)
    logs = f", {' and '.join(log)} on a log axis" if log else ""
    head = f"{ylabel or 'Curves'} by {xlabel or 'x'}{logs}. "
    return words.describe(ax, head[0].upper() + head[1:] + _sentences(ax, curves, xlabel or "x"))


def _check(x, curves, log):
    if log not in ("", "x", "y", "xy"):
        raise ValueError(f"Expected log as '', 'x', 'y' or 'xy'. Received: log={log!r}")
    if x.ndim != 1 or not x.size or not (np.diff(x) > 0).all():
        raise ValueError(f"Expected ascending places x (X,). Received: x={x}")
    for name, ys in curves.items():
        if ys.ndim != 2 or ys.shape[1] != len(x) or not len(ys):
            raise ValueError(f"Expected curves (S, X) with X = {len(x)}. Received: {name}.shape={ys.shape}")
    if "x" in log:
        refusals.positive("places", x=x)
    if "y" in log:
        refusals.positive("values", **{name: ys[np.isfinite(ys)] for name, ys in curves.items()})


def _curve(ax, i, name, x, ys, marker=""):
    """One curve, ys (S, X): only where every run is finite, as nan goes through median and range."""
    ys = np.where(np.isfinite(ys), ys, np.nan)
    ax.plot(x, np.median(ys, axis=0), style.DASHES[i % 4], marker=marker, markersize=5, color=style.colour(i),
            label=name)  # fmt: skip
    ax.fill_between(x, ys.min(axis=0), ys.max(axis=0), color=style.colour(i), alpha=0.2, linewidth=0)


def _sentences(ax, curves, place):
    """For each curve its first, lowest and last median, read from the lines just drawn."""
    lines = [_sentence(line, place) for line in ax.lines[-len(curves) :]]
    seeds = max(len(ys) for ys in curves.values())
    lines += [f"Lines are medians of {seeds} runs, bands their range."] if seeds > 1 else []
    return " ".join(lines)


def _sentence(line, place):
    x, y = (np.asarray(data, float) for data in line.get_data())
    drawn = np.isfinite(y)
    if not drawn.any():
        return f"{line.get_label()}: nowhere finite."
    (first, low, last), n = (
        (np.flatnonzero(drawn)[0], np.nanargmin(y), np.flatnonzero(drawn)[-1]),
        words.number,
    )
    lowest = f"lowest {n(y[low])} at {n(x[low])}, " if low not in (first, last) else ""
    diverged = f"; diverged at {np.count_nonzero(~drawn)} of {len(y)} places" if not drawn.all() else ""
    return (
        f"{line.get_label()}: {n(y[first])} at {place} {n(x[first])}, {lowest}"
        f"{n(y[last])} at {n(x[last])}{diverged}."
    )
