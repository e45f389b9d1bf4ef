"""What is measured after every round of training, and on which examples.

Shapes: M examples, D inputs, U outputs, P parameters.
"""

from numbers import Real

import numpy as np

from byhand.layers import is_count


def measured(network, theta, training, validation, metrics):
    """Every metric on the training data; cost and metrics on the held-out."""
    record = {}
    if metrics:
        outputs = network.predict(theta, training[0])
        record = {metric.__name__: float(metric(outputs, training[1])) for metric in metrics}
    if validation is not None:
        outputs = network.predict(theta, validation[0])
        record["val_loss"] = float(network.loss(outputs, validation[1])[0])
        record |= {f"val_{metric.__name__}": float(metric(outputs, validation[1])) for metric in metrics}
    return record


def append(history, record):
    """Add a whole round at once, so that an interrupted one leaves no trace, and hand the record on."""
    for name, value in record.items():
        history.setdefault(name, []).append(value)
    return record


def prepared(x, y, validation, metrics, early_stopping=None, epochs=1):
    """(x, y) to train on and (x, y) or None to validate on, once everything is found to fit.

    Args and errors are those of `fit`.

    Raises:
        ValueError: before anything is computed.
    """
    if not is_count(epochs):
        raise ValueError(f"Expected epochs ≥ 1, a whole number. Received: epochs={epochs!r}")
    check_names(metrics, validation, early_stopping)
    return hold_out(x, y, validation)


def hold_out(x, y, validation):
    """(x, y) to train on and (x, y) or None to validate on, all of it checked.

    Args:
        x: (M, D).
        y: (M, U).
        validation: (x, y), a share of the examples between 0 and 1, of which the last are taken, or None.

    Raises:
        ValueError: if x and y differ in length, or validation is none of the three.
    """
    x, y = np.atleast_1d(x), np.atleast_1d(y)
    if len(x) != len(y):
        raise ValueError(f"Expected as many targets as examples. Received: len(x)={len(x)}, len(y)={len(y)}")
    if not isinstance(validation, Real):
        return (x, y), _checked(validation)
    kept = _kept(len(x), validation)
    return (x[:kept], y[:kept]), (x[kept:], y[kept:])


def _kept(examples, share):
    """How many of the examples are left when the last of them, a share, are held out."""
    kept = int(examples * (1 - float(share))) if 0 < share < 1 else 0
    if not 0 < kept < examples:
        raise ValueError(
            f"Expected validation as (x, y) or a share between 0 and 1 that leaves examples on both sides. "
            f"Received: validation={share!r}, len(x)={examples}"
        )
    return kept


def _checked(validation):
    if validation is not None and (not isinstance(validation, (tuple, list)) or len(validation) != 2):
        raise ValueError(f"Expected validation as (x, y) or a share. Received: validation={validation!r}")
    return validation


def check_names(metrics, validation, early_stopping=None):
    """Refuse metrics whose values would not find their own place in the history.

    Args:
        metrics: a tuple or list of functions, each with its own `__name__`.
        validation: what is held out, or None.
        early_stopping: an EarlyStopping that must watch something measured, or None.

    Raises:
        ValueError: if a name is missing, taken twice, or not measured.
    """
    named = [getattr(m, "__name__", None) for m in metrics] if isinstance(metrics, (list, tuple)) else [None]
    if None in named or not all(map(callable, metrics)) or len({"loss", *named}) <= len(named):
        raise ValueError(f"Expected a tuple of functions of different names. Received: metrics={metrics!r}")
    names = ["loss", *named]
    names += [f"val_{name}" for name in names] * (validation is not None)
    if early_stopping and early_stopping.monitor not in names:
        raise ValueError(
            f"Expected early stopping to watch one of {', '.join(names)}. "
            f"Received: monitor={early_stopping.monitor!r}"
        )
