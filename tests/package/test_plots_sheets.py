"""Pictures stand upright at their places, and the gallery shows the dearest mistakes first."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from byhand import plots
from byhand.plots.style import SIGNED, luminance

RNG = np.random.default_rng(8)


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def captions(ax):
    return [text.get_text() for text in ax.texts]


def test_digits_with_predictions_mark_the_wrong_ones_by_words_weight_and_colour():
    ax = plots.digits(np.zeros((3, 400)), [7, 2, 1], predictions=[7, 3, 1])
    assert captions(ax) == ["7", "2 → 3", "1"]
    assert [text.get_weight() for text in ax.texts] == ["normal", "bold", "normal"]
    assert 1.05 / (luminance(ax.texts[1].get_color()) + 0.05) > 4.5
    assert plots.alternative(ax) == "3 pictures of handwriting, with the captions 7; 2 → 3; 1."


def test_digits_without_captions_say_how_many():
    assert plots.alternative(plots.digits(np.zeros((1, 400)))) == "1 picture of handwriting."


def test_errors_are_the_wrong_ones_by_loss():
    x = np.arange(7)[:, None] * np.ones(400) / 7
    labels, predictions = [3, 1, 4, 1, 5, 9, 2], [3, 8, 4, 0, 5, 2, 6]
    losses = [9.0, 0.5, 0.1, 4.0, 0.2, 1.25, 2.0]
    ax = plots.errors(x, np.array(labels), np.array(predictions), losses, most=3, columns=2)
    assert captions(ax) == ["1 → 0\nloss 4.0", "2 → 6\nloss 2.0", "9 → 2\nloss 1.2"]
    sheet, step = ax.images[0].get_array(), 20 + 14
    np.testing.assert_allclose([sheet[9, 9], sheet[9, 31], sheet[step + 9, 9]], [3 / 7, 6 / 7, 5 / 7])
    assert plots.alternative(ax) == (
        "4 pictures of 7 taken for another class; the dearest, with their losses: "
        "1 for 0 at 4, 2 for 6 at 2, 9 for 2 at 1.2."
    )


def test_no_errors_are_said_in_words():
    ax = plots.errors(np.zeros((5, 400)), np.arange(5), np.arange(5), np.ones(5))
    assert not ax.images
    assert captions(ax) == [plots.alternative(ax)] == ["None of 5 pictures is taken for another class."]


def test_filters_are_upright_each_at_its_place():
    W = np.zeros((400, 7))
    W[3 * 20 + 7, 5] = 2.0  # of unit 5, the weight of the pixel in row 3, column 7
    ax = plots.filters(W, columns=3)
    sheet = ax.images[0].get_array()
    assert np.argwhere(sheet.filled(0) == 2).tolist() == [[(20 + 8) + 3, 2 * 22 + 7]]
    assert captions(ax) == list("0123456")
    assert sheet.mask.sum() == sheet.size - 7 * 400, "between the pictures there is nothing"


def test_filters_share_a_scale_that_is_symmetric_around_zero():
    ax = plots.filters(RNG.uniform(-0.5, 0.2, size=(25, 6)))
    assert ax.images[0].get_clim()[1] == -ax.images[0].get_clim()[0] <= 0.5
    assert len(ax.figure.axes) == 2, "a colour bar"


def test_the_sign_of_a_weight_shows_in_grey():
    lightness = [luminance(SIGNED(v)[:3]) for v in np.linspace(0, 1, 101)]
    assert (np.diff(lightness) > 0).all()


def test_kernels_of_a_convolution_are_pictures_too():
    W = RNG.normal(size=(3, 2, 1, 5))
    ax = plots.filters(W, columns=5, captions="abcde")
    sheet = ax.images[0].get_array()
    np.testing.assert_array_equal(sheet[:3, 4 * 3 : 4 * 3 + 2], W[:, :, 0, 4])
    strongest = "abcde"[np.abs(W).mean(axis=(0, 1, 2)).argmax()]
    assert plots.alternative(ax) == (
        f"The weights of 5 units as pictures of 3 by 2, from {W.min():.2g} to {W.max():.2g}; "
        f"the strongest on average are those of unit {strongest}.".replace("-", "−")
    )


@pytest.mark.parametrize(("units", "columns"), [(8, 4), (10, 5), (15, 5), (16, 8), (25, 9)])
def test_a_sheet_of_filters_is_wider_than_high_and_nearly_full(units, columns):
    sheet = plots.filters(np.ones((400, units))).images[0].get_array()
    assert sheet.shape[1] == columns * 22 - 2
