from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from byhand import initializers
from byhand.activations import ACTIVATIONS
from byhand.layers import Dense, is_count

pytestmark = pytest.mark.filterwarnings("error")
every_activation = pytest.mark.parametrize("activation", sorted(ACTIVATIONS))


def setting(rng, M=6, D=5, U=3, dtype=np.float64):
    return [rng.normal(size=shape).astype(dtype) for shape in ((M, D), (D, U), (U,), (M, U))]


@every_activation
def test_forward_and_backward_agree_with_keras(activation, keras, tf, rng):
    x, W, b, da = setting(rng)
    reference = keras.layers.Dense(3, activation)
    reference.build((None, 5))
    reference.set_weights([W, b])
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        expected = reference(x)
    wanted = tape.gradient(expected, [x, *reference.trainable_variables], output_gradients=tf.constant(da))

    layer, dW, db = Dense(3, activation), np.full((5, 3), np.nan), np.full(3, np.nan)
    a = layer.forward(x.numpy(), W, b)
    dx = layer.backward(da, x.numpy(), a, W, dW, db, need_dx=True)
    np.testing.assert_allclose(a, expected.numpy(), rtol=1e-12)
    for got, want in zip((dx, dW, db), wanted, strict=True):
        np.testing.assert_allclose(got, want.numpy(), rtol=1e-10)


@every_activation
def test_backward_agrees_with_central_differences(activation, rng, central_differences):
    x, W, b, da = setting(rng, 4, 3, 2)
    layer, dW, db = Dense(2, activation), np.empty((3, 2)), np.empty(2)
    dx = layer.backward(da, x, layer.forward(x, W, b), W, dW, db, need_dx=True)

    def cost(x, W, b):
        return np.sum(da * layer.forward(x, W, b))

    for got, wanted in (
        (dx, central_differences(lambda x: cost(x, W, b), x)),
        (dW, central_differences(lambda W: cost(x, W, b), W)),
        (db, central_differences(lambda b: cost(x, W, b), b)),
    ):
        np.testing.assert_allclose(got, wanted, rtol=1e-7, atol=1e-9)


@every_activation
def test_backward_changes_nothing_but_its_targets(activation, rng, unchanged):
    x, W, b, da = setting(rng)
    layer, dW, db = Dense(3, activation), np.empty((5, 3)), np.empty(3)
    with unchanged(x, W, b, da):
        a = layer.forward(x, W, b)
    with unchanged(x, W, b, da, a):
        dx = layer.backward(da, x, a, W, dW, db, need_dx=True)
    kept = dW.copy(), db.copy()
    with unchanged(dx):
        assert layer.backward(da, x, a, W, dW, db, need_dx=False) is None
    np.testing.assert_array_equal(dW, kept[0])
    np.testing.assert_array_equal(db, kept[1])


@every_activation
def test_single_precision_stays_single(activation, rng):
    x, W, b, da = setting(rng, dtype=np.float32)
    layer, dW, db = Dense(3, activation), np.empty((5, 3), np.float32), np.empty(3, np.float32)
    a = layer.forward(x, W, b)
    assert a.dtype == np.float32
    assert layer.backward(da, x, a, W, dW, db, need_dx=True).dtype == np.float32


def test_parameters_stand_in_the_order_and_shapes_of_keras(keras):
    reference = keras.layers.Dense(3)
    reference.build((None, 5))
    shapes = [shape for shape, _ in Dense(3).parameters(5).values()]
    assert shapes == [weights.shape for weights in reference.get_weights()]
    assert list(Dense(3).parameters(5)) == ["W", "b"]


def test_weights_start_random_and_biases_at_zero():
    starts = {name: start for name, (_, start) in Dense(3).parameters(5).items()}
    assert starts == {"W": initializers.glorot_uniform, "b": initializers.zeros}


def test_a_layer_is_a_value():
    assert Dense(3, "relu") == Dense(3, "relu")
    assert Dense(3, "relu") != Dense(3)
    assert Dense(3).activation == "linear"
    assert len({Dense(3), Dense(3), Dense(4)}) == 2
    with pytest.raises(FrozenInstanceError):
        Dense(3).units = 4


@pytest.mark.parametrize("n", [1, 7, np.int64(3), np.uint8(1)])
def test_positive_whole_numbers_count(n):
    assert is_count(n)


@pytest.mark.parametrize("n", [0, -1, 1.0, True, np.True_, "3", None, np.int64(0), np.array(3), float("nan")])
def test_nothing_else_counts(n):
    assert not is_count(n)
