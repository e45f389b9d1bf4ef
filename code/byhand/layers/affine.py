"""Layers with weights: a = f(z), where z is affine in the input.

Shapes: M examples; D inputs and U units; T samples, or H × V pixels, in C channels.
"""

from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import ClassVar

import numpy as np

from byhand import activations, initializers, ops
from byhand.convolution import convolution, convolution_vjp
from byhand.layers.layer import Layer, Parameter, Sizes, settle
from byhand.locally_connected import locally_connected, locally_connected_vjp
from byhand.patches import check_padding, places
from byhand.shapes import check_count, per_axis


class Affine(Layer):
    """Forwards z and then f; backwards f and then z. What z is, each layer says."""

    activation: str

    @cached_property
    def f(self):
        """The activation function with its derivative, looked up once."""
        return activations.get(self.activation)

    def affine(self, x, W, b):
        """Scores z."""
        raise NotImplementedError

    def affine_vjp(self, dz, x, W, dW, db, need_dx):
        """Gradients through `affine`: dx or None, dW, db."""
        raise NotImplementedError

    def forward(self, x, W, b):
        """The output a, and a or z: whichever the derivative of f is written in."""
        f = self.f
        z = self.affine(x, W, b)
        a = f.function(z)
        return a, (a if f.in_output else z)

    def backward(self, da, x, kept, parameters, gradients, need_dx=True):
        """∂J/∂z = ∂J/∂a ⊙ f′, and from it ∂J/∂W and ∂J/∂b, written into gradients, and ∂J/∂x."""
        dz = da if self.activation == "linear" else da * self.f.derivative(kept)
        dx, _, _ = self.affine_vjp(dz, x, parameters["W"], gradients["W"], gradients["b"], need_dx)
        return dx


@dataclass(frozen=True)
class Dense(Affine):
    """a = f(x W + b), every input joined to every unit (eq-layer); W is (D, U), b (U,).

    Args:
        units: U, at least 1.
        activation: the name of f.

    Raises:
        ValueError: if units is not a positive whole number, or the activation is not known.

    Example:
        >>> layer = Dense(25, activation="relu")
        >>> layer.output_shape((400,)), layer.parameters((400,))["W"].shape
        ((25,), (400, 25))
    """

    units: int
    activation: str = "linear"

    def __post_init__(self):
        check_count(self.units, "units")
        activations.get(self.activation)

    def output_shape(self, input_shape):
        """(U,)."""
        self.check_input(input_shape)
        return (self.units,)

    def parameters(self, input_shape):
        """W (D, U) and b (U,)."""
        return {
            "W": Parameter((*input_shape, self.units), initializers.glorot_uniform),
            "b": Parameter((self.units,), initializers.zeros, is_weight=False),
        }

    def affine(self, x, W, b):
        """Scores z, (M, U)."""
        return ops.dense(x, W, b)

    def affine_vjp(self, dz, x, W, dW, db, need_dx):
        """Gradients through `affine`."""
        return ops.dense_vjp(dz, x, W, dW, db, need_dx)


@dataclass(frozen=True)
class Convolution(Affine):
    """What Conv1D and Conv2D share: one kernel a filter, for every patch.

    Args:
        filters: U, at least 1.
        kernel_size: a whole number, or one for each axis.
        strides: steps from one patch to the next, a whole number or one for each axis.
        padding: "valid" or "same".
        dilation_rate: steps from one entry of a patch to the next; as in Keras, 1 if strides are not.
        activation: the name of f.

    Raises:
        ValueError: if a number is not positive and whole, or a name is not known.
    """

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: str = "valid"
    dilation_rate: Sizes = 1
    activation: str = "linear"

    def __post_init__(self):
        check_count(self.filters, "filters")
        for name in ("kernel_size", "strides", "dilation_rate"):
            settle(self, **{name: per_axis(getattr(self, name), self.input_axes - 1, name)})
        check_padding(self.padding)
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                f"Expected strides or dilation_rate to be 1. "
                f"Received: strides={self.strides}, dilation_rate={self.dilation_rate}"
            )
        activations.get(self.activation)

    @property
    def window(self):
        """The settings under the names `patches` has for them."""
        return {"stride": self.strides, "padding": self.padding, "dilation": self.dilation_rate}

    def output_shape(self, input_shape):
        """(L, U) or (P, Q, U)."""
        self.check_input(input_shape)
        return (*places(input_shape[:-1], self.kernel_size, **self.window), self.filters)

    def parameters(self, input_shape):
        """W (k, C, U) or (h, v, C, U), and b (U,)."""
        kernel = (*self.kernel_size, input_shape[-1], self.filters)
        return {
            "W": Parameter(kernel, initializers.glorot_uniform),
            "b": Parameter((self.filters,), initializers.zeros, is_weight=False),
        }

    def affine(self, x, W, b):
        """Scores z, (M, L, U) or (M, P, Q, U)."""
        return convolution(x, W, b, **self.window)

    def affine_vjp(self, dz, x, W, dW, db, need_dx):
        """Gradients through `affine`."""
        return convolution_vjp(dz, x, W, dW, db, need_dx, **self.window)


@dataclass(frozen=True)
class Conv1D(Convolution):
    """Convolution of a signal (T, C) with U kernels (k, C); settings as in `Convolution`.

    Example:
        >>> Conv1D(8, kernel_size=5).output_shape((100, 1))
        (96, 8)
    """

    input_axes: ClassVar[int] = 2


@dataclass(frozen=True)
class Conv2D(Convolution):
    """Convolution of a picture (H, V, C) with U kernels (h, v, C); settings as in `Convolution`.

    Example:
        >>> Conv2D(8, kernel_size=3, padding="same").output_shape((32, 48, 3))
        (32, 48, 8)
    """

    input_axes: ClassVar[int] = 3


@dataclass(frozen=True)
class LocallyConnected1D(Affine):
    """Windows like those of a convolution, but in each place weights of their own.

    Args:
        filters: U, at least 1.
        kernel_size: k.
        strides: steps from one window to the next.
        activation: the name of f.

    Raises:
        ValueError: if a number is not positive and whole, or the activation is not known.

    Example:
        >>> LocallyConnected1D(2, kernel_size=5, strides=5).output_shape((100, 1))
        (20, 2)
    """

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    activation: str = "linear"
    input_axes: ClassVar[int] = 2

    def __post_init__(self):
        check_count(self.filters, "filters")
        for name in ("kernel_size", "strides"):
            settle(self, **{name: per_axis(getattr(self, name), 1, name)})
        activations.get(self.activation)

    def output_shape(self, input_shape):
        """(L, U)."""
        self.check_input(input_shape)
        return (*places(input_shape[:-1], self.kernel_size, self.strides), self.filters)

    def parameters(self, input_shape):
        """W (L, k C, U) and b (L, U)."""
        L, U = self.output_shape(input_shape)
        return {
            "W": Parameter((L, prod(self.kernel_size) * input_shape[-1], U), place_by_place),
            "b": Parameter((L, U), initializers.zeros, is_weight=False),
        }

    def affine(self, x, W, b):
        """Scores z, (M, L, U)."""
        return locally_connected(x, W, b, self.kernel_size, stride=self.strides)

    def affine_vjp(self, dz, x, W, dW, db, need_dx):
        """Gradients through `affine`."""
        return locally_connected_vjp(dz, x, W, self.kernel_size, dW, db, need_dx, stride=self.strides)


def place_by_place(shape, rng, dtype=np.float32):
    """Weights (L, D, U) drawn for each of L places as for a dense layer of its own."""
    return np.stack([initializers.glorot_uniform(shape[1:], rng, dtype) for _ in range(shape[0])])
