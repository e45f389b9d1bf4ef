"""Layers without weights: pooling, and flattening pictures into rows.

Shapes: M examples; T samples, or H × V pixels, in C channels.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar

from byhand import ops, pooling
from byhand.layers.layer import Layer, Sizes, settle
from byhand.patches import check_padding, places
from byhand.shapes import per_axis


@dataclass(frozen=True)
class Pooling(Layer):
    """One number for every patch and channel.

    Args:
        pool_size: a whole number, or one for each axis.
        strides: steps from one patch to the next; None: the pool size, so that patches lie side by side.
        padding: "valid" or "same".

    Raises:
        ValueError: if a number is not positive and whole, or the padding is not known.
    """

    pool_size: Sizes = 2
    strides: Sizes = None
    padding: str = "valid"

    def __post_init__(self):
        axes = self.input_axes - 1
        size = per_axis(self.pool_size, axes, "pool_size")
        strides = size if self.strides is None else per_axis(self.strides, axes, "strides")
        check_padding(self.padding)
        settle(self, pool_size=size, strides=strides)

    @property
    def window(self):
        """The settings under the names `patches` has for them."""
        return {"stride": self.strides, "padding": self.padding}

    def output_shape(self, input_shape):
        """(L, C) or (P, Q, C)."""
        self.check_input(input_shape)
        return (*places(input_shape[:-1], self.pool_size, **self.window), input_shape[-1])


@dataclass(frozen=True)
class MaxPooling(Pooling):
    """The largest value of every patch."""

    def forward(self, x):
        """The output, kept because backward looks for who had that value."""
        y = pooling.max_pooling(x, self.pool_size, **self.window)
        return y, y

    def backward(self, dy, x, kept, parameters, gradients, need_dx=True):
        """∂J/∂x, or None if not needed."""
        return pooling.max_pooling_vjp(dy, x, kept, self.pool_size, **self.window) if need_dx else None


@dataclass(frozen=True)
class AveragePooling(Pooling):
    """The mean of every patch."""

    def forward(self, x):
        """The output, and nothing to keep."""
        return pooling.average_pooling(x, self.pool_size, **self.window), None

    def backward(self, dy, x, kept, parameters, gradients, need_dx=True):
        """∂J/∂x, or None if not needed."""
        return pooling.average_pooling_vjp(dy, x, self.pool_size, **self.window) if need_dx else None


@dataclass(frozen=True)
class MaxPooling1D(MaxPooling):
    """The largest of every k samples (T, C); settings as in `Pooling`.

    Example:
        >>> MaxPooling1D(2).output_shape((100, 8))
        (50, 8)
    """

    input_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class MaxPooling2D(MaxPooling):
    """The largest of every h × v pixels (H, V, C); settings as in `Pooling`.

    Example:
        >>> MaxPooling2D((2, 3)).output_shape((32, 48, 3))
        (16, 16, 3)
    """

    input_axes: ClassVar[int] = 3


@dataclass(frozen=True)
class AveragePooling1D(AveragePooling):
    """The mean of every k samples (T, C); settings as in `Pooling`.

    Example:
        >>> AveragePooling1D(4, strides=2).output_shape((100, 8))
        (49, 8)
    """

    input_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class AveragePooling2D(AveragePooling):
    """The mean of every h × v pixels (H, V, C); settings as in `Pooling`.

    Example:
        >>> AveragePooling2D(2).output_shape((32, 48, 3))
        (16, 24, 3)
    """

    input_axes: ClassVar[int] = 3


@dataclass(frozen=True)
class Flatten(Layer):
    """Every example as one row, so that a dense layer can follow.

    Example:
        >>> Flatten().output_shape((16, 24, 8))
        (3072,)
    """

    def output_shape(self, input_shape):
        """(D,), the product of the sizes."""
        return (prod(input_shape),)

    def forward(self, x):
        """The output, and nothing to keep."""
        return ops.flatten(x), None

    def backward(self, dy, x, kept, parameters, gradients, need_dx=True):
        """∂J/∂x, or None if not needed."""
        return ops.flatten_vjp(dy, x) if need_dx else None
