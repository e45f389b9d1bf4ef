import math

import numpy as np
import pytest

from byhand.initializers import glorot_uniform, zeros

pytestmark = pytest.mark.filterwarnings("error")


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


def test_glorot_spread_is_that_of_keras(keras):
    ours = glorot_uniform((300, 200), np.random.default_rng(0), np.float64)
    theirs = np.asarray(keras.initializers.GlorotUniform(seed=0)((300, 200)))
    assert ours.std() == pytest.approx(theirs.std(), rel=0.01)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=1e-3)


def test_glorot_depends_on_the_generator_alone():
    first, same, other = (glorot_uniform((5, 3), np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)


def test_glorot_gives_no_two_units_the_same_weights(rng):
    assert len(np.unique(glorot_uniform((4, 50), rng), axis=1).T) == 50


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_zeros_are_zero_and_draw_nothing(dtype):
    rng = np.random.default_rng(5)
    b = zeros((7,), rng, dtype)
    assert b.shape == (7,)
    assert b.dtype == dtype
    assert not b.any()
    assert rng.random() == np.random.default_rng(5).random()


def test_values_are_single_precision_unless_asked_otherwise(rng):
    assert glorot_uniform((3, 2), rng).dtype == np.float32
    assert zeros((3,)).dtype == np.float32
