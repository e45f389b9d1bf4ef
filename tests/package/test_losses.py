import inspect
import math

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, log_expit, xlogy

from byhand import losses
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy, l2_penalty, softmax_cross_entropy, squared_error
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")
mp.mp.dps = 50

LOSSES = [
    function
    for name, function in inspect.getmembers(losses, inspect.isfunction)
    if function.__module__ == losses.__name__
    and not name.startswith(("_", "x_"))  # x_…: the copies that mutation testing puts beside each
    and list(inspect.signature(function).parameters)[1:] == ["targets"]
]
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
KERAS = {  # the value as Keras computes it
    "softmax_cross_entropy": lambda keras, y, z: keras.losses.CategoricalCrossentropy(from_logits=True)(y, z),
    "binary_cross_entropy": lambda keras, y, z: keras.losses.BinaryCrossentropy(from_logits=True)(y, z),
    "squared_error": lambda keras, y, f: keras.losses.MeanSquaredError()(y, f) / 2,
}


def batch(rng, examples=5, outputs=3, dtype=np.float64):
    """Outputs on both sides of 0, and targets that are 0, 1 and in between."""
    z = rng.normal(0, 3, (examples, outputs))
    y = rng.choice([0, 1, 0.25], (examples, outputs))
    return z.astype(dtype), y.astype(dtype)


def fitting(loss, y):
    """The targets as the loss takes them: rows that sum to one for the softmax."""
    if loss is not softmax_cross_entropy:
        return y
    y = y + 1e-3
    return y / y.sum(-1, keepdims=True)


def test_every_loss_has_a_keras_reference():
    assert {loss.__name__ for loss in LOSSES} == set(KERAS)


@every_loss
@pytest.mark.parametrize("outputs", [1, 4])
def test_value_and_gradient_agree_with_keras(loss, outputs, keras, tf, rng):
    z, y = batch(rng, 6, outputs + (loss is softmax_cross_entropy))  # Keras warns of a softmax of one
    z, y = tf.constant(z), fitting(loss, y)
    with tf.GradientTape() as tape:
        tape.watch(z)
        expected = KERAS[loss.__name__](keras, tf.constant(y), z)
    gradient = tape.gradient(expected, z).numpy()
    value, got = loss(z.numpy(), y)
    assert value == pytest.approx(float(expected), rel=1e-12)
    np.testing.assert_allclose(got, gradient, rtol=1e-10, atol=1e-15)


@every_loss
@pytest.mark.parametrize("shape", [(7,), (5, 3), (6, 1), (2, 3, 4)])
def test_gradient_agrees_with_central_differences(loss, shape, rng, central_differences):
    z, y = rng.normal(0, 2, shape), fitting(loss, rng.random(shape))
    slopes = central_differences(lambda at: loss(at, y)[0], z)
    np.testing.assert_allclose(loss(z, y)[1], slopes, rtol=1e-7, atol=1e-9)


@every_loss
def test_inputs_are_not_changed_and_each_gradient_is_a_new_array(loss, rng, unchanged):
    z, y = batch(rng)
    y = fitting(loss, y)
    with unchanged(z, y):
        first, second = loss(z, y)[1], loss(z, y)[1]
    for other in (second, z, y):
        assert not np.shares_memory(first, other)


@every_loss
def test_single_precision_stays_single_and_agrees_with_double(loss, rng):
    z, y = batch(rng, 40, 7, np.float32)
    y = fitting(loss, y)
    value, gradient = loss(z, y)
    exact_value, exact_gradient = loss(z.astype(float), y.astype(float))
    assert gradient.dtype == np.float32
    assert type(value) is float
    assert value == pytest.approx(exact_value, rel=1e-6)
    np.testing.assert_allclose(gradient, exact_gradient, rtol=1e-6, atol=1e-6 * np.abs(exact_gradient).max())


@every_loss
@pytest.mark.parametrize("kind", [bool, np.int64, np.float64])
def test_targets_take_the_type_of_the_outputs(loss, kind, rng):
    z, y = rng.normal(size=(5, 3)).astype(np.float32), np.eye(3)[[0, 2, 1, 1, 0]]
    assert loss(z, y.astype(kind))[1].dtype == np.float32
    assert loss(z, y.astype(kind))[0] == loss(z, y.astype(np.float32))[0]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_with_labels_the_gradient_has_the_type_of_the_logits(dtype, rng):
    z = rng.normal(size=(5, 3)).astype(dtype)
    assert softmax_cross_entropy(z, [0, 2, 1, 1, 0])[1].dtype == dtype


@every_loss
def test_whole_numbers_and_lists_count_as_double_precision(loss):
    value, gradient = loss([[2, -1, 0], [1, 3, -2]], [[1, 0, 0], [0, 0, 1]])
    expected = loss(np.array([[2.0, -1, 0], [1, 3, -2]]), np.array([[1.0, 0, 0], [0, 0, 1]]))
    assert value == expected[0]
    assert gradient.dtype == np.float64
    np.testing.assert_array_equal(gradient, expected[1])


@every_loss
@given(
    z=arrays(np.float64, (4, 3), elements=st.floats(-1e100, 1e100)),
    y=arrays(np.float64, (4, 3), elements=st.floats(0, 1)),
)
def test_value_is_never_negative(loss, z, y):
    assert loss(z, fitting(loss, y))[0] >= 0


@every_loss
def test_repeating_the_batch_leaves_the_value_and_halves_the_gradient(loss, rng):
    z, y = batch(rng)
    y = fitting(loss, y)
    value, gradient = loss(z, y)
    twice_value, twice_gradient = loss(np.tile(z, (2, 1)), np.tile(y, (2, 1)))
    assert twice_value == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(twice_gradient, np.tile(gradient, (2, 1)) / 2, rtol=1e-14)


def finite_range(dtype):
    info = np.finfo(dtype)
    powers = np.ldexp(dtype(1), np.arange(info.minexp - info.nmant, info.maxexp)).astype(dtype)
    positive = np.concatenate([powers, np.linspace(0, 110, 441).astype(dtype), [dtype(0), info.max]])
    return np.concatenate([positive, -positive])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("y", [0, 1])
def test_cross_entropy_is_right_over_the_whole_range_of_finite_logits(y, dtype):
    """Value to three units in the last place; gradient to one rounding of f, never more."""
    eps = float(np.finfo(dtype).eps)
    for z in finite_range(dtype):
        value, gradient = binary_cross_entropy(np.array([z]), np.array([y]))
        exact_z = mp.mpf(float(z))
        exact = mp.log1p(mp.exp(-exact_z if y else exact_z))
        last_place = float(np.spacing(min(dtype(float(exact)), np.finfo(dtype).max / 2)))
        assert abs(mp.mpf(value) - exact) <= 3 * mp.mpf(last_place), z
        assert abs(mp.mpf(float(gradient[0])) - (1 / (1 + mp.exp(-exact_z)) - y)) <= eps, z


def test_cross_entropy_agrees_with_scipy(rng):
    z, y = batch(rng, 50, 4)
    expected = -np.mean(y * log_expit(z) + (1 - y) * log_expit(-z))
    assert binary_cross_entropy(z, y)[0] == pytest.approx(expected, rel=1e-13)


def test_cross_entropy_of_moderate_logits_agrees_with_its_definition(rng):
    z, y = batch(rng, 20, 3)
    f = expit(z)
    assert binary_cross_entropy(z, y)[0] == pytest.approx(
        -np.mean(xlogy(y, f) + xlogy(1 - y, 1 - f)), rel=1e-12
    )


def test_cross_entropy_agrees_with_a_slow_loop(rng):
    z, y = batch(rng, 5, 3)
    total = 0.0
    for m in range(5):
        for k in range(3):
            f = 1 / (1 + math.exp(-z[m, k]))
            total -= y[m, k] * math.log(f) + (1 - y[m, k]) * math.log(1 - f)
    assert binary_cross_entropy(z, y)[0] == pytest.approx(total / 15, rel=1e-12)


def test_undecided_logits_cost_the_logarithm_of_two():
    value, gradient = binary_cross_entropy(np.zeros((2, 3)), np.array([[0, 1, 1], [1, 0, 0.5]]))
    assert value == pytest.approx(math.log(2), rel=1e-15)
    np.testing.assert_allclose(gradient * 12, [[1, -1, -1], [-1, 1, 0]], rtol=1e-15)


def test_cross_entropy_is_the_same_with_both_signs_swapped(rng):
    z, y = batch(rng)
    value, gradient = binary_cross_entropy(z, y)
    swapped_value, swapped_gradient = binary_cross_entropy(-z, 1 - y)
    assert value == pytest.approx(swapped_value, rel=1e-14)
    np.testing.assert_allclose(gradient, -swapped_gradient, rtol=1e-13, atol=1e-17)


def test_squared_error_of_a_worked_example():
    value, gradient = squared_error(np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0, 0, 3], [1, 5, 7]]))
    assert value == (4 + 9 + 1) / 2 / 6
    np.testing.assert_allclose(gradient, np.array([[0, 2, 0], [3, 0, -1]]) / 6, rtol=1e-15)


def test_squared_error_is_zero_only_at_the_target(rng):
    f = rng.normal(size=(5, 3))
    assert squared_error(f, f)[0] == 0
    assert squared_error(f, f + 1e-8)[0] > 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("z", "y", "value", "gradient"),
    [
        (np.inf, 1, 0, 0),
        (np.inf, 0, np.inf, 1),
        (np.inf, 0.25, np.inf, 0.75),
        (-np.inf, 0, 0, 0),
        (-np.inf, 1, np.inf, -1),
        (-np.inf, 0.25, np.inf, -0.25),
    ],
)
def test_cross_entropy_of_an_infinite_logit_is_the_limit(z, y, value, gradient, dtype):
    got = binary_cross_entropy(np.array([z], dtype), np.array([y], dtype))
    assert got[0] == value
    assert got[1].tolist() == [gradient]


@every_loss
def test_what_is_not_a_number_stays_so(loss):
    value, gradient = loss(np.array([[np.nan, 1.0], [0, 1]]), np.eye(2))
    assert np.isnan(value)
    assert np.isnan(gradient[0]).any()
    assert not np.isnan(gradient[1]).any()


def weights(rng):
    return [rng.normal(size=shape) for shape in ((4, 3), (3, 2), (5, 2, 3))]


def test_l2_penalty_agrees_with_keras(keras, tf, rng):
    for W in weights(rng):
        variable = tf.Variable(W)
        with tf.GradientTape() as tape:
            expected = keras.regularizers.L2(0.5 / (2 * 32))(variable)
        value, (gradient,) = l2_penalty([W], 0.5, 32)
        assert value == pytest.approx(float(expected), rel=1e-12)
        np.testing.assert_allclose(gradient, tape.gradient(expected, variable).numpy(), rtol=1e-12)


def test_l2_penalty_sums_over_all_weights_and_agrees_with_central_differences(rng, central_differences):
    arrays = weights(rng)
    value, gradients = l2_penalty(arrays, 2.5, 11)
    assert value == pytest.approx(2.5 / 22 * sum(w * w for W in arrays for w in W.ravel()), rel=1e-13)
    for i, gradient in enumerate(gradients):
        slopes = central_differences(
            lambda W, i=i: l2_penalty([*arrays[:i], W, *arrays[i + 1 :]], 2.5, 11)[0], arrays[i]
        )
        np.testing.assert_allclose(gradient, slopes, rtol=1e-7, atol=1e-9)


def test_l2_penalty_takes_the_views_of_a_network_and_leaves_the_biases(rng, unchanged):
    network = Network(3, (Dense(4), Dense(2)), squared_error)
    theta = rng.normal(size=network.size).astype(np.float32)
    views = network.views(theta)
    with unchanged(theta):
        value, gradients = l2_penalty([p["W"] for p in views], 0.5, 10)
    for p in views:
        p["b"][:] = 100
    assert l2_penalty([p["W"] for p in views], 0.5, 10)[0] == value
    assert [g.dtype for g in gradients] == [np.float32] * 2
    assert not any(np.shares_memory(g, theta) for g in gradients)
    assert type(value) is float


def test_l2_penalty_of_strength_nought_or_of_nothing_is_nought(rng):
    value, gradients = l2_penalty(weights(rng), 0, 1)
    assert value == 0
    assert not any(g.any() for g in gradients)
    assert l2_penalty([], 1.0, 5) == (0, [])
