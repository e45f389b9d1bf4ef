"""Numbers for the text keep their digits; the text of a figure changes whenever the figure does."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from byhand import notebook, plots


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def shown(monkeypatch, **values):
    seen = {}

    def display(data, raw, metadata):
        assert raw
        seen[metadata["scrapbook"]["name"]] = data[notebook.PREFIX + "text/plain"]

    monkeypatch.setattr("IPython.display.display", display)
    notebook.glue(**values)
    return seen


def test_glued_values_keep_their_digits(monkeypatch):
    assert shown(monkeypatch, a="0.50", b=5000, c="-1.0") == {"a": "'0.50'", "b": "'5,000'", "c": "'−1.0'"}


@pytest.mark.parametrize("value", [0.5, np.float32(1), None, [1]])
def test_a_value_whose_digits_are_open_is_refused(value, monkeypatch):
    with pytest.raises(TypeError, match=r"Expected a string or a whole number .* Received: x="):
        shown(monkeypatch, x=value)


def summary_of(draw):
    _, ax = plt.subplots()
    draw(ax)
    return notebook.summary(ax.figure)


CURVES = np.array([[1.0, 0.5, 0.2], [1.2, 0.6, 0.1], [0.9, 0.4, 0.3]])


@pytest.mark.parametrize(
    "change",
    [
        lambda ax: ax.set_title("another"),
        lambda ax: ax.set_xlabel("another"),
        lambda ax: ax.plot([1, 2], [3, 4]),
        lambda ax: ax.text(1, 1, "another"),
        lambda ax: ax.scatter([1, 2], [3, 4]),
        lambda ax: ax.pcolormesh(np.eye(3)),
        lambda ax: ax.contour(np.eye(3)),
        lambda ax: ax.contourf(np.eye(3), hatches=["/", "."]),
        lambda ax: ax.bar([1, 2], [3, 4]),
        lambda ax: plots.describe(ax, "Another sentence."),
    ],
)
def test_whatever_is_added_to_a_figure_shows_in_its_text(change):
    before = summary_of(lambda ax: plots.loss_curves({"a": CURVES}, ax))
    assert before != summary_of(lambda ax: (plots.loss_curves({"a": CURVES}, ax), change(ax)))


def test_a_wider_band_shows_in_the_text_though_the_median_stays():
    wider = CURVES * [[1], [1.5], [1]]
    np.testing.assert_allclose(np.median(CURVES, 0)[0], 1.0)
    assert summary_of(lambda ax: plots.loss_curves({"a": CURVES}, ax)) != summary_of(
        lambda ax: plots.loss_curves({"a": wider}, ax)
    )


def test_ink_in_another_place_shows_in_the_text():
    first, second = np.zeros((1, 400)), np.zeros((1, 400))
    first[0, 21], second[0, 210] = 1, 1
    assert summary_of(lambda ax: plots.digits(first, ax=ax)) != summary_of(
        lambda ax: plots.digits(second, ax=ax)
    )


SHIFTED = [
    (lambda ax, v: ax.pcolormesh(np.arange(12.0).reshape(3, 4) * v)),
    (lambda ax, v: ax.contour(np.add.outer(np.arange(4.0), np.arange(5.0)), levels=[2.5 * v])),
    (lambda ax, v: ax.contourf(np.add.outer(np.arange(4.0), np.arange(5.0)), levels=[1, 2.5 * v, 9])),
    (lambda ax, v: ax.bar([1, 2], [3, 4 * v])),
    (lambda ax, v: plots.responses(lambda p: p[:, 0] - v, (0, 3, 0, 1), ax)),
    (lambda ax, v: plots.contours(lambda p: (p**2).sum(axis=1) * v, (-1, 2, -1, 1), ax)),
    (lambda ax, v: plots.regions(lambda p: p[:, 0] - v, (0, 3.1, 0, 1), ax, threshold=0)),
    (lambda ax, v: plots.confusion([0, 1, 1, 1], [0, 1, 0, int(v > 1.1)], ax)),
]


@pytest.mark.parametrize("draw", SHIFTED)
def test_the_text_tells_another_value_and_not_another_rounding(draw):
    texts = [summary_of(lambda ax, v=v: draw(ax, v)) for v in (1.0, 1.0 + 1e-9, 1.2)]
    assert texts[0] == texts[1] != texts[2]


def test_the_first_line_says_in_words_what_is_drawn():
    first, second = summary_of(lambda ax: plots.scatter([[0, 1]], [0], ax)).splitlines()[:2]
    assert first == "alt: Scatter of 1 point in one class: class 0, circles, 1 point around (0.0, 1.0)."
    assert second == "axes '', x '$x_1$', y '$x_2$'"
    assert summary_of(lambda ax: None) == "axes '', x '', y ''"
