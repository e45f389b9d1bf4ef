import math
import tracemalloc
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
import pytest

from byhand import optimizers
from byhand.optimizers import OPTIMIZERS, Adam, AdamW, GradientDescent, Momentum, Nesterov, RMSProp

pytestmark = pytest.mark.filterwarnings("error")

# Keras's optimizer of the same rule; where it takes the same names, the name is enough.
KERAS = {
    "gradient_descent": lambda keras, **settings: keras.optimizers.SGD(**settings),
    "momentum": lambda keras, **settings: keras.optimizers.SGD(**settings),
    "nesterov": lambda keras, **settings: keras.optimizers.SGD(nesterov=True, **settings),
    "rmsprop": lambda keras, **settings: keras.optimizers.RMSprop(**settings),
    "adam": lambda keras, **settings: keras.optimizers.Adam(**settings),
    "adamw": lambda keras, **settings: keras.optimizers.AdamW(**settings),
}
ODD = {
    "learning_rate": 0.3,
    "momentum": 0.7,
    "rho": 0.6,
    "beta_1": 0.8,
    "beta_2": 0.95,
    "epsilon": 0.1,
    "weight_decay": 0.05,
}
every_optimizer = pytest.mark.parametrize("name", list(OPTIMIZERS))


def settings_of(name, odd):
    """The hyper-parameters of the optimizer called name: ours as they stand, or all of them unusual."""
    rule = OPTIMIZERS[name]()
    return {f.name: ODD[f.name] if odd else getattr(rule, f.name) for f in fields(rule)}


def unusual(name):
    return OPTIMIZERS[name](**settings_of(name, odd=True))


def memories(state):
    """What an optimizer remembers, by name; gradient descent remembers nothing."""
    return {} if state is None else vars(state)


def run(optimizer, theta, gradients):
    """Parameters after each step from a copy of theta."""
    theta, state, path = theta.copy(), optimizer.init(theta), []
    for grad in gradients:
        optimizer.step(theta, grad, state)
        path.append(theta.copy())
    return path


def run_keras(theirs, keras, tf, theta, gradients):
    """The same with Keras, the parameters in two tensors, (4, 3) and (5,)."""
    W, b = keras.Variable(theta[:12].reshape(4, 3)), keras.Variable(theta[12:])
    path = []
    for grad in gradients:
        theirs.apply([tf.constant(grad[:12].reshape(4, 3)), tf.constant(grad[12:])], [W, b])
        path.append(np.concatenate([np.ravel(W.numpy()), b.numpy()]))
    return path


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "gradient_descent"])
def test_a_step_writes_into_what_is_there(name, rng):
    """Gradient descent has no state to write its product into."""
    theta, grad = rng.normal(size=50_003), rng.normal(size=50_003)
    optimizer = unusual(name)
    state = optimizer.init(theta)
    tracemalloc.start()
    optimizer.step(theta, grad, state)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < theta.nbytes / 10


def test_every_optimizer_of_the_module_is_in_the_registry():
    defined = {
        v for v in vars(optimizers).values() if is_dataclass(v) and v.__module__ == optimizers.__name__
    }
    assert set(OPTIMIZERS.values()) == defined


@every_optimizer
def test_an_optimizer_is_found_by_its_name(name):
    assert optimizers.get(name) is OPTIMIZERS[name]


@every_optimizer
@pytest.mark.parametrize("odd", [True, False], ids=["epsilon 0.1", "defaults"])
def test_ten_steps_on_two_tensors_agree_with_keras(name, odd, keras, tf, rng):
    # Keras casts momentum and betas through float32 even in float64: take values that survive it.
    chosen = {hyper: float(np.float32(value)) for hyper, value in settings_of(name, odd).items()}
    theta, gradients = rng.normal(size=17), rng.normal(size=(10, 17)) * 10.0 ** rng.integers(-4, 2, (10, 17))
    ours = run(OPTIMIZERS[name](**chosen), theta, gradients)
    theirs = run_keras(KERAS[name](keras, **chosen), keras, tf, theta, gradients)
    np.testing.assert_allclose(ours, theirs, rtol=1e-10)


@every_optimizer
def test_hyper_parameters_unless_given_are_those_of_keras(name, keras):
    theirs = KERAS[name](keras).get_config()
    for hyper, value in settings_of(name, odd=False).items():
        if hyper != "momentum":  # of which Keras takes none unless asked
            assert value == pytest.approx(theirs[hyper], rel=1e-6), hyper
    assert Momentum().momentum == Nesterov().momentum == 0.9


@every_optimizer
def test_a_step_changes_theta_in_place_and_nothing_else(name, rng, unchanged):
    whole, grad = rng.normal(size=9), rng.normal(size=5)
    theta, before = whole[2:7], whole.copy()
    rule = unusual(name)
    state = rule.init(theta)
    with unchanged(grad, whole[:2], whole[7:]):
        assert rule.step(theta, grad, state) is None
    assert np.all(whole[2:7] != before[2:7])


@every_optimizer
def test_the_state_starts_from_nothing_and_leaves_theta_alone(name, rng, unchanged):
    theta = rng.normal(size=5)
    with unchanged(theta):
        state = unusual(name).init(theta)
    for memory, value in memories(state).items():
        assert memory == "scratch" or not np.any(value), memory
        assert not np.shares_memory(value, theta)


@every_optimizer
@pytest.mark.parametrize("number", [float, np.float64])
def test_single_precision_stays_single(name, number, rng):
    theta, gradients = rng.normal(size=7).astype(np.float32), rng.normal(size=(5, 7)).astype(np.float32)
    rule = OPTIMIZERS[name](**{k: number(v) for k, v in settings_of(name, odd=True).items()})
    state = rule.init(theta)
    got = run(rule, theta, gradients)[-1]
    wanted = run(rule, theta.astype(float), gradients.astype(float))[-1]
    assert got.dtype == np.float32
    assert (
        {v.dtype for v in vars(state).values() if isinstance(v, np.ndarray)} <= {np.dtype(np.float32)}
        if state
        else True
    )
    np.testing.assert_allclose(got, wanted, rtol=1e-6, atol=1e-6)


@every_optimizer
def test_two_runs_are_independent(name, rng):
    theta, gradients = rng.normal(size=7), rng.normal(size=(5, 7))
    rule = unusual(name)
    np.testing.assert_array_equal(run(rule, theta, gradients), run(rule, theta, gradients))


@every_optimizer
def test_hyper_parameters_are_frozen(name):
    with pytest.raises(FrozenInstanceError):
        unusual(name).learning_rate = 1


@every_optimizer
def test_every_optimizer_finds_the_bottom_of_a_bowl(name):
    """J = ½ Σ λ θ² with λ = 1 and 10."""
    curvature, theta = np.array([1.0, 10.0]), np.array([3.0, -2.0])
    rule = OPTIMIZERS[name](learning_rate=0.02)
    state = rule.init(theta)
    for _ in range(600):
        rule.step(theta, curvature * theta, state)
    assert np.abs(theta).max() < 0.02


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
    theta = np.array([1.0])
    for _ in range(100):
        GradientDescent(rate).step(theta, 2 * theta)
    assert (abs(theta[0]) < 1) == converges
    np.testing.assert_allclose(theta, (1 - 2 * rate) ** 100, rtol=1e-10)


def test_without_momentum_both_are_gradient_descent(rng):
    theta, gradients = rng.normal(size=7), rng.normal(size=(5, 7))
    wanted = run(GradientDescent(0.3), theta, gradients)
    np.testing.assert_allclose(run(Momentum(0.3, 0), theta, gradients), wanted, rtol=1e-12)
    np.testing.assert_allclose(run(Nesterov(0.3, 0), theta, gradients), wanted, rtol=1e-12)


def test_under_a_steady_gradient_momentum_multiplies_the_rate():
    """The velocity tends to −α g / (1 − μ)."""
    before, after = run(Momentum(0.1, 0.8), np.zeros(1), np.ones((100, 1)))[-2:]
    assert after - before == pytest.approx(-0.1 / 0.2)


@pytest.mark.parametrize("size", [1e-3, 1, 1e6])
def test_the_first_step_of_adam_is_the_rate_times_the_sign(size):
    theta = np.zeros(4)
    rule = Adam(0.01, epsilon=1e-15)
    rule.step(theta, size * np.array([3.0, -0.2, 1, -7]), rule.init(theta))
    np.testing.assert_allclose(theta, [-0.01, 0.01, -0.01, 0.01], rtol=1e-9)


def test_adam_is_the_algorithm_of_the_paper_but_for_epsilon(rng):
    """With ε = 0 in effect, m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) give the same path."""
    theta, gradients = rng.normal(size=7), rng.normal(size=(10, 7))
    wanted, m, v = theta.copy(), 0, 0
    for t, g in enumerate(gradients, 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        wanted -= 0.05 * (m / (1 - 0.9**t)) / np.sqrt(v / (1 - 0.999**t))
    np.testing.assert_allclose(run(Adam(0.05, epsilon=1e-300), theta, gradients)[-1], wanted, rtol=1e-10)


def test_rmsprop_divides_by_the_size_of_the_gradient():
    """After many equal gradients v = g², and a step is α whatever the size of g."""
    before, after = run(RMSProp(0.01), np.zeros(2), np.tile([1e-1, 1e3], (200, 1)))[-2:]
    np.testing.assert_allclose(before - after, 0.01, rtol=1e-4)


def test_decay_shrinks_parameters_without_a_gradient():
    theta, rule = np.array([2.0, -4.0]), AdamW(0.1, weight_decay=0.5)
    rule.step(theta, np.zeros(2), rule.init(theta))
    np.testing.assert_allclose(theta, [1.9, -3.8], rtol=1e-12)


def test_without_decay_adamw_is_adam(rng):
    theta, gradients = rng.normal(size=7), rng.normal(size=(5, 7))
    np.testing.assert_array_equal(run(AdamW(weight_decay=0), theta, gradients), run(Adam(), theta, gradients))


@every_optimizer
@pytest.mark.parametrize("shape", [(1,), (), (4,), (6,), (5, 1), (1, 5)])
def test_a_gradient_of_another_shape_is_refused_and_moves_nothing(name, shape, rng, unchanged):
    theta, rule = rng.normal(size=5), unusual(name)
    state = rule.init(theta)
    with unchanged(theta), pytest.raises(ValueError, match=r"one shape\. Received: theta.shape=\(5,\), grad"):
        rule.step(theta, np.ones(shape), state)


@pytest.mark.parametrize("name", [n for n in OPTIMIZERS if n != "gradient_descent"])
def test_the_state_of_another_network_is_refused(name, rng, unchanged):
    theta, rule = rng.normal(size=5), unusual(name)
    with unchanged(theta), pytest.raises(ValueError, match=r"shapes of the state=\[\(1,\)\]"):
        rule.step(theta, np.ones(5), rule.init(theta[:1]))


def test_the_rate_of_adam_is_a_plain_number():
    assert type(Adam().rate(3)) is float
    assert Adam().rate(10**6) == pytest.approx(0.001)
    assert Adam(beta_1=0, beta_2=0).rate(1) == pytest.approx(0.001)
    assert math.isclose(Adam().rate(1), 0.001 * math.sqrt(1e-3) / 0.1, rel_tol=1e-9)
