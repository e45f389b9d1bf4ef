"""A network small enough for a page: each weight one of 255 levels, one byte; biases to four decimals.

Shapes: P parameters.
"""

import base64

import numpy as np

from byhand.layers import Dense

VERSION, LEVELS = 1, 127  # a weight is a whole number from −127 to 127 times its layer's step


def rounded(network, theta):
    """The parameters (P,) that a packed network has: those of `packed`, unpacked.

    Args:
        network: a Network of Dense layers.
        theta: (P,); left as it is.

    Raises:
        ValueError: if a layer is of another kind.
    """
    changed = theta.copy()
    for layer in _dense(network, changed):
        step = _step(layer["W"])
        layer["W"][:] = step * np.rint(layer["W"] / step)
        layer["b"][:] = layer["b"].round(4)
    return changed


def packed(network, theta):
    """The same as numbers and texts for JSON: each layer's shape, activation, step, levels and biases.

    Levels are bytes in base64, row by row. Args and errors are those of `rounded`.
    """
    pairs = zip(_dense(network, theta), network.layers, strict=True)
    return {"version": VERSION, "layers": [_packed(p, layer.activation) for p, layer in pairs]}


def _packed(layer, activation):
    step = _step(layer["W"])
    levels = np.rint(layer["W"] / step).astype(np.int8).tobytes()
    return {
        "shape": list(layer["W"].shape), "activation": activation, "step": step,
        "levels": base64.b64encode(levels).decode(), "biases": (layer["b"].round(4) + 0.0).tolist(),
    }  # fmt: skip


def _step(W):
    """The largest weight over 127, in six digits: the last bits differ from machine to machine."""
    largest = float(np.abs(W).max())
    return float(f"{largest / LEVELS:.6g}") if largest else 1.0


def _dense(network, theta):
    """Views of each layer's parameters."""
    if not all(isinstance(layer, Dense) for layer in network.layers):
        raise ValueError(f"Expected dense layers. Received: layers={network.layers}")
    return network.views(theta)
