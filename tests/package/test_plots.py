"""Figures draw the numbers they are given, on the axes they are given."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from byhand import plots


@pytest.fixture
def ax():
    _, ax = plt.subplots()
    yield ax
    plt.close("all")


def test_digits_stand_row_by_row_with_their_captions(ax):
    x = np.arange(5)[:, None] * np.ones(400) / 5
    assert plots.digits(x, ["a", "b", "c", "d", "e"], columns=3, ax=ax) is ax
    sheet = ax.images[0].get_array()
    assert sheet.shape == (2 * 28, 3 * 22 - 2)
    tops = [sheet[28 * (i // 3) + 9, 22 * (i % 3) + 9] for i in range(5)]
    np.testing.assert_allclose(tops, x[:, 0])
    assert [text.get_text() for text in ax.texts] == ["a", "b", "c", "d", "e"]


def test_a_picture_is_drawn_upright(ax):
    x = np.zeros((1, 400))
    x[0, 3 * 20 + 7] = 1  # row 3, column 7
    assert plots.digits(x, ax=ax).images[0].get_array()[3, 7] == 1


def test_digits_make_axes_of_their_own_without_captions():
    ax = plots.digits(np.zeros((3, 400)))
    assert not ax.texts
    assert ax.images[0].get_array().shape == (22, 3 * 22 - 2)
    plt.close("all")


def test_loss_curves_show_median_and_range_on_a_log_axis(ax):
    losses = np.array([[4.0, 2.0, 1.0, 0.5], [8.0, 3.0, 2.0, 0.6], [6.0, 9.0, 0.1, 0.7]])
    assert plots.loss_curves({"one": losses, "two": losses[0]}, ax) is ax
    assert ax.get_yscale() == "log"
    np.testing.assert_allclose(ax.lines[0].get_xdata(), [1, 2, 3, 4])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [6, 3, 1, 0.6])
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert {0.1, 0.5, 9.0, 8.0} <= set(band)
    assert ax.lines[0].get_linestyle() != ax.lines[1].get_linestyle()
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["one", "two"]


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan])
def test_a_log_axis_refuses_what_it_cannot_show(bad, ax):
    with pytest.raises(ValueError, match=r"Expected positive costs .* Received: one="):
        plots.loss_curves({"one": [1.0, bad]}, ax)
