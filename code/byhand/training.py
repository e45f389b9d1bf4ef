"""Training: pass over the data in small batches, one step of the optimiser each.

Shapes: M examples, D inputs, U outputs, P parameters.
"""

import numpy as np

from byhand.layers import is_count


def minibatches(examples, batch_size, rng=None):
    """Index arrays that cover 0 … examples−1 once, batch_size at a time; the last may be shorter.

    Args:
        examples: M.
        batch_size: at least 1.
        rng: numpy.random.Generator that shuffles; None keeps the order.

    Raises:
        ValueError: if either number is not a positive whole one, or rng no generator (a bare seed, say).
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


def fit(network, theta, x, y, optimizer, *, epochs, batch_size=32, rng=None, validation=None):
    """Train from theta; theta itself is left as it is.

    Args:
        network: a Network.
        theta: (P,), where to start.
        x: (M, D).
        y: (M, U).
        optimizer: hyper-parameters of the update.
        epochs: passes over the data, at least 1.
        batch_size: examples a step.
        rng: numpy.random.Generator that shuffles anew every epoch; None keeps the order.
        validation: (x, y) held out, whose cost is computed after every epoch.

    Returns:
        theta: (P,), trained.
        history: {"loss": [one float an epoch], "val_loss": …}; as in Keras, "loss" is the mean over the
            examples of the costs met on the way, each before its step.

    Raises:
        ValueError: if epochs is not a positive whole number or x and y differ in length.
    """
    x, y = np.asarray(x), np.asarray(y)
    if not is_count(epochs) or len(x) != len(y):
        raise ValueError(
            f"Expected epochs ≥ 1 and as many targets as examples. "
            f"Received: epochs={epochs!r}, len(x)={len(x)}, len(y)={len(y)}"
        )
    theta = theta.copy()
    history: dict[str, list[float]] = {"loss": []}
    state = optimizer.init(theta)
    for _ in range(epochs):
        history["loss"].append(train_epoch(network, theta, x, y, optimizer, state, batch_size, rng))
        if validation is not None:
            value = network.loss(network.predict(theta, validation[0]), validation[1])[0]
            history.setdefault("val_loss", []).append(value)
    return theta, history


def train_epoch(network, theta, x, y, optimizer, state, batch_size, rng=None):
    """One pass over the data, changing theta and state in place; the mean cost met on the way."""
    total = 0.0
    for batch in minibatches(len(x), batch_size, rng):
        value, grad = network.value_and_grad(theta, x[batch], y[batch])
        optimizer.step(theta, grad, state)
        total += value * len(batch)
    return total / len(x)
