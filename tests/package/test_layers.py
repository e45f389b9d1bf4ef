from dataclasses import FrozenInstanceError, asdict, replace

import numpy as np
import pytest

from byhand import activations, initializers
from byhand.activations import ACTIVATIONS, Activation
from byhand.layers import (
    LAYERS,
    AveragePooling1D,
    AveragePooling2D,
    Conv1D,
    Conv2D,
    Dense,
    Flatten,
    LocallyConnected1D,
    MaxPooling1D,
    MaxPooling2D,
    is_count,
)
from byhand.layers.affine import place_by_place

pytestmark = pytest.mark.filterwarnings("error")

# every layer, and the shape of one example: no two sizes the same, none of them 1
CASES = {
    "Dense": (Dense(3), (5,)),
    "Conv1D": (Conv1D(5, 4), (13, 3)),
    "Conv1D, same, stride 2": (Conv1D(5, 4, 2, "same"), (13, 3)),
    "Conv1D, dilation 3": (Conv1D(5, 4, dilation_rate=3), (13, 3)),
    "Conv2D": (Conv2D(7, (4, 2)), (6, 5, 3)),
    "Conv2D, same, strides 2 and 3": (Conv2D(7, (4, 2), (2, 3), "same"), (6, 5, 3)),
    "LocallyConnected1D": (LocallyConnected1D(5, 4, 3), (13, 3)),
    "MaxPooling1D": (MaxPooling1D(4), (13, 3)),
    "MaxPooling1D, same, stride 3": (MaxPooling1D(4, 3, "same"), (13, 3)),
    "MaxPooling2D": (MaxPooling2D((4, 2), 3), (11, 7, 3)),
    "AveragePooling1D": (AveragePooling1D(4, 3, "same"), (13, 3)),
    "AveragePooling2D": (AveragePooling2D((4, 2), (3, 2)), (11, 7, 3)),
    "Flatten": (Flatten(), (4, 3, 2)),
}
WITH_ACTIVATION = [name for name, (layer, _) in CASES.items() if hasattr(layer, "activation")]
VARIANTS = [(name, None) for name in CASES if name not in WITH_ACTIVATION]
VARIANTS += [(name, activation) for name in WITH_ACTIVATION for activation in sorted(ACTIVATIONS)]
# TensorFlow rounds the constants of these to float32 even in float64 (test_activations shows it)
ROUNDED = {"leaky_relu": 1e-6, "gelu": 1e-6}
every_case = pytest.mark.parametrize("case", list(CASES))
every_variant = pytest.mark.parametrize(("case", "activation"), VARIANTS)

# Keras 3 has no LocallyConnected1D: test_locally_connected puts a dense layer in every place instead
known_to_keras = pytest.mark.parametrize("case", [c for c in CASES if c != "LocallyConnected1D"])
variants_known_to_keras = pytest.mark.parametrize(
    ("case", "activation"), [v for v in VARIANTS if v[0] != "LocallyConnected1D"]
)


def setting(case, rng, activation=None, dtype=np.float64):
    layer, shape = CASES[case]
    layer = replace(layer, activation=activation) if activation else layer
    x = rng.normal(size=(2, *shape)).astype(dtype)
    p = {name: rng.normal(size=part.shape).astype(dtype) for name, part in layer.parameters(shape).items()}
    da = rng.normal(size=(2, *layer.output_shape(shape))).astype(dtype)
    return layer, x, p, da


def both_ways(layer, x, p, da):
    """The output, dx and the gradients by name."""
    a, kept = layer.forward(x, **p)
    dp = {name: np.full_like(array, np.nan) for name, array in p.items()}
    return a, layer.backward(da, x, kept, p, dp), dp


def test_every_layer_of_the_registry_has_its_cases():
    assert {type(layer).__name__ for layer, _ in CASES.values()} == set(LAYERS)
    assert all(kind.__name__ == name for name, kind in LAYERS.items())


@variants_known_to_keras
def test_forward_and_backward_agree_with_keras(case, activation, keras, tf, rng):
    layer, x, p, da = setting(case, rng, activation)
    reference = getattr(keras.layers, type(layer).__name__)(**asdict(layer))
    reference.build((None, *x.shape[1:]))
    reference.set_weights(list(p.values()))
    at = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(at)
        expected = reference(at)
    wanted = tape.gradient(expected, [at, *reference.trainable_variables], output_gradients=tf.constant(da))
    a, dx, dp = both_ways(layer, x, p, da)
    assert a.shape[1:] == layer.output_shape(x.shape[1:]) == expected.shape[1:]
    rtol = ROUNDED.get(activation, 1e-10)
    np.testing.assert_allclose(a, expected.numpy(), rtol=rtol, atol=rtol / 100)
    for got, want in zip((dx, *dp.values()), wanted, strict=True):
        np.testing.assert_allclose(got, want.numpy(), rtol=rtol, atol=rtol / 10)


@every_variant
def test_backward_agrees_with_central_differences(case, activation, rng, central_differences):
    layer, x, p, da = setting(case, rng, activation)
    _, dx, dp = both_ways(layer, x, p, da)
    slopes = central_differences(lambda x: np.sum(da * layer.forward(x, **p)[0]), x)
    atol = 1e-5 if activation == "exponential" else 1e-8  # its sums are large, and so is their rounding
    np.testing.assert_allclose(dx, slopes, rtol=1e-7, atol=atol)
    for name in p:
        slopes = central_differences(
            lambda array, name=name: np.sum(da * layer.forward(x, **{**p, name: array})[0]), p[name]
        )
        np.testing.assert_allclose(dp[name], slopes, rtol=1e-7, atol=atol)


@every_variant
def test_backward_changes_nothing_but_its_targets(case, activation, rng, unchanged):
    layer, x, p, da = setting(case, rng, activation)
    with unchanged(x, da, *p.values()):
        a, dx, dp = both_ways(layer, x, p, da)
        a_again, kept = layer.forward(x, **p)
    again = {name: np.full_like(array, np.nan) for name, array in p.items()}
    with unchanged(x, a, da, dx, *p.values(), *dp.values()):
        assert layer.backward(da, x, kept, p, again, need_dx=False) is None
    np.testing.assert_array_equal(a, a_again)
    for name in p:
        np.testing.assert_array_equal(dp[name], again[name])


@every_variant
def test_single_precision_stays_single_and_agrees_with_double(case, activation, rng):
    layer, x, p, da = setting(case, rng, activation, np.float32)
    a, dx, dp = both_ways(layer, x, p, da)
    exact = both_ways(layer, x.astype(float), {n: v.astype(float) for n, v in p.items()}, da.astype(float))
    for got, wanted in zip((a, dx, *dp.values()), (*exact[:2], *exact[2].values()), strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6 * np.abs(wanted).max())


@known_to_keras
def test_parameters_stand_in_the_order_and_shapes_of_keras(case, keras, rng):
    layer, x, _, _ = setting(case, rng)
    reference = getattr(keras.layers, type(layer).__name__)(**asdict(layer))
    reference.build((None, *x.shape[1:]))
    parameters = layer.parameters(x.shape[1:])
    assert [p.shape for p in parameters.values()] == [w.shape for w in reference.get_weights()]
    assert list(parameters) in (["W", "b"], [])
    assert layer.output_shape(x.shape[1:]) == reference.compute_output_shape((None, *x.shape[1:]))[1:]


def test_parameters_of_a_locally_connected_layer_stand_place_by_place():
    parameters = LocallyConnected1D(5, 4, 3).parameters((13, 2))
    assert {name: p.shape for name, p in parameters.items()} == {"W": (4, 8, 5), "b": (4, 5)}


@pytest.mark.parametrize("case", WITH_ACTIVATION)
def test_weights_start_random_and_are_penalised_biases_are_zero_and_are_not(case):
    layer, shape = CASES[case]
    W, b = layer.parameters(shape).values()
    wanted = place_by_place if isinstance(layer, LocallyConnected1D) else initializers.glorot_uniform
    assert (W.initializer, W.is_weight) == (wanted, True)
    assert (b.initializer, b.is_weight) == (initializers.zeros, False)


def test_weights_place_by_place_are_as_wide_as_those_of_a_dense_layer():
    W = place_by_place((50, 20, 30), np.random.default_rng(0))
    assert W.dtype == np.float32
    assert W.shape == (50, 20, 30)
    assert 0.99 * np.sqrt(6 / 50) < np.abs(W).max() <= np.sqrt(6 / 50)
    assert len(np.unique(W)) > 0.99 * W.size
    assert place_by_place((2, 3, 4), np.random.default_rng(0), np.float64).dtype == np.float64


@pytest.mark.parametrize("case", WITH_ACTIVATION)
def test_the_output_is_kept_once_or_the_scores_as_the_derivative_wants_it(case, rng, monkeypatch):
    layer, x, p, da = setting(case, rng, "sigmoid")
    a, kept = layer.forward(x, **p)
    assert kept is a
    scores, _ = replace(layer, activation="linear").forward(x, **p)
    squared = Activation("square", np.square, lambda z: 2 * z, in_output=False)
    monkeypatch.setitem(activations.ACTIVATIONS, "square", squared)
    squaring = replace(layer, activation="square")
    a, kept = squaring.forward(x, **p)
    np.testing.assert_array_equal(a, scores**2)
    np.testing.assert_array_equal(kept, scores)
    dx = squaring.backward(da, x, kept, p, {n: np.empty_like(v) for n, v in p.items()})
    wanted = both_ways(replace(layer, activation="linear"), x, p, da * 2 * scores)[1]
    np.testing.assert_allclose(dx, wanted, rtol=1e-12)


@every_case
def test_a_layer_is_a_value_and_holds_no_arrays(case):
    layer, _ = CASES[case]
    assert layer == replace(layer)
    assert len({layer, replace(layer)}) == 1
    assert not any(isinstance(value, np.ndarray) for value in asdict(layer).values())
    with pytest.raises(FrozenInstanceError):
        layer.units = 4


def test_a_number_for_every_axis_is_the_same_as_one_for_each():
    assert Conv2D(8, 3, 2) == Conv2D(8, (3, 3), [2, 2])
    assert Conv1D(8, 3) == Conv1D(8, (3,))
    assert MaxPooling2D(2) == MaxPooling2D((2, 2), (2, 2)) != MaxPooling2D(2, 1)
    assert LocallyConnected1D(8, 3) == LocallyConnected1D(8, (3,), (1,))


def test_layers_of_another_kind_or_setting_differ():
    assert Conv1D(8, 3) != Conv1D(8, 3, padding="same")
    assert MaxPooling1D(2) != AveragePooling1D(2)
    assert Dense(3, "relu") != Dense(3)
    assert Dense(3).activation == Conv2D(3, 3).activation == "linear"


@pytest.mark.parametrize(
    ("name", "given"),
    [("Dense", (3,)), ("Conv1D", (3, 2)), ("Conv2D", (3, 2))]
    + [(f"{kind}Pooling{axes}D", (2,)) for kind in ("Max", "Average") for axes in (1, 2)],
)
def test_defaults_are_those_of_keras(name, given, keras):
    ours, theirs = asdict(LAYERS[name](*given)), getattr(keras.layers, name)(*given).get_config()
    assert {setting: theirs[setting] for setting in ours} == ours


@pytest.mark.parametrize("n", [1, 7, np.int64(3), np.uint8(1)])
def test_positive_whole_numbers_count(n):
    assert is_count(n)


@pytest.mark.parametrize("n", [0, -1, 1.0, True, np.True_, "3", None, np.int64(0), np.array(3), float("nan")])
def test_nothing_else_counts(n):
    assert not is_count(n)
