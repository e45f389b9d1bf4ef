import functools
import subprocess
import sys

import numpy as np
import pytest

from byhand.keras_models import from_keras, to_keras
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
from byhand.losses import squared_error
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")

SIGNAL = [Conv1D(5, 4, 2, "same", activation="relu"), MaxPooling1D(3, 2), AveragePooling1D(2, 1, "same")]
PICTURE = [
    Conv2D(5, (4, 3), padding="same", dilation_rate=(1, 2), activation="sigmoid"),
    MaxPooling2D((2, 3), padding="same"),
    AveragePooling2D(2, (1, 2)),
    Conv2D(4, 2),
]
NETWORKS = {
    "dense": Network(
        7, [*(Dense(5, name) for name in ("elu", "relu", "sigmoid", "silu", "tanh")), Dense(3)], squared_error
    ),
    "signal": Network((23, 2), [*SIGNAL, Flatten(), Dense(3)], squared_error),
    "picture": Network((14, 11, 2), [*PICTURE, Flatten(), Dense(3)], squared_error),
}
every_network = pytest.mark.parametrize("name", list(NETWORKS))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@every_network
def test_there_and_back_is_the_same_network_with_the_same_outputs(name, dtype, keras, rng):
    network = NETWORKS[name]
    theta = rng.normal(0, 0.5, network.size).astype(dtype)
    x = rng.normal(size=(6, *network.output_shapes[0])).astype(dtype)
    model = to_keras(network, theta)
    outputs = np.asarray(model(x))
    assert outputs.dtype == dtype
    assert model.inputs[0].dtype == outputs.dtype.name
    tolerance = 1e-10 if dtype == np.float64 else 1e-5
    np.testing.assert_allclose(network.predict(theta, x), outputs, rtol=tolerance, atol=tolerance)
    again, theta_again = from_keras(model, squared_error)
    assert again == network
    assert theta_again.dtype == dtype
    np.testing.assert_array_equal(theta_again, theta)


def test_a_model_as_a_reader_writes_it(keras, rng):
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((20, 20, 2)),
            layers.Conv2D(6, 3, activation="relu", padding="same"),
            layers.MaxPool2D(),
            layers.Convolution2D(4, (2, 3), strides=2, activation=keras.activations.relu),
            layers.Flatten(),
            layers.Dense(5, activation="sigmoid"),
            layers.Dense(3),
        ]
    )
    network, theta = from_keras(model, squared_error)
    x = rng.normal(size=(7, 20, 20, 2))
    np.testing.assert_allclose(network.predict(theta, x), np.asarray(model(x)), rtol=1e-10)
    assert network.layers[-2:] == (Dense(5, "sigmoid"), Dense(3))
    assert network.loss is squared_error
    np.testing.assert_array_equal(to_keras(network, theta).get_weights()[0], model.get_weights()[0])


def test_the_two_share_no_memory(keras, rng):
    network = NETWORKS["dense"]
    theta = rng.normal(size=network.size)
    model = to_keras(network, theta)
    model.set_weights([0 * array for array in model.get_weights()])
    assert theta.any()
    _, zeros = from_keras(model, squared_error)
    zeros += 1
    assert not any(array.any() for array in model.get_weights())


def relu(z):
    """Not Keras's, in spite of the name."""
    return 2 * z


REFUSED = {
    "no model": (lambda k: "model.keras", ["built keras.Sequential", "model='model.keras'"]),
    "not built": (lambda k: k.Sequential([k.layers.Dense(3)]), ["built keras.Sequential"]),
    "functional": (
        lambda k: k.Model(*(lambda at: (at, k.layers.Dense(3)(at)))(k.Input((4,)))),
        ["built keras.Sequential", "Functional"],
    ),
    "dropout": (
        lambda k: [k.layers.Dense(3), k.layers.Dropout(0.5)],
        ["layers among Dense, Conv1D", "Dropout"],
    ),
    "no bias": (lambda k: [k.layers.Dense(3, use_bias=False)], ["use_bias=True", "use_bias=False"]),
    "softmax": (lambda k: [k.layers.Dense(3, "softmax")], ["activation among", "name='softmax'"]),
    "activation of one's own": (lambda k: [k.layers.Dense(3, relu)], ["activation among", "<function relu"]),
    "an object for an activation": (
        lambda k: [k.layers.Dense(3, functools.partial(relu))],
        ["activation among", "name=functools.partial"],
    ),
    "activation of an unknown name": (
        lambda k: [k.layers.Dense(3, test_the_two_share_no_memory)],
        ["activation among", "<function test_"],
    ),
    "kernels in groups": (lambda k: [k.layers.Conv1D(4, 2, groups=2)], ["groups=1", "groups=2"]),
    "channels first": (
        lambda k: [k.layers.MaxPooling1D(2, data_format="channels_first"), k.layers.Dense(2)],
        ["channels_last", "data_format='channels_first'"],
    ),
    "causal padding": (lambda k: [k.layers.Conv1D(4, 2, padding="causal")], ["padding='causal'"]),
    "dense on a sequence": (lambda k: [k.layers.Dense(3)], ["(D,)", "input_shape=(6, 2)"]),
    "no parameters": (lambda k: [k.layers.Flatten()], ["a layer with parameters", "Flatten()"]),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_byhand_has_not_is_refused_in_words(case, keras):
    make, words = REFUSED[case]
    model = make(keras)
    if isinstance(model, list):
        sequence = case in ("kernels in groups", "causal padding", "channels first", "dense on a sequence")
        model = keras.Sequential([keras.Input((6, 2) if sequence else (4,)), *model])
    with pytest.raises(ValueError, match=r"(?s)^Expected .+\. Received: .+") as caught:
        from_keras(model, squared_error)
    missing = [word for word in words if word not in str(caught.value)]
    assert not missing, f"{missing} not in: {caught.value}"


def test_a_layer_of_ones_own_with_a_known_name_is_not_taken_for_it(keras):
    class Dense(keras.layers.Dense):
        def call(self, x):
            return 2 * super().call(x)

    class LocallyConnected1D(Dense):
        """Of the name of a layer that Keras no longer has."""

    for layer in (Dense(3), LocallyConnected1D(3)):
        with pytest.raises(ValueError, match="Expected layers among Dense"):
            from_keras(keras.Sequential([keras.Input((4,)), layer]), squared_error)


def test_a_length_left_open_is_refused(keras):
    model = keras.Sequential([keras.Input((None, 2)), keras.layers.Conv1D(3, 4)])
    with pytest.raises(ValueError, match=r"Expected a positive whole number of inputs.+\(None, 2\)"):
        from_keras(model, squared_error)


def test_a_layer_that_left_keras_is_refused_in_words(keras):
    network = Network((13, 3), [LocallyConnected1D(5, 4), Flatten(), Dense(2)], squared_error)
    with pytest.raises(ValueError, match=r"^Expected layers that Keras has\. Received: LocallyConnected1D"):
        to_keras(network, np.zeros(network.size))


def test_a_theta_that_does_not_fit_is_refused(keras):
    with pytest.raises(ValueError, match="Expected theta"):
        to_keras(NETWORKS["dense"], np.zeros(3))


def test_keras_is_imported_only_when_a_model_is_converted():
    code = "import sys, byhand.keras_models; sys.exit('keras' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
