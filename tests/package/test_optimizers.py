import inspect
from dataclasses import FrozenInstanceError, is_dataclass

import numpy as np
import pytest

from byhand import optimizers
from byhand.optimizers import GradientDescent

pytestmark = pytest.mark.filterwarnings("error")

KERAS = {"GradientDescent": lambda keras, ours: keras.optimizers.SGD(ours.learning_rate)}
OPTIMIZERS = [
    c for _, c in inspect.getmembers(optimizers, is_dataclass) if c.__module__ == optimizers.__name__
]
every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda c: c.__name__)


def run(optimizer, theta, gradients):
    """Parameters after each step from a copy of theta."""
    theta, state, path = theta.copy(), optimizer.init(theta), []
    for grad in gradients:
        optimizer.step(theta, grad, state)
        path.append(theta.copy())
    return path


def test_every_optimizer_has_a_keras_reference():
    assert {c.__name__ for c in OPTIMIZERS} == set(KERAS)


@every_optimizer
def test_ten_steps_on_two_tensors_agree_with_keras(optimizer, keras, tf, rng):
    ours = optimizer(0.3)
    theirs = KERAS[optimizer.__name__](keras, ours)
    theta, gradients = rng.normal(size=17), rng.normal(size=(10, 17))
    W, b = keras.Variable(theta[:12].reshape(4, 3)), keras.Variable(theta[12:])
    for grad, got in zip(gradients, run(ours, theta, gradients), strict=True):
        theirs.apply([tf.constant(grad[:12].reshape(4, 3)), tf.constant(grad[12:])], [W, b])
        wanted = np.concatenate([np.ravel(W.numpy()), b.numpy()])
        np.testing.assert_allclose(got, wanted, rtol=1e-12)


@every_optimizer
def test_a_step_changes_theta_in_place_and_nothing_else(optimizer, rng, unchanged):
    whole, grad = rng.normal(size=9), rng.normal(size=5)
    theta, before = whole[2:7], whole.copy()
    rule = optimizer(0.3)
    state = rule.init(theta)
    with unchanged(grad, whole[:2], whole[7:]):
        assert rule.step(theta, grad, state) is None
    assert np.all(whole[2:7] != before[2:7])


@every_optimizer
def test_single_precision_stays_single(optimizer, rng):
    theta, gradients = rng.normal(size=7).astype(np.float32), rng.normal(size=(5, 7)).astype(np.float32)
    got = run(optimizer(0.3), theta, gradients)[-1]
    wanted = run(optimizer(0.3), theta.astype(float), gradients.astype(float))[-1]
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6)


@every_optimizer
def test_two_runs_are_independent(optimizer, rng):
    theta, gradients = rng.normal(size=7), rng.normal(size=(5, 7))
    rule = optimizer(0.3)
    np.testing.assert_array_equal(run(rule, theta, gradients), run(rule, theta, gradients))


@every_optimizer
def test_hyper_parameters_are_frozen(optimizer):
    with pytest.raises(FrozenInstanceError):
        optimizer(0.3).learning_rate = 1


def test_gradient_descent_takes_the_step_it_names():
    theta = np.array([1.0, 2.0, -3.0])
    GradientDescent(0.25).step(theta, np.array([4.0, -8.0, 0.0]))
    assert theta.tolist() == [0, 4, -3]


@pytest.mark.parametrize("rate", [1, np.float32(0.5), np.float64(2.0), 1e-300])
def test_every_positive_finite_number_is_a_learning_rate(rate):
    assert GradientDescent(rate).learning_rate == rate


@pytest.mark.parametrize(("rate", "converges"), [(0.99, True), (1.01, False)])
def test_gradient_descent_on_a_parabola_converges_up_to_two_over_the_curvature(rate, converges):
    """J = λ θ²/2 with λ = 2: each step multiplies θ by 1 − αλ."""
    path = run(GradientDescent(rate), np.array([1.0]), [])
    theta = np.array([1.0])
    for _ in range(100):
        GradientDescent(rate).step(theta, 2 * theta)
        path.append(theta.copy())
    assert (abs(path[-1][0]) < 1) == converges
    np.testing.assert_allclose(path[-1], (1 - 2 * rate) ** 100, rtol=1e-10)
