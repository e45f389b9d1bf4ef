"""The textbook forms are right where they work, and fail where their docstrings say."""

import inspect
import math

import numpy as np
import pytest
import scipy.special

from byhand import activations, losses, naive
from byhand.targets import one_hot

NAN, INF = float("nan"), float("inf")
STABLE = {  # what each form stands in for
    "naive_sigmoid": activations.sigmoid,
    "naive_sigmoid_quotient": activations.sigmoid,
    "naive_tanh": activations.tanh,
    "naive_softplus": activations.softplus,
    "naive_softmax": losses.softmax,
    "naive_logsumexp": losses.logsumexp,
    "naive_binary_cross_entropy": losses.binary_cross_entropy,
    "naive_softmax_cross_entropy": losses.softmax_cross_entropy,
    "padded_binary_cross_entropy": losses.binary_cross_entropy,
    "clipped_binary_cross_entropy": losses.binary_cross_entropy,
    "clipped_softmax_cross_entropy": losses.softmax_cross_entropy,
}
LOSSES = [name for name in STABLE if "entropy" in name]
quiet = pytest.mark.filterwarnings("ignore::RuntimeWarning")
both_precisions = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def call(name, z, dtype=np.float64):
    return getattr(naive, name)(np.asarray(z, dtype))


def test_every_form_is_named_as_what_it_is_and_has_a_stable_one():
    functions = {
        name
        for name, f in inspect.getmembers(naive, inspect.isfunction)
        if f.__module__ == naive.__name__ and not name.startswith("x_")  # x_…: what mutation testing adds
    }
    assert functions == set(STABLE)


@pytest.mark.filterwarnings("error")
@both_precisions
@pytest.mark.parametrize("name", [name for name in STABLE if name not in LOSSES])
def test_for_moderate_scores_every_form_is_right(name, dtype, rng, unchanged):
    z = rng.uniform(0.5, 5, (6, 4)).astype(dtype) * rng.choice([-1, 1], (6, 4)).astype(dtype)
    with unchanged(z):
        got = getattr(naive, name)(z)
    assert got.dtype == dtype
    np.testing.assert_allclose(got, STABLE[name](z), rtol=1e3 * np.finfo(dtype).eps)


@pytest.mark.filterwarnings("error")
@both_precisions
@pytest.mark.parametrize("name", [name for name in LOSSES if "padded" not in name])  # test_padded.py has it
def test_for_moderate_scores_every_cost_and_gradient_is_right(name, dtype, rng, unchanged):
    z, y = rng.uniform(-5, 5, (6, 4)).astype(dtype), one_hot(rng.integers(0, 4, 6), 4, dtype)
    for targets in (y, (y + dtype(0.25)) / 2):
        with unchanged(z, targets):
            value, gradient = getattr(naive, name)(z, targets)
        wanted_value, wanted = STABLE[name](z, targets)
        assert type(value) is float
        assert value == pytest.approx(wanted_value, rel=300 * float(np.finfo(dtype).eps))
        assert gradient.dtype == dtype
        np.testing.assert_allclose(gradient, wanted, rtol=0, atol=300 * float(np.finfo(dtype).eps))


@quiet
@both_precisions
@pytest.mark.parametrize(
    ("name", "works", "fails", "result"),
    [
        ("naive_sigmoid_quotient", (709.7, 88.7), (709.8, 88.8), NAN),
        ("naive_tanh", (709.7, 88.7), (709.8, 88.8), NAN),
        ("naive_tanh", (-709.7, -88.7), (-709.8, -88.8), NAN),
        ("naive_softplus", (709.7, 88.7), (709.8, 88.8), INF),
        ("naive_softplus", (-36.7, -16.6), (-36.8, -16.7), 0),
    ],
)
def test_each_form_fails_where_it_says(name, works, fails, result, dtype):
    single = dtype == np.float32
    z = works[single]
    if result == 0:
        assert call(name, z, dtype) > 0
    else:
        np.testing.assert_allclose(call(name, z, dtype), STABLE[name](dtype(z)), rtol=1e-5)
    np.testing.assert_array_equal(call(name, fails[single], dtype), result)


@both_precisions
def test_naive_sigmoid_only_warns(dtype):
    z = -709.8 if dtype == np.float64 else -88.8
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert call("naive_sigmoid", z, dtype) == 0


def test_naive_tanh_loses_its_digits_near_nought():
    for z in (1e-4, 1e-8, 1e-12, 1e-16):
        error = abs(call("naive_tanh", z) / np.tanh(z) - 1)
        assert error <= 2.3e-16 / z
    assert call("naive_tanh", 3e-17) == 0
    assert abs(call("naive_tanh", 1e-12) / 1e-12 - 1) > 1e-6


@quiet
@both_precisions
def test_naive_softmax_and_logsumexp_fail_at_both_ends(dtype):
    high, low = ((709.8, -746), (88.8, -104))[dtype == np.float32]
    assert np.isnan(call("naive_softmax", [high, 0], dtype)).tolist() == [True, False]
    assert np.isnan(call("naive_softmax", [low, low], dtype)).all()
    assert call("naive_logsumexp", [high, 0], dtype) == INF
    assert call("naive_logsumexp", [low, low], dtype) == -INF
    for z in ([high - 0.2, 0], [low + 1.5, low + 1.5]):
        assert np.isfinite(call("naive_softmax", z, dtype)).all()
        assert np.isfinite(call("naive_logsumexp", z, dtype))


@quiet
@both_precisions
def test_naive_binary_cross_entropy_fails_once_the_sigmoid_is_rounded_to_one(dtype):
    last, first = ((36.7, 36.8), (16.6, 16.7))[dtype == np.float32]
    for y in (0, 1):
        value, gradient = naive.naive_binary_cross_entropy(np.array([last], dtype), [y])
        assert np.isfinite(value)
        assert np.isfinite(gradient).all()
    value, gradient = naive.naive_binary_cross_entropy(np.array([first], dtype), [0])
    assert value == INF
    assert np.isnan(gradient).all()
    value, gradient = naive.naive_binary_cross_entropy(np.array([first], dtype), [1])
    assert np.isnan(value)
    assert np.isnan(gradient).all()


def test_naive_binary_cross_entropy_is_off_in_the_fourth_digit_at_thirty():
    value, _ = naive.naive_binary_cross_entropy([30.0], [0])
    assert 1e-5 < abs(value - 30) < 5e-3
    value, gradient = naive.naive_binary_cross_entropy([-700.0], [1])
    assert value == pytest.approx(700, rel=1e-13)
    assert gradient[0] == pytest.approx(-1, rel=1e-13)


@quiet
@both_precisions
def test_naive_softmax_cross_entropy_fails_once_a_probability_is_rounded_to_nought(dtype):
    last, first = ((745, 746), (103, 104))[dtype == np.float32]
    assert np.isfinite(naive.naive_softmax_cross_entropy(np.array([[0, -last]], dtype), [1])[0])
    for label in (0, 1):
        value, gradient = naive.naive_softmax_cross_entropy(np.array([[0, -first]], dtype), [label])
        assert not np.isfinite(value)
        assert np.isnan(gradient).any()
    assert np.isnan(naive.naive_softmax_cross_entropy(np.array([[1000.0, 0]], dtype), [0])[0])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("epsilon", [1e-7, 1e-3])
def test_clipped_cross_entropies_are_those_of_keras_from_probabilities(epsilon, keras, tf, rng):
    z, labels = tf.constant(rng.normal(0, 15, (40, 4))), rng.integers(0, 4, 40)
    y = one_hot(labels, 4, float)
    before = keras.config.epsilon()
    keras.config.set_epsilon(epsilon)
    try:
        for ours, head, theirs in (
            (naive.clipped_binary_cross_entropy, tf.sigmoid, keras.losses.BinaryCrossentropy()),
            (naive.clipped_softmax_cross_entropy, tf.nn.softmax, keras.losses.CategoricalCrossentropy()),
        ):
            with tf.GradientTape() as tape:
                tape.watch(z)
                expected = theirs(y, head(z))
            value, gradient = ours(z.numpy(), y, epsilon)
            assert value == pytest.approx(float(expected), rel=1e-10)
            wanted = tape.gradient(expected, z).numpy()
            np.testing.assert_allclose(gradient, wanted, rtol=1e-7, atol=1e-14)
            assert np.sum(~gradient.any(-1)) > 0 or ours is naive.clipped_binary_cross_entropy
    finally:
        keras.config.set_epsilon(before)


@pytest.mark.filterwarnings("error")
@both_precisions
def test_clipping_stops_a_confident_mistake_from_being_mended(dtype):
    """The true class 40 below the top: 16.118 and no gradient, where 40 and ±1 are right."""
    z = np.array([[0, 40]], dtype)
    value, gradient = naive.clipped_softmax_cross_entropy(z, [0])
    assert value == pytest.approx(16.118, abs=1e-3)
    assert gradient.tolist() == [[0, 0]]
    value, gradient = losses.softmax_cross_entropy(z, [0])
    assert value == 40
    np.testing.assert_allclose(gradient, [[-1, 1]], rtol=1e-6)
    value, gradient = naive.clipped_binary_cross_entropy(np.array([-40], dtype), [1])
    assert value == pytest.approx(16.118, abs=1e-3)
    assert gradient.tolist() == [0]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("epsilon", [1e-7, 1e-3])
def test_clipping_also_charges_for_a_certain_right_answer(epsilon):
    for cost, z, y in (
        (naive.clipped_binary_cross_entropy, [40.0], [1]),
        (naive.clipped_binary_cross_entropy, [-40.0], [0]),
        (naive.clipped_softmax_cross_entropy, [[40.0, 0]], [0]),
    ):
        value, gradient = cost(z, y, epsilon)
        assert value == pytest.approx(-math.log1p(-epsilon), rel=1e-6)
        assert not gradient.any()


@pytest.mark.filterwarnings("error")
def test_clipping_begins_at_sixteen():
    limit = math.log(1e7)
    for z, moves in ((-limit + 0.01, True), (-limit - 0.01, False)):
        assert naive.clipped_binary_cross_entropy([z], [1])[1].any() == moves
        assert naive.clipped_softmax_cross_entropy([[z, 0]], [0])[1].any() == moves


@pytest.mark.filterwarnings("error")
def test_costs_mean_over_the_batch_as_the_stable_ones_do(rng):
    z, labels = rng.normal(0, 2, (2, 3, 4)), rng.integers(0, 4, (2, 3))
    for name in ("naive_softmax_cross_entropy", "clipped_softmax_cross_entropy"):
        value, gradient = getattr(naive, name)(z, labels)
        a = scipy.special.softmax(z, -1)
        assert value == pytest.approx(-np.mean(np.log(a[one_hot(labels, 4) == 1])), rel=1e-12)
        np.testing.assert_allclose(gradient, (a - one_hot(labels, 4)) / 6, rtol=1e-9, atol=1e-15)
