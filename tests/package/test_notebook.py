"""Numbers for the text keep their digits; the text of a figure changes whenever the figure does."""

import os

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from byhand import notebook, plots


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


class Shell:
    """As much of IPython as prepare uses; its formatter is the true one."""

    def __init__(self):
        self.magic = []
        self.display_formatter = DisplayFormatter()

    def run_line_magic(self, *call):
        self.magic.append(call)


def test_prepare_sets_what_is_not_set_and_needs_no_notebook(monkeypatch):
    monkeypatch.setattr("os.environ", {"KERAS_BACKEND": "jax"})
    monkeypatch.setattr("IPython.get_ipython", lambda: None)
    notebook.prepare()
    assert os.environ == notebook.ENVIRONMENT | {"KERAS_BACKEND": "jax"}


def test_in_a_notebook_figures_are_sharp_and_carry_their_numbers_as_text(monkeypatch):
    shell = Shell()
    monkeypatch.setattr("os.environ", {})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    with matplotlib.rc_context():
        notebook.prepare()
        monkeypatch.undo()  # pyplot asks more of a shell than this one has
        _, ax = plt.subplots()
        ax.set_title("as text")
    assert shell.magic == [("matplotlib", "inline"), ("config", "InlineBackend.figure_formats = ['retina']")]
    plain = shell.display_formatter.formatters["text/plain"]
    assert plain(ax.figure) == notebook.summary(ax.figure) == "axes 'as text', x '', y ''"


def shown(monkeypatch, **values):
    seen = {}

    def display(data, raw, metadata):
        assert raw
        assert metadata["scrapbook"]["mime_prefix"] == notebook.PREFIX
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


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([2, 0, 1, 5], "4 values, 2 … mean 2 … 5, weight at 0.531"),
        ([1e-7, 1e6, -1e-7], "3 values, 0 … mean 3.33e+05 … 0, weight at 0.333"),
        ([-0.0, -0.0], "2 values, 0 … mean 0 … 0, weight at 0.000"),
        ([], "0 values"),
    ],
)
def test_a_line_is_told_by_its_ends_its_mean_and_where_its_weight_lies(values, text):
    """The weight by hand: (0·2 + 1·0 + 2·1 + 3·5) / 8 / 4."""
    assert summary_of(lambda ax: ax.plot(values, label="a")).splitlines()[1:] == [f"  line 'a': {text}"]


def test_points_are_told_by_their_places():
    found = summary_of(lambda ax: ax.scatter([1, 2], [3, 6])).splitlines()[1:]
    assert found == ["  points: 4 values, 1 … mean 3 … 6, weight at 0.521"]


def test_a_height_that_is_reached_nowhere_is_told():
    found = summary_of(lambda ax: ax.contour(np.add.outer(np.arange(3.0), np.arange(4.0)), levels=[2.5, 99]))
    assert found.splitlines()[2:] == ["  contour at 99: nowhere"]
