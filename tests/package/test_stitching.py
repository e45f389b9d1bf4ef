"""The figure of stitched lines without a browser: its arithmetic in V8 against the package."""

import numpy as np
import pytest

from byhand import figures
from byhand.activations import relu
from byhand.figures.stitching import CORNERS, HEIGHTS, Stitching
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network

GRID = np.linspace(0, 3, 601)


def drawn(seed):
    """Weights and biases of three units, and a network of them whose output is their plain sum."""
    rng = np.random.default_rng(seed)
    w, b = rng.normal(0, 3, (2, 3))
    net = Network(1, [Dense(3, "relu"), Dense(1)], squared_error)
    return w, b, net, net.flatten([w[None], b, np.ones((3, 1)), np.zeros(1)])


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_and_its_slope_are_those_of_the_network(arithmetic, seed):
    w, b, net, theta = drawn(seed)
    units = np.stack([w, b], axis=1)
    x = np.random.default_rng(seed).uniform(-4, 4)
    expected = float(net.predict(theta, [[x]])[0, 0])
    assert arithmetic("stitched", units, x) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert float(Stitching(w, b).sum(x)) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    h = 1e-3  # far from every corner the difference quotient of a straight line is exact
    if np.abs(x + b / w).min() > 2 * h:
        slope = float(np.diff(net.predict(theta, [[x - h], [x + h]])[:, 0])[0]) / (2 * h)
        assert arithmetic("slopeAt", units, x) == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_gaps_are_the_largest_on_a_fine_grid_or_a_little_larger(arithmetic, seed):
    w, b, *_ = drawn(seed)
    units = Stitching(w, b)
    gaps = arithmetic("gaps", np.stack([w, b], axis=1), CORNERS, HEIGHTS)
    np.testing.assert_allclose(gaps, units.gaps(), rtol=1e-12, atol=1e-12)
    apart = np.abs(units.sum(GRID) - np.interp(GRID, CORNERS, HEIGHTS))
    for low, high, gap in zip(CORNERS, CORNERS[1:], gaps, strict=False):
        seen = apart[(low <= GRID) & (high >= GRID)].max()
        assert seen <= gap + 1e-12
        assert gap <= seen + 0.005 * (np.abs(w).sum() + 3)  # what fits between two points of the grid


@pytest.mark.parametrize("x", [0, 1e-9, 0.3, 1, 1.5, 2, 2.999, 3])
def test_the_polyline_is_numpys(arithmetic, x):
    expected = float(np.interp(x, CORNERS, HEIGHTS))
    assert arithmetic("interpolate", x, CORNERS, HEIGHTS) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("z", [-745.5, -1, -1e-300, 0, 1e-300, 2.5, 1e300])
def test_relu_is_the_packages(arithmetic, z):
    assert arithmetic("relu", z) == float(relu(z))


def test_the_answer_meets_the_target_and_the_first_state_misses_its_last_piece():
    assert "0.00 on [0, 1], 0.00 on [1, 2], 2.00 on [2, 3]" in repr(figures.relu_stitching())
    answer = figures.relu_stitching(w1=1, b1=-1, w2=2, b2=-4)
    assert "0.00 on [0, 1], 0.00 on [1, 2], 0.00 on [2, 3]" in repr(answer)


@pytest.mark.parametrize("change", [{"w1": 4.1}, {"b1": -7}, {"w2": float("nan")}, {"b2": float("inf")}])
def test_what_no_slider_reaches_is_refused(change):
    with pytest.raises(ValueError, match=r"^Expected weights .*\. Received: start="):
        figures.relu_stitching(**change)
