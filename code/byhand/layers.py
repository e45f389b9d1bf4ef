"""Layers: frozen records that bind an operation to named parameters; they hold no arrays.

Shapes: M examples, D inputs, U units.
"""

from dataclasses import dataclass

import numpy as np

from byhand import activations, initializers, ops


def is_count(n):
    """Whether n is a positive whole number; True does not count as 1."""
    return isinstance(n, (int, np.integer)) and not isinstance(n, bool) and n >= 1


@dataclass(frozen=True)
class Dense:
    """a = f(x W + b), every input joined to every unit (eq-layer).

    Args:
        units: U, at least 1.
        activation: the name of f.

    Raises:
        ValueError: if units is not a positive whole number, or the activation is not known.
    """

    units: int
    activation: str = "linear"

    def __post_init__(self):
        if not is_count(self.units):
            raise ValueError(f"Expected a positive whole number of units. Received: units={self.units!r}")
        activations.get(self.activation)

    def parameters(self, inputs):
        """Shape and initialiser of each parameter, by name, in Keras's order."""
        return {
            "W": ((inputs, self.units), initializers.glorot_uniform),
            "b": ((self.units,), initializers.zeros),
        }

    def forward(self, x, W, b):
        """The layer's output a, (M, U)."""
        f, _ = activations.get(self.activation)
        return f(ops.dense(x, W, b))

    def backward(self, da, x, a, W, dW, db, need_dx):
        """Write ∂J/∂W and ∂J/∂b into dW and db; return ∂J/∂x (M, D), or None if not needed."""
        _, derivative = activations.get(self.activation)
        dx, _, _ = ops.dense_vjp(da * derivative(a), x, W, dW, db, need_dx)
        return dx
