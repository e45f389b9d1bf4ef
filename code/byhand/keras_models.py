"""From a Keras Sequential to a Network and back: the one module that knows Keras, imported when needed.

Both stand for the same function, with the same numbers in the same order.
"""

from dataclasses import asdict, fields

from byhand.layers import LAYERS
from byhand.network import Network


def from_keras(model, loss):
    """The Network and theta (P,) of a built Keras Sequential.

    Args:
        model: keras.Sequential of layers that byhand has too.
        loss: the Network's loss; what the model was compiled with is not read, since Keras's losses have
            other scales and defaults.

    Returns:
        network: Network.
        theta: (P,), the dtype of the model's weights.

    Raises:
        ValueError: if model is no built Sequential, or has a layer or a setting that byhand has not.
        ImportError: if Keras, or what it computes with, is not installed.
    """
    keras = _keras()
    if not isinstance(model, keras.Sequential) or not model.built:
        raise ValueError(f"Expected a built keras.Sequential. Received: model={model!r}")
    network = Network(model.input_shape[1:], [_from_layer(layer) for layer in model.layers], loss)
    return network, network.flatten(model.get_weights())


def to_keras(network, theta):
    """A keras.Sequential of the same layers with the parameters theta (P,), in theta's dtype.

    Raises:
        ValueError: if theta does not fit, or Keras has no such layer: LocallyConnected1D left with Keras 2.
        ImportError: if Keras, or what it computes with, is not installed.
    """
    keras = _keras()
    weights = [array for layer in network.views(theta) for array in layer.values()]
    layers = [_to_layer(layer, theta.dtype.name) for layer in network.layers]
    model = keras.Sequential([keras.Input(network.output_shapes[0], dtype=theta.dtype.name), *layers])
    model.set_weights(weights)
    return model


def _from_layer(layer):
    keras = _keras()
    kind = type(layer).__name__
    if kind not in LAYERS or type(layer) is not getattr(keras.layers, kind, None):
        raise ValueError(f"Expected layers among {', '.join(LAYERS)}. Received: {layer!r}")
    for name, wanted in (("use_bias", True), ("groups", 1), ("data_format", "channels_last")):
        if getattr(layer, name, wanted) != wanted:
            received = f"{name}={getattr(layer, name)!r}"
            raise ValueError(f"Expected {kind} with {name}={wanted!r}. Received: {received}")
    return LAYERS[kind](**{field.name: _setting(layer, field.name) for field in fields(LAYERS[kind])})


def _setting(layer, name):
    """As Keras keeps it, but one of its own activations by its name; a reader's own stays a function."""
    keras = _keras()
    value = getattr(layer, name)
    known = getattr(value, "__name__", "")
    return known if name == "activation" and value is getattr(keras.activations, known, None) else value


def _to_layer(layer, dtype):
    keras = _keras()
    kind = getattr(keras.layers, type(layer).__name__, None)
    if kind is None:
        raise ValueError(f"Expected layers that Keras has. Received: {layer}")
    return kind(**asdict(layer), dtype=dtype)


def _keras():
    """Keras, or what to install for it."""
    try:
        import keras
    except ImportError as error:
        wanted = "Keras and what it computes with: pip install keras tensorflow"
        raise ImportError(f"Expected {wanted}. Received: {error}") from error
    return keras
