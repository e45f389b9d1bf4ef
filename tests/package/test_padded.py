"""A number added inside the logarithm: right where it does nothing, wrong as its docstring says."""

import math

import numpy as np
import pytest

from byhand.gradient_check import gradient_check
from byhand.losses import binary_cross_entropy
from byhand.naive import padded_binary_cross_entropy

Z = np.random.default_rng(6).normal(0, 3, (7, 4))
Y = (np.random.default_rng(7).random((7, 4)) < 0.5) * 1.0


def test_near_zero_it_is_the_loss():
    value, gradient = padded_binary_cross_entropy(Z, Y)
    right, slopes = binary_cross_entropy(Z, Y)
    assert value == pytest.approx(right, rel=1e-9)
    np.testing.assert_allclose(gradient, slopes, atol=1e-9)


@pytest.mark.parametrize("epsilon", [1e-12, 0.1])
def test_the_gradient_is_that_of_its_own_cost(epsilon):
    def value_and_grad(z):
        value, gradient = padded_binary_cross_entropy(z.reshape(7, 4), Y, epsilon)
        return value, gradient.ravel()

    assert gradient_check(value_and_grad, Z.ravel(), np.random.default_rng(8)) < 1e-8


@pytest.mark.parametrize(("z", "y"), [(60.0, 0.0), (-60.0, 1.0), (800.0, 0.0), (-800.0, 1.0)])
def test_a_confident_mistake_costs_the_same_however_large(z, y):
    value, gradient = padded_binary_cross_entropy([z], [y])
    assert value == pytest.approx(math.log(1e12), rel=1e-9)
    assert abs(gradient[0]) < 1e-13
