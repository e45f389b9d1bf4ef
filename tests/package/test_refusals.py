"""Every wrong call is refused before anything is computed, in words: what was expected, what was received."""

import numpy as np
import pytest

from byhand import activations, losses
from byhand.data import load_digits
from byhand.gradient_check import gradient_check
from byhand.initializers import glorot_uniform
from byhand.layers import Dense
from byhand.network import Network
from byhand.ops import dense, dense_vjp
from byhand.optimizers import GradientDescent
from byhand.training import fit, minibatches

pytestmark = pytest.mark.filterwarnings("error")

NAN, INF = float("nan"), float("inf")
RNG = np.random.default_rng(0)
NETWORK = Network(3, (Dense(4, "relu"), Dense(2)), losses.binary_cross_entropy)
THETA = np.zeros(NETWORK.size)
X, Y = np.ones((5, 3)), np.ones((5, 2))
W, B = np.ones((3, 4)), np.ones(4)
DESCENT = GradientDescent()


LAYERS = (Dense(2),)


def network(inputs=3, layers=LAYERS, loss=losses.squared_error):
    return Network(inputs, layers, loss)


def train(theta=THETA, x=X, y=Y, **settings):
    return fit(NETWORK, theta, x, y, DESCENT, **{"epochs": 1, **settings})


def check(theta=(1.0, 2.0), dtype=float, **settings):
    return gradient_check(
        lambda at: (float(at @ at), 2 * at), np.array(theta, dtype), **{"rng": RNG, **settings}
    )


# name of the case: (call, words of the message)
CALLS = {
    # activations
    "activation not known": (lambda: activations.get("tanhh"), ["sigmoid", "name='tanhh'"]),
    "activation in capitals": (lambda: activations.get("ReLU"), ["relu", "name='ReLU'"]),
    "activation given as a function": (lambda: activations.get(activations.relu), ["name=<function relu"]),
    "activation in a list": (lambda: activations.get(["relu"]), ["name=['relu']"]),
    "no activation": (lambda: activations.get(None), ["name=None"]),
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
    # operations
    "dense: one example without its axis": (lambda: dense(X[0], W, B), ["x (M, D)", "x.shape=(3,)"]),
    "dense: weights the wrong way round": (lambda: dense(X, W.T, B), ["W (D, U)", "W.shape=(4, 3)"]),
    "dense: weights of one unit flat": (lambda: dense(X, W[:, 0], B[:1]), ["W.shape=(3,)"]),
    "dense: one bias for all units": (lambda: dense(X, W, B[:1]), ["b (U,)", "b.shape=(1,)"]),
    "dense: bias a number": (lambda: dense(X, W, 0.0), ["b.shape=()"]),
    "dense: bias a column": (lambda: dense(np.ones((4, 3)), W, B[:, None]), ["b.shape=(4, 1)"]),
    "dense: bias a row": (lambda: dense(X, W, B[None]), ["b.shape=(1, 4)"]),
    "dense_vjp: another number of units": (
        lambda: dense_vjp(np.ones((5, 2)), X, W, need_dx=False),
        ["dy (M, U)", "dy.shape=(5, 2)", "W.shape=(3, 4)"],
    ),
    "dense_vjp: another number of examples": (lambda: dense_vjp(np.ones((6, 4)), X, W), ["dy.shape=(6, 4)"]),
    "dense_vjp: gradient flat": (lambda: dense_vjp(np.ones(5), X, W), ["dy.shape=(5,)"]),
    "dense_vjp: another number of inputs": (
        lambda: dense_vjp(np.ones((5, 4)), X[:, :2], W),
        ["x (M, D)", "x.shape=(5, 2)"],
    ),
    "dense_vjp: weights flat": (lambda: dense_vjp(np.ones((5, 1)), X, W[:, 0]), ["W.shape=(3,)"]),
    # initializers
    "glorot: a seed for a generator": (lambda: glorot_uniform((3, 2), 0), ["Generator", "rng=0"]),
    "glorot: no generator": (lambda: glorot_uniform((3, 2), None), ["Generator", "rng=None"]),
    "glorot: a vector": (lambda: glorot_uniform((3,), RNG), ["(D, U)", "shape=(3,)"]),
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
    "layer's activation not known": (lambda: Dense(3, "softplus"), ["linear", "name='softplus'"]),
    # networks
    "no inputs": (lambda: network(inputs=0), ["positive whole number of inputs", "inputs=0"]),
    "inputs a shape": (lambda: network(inputs=(3,)), ["inputs=(3,)"]),
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


@pytest.mark.parametrize("case", list(CALLS))
def test_a_wrong_call_is_refused_in_words(case):
    call, words = CALLS[case]
    with pytest.raises(ValueError, match=r"(?s)^Expected .+\. Received: .+") as caught:
        call()
    missing = [word for word in words if word not in str(caught.value)]
    assert not missing, f"{missing} not in: {caught.value}"


def test_the_calls_are_wrong_in_one_thing_only():
    """The same calls with nothing wrong go through."""
    assert dense(X, W, B).shape == (5, 4)
    assert dense_vjp(np.ones((5, 4)), X, W)[0].shape == (5, 3)
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
