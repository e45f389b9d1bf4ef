"""Bands over seeds stop where a run diverged; an activation's slope is its slope."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from scipy.special import expit

from byhand import activations, plots

RATES = np.array([0.01, 0.1, 1.0, 10.0])
COSTS = np.array([[4.0, 0.5, 2.0, np.inf], [6.0, 0.3, 9.0, 8.0], [5.0, 0.4, 3.0, np.nan]])


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_a_band_shows_median_and_range_where_all_runs_are_finite():
    ax = plots.band(RATES, {"one": COSTS, "two": COSTS[1]}, log="xy", xlabel="learning rate", ylabel="cost J")
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [5, 0.4, 3, np.nan])
    heights = ax.collections[0].get_paths()[0].vertices
    assert {(0.01, 4), (0.01, 6), (1, 2), (1, 9)} <= {tuple(v) for v in heights}
    assert 8.0 not in heights[:, 1]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert plots.alternative(ax) == (
        "Cost J by learning rate, x and y on a log axis. "
        "one: 5 at learning rate 0.01, lowest 0.4 at 0.1, 3 at 1; diverged at 1 of 4 places. "
        "two: 6 at learning rate 0.01, lowest 0.3 at 0.1, 8 at 10. "
        "Lines are medians of 3 runs, bands their range."
    )


def test_a_curve_that_is_nowhere_finite_says_so():
    ax = plots.band(RATES, {"lost": COSTS * np.nan})
    assert (
        plots.alternative(ax)
        == "Curves by x. lost: nowhere finite. Lines are medians of 3 runs, bands their range."
    )


def test_the_words_of_loss_curves_give_first_lowest_and_last():
    ax = plots.loss_curves({"a": [3.0, 0.25, 0.0127], "b": [3.0, 0.5, 1.0]})
    assert plots.alternative(ax) == (
        "Cost J by epoch on a log axis. a: 3 at epoch 1, 0.013 at 3. "
        "b: 3 at epoch 1, lowest 0.5 at 2, 1 at 3."
    )


@pytest.mark.parametrize("name", ["sigmoid", "gelu", "elu"])
def test_the_dashed_line_is_the_slope_of_the_other(name):
    ax = plots.activation(name, reach=4)
    curve, slope = (line for line in ax.lines if line.get_label() in ("g", "g′"))
    z, a = curve.get_data()
    np.testing.assert_allclose(slope.get_ydata()[1:-1], (a[2:] - a[:-2]) / (z[2:] - z[:-2]), atol=5e-3)
    assert curve.get_linestyle() != slope.get_linestyle()
    assert {text.get_text() for text in ax.texts} == {"g", "g′"}


def test_the_curve_is_the_function_and_an_activation_stands_for_its_name():
    given, named = (plots.activation(a) for a in (activations.get("sigmoid"), "sigmoid"))
    z, a = given.lines[1].get_data()
    np.testing.assert_allclose(a, expit(z), atol=1e-15)
    np.testing.assert_array_equal(named.lines[1].get_ydata(), a)


def test_a_jump_is_a_gap():
    ax = plots.activation("relu")
    slope = ax.lines[2].get_ydata()
    assert np.isnan(slope).sum() == 1
    assert set(slope[~np.isnan(slope)]) == {0, 1}


def test_the_words_of_an_activation_give_its_range():
    assert plots.alternative(plots.activation("tanh").figure) == (
        "tanh: for z from −5 to 5, between −1 and 1, its slope, dashed, between 0 and 1."
    )


def test_g_and_its_slope_are_named_apart():
    ax = plots.activation("elu", reach=1)  # both end at 1
    low, high = ax.get_ylim()
    a, slope = (text.xy[1] for text in ax.texts)
    assert abs(a - slope) > 0.08 * (high - low)


def test_a_sheet_has_an_axes_for_each_name_and_one_scale():
    axes = plots.activation_sheet(("relu", "tanh", "silu"), columns=2)
    assert [ax.get_title() for ax in axes] == ["relu", "tanh", "silu"]
    assert len({ax.get_ylim() for ax in axes}) == 1
    assert len(axes[0].figure.axes) == 3, "the empty place is gone"
    assert plots.alternative(axes[0].figure).startswith(
        "3 activation functions on one scale, for z from −5 to 5: relu between 0 and 5, its slope"
    )


def test_words_of_several_axes_follow_their_titles():
    figure, (left, right) = plt.subplots(1, 2)
    assert plots.alternative(figure) == plots.alternative(left) == ""
    plots.describe(left, "One\n thing.")
    plots.describe(right, "Another.")
    left.set_title("left")
    assert plots.alternative(figure) == "left: One thing. Another."
    assert plots.alternative(plots.describe(right, "And more.")) == "Another. And more."
