"""A network: how its parameters lie in one vector θ, forwards, and backwards.

Shapes: M examples, D inputs, P parameters in all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

import numpy as np

from byhand.layers import Dense, is_count


@dataclass(frozen=True)
class Network:
    """A chain of layers with a loss on its last output.

    All parameters lie in one vector theta (P,), layer by layer, W before b, row by row: the order of
    Keras's `get_weights`. The network itself holds none.

    Args:
        inputs: D.
        layers: the layers, first to last.
        loss: function (outputs, targets) -> value, gradient.

    Raises:
        ValueError: if inputs is not a positive whole number, no layer is given, or loss is no function.
    """

    inputs: int
    layers: tuple[Dense, ...]
    loss: Callable
    shapes: tuple = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        if not is_count(self.inputs):
            raise ValueError(f"Expected a positive whole number of inputs. Received: inputs={self.inputs!r}")
        layers = tuple(self.layers) if isinstance(self.layers, (tuple, list)) else ()
        if not layers or not all(isinstance(layer, Dense) for layer in layers):
            raise ValueError(f"Expected a tuple of at least one layer. Received: layers={self.layers!r}")
        if not callable(self.loss):
            raise ValueError(f"Expected a loss function. Received: loss={self.loss!r}")
        object.__setattr__(self, "layers", layers)
        widths = [self.inputs, *(layer.units for layer in self.layers)]
        object.__setattr__(
            self, "shapes", tuple(layer.parameters(n) for layer, n in zip(self.layers, widths, strict=False))
        )

    @property
    def size(self):
        """P, the number of parameters."""
        return sum(prod(shape) for layer in self.shapes for shape, _ in layer.values())

    def initialize(self, rng, dtype=np.float32):
        """First parameters drawn from the generator rng: theta (P,)."""
        return self.flatten(
            [first(shape, rng, dtype) for layer in self.shapes for shape, first in layer.values()]
        )

    def flatten(self, arrays):
        """One vector theta (P,) from arrays in the order of Keras's `get_weights`."""
        wanted = [shape for layer in self.shapes for shape, _ in layer.values()]
        received = [np.shape(array) for array in arrays]
        if received != wanted:
            raise ValueError(f"Expected arrays of shapes {wanted}. Received: shapes={received}")
        return np.concatenate([np.ravel(array) for array in arrays])

    def views(self, theta):
        """The parameters of each layer, as a list of dicts of views into theta: nothing is copied."""
        if not isinstance(theta, np.ndarray) or theta.shape != (self.size,):
            raise ValueError(
                f"Expected theta as an array of shape {(self.size,)}. "
                f"Received: {type(theta).__name__}, theta.shape={np.shape(theta)}"
            )
        views: list[dict[str, np.ndarray]] = []
        start = 0
        for layer in self.shapes:
            views.append({})
            for name, (shape, _) in layer.items():
                stop = start + prod(shape)
                views[-1][name] = theta[start:stop].reshape(shape)
                start = stop
        return views

    def forward(self, theta, x):
        """The input and every layer's output, a list of arrays (M, ·)."""
        outputs = [self._rows(x)]
        for layer, p in zip(self.layers, self.views(theta), strict=True):
            outputs.append(layer.forward(outputs[-1], **p))
        return outputs

    def predict(self, theta, x):
        """The output of the last layer, (M, U)."""
        return self.forward(theta, x)[-1]

    def value_and_grad(self, theta, x, y):
        """The cost of a batch and its gradient by every parameter.

        Args:
            theta: (P,).
            x: (M, D).
            y: (M, U), in the shape of the last output.

        Returns:
            value: float.
            grad: (P,), a new array every time.

        Raises:
            ValueError: if theta is not floating, or a shape does not fit.
        """
        outputs = self.forward(theta, x)
        if not np.issubdtype(theta.dtype, np.floating):
            raise ValueError(f"Expected theta in floating point. Received: theta.dtype={theta.dtype}")
        value, da = self.loss(outputs[-1], y)
        grad = np.empty_like(theta)
        gradients, weights = self.views(grad), self.views(theta)
        for i in reversed(range(len(self.layers))):
            g = gradients[i]
            da = self.layers[i].backward(
                da, outputs[i], outputs[i + 1], weights[i]["W"], g["W"], g["b"], i > 0
            )
        return value, grad

    def _rows(self, x):
        if np.ndim(x) != 2 or np.shape(x)[1] != self.inputs or not len(x):
            raise ValueError(
                f"Expected x of shape (M, {self.inputs}), M ≥ 1. Received: x.shape={np.shape(x)}"
            )
        return np.asarray(x)
