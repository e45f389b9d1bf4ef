"""Convolution and a network of it, on 32 pictures."""

import numpy as np
import problem
import windows
from minibatches import compiled
from row import at_least
from timing import times_faster

from byhand.convolution import convolution, convolution_vjp
from byhand.layers import Conv2D, Dense, Flatten, MaxPooling2D
from byhand.losses import softmax_cross_entropy
from byhand.network import Network
from byhand.optimizers import Adam

# pictures, kernel, filters: a first layer, a large kernel, a layer further up
SHAPES = {
    "20×20×1, kernel 3×3×8": ((32, 20, 20, 1), 3, 8),
    "28×28×1, kernel 5×5×16": ((32, 28, 28, 1), 5, 16),
    "16×16×16, kernel 3×3×32": ((32, 16, 16, 16), 3, 32),
}
CNN = Network(
    (20, 20, 1),
    [
        Conv2D(8, 3, activation="relu"),
        MaxPooling2D(),
        Conv2D(16, 3, activation="relu"),
        MaxPooling2D(),
        Flatten(),
        Dense(10),
    ],
    softmax_cross_entropy,
)


def given(shape, kernel, filters):
    """x, W, b and dy, drawn at random in float32."""
    rng = np.random.default_rng(0)
    x, W = (rng.normal(size=s).astype(np.float32) for s in (shape, (kernel, kernel, shape[-1], filters)))
    places = [n - kernel + 1 for n in shape[1:3]]
    b, dy = (rng.normal(size=s).astype(np.float32) for s in (filters, (shape[0], *places, filters)))
    return x, W, b, dy


def ours(x, W, b, dy):
    """The package's convolution, forwards and backwards."""
    return convolution(x, W, b), *convolution_vjp(dy, x, W)


def against(other, setting):
    """Times faster than the other way, at one of the shapes."""
    arrays = given(*setting)
    return times_faster(lambda: ours(*arrays), lambda: other(*arrays), runs=15)


def cnn_step():
    """A batch of 32: cost, gradient and a step of Adam, against Keras's `train_on_batch`."""
    x, y = problem.digits()
    x, y = x[:32].reshape(32, 20, 20, 1), y[:32]
    theta, rule = CNN.initialize(np.random.default_rng(0)), Adam()
    state, model = rule.init(theta), compiled(CNN, theta)
    return times_faster(
        lambda: rule.step(theta, CNN.value_and_grad(theta, x, y)[1], state),
        lambda: model.train_on_batch(x, y),
        runs=50,
    )


def row(name, setting, way, other):
    return at_least(1, f"convolution of {name}", way, lambda: against(other, setting))


WAYS = {"a loop over kernel offsets": windows.by_offsets, "fancy-index im2col": windows.by_indices}
ROWS = (
    *(row(name, setting, *way) for name, setting in SHAPES.items() for way in WAYS.items()),
    at_least(1, "training step of a CNN", "Keras on the same core", cnn_step),
)
