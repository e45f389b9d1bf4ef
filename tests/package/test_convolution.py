import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import convolve, correlate

from byhand import convolution as module
from byhand.convolution import convolution, convolution_vjp

pytestmark = pytest.mark.filterwarnings("error")

# shapes: input, kernel; every size another, none of them 1
SIGNAL = (2, 13, 3), (4, 3, 5)
PICTURE = (2, 11, 13, 3), (4, 5, 3, 7)
WINDOWS = {
    "signal": (SIGNAL, 1, 1),
    "signal, stride 2": (SIGNAL, 2, 1),
    "signal, stride 6": (SIGNAL, 6, 1),
    "signal, dilation 3": (SIGNAL, 1, 3),
    "picture": (PICTURE, 1, 1),
    "picture, strides 2 and 3": (PICTURE, (2, 3), 1),
    "picture, stride 6": (PICTURE, 6, 1),
    "picture, dilations 3 and 2": (PICTURE, 1, (3, 2)),
}
every_window = pytest.mark.parametrize("case", list(WINDOWS))
both_paddings = pytest.mark.parametrize("padding", ["valid", "same"])


def arrays(rng, sizes, dtype=np.float64, **window):
    """x, W, b and a gradient dy for them."""
    x, W = (rng.normal(size=shape).astype(dtype) for shape in sizes)
    b = rng.normal(size=W.shape[-1:]).astype(dtype)
    return x, W, b, rng.normal(size=convolution(x, W, b, **window).shape).astype(dtype)


def settings(case, padding):
    sizes, stride, dilation = WINDOWS[case]
    return sizes, {"stride": stride, "padding": padding, "dilation": dilation}


@both_paddings
@every_window
def test_value_and_gradients_agree_with_keras(case, padding, keras, tf, rng):
    sizes, window = settings(case, padding)
    x, W, b, dy = arrays(rng, sizes, **window)
    kind = keras.layers.Conv1D if x.ndim == 3 else keras.layers.Conv2D
    layer = kind(len(b), W.shape[:-2], window["stride"], padding, dilation_rate=window["dilation"])
    layer.build((None, *x.shape[1:]))
    layer.set_weights([W, b])
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        y = layer(at)
    wanted = tape.gradient(y, [at, *layer.trainable_variables], output_gradients=tf.constant(dy))
    np.testing.assert_allclose(convolution(x, W, b, **window), y.numpy(), rtol=1e-10, atol=1e-13)
    for got, want in zip(convolution_vjp(dy, x, W, **window), wanted, strict=True):
        np.testing.assert_allclose(got, want.numpy(), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("sizes", [SIGNAL, PICTURE])
def test_without_padding_it_is_the_cross_correlation_of_scipy(sizes, rng):
    x, W, b, _ = arrays(rng, sizes)
    y = convolution(x, W, b)
    for m in range(len(x)):
        for u in range(len(b)):
            wanted = b[u] + correlate(x[m], W[..., u], mode="valid")[..., 0]
            np.testing.assert_allclose(y[m, ..., u], wanted, rtol=1e-10, atol=1e-13)


def test_with_the_kernel_flipped_it_is_the_convolution_of_mathematics(rng):
    x, W, b, _ = arrays(rng, ((2, 13, 3), (5, 3, 4)))
    y = convolution(x, W[::-1], b, padding="same")
    for m, u in np.ndindex(2, 4):
        wanted = b[u] + sum(convolve(x[m, :, c], W[:, c, u], mode="same") for c in range(3))
        np.testing.assert_allclose(y[m, :, u], wanted, rtol=1e-10, atol=1e-13)


@both_paddings
@every_window
def test_value_and_gradients_agree_with_a_slow_loop(case, padding, rng):
    """Every weight is met once for every place of its window; the loop asks which sample it falls on."""
    sizes, window = settings(case, padding)
    x, W, b, dy = arrays(rng, sizes, **window)
    axes = x.ndim - 2
    s, d = (np.broadcast_to(window[name], axes) for name in ("stride", "dilation"))
    missing = [
        max((out - 1) * step + (k - 1) * hole + 1 - n, 0) if padding == "same" else 0
        for out, step, k, hole, n in zip(dy.shape[1:-1], s, W.shape, d, x.shape[1:], strict=False)
    ]
    before = np.array(missing) // 2
    y, dx, dW = np.zeros(dy.shape) + b, np.zeros(x.shape), np.zeros(W.shape)
    for place in np.ndindex(dy.shape[1:-1]):
        for entry in np.ndindex(W.shape[:-2]):
            at = np.array(place) * s + np.array(entry) * d - before
            if (at < 0).any() or (at >= x.shape[1:-1]).any():
                continue
            here, there = (slice(None), *place), (slice(None), *at)
            y[here] += np.einsum("mc,cu->mu", x[there], W[entry])
            dx[there] += np.einsum("mu,cu->mc", dy[here], W[entry])
            dW[entry] += np.einsum("mc,mu->cu", x[there], dy[here])
    np.testing.assert_allclose(convolution(x, W, b, **window), y, rtol=1e-10, atol=1e-13)
    got = convolution_vjp(dy, x, W, **window)
    for g, w in zip(got, (dx, dW, sum(dy.reshape(-1, len(b)))), strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-10, atol=1e-13)


@both_paddings
@pytest.mark.parametrize("case", ["signal, stride 2", "picture, dilations 3 and 2"])
def test_gradients_agree_with_central_differences(case, padding, rng, central_differences):
    _, window = settings(case, padding)
    sizes = ((2, 7, 3), (4, 3, 5)) if "signal" in case else ((2, 8, 9, 3), (3, 4, 3, 5))
    x, W, b, dy = arrays(rng, sizes, **window)
    wanted = (
        central_differences(lambda x: np.sum(dy * convolution(x, W, b, **window)), x),
        central_differences(lambda W: np.sum(dy * convolution(x, W, b, **window)), W),
        central_differences(lambda b: np.sum(dy * convolution(x, W, b, **window)), b),
    )
    for g, w in zip(convolution_vjp(dy, x, W, **window), wanted, strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-7, atol=1e-8)


@given(st.sampled_from([*WINDOWS.values()]), st.sampled_from(["valid", "same"]), st.integers(0, 99))
def test_the_vjp_is_the_adjoint_of_the_map(case, padding, seed):
    """dy · conv(t, W) equals dx · t, and dW · W: the map is linear in x and in W."""
    sizes, stride, dilation = case
    window = {"stride": stride, "padding": padding, "dilation": dilation}
    x, W, b, dy = arrays(np.random.default_rng(seed), sizes, **window)
    dx, dW, _ = convolution_vjp(dy, x, W, **window)
    inner = np.vdot(dy, convolution(x, W, 0 * b, **window))
    scale = np.linalg.norm(dy) * np.linalg.norm(x) * np.linalg.norm(W)
    assert np.vdot(dx, x) == pytest.approx(inner, abs=1e-13 * scale)
    assert np.vdot(dW, W) == pytest.approx(inner, abs=1e-13 * scale)


@given(st.integers(1, 3), st.integers(0, 4), st.integers(0, 99))
def test_a_shifted_signal_gives_a_shifted_convolution(stride, steps, seed):
    x, W, b, _ = arrays(np.random.default_rng(seed), ((2, 30, 3), (4, 3, 5)))
    y = convolution(x, W, b, stride=stride)
    later = convolution(np.roll(x, stride * steps, axis=1), W, b, stride=stride)
    np.testing.assert_allclose(later[:, steps:], y[:, : y.shape[1] - steps], rtol=1e-12, atol=1e-12)


@given(st.integers(0, 3), st.integers(0, 4), st.integers(0, 99))
def test_a_shifted_picture_gives_a_shifted_convolution(down, right, seed):
    x, W, b, _ = arrays(np.random.default_rng(seed), ((2, 9, 12, 3), (3, 2, 3, 4)))
    y = convolution(x, W, b)
    moved = convolution(np.roll(x, (down, right), axis=(1, 2)), W, b)
    np.testing.assert_allclose(
        moved[:, down:, right:], y[:, : 7 - down, : 11 - right], rtol=1e-12, atol=1e-12
    )


@both_paddings
@every_window
def test_single_precision_stays_single_and_agrees_with_double(case, padding, rng):
    sizes, window = settings(case, padding)
    x, W, b, dy = arrays(rng, sizes, np.float32, **window)
    results = convolution(x, W, b, **window), *convolution_vjp(dy, x, W, **window)
    x, W, b, dy = (array.astype(float) for array in (x, W, b, dy))
    exact = convolution(x, W, b, **window), *convolution_vjp(dy, x, W, **window)
    for got, wanted in zip(results, exact, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())


@both_paddings
@pytest.mark.parametrize("sizes", [SIGNAL, PICTURE])
def test_inputs_are_not_changed_and_results_are_new_arrays(sizes, padding, rng, unchanged):
    x, W, b, dy = arrays(rng, sizes, padding=padding)
    with unchanged(x, W, b, dy):
        results = [convolution(x, W, b, padding=padding) for _ in range(2)]
        results += [*convolution_vjp(dy, x, W, padding=padding), *convolution_vjp(dy, x, W, padding=padding)]
    for i, result in enumerate(results):
        for other in (x, W, b, dy, *results[:i]):
            assert not np.shares_memory(result, other)


@pytest.mark.parametrize("sizes", [SIGNAL, PICTURE])
def test_gradients_are_written_where_asked(sizes, rng):
    x, W, b, dy = arrays(rng, sizes)
    _, wanted_dW, wanted_db = convolution_vjp(dy, x, W)
    buffer = np.full(W.size + b.size, np.nan)
    _, dW, db = convolution_vjp(dy, x, W, buffer[: W.size].reshape(W.shape), buffer[W.size :])
    assert np.shares_memory(dW, buffer)
    assert np.shares_memory(db, buffer)
    np.testing.assert_array_equal(buffer, np.concatenate([wanted_dW.ravel(), wanted_db]))


def test_a_target_that_can_not_be_seen_as_a_matrix_is_written_all_the_same(rng):
    x, W, _, dy = arrays(rng, SIGNAL)
    target = np.full((5, 3, 4), np.nan).T
    assert convolution_vjp(dy, x, W, target)[1] is target
    np.testing.assert_array_equal(target, convolution_vjp(dy, x, W)[1])


def test_a_kernel_in_whole_numbers_has_a_gradient_in_floating_point():
    x, W = np.array([[[1], [4], [9], [16]]]), np.array([[[-1]], [[1]]])
    y = convolution(x, W, np.zeros(1, int))
    assert y.ravel().tolist() == [3, 5, 7]
    dx, dW, db = convolution_vjp(np.array([[[0.5], [0.5], [0.5]]]), x, W)
    assert dx.ravel().tolist() == [-0.5, 0, 0, 0.5]
    assert dW.ravel().tolist() == [7, 14.5]
    assert db.tolist() == [1.5]


def test_without_dx_the_other_gradients_are_the_same(rng):
    x, W, _, dy = arrays(rng, SIGNAL)
    dx, dW, db = convolution_vjp(dy, x, W, need_dx=False)
    assert dx is None
    np.testing.assert_array_equal(dW, convolution_vjp(dy, x, W)[1])
    np.testing.assert_array_equal(db, convolution_vjp(dy, x, W)[2])


def test_how_many_examples_are_copied_at_once_changes_nothing(rng, monkeypatch):
    x, W, b, dy = arrays(rng, ((7, 13, 3), (4, 3, 5)))
    at_once = convolution(x, W, b), *convolution_vjp(dy, x, W)
    for size in (1, 2 * 10 * 12 * 8, 10**9):
        monkeypatch.setattr(module, "CACHE", size)
        for got, wanted in zip((convolution(x, W, b), *convolution_vjp(dy, x, W)), at_once, strict=True):
            np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-13)


def test_few_patches_are_copied_at_once(rng, monkeypatch):
    copied, rows = [], module._rows
    monkeypatch.setattr(module, "_rows", lambda seen, W: copied.append(seen.nbytes) or rows(seen, W))
    x, W, _, dy = arrays(rng, ((64, 20, 21, 3), (5, 4, 3, 2)))
    convolution_vjp(dy, x, W)
    assert max(copied) <= module.CACHE
    assert len(copied) > 20


def test_a_kernel_as_large_as_the_picture_is_a_dense_layer(rng):
    x, W, b, _ = arrays(rng, ((4, 6, 5, 3), (6, 5, 3, 2)))
    wanted = x.reshape(4, -1) @ W.reshape(-1, 2) + b
    np.testing.assert_allclose(convolution(x, W, b).reshape(4, 2), wanted, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("double", ["x", "W", "b"])
def test_one_array_in_double_precision_makes_the_result_double(double):
    sizes = {"x": (2, 9, 3), "W": (4, 3, 5), "b": (5,)}
    arrays = {
        name: np.ones(size, np.float64 if name == double else np.float32) for name, size in sizes.items()
    }
    assert convolution(**arrays).dtype == np.float64


@pytest.mark.parametrize("double", ["x", "dy"])
def test_one_array_in_double_precision_makes_the_gradient_of_the_weights_double(double):
    sizes = {"dy": (2, 6, 5), "x": (2, 9, 3), "W": (4, 3, 5)}
    arrays = {
        name: np.ones(size, np.float64 if name == double else np.float32) for name, size in sizes.items()
    }
    assert convolution_vjp(**arrays)[1].dtype == np.float64
