"""The network built from a polyline against NumPy's interpolation, and against Keras."""

import numpy as np
import pytest

from byhand.keras_models import to_keras
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network
from byhand.polyline import hinges


def network(corners, heights):
    net = Network(1, [Dense(len(corners) - 1, "relu"), Dense(1)], squared_error)
    return net, net.flatten(hinges(corners, heights))


def points(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 12))
    return np.cumsum(rng.uniform(0.1, 2, count)) - 5, rng.normal(size=count)


@pytest.mark.parametrize("seed", range(20))
def test_it_passes_through_the_corners_and_is_straight_between(seed):
    c, h = points(seed)
    net, theta = network(c, h)
    x = np.linspace(c[0], c[-1], 203)
    np.testing.assert_allclose(net.predict(theta, x[:, None])[:, 0], np.interp(x, c, h), atol=1e-12)


def test_outside_it_is_flat_on_the_left_and_goes_on_on_the_right():
    net, theta = network([0.0, 1, 3], [2.0, 0, 5])
    np.testing.assert_allclose(net.predict(theta, [[-7.0], [5.0]])[:, 0], [2, 10], rtol=1e-14)


def test_keras_draws_the_same():
    c, h = points(3)
    net, theta = network(c, h)
    x = np.linspace(c[0] - 1, c[-1] + 1, 41)[:, None]
    np.testing.assert_allclose(to_keras(net, theta)(x), net.predict(theta, x), atol=1e-12)


def test_two_corners_are_one_unit():
    W1, b1, W2, b2 = hinges([1, 3], [4, 0])
    assert (W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist()) == ([[1]], [-1], [[-2]], [4])
    assert {part.dtype for part in (W1, b1, W2, b2)} == {np.dtype(float)}


@pytest.mark.parametrize(
    ("corners", "heights", "said"),
    [
        ([1], [2], r"corners.shape=\(1,\)"),
        ([0, 1, 2], [0, 1], r"heights.shape=\(2,\)"),
        ([[0, 1], [2, 3]], [[0, 1], [2, 3]], r"corners.shape=\(2, 2\)"),
        ([0, 1, 1], [0, 1, 2], r"corners=\[0.0, 1.0, 1.0\]"),
        ([0, 2, 1], [0, 1, 2], r"corners=\[0.0, 2.0, 1.0\]"),
        ([0, np.nan, 1], [0, 1, 2], "nan"),
        ([0, 1], [0, np.inf], "inf"),
    ],
)
def test_what_is_no_polyline_is_refused(corners, heights, said):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .*" + said):
        hinges(corners, heights)
