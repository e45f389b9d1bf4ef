"""Softmax, its logarithm, and the cross-entropy of one class among several."""

import math

import mpmath as mp
import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from byhand.losses import (
    binary_cross_entropy,
    log_softmax,
    logsumexp,
    softmax,
    softmax_cross_entropy,
    softmax_vjp,
)
from byhand.targets import one_hot

pytestmark = pytest.mark.filterwarnings("error")
mp.mp.dps = 50

INF = float("inf")
FUNCTIONS = [softmax, log_softmax, logsumexp]
every_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
both_precisions = pytest.mark.parametrize("dtype", [np.float32, np.float64])
scores = arrays(np.float64, array_shapes(min_dims=1, max_dims=3, max_side=5), elements=st.floats(-1e6, 1e6))


def rows(dtype):
    """Rows of scores near and far apart, next to nothing and as large as numbers get."""
    info, rng = np.finfo(dtype), np.random.default_rng(3)
    spreads = [1e-30, 1e-3, 1, 10, 30, 100, 1000, 1e10, float(info.max) / 4]
    random = [spread * rng.uniform(-1, 1, 4) for spread in spreads for _ in range(12)]
    shifted = [shift + rng.normal(0, 5, 4) for shift in (-1e4, -700, -90, 90, 700, 1e4) for _ in range(5)]
    gaps = [np.array([0, -gap, -2 * gap, -gap / 2]) for gap in np.linspace(0, 760, 96)]
    ends = [np.array([info.max, -info.max, 0, info.max]), np.array([info.max, info.tiny, -info.max, 1])]
    return np.array([*random, *shifted, *gaps, *ends], dtype)


def exact_log_softmax(row):
    """log a at 50 digits or more, without losing what is small beside the largest."""
    z = [mp.mpf(float(value)) for value in row]
    largest = max(range(len(z)), key=lambda k: z[k])
    others = mp.fsum(mp.exp(z[k] - z[largest]) for k in range(len(z)) if k != largest)
    return [value - z[largest] - mp.log1p(others) for value in z]


def roundings(exact, dtype):
    """What log a may be off by: 4 roundings, and of a small one −e^−gap those of its gap.

    The gap between two scores is rounded before it goes into an exponential, whoever computes it.
    """
    info = np.finfo(dtype)
    gap = abs(mp.log(abs(exact))) if exact else 0
    return float(info.eps) * (4 + gap) * abs(exact) + 10 * mp.mpf(float(info.smallest_subnormal))


@both_precisions
def test_log_softmax_keeps_its_digits_over_the_whole_range(dtype):
    most = mp.mpf(float(np.finfo(dtype).max))
    for row, got in zip(rows(dtype), log_softmax(rows(dtype)), strict=True):
        for value, exact in zip(got, exact_log_softmax(row), strict=True):
            if exact < -most:
                assert value <= -float(most)
            else:
                assert abs(mp.mpf(float(value)) - exact) <= roundings(exact, dtype), (row, value)


@both_precisions
def test_softmax_keeps_its_digits_over_the_whole_range(dtype):
    """To a few roundings of a, and one of each difference of scores that goes into an exponential."""
    info = np.finfo(dtype)
    rest = 100 * mp.mpf(float(info.smallest_subnormal))
    for row, got in zip(rows(dtype), softmax(rows(dtype)), strict=True):
        for value, log_a in zip(got, exact_log_softmax(row), strict=True):
            exact = mp.exp(log_a)
            limit = float(info.eps) * (5 + min(abs(log_a), 1000)) * exact + rest
            assert abs(mp.mpf(float(value)) - exact) <= limit, (row, value)


@both_precisions
def test_logsumexp_is_right_to_a_rounding_of_its_terms_over_the_whole_range(dtype):
    eps = float(np.finfo(dtype).eps)
    for row, got in zip(rows(dtype), logsumexp(rows(dtype)), strict=True):
        exact = mp.mpf(float(row.max())) - max(exact_log_softmax(row))
        if exact > mp.mpf(float(np.finfo(dtype).max)):
            continue
        size = abs(mp.mpf(float(row.max()))) + abs(exact)
        assert abs(mp.mpf(float(got)) - exact) <= 2 * eps * size + roundings(exact, dtype), (row, got)


def test_logsumexp_keeps_a_small_sum_beside_a_largest_score_of_nought():
    assert logsumexp(np.array([0.0, -40.0])) == pytest.approx(4.248354255291589e-18, rel=1e-14)


@every_function
def test_values_agree_with_scipy(function, rng):
    z = rng.normal(0, 20, (6, 4, 5))
    by_scipy = getattr(scipy.special, function.__name__)(z, axis=-1)
    np.testing.assert_allclose(function(z), by_scipy, rtol=1e-13, atol=1e-15)


def test_values_and_gradients_agree_with_keras(keras, tf, rng):
    z, da = tf.constant(rng.normal(0, 3, (6, 5))), rng.normal(size=(6, 5))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(z)
        a, log_a = keras.activations.softmax(z), keras.activations.log_softmax(z)
        total = keras.ops.logsumexp(z, axis=-1)
    dz = tape.gradient(a, z, output_gradients=tf.constant(da)).numpy()
    np.testing.assert_allclose(softmax(z.numpy()), a.numpy(), rtol=1e-12)
    np.testing.assert_allclose(log_softmax(z.numpy()), log_a.numpy(), rtol=1e-10)
    np.testing.assert_allclose(logsumexp(z.numpy()), total.numpy(), rtol=1e-12)
    np.testing.assert_allclose(softmax_vjp(da, softmax(z.numpy())), dz, rtol=1e-10, atol=1e-15)


def test_gradient_through_softmax_is_its_jacobian_times_da(rng, central_differences, unchanged):
    z, da = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    a = softmax(z)
    with unchanged(da, a):
        dz = softmax_vjp(da, a)
    for m in range(4):
        np.testing.assert_allclose(
            dz[m], (np.diag(a[m]) - np.outer(a[m], a[m])) @ da[m], rtol=1e-12, atol=1e-16
        )
    slopes = central_differences(lambda at: np.sum(da * softmax(at)), z)
    np.testing.assert_allclose(dz, slopes, rtol=1e-7, atol=1e-9)


def test_gradient_of_logsumexp_is_softmax(rng, central_differences):
    z = rng.normal(0, 2, (3, 4))
    slopes = central_differences(lambda at: np.sum(logsumexp(at)), z)
    np.testing.assert_allclose(softmax(z), slopes, rtol=1e-7, atol=1e-9)


@given(scores)
def test_softmax_is_positive_and_sums_to_one(z):
    a = softmax(z)
    assert np.all((a >= 0) & (a <= 1))
    np.testing.assert_allclose(a.sum(-1), 1, rtol=1e-14)
    np.testing.assert_array_equal(a.argmax(-1), np.argmax(a == a.max(-1, keepdims=True), -1))
    assert np.all(np.take_along_axis(a, z.argmax(-1)[..., None], -1) == a.max(-1, keepdims=True))


@given(scores, st.integers(-(2**20), 2**20))
def test_shifting_all_scores_changes_no_probability(z, shift):
    z = np.round(z)  # whole numbers, so that the shift itself rounds nothing
    np.testing.assert_array_equal(softmax(z + shift), softmax(z))
    np.testing.assert_array_equal(log_softmax(z + shift), log_softmax(z))
    np.testing.assert_allclose(logsumexp(z + shift), logsumexp(z) + shift, rtol=1e-14, atol=1e-8)


@given(scores)
def test_logsumexp_lies_between_the_largest_and_that_plus_log_k(z):
    assert np.all(logsumexp(z) >= z.max(-1))
    assert np.all(logsumexp(z) <= z.max(-1) + math.log(z.shape[-1]) + 1e-9)


@given(st.floats(-700, 700), st.floats(-700, 700))
def test_with_two_classes_softmax_is_the_sigmoid_of_the_difference(z0, z1):
    a = softmax(np.array([z0, z1]))
    np.testing.assert_allclose(a, scipy.special.expit([z0 - z1, z1 - z0]), rtol=1e-12, atol=1e-300)
    value = softmax_cross_entropy(np.array([[z0, z1]]), [1])[0]
    assert value == pytest.approx(binary_cross_entropy([z1 - z0], [1])[0], rel=1e-12)


@both_precisions
@every_function
@pytest.mark.parametrize("shape", [(4,), (1,), (5, 3), (2, 3, 4)])
def test_shape_and_dtype_are_kept_and_the_input_is_not_changed(function, shape, dtype, rng, unchanged):
    z = rng.normal(0, 3, shape).astype(dtype)
    with unchanged(z):
        got = function(z)
    assert got.dtype == dtype
    assert got.shape == (shape[:-1] if function is logsumexp else shape)
    np.testing.assert_allclose(got, function(z.astype(float)), rtol=1e-6, atol=1e-6)
    assert function(np.ones(shape, int)).dtype == np.float64
    np.testing.assert_array_equal(function(z.tolist()), function(z.astype(float)))


@both_precisions
def test_infinite_scores_give_the_limits(dtype):
    z = np.array([[INF, 0, -INF], [-INF, 3, -INF], [1, -INF, 1]], dtype)
    assert softmax(z).tolist() == [[1, 0, 0], [0, 1, 0], [0.5, 0, 0.5]]
    half = float(dtype(-math.log(2)))
    assert log_softmax(z).tolist() == [[0, -INF, -INF], [-INF, 0, -INF], [half, -INF, half]]
    assert logsumexp(z).tolist() == [INF, 3, dtype(1) - dtype(half)]
    assert logsumexp(np.array([[INF, INF], [-INF, -INF], [-INF, INF]], dtype)).tolist() == [INF, -INF, INF]
    assert softmax(np.array([INF], dtype)).tolist() == softmax(np.array([-INF], dtype)).tolist() == [1]


@every_function
def test_what_is_not_a_number_spoils_its_own_row_only(function):
    got = function(np.array([[np.nan, 1.0], [0, 0]]))
    assert np.isnan(got[0]).all()
    assert not np.isnan(got[1]).any()


# ---- cross-entropy


@pytest.mark.parametrize("shape", [(6, 5), (1, 3), (2, 3, 4)])
def test_labels_and_one_hot_rows_give_the_same(shape, rng, unchanged):
    z, labels = rng.normal(0, 3, shape), rng.integers(0, shape[-1], shape[:-1])
    with unchanged(z, labels):
        value, gradient = softmax_cross_entropy(z, labels)
    for y in (one_hot(labels, shape[-1]), np.eye(shape[-1])[labels], np.eye(shape[-1], dtype=bool)[labels]):
        assert softmax_cross_entropy(z, y)[0] == value
        np.testing.assert_array_equal(softmax_cross_entropy(z, y)[1], gradient)
    assert softmax_cross_entropy(z, labels.tolist())[0] == value
    assert softmax_cross_entropy(z, labels.astype(np.uint8))[0] == value


def test_value_and_gradient_agree_with_keras_for_labels(keras, tf, rng):
    z, labels = tf.constant(rng.normal(0, 4, (7, 5))), rng.integers(0, 5, 7)
    with tf.GradientTape() as tape:
        tape.watch(z)
        expected = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, z)
    value, gradient = softmax_cross_entropy(z.numpy(), labels)
    assert value == pytest.approx(float(expected), rel=1e-12)
    np.testing.assert_allclose(gradient, tape.gradient(expected, z).numpy(), rtol=1e-10, atol=1e-16)


def test_one_example_can_come_without_its_axis():
    value, gradient = softmax_cross_entropy([2, 1, 0], 0)
    assert value == softmax_cross_entropy([[2, 1, 0]], [0])[0]
    assert gradient.shape == (3,)


def test_value_is_the_mean_over_examples_of_the_true_class_alone(rng):
    z, labels = rng.normal(0, 2, (5, 4)), [3, 0, 1, 1, 2]
    total = 0.0
    for row, y in zip(z, labels, strict=True):
        total -= math.log(math.exp(row[y]) / sum(math.exp(score) for score in row))
    value, gradient = softmax_cross_entropy(z, labels)
    assert value == pytest.approx(total / 5, rel=1e-12)
    np.testing.assert_allclose(gradient, (softmax(z) - np.eye(4)[labels]) / 5, rtol=1e-13)


@both_precisions
def test_cross_entropy_keeps_its_digits_over_the_whole_range(dtype):
    eps = float(np.finfo(dtype).eps)
    for row in rows(dtype):
        exact = exact_log_softmax(row)
        for label in range(4):
            if -exact[label] > mp.mpf(float(np.finfo(dtype).max)):
                continue
            value, gradient = softmax_cross_entropy(row[None], [label])
            assert abs(mp.mpf(value) + exact[label]) <= roundings(exact[label], dtype), (row, label)
            for k in range(4):
                wanted = mp.exp(exact[k]) - (k == label)
                assert abs(mp.mpf(float(gradient[0, k])) - wanted) <= 4 * eps, (row, label)


@both_precisions
def test_cross_entropy_of_infinite_logits_is_the_limit(dtype):
    z = np.array([[INF, 0, -INF]], dtype)
    assert softmax_cross_entropy(z, [0])[0] == 0
    assert softmax_cross_entropy(z, [0])[1].tolist() == [[0, 0, 0]]
    assert softmax_cross_entropy(z, [1])[0] == INF
    assert softmax_cross_entropy(z, [1])[1].tolist() == [[1, -1, 0]]
    assert softmax_cross_entropy(z, [[0.5, 0.5, 0]])[0] == INF


def test_a_certain_right_answer_costs_plain_nought():
    value, _ = softmax_cross_entropy(np.array([[1000.0, 0]]), [0])
    assert math.copysign(1, value) == 1
    assert value == 0


def test_the_gradient_of_every_row_sums_to_nought(rng):
    _, gradient = softmax_cross_entropy(rng.normal(0, 3, (8, 6)), rng.integers(0, 6, 8))
    np.testing.assert_allclose(gradient.sum(-1), 0, atol=1e-16)


@both_precisions
def test_one_hot_rows_have_one_at_the_label(dtype):
    y = one_hot([2, 0], 3, dtype)
    assert y.dtype == dtype
    assert y.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert one_hot(np.array([[1], [0]]), 2).tolist() == [[[0, 1]], [[1, 0]]]
    assert one_hot(1, 2).dtype == np.float32
