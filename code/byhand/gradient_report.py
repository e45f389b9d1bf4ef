"""A gradient check that names what is wrong: every parameter against a central difference, as text.

Shapes: M examples, D inputs, P parameters.
"""

import math
from dataclasses import dataclass

import numpy as np

from byhand.gradient_check import gradient_check

# A slope below this share of the largest is judged by that share: its own digits are mostly rounding.
FLOOR = 1e-3


@dataclass(frozen=True)
class Entry:
    """One parameter: its layer (counted from 1), array and index, and its two slopes."""

    layer: int
    array: str
    index: tuple[int, ...]
    analytic: float
    numeric: float
    error: float

    def __str__(self):
        place = ", ".join(map(str, self.index))
        return (
            f"layer {self.layer}, {self.array}[{place}]: {self.analytic:.6g} by formula, "
            f"{self.numeric:.6g} by difference, relative error {self.error:.1e}"
        )


@dataclass(frozen=True)
class Report:
    """The worst entry of every array, the largest error along a random direction, and a likely reason."""

    entries: tuple[Entry, ...]
    direction: float
    reason: str
    limit: float

    @property
    def worst(self):
        """The entry of the largest error."""
        return max(self.entries, key=lambda entry: entry.error)

    @property
    def right(self):
        """Whether every error is below the limit."""
        return self.worst.error < self.limit and self.direction < self.limit

    def __str__(self):
        verdict = "right: all" if self.right else "WRONG: not all"
        lines = [f"gradient {verdict} errors below {self.limit:g}"]
        lines += [f"  layer {e.layer} {e.array:<3} largest error {e.error:.1e}" for e in self.entries]
        lines += [f"  random directions {self.direction:.1e}", f"worst: {self.worst}"]
        return "\n".join(lines + [f"likely reason: {self.reason}"] * (not self.right))


def gradient_report(network, theta, x, y, rng, *, value_and_grad=None, entries=None, h=1e-5, limit=1e-5):
    """Compare a gradient with central differences, entry by entry and along three random directions.

    Args:
        network: a Network, whose views name the parameters.
        theta: (P,), float64; not all zero, or symmetric units hide mistakes.
        x: (M, D).
        y: the targets.
        rng: numpy.random.Generator for the directions, and for the entries if not all are tried.
        value_and_grad: function (theta, x, y) -> value, grad (P,) under test; None tests the network's own.
        entries: how many of each array to try; None tries all, at two evaluations each.
        h: step.
        limit: the relative error below which a slope counts as right.

    Returns:
        Report, to be printed.

    Raises:
        ValueError: as `gradient_check`; if entries is not a positive whole number; for a gradient of another
            shape than theta.
    """
    function = value_and_grad or network.value_and_grad
    analytic = _gradient(function, theta, x, y)
    direction = np.max([gradient_check(lambda at: function(at, x, y), theta, rng, h) for _ in range(3)])
    numeric = differences(lambda at: function(at, x, y)[0], theta, _chosen(network, entries, rng), h)
    errors = relative_errors(analytic, numeric)
    found = tuple(_worst_of_each(network, analytic, numeric, errors))
    return Report(
        found, float(direction), _reason(network, analytic, numeric, errors >= limit, len(x)), limit
    )


def differences(cost, theta, chosen, h):
    """(J(θ + h e) − J(θ − h e)) / 2h for each chosen parameter, NaN for the others: (P,).

    Args:
        cost: function theta -> float.
        theta: (P,), float64; left as it is.
        chosen: indices of the parameters to try.
        h: step.
    """
    slopes, at = np.full_like(theta, np.nan), theta.copy()
    for i in chosen:
        at[i] = theta[i] + h
        ahead = cost(at)
        at[i] = theta[i] - h
        slopes[i] = (ahead - cost(at)) / (2 * h)
        at[i] = theta[i]
    return slopes


def relative_errors(analytic, numeric):
    """|a − n| / max(|a|, |n|, a thousandth of the largest n): (P,); ∞ for a NaN, −1 if not tried."""
    floor = max(FLOOR * np.nanmax(np.abs(numeric)), np.finfo(float).tiny)
    with np.errstate(invalid="ignore"):
        scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), floor)
        errors = np.abs(analytic - numeric) / scale
    errors[np.isnan(numeric)] = -1
    errors[~np.isfinite(analytic)] = np.inf
    return errors


def _gradient(function, theta, x, y):
    grad = np.asarray(function(theta, x, y)[1])
    if grad.shape != theta.shape:
        raise ValueError(f"Expected a gradient of shape {theta.shape}. Received: grad.shape={grad.shape}")
    return grad.astype(float)


def _chosen(network, entries, rng):
    if entries is not None and (not isinstance(entries, (int, np.integer)) or entries < 1):
        raise ValueError(
            f"Expected entries as a positive whole number or None. Received: entries={entries!r}"
        )
    arrays = [
        a.ravel() for layer in network.views(np.arange(network.size, dtype=float)) for a in layer.values()
    ]
    few = [a if entries is None or a.size <= entries else rng.choice(a, entries, False) for a in arrays]
    return np.concatenate(few).astype(int)


def _arrays(network, *vectors):
    """(layer, name, one view for each vector) for every array of the network."""
    views = (network.views(vector.astype(float)) for vector in vectors)  # views are of floats alone
    for i, layers in enumerate(zip(*views, strict=True), 1):
        for name in layers[0]:
            yield i, name, [layer[name] for layer in layers]


def _worst_of_each(network, analytic, numeric, errors):
    for layer, name, (a, n, e) in _arrays(network, analytic, numeric, errors):
        index = np.unravel_index(np.argmax(e), e.shape)
        place = tuple(int(i) for i in index)
        yield Entry(layer, name, place, float(a[index]), float(n[index]), float(e[index]))


def _reason(network, analytic, numeric, wrong, examples):
    """Where the wrong entries lie, and what would explain them."""
    if not wrong.any():
        return "none among the entries tried"
    if not np.isfinite(analytic[wrong]).all():
        return "not a number (overflow, or a logarithm of 0)"
    if not analytic[wrong].any():
        return f"zero: never written; {_where(network, wrong)}"
    what = _factor(analytic[wrong], numeric[wrong], examples)
    if what is None and _is_transposed(network, analytic, numeric, wrong):
        what = "written transposed, column by column"
    return f"{what or 'no simple factor: look at each step of the chain rule'}; {_where(network, wrong)}"


def _factor(a, n, examples):
    """In words, the one factor by which all slopes are off, or None."""
    factor = a @ n / max(n @ n, np.finfo(float).tiny)
    if np.abs(a - factor * n).max() > 1e-3 * np.abs(a).max():
        return None
    size = abs(factor)
    known = {"factor 2": 2, "factor ½": 1 / 2, "missing 1/m": examples, "1/m twice": 1 / examples}
    words = [name for name, value in known.items() if value != 1 and math.isclose(size, value, rel_tol=1e-3)]
    if not words and not math.isclose(size, 1, rel_tol=1e-3):
        words = [f"factor {size:.4g}"]
    return " and ".join(["sign"] * int(factor < 0) + [" or ".join(words)] * bool(words))


def _is_transposed(network, analytic, numeric, wrong):
    """Whether every matrix with a wrong entry holds its transpose, unrolled."""
    views = [v for *_, v in _arrays(network, analytic, numeric, wrong) if v[2].any()]
    return all(
        a.ndim == 2 and not np.isnan(n).any() and np.allclose(a.ravel(), n.ravel(order="F"), 1e-3)
        for a, n, _ in views
    )


def _where(network, wrong):
    """Which arrays are wrong; backpropagation meets the last layer first."""
    arrays = [(layer, name, bool(w.any())) for layer, name, (w,) in _arrays(network, wrong)]
    off = [(layer, name) for layer, name, is_off in arrays if is_off]
    last, names = off[-1][0], {name for _, name in off}
    if len(off) == len(arrays):
        return "everywhere"
    if names == {"b"}:
        return "bias only"
    if off == [(layer, name) for layer, name, _ in arrays if layer <= last]:
        return f"from layer {last} back to the first" if last > 1 else "layer 1 only"
    return " and ".join(f"{name} of layer {layer}" for layer, name in off) + " only"
