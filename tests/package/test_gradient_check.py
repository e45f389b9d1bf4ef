import numpy as np
import pytest

from byhand.gradient_check import gradient_check
from byhand.layers import Dense
from byhand.losses import binary_cross_entropy
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")
NETWORK = Network(4, (Dense(5, "sigmoid"), Dense(3, "relu"), Dense(2)), binary_cross_entropy)


@pytest.fixture
def problem(rng):
    theta = rng.normal(size=NETWORK.size)
    x, y = rng.normal(size=(6, 4)), rng.integers(0, 2, (6, 2))
    return (lambda at: NETWORK.value_and_grad(at, x, y)), theta


def cubic(theta):
    return float(np.sum(theta**3)), 3 * theta**2


def test_a_right_gradient_passes(problem, rng):
    assert all(gradient_check(*problem, rng) < 1e-8 for _ in range(10))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda grad: -grad,
        lambda grad: 1.01 * grad,
        lambda grad: grad[::-1],
        lambda grad: np.append(grad[:-1], 0),
        lambda grad: np.append(grad[0] + 0.001, grad[1:]),
    ],
    ids=["sign", "one percent", "order", "last bias dropped", "one entry off by a thousandth"],
)
def test_a_wrong_gradient_fails(spoil, problem, rng):
    function, theta = problem

    def wrong(at):
        value, grad = function(at)
        return value, spoil(grad)

    assert all(gradient_check(wrong, theta, rng) > 1e-6 for _ in range(10))


def test_the_result_is_relative_to_the_larger_slope(problem, rng):
    function, theta = problem

    def doubled(at):
        value, grad = function(at)
        return value, 2 * grad

    def halved(at):
        value, grad = function(at)
        return value, grad / 2

    assert gradient_check(doubled, theta, rng) == pytest.approx(0.5, abs=1e-7)
    assert gradient_check(halved, theta, rng) == pytest.approx(0.5, abs=1e-7)


def test_the_step_is_the_one_asked_for():
    """For θ³ at 1 the central difference is 3 + h² where the slope is 3."""
    rng = np.random.default_rng(0)
    assert gradient_check(cubic, np.array([1.0]), rng, h=0.5) == pytest.approx(0.25 / 3.25, rel=1e-12)
    assert gradient_check(cubic, np.array([1.0]), rng, h=0.1) == pytest.approx(0.01 / 3.01, rel=1e-10)
    assert gradient_check(cubic, np.array([1.0]), rng) < 1e-9


def test_the_direction_has_length_one_and_comes_from_the_generator():
    met = []

    def function(theta):
        met.append(theta.copy())
        return cubic(theta)

    theta = np.linspace(1, 2, 6)
    for seed in (1, 1, 2):
        gradient_check(function, theta, np.random.default_rng(seed), h=0.25)
    here, ahead, behind, *_ = met
    np.testing.assert_array_equal(here, theta)
    np.testing.assert_allclose(ahead + behind, 2 * theta, rtol=1e-14)
    assert np.linalg.norm(ahead - theta) == pytest.approx(0.25, rel=1e-12)
    np.testing.assert_array_equal(met[1], met[4])
    assert not np.allclose(met[1], met[7])


def test_the_work_does_not_grow_with_the_parameters(rng):
    calls = []
    gradient_check(lambda at: (calls.append(at), cubic(at))[1], np.ones(1000), rng)
    assert len(calls) == 3


def test_a_flat_cost_passes(rng):
    assert gradient_check(lambda at: (1.5, np.zeros_like(at)), np.ones(4), rng) == 0


def test_a_gradient_that_is_not_a_number_never_passes(rng):
    result = gradient_check(lambda at: (1.5, np.full_like(at, np.nan)), np.ones(4), rng)
    assert not result < 1e-6


def test_theta_is_not_changed_and_the_result_is_a_plain_number(problem, rng, unchanged):
    function, theta = problem
    with unchanged(theta):
        assert type(gradient_check(function, theta, rng)) is float
