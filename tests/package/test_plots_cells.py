"""Tables as maps: the numbers are those of an independent count, and each can be read in its cell."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from byhand import plots

RNG = np.random.default_rng(3)
LABELS, PREDICTIONS = RNG.integers(0, 4, 90), RNG.integers(0, 4, 90)
PREDICTIONS[:60] = LABELS[:60]


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def luminance(colour):
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(ax, text):
    """Of a text with the cell under it, as WCAG computes it."""
    column, row = (int(v) for v in text.get_position())
    image = next(i for i in ax.images if not np.ma.getmaskarray(i.get_array())[row, column])
    fill = image.cmap(image.norm(image.get_array()[row, column]))
    dark, light = sorted((luminance(fill[:3]), luminance(text.get_color())))
    return (light + 0.05) / (dark + 0.05)


def written(ax):
    return {text.get_position()[::-1]: text.get_text() for text in ax.texts}


def test_every_cell_of_a_confusion_matrix_counts_its_pairs():
    ax = plots.confusion(LABELS, PREDICTIONS, classes="abcd")
    pairs = list(zip(LABELS, PREDICTIONS, strict=True))
    assert written(ax) == {(i, j): str(pairs.count((i, j))) for i in range(4) for j in range(4)}
    assert [text.get_text() for text in ax.get_yticklabels()] == list("abcd")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")


def test_right_and_wrong_have_scales_of_their_own():
    right, wrong = plots.confusion(LABELS, PREDICTIONS).images
    assert np.array_equal(~np.ma.getmaskarray(right.get_array()), np.eye(4, dtype=bool))
    assert right.norm.vmax > wrong.norm.vmax


def test_a_class_that_was_never_predicted_has_its_column():
    assert written(plots.confusion([0, 1, 2], [0, 0, 0]))[2, 2] == "0"


def test_the_words_of_a_confusion_matrix_name_the_worst():
    labels, predictions = [0, 0, 1, 1, 1, 2, 2, 2], [0, 0, 2, 2, 1, 2, 0, 2]
    assert plots.alternative(plots.confusion(labels, predictions)) == (
        "Confusion matrix of 8 examples in 3 classes, rows true, columns predicted: "
        "5 on the diagonal are right, 62.5 %. Most frequent mistakes: 1 taken for 2, 2 times; "
        "2 taken for 0, 1 time."
    )


@pytest.mark.parametrize("draw", [lambda: plots.confusion(LABELS, PREDICTIONS),
                                  lambda: plots.confusion([0, 0, 1, 2, 2], [0, 1, 1, 0, 0]),
                                  lambda: plots.heat(np.linspace(0, 9, 100).reshape(4, 25)),
                                  lambda: plots.heat(np.linspace(-9, 9, 99).reshape(9, 11))])  # fmt: skip
def test_every_number_can_be_read(draw):
    ax = draw()
    assert min(contrast(ax, text) for text in ax.texts) >= 4.5


def test_heat_lays_out_a_flat_row_line_by_line():
    a = np.arange(9.0)
    a[5] = 20
    ax = plots.heat(a, label="a", form="{:.0f}")
    assert written(ax)[1, 2] == "20"
    np.testing.assert_array_equal(ax.images[0].get_array(), a.reshape(3, 3))
    assert plots.alternative(ax.figure) == (
        "a: a map of 3 rows and 3 columns, from 0 to 20 in row 1, column 2, counted from 0."
    )


def test_scores_with_a_sign_have_zero_in_the_middle():
    image = plots.heat([[-1.0, 3.0], [0.5, 0.0]], form="").images[0]
    assert image.get_clim() == (-3, 3)
    assert not image.axes.texts
