"""Activation functions a = f(z), and beside each its derivative: written in a where it can be, else in z.

Shapes: z, a and the result are arrays of any one shape; dtype in is dtype out. No value of z, ±∞ included,
overflows or warns on the way. A derivative written in a can be no finer than a itself: once a has been
rounded to its limit the slope is 0, off by at most one rounding of 1.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from byhand import activations_piecewise as piecewise
from byhand import activations_smooth as smooth
from byhand.checks import check_number, is_not_negative, look_up


def linear(z):
    """z itself, −∞ … ∞, nowhere flat: the output layer of a regression."""
    return z


def linear_derivative(a):
    """1, in the shape and dtype of a."""
    return np.ones_like(a)


def sigmoid(z):
    """1 / (1 + e⁻ᶻ), 0 … 1, flat at both ends (eq-sigmoid).

    Below 0 as eᶻ / (1 + eᶻ), which is the same, so that no exponent is ever positive.
    """
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


def sigmoid_derivative(a):
    """a (1 − a), at most ¼."""
    return a * (1 - a)


def tanh(z):
    """(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2 sigmoid(2z) − 1, −1 … 1, flat at both ends.

    NumPy's own: both formulas as they stand lose all digits near 0, and the first overflows.
    """
    return np.tanh(z)


def tanh_derivative(a):
    """1 − a², at most 1; as a product it stays exact where a² would be rounded to 1."""
    return (1 - a) * (1 + a)


def relu(z):
    """max(0, z), 0 … ∞, flat below 0. Nair and Hinton (2010)."""
    return np.maximum(z, 0)


def relu_derivative(a):
    """1 where the unit is on, else 0; the kink at 0 counts as off."""
    a = np.asarray(a)
    return (a > 0).astype(a.dtype)


def leaky_relu(z, negative_slope=0.2):
    """z above 0, negative_slope · z below, −∞ … ∞, nowhere flat. Maas, Hannun and Ng (2013).

    A negative_slope below 0 is refused: two z would share one a, and the derivative couldn't tell them apart.
    """
    check_number(negative_slope, "negative_slope", "a finite negative_slope of 0 or more", is_not_negative)
    return np.maximum(z, 0) + negative_slope * np.minimum(z, 0)


def leaky_relu_derivative(a, negative_slope=0.2):
    """1 above 0, negative_slope below and at the kink."""
    check_number(negative_slope, "negative_slope", "a finite negative_slope of 0 or more", is_not_negative)
    return np.where(np.asarray(a) > 0, np.ones_like(a), negative_slope)


def elu(z, alpha=1.0):
    """z above 0, alpha (eᶻ − 1) below, −alpha … ∞, flat at the lower end.

    Clevert, Unterthiner and Hochreiter (2016). `expm1` keeps the digits near 0 that eᶻ − 1 would lose.
    An alpha below 0 is refused: two z would share one a.
    """
    check_number(alpha, "alpha", "a finite alpha of 0 or more", is_not_negative)
    return np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0))


def elu_derivative(a, alpha=1.0):
    """1 above 0, a + alpha below and at the kink, which there is only for an alpha other than 1."""
    check_number(alpha, "alpha", "a finite alpha of 0 or more", is_not_negative)
    return np.where(np.asarray(a) > 0, np.ones_like(a), a + alpha)


def softplus(z):
    """log(1 + eᶻ), 0 … ∞, flat at the lower end: a ReLU without a kink. Dugas et al. (2001).

    Written as max(z, 0) + log(1 + e^−|z|), whose exponent is never positive.
    """
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_derivative(a):
    """1 − e⁻ᵃ, which is sigmoid(z)."""
    return -np.expm1(-a)


def silu(z):
    """z sigmoid(z), also called swish, −0.278 … ∞, flat at the lower end. Elfwing et al. (2018)."""
    return np.maximum(z, -800) * sigmoid(z)  # sigmoid is 0 from −746 on, and 0 times −∞ is no number


def silu_derivative(z):
    """sigmoid(z) (1 + z sigmoid(−z)), −0.1 … 1.1; written in z: two z share one a."""
    return sigmoid(z) * (1 + np.clip(z, -800, 800) * sigmoid(-z))


def gelu(z):
    """z Φ(z), Φ the normal distribution function, −0.17 … ∞, flat at the lower end.

    Hendrycks and Gimpel (2016). SciPy's Φ keeps its digits where ½ (1 + erf) loses them; far below 0 it
    is off by about z² roundings, relative to a value that is all but 0.
    """
    return np.maximum(z, -50) * ndtr(z)  # Φ is 0 from −39 on, and 0 times −∞ no number


def gelu_derivative(z):
    """Φ(z) + z φ(z), φ the normal density, −0.13 … 1.13; written in z: two z share one a."""
    near = np.clip(z, -50, 50)
    return ndtr(z) + near * np.exp(-(near**2) / 2) / math.sqrt(2 * math.pi)


def gelu_tanh(z):
    """GELU with ½ (1 + tanh u), u = √(2/π) (z + 0.044715 z³), for Φ; within 5·10⁻⁴ of `gelu`.

    Hendrycks and Gimpel (2016); `gelu(z, approximate=True)` in Keras. ½ (1 + tanh u) is sigmoid(2u);
    far below 0 it is off by about |2u| roundings, relative to a value that is all but 0.
    """
    return np.maximum(z, -50) * sigmoid(_twice_u(z))


def gelu_tanh_derivative(z):
    """s (1 + z (2u)′ (1 − s)) with s = sigmoid(2u); written in z."""
    near, u = np.clip(z, -50, 50), _twice_u(z)
    slope = math.sqrt(8 / math.pi) * (1 + 3 * 0.044715 * near**2)
    return sigmoid(u) * (1 + near * slope * sigmoid(-u))


def _twice_u(z):
    near = np.clip(z, -50, 50)  # beyond, the sigmoid has long reached 0 or 1, and z³ may overflow
    return math.sqrt(8 / math.pi) * (near + 0.044715 * near**3)


def mish(z):
    """z tanh(softplus(z)), −0.309 … ∞, flat at the lower end. Misra (2019)."""
    return np.maximum(z, -800) * np.tanh(softplus(z))  # the tanh is 0 from −746 on


def mish_derivative(z):
    """tanh s + z sigmoid(z) / cosh² s with s = softplus(z), −0.11 … 1.09; written in z."""
    s = softplus(z)
    steepness = sigmoid(z) / np.cosh(np.minimum(s, 40)) ** 2  # from 40 on, nothing beside tanh s = 1
    return np.tanh(s) + np.clip(z, -800, 800) * steepness


@dataclass(frozen=True)
class Activation:
    """A function and its derivative, which takes a if in_output is true, else z."""

    name: str
    function: Callable
    derivative: Callable
    in_output: bool


# By Keras's names: its element-wise activations, save those that need an argument.
ACTIVATIONS = {
    activation.name: activation
    for activation in (
        Activation("linear", linear, linear_derivative, in_output=True),
        Activation("sigmoid", sigmoid, sigmoid_derivative, in_output=True),
        Activation("tanh", tanh, tanh_derivative, in_output=True),
        Activation("relu", relu, relu_derivative, in_output=True),
        Activation("leaky_relu", leaky_relu, leaky_relu_derivative, in_output=True),
        Activation("elu", elu, elu_derivative, in_output=True),
        Activation("softplus", softplus, softplus_derivative, in_output=True),
        Activation("silu", silu, silu_derivative, in_output=False),
        Activation("mish", mish, mish_derivative, in_output=False),
        Activation("gelu", gelu, gelu_derivative, in_output=False),
        Activation("selu", smooth.selu, smooth.selu_derivative, in_output=True),
        Activation("celu", smooth.celu, smooth.celu_derivative, in_output=True),
        Activation("softsign", smooth.softsign, smooth.softsign_derivative, in_output=True),
        Activation("exponential", smooth.exponential, smooth.exponential_derivative, in_output=True),
        Activation("log_sigmoid", smooth.log_sigmoid, smooth.log_sigmoid_derivative, in_output=True),
        Activation("squareplus", smooth.squareplus, smooth.squareplus_derivative, in_output=True),
        Activation("tanh_shrink", smooth.tanh_shrink, smooth.tanh_shrink_derivative, in_output=False),
        Activation("relu6", piecewise.relu6, piecewise.relu6_derivative, in_output=True),
        Activation("hard_sigmoid", piecewise.hard_sigmoid, piecewise.hard_sigmoid_derivative, in_output=True),
        Activation("hard_tanh", piecewise.hard_tanh, piecewise.hard_tanh_derivative, in_output=True),
        Activation("soft_shrink", piecewise.soft_shrink, piecewise.soft_shrink_derivative, in_output=True),
        Activation("hard_shrink", piecewise.hard_shrink, piecewise.hard_shrink_derivative, in_output=True),
        Activation("sparse_plus", piecewise.sparse_plus, piecewise.sparse_plus_derivative, in_output=True),
        Activation(
            "sparse_sigmoid", piecewise.sparse_sigmoid, piecewise.sparse_sigmoid_derivative, in_output=True
        ),
        Activation("hard_silu", piecewise.hard_silu, piecewise.hard_silu_derivative, in_output=False),
    )
}
ACTIVATIONS |= {"swish": ACTIVATIONS["silu"], "hard_swish": ACTIVATIONS["hard_silu"]}


def get(name):
    """The Activation called name; ValueError for a name that is not known."""
    return look_up(name, ACTIVATIONS, "an activation")
