"""Training: in small batches with one step of an optimizer each, or by SciPy on all data at once.

Shapes: M examples, D inputs, U outputs, P parameters.
"""

import numpy as np
from scipy.optimize import minimize

from byhand.history import append, measured, prepared
from byhand.layers import is_count
from byhand.progress import keep_on_interrupt, progress_bar

# SciPy's methods that take a cost with its gradient and tell of every iteration.
METHODS = ("CG", "BFGS", "L-BFGS-B", "Newton-CG")


def minibatches(examples, batch_size, rng=None):
    """Index arrays that cover 0 … examples−1 once, batch_size at a time; the last may be shorter.

    Args:
        examples: M.
        batch_size: at least 1.
        rng: numpy.random.Generator that shuffles; None keeps the order.

    Raises:
        ValueError: if either number is not a positive whole one, or rng no generator (a bare seed, say).

    Example:
        >>> minibatches(5, batch_size=2)
        [array([0, 1]), array([2, 3]), array([4])]
        >>> minibatches(5, batch_size=2, rng=np.random.default_rng(1))
        [array([4, 0]), array([1, 2]), array([3])]
    """
    if not is_count(examples) or not is_count(batch_size):
        raise ValueError(
            f"Expected at least 1 example and a batch size of at least 1. "
            f"Received: examples={examples!r}, batch_size={batch_size!r}"
        )
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise ValueError(f"Expected a numpy.random.Generator or None. Received: rng={rng!r}")
    order = np.arange(examples) if rng is None else rng.permutation(examples)
    return [order[start : start + batch_size] for start in range(0, examples, batch_size)]


def fit(
    network,
    theta,
    x,
    y,
    optimizer,
    *,
    epochs,
    batch_size=32,
    rng=None,
    validation=None,
    metrics=(),
    early_stopping=None,
    progress=False,
):
    """Train from theta; theta itself is left as it is. Ctrl-C ends it early and keeps what was learned.

    Args:
        network: a Network.
        theta: (P,), where to start.
        x: (M, D).
        y: (M, U).
        optimizer: hyper-parameters of the update.
        epochs: passes over the data, at least 1.
        batch_size: examples a step.
        rng: numpy.random.Generator that shuffles anew every epoch; None keeps the order.
        validation: (x, y) held out, whose cost is computed after every epoch; or a share of the examples
            below 1, of which the last are then held out, as in Keras.
        metrics: functions (outputs, targets) -> float, computed after every epoch.
        early_stopping: an EarlyStopping, or None.
        progress: whether to show a bar, in a terminal or notebook.

    Returns:
        theta: (P,), trained.
        history: {"loss": [one float an epoch], "val_loss": …}, each metric under its function's name, and
            after "val_" on held-out data. As in Keras, "loss" is the mean over the examples of the costs
            met on the way, each before its step; unlike there, a metric is that of the epoch's end.

    Raises:
        ValueError: if epochs is not a positive whole number, x and y differ in length, a share is not
            between 0 and 1, a metric is no named function, or early stopping watches what is not measured.
    """
    (x, y), validation = prepared(x, y, validation, metrics, early_stopping, epochs)
    history: dict[str, list[float]] = {"loss": []}
    theta = theta.copy()
    state, best = optimizer.init(theta), early_stopping and early_stopping.init(theta)
    with keep_on_interrupt(history), progress_bar(epochs, progress) as advance:
        for _ in range(epochs):
            record = {"loss": train_epoch(network, theta, x, y, optimizer, state, batch_size, rng)}
            record |= measured(network, theta, (x, y), validation, metrics)
            advance(append(history, record))
            if early_stopping and early_stopping.is_over(record, theta, best):
                break
    return (early_stopping.chosen(theta, best) if early_stopping else theta), history


def train_epoch(network, theta, x, y, optimizer, state, batch_size, rng=None):
    """One pass over the data, changing theta and state in place; the mean cost on the way.

    Arguments are those of `fit`; state is what optimizer.init(theta) gave.
    """
    total = 0.0
    for batch in minibatches(len(x), batch_size, rng):
        value, grad = network.value_and_grad(theta, x.take(batch, axis=0), y.take(batch, axis=0))
        optimizer.step(theta, grad, state)
        total += value * len(batch)
    return total / len(x)


def fit_scipy(network, theta, x, y, method="CG", *, maxiter=100, validation=None, metrics=(), progress=False):
    """Train on all data at once by scipy.optimize.minimize, which sees one vector, its cost and its gradient.

    The line search runs in float64 whatever the dtype of theta; the network computes in that dtype. Ctrl-C
    keeps the parameters of the last iteration.

    Args:
        network: a Network.
        theta: (P,), where to start; left as it is.
        x: (M, D).
        y: the targets.
        method: "CG" (Polak and Ribière), "BFGS", "L-BFGS-B" or "Newton-CG"; Nocedal and Wright (2006).
        maxiter: iterations at most.
        validation: as in `fit`.
        metrics: as in `fit`.
        progress: as in `fit`.

    Returns:
        theta: (P,), trained, in the dtype it came in.
        history: {"loss": [one cost an iteration, penalty included], …}, otherwise as in `fit`.

    Raises:
        ValueError: for another method, maxiter not a positive whole number, or as `fit`.
    """
    _check_scipy(method, maxiter)
    (x, y), validation = prepared(x, y, validation, metrics)
    cost = _in_double_precision(network, x, y, theta.dtype)
    history: dict[str, list[float]] = {"loss": []}
    at, settings = theta.copy(), {"jac": True, "method": method, "options": {"maxiter": maxiter}}
    with keep_on_interrupt(history), progress_bar(maxiter, progress) as advance:

        def note(intermediate_result):
            at[:] = intermediate_result.x
            record = {"loss": float(intermediate_result.fun)}
            advance(append(history, record | measured(network, at, (x, y), validation, metrics)))

        at[:] = minimize(cost, theta.astype(float), callback=note, **settings).x
    return at, history


def _in_double_precision(network, x, y, dtype):
    """The cost as SciPy wants it: a function of a float64 vector."""

    def value_and_grad(theta):
        value, grad = network.value_and_grad(theta.astype(dtype, copy=False), x, y)
        return value, grad.astype(float, copy=False)

    return value_and_grad


def _check_scipy(method, maxiter):
    if method not in METHODS or not is_count(maxiter):
        raise ValueError(
            f"Expected a method among {', '.join(METHODS)} and at least 1 iteration. "
            f"Received: method={method!r}, maxiter={maxiter!r}"
        )
