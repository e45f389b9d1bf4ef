"""A network: how its parameters lie in one vector θ, forwards, and backwards.

Shapes: M examples, D inputs or an input shape such as (H, V, C), P parameters in all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import prod

import numpy as np

from byhand import saving, shapes
from byhand.checks import check_number, is_not_negative
from byhand.layers.layer import Layer, settle
from byhand.losses import l2_penalty
from byhand.summary import table


@dataclass(frozen=True)
class Network:
    """A chain of layers with a loss on its last output.

    All parameters lie in one vector theta (P,), layer by layer, W before b, row by row: the order of
    Keras's `get_weights`. The network itself holds none.

    Args:
        inputs: D, or the shape of one example, such as (H, V, C).
        layers: the layers, first to last.
        loss: function (outputs, targets) -> value, gradient.
        l2: λ; the cost grows by λ / (2M) Σ w² over all weights, biases not among them (eq-l2).

    Raises:
        ValueError: if inputs is no shape, there is no layer or none with parameters, a layer can't take
            what the one before gives, loss is no function, or l2 is not a finite number ≥ 0.

    Example:
        >>> from byhand.layers import Dense
        >>> from byhand.losses import squared_error
        >>> network = Network(3, [Dense(2, "relu"), Dense(1)], squared_error)
        >>> theta = network.initialize(np.random.default_rng(1))
        >>> theta.shape, network.predict(theta, np.ones((5, 3))).shape
        ((11,), (5, 1))
    """

    inputs: int | tuple[int, ...]
    layers: Sequence[Layer]
    loss: Callable
    l2: float = 0.0
    output_shapes: tuple = field(init=False, repr=False, compare=False)  # the first is the input's
    parameters: tuple = field(init=False, repr=False, compare=False)
    places: tuple = field(init=False, repr=False, compare=False)  # of each parameter in theta
    size: int = field(init=False, repr=False, compare=False)  # P, the number of parameters

    def __post_init__(self):
        layers = tuple(self.layers) if isinstance(self.layers, (tuple, list)) else ()
        if not layers or not all(isinstance(layer, Layer) for layer in layers):
            raise ValueError(f"Expected a tuple of at least one layer. Received: layers={self.layers!r}")
        if not callable(self.loss):
            raise ValueError(f"Expected a loss function. Received: loss={self.loss!r}")
        check_number(self.l2, "l2", "a finite penalty λ ≥ 0", is_not_negative)
        self._settle(layers)

    def _settle(self, layers):
        """Follow the shape of one example through the layers: it decides every parameter's shape."""
        at = [shapes.sizes(self.inputs, "inputs")]
        for layer in layers:
            at.append(layer.output_shape(at[-1]))
        parameters = tuple(layer.parameters(shape) for layer, shape in zip(layers, at, strict=False))
        if not any(parameters):
            raise ValueError(f"Expected a layer with parameters. Received: layers={layers}")
        inputs = at[0] if len(at[0]) > 1 else at[0][0]
        settle(self, inputs=inputs, layers=layers, output_shapes=tuple(at), parameters=parameters)
        settle(self, places=_layout(parameters))
        settle(self, size=max(place.stop for layer in self.places for _, place, _ in layer))

    def initialize(self, rng, dtype=np.float32):
        """First parameters drawn from the generator rng: theta (P,)."""
        return self.flatten(
            [p.initializer(p.shape, rng, dtype) for layer in self.parameters for p in layer.values()]
        )

    def flatten(self, arrays):
        """One vector theta (P,) from arrays in the order of Keras's `get_weights`.

        Raises:
            ValueError: if their shapes are not those of the parameters.
        """
        wanted = [p.shape for layer in self.parameters for p in layer.values()]
        received = [np.shape(array) for array in arrays]
        if received != wanted:
            raise ValueError(f"Expected arrays of shapes {wanted}. Received: shapes={received}")
        return np.concatenate([np.ravel(array) for array in arrays])

    def views(self, theta):
        """The parameters of each layer, as a list of dicts of views into theta: nothing is copied.

        Raises:
            ValueError: if theta is not (P,) in floating point.
        """
        kind = getattr(theta, "dtype", np.dtype(object))
        if np.shape(theta) != (self.size,) or kind.kind != "f":
            raise ValueError(
                f"Expected theta as an array of shape {(self.size,)} in floating point. "
                f"Received: {type(theta).__name__}, theta.shape={np.shape(theta)}, theta.dtype={kind}"
            )
        return self._views(theta)

    def _views(self, theta):
        return [{name: theta[place].reshape(shape) for name, place, shape in layer} for layer in self.places]

    def forward(self, theta, x):
        """The input and every layer's output, a list of arrays (M, …)."""
        return self._run(self.views(theta), self._examples(theta, x))[0]

    def predict(self, theta, x, batch_size=1024):
        """The output of the last layer, (M, …); batch_size examples at a time, to save memory."""
        shapes.check_count(batch_size, "batch_size")
        weights, x = self.views(theta), self._examples(theta, x)
        batches = range(0, len(x), batch_size)
        return np.concatenate([self._last(weights, x[start : start + batch_size]) for start in batches])

    def value_and_grad(self, theta, x, y):
        """The cost of a batch and its gradient by every parameter.

        Args:
            theta: (P,).
            x: (M, D), or (M, …) if inputs is a shape.
            y: the targets, as the loss wants them.

        Returns:
            value: float.
            grad: (P,), a new array every time.

        Raises:
            ValueError: if theta is not floating, or a shape does not fit.
        """
        weights, x = self.views(theta), self._examples(theta, x)
        outputs, kept = self._run(weights, x)
        value, da = self.loss(outputs[-1], y)
        grad = np.empty_like(theta)
        gradients = self._views(grad)
        for i in reversed(range(len(self.layers))):
            da = self.layers[i].backward(da, outputs[i], kept[i], weights[i], gradients[i], i > 0)
        return value + self._penalty(weights, gradients, len(x)), grad

    def _run(self, weights, x):
        """The input and every layer's output, and what each layer keeps for its way back."""
        outputs, kept = [x], []
        for layer, p in zip(self.layers, weights, strict=True):
            a, memory = layer.forward(outputs[-1], **p)
            outputs.append(a)
            kept.append(memory)
        return outputs, kept

    def _last(self, weights, x):
        for layer, p in zip(self.layers, weights, strict=True):
            x, _ = layer.forward(x, **p)
        return x

    def _penalty(self, weights, gradients, examples):
        """λ / (2M) Σ w², and its gradient λ w / M added to the weights' gradients."""
        if self.l2 == 0:
            return 0.0
        named = [
            (i, name) for i, layer in enumerate(self.parameters) for name in layer if layer[name].is_weight
        ]
        value, slopes = l2_penalty([weights[i][name] for i, name in named], self.l2, examples)
        for (i, name), slope in zip(named, slopes, strict=True):
            gradients[i][name] += slope
        return value

    def _examples(self, theta, x):
        """X in the dtype of theta: the one place where data meets parameters."""
        x, shape = np.asarray(x), self.output_shapes[0]
        if x.shape[1:] != shape or not len(x):
            sizes = ", ".join(map(str, shape))
            raise ValueError(f"Expected x of shape (M, {sizes}), M ≥ 1. Received: x.shape={x.shape}")
        if x.dtype.kind not in "buif":
            raise ValueError(f"Expected x as real numbers. Received: x.dtype={x.dtype}")
        return x.astype(theta.dtype, copy=False)

    def summary(self):
        """A table of the layers, their output shapes and how many parameters each has, as text."""
        return table(self)

    def save(self, file, theta):
        """Write theta, the architecture and the format's version to a .npz file: whole, or not at all."""
        self.views(theta)
        saving.save(file, theta, self)

    def load(self, file):
        """The theta (P,) that `save` wrote for this very architecture; never unpickles anything.

        Raises:
            ValueError: if the file is damaged, or was saved by another network or a later version.
            FileNotFoundError: if there is none.
        """
        return saving.load(file, self)


def _layout(parameters):
    """Where each parameter lies in theta: its name, slice and shape, layer by layer."""
    stop = 0
    places: list[list[tuple]] = []
    for layer in parameters:
        places.append([])
        for name, p in layer.items():
            start, stop = stop, stop + prod(p.shape)
            places[-1].append((name, slice(start, stop), p.shape))
    return tuple(places)
