"""Every wrong call is refused before anything is computed, in words: what was expected, what was received."""

import functools

import matplotlib

matplotlib.use("agg")

import numpy as np
import pytest

from byhand import activations, initializers, losses, naive, optimizers, plots
from byhand import activations_piecewise as piecewise
from byhand import activations_smooth as smooth
from byhand.convolution import convolution, convolution_vjp
from byhand.data import load_blobs, load_digits, load_ecg, load_scenes
from byhand.early_stopping import EarlyStopping
from byhand.gradient_check import gradient_check
from byhand.gradient_report import gradient_report
from byhand.initializers import glorot_uniform
from byhand.layers import Conv1D, Conv2D, Dense, Flatten, LocallyConnected1D, MaxPooling1D, MaxPooling2D
from byhand.locally_connected import locally_connected, locally_connected_vjp
from byhand.metrics import accuracy, class_rates, confusion_matrix
from byhand.network import Network
from byhand.ops import dense, dense_vjp, flatten, flatten_vjp
from byhand.optimizers import GradientDescent
from byhand.patches import entries, patches, patches_vjp
from byhand.pooling import average_pooling, average_pooling_vjp, max_pooling, max_pooling_vjp
from byhand.targets import one_hot
from byhand.training import fit, fit_scipy, minibatches

pytestmark = pytest.mark.filterwarnings("error")

NAN, INF = float("nan"), float("inf")
RNG = np.random.default_rng(0)
NETWORK = Network(3, (Dense(4, "relu"), Dense(2)), losses.binary_cross_entropy)
THETA = np.zeros(NETWORK.size)
X, Y = np.ones((5, 3)), np.ones((5, 2))
W, B = np.ones((3, 4)), np.ones(4)
Z = np.array([-1.0, 0.0, 2.0])
DESCENT = GradientDescent()
SQUARE = (0, 1, 0, 1)


LAYERS = (Dense(2),)
# 2 examples of 9 samples, or 7 × 9 pixels, in 3 channels; windows of 4, or 2 × 4; 5 filters
SIGNAL, PICTURE = np.ones((2, 9, 3)), np.ones((2, 7, 9, 3))
K1, K2, B5 = np.ones((4, 3, 5)), np.ones((2, 4, 3, 5)), np.ones(5)
D1, D2 = np.ones((2, 6, 5)), np.ones((2, 6, 6, 5))
OWN, OWN_B = np.ones((6, 12, 5)), np.ones((6, 5))
CHAIN = Network((9, 3), (Conv1D(5, 4), Flatten(), Dense(2)), losses.squared_error)
CHAIN_THETA = np.zeros(CHAIN.size)


def network(inputs=3, layers=LAYERS, loss=losses.squared_error, l2=0):
    return Network(inputs, layers, loss, l2)


def train(theta=THETA, x=X, y=Y, **settings):
    return fit(NETWORK, theta, x, y, DESCENT, **{"epochs": 1, **settings})


def check(theta=(1.0, 2.0), dtype=float, **settings):
    return gradient_check(
        lambda at: (float(at @ at), 2 * at), np.array(theta, dtype), **{"rng": RNG, **settings}
    )


def softmax_loss(targets):
    return losses.softmax_cross_entropy(np.zeros((3, 4)), targets)


# name of the case: (call, words of the message)
CALLS = {
    # activations
    "activation not known": (
        lambda: activations.get("tanhh"),
        ["Expected an activation among linear, sigmoid, tanh", "name='tanhh'"],
    ),
    "activation in capitals": (lambda: activations.get("ReLU"), ["relu", "name='ReLU'"]),
    "activation given as a function": (lambda: activations.get(activations.relu), ["name=<function relu"]),
    "activation in a list": (lambda: activations.get(["relu"]), ["name=['relu']"]),
    "no activation": (lambda: activations.get(None), ["name=None"]),
    "leaky ReLU: slope negative": (
        lambda: activations.leaky_relu(Z, -0.1),
        ["Expected a finite negative_slope of 0 or more.", "negative_slope=-0.1"],
    ),
    "leaky ReLU: a slope for each unit": (
        lambda: activations.leaky_relu(Z, [0.1, 0.2, 0.3]),
        ["negative_slope=[0.1, 0.2, 0.3]"],
    ),
    "leaky ReLU: slope None": (
        lambda: activations.leaky_relu_derivative(Z, None),
        ["Expected a finite negative_slope of 0 or more.", "negative_slope=None"],
    ),
    "ELU: alpha negative": (
        lambda: activations.elu(Z, -1),
        ["Expected a finite alpha of 0 or more.", "alpha=-1"],
    ),
    "ELU: alpha not a number": (
        lambda: activations.elu_derivative(Z, NAN),
        ["Expected a finite alpha of 0 or more.", "alpha=nan"],
    ),
    "CELU: alpha 0": (lambda: smooth.celu(Z, 0), ["Expected a positive finite alpha.", "alpha=0"]),
    "CELU: alpha infinite": (
        lambda: smooth.celu_derivative(Z, INF),
        ["Expected a positive finite alpha.", "alpha=inf"],
    ),
    "squareplus: b 0": (lambda: smooth.squareplus(Z, 0), ["Expected a positive finite b.", "b=0"]),
    "squareplus: b in words": (
        lambda: smooth.squareplus_derivative(Z, "4"),
        ["Expected a positive finite b.", "b='4'"],
    ),
    "soft shrink: threshold negative": (
        lambda: piecewise.soft_shrink(Z, -0.5),
        ["Expected a finite threshold of 0 or more.", "threshold=-0.5"],
    ),
    "hard shrink: threshold True": (
        lambda: piecewise.hard_shrink(Z, True),
        ["Expected a finite threshold of 0 or more.", "threshold=True"],
    ),
    # losses
    "cross-entropy: targets flat": (
        lambda: losses.binary_cross_entropy(np.ones((5, 1)), np.ones(5)),
        ["one shape", "logits.shape=(5, 1)", "targets.shape=(5,)"],
    ),
    "cross-entropy: one logit for many targets": (
        lambda: losses.binary_cross_entropy(np.ones((1, 2)), np.ones((5, 2))),
        ["one shape", "(1, 2)", "(5, 2)"],
    ),
    "cross-entropy: a number for targets": (
        lambda: losses.binary_cross_entropy(Y, 1.0),
        ["targets.shape=()"],
    ),
    "cross-entropy: nothing": (lambda: losses.binary_cross_entropy(Y[:0], Y[:0]), ["not empty", "(0, 2)"]),
    "cross-entropy: target 2": (
        lambda: losses.binary_cross_entropy(Y, 2 * Y),
        ["between 0 and 1", "targets=2.0"],
    ),
    "cross-entropy: target -1": (
        lambda: losses.binary_cross_entropy(np.zeros(3), np.array([0, 1, -1])),
        ["between 0 and 1", "targets=-1.0"],
    ),
    "cross-entropy: target not a number": (
        lambda: losses.binary_cross_entropy(np.zeros(3), np.array([0, 1, NAN])),
        ["between 0 and 1", "targets=nan"],
    ),
    "cross-entropy: target a little above 1": (
        lambda: losses.binary_cross_entropy(np.zeros(2), np.array([1, 1 + 1e-12])),
        ["between 0 and 1", "targets=1.000000000001"],
    ),
    "squared error: targets flat": (
        lambda: losses.squared_error(np.ones((5, 1)), np.ones(5)),
        ["one shape", "outputs.shape=(5, 1)", "targets.shape=(5,)"],
    ),
    "squared error: nothing": (lambda: losses.squared_error([], []), ["not empty", "(0,)"]),
    "squared error: target not a number": (
        lambda: losses.squared_error(np.ones(2), [1, NAN]),
        ["finite targets", "targets=nan"],
    ),
    "squared error: target infinite": (
        lambda: losses.squared_error(np.ones(3), [1, -INF, NAN]),
        ["finite targets", "targets=-inf"],
    ),
    "softmax loss: label K": (lambda: softmax_loss([0, 1, 4]), ["labels from 0 to 3", "targets=4"]),
    "softmax loss: label -1": (lambda: softmax_loss([0, -1, 2]), ["labels from 0 to 3", "targets=-1"]),
    "softmax loss: labels as floats": (lambda: softmax_loss([0.0, 1, 2]), ["whole numbers", "float64"]),
    "softmax loss: labels true or false": (lambda: softmax_loss([True, False, True]), ["targets.dtype=bool"]),
    "softmax loss: labels in words": (lambda: softmax_loss(["a", "b", "c"]), ["whole numbers", "<U1"]),
    "softmax loss: a label too few": (
        lambda: softmax_loss([0, 1]),
        ["labels (M,) or probabilities (M, K)", "logits.shape=(3, 4)", "targets.shape=(2,)"],
    ),
    "softmax loss: labels in a column": (lambda: softmax_loss([[0], [1], [2]]), ["targets.shape=(3, 1)"]),
    "softmax loss: one label for all": (lambda: softmax_loss(0), ["targets.shape=()"]),
    "softmax loss: one-hot of another width": (lambda: softmax_loss(np.eye(3)), ["targets.shape=(3, 3)"]),
    "softmax loss: nothing": (
        lambda: losses.softmax_cross_entropy(np.ones((0, 4)), np.ones(0, int)),
        ["not empty", "logits.shape=(0, 4)"],
    ),
    "softmax loss: no classes": (
        lambda: losses.softmax_cross_entropy(np.ones((3, 0)), np.ones((3, 0))),
        ["not empty", "logits.shape=(3, 0)"],
    ),
    "softmax loss: a number for logits": (lambda: losses.softmax_cross_entropy(1.0, 0), ["logits.shape=()"]),
    "softmax loss: several true classes": (
        lambda: softmax_loss([[1, 0, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0]]),
        ["sum to one", "summing to 2.0"],
    ),
    "softmax loss: no true class": (lambda: softmax_loss(np.zeros((3, 4))), ["summing to 0.0"]),
    "softmax loss: percentages": (lambda: softmax_loss(np.full((3, 4), 25)), ["between 0 and 1", "25"]),
    "softmax loss: a negative probability": (
        lambda: softmax_loss([[1.5, -0.5, 0, 0]] * 3),
        ["between 0 and 1", "targets=1.5"],
    ),
    "softmax loss: probability not a number": (lambda: softmax_loss([[NAN, 1, 0, 0]] * 3), ["targets=nan"]),
    "softmax loss: two infinite logits": (
        lambda: losses.softmax_cross_entropy([[INF, INF, 0]], [0]),
        ["one largest score", "inf"],
    ),
    "softmax: all scores -inf": (lambda: losses.softmax([-INF, -INF]), ["one largest score", "-inf"]),
    "softmax: one row of -inf": (lambda: losses.softmax([[-INF, -INF], [1, 2]]), ["one largest score"]),
    "softmax: two scores inf": (lambda: losses.softmax([[1, 2], [INF, INF]]), ["one largest score"]),
    "log_softmax: two scores inf": (lambda: losses.log_softmax([INF, 0, INF]), ["one largest score"]),
    "softmax: a number": (lambda: losses.softmax(3.0), ["(…, K)", "z.shape=()"]),
    "softmax: nothing": (lambda: losses.softmax(np.ones((3, 0))), ["not empty", "z.shape=(3, 0)"]),
    "log_softmax: nothing": (lambda: losses.log_softmax([]), ["not empty", "z.shape=(0,)"]),
    "logsumexp: nothing": (lambda: losses.logsumexp([]), ["not empty", "z.shape=(0,)"]),
    "logsumexp: a number": (lambda: losses.logsumexp(0.0), ["z.shape=()"]),
    "softmax_vjp: another number of classes": (
        lambda: losses.softmax_vjp(np.ones((5, 3)), Y),
        ["one shape (…, K)", "da.shape=(5, 3)", "a.shape=(5, 2)"],
    ),
    "softmax_vjp: a row against a batch": (
        lambda: losses.softmax_vjp(Y[0], Y),
        ["da.shape=(2,)", "a.shape=(5, 2)"],
    ),
    "softmax_vjp: numbers": (lambda: losses.softmax_vjp(1.0, 1.0), ["a.shape=()"]),
    "one_hot: label K": (lambda: one_hot([0, 3], 3), ["labels from 0 to 2", "targets=3"]),
    "one_hot: label -1": (lambda: one_hot(-1, 3), ["labels from 0 to 2", "targets=-1"]),
    "one_hot: floats": (lambda: one_hot([1.0], 3), ["whole numbers", "float64"]),
    "L2: strength negative": (lambda: losses.l2_penalty([W], -1, 5), ["at least 0", "strength=-1"]),
    "L2: strength not a number": (lambda: losses.l2_penalty([W], NAN, 5), ["strength=nan"]),
    "L2: strength infinite": (lambda: losses.l2_penalty([W], INF, 5), ["strength=inf"]),
    "L2: no examples": (lambda: losses.l2_penalty([W], 1, 0), ["at least 1 example", "examples=0"]),
    "L2: examples without end": (lambda: losses.l2_penalty([W], 1, INF), ["examples=inf"]),
    "L2: a bias among the weights": (
        lambda: losses.l2_penalty([W, B], 1, 5),
        ["without biases", "shapes=[(3, 4), (4,)]"],
    ),
    "L2: theta for the weights": (lambda: losses.l2_penalty(THETA, 1, 5), ["without biases"]),
    "naive cross-entropy: targets flat": (
        lambda: naive.naive_binary_cross_entropy(np.ones((5, 1)), np.ones(5)),
        ["Expected logits", "targets.shape=(5,)"],
    ),
    "clipped cross-entropy: targets flat": (
        lambda: naive.clipped_binary_cross_entropy(np.ones((5, 1)), np.ones(5)),
        ["Expected logits", "targets.shape=(5,)"],
    ),
    "padded cross-entropy: targets flat": (
        lambda: naive.padded_binary_cross_entropy(np.ones((5, 1)), np.ones(5)),
        ["Expected logits and targets of one shape", "logits.shape=(5, 1)"],
    ),
    "naive cross-entropy: target 2": (
        lambda: naive.naive_binary_cross_entropy(Y, 2 * Y),
        ["between 0 and 1"],
    ),
    "naive softmax loss: label K": (
        lambda: naive.naive_softmax_cross_entropy(Y, [0, 1, 2, 0, 0]),
        ["labels from 0 to 1", "targets=2"],
    ),
    "clipped cross-entropy: target -1": (
        lambda: naive.clipped_binary_cross_entropy(Y, -Y),
        ["between 0 and 1", "targets=-1.0"],
    ),
    "clipped softmax loss: labels as floats": (
        lambda: naive.clipped_softmax_cross_entropy(Y, np.zeros(5)),
        ["whole numbers"],
    ),
    # operations
    "dense: one example without its axis": (
        lambda: dense(X[0], W, B),
        ["Expected x (M, D), W (D, U), b (U,).", "x.shape=(3,), W.shape=(3, 4), b.shape=(4,)"],
    ),
    "dense: weights the wrong way round": (lambda: dense(X, W.T, B), ["W (D, U)", "W.shape=(4, 3)"]),
    "dense: weights of one unit flat": (lambda: dense(X, W[:, 0], B[:1]), ["W.shape=(3,)"]),
    "dense: one bias for all units": (lambda: dense(X, W, B[:1]), ["b (U,)", "b.shape=(1,)"]),
    "dense: bias a number": (lambda: dense(X, W, 0.0), ["b.shape=()"]),
    "dense: bias a column": (lambda: dense(np.ones((4, 3)), W, B[:, None]), ["b.shape=(4, 1)"]),
    "dense: bias a row": (lambda: dense(X, W, B[None]), ["b.shape=(1, 4)"]),
    "dense_vjp: another number of units": (
        lambda: dense_vjp(np.ones((5, 2)), X, W, need_dx=False),
        ["Expected dy (M, U), x (M, D), W (D, U).", "dy.shape=(5, 2)", "W.shape=(3, 4)"],
    ),
    "dense_vjp: another number of examples": (lambda: dense_vjp(np.ones((6, 4)), X, W), ["dy.shape=(6, 4)"]),
    "dense_vjp: gradient flat": (lambda: dense_vjp(np.ones(5), X, W), ["dy.shape=(5,)"]),
    "dense_vjp: another number of inputs": (
        lambda: dense_vjp(np.ones((5, 4)), X[:, :2], W),
        ["x (M, D)", "x.shape=(5, 2)"],
    ),
    "dense_vjp: weights flat": (lambda: dense_vjp(np.ones((5, 1)), X, W[:, 0]), ["W.shape=(3,)"]),
    "convolution: one example without its axis": (
        lambda: convolution(SIGNAL[0], K1, B5),
        ["x (M, H, V, C)", "x.shape=(9, 3)"],
    ),
    "convolution: kernel of a picture for a signal": (
        lambda: convolution(SIGNAL, K2, B5),
        ["x (M, T, C), W (k, C, U)", "W.shape=(2, 4, 3, 5)"],
    ),
    "convolution: kernel of a signal for a picture": (
        lambda: convolution(PICTURE, K1, B5),
        ["W (h, v, C, U)", "W.shape=(4, 3, 5)"],
    ),
    "convolution: another number of channels": (
        lambda: convolution(SIGNAL, K1[:, :2], B5),
        ["x.shape=(2, 9, 3)", "W.shape=(4, 2, 5)"],
    ),
    "convolution: channels first": (
        lambda: convolution(np.moveaxis(PICTURE, -1, 1), K2, B5),
        ["x.shape=(2, 3, 7, 9)"],
    ),
    "convolution: one bias for all filters": (lambda: convolution(SIGNAL, K1, B5[:1]), ["b.shape=(1,)"]),
    "convolution: bias a row": (lambda: convolution(SIGNAL, K1, B5[None]), ["b.shape=(1, 5)"]),
    "convolution: kernel longer than the signal": (
        lambda: convolution(SIGNAL[:, :3], K1, B5),
        ["window no wider", "(3,)", "window=(4,)"],
    ),
    "convolution: kernel too long by dilation": (
        lambda: convolution(SIGNAL, K1, B5, dilation=3),
        ["window=(10,)"],
    ),
    "convolution: stride zero": (lambda: convolution(SIGNAL, K1, B5, stride=0), ["stride=0"]),
    "convolution: stride not whole": (lambda: convolution(SIGNAL, K1, B5, stride=1.0), ["stride=1.0"]),
    "convolution: two strides for a signal": (
        lambda: convolution(SIGNAL, K1, B5, stride=(1, 1)),
        ["each axis, 1 in all", "stride=(1, 1)"],
    ),
    "convolution: one stride in a tuple for a picture": (
        lambda: convolution(PICTURE, K2, B5, stride=(2,)),
        ["2 in all", "stride=(2,)"],
    ),
    "convolution: dilation negative": (lambda: convolution(SIGNAL, K1, B5, dilation=-1), ["dilation=-1"]),
    "convolution: padding in capitals": (
        lambda: convolution(SIGNAL, K1, B5, padding="SAME"),
        ['"valid" or "same"', "padding='SAME'"],
    ),
    "convolution: padding a number": (lambda: convolution(SIGNAL, K1, B5, padding=1), ["padding=1"]),
    "convolution_vjp: gradient of another length": (
        lambda: convolution_vjp(D1[:, 1:], SIGNAL, K1),
        ["dy (M, L, U)", "dy.shape=(2, 5, 5)", "patches.shape=(2, 6, 4, 3)"],
    ),
    "convolution_vjp: gradient of other settings": (
        lambda: convolution_vjp(D1, SIGNAL, K1, padding="same"),
        ["dy.shape=(2, 6, 5)", "patches.shape=(2, 9, 4, 3)"],
    ),
    "convolution_vjp: another number of filters": (
        lambda: convolution_vjp(D2[..., :4], PICTURE, K2),
        ["dy (M, P, Q, U)", "dy.shape=(2, 6, 6, 4)"],
    ),
    "convolution_vjp: another number of examples": (
        lambda: convolution_vjp(D2[:1], PICTURE, K2),
        ["dy.shape=(1, 6, 6, 5)"],
    ),
    "convolution_vjp: another number of channels": (
        lambda: convolution_vjp(D1, SIGNAL[..., :2], K1),
        ["x.shape=(2, 9, 2)"],
    ),
    "patches: no axis to slide along": (lambda: patches(X, 2), ["axis between", "axes=()"]),
    "patches: size zero": (lambda: patches(SIGNAL, 0), ["size=0"]),
    "patches: size a float": (lambda: patches(SIGNAL, 2.0), ["size=2.0"]),
    "patches: two sizes for a signal": (lambda: patches(SIGNAL, (2, 2)), ["1 in all", "size=(2, 2)"]),
    "patches: window taller than the picture": (
        lambda: patches(PICTURE, (8, 2)),
        ["(7, 9)", "window=(8, 2)"],
    ),
    "patches_vjp: padding not known": (
        lambda: patches_vjp([], SIGNAL, 2, padding="full"),
        ["padding='full'"],
    ),
    "pooling: size zero": (lambda: max_pooling(SIGNAL, 0), ["size=0"]),
    "pooling: size too large": (lambda: average_pooling(SIGNAL, 10), ["(9,)", "window=(10,)"]),
    "entries of a window: size zero": (lambda: entries(0, 2), ["size as a positive whole number", "size=0"]),
    "pooling: stride zero": (lambda: max_pooling(SIGNAL, 2, stride=0), ["stride=0"]),
    "pooling: padding not known": (lambda: average_pooling(SIGNAL, 2, padding="full"), ["padding='full'"]),
    "pooling: pictures unrolled": (lambda: max_pooling(X, 2), ["axis between"]),
    "max_pooling_vjp: gradient of another length": (
        lambda: max_pooling_vjp(D1, SIGNAL, max_pooling(SIGNAL, 2), 2),
        ["Expected dy (M, L, C), patches (M, L, k, C).", "dy.shape=(2, 6, 5)", "patches.shape=(2, 4, 2, 3)"],
    ),
    "max_pooling_vjp: the output of other settings": (
        lambda: max_pooling_vjp(SIGNAL[:, :4], SIGNAL, max_pooling(SIGNAL, 3), 2),
        ["y (M, L, C)", "y.shape=(2, 3, 3)"],
    ),
    "average_pooling_vjp: gradient of another length": (
        lambda: average_pooling_vjp(PICTURE, PICTURE, 2),
        ["Expected dy (M, P, Q, C), patches (M, P, Q, h, v, C).", "dy.shape=(2, 7, 9, 3)"],
    ),
    "locally connected: weights of another length": (
        lambda: locally_connected(SIGNAL, OWN[:5], OWN_B, 4),
        ["Expected patches (L, M, kC), W (L, kC, U), b (L, U).", "W.shape=(5, 12, 5)"],
    ),
    "locally connected: another window": (
        lambda: locally_connected(SIGNAL, OWN, OWN_B, 3),
        ["patches.shape=(7, 2, 9)", "W.shape=(6, 12, 5)"],
    ),
    "locally connected: one bias for all places": (
        lambda: locally_connected(SIGNAL, OWN, B5, 4),
        ["b (L, U)", "b.shape=(5,)"],
    ),
    "locally connected: a picture": (
        lambda: locally_connected(PICTURE, OWN, OWN_B, 4),
        ["Expected x (M, T, C).", "x.shape=(2, 7, 9, 3)"],
    ),
    "locally_connected_vjp: gradient of another length": (
        lambda: locally_connected_vjp(D1[:, 1:], SIGNAL, OWN, 4),
        ["Expected dy (M, L, U), patches (L, M, kC), W (L, kC, U).", "dy.shape=(2, 5, 5)"],
    ),
    "flatten: nothing but a number": (lambda: flatten(3.0), ["(M, …)", "x.shape=()"]),
    "flatten: one axis only": (lambda: flatten(np.ones(3)), ["(M, …)", "x.shape=(3,)"]),
    "flatten_vjp: another number of columns": (
        lambda: flatten_vjp(np.ones((2, 26)), SIGNAL),
        ["Expected dy (M, D), x (M, D).", "x.shape=(2, 27)", "dy.shape=(2, 26)"],
    ),
    # initializers
    "glorot: a seed for a generator": (lambda: glorot_uniform((3, 2), 0), ["Generator", "rng=0"]),
    "glorot: no generator": (lambda: glorot_uniform((3, 2), None), ["Generator", "rng=None"]),
    "glorot: a vector": (lambda: glorot_uniform((3,), RNG), ["(D, U)", "shape=(3,)"]),
    "glorot: a matrix for the shape": (lambda: glorot_uniform(np.ones((2, 2)), RNG), ["(D, U)"]),
    "glorot: a number for the shape": (lambda: glorot_uniform(3, RNG), ["(D, U)", "shape=3"]),
    # optimizers
    "learning rate zero": (lambda: GradientDescent(0), ["positive finite", "learning_rate=0"]),
    "learning rate negative": (lambda: GradientDescent(-0.1), ["positive finite", "learning_rate=-0.1"]),
    "learning rate infinite": (lambda: GradientDescent(INF), ["positive finite", "learning_rate=inf"]),
    "learning rate not a number": (lambda: GradientDescent(NAN), ["positive finite", "learning_rate=nan"]),
    "learning rate True": (lambda: GradientDescent(True), ["learning_rate=True"]),
    "learning rate in words": (lambda: GradientDescent("0.1"), ["learning_rate='0.1'"]),
    "learning rate None": (lambda: GradientDescent(None), ["learning_rate=None"]),
    "learning rate complex": (lambda: GradientDescent(1j), ["learning_rate=1j"]),
    # layers
    "no units": (lambda: Dense(0), ["positive whole number", "units=0"]),
    "units negative": (lambda: Dense(-3), ["units=-3"]),
    "units not whole": (lambda: Dense(2.5), ["units=2.5"]),
    "units a whole float": (lambda: Dense(2.0), ["units=2.0"]),
    "units True": (lambda: Dense(True), ["units=True"]),
    "units in words": (lambda: Dense("3"), ["units='3'"]),
    "no filters": (lambda: Conv1D(0, 3), ["positive whole number of filters", "filters=0"]),
    "filters a float": (lambda: Conv2D(8.0, 3), ["filters=8.0"]),
    "filters of a locally connected layer": (lambda: LocallyConnected1D(None, 3), ["filters=None"]),
    "kernel of nothing": (lambda: Conv1D(8, 0), ["kernel_size", "kernel_size=0"]),
    "kernel of a picture for a signal": (lambda: Conv1D(8, (3, 3)), ["1 in all", "kernel_size=(3, 3)"]),
    "kernel of a signal for a picture": (lambda: Conv2D(8, (3,)), ["2 in all", "kernel_size=(3,)"]),
    "kernel of a locally connected layer": (lambda: LocallyConnected1D(8, -1), ["kernel_size=-1"]),
    "kernel in words": (lambda: Conv2D(8, "33"), ["kernel_size='33'"]),
    "strides zero": (lambda: Conv2D(8, 3, (1, 0)), ["strides=(1, 0)"]),
    "strides of a locally connected layer": (lambda: LocallyConnected1D(8, 3, 0), ["strides=0"]),
    "strides None": (lambda: Conv1D(8, 3, None), ["strides=None"]),
    "strides with dilation": (
        lambda: Conv2D(8, 3, (1, 2), dilation_rate=2),
        ["to be 1", "strides=(1, 2)", "dilation_rate=(2, 2)"],
    ),
    "dilation True": (lambda: Conv1D(8, 3, dilation_rate=True), ["dilation_rate=True"]),
    "layer's padding not known": (lambda: Conv1D(8, 3, padding="causal"), ["padding='causal'"]),
    "convolution's activation not known": (lambda: Conv1D(8, 3, activation="softplu"), ["name='softplu'"]),
    "locally connected layer's activation": (
        lambda: LocallyConnected1D(8, 3, activation=None),
        ["name=None"],
    ),
    "pool size zero": (lambda: MaxPooling1D(0), ["pool_size=0"]),
    "pool size of a picture for a signal": (lambda: MaxPooling1D((2, 2)), ["1 in all", "pool_size=(2, 2)"]),
    "pool strides negative": (lambda: MaxPooling2D(2, -2), ["strides=-2"]),
    "pool strides zero": (lambda: MaxPooling2D(2, 0), ["strides=0"]),
    "pool padding not known": (lambda: MaxPooling2D(2, 2, "full"), ["padding='full'"]),
    "layer's activation not known": (lambda: Dense(3, "softpluss"), ["linear", "name='softpluss'"]),
    # networks
    "pictures into a dense layer": (
        lambda: network((9, 3)),
        ["(D,) for Dense(units=2", "input_shape=(9, 3)"],
    ),
    "rows into a convolution": (
        lambda: network(400, (Conv2D(8, 3), Flatten(), Dense(2))),
        ["(H, V, C) for Conv2D(", "input_shape=(400,)"],
    ),
    "pictures without channels": (
        lambda: network((20, 20), (Conv2D(8, 3),)),
        ["(H, V, C)", "input_shape=(20, 20)"],
    ),
    "a picture into a layer for signals": (
        lambda: network((9, 8, 3), (LocallyConnected1D(8, 3),)),
        ["(T, C) for LocallyConnected1D("],
    ),
    "a dense layer without flattening": (
        lambda: network((9, 3), (Conv1D(5, 4), Dense(2))),
        ["(D,)", "input_shape=(6, 5)"],
    ),
    "a kernel wider than what is left": (
        lambda: network((9, 3), (MaxPooling1D(3), Conv1D(5, 4))),
        ["(3,)", "window=(4,)"],
    ),
    "pooling wider than the input": (lambda: network((9, 3), (MaxPooling1D(10),)), ["window=(10,)"]),
    "no parameters at all": (
        lambda: network((9, 3), (MaxPooling1D(3), Flatten())),
        ["a layer with parameters", "Flatten()"],
    ),
    "inputs of no size": (lambda: network(()), ["inputs=()"]),
    "inputs of size zero": (lambda: network((9, 0), (Conv1D(5, 4),)), ["inputs=(9, 0)"]),
    "inputs of open length": (lambda: network((None, 3), (Conv1D(5, 4),)), ["inputs=(None, 3)"]),
    "inputs as text": (lambda: network("3"), ["inputs='3'"]),
    "penalty negative": (lambda: network(l2=-1), ["Expected a finite penalty λ ≥ 0.", "l2=-1"]),
    "penalty not a number": (lambda: network(l2=NAN), ["l2=nan"]),
    "penalty infinite": (lambda: network(l2=INF), ["l2=inf"]),
    "penalty True": (lambda: network(l2=True), ["l2=True"]),
    "penalty in words": (lambda: network(l2="1"), ["l2='1'"]),
    "signals unrolled": (lambda: CHAIN.predict(CHAIN_THETA, np.ones((5, 27))), ["(M, 9, 3)", "(5, 27)"]),
    "one signal without its axis": (lambda: CHAIN.forward(CHAIN_THETA, np.ones((9, 3))), ["(M, 9, 3)"]),
    "x in words": (
        lambda: NETWORK.predict(THETA, np.array([["a", "b", "c"]])),
        ["real numbers", "<U1"],
    ),
    "x complex": (lambda: NETWORK.predict(THETA, X + 1j), ["real numbers", "x.dtype=complex128"]),
    "predict: batches of none": (lambda: NETWORK.predict(THETA, X, 0), ["batch_size=0"]),
    "predict: batches not whole": (lambda: NETWORK.predict(THETA, X, 2.0), ["batch_size=2.0"]),
    "predict: theta whole numbers": (lambda: NETWORK.predict(THETA.astype(int), X), ["floating", "int64"]),
    "views of whole numbers": (lambda: NETWORK.views(THETA.astype(int)), ["floating", "theta.dtype=int64"]),
    "no inputs": (lambda: network(inputs=0), ["positive whole number of inputs", "inputs=0"]),
    "inputs True": (lambda: network(inputs=True), ["inputs=True"]),
    "no layers": (lambda: network(layers=()), ["at least one layer", "layers=()"]),
    "a layer not in a tuple": (lambda: network(layers=Dense(2)), ["at least one layer", "layers=Dense("]),
    "numbers for layers": (lambda: network(layers=(4, 2)), ["layer", "layers=(4, 2)"]),
    "the class for a layer": (lambda: network(layers=(Dense,)), ["layer", "layers=(<class"]),
    "loss by name": (lambda: network(loss="mse"), ["loss function", "loss='mse'"]),
    "theta too short": (lambda: NETWORK.views(THETA[1:]), ["(26,)", "theta.shape=(25,)"]),
    "theta too long": (lambda: NETWORK.predict(np.zeros(27), X), ["(26,)", "theta.shape=(27,)"]),
    "theta a column": (lambda: NETWORK.predict(THETA[:, None], X), ["(26,)", "theta.shape=(26, 1)"]),
    "theta a list": (lambda: NETWORK.predict(THETA.tolist(), X), ["an array", "list"]),
    "theta whole numbers": (
        lambda: NETWORK.value_and_grad(THETA.astype(int), X, Y),
        ["floating", "theta.dtype=int64"],
    ),
    "x one example without its axis": (lambda: NETWORK.predict(THETA, X[0]), ["(M, 3)", "x.shape=(3,)"]),
    "x with too many columns": (
        lambda: NETWORK.predict(THETA, np.ones((5, 4))),
        ["(M, 3)", "x.shape=(5, 4)"],
    ),
    "x the wrong way round": (lambda: NETWORK.forward(THETA, X.T), ["(M, 3)", "x.shape=(3, 5)"]),
    "x pictures not unrolled": (
        lambda: NETWORK.predict(THETA, np.ones((5, 3, 1))),
        ["(M, 3)", "x.shape=(5, 3, 1)"],
    ),
    "x without examples": (lambda: NETWORK.predict(THETA, X[:0]), ["M ≥ 1", "x.shape=(0, 3)"]),
    "targets flat": (
        lambda: NETWORK.value_and_grad(THETA, X, Y[:, 0]),
        ["one shape", "logits.shape=(5, 2)", "targets.shape=(5,)"],
    ),
    "an array too few": (lambda: NETWORK.flatten([W, B]), ["[(3, 4), (4,), (4, 2), (2,)]", "[(3, 4), (4,)]"]),
    "arrays in another order": (
        lambda: NETWORK.flatten([B, W, np.ones(2), np.ones((4, 2))]),
        ["shapes=[(4,), (3, 4), (2,), (4, 2)]"],
    ),
    "a seed to initialize": (lambda: NETWORK.initialize(0), ["Generator", "rng=0"]),
    # training
    "no examples": (lambda: minibatches(0, 3), ["at least 1 example", "examples=0"]),
    "examples not whole": (lambda: minibatches(5.0, 3), ["examples=5.0"]),
    "examples not a number": (lambda: minibatches(NAN, 3), ["examples=nan"]),
    "batch of none": (lambda: minibatches(5, 0), ["batch size of at least 1", "batch_size=0"]),
    "batch negative": (lambda: minibatches(5, -1), ["batch_size=-1"]),
    "batch not whole": (lambda: minibatches(5, 2.0), ["batch_size=2.0"]),
    "batch None": (lambda: minibatches(5, None), ["batch_size=None"]),
    "batch True": (lambda: minibatches(5, True), ["batch_size=True"]),
    "a seed to shuffle": (lambda: minibatches(5, 2, 0), ["Generator or None", "rng=0"]),
    "fit: no epochs": (lambda: train(epochs=0), ["epochs ≥ 1", "epochs=0"]),
    "fit: epochs not whole": (lambda: train(epochs=2.0), ["epochs=2.0"]),
    "fit: epochs True": (lambda: train(epochs=True), ["epochs=True"]),
    "fit: epochs in words": (lambda: train(epochs="3"), ["epochs='3'"]),
    "fit: a target too few": (lambda: train(y=Y[1:]), ["as many targets", "len(x)=5", "len(y)=4"]),
    "fit: an example too few": (lambda: train(x=X[1:]), ["as many targets", "len(x)=4", "len(y)=5"]),
    "fit: batch of none": (lambda: train(batch_size=0), ["batch_size=0"]),
    "fit: a seed to shuffle": (lambda: train(rng=1), ["Generator or None", "rng=1"]),
    "fit: theta too short": (lambda: train(theta=THETA[1:]), ["theta.shape=(25,)"]),
    "fit: theta a list": (lambda: train(theta=THETA.tolist()), ["an array", "list"]),
    "fit: theta whole numbers": (lambda: train(theta=THETA.astype(int)), ["theta.dtype=int64"]),
    "fit: targets flat": (lambda: train(y=Y[:, 0]), ["targets.shape=(5,)"]),
    "fit: x flat": (lambda: train(x=X[:, 0]), ["x.shape=(5,)"]),
    "fit: validation of another width": (lambda: train(validation=(X[:, :2], Y)), ["x.shape=(5, 2)"]),
    # gradient check
    "gradient check in single precision": (lambda: check(dtype=np.float32), ["float64", "dtype=float32"]),
    "gradient check in whole numbers": (lambda: check(dtype=int), ["float64", "dtype=int64"]),
    "gradient check of a list": (lambda: gradient_check(abs, [1.0], RNG), ["float64", "list"]),
    "gradient check of nothing": (lambda: check(()), ["not empty", "theta.shape=(0,)"]),
    "gradient check of a matrix": (lambda: check(np.ones((2, 3))), ["vector", "theta.shape=(2, 3)"]),
    "gradient check without a step": (lambda: check(h=0), ["positive finite step", "h=0"]),
    "gradient check with a step that is no number": (lambda: check(h=NAN), ["h=nan"]),
    "gradient check with an endless step": (lambda: check(h=INF), ["h=inf"]),
    "gradient check with a seed": (lambda: check(rng=0), ["Generator", "rng=0"]),
    # digits
    "digits: split not known": (lambda: load_digits(split="tests"), ["validation", "split='tests'"]),
    "digits: split in a list": (lambda: load_digits(split=["train"]), ["split=['train']"]),
    "digits: source not known": (lambda: load_digits(source="MNIST"), ['"mnist"', "source='MNIST'"]),
    "digits: one class": (lambda: load_digits([3]), ["two or more", "classes=[3]"]),
    "digits: no class": (lambda: load_digits([]), ["two or more", "classes=[]"]),
    "digits: number of classes": (lambda: load_digits(2), ["two or more", "classes=[2]"]),
    "digits: a class twice": (lambda: load_digits([1, 2, 1]), ["different", "classes=[1, 2, 1]"]),
    "digits: class 10": (lambda: load_digits([0, 10]), ["0 to 9", "classes=[0, 10]"]),
    "digits: class -1": (lambda: load_digits([-1, 1]), ["0 to 9", "classes=[-1, 1]"]),
    "digits: class not whole": (lambda: load_digits([0.5, 1]), ["0 to 9", "classes=[0.5, 1]"]),
    "digits: classes in words": (lambda: load_digits("01"), ["0 to 9", "classes=['0', '1']"]),
    "digits: classes nested": (lambda: load_digits([[0], [1]]), ["0 to 9", "classes=[[0], [1]]"]),
    "digits: classes None": (lambda: load_digits(None), ["two or more", "classes=[None]"]),
}


# Initializers, optimizers, training, gradient report and made data sets

UNIT = Network(3, (Dense(1),), losses.squared_error)
TARGET = np.ones((5, 1))


def fitted(**settings):
    return fit(UNIT, np.zeros(4), X, TARGET, DESCENT, **{"epochs": 1, **settings})


def by_scipy(**settings):
    return fit_scipy(UNIT, np.zeros(4), X, TARGET, **{"maxiter": 2, **settings})


def reported(theta=None, **settings):
    theta = np.ones(4) if theta is None else theta
    return gradient_report(UNIT, theta, X, TARGET, **{"rng": RNG, **settings})


def stepped(optimizer, grad, theta=None):
    theta = np.zeros(3) if theta is None else theta
    return optimizer.step(theta, grad, optimizer.init(theta))


def nameless(*_):
    return 0.0


CALLS |= {
    # initializers
    "initializer not known": (
        lambda: initializers.get("glorot"),
        ["Expected an initializer among zeros, ", "name='glorot'"],
    ),
    "initializer given as a function": (lambda: initializers.get(glorot_uniform), ["name=<function"]),
    "initializer in a list": (lambda: initializers.get(["zeros"]), ["name=['zeros']"]),
    "kernel of no inputs": (lambda: initializers.he_normal((0, 3), RNG), ["(…, D, U)", "shape=(0, 3)"]),
    "kernel of a negative size": (lambda: initializers.he_uniform((3, -1), RNG), ["shape=(3, -1)"]),
    "kernel of half a unit": (lambda: initializers.glorot_normal((3, 0.5), RNG), ["shape=(3, 0.5)"]),
    "kernel of True": (lambda: initializers.glorot_normal((3, True), RNG), ["shape=(3, True)"]),
    "kernel's shape a matrix": (lambda: glorot_uniform(((3, 2), (1, 1)), RNG), ["shape=((3, 2), (1, 1))"]),
    "he: a seed for a generator": (lambda: initializers.he_normal((3, 2), 1), ["Generator", "rng=1"]),
    "he: whole numbers": (
        lambda: initializers.he_uniform((3, 2), RNG, int),
        ["floating", "dtype=<class 'int'>"],
    ),
    "uniform: a seed for a generator": (lambda: initializers.Uniform()((3, 2), 1), ["Generator", "rng=1"]),
    "uniform: limit zero": (
        lambda: initializers.Uniform(0),
        ["Expected a positive finite limit.", "epsilon=0"],
    ),
    "uniform: limit negative": (lambda: initializers.Uniform(-0.1), ["epsilon=-0.1"]),
    "uniform: limit infinite": (lambda: initializers.Uniform(INF), ["epsilon=inf"]),
    "uniform: limit True": (lambda: initializers.Uniform(True), ["epsilon=True"]),
    "uniform: limit in words": (lambda: initializers.Uniform("0.1"), ["epsilon='0.1'"]),
    "he_normal: whole numbers": (
        lambda: initializers.he_normal((3, 2), RNG, int),
        ["floating dtype", "dtype=<class 'int'>"],
    ),
    "constant not a number": (lambda: initializers.Constant(NAN), ["Expected a finite value.", "value=nan"]),
    "constant True": (lambda: initializers.Constant(True), ["value=True"]),
    "constant in words": (lambda: initializers.Constant("1"), ["value='1'"]),
    # optimizers
    "optimizer not known": (
        lambda: optimizers.get("sgd"),
        ["Expected an optimizer among gradient_descent, ", "name='sgd'"],
    ),
    "optimizer in capitals": (lambda: optimizers.get("Adam"), ["adam", "name='Adam'"]),
    "optimizer in a list": (lambda: optimizers.get(["adam"]), ["name=['adam']"]),
    "momentum 1": (lambda: optimizers.Momentum(momentum=1), ["from 0 to below 1", "momentum=1"]),
    "momentum negative": (lambda: optimizers.Nesterov(momentum=-0.1), ["momentum=-0.1"]),
    "momentum True": (lambda: optimizers.Momentum(momentum=True), ["momentum=True"]),
    "rho 1": (lambda: optimizers.RMSProp(rho=1.0), ["from 0 to below 1", "rho=1.0"]),
    "rho not a number": (lambda: optimizers.RMSProp(rho=NAN), ["rho=nan"]),
    "beta_1 1": (lambda: optimizers.Adam(beta_1=1), ["from 0 to below 1", "beta_1=1"]),
    "beta_2 above 1": (lambda: optimizers.Adam(beta_2=1.001), ["beta_2=1.001"]),
    "beta_2 negative": (lambda: optimizers.Adam(beta_2=-0.5), ["beta_2=-0.5"]),
    "epsilon zero": (lambda: optimizers.Adam(epsilon=0), ["positive finite epsilon", "epsilon=0"]),
    "epsilon infinite": (lambda: optimizers.RMSProp(epsilon=INF), ["epsilon=inf"]),
    "decay negative": (lambda: optimizers.AdamW(weight_decay=-1), ["0 or more", "weight_decay=-1"]),
    "decay infinite": (lambda: optimizers.AdamW(weight_decay=INF), ["weight_decay=inf"]),
    "rate of Adam zero": (lambda: optimizers.Adam(0), ["positive finite learning rate", "learning_rate=0"]),
    "theta of Adam a list": (lambda: optimizers.Adam().init([0.0]), ["an array", "list"]),
    "theta of momentum whole numbers": (
        lambda: optimizers.Momentum().init(np.zeros(3, int)),
        ["floating", "theta.dtype=int64"],
    ),
    "one slope for all": (lambda: stepped(DESCENT, np.ones(1)), ["one shape", "grad.shape=(1,)"]),
    "a number for the gradient": (lambda: stepped(optimizers.Adam(), 1.0), ["one shape", "grad.shape=()"]),
    # training
    "fit: a share of nothing": (lambda: fitted(validation=0.0), ["between 0 and 1", "validation=0.0"]),
    "fit: a share of everything": (lambda: fitted(validation=1.0), ["validation=1.0"]),
    "fit: a share too small to hold out one": (lambda: fitted(validation=1e-17), ["validation=1e-17"]),
    "fit: a share that leaves none": (lambda: fitted(validation=0.9), ["both sides", "len(x)=5"]),
    "fit: a negative share": (lambda: fitted(validation=-0.5), ["validation=-0.5"]),
    "fit: a share that is no number": (lambda: fitted(validation=NAN), ["validation=nan"]),
    "fit: validation without targets": (lambda: fitted(validation=(X,)), ["(x, y) or a share"]),
    "fit: validation in words": (lambda: fitted(validation="0.2"), ["validation='0.2'"]),
    "fit: a metric by name": (lambda: fitted(metrics="accuracy"), ["functions", "metrics='accuracy'"]),
    "fit: a metric by name in a list": (lambda: fitted(metrics=["accuracy"]), ["metrics=['accuracy']"]),
    "fit: a bare metric": (lambda: fitted(metrics=nameless), ["tuple of functions", "metrics=<function"]),
    "fit: a metric twice": (lambda: fitted(metrics=[nameless, nameless]), ["different names"]),
    "fit: a metric without a name": (
        lambda: fitted(metrics=[functools.partial(nameless)]),
        ["different names", "functools.partial"],
    ),
    "fit: watching what is not held out": (
        lambda: fitted(early_stopping=EarlyStopping()),
        ["one of loss", "monitor='val_loss'"],
    ),
    "fit: watching what is not measured": (
        lambda: fitted(early_stopping=EarlyStopping(monitor="val_acc"), validation=(X, TARGET)),
        ["loss, val_loss", "monitor='val_acc'"],
    ),
    "patience 0": (lambda: EarlyStopping(0), ["at least 1", "patience=0"]),
    "patience not whole": (lambda: EarlyStopping(2.5), ["patience=2.5"]),
    "delta negative": (
        lambda: EarlyStopping(min_delta=-1),
        ["Expected a finite min_delta of 0 or more.", "min_delta=-1"],
    ),
    "delta infinite": (lambda: EarlyStopping(min_delta=INF), ["min_delta=inf"]),
    "delta True": (lambda: EarlyStopping(min_delta=True), ["min_delta=True"]),
    "delta in words": (lambda: EarlyStopping(min_delta="0"), ["min_delta='0'"]),
    "restore in words": (lambda: EarlyStopping(restore_best="no"), ["restore_best='no'"]),
    "monitor a function": (lambda: EarlyStopping(monitor=nameless), ["name in the history"]),
    "scipy: method not known": (lambda: by_scipy(method="Adam"), ["CG, BFGS, L-BFGS-B", "method='Adam'"]),
    "scipy: a method without gradients": (lambda: by_scipy(method="Powell"), ["method='Powell'"]),
    "scipy: no iteration": (lambda: by_scipy(maxiter=0), ["at least 1 iteration", "maxiter=0"]),
    "scipy: half an iteration": (lambda: by_scipy(maxiter=1.5), ["maxiter=1.5"]),
    "scipy: a target too few": (
        lambda: fit_scipy(UNIT, np.zeros(4), X, TARGET[1:]),
        ["as many targets", "len(y)=4"],
    ),
    "scipy: a metric twice": (lambda: by_scipy(metrics=[nameless, nameless]), ["different names"]),
    # metrics
    "accuracy: labels flat": (lambda: accuracy(TARGET, Y[:, 0]), ["(M, 1)", "targets.shape=(5,)"]),
    "accuracy: outputs flat": (lambda: accuracy(Y[:, 0], Y[:, 0]), ["logits.shape=(5,)"]),
    "accuracy: a label too few": (lambda: accuracy(X, np.zeros(4)), ["targets.shape=(4,)"]),
    "accuracy: nothing": (lambda: accuracy(X[:0], np.zeros(0)), ["logits.shape=(0, 3)"]),
    "accuracy: two labels an example": (
        lambda: accuracy(X, np.tile([1, 0, 1], (5, 1))),
        ["one-hot", "[1 0 1]"],
    ),
    "accuracy: the second example without a label": (
        lambda: accuracy(X[:3], np.array([[0, 1, 0], [0, 0, 0], [1, 1, 0]])),
        ["one-hot", "[0 0 0]"],
    ),
    "accuracy: probabilities for labels": (
        lambda: accuracy(X, np.tile([0.5, 0.5, 0], (5, 1))),
        ["one-hot", "[0.5 0.5 0. ]"],
    ),
    "confusion: a class too many": (
        lambda: confusion_matrix([0, 3], [0, 1], 3),
        ["labels (M,)", "from 0 to 2", "labels=[0, 3]"],
    ),
    "confusion: a class below zero": (lambda: confusion_matrix([0, 1], [0, -1], 3), ["predictions=[0, -1]"]),
    "confusion: outputs for classes": (lambda: confusion_matrix([0, 1], [0.1, 0.9], 2), ["whole numbers"]),
    "confusion: a column": (lambda: confusion_matrix([[0], [1]], [0, 1], 2), ["labels (M,)"]),
    "confusion: a guess too few": (
        lambda: confusion_matrix([0, 1, 1], [0, 1], 2),
        ["as many predictions", "2 for labels.shape=(3,)"],
    ),
    "class rates: counts that are not square": (
        lambda: class_rates(np.ones((2, 3))),
        ["(K, K)", "C.shape=(2, 3)"],
    ),
    # gradient report
    "report in single precision": (lambda: reported(np.ones(4, np.float32)), ["float64", "float32"]),
    "report with a seed": (lambda: reported(rng=0), ["Generator", "rng=0"]),
    "report without a step": (lambda: reported(h=0), ["positive finite step", "h=0"]),
    "report of no entries": (lambda: reported(entries=0), ["entries", "entries=0"]),
    "report of half an entry": (lambda: reported(entries=1.5), ["entries=1.5"]),
    "report of a gradient in another shape": (
        lambda: reported(value_and_grad=lambda theta, x, y: (0.0, theta[:, None])),
        ["shape (4,)", "grad.shape=(4, 1)"],
    ),
    # made data
    "blobs: split not known": (lambda: load_blobs(split="tests"), ["validation", "split='tests'"]),
    "blobs: too few for the folds": (lambda: load_blobs(39), ["at least 40", "examples=39"]),
    "blobs: half a point": (lambda: load_blobs(100.5), ["whole number", "examples=100.5"]),
    "scenes: split not known": (
        lambda: load_scenes(split=None),
        ["a split among train, validation, test, all. ", "split=None"],
    ),
    "scenes: too few for the folds": (lambda: load_scenes(9), ["at least 10", "examples=9"]),
    "scenes: True examples": (lambda: load_scenes(True), ["examples=True"]),
    "scenes: a generator for a seed": (lambda: load_scenes(10, seed=RNG), ["seed", "seed=Generator"]),
    "scenes: seed negative": (lambda: load_scenes(10, seed=-1), ["0 or more", "seed=-1"]),
    "ecg: split not known": (lambda: load_ecg(split="Train"), ["train", "split='Train'"]),
    "ecg: too few for the folds": (lambda: load_ecg(0), ["at least 10", "examples=0"]),
    "ecg: examples in words": (lambda: load_ecg("100"), ["examples='100'"]),
    "ecg: seed not whole": (lambda: load_ecg(10, seed=0.5), ["seed=0.5"]),
    "ecg: seed True": (lambda: load_ecg(10, seed=True), ["seed=True"]),
    # plots
    "scatter: points in space": (lambda: plots.scatter(X, [0] * 5), ["x (M, 2)", "x.shape=(5, 3)"]),
    "scatter: a label too few": (lambda: plots.scatter(Y, [0, 1]), ["labels (M,)", "labels.shape=(2,)"]),
    "scatter: one-hot": (lambda: plots.scatter(Y, np.eye(5, dtype=int)), ["labels.shape=(5, 5)"]),
    "scatter: labels as floats": (lambda: plots.scatter(Y, np.zeros(5)), ["labels.dtype=float64"]),
    "scatter: label -1": (lambda: plots.scatter(Y, [0, 1, -1, 0, 1]), ["labels=-1"]),
    "scatter: a point nowhere": (lambda: plots.scatter([[0, NAN]], [0]), ["finite", "x with nan"]),
    "scatter: eleven classes": (lambda: plots.scatter(Y[:1], [10]), ["at most 10", "11 of them"]),
    "scatter: a name too few": (lambda: plots.scatter(Y[:1], [2], classes="ab"), ["each of 3", "'ab'"]),
    "regions: one output without a threshold": (
        lambda: plots.regions(lambda p: p[:, 0], SQUARE),
        ["0 for a logit, 0.5 for a probability", "threshold=None"],
    ),
    "regions: no room": (lambda: plots.regions(lambda p: p, (0, 0, 0, 1)), ["left < right", "(0.0, 0.0,"]),
    "regions: points on a line": (lambda: plots.regions(lambda p: p, Y), ["on one line"]),
    "regions: extent of a line": (lambda: plots.regions(lambda p: p, (0, 1)), ["extent.shape=(2,)"]),
    "regions: one score for all": (lambda: plots.regions(lambda p: 1.0, SQUARE), ["(M, K)", "Received: ()"]),
    "regions: scores not a number": (lambda: plots.regions(lambda p: p * NAN, SQUARE), ["values with nan"]),
    "responses: two units at once": (lambda: plots.responses(lambda p: p, SQUARE), ["one number", "2 of"]),
    "contours: a plain": (lambda: plots.contours(lambda p: 0 * p[:, 0], SQUARE), ["not the same everywhere"]),
    "contours: a summit for the minimum": (
        lambda: plots.contours(lambda p: p[:, 0], SQUARE, minimum=(1, 1)),
        ["lowest at the minimum", "1 there, 0 to 1"],
    ),
    "paths: a way through space": (lambda: plots.paths({"a": X}, None), ["a (M, 2)", "a.shape=(5, 3)"]),
    "paths: a way to infinity": (lambda: plots.paths({"a": [[0, INF]]}, None), ["a with inf"]),
    "digits: one picture without its axis": (lambda: plots.digits(np.zeros(400)), ["x.shape=(400,)"]),
    "digits: no columns": (lambda: plots.digits(np.zeros((1, 400)), columns=0), ["columns=0"]),
    "digits: a caption too few": (lambda: plots.digits(np.zeros((2, 400)), "a"), ["2 pictures", "1"]),
    "digits: predictions without labels": (
        lambda: plots.digits(np.zeros((2, 400)), predictions=[1, 2]),
        ["captions", "Received: 0"],
    ),
    "errors: a loss too few": (
        lambda: plots.errors(np.zeros((2, 400)), [0, 1], [1, 0], [0.5]),
        ["losses (M,)", "losses.shape=(1,)"],
    ),
    "errors: probabilities for predictions": (
        lambda: plots.errors(np.zeros((2, 400)), [0, 1], Y[:2], [1, 1]),
        ["predictions.shape=(2, 2)"],
    ),
    "errors: none of them": (
        lambda: plots.errors(np.zeros((1, 400)), [0], [1], [1], most=0),
        ["pictures=0"],
    ),
    "filters: no square": (lambda: plots.filters(np.ones((399, 2))), ["square number", "(399, 2)"]),
    "filters: a kernel of colours": (lambda: plots.filters(np.ones((3, 3, 3, 8))), ["(3, 3, 3, 8)"]),
    "filters: weights infinite": (lambda: plots.filters(np.full((4, 2), INF)), ["W with inf"]),
    "confusion: a prediction too few": (lambda: plots.confusion([0, 1], [0]), ["predictions.shape=(1,)"]),
    "confusion: a class without a name": (
        lambda: plots.confusion([0, 1], [0, 2], classes="ab"),
        ["each of 3 classes"],
    ),
    "heat: no square": (lambda: plots.heat(np.ones(24)), ["(R, C)", "Received: (24,)"]),
    "heat: not a number": (lambda: plots.heat([[NAN]]), ["values with nan"]),
    "band: places in disorder": (lambda: plots.band([1, 3, 2], {"a": np.ones(3)}), ["ascending", "3."]),
    "band: a value too few": (lambda: plots.band([1, 2, 3], {"a": [1, 2]}), ["X = 3", "a.shape=(1, 2)"]),
    "band: an axis not known": (lambda: plots.band([1, 2], {"a": [1, 2]}, log="z"), ["log='z'"]),
    "band: zero on a log axis": (
        lambda: plots.band([1, 2], {"a": [1, 0]}, log="y"),
        ["positive values", "a=0"],
    ),
    "band: rate zero on a log axis": (
        lambda: plots.band([0, 2], {"a": [1, 1]}, log="x"),
        ["positive places", "x=0"],
    ),
    "activation: not known": (lambda: plots.activation("tanhh"), ["name='tanhh'"]),
    "activation: no reach": (lambda: plots.activation("relu", reach=0), ["positive reach", "reach=0"]),
    "activation sheet: empty": (lambda: plots.activation_sheet([]), ["at least one", "names=[]"]),
    "describe: nothing": (lambda: plots.describe(None, " "), ["a sentence", "text=' '"]),
}


def test_the_calls_of_this_block_are_wrong_in_one_thing_only():
    assert initializers.he_normal((3, 2), RNG).shape == (3, 2)
    assert stepped(DESCENT, np.ones(3)) is None
    assert fitted(validation=0.2, metrics=[nameless], early_stopping=EarlyStopping())[0].shape == (4,)
    assert by_scipy(validation=(X, TARGET), metrics=(nameless,))[0].shape == (4,)
    assert accuracy(X, np.zeros(5)) == 1
    assert reported(entries=1).right
    assert [len(load(40).y) for load in (load_blobs, load_scenes, load_ecg)] == [40] * 3


@pytest.mark.parametrize("case", list(CALLS))
def test_a_wrong_call_is_refused_in_words(case):
    call, words = CALLS[case]
    with pytest.raises(ValueError, match=r"(?s)^Expected .+\. Received: .+") as caught:
        call()
    missing = [word for word in words if word not in str(caught.value)]
    assert not missing, f"{missing} not in: {caught.value}"


def test_the_calls_are_wrong_in_one_thing_only():
    """The same calls with nothing wrong go through."""
    assert activations.leaky_relu(Z, 0).tolist() == activations.elu(Z, 0).tolist() == [0, 0, 2]
    assert smooth.celu(Z, 0.1).shape == smooth.squareplus(Z, 0.1).shape == Z.shape
    assert piecewise.soft_shrink(Z, 0).tolist() == piecewise.hard_shrink(Z, 0).tolist() == Z.tolist()
    assert dense(X, W, B).shape == (5, 4)
    assert dense_vjp(np.ones((5, 4)), X, W)[0].shape == (5, 3)
    assert convolution_vjp(D1, SIGNAL, K1)[0].shape == SIGNAL.shape
    assert convolution_vjp(D2, PICTURE, K2)[0].shape == PICTURE.shape
    assert convolution(SIGNAL, K1, B5).shape == D1.shape
    assert convolution(PICTURE, K2, B5).shape == D2.shape
    assert locally_connected(SIGNAL, OWN, OWN_B, 4).shape == D1.shape
    assert locally_connected_vjp(D1, SIGNAL, OWN, 4)[0].shape == SIGNAL.shape
    assert max_pooling_vjp(SIGNAL[:, :4], SIGNAL, max_pooling(SIGNAL, 2), 2).shape == SIGNAL.shape
    assert average_pooling_vjp(SIGNAL[:, :4], SIGNAL, 2).shape == SIGNAL.shape
    assert CHAIN.predict(CHAIN_THETA, SIGNAL).shape == (2, 2)
    assert glorot_uniform((3, 2), RNG).shape == (3, 2)
    assert network().size == 8
    assert NETWORK.value_and_grad(THETA, X, Y)[1].shape == (26,)
    assert len(minibatches(5, 3, RNG)) == 2
    assert train(rng=RNG, batch_size=2, validation=(X, Y))[0].shape == (26,)
    assert check() < 1e-8
    assert len(load_digits([0, 1], "test").y) == 100


def test_a_refused_training_leaves_theta_as_it_was():
    theta = THETA.copy()
    with pytest.raises(ValueError, match="Expected"):
        train(theta=theta, y=2 * Y)
    np.testing.assert_array_equal(theta, THETA)
