import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.convolution import convolution
from byhand.locally_connected import locally_connected, locally_connected_vjp

pytestmark = pytest.mark.filterwarnings("error")

SIZE = 4  # of the window; 2 examples of 13 samples in 3 channels, 5 filters
STRIDES = pytest.mark.parametrize("stride", [1, 2, 6])


def arrays(rng, stride, dtype=np.float64):
    places = (13 - SIZE) // stride + 1
    shapes = (2, 13, 3), (places, SIZE * 3, 5), (places, 5), (2, places, 5)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def everything(x, W, b, dy, stride):
    return locally_connected(x, W, b, SIZE, stride=stride), *locally_connected_vjp(
        dy, x, W, SIZE, stride=stride
    )


@STRIDES
def test_it_is_a_dense_layer_of_keras_in_every_place(stride, keras, tf, rng):
    """Keras 3 has no such layer, so its Dense stands in every place, and TensorFlow cuts the windows."""
    x, W, b, dy = arrays(rng, stride)
    at, outputs, layers = tf.constant(x), [], []
    with tf.GradientTape() as tape:
        tape.watch(at)
        for place in range(len(W)):
            layers.append(keras.layers.Dense(5))
            layers[-1].build((None, SIZE * 3))
            layers[-1].set_weights([W[place], b[place]])
            window = at[:, place * stride : place * stride + SIZE]
            outputs.append(layers[-1](tf.reshape(window, (2, -1))))
        y = tf.stack(outputs, axis=1)
    variables = [[layer.kernel for layer in layers], [layer.bias for layer in layers]]
    dx, dW, db = tape.gradient(y, [at, *variables], output_gradients=tf.constant(dy))
    wanted = y.numpy(), dx.numpy(), np.stack(dW), np.stack(db)
    for got, want in zip(everything(x, W, b, dy, stride), wanted, strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-10, atol=1e-13)


@STRIDES
def test_value_agrees_with_a_slow_loop(stride, rng):
    x, W, b, _ = arrays(rng, stride)
    y = locally_connected(x, W, b, SIZE, stride=stride)
    for m, place, u in np.ndindex(y.shape):
        wanted = b[place, u]
        for i, c in np.ndindex(SIZE, 3):
            wanted += x[m, place * stride + i, c] * W[place, 3 * i + c, u]
        assert y[m, place, u] == pytest.approx(wanted, rel=1e-11, abs=1e-13)


@STRIDES
def test_gradients_agree_with_central_differences(stride, rng, central_differences):
    x, W, b, dy = arrays(rng, stride)
    wanted = (
        central_differences(lambda x: np.sum(dy * locally_connected(x, W, b, SIZE, stride=stride)), x),
        central_differences(lambda W: np.sum(dy * locally_connected(x, W, b, SIZE, stride=stride)), W),
        central_differences(lambda b: np.sum(dy * locally_connected(x, W, b, SIZE, stride=stride)), b),
    )
    for g, w in zip(locally_connected_vjp(dy, x, W, SIZE, stride=stride), wanted, strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-7, atol=1e-8)


@STRIDES
def test_with_the_same_weights_everywhere_it_is_a_convolution(stride, rng):
    x, W, b, _ = arrays(rng, stride)
    W[:], b[:] = W[0], b[0]
    wanted = convolution(x, W[0].reshape(SIZE, 3, 5), b[0], stride=stride)
    np.testing.assert_allclose(
        locally_connected(x, W, b, SIZE, stride=stride), wanted, rtol=1e-12, atol=1e-13
    )


@given(st.integers(1, 6), st.integers(0, 99))
def test_the_vjp_is_the_adjoint_of_the_map(stride, seed):
    x, W, b, dy = arrays(np.random.default_rng(seed), stride)
    y, dx, dW, _ = everything(x, W, 0 * b, dy, stride)
    assert np.vdot(dx, x) == pytest.approx(np.vdot(dy, y), abs=1e-10)
    assert np.vdot(dW, W) == pytest.approx(np.vdot(dy, y), abs=1e-10)


@STRIDES
def test_single_precision_stays_single_and_agrees_with_double(stride, rng):
    single = arrays(rng, stride, np.float32)
    exact = everything(*(array.astype(float) for array in single), stride)
    for got, wanted in zip(everything(*single, stride), exact, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())


def test_inputs_are_not_changed_and_results_are_new_arrays(rng, unchanged):
    x, W, b, dy = arrays(rng, 2)
    with unchanged(x, W, b, dy):
        results = [*everything(x, W, b, dy, 2), *everything(x, W, b, dy, 2)]
    for i, result in enumerate(results):
        for other in (x, W, b, dy, *results[:i]):
            assert not np.shares_memory(result, other)


def test_gradients_are_written_where_asked_and_dx_only_if_needed(rng):
    x, W, b, dy = arrays(rng, 2)
    _, wanted_dW, wanted_db = locally_connected_vjp(dy, x, W, SIZE, stride=2)
    buffer = np.full(W.size + b.size, np.nan)
    dW, db = buffer[: W.size].reshape(W.shape), buffer[W.size :].reshape(b.shape)
    dx, got_dW, got_db = locally_connected_vjp(dy, x, W, SIZE, dW, db, need_dx=False, stride=2)
    assert dx is None
    assert got_dW is dW
    assert got_db is db
    np.testing.assert_array_equal(buffer, np.concatenate([wanted_dW.ravel(), wanted_db.ravel()]))
