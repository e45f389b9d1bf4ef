"""What every layer can do.

Shapes: M examples; an input shape leaves M out: (D,), (T, C) or (H, V, C).
"""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from byhand.shapes import is_count

Sizes = Any  # one whole number, or one for each axis; a layer keeps a tuple
AXES = {1: "(D,)", 2: "(T, C)", 3: "(H, V, C)"}


class Parameter(NamedTuple):
    """Shape and first value of a parameter; only weights are penalised by L2, biases are not."""

    shape: tuple
    initializer: Callable
    is_weight: bool = True


class Layer:
    """A record of settings; what it computes depends on them and on its arguments alone."""

    input_axes: ClassVar[int] = 1

    def output_shape(self, input_shape):
        """Shape of one example's output; ValueError if the layer can't take such an input."""
        raise NotImplementedError

    def parameters(self, input_shape):
        """Each Parameter by name, in Keras's order; none unless a layer says otherwise."""
        return {}

    def forward(self, x, *unnamed, **parameters):
        """The output, and what backward needs to remember beside the input x."""
        raise NotImplementedError

    def backward(self, dy, x, kept, parameters, gradients, need_dx=True):
        """Write ∂J/∂ of each parameter into gradients; return ∂J/∂x, or None if not needed."""
        raise NotImplementedError

    def check_input(self, input_shape):
        """ValueError for an input shape with another number of axes, or with a size that is no count."""
        if len(input_shape) != self.input_axes or not all(map(is_count, input_shape)):
            raise ValueError(
                f"Expected inputs of shape {AXES[self.input_axes]} for {self}. "
                f"Received: input_shape={tuple(input_shape)}"
            )


def settle(layer, **fields):
    """Write settings in their final form into a frozen record that is being made."""
    for name, value in fields.items():
        object.__setattr__(layer, name, value)
