import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.ops import dense, dense_vjp, flatten

pytestmark = pytest.mark.filterwarnings("error")


def arrays(rng, M=5, D=3, U=4, dtype=np.float64):
    return [rng.normal(size=shape).astype(dtype) for shape in ((M, D), (D, U), (U,), (M, U))]


def test_dense_agrees_with_a_slow_loop(rng):
    x, W, b, _ = arrays(rng)
    y = dense(x, W, b)
    assert y.shape == (5, 4)
    for m in range(5):
        for u in range(4):
            assert y[m, u] == pytest.approx(b[u] + sum(x[m, d] * W[d, u] for d in range(3)), rel=1e-13)


def test_gradients_agree_with_a_slow_loop(rng):
    x, W, _, dy = arrays(rng)
    dx, dW, db = dense_vjp(dy, x, W)
    assert (dx.shape, dW.shape, db.shape) == ((5, 3), (3, 4), (4,))
    for d in range(3):
        for m in range(5):
            assert dx[m, d] == pytest.approx(sum(dy[m, u] * W[d, u] for u in range(4)), rel=1e-12)
        for u in range(4):
            assert dW[d, u] == pytest.approx(sum(x[m, d] * dy[m, u] for m in range(5)), rel=1e-12)
    for u in range(4):
        assert db[u] == pytest.approx(sum(dy[m, u] for m in range(5)), rel=1e-12)


@pytest.mark.parametrize("units", [1, 4])
def test_gradients_agree_with_central_differences(units, rng, central_differences):
    x, W, b, dy = arrays(rng, U=units)
    got = dense_vjp(dy, x, W)
    wanted = (
        central_differences(lambda x: np.sum(dy * dense(x, W, b)), x),
        central_differences(lambda W: np.sum(dy * dense(x, W, b)), W),
        central_differences(lambda b: np.sum(dy * dense(x, W, b)), b),
    )
    for g, w in zip(got, wanted, strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-7, atol=1e-9)


def test_dense_and_its_gradients_agree_with_keras(keras, tf, rng):
    x, W, b, dy = arrays(rng, 6, 5, 3)
    layer = keras.layers.Dense(3)
    layer.build((None, 5))
    layer.set_weights([W, b])
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x)
    wanted = tape.gradient(y, [x, *layer.trainable_variables], output_gradients=tf.constant(dy))
    np.testing.assert_allclose(dense(x.numpy(), W, b), y.numpy(), rtol=1e-12)
    for g, w in zip(dense_vjp(dy, x.numpy(), W), wanted, strict=True):
        np.testing.assert_allclose(g, w.numpy(), rtol=1e-10)


def test_inputs_are_not_changed_and_results_are_new_arrays(rng, unchanged):
    x, W, b, dy = arrays(rng)
    with unchanged(x, W, b, dy):
        results = [dense(x, W, b), dense(x, W, b), *dense_vjp(dy, x, W), *dense_vjp(dy, x, W)]
    for i, result in enumerate(results):
        for other in (x, W, b, dy, *results[:i]):
            assert not np.shares_memory(result, other)


def test_gradients_are_written_where_asked(rng):
    x, W, _, dy = arrays(rng)
    _, wanted_dW, wanted_db = dense_vjp(dy, x, W)
    buffer = np.full(16, np.nan)
    _, dW, db = dense_vjp(dy, x, W, buffer[:12].reshape(3, 4), buffer[12:])
    assert np.shares_memory(dW, buffer)
    assert np.shares_memory(db, buffer)
    np.testing.assert_array_equal(buffer, np.concatenate([wanted_dW.ravel(), wanted_db]))


def test_without_dx_the_other_gradients_are_the_same(rng):
    x, W, _, dy = arrays(rng)
    dx, dW, db = dense_vjp(dy, x, W, need_dx=False)
    assert dx is None
    np.testing.assert_array_equal(dW, dense_vjp(dy, x, W)[1])
    np.testing.assert_array_equal(db, dense_vjp(dy, x, W)[2])


def test_single_precision_stays_single_and_agrees_with_double(rng):
    x, W, b, dy = arrays(rng, 7, 5, 3, np.float32)
    results = dense(x, W, b), *dense_vjp(dy, x, W)
    x, W, b, dy = (array.astype(float) for array in (x, W, b, dy))
    for got, wanted in zip(results, (dense(x, W, b), *dense_vjp(dy, x, W)), strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_the_vjp_is_the_adjoint_of_the_map(M, D, U, seed):
    """dy · (t W) equals dx · t and dW · W for every t: the map is linear in x and in W."""
    rng = np.random.default_rng(seed)
    x, W, _, dy = arrays(rng, M, D, U)
    dx, dW, _ = dense_vjp(dy, x, W)
    inner = np.vdot(dy, dense(x, W, np.zeros(U)))
    scale = np.abs(x).sum() * np.abs(W).sum() * np.abs(dy).sum() + 1
    assert np.vdot(dx, x) == pytest.approx(inner, abs=1e-12 * scale)
    assert np.vdot(dW, W) == pytest.approx(inner, abs=1e-12 * scale)


@pytest.mark.parametrize("shape", [(5, 3), (5, 3, 4), (5, 3, 4, 2)])
def test_flatten_makes_each_example_one_row(shape, rng):
    x = rng.normal(size=shape)
    assert flatten(x).tolist() == [list(example.flat) for example in x]
