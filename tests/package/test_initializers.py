import math

import numpy as np
import pytest
from scipy.stats import kstest

from byhand import initializers
from byhand.initializers import INITIALIZERS, Constant, Uniform, fans, glorot_uniform, zeros

pytestmark = pytest.mark.filterwarnings("error")

every_initializer = pytest.mark.parametrize("name", list(INITIALIZERS))
random_initializer = pytest.mark.parametrize("name", [n for n in INITIALIZERS if n != "zeros"])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(300, 200), (100, 500), (5000, 1)])
def test_glorot_values_are_uniform_between_the_two_limits(shape, dtype):
    W = glorot_uniform(shape, np.random.default_rng(0), dtype)
    limit = math.sqrt(6 / (shape[0] + shape[1]))
    assert W.shape == shape
    assert W.dtype == dtype
    assert -limit <= W.min() < -0.99 * limit
    assert 0.99 * limit < W.max() <= limit
    deciles = np.histogram(W, 10, (-limit, limit))[0] / W.size
    np.testing.assert_allclose(deciles, 0.1, atol=4.5 * math.sqrt(0.09 / W.size))


@every_initializer
@pytest.mark.parametrize("shape", [(300, 200), (50, 1000), (5, 80, 40), (3, 3, 40, 90)])
def test_values_are_distributed_as_those_of_keras(name, shape, keras):
    """The same spread, the same extremes, and the same distribution by Kolmogorov and Smirnov."""
    ours = initializers.get(name)(shape, np.random.default_rng(0), np.float64).ravel()
    theirs = keras.initializers.get(name)
    theirs.seed = 1
    theirs = np.ravel(theirs(shape))
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.05 * theirs.std())
    assert ours.std() == pytest.approx(theirs.std(), rel=0.02)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=2e-3)
    if theirs.any():
        assert kstest(ours, theirs).pvalue > 1e-3


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("glorot_uniform", lambda fan_in, fan_out: 2 / (fan_in + fan_out)),
        ("glorot_normal", lambda fan_in, fan_out: 2 / (fan_in + fan_out)),
        ("he_uniform", lambda fan_in, fan_out: 2 / fan_in),
        ("he_normal", lambda fan_in, fan_out: 2 / fan_in),
    ],
)
def test_the_variance_is_the_one_derived_in_the_papers(name, variance):
    W = INITIALIZERS[name]((3, 3, 40, 90), np.random.default_rng(4), np.float64)
    assert W.var() == pytest.approx(variance(9 * 40, 9 * 90), rel=0.02)


@pytest.mark.parametrize("name", ["glorot_normal", "he_normal"])
def test_a_cut_normal_ends_at_two_of_its_standard_deviations(name):
    W = INITIALIZERS[name]((400, 400), np.random.default_rng(4), np.float64)
    deviation = math.sqrt(2 / (800 if name == "glorot_normal" else 400)) / 0.87962566103423978
    assert 1.99 * deviation < W.max() <= 2 * deviation
    assert -1.99 * deviation > W.min() >= -2 * deviation


def test_the_spread_of_a_cut_normal_is_that_of_scipy():
    from scipy.stats import truncnorm

    assert pytest.approx(truncnorm.std(-2, 2), rel=1e-12) == initializers.CUT_SPREAD


@pytest.mark.parametrize("shape", [(7, 5), (1, 1), (5, 7, 3), (3, 2, 7, 4), (2, 3, 4, 5, 6)])
def test_fans_are_those_of_keras(shape):
    from keras.src.initializers.random_initializers import compute_fans

    assert fans(shape) == compute_fans(shape)


@random_initializer
def test_values_depend_on_the_generator_alone(name):
    first, same, other = (INITIALIZERS[name]((5, 3), np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)


@random_initializer
def test_no_two_units_get_the_same_weights(name, rng):
    assert len(np.unique(INITIALIZERS[name]((4, 50), rng), axis=1).T) == 50


@pytest.mark.parametrize("fixed", [zeros, Constant(0.1)])
def test_fixed_values_draw_nothing(fixed):
    rng = np.random.default_rng(5)
    fixed((7,), rng)
    assert rng.random() == np.random.default_rng(5).random()


@every_initializer
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_shape_and_dtype_are_those_asked_for(name, dtype, rng):
    W = INITIALIZERS[name]((3, 4, 2), rng, dtype)
    assert W.shape == (3, 4, 2)
    assert W.dtype == dtype


@every_initializer
def test_values_are_single_precision_unless_asked_otherwise(name, rng):
    assert INITIALIZERS[name]((3, 2), rng).dtype == np.float32


def test_zeros_are_zero():
    assert not zeros((7,)).any()


@pytest.mark.parametrize("value", [0.25, -3, np.float32(1.5)])
def test_a_constant_is_the_same_everywhere(value):
    got = Constant(value)((3, 2), dtype=np.float64)
    assert got.dtype == np.float64
    np.testing.assert_array_equal(got, np.full((3, 2), value))
    assert Constant(value)((3,)).dtype == np.float32


@pytest.mark.parametrize("epsilon", [0.12, 3])
def test_uniform_values_fill_plus_minus_epsilon(epsilon, rng):
    W = Uniform(epsilon)((4000,), rng, np.float64)
    assert -epsilon <= W.min() < -0.99 * epsilon
    assert 0.99 * epsilon < W.max() <= epsilon
    assert abs(W.mean()) < 0.05 * epsilon
