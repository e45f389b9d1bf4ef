"""First values of the parameters.

Shapes: (D, U) for D inputs and U units; (…, D, U) for the kernel of a convolution, its window first, as in
Keras. Every initializer is called with a shape, a numpy.random.Generator and a dtype.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from byhand.checks import check_number, is_positive, look_up
from byhand.shapes import is_count

# Standard deviation of a standard normal variable that is cut off at ±2: √(1 − 4 φ(2) / (2Φ(2) − 1)).
CUT_SPREAD = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / (ndtr(2) - ndtr(-2)))


def zeros(shape, rng=None, dtype=np.float32):
    """All zeros: right for biases, never for weights (units would stay equal for ever).

    Arguments are those of `glorot_uniform`, for a shape of any length; rng is not asked for anything.

    Example:
        >>> zeros((2, 3))
        array([[0., 0., 0.],
               [0., 0., 0.]], dtype=float32)
    """
    return np.zeros(shape, dtype)


@dataclass(frozen=True)
class Constant:
    """One value everywhere, such as a small positive bias that wakes ReLU units.

    Args:
        value: finite.

    Raises:
        ValueError: if the value is not a finite number.

    Example:
        >>> Constant(0.1)(3)
        array([0.1, 0.1, 0.1], dtype=float32)
    """

    value: float

    def __post_init__(self):
        check_number(self.value, "value", "a finite value", math.isfinite)

    def __call__(self, shape, rng=None, dtype=np.float32):
        """An array filled with the value."""
        return np.full(shape, self.value, dtype)


@dataclass(frozen=True)
class Uniform:
    """Uniform in ±ε: small and all different, the oldest way to tell units apart (Rumelhart et al., 1986).

    Args:
        epsilon: ε, positive; 0.05 is what Keras takes.

    Raises:
        ValueError: if ε is not a positive finite number.

    Example:
        >>> Uniform(0.01)((2, 3), np.random.default_rng(1))
        array([[ 0.0002,  0.009 , -0.0071],
               [ 0.009 , -0.0038, -0.0015]], dtype=float32)
    """

    epsilon: float = 0.05

    def __post_init__(self):
        check_number(self.epsilon, "epsilon", "a positive finite limit", is_positive)

    def __call__(self, shape, rng, dtype=np.float32):
        """Values drawn from the generator rng."""
        return _uniform(shape, rng, dtype, self.epsilon)


def glorot_uniform(shape, rng, dtype=np.float32):
    """Uniform with variance 2 / (D + U), that is in ±√(6 / (D + U)): Keras's default for a dense layer.

    Keeps the spread of values, and of gradients on their way back, about the same from layer to layer.
    Glorot and Bengio (2010), eq. 16.

    Args:
        shape: (D, U) or (…, D, U).
        rng: numpy.random.Generator.
        dtype: of the result.

    Raises:
        ValueError: if the shape is none of a kernel, or rng no generator (a bare seed, for instance).

    Example:
        >>> W = glorot_uniform((400, 25), np.random.default_rng(1))
        >>> bool(np.abs(W).max() < math.sqrt(6 / 425)), round(float(W.var()) * 425 / 2, 2)
        (True, 1.01)
    """
    return _uniform(shape, rng, dtype, math.sqrt(6 / sum(fans(shape))))


def glorot_normal(shape, rng, dtype=np.float32):
    """Normal with variance 2 / (D + U), cut off at two standard deviations. Glorot and Bengio (2010), eq. 12.

    Arguments and errors are those of `glorot_uniform`.

    Example:
        >>> W = glorot_normal((400, 25), np.random.default_rng(1))
        >>> round(float(W.var()) * 425 / 2, 2)
        1.01
    """
    return _cut_normal(shape, rng, dtype, math.sqrt(2 / sum(fans(shape))))


def he_uniform(shape, rng, dtype=np.float32):
    """Uniform with variance 2 / D, that is in ±√(6 / D).

    Twice the variance of 1 / D, since ReLU units are off half of the time. He, Zhang, Ren and Sun (2015),
    eq. 10. Arguments and errors are those of `glorot_uniform`.

    Example:
        >>> W = he_uniform((400, 25), np.random.default_rng(1))
        >>> round(float(W.var()) * 400 / 2, 2)
        1.01
    """
    return _uniform(shape, rng, dtype, math.sqrt(6 / fans(shape)[0]))


def he_normal(shape, rng, dtype=np.float32):
    """Normal with variance 2 / D, cut off at two standard deviations. He, Zhang, Ren and Sun (2015), eq. 10.

    Arguments and errors are those of `glorot_uniform`.

    Example:
        >>> W = he_normal((400, 25), np.random.default_rng(1))
        >>> round(float(W.var()) * 400 / 2, 2)
        1.01
    """
    return _cut_normal(shape, rng, dtype, math.sqrt(2 / fans(shape)[0]))


# Under the names that Keras gives them; a constant needs its value.
INITIALIZERS = {
    "zeros": zeros,
    "random_uniform": Uniform(),
    "glorot_uniform": glorot_uniform,
    "glorot_normal": glorot_normal,
    "he_uniform": he_uniform,
    "he_normal": he_normal,
}


def get(name):
    """The initializer called name; ValueError for a name that is not known."""
    return look_up(name, INITIALIZERS, "an initializer")


def fans(shape):
    """Fan-in and fan-out of a kernel (…, D, U): k D and k U, where k is the size of the window.

    Raises:
        ValueError: if the shape has fewer than two sizes, or one that is no positive whole number.

    Example:
        >>> fans((400, 25)), fans((3, 3, 8, 16))
        ((400, 25), (72, 144))
    """
    if np.ndim(shape) != 1 or len(shape) < 2 or not all(is_count(n) for n in shape):
        raise ValueError(
            f"Expected the shape of a kernel, (D, U) or (…, D, U), nothing of it 0. Received: shape={shape!r}"
        )
    *window, inputs, units = shape
    return math.prod(window) * inputs, math.prod(window) * units


def _uniform(shape, rng, dtype, limit):
    _check(rng, dtype)
    return rng.uniform(-limit, limit, shape).astype(dtype)


def _cut_normal(shape, rng, dtype, deviation):
    """Normal, no value beyond two standard deviations, as in Keras; widened to keep the variance.

    Drawn by the inverse of the distribution function from chances between those of −2 and 2, which needs
    no second draw.
    """
    _check(rng, dtype)
    return (deviation / CUT_SPREAD * ndtri(rng.uniform(ndtr(-2), ndtr(2), shape))).astype(dtype)


def _check(rng, dtype):
    if not isinstance(rng, np.random.Generator) or not np.issubdtype(dtype, np.floating):
        raise ValueError(
            f"Expected a numpy.random.Generator and a floating dtype. Received: rng={rng!r}, dtype={dtype!r}"
        )
