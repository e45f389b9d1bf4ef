"""The moving figures without a browser: their arithmetic in V8, their HTML, what they refuse."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest

from byhand import figures
from byhand.activations import sigmoid
from byhand.losses import binary_cross_entropy
from byhand.optimizers import GradientDescent

FIGURES = ("one_unit", "relu_stitching")
X = np.array([-1.79, 0.74, -0.61, 1.38, -0.14, 0.03, 0.5, 0.64])
Y = np.array([0, 1, 0, 1, 0, 1, 1, 0])
VOID = {"br", "meta", "link", "input"}


SCORES = [*np.random.default_rng(1).normal(0, 5, 40), 0.0, 1e-300, -1e-9, 36.8, -36.8, 745, -745, 800, -800]


@pytest.mark.parametrize("z", SCORES)
def test_sigmoid_and_loss_agree_with_the_package(arithmetic, z):
    assert arithmetic("sigmoid", z) == pytest.approx(float(sigmoid(z)), rel=1e-12, abs=0)
    for y in (0, 1):
        value, _ = binary_cross_entropy(np.array([z]), np.array([y]))
        assert arithmetic("loss", z, y) == pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("scale", [1, 30, 800])
def test_cost_gradient_and_step_agree_with_the_package(arithmetic, seed, scale):
    rng = np.random.default_rng(seed)
    m = int(rng.integers(2, 17))
    x, y = rng.normal(size=m), rng.integers(0, 2, m)
    w, b = rng.normal(0, scale, 2)
    rate = float(rng.choice([0.1, 1, 20]))
    cost, dz = binary_cross_entropy(w * x + b, y)
    gradient = np.array([dz @ x, dz.sum()])
    theta = np.array([w, b])
    GradientDescent(rate).step(theta, gradient)
    # Terms of both signs cancel in the sums: 1e-12 is relative to the terms.
    size = np.mean(np.abs(sigmoid(w * x + b) - y)) * 1e-12
    assert arithmetic("cost", w, b, x, y) == pytest.approx(cost, rel=1e-12, abs=0)
    np.testing.assert_allclose(arithmetic("gradient", w, b, x, y), gradient, rtol=1e-12, atol=size)
    np.testing.assert_allclose(arithmetic("descend", w, b, rate, x, y), theta, rtol=1e-12, atol=rate * size)


def test_the_minimum_is_where_the_gradient_vanishes():
    w, b, lowest = figures.one_unit(X, Y).model["minimum"]
    cost, dz = binary_cross_entropy(w * X + b, Y)
    np.testing.assert_allclose([dz @ X, dz.sum()], 0, atol=1e-4)
    assert cost == pytest.approx(lowest, abs=1e-6)


def made(name):
    return figures.one_unit(X, Y) if name == "one_unit" else getattr(figures, name)()


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_bytes_each_time_and_few_of_them(name):
    html = made(name)._repr_html_()
    assert html == made(name)._repr_html_()
    assert len(html.encode()) < 26_000


def test_lists_give_the_same_bytes_as_arrays():
    assert figures.one_unit(X, Y)._repr_html_() == figures.one_unit(X.tolist(), Y.tolist())._repr_html_()


def test_last_bits_of_the_features_do_not_change_the_bytes():
    assert figures.one_unit(X * (1 + 1e-15), Y)._repr_html_() == figures.one_unit(X, Y)._repr_html_()


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_fetched_or_evaluated(name):
    html = made(name)._repr_html_()
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)  # a policy with hashes forbids these


def test_script_ends_where_it_should():
    html = figures.one_unit(X, Y, feature="ink </script><b>")._repr_html_()
    assert html.count("</script>") == 2
    assert "<b>" not in html


class Nesting(HTMLParser):
    """Opened and closed elements; wrong holds those closed out of turn, ids all ids."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.ids = [], [], []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for key, value in attrs if key == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize("name", FIGURES)
def test_html_is_well_nested_and_its_ids_come_from_its_name(name):
    nesting = Nesting()
    nesting.feed(made(name)._repr_html_())
    assert (nesting.open, nesting.wrong, nesting.ids) == ([], [], [name.replace("_", "-")])


@pytest.mark.parametrize("name", FIGURES)
def test_each_drawing_and_the_plain_text_say_in_words_what_is_shown(name):
    figure = made(name)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    assert len(labels) == 2
    assert repr(figure).endswith(" ".join(labels))
    assert "\n" not in repr(figure)
    assert "Predict first" in figure.caption


def test_the_picture_says_in_words_what_it_shows():
    html = figures.one_unit(X, Y, w=1, b=-0.5)._repr_html_()
    labels = re.findall(r'role="img" aria-label="([^"]+)"', html)
    assert len(labels) == 2
    assert "f is above ½ to the right of x = 0.50. 5 of 8 examples" in labels[0]
    assert "The dot is at w = 1.000, b = −0.500" in labels[1]
    assert "Predict first" in html


def test_plain_text_is_one_line_with_the_first_numbers():
    text = repr(figures.one_unit(X, Y, w=1, b=-0.5))
    assert "\n" not in text
    assert "w = 1.000" in text
    assert "J = 0.5" in text


def test_the_learning_rate_given_is_among_the_choices():
    model = figures.one_unit(X, Y, learning_rate=7).model
    assert model["rate"] == 7
    assert model["rates"] == sorted({*figures.one_unit(X, Y).model["rates"], 7})


def test_the_map_holds_start_and_minimum():
    model = figures.one_unit(X, Y, w=-9, b=8).model
    for i, name in enumerate("wb"):
        low, high, *_ = model["scales"][name]
        assert low < min(0, model[name], model["minimum"][i])
        assert high > max(0, model[name], model["minimum"][i])


@pytest.mark.parametrize("w", [0.0, -9.0, 47.0, 3000.0])
def test_the_numbers_below_the_map_keep_apart_however_far_the_start_lies(w):
    below = re.compile(r'<text x="([\d.]+)" y="276.0" text-anchor="middle">(−?\d+)<')
    _, cost_map = figures.one_unit(X, Y, w=w)._repr_html_().split('data-part="right"')
    ticks = [(float(at), len(label)) for at, label in below.findall(cost_map)]
    assert len(ticks) > 1
    assert all(right - left > 4 * (a + b) + 4 for (left, a), (right, b) in pairwise(ticks))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": X[:-1]}, "x.shape=(7,), y.shape=(8,)"),
        ({"x": X[:, None], "y": Y[:, None]}, "x.shape=(8, 1)"),
        ({"x": [], "y": []}, "x=[]"),
        ({"x": np.where(X > 1, np.nan, X)}, "nan"),
        ({"y": Y + 1}, "y=[1, 2"),
        ({"y": Y / 2}, "y=[0.0, 0.5"),
        ({"y": X > 0.2}, "overlap"),
        ({"y": X < 0.2}, "overlap"),
        ({"y": Y * 0}, "overlap"),
        ({"w": float("inf")}, "w=inf"),
        ({"b": float("nan")}, "b=nan"),
        ({"learning_rate": 0}, "learning_rate=0"),
        ({"learning_rate": float("nan")}, "learning_rate=nan"),
    ],
)
def test_bad_input_is_refused(change, message):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        figures.one_unit(**({"x": X, "y": Y} | change))
    assert message in str(error.value)


def test_a_figure_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match=r"Expected a moving figure\. Received: name='two_units'"):
        figures.two_units  # noqa: B018
