"""A bowl and the way down it, against finite differences, eigenvalues and the closed form."""

import numpy as np
import pytest

from byhand.bowl import bowl, path
from byhand.optimizers import Adam, GradientDescent, Momentum


def second_derivatives(cost, P):
    return np.array([cost(axis)[1] for axis in np.eye(P)])


@pytest.mark.parametrize("turn", [0, 45, 30, -70])
def test_the_gradient_is_the_slope_of_the_value(turn, rng):
    cost, theta, h = bowl([2.5, 0.4], turn), rng.normal(size=2), 1e-5
    measured = [(cost(theta + h * axis)[0] - cost(theta - h * axis)[0]) / (2 * h) for axis in np.eye(2)]
    np.testing.assert_allclose(cost(theta)[1], measured, rtol=1e-8)


def test_the_value_is_half_the_weighted_squares(rng):
    curvatures, theta = rng.uniform(0.1, 3, 5), rng.normal(size=5)
    value, grad = bowl(curvatures)(theta)
    assert value == pytest.approx(sum(c * t**2 for c, t in zip(curvatures, theta, strict=True)) / 2)
    assert type(value) is float
    np.testing.assert_allclose(grad, [c * t for c, t in zip(curvatures, theta, strict=True)])


def test_whole_numbers_make_a_bowl_of_floats():
    grad = bowl([2, 3])(np.array([1, -2]))[1]
    assert grad.dtype == np.float64
    assert grad.tolist() == [2, -6]


@pytest.mark.parametrize("turn", [45, 30, -70])
def test_turned_axes_keep_their_curvatures_and_point_where_they_should(turn):
    H = second_derivatives(bowl([0.5, 7], turn), 2)
    values, axes = np.linalg.eigh(H)
    np.testing.assert_allclose(values, [0.5, 7])
    flat = np.array([np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))])
    assert abs(axes[:, 0] @ flat) == pytest.approx(1)


def test_a_path_is_the_closed_form(rng):
    curvatures, start = rng.uniform(0.1, 3, 4), rng.normal(size=4)
    way = path(bowl(curvatures), start, GradientDescent(0.3), 9)
    closed = [(1 - 0.3 * curvatures) ** t * start for t in range(10)]
    np.testing.assert_allclose(way, closed, rtol=1e-12)


def test_a_path_keeps_the_memory_of_its_optimizer_and_starts_each_time_anew():
    cost = bowl([1, 4])
    way = path(cost, [1, 1], Momentum(0.1, 0.5), 3)
    np.testing.assert_allclose(way[1], [0.9, 0.6])
    np.testing.assert_allclose(way[2], [0.9 - 0.05 - 0.09, 0.6 - 0.2 - 0.24])
    np.testing.assert_array_equal(way, path(cost, [1, 1], Momentum(0.1, 0.5), 3))


def test_the_start_is_left_alone(unchanged):
    theta = np.array([3.0, -1.0])
    with unchanged(theta):
        way = path(bowl([1, 4]), theta, Adam(0.1), 2)
    assert way.shape == (3, 2)
    assert way[0].tolist() == [3, -1]


@pytest.mark.parametrize("curvatures", [[1, 0], [1, -2], [np.nan, 1], [np.inf], [], [[1, 2]], 3])
def test_what_is_no_bowl_is_refused(curvatures):
    with pytest.raises(ValueError, match=r"^Expected positive finite curvatures \(P,\)\. Received: "):
        bowl(curvatures)


@pytest.mark.parametrize("curvatures", [[1], [1, 2, 3]])
def test_only_two_axes_turn(curvatures):
    bowl(curvatures, 0)
    with pytest.raises(ValueError, match=r"^Expected two curvatures for a turn\. Received: .*turn=45"):
        bowl(curvatures, 45)


@pytest.mark.parametrize("steps", [0, -1, 2.5, "3"])
def test_the_number_of_steps_is_checked(steps):
    with pytest.raises(ValueError, match=r"^Expected a positive whole number of steps\. Received: steps="):
        path(bowl([1, 2]), [1, 1], GradientDescent(0.1), steps)
