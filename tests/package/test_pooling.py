import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.pooling import average_pooling, average_pooling_vjp, max_pooling, max_pooling_vjp

pytestmark = pytest.mark.filterwarnings("error")

# input, size of the window, stride; every size another, none of them 1
WINDOWS = {
    "signal": ((2, 13, 3), 4, None),
    "signal, overlapping": ((2, 13, 3), 5, 2),
    "signal, with gaps": ((2, 13, 3), 2, 5),
    "picture": ((2, 9, 14, 3), (4, 5), None),
    "picture, overlapping": ((2, 9, 14, 3), (4, 5), (2, 3)),
    "picture, with gaps": ((2, 9, 14, 3), 2, (4, 3)),
}
every_window = pytest.mark.parametrize("case", list(WINDOWS))
both_paddings = pytest.mark.parametrize("padding", ["valid", "same"])
both_kinds = pytest.mark.parametrize("kind", ["max", "average"])


def pool(kind, x, size, **window):
    return {"max": max_pooling, "average": average_pooling}[kind](x, size, **window)


def pool_vjp(kind, dy, x, size, **window):
    if kind == "max":
        return max_pooling_vjp(dy, x, max_pooling(x, size, **window), size, **window)
    return average_pooling_vjp(dy, x, size, **window)


def setting(case, padding, rng, dtype=np.float64):
    shape, size, stride = WINDOWS[case]
    x, window = rng.normal(size=shape).astype(dtype) - 5, {"stride": stride, "padding": padding}
    return x, size, window, rng.normal(size=max_pooling(x, size, **window).shape).astype(dtype)


def keras_layer(keras, kind, x, size, stride, padding):
    name = f"{'Max' if kind == 'max' else 'Average'}Pooling{x.ndim - 2}D"
    return getattr(keras.layers, name)(size, stride, padding)


def test_the_largest_and_the_mean_can_be_read_off():
    x = np.array([[3.0, 1, 4, 1, 5]])[..., None]
    assert max_pooling(x, 2).ravel().tolist() == [3, 4]
    assert max_pooling(x, 2, padding="same").ravel().tolist() == [3, 4, 5]
    assert average_pooling(x, 2).ravel().tolist() == [2, 2.5]
    assert average_pooling(x, 2, padding="same").ravel().tolist() == [2, 2.5, 5]
    assert max_pooling(x, 3, stride=1).ravel().tolist() == [4, 4, 5]


@both_kinds
@both_paddings
@every_window
def test_value_and_gradient_agree_with_keras(case, padding, kind, keras, tf, rng):
    x, size, window, dy = setting(case, padding, rng)
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = keras_layer(keras, kind, x, size, window["stride"], padding)(at)
    wanted = tape.gradient(y, at, output_gradients=tf.constant(dy))
    np.testing.assert_allclose(pool(kind, x, size, **window), y.numpy(), rtol=1e-10)
    np.testing.assert_allclose(pool_vjp(kind, dy, x, size, **window), wanted.numpy(), rtol=1e-10, atol=1e-14)


@both_paddings
@every_window
def test_ties_are_broken_as_in_tensorflow(case, padding, keras, tf, rng):
    """Zeros and ones, as after a ReLU: nearly every window has several largest values."""
    x, size, window, dy = setting(case, padding, rng)
    x = np.round(rng.random(x.shape))
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = keras_layer(keras, "max", x, size, window["stride"], padding)(at)
    wanted = tape.gradient(y, at, output_gradients=tf.constant(dy))
    np.testing.assert_allclose(pool_vjp("max", dy, x, size, **window), wanted.numpy(), rtol=1e-10, atol=1e-14)


def test_the_first_of_equal_values_takes_all_row_by_row():
    x = np.ones((1, 2, 3, 1))
    x[0, 0, 0] = 0
    y = max_pooling(x, (2, 3))
    dx = max_pooling_vjp(np.full(y.shape, 7.0), x, y, (2, 3))
    assert dx[0, :, :, 0].tolist() == [[0, 7, 0], [0, 0, 0]]


@both_kinds
@both_paddings
@every_window
def test_value_and_gradient_agree_with_a_slow_loop(case, padding, kind, rng):
    x, size, window, dy = setting(case, padding, rng)
    axes = x.ndim - 2
    size_, stride = np.broadcast_to(size, axes), np.broadcast_to(window["stride"] or size, axes)
    missing = np.maximum((np.array(dy.shape[1:-1]) - 1) * stride + size_ - x.shape[1:-1], 0)
    start = -(missing // 2) if padding == "same" else 0 * missing
    y, dx = np.empty(dy.shape), np.zeros(x.shape)
    for m, *place, c in np.ndindex(dy.shape):
        low = start + np.array(place) * stride
        part = tuple(
            slice(max(a, 0), min(a + k, n)) for a, k, n in zip(low, size_, x.shape[1:-1], strict=True)
        )
        seen = x[(m, *part, c)]
        y[(m, *place, c)] = seen.max() if kind == "max" else seen.mean()
        share = seen == seen.max() if kind == "max" else np.full(seen.shape, 1 / seen.size)
        dx[(m, *part, c)] += share * dy[(m, *place, c)]
    np.testing.assert_allclose(pool(kind, x, size, **window), y, rtol=1e-12)
    np.testing.assert_allclose(pool_vjp(kind, dy, x, size, **window), dx, rtol=1e-12, atol=1e-14)


@both_kinds
@both_paddings
@every_window
def test_gradient_agrees_with_central_differences(case, padding, kind, rng, central_differences):
    x, size, window, dy = setting(case, padding, rng)
    wanted = central_differences(lambda x: np.sum(dy * pool(kind, x, size, **window)), x)
    np.testing.assert_allclose(pool_vjp(kind, dy, x, size, **window), wanted, rtol=1e-7, atol=1e-8)


@given(st.sampled_from(list(WINDOWS)), st.sampled_from(["valid", "same"]), st.integers(0, 99))
def test_the_gradient_of_the_mean_is_its_adjoint(case, padding, seed):
    x, size, window, dy = setting(case, padding, np.random.default_rng(seed))
    y, dx = average_pooling(x, size, **window), average_pooling_vjp(dy, x, size, **window)
    assert np.vdot(dy, y) == pytest.approx(np.vdot(dx, x), abs=1e-11)


@both_kinds
@both_paddings
@every_window
def test_single_precision_stays_single_and_agrees_with_double(case, padding, kind, rng):
    x, size, window, dy = setting(case, padding, rng, np.float32)
    results = pool(kind, x, size, **window), pool_vjp(kind, dy, x, size, **window)
    x, dy = x.astype(float), dy.astype(float)
    for got, wanted in zip(
        results, (pool(kind, x, size, **window), pool_vjp(kind, dy, x, size, **window)), strict=True
    ):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6)


@both_kinds
@both_paddings
def test_inputs_are_not_changed_and_results_are_new_arrays(kind, padding, rng, unchanged):
    x, size, window, dy = setting("picture, overlapping", padding, rng)
    with unchanged(x, dy):
        results = [pool(kind, x, size, **window), pool_vjp(kind, dy, x, size, **window)]
        results += [pool(kind, x, 1), pool_vjp(kind, x, x, 1)]
    for i, result in enumerate(results):
        for other in (x, dy, *results[:i]):
            assert not np.shares_memory(result, other)


def test_whole_numbers_have_a_largest_too():
    x = np.array([[-3, -8, -5]])[..., None]
    assert max_pooling(x, 2, padding="same").ravel().tolist() == [-3, -5]
    assert max_pooling(x, 2, padding="same").dtype == x.dtype
    assert average_pooling(x, 2, padding="same").ravel().tolist() == [-5.5, -5]


def test_an_infinite_value_is_the_largest_beside_a_margin():
    """The first window holds a margin and +inf; the gradient is for the entry, not for the margin."""
    x, dy = np.array([np.inf, 1, 2, 5, 3]).reshape(1, 5, 1), np.array([10.0, 20, 30]).reshape(1, 3, 1)
    window = {"stride": 2, "padding": "same"}
    y = max_pooling(x, 3, **window)
    assert y.ravel().tolist() == [np.inf, 5, 5]
    assert max_pooling_vjp(dy, x, y, 3, **window).ravel().tolist() == [10, 0, 0, 50, 0]


def test_minus_infinity_is_the_largest_beside_a_margin():
    """A margin never takes the gradient of a window in which all else is −∞."""
    x, dy = np.array([-np.inf, -np.inf, 1]).reshape(1, 3, 1), np.array([10.0, 20, 30]).reshape(1, 3, 1)
    window = {"stride": 1, "padding": "same"}
    y = max_pooling(x, 3, **window)
    assert y.ravel().tolist() == [-np.inf, 1, 1]
    assert max_pooling_vjp(dy, x, y, 3, **window).ravel().tolist() == [10, 0, 50]


def test_whole_numbers_have_a_gradient_beside_a_margin():
    x, dy = np.array([-3, -8, -5]).reshape(1, 3, 1), np.array([10.0, 20]).reshape(1, 2, 1)
    y = max_pooling(x, 2, padding="same")
    assert max_pooling_vjp(dy, x, y, 2, padding="same").ravel().tolist() == [10, 0, 20]
