import math
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from byhand import ops, pooling
from byhand.keras_models import to_keras
from byhand.layers import (
    AveragePooling1D,
    AveragePooling2D,
    Conv1D,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected1D,
    MaxPooling1D,
    MaxPooling2D,
)
from byhand.losses import binary_cross_entropy, squared_error
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")

# chains in which every kind of layer stands, no two sizes the same
CHAINS = {
    "signal": (
        (23, 2),
        [
            Conv1D(5, 4, activation="relu"),
            MaxPooling1D(3, 2, "same"),
            LocallyConnected1D(6, 3, 2, activation="sigmoid"),
            AveragePooling1D(2),
            Flatten(),
            Dense(3),
        ],
    ),
    "picture": (
        (14, 11, 2),
        [
            Conv2D(5, (4, 3), 2, "same", activation="relu"),
            MaxPooling2D((2, 3), 1),
            Conv2D(6, 2, activation="sigmoid", padding="same"),
            AveragePooling2D((3, 2), padding="same"),
            Flatten(),
            Dense(4, "relu"),
            Dense(3),
        ],
    ),
    "picture, pooled first": ((9, 8, 2), [MaxPooling2D(2), Flatten(), Dense(3)]),
}
every_chain = pytest.mark.parametrize("chain", list(CHAINS))


def chained(chain, rng, dtype=np.float64, examples=6, **options):
    network = Network(*CHAINS[chain], loss=squared_error, **options)
    theta = rng.normal(0, 0.7, network.size).astype(dtype)
    x = rng.normal(size=(examples, *network.inputs)).astype(dtype)
    return network, theta, x, rng.normal(size=(examples, 3)).astype(dtype)


def deep(loss=binary_cross_entropy, outputs=2):
    """Some activations, written in a and in z, no two widths the same; test_layers has them all."""
    names = ("elu", "linear", "relu", "sigmoid", "silu", "softplus", "tanh")
    widest = len(names) + 3
    hidden = [Dense(widest - i, name) for i, name in enumerate(names)]
    return Network(widest + 1, (*hidden, Dense(outputs)), loss)


def setting(network, rng, examples=5, dtype=np.float64):
    theta = rng.normal(0, 0.7, network.size).astype(dtype)
    x = rng.normal(size=(examples, network.inputs)).astype(dtype)
    y = rng.integers(0, 2, (examples, network.layers[-1].units)).astype(dtype)
    return theta, x, y


def keras_twin(keras, network, theta):
    model = keras.Sequential(
        [
            keras.Input((network.inputs,)),
            *(keras.layers.Dense(layer.units, layer.activation) for layer in network.layers),
        ]
    )
    model.set_weights([array for layer in network.views(theta) for array in layer.values()])
    return model


def test_size_counts_every_weight_and_bias():
    assert Network(3, (Dense(5), Dense(2)), squared_error).size == (3 * 5 + 5) + (5 * 2 + 2)
    assert Network(400, (Dense(1),), binary_cross_entropy).size == 401


def test_the_vector_lies_in_the_order_of_keras_weights(keras, rng):
    network = deep()
    theta = rng.normal(size=network.size)
    weights = keras_twin(keras, network, theta).get_weights()
    np.testing.assert_array_equal(network.flatten(weights), theta)


def test_views_stand_layer_by_layer_weights_before_biases_row_by_row():
    network = Network(2, (Dense(3), Dense(1)), squared_error)
    first, second = network.views(np.arange(13.0))
    assert first["W"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert first["b"].tolist() == [6, 7, 8]
    assert second["W"].tolist() == [[9], [10], [11]]
    assert second["b"].tolist() == [12]


def test_views_copy_nothing():
    network = deep()
    theta = np.zeros(network.size)
    for layer in network.views(theta):
        for array in layer.values():
            array += 1
    np.testing.assert_array_equal(theta, np.ones(network.size))


@given(st.lists(st.integers(1, 6), min_size=2, max_size=5), st.sampled_from([np.float32, np.float64]))
def test_flatten_undoes_views(widths, dtype):
    inputs, *units = widths
    network = Network(inputs, tuple(Dense(n) for n in units), squared_error)
    theta = np.arange(network.size).astype(dtype)
    arrays = [array for layer in network.views(theta) for array in layer.values()]
    assert [array.shape for array in arrays] == [
        shape for d, u in zip(widths, units, strict=False) for shape in ((d, u), (u,))
    ]
    again = network.flatten(arrays)
    assert again.dtype == dtype
    assert not np.shares_memory(again, theta)
    np.testing.assert_array_equal(again, theta)


def test_forward_agrees_with_a_slow_loop(rng):
    network = Network(3, (Dense(4, "relu"), Dense(2, "sigmoid")), squared_error)
    theta, x, _ = setting(network, rng)
    outputs = network.forward(theta, x)
    assert [a.shape for a in outputs] == [(5, 3), (5, 4), (5, 2)]
    W1, b1, W2, b2 = theta[:12], theta[12:16], theta[16:24], theta[24:]
    for m in range(5):
        hidden = [max(0, sum(x[m, d] * W1[4 * d + u] for d in range(3)) + b1[u]) for u in range(4)]
        scores = [sum(hidden[d] * W2[2 * d + u] for d in range(4)) + b2[u] for u in range(2)]
        np.testing.assert_allclose(outputs[0][m], x[m], rtol=0)
        np.testing.assert_allclose(outputs[1][m], hidden, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(outputs[2][m], [1 / (1 + math.exp(-z)) for z in scores], rtol=1e-12)


def test_predict_is_the_last_output(rng):
    network = deep()
    theta, x, _ = setting(network, rng)
    assert len(network.forward(theta, x)) == len(network.layers) + 1
    np.testing.assert_array_equal(network.predict(theta, x), network.forward(theta, x)[-1])


def test_a_row_can_be_predicted_alone_and_as_a_list(rng):
    network = deep()
    theta, x, _ = setting(network, rng)
    np.testing.assert_allclose(network.predict(theta, x[2:3]), network.predict(theta, x)[2:3], rtol=1e-13)
    np.testing.assert_array_equal(network.predict(theta, x.tolist()), network.predict(theta, x))


@pytest.mark.parametrize("outputs", [1, 2])
@pytest.mark.parametrize("loss", [binary_cross_entropy, squared_error])
def test_cost_and_gradient_agree_with_keras(loss, outputs, keras, tf, rng):
    network = deep(loss, outputs)
    theta, x, y = setting(network, rng, 11)
    model = keras_twin(keras, network, theta)
    with tf.GradientTape() as tape:
        scores = model(x)
        if loss is binary_cross_entropy:
            expected = keras.losses.BinaryCrossentropy(from_logits=True)(y, scores)
        else:
            expected = keras.losses.MeanSquaredError()(y, scores) / 2
    gradients = tape.gradient(expected, model.trainable_variables)
    value, grad = network.value_and_grad(theta, x, y)
    wanted = network.flatten([g.numpy() for g in gradients])
    np.testing.assert_allclose(network.predict(theta, x), scores.numpy(), rtol=1e-10)
    assert value == pytest.approx(float(expected), rel=1e-10)
    np.testing.assert_allclose(grad, wanted, rtol=1e-10, atol=1e-16)


@pytest.mark.parametrize("loss", [binary_cross_entropy, squared_error])
def test_gradient_agrees_with_central_differences(loss, rng, central_differences):
    network = deep(loss)
    theta, x, y = setting(network, rng)
    slopes = central_differences(lambda at: network.value_and_grad(at, x, y)[0], theta)
    np.testing.assert_allclose(network.value_and_grad(theta, x, y)[1], slopes, rtol=1e-7, atol=1e-9)


def test_gradient_of_a_batch_is_the_mean_of_the_gradients_of_its_examples(rng):
    network = deep()
    theta, x, y = setting(network, rng)
    alone = [network.value_and_grad(theta, x[m : m + 1], y[m : m + 1]) for m in range(5)]
    value, grad = network.value_and_grad(theta, x, y)
    assert value == pytest.approx(np.mean([one[0] for one in alone]), rel=1e-13)
    np.testing.assert_allclose(grad, np.mean([one[1] for one in alone], axis=0), rtol=1e-11, atol=1e-16)


def test_two_calls_never_share_a_gradient(rng):
    network = deep()
    theta, x, y = setting(network, rng)
    _, first = network.value_and_grad(theta, x, y)
    kept = first.copy()
    _, second = network.value_and_grad(2 * theta, x, y)
    assert not np.shares_memory(first, second)
    assert not np.shares_memory(first, theta)
    np.testing.assert_array_equal(first, kept)
    assert not np.array_equal(first, second)


def test_only_the_first_layer_does_without_the_gradient_by_its_input(rng, monkeypatch):
    network, asked, vjp = deep(), [], ops.dense_vjp

    def spy(dy, x, W, dW, db, need_dx):
        asked.append((W.tolist(), need_dx))
        return vjp(dy, x, W, dW, db, need_dx)

    monkeypatch.setattr(ops, "dense_vjp", spy)
    theta, x, y = setting(network, rng)
    network.value_and_grad(theta, x, y)
    first, *others = [layer["W"].tolist() for layer in network.views(theta)]
    assert asked == [*((W, True) for W in reversed(others)), (first, False)]


def test_arguments_are_not_changed(rng, unchanged):
    network = deep()
    theta, x, y = setting(network, rng)
    with unchanged(theta, x, y):
        network.value_and_grad(theta, x, y)
        network.predict(theta, x)
        network.forward(theta, x)


def test_single_precision_stays_single_and_agrees_with_double(rng):
    network = deep()
    theta, x, y = setting(network, rng, dtype=np.float32)
    value, grad = network.value_and_grad(theta, x, y)
    exact_value, exact_grad = network.value_and_grad(*(a.astype(float) for a in (theta, x, y)))
    assert {a.dtype for a in network.forward(theta, x)} == {np.dtype(np.float32)}
    assert grad.dtype == np.float32
    assert value == pytest.approx(exact_value, rel=1e-6)
    np.testing.assert_allclose(grad, exact_grad, rtol=1e-6, atol=1e-6 * np.abs(exact_grad).max())


@pytest.mark.parametrize("method", ["BFGS", "CG", "L-BFGS-B"])
def test_scipy_minimizes_through_value_and_grad(method, rng):
    """A convex cost: the minimum is the least-squares solution, found by other means."""
    network = Network(3, (Dense(2),), squared_error)
    theta, x, y = setting(network, rng, 12)
    start = theta.copy()
    found = minimize(network.value_and_grad, theta, args=(x, y), jac=True, method=method, tol=1e-9)
    best = np.linalg.lstsq(np.column_stack([x, np.ones(12)]), y, rcond=None)[0]
    np.testing.assert_allclose(found.x, best.ravel(), atol=1e-6)
    np.testing.assert_array_equal(theta, start)


@pytest.mark.parametrize("method", ["BFGS", "CG"])
def test_scipy_learns_exclusive_or(method):
    network = Network(2, (Dense(4, "sigmoid"), Dense(1)), binary_cross_entropy)
    x, y = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    theta = np.random.default_rng(0).normal(0, 2, network.size)
    found = minimize(network.value_and_grad, theta, args=(x, y), jac=True, method=method)
    assert found.fun < 1e-3
    np.testing.assert_array_equal(network.predict(found.x, x) > 0, y == 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_first_parameters_follow_the_initializers_and_the_generator(dtype):
    network = Network(30, (Dense(20), Dense(10)), squared_error)
    theta = network.initialize(np.random.default_rng(3), dtype)
    assert theta.dtype == dtype
    assert theta.shape == (network.size,)
    first, second = network.views(theta)
    assert not first["b"].any()
    assert not second["b"].any()
    assert 0.95 * math.sqrt(6 / 50) < np.abs(first["W"]).max() <= math.sqrt(6 / 50)
    assert 0.95 * math.sqrt(6 / 30) < np.abs(second["W"]).max() <= math.sqrt(6 / 30)
    np.testing.assert_array_equal(theta, network.initialize(np.random.default_rng(3), dtype))
    assert not np.array_equal(theta, network.initialize(np.random.default_rng(4), dtype))


def test_first_parameters_are_single_precision_unless_asked_otherwise(rng):
    assert deep().initialize(rng).dtype == np.float32


def test_a_network_is_a_value_and_holds_no_parameters():
    as_list, as_tuple = Network(3, [Dense(2)], squared_error), Network(3, (Dense(2),), squared_error)
    assert as_list == as_tuple
    assert as_list.layers == (Dense(2),)
    assert as_tuple != Network(3, (Dense(2),), binary_cross_entropy)
    assert not any(isinstance(value, np.ndarray) for value in vars(as_tuple).values())
    with pytest.raises(FrozenInstanceError):
        as_tuple.inputs = 4


@every_chain
def test_gradient_of_a_chain_agrees_with_central_differences(chain, rng, central_differences):
    network, theta, x, y = chained(chain, rng, l2=0.3)
    slopes = central_differences(lambda at: network.value_and_grad(at, x, y)[0], theta)
    np.testing.assert_allclose(network.value_and_grad(theta, x, y)[1], slopes, rtol=1e-6, atol=1e-8)


@every_chain
def test_a_chain_in_single_precision_stays_single_and_agrees_with_double(chain, rng):
    network, theta, x, y = chained(chain, rng, np.float32, l2=0.3)
    value, grad = network.value_and_grad(theta, x, y)
    exact_value, exact_grad = network.value_and_grad(*(a.astype(float) for a in (theta, x, y)))
    assert {a.dtype for a in network.forward(theta, x)} == {np.dtype(np.float32)}
    assert grad.dtype == np.float32
    assert value == pytest.approx(exact_value, rel=1e-6)
    np.testing.assert_allclose(grad, exact_grad, rtol=1e-6, atol=1e-6 * np.abs(exact_grad).max())


@every_chain
def test_shapes_of_a_chain_are_known_before_anything_is_computed(chain, rng):
    network, theta, x, _ = chained(chain, rng)
    assert [a.shape[1:] for a in network.forward(theta, x)] == list(network.output_shapes)


@every_chain
def test_nothing_given_to_a_chain_is_changed(chain, rng, unchanged):
    network, theta, x, y = chained(chain, rng, l2=0.3)
    with unchanged(theta, x, y):
        first = network.value_and_grad(theta, x, y)
        second = network.value_and_grad(theta, x, y)
        network.predict(theta, x)
    assert first[0] == second[0]
    assert not np.shares_memory(first[1], second[1])
    np.testing.assert_array_equal(first[1], second[1])


@every_chain
def test_views_of_a_chain_copy_nothing_and_flatten_undoes_them(chain, rng):
    network, theta, _, _ = chained(chain, rng)
    arrays = [array for layer in network.views(theta) for array in layer.values()]
    assert all(np.shares_memory(array, theta) for array in arrays)
    np.testing.assert_array_equal(network.flatten(arrays), theta)
    assert network.size == sum(array.size for array in arrays)


@pytest.mark.parametrize("batch_size", [1, 2, 5, 6, 7, 1024])
@every_chain
def test_predicting_in_batches_changes_nothing(chain, batch_size, rng):
    network, theta, x, _ = chained(chain, rng)
    wanted = network.forward(theta, x)[-1]
    got = network.predict(theta, x, batch_size)
    np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-13)


def test_predict_never_computes_more_than_a_batch_at_once(rng, monkeypatch):
    network, rows, dense = Network(3, (Dense(2),), squared_error), [], ops.dense
    monkeypatch.setattr(ops, "dense", lambda x, W, b: rows.append(len(x)) or dense(x, W, b))
    theta = rng.normal(size=network.size)
    assert network.predict(theta, rng.normal(size=(11, 3)), 4).shape == (11, 2)
    assert rows == [4, 4, 3]
    network.predict(theta, rng.normal(size=(2500, 3)))
    assert rows[3:] == [1024, 1024, 452]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_data_of_any_number_type_is_computed_in_the_type_of_theta(dtype, rng):
    network = deep()
    theta = rng.normal(size=network.size).astype(dtype)
    pixels = rng.integers(0, 255, (5, network.inputs))
    wanted = network.predict(theta, pixels.astype(dtype))
    for kind in (np.uint8, np.int64, np.float32, np.float64):
        got = network.predict(theta, pixels.astype(kind))
        assert got.dtype == dtype
        np.testing.assert_array_equal(got, wanted)
    assert network.forward(theta, pixels > 9)[0].dtype == dtype


def test_an_input_shape_of_one_size_is_that_number():
    assert Network((3,), (Dense(2),), squared_error) == Network(3, (Dense(2),), squared_error)
    assert Network([4, 3], (Flatten(), Dense(2)), squared_error).inputs == (4, 3)
    assert Network(np.int64(3), (Dense(2),), squared_error).inputs == 3


@pytest.mark.parametrize("l2", [0.7, 1])
def test_the_penalty_is_lambda_over_two_m_times_the_squared_weights_without_biases(l2, rng):
    plain = Network(3, (Dense(4, "relu"), Dense(2)), squared_error)
    penalised = Network(3, (Dense(4, "relu"), Dense(2)), squared_error, l2=l2)
    theta, x, y = setting(plain, rng, 5)
    value, grad = plain.value_and_grad(theta, x, y)
    more, penalised_grad = penalised.value_and_grad(theta, x, y)
    weights = np.array([1.0] * 12 + [0] * 4 + [1] * 8 + [0] * 2)
    assert more - value == pytest.approx(l2 / (2 * 5) * np.sum((weights * theta) ** 2), rel=1e-12)
    np.testing.assert_allclose(penalised_grad - grad, l2 / 5 * weights * theta, rtol=1e-10, atol=1e-15)
    assert type(more) is float
    np.testing.assert_array_equal(penalised.predict(theta, x), plain.predict(theta, x))


@every_chain
def test_cost_and_gradient_of_a_penalised_chain_agree_with_keras(chain, keras, tf, rng):
    network, theta, x, y = chained(chain, rng, l2=0.9)
    if chain == "signal":  # without the layer that Keras 3 does not have
        network = Network((23, 2), CHAINS[chain][1][:2] + CHAINS[chain][1][3:], squared_error, 0.9)
        theta = rng.normal(0, 0.7, network.size)
    model = to_keras(network, theta)
    with tf.GradientTape() as tape:
        cost = keras.losses.MeanSquaredError()(y, model(x)) / 2
        for layer in model.layers:
            if layer.weights:
                cost += 0.9 / (2 * 6) * tf.reduce_sum(layer.kernel.value**2)
    gradients = tape.gradient(cost, model.trainable_variables)
    value, grad = network.value_and_grad(theta, x, y)
    assert value == pytest.approx(float(cost), rel=1e-10)
    wanted = network.flatten([g.numpy() for g in gradients])
    np.testing.assert_allclose(grad, wanted, rtol=1e-10, atol=1e-13)


def test_the_first_layer_is_not_asked_for_dx_even_if_it_only_pools(rng, monkeypatch):
    network, theta, x, y = chained("picture, pooled first", rng)
    monkeypatch.setattr(pooling, "max_pooling_vjp", None)
    assert network.value_and_grad(theta, x, y)[1].shape == theta.shape


def test_a_convolution_finds_what_a_dense_layer_must_learn_place_by_place():
    """A bump somewhere in a signal, or none: trained by SciPy through θ."""
    rng = np.random.default_rng(3)
    x, y = 0.1 * rng.normal(size=(60, 20, 1)), np.arange(60)[:, None] % 2
    for signal, starts, there in zip(x, rng.integers(0, 17, 60), y, strict=True):
        signal[starts : starts + 3, 0] += np.array([1, 2, 1]) * there
    layers = [Conv1D(2, 3, activation="relu"), MaxPooling1D(18), Flatten(), Dense(1)]
    network = Network((20, 1), layers, binary_cross_entropy)
    theta = network.initialize(rng, np.float64)
    found = minimize(network.value_and_grad, theta, args=(x, y), jac=True, method="L-BFGS-B")
    assert found.fun < 0.05
    np.testing.assert_array_equal(network.predict(found.x, x) > 0, y == 1)
