"""The softmax figure without a browser: its arithmetic in V8, its HTML, what it refuses."""

import re

import numpy as np
import pytest
from mpmath import mp

from byhand import figures
from byhand.losses import softmax, softmax_cross_entropy

RNG = np.random.default_rng(4)
ROWS = [RNG.normal(0, spread, size) for spread, size in ((1, 2), (5, 3), (30, 4), (300, 5)) for _ in range(5)]
ROWS += [row + rise for row in ROWS[:10] for rise in (-800, 800)] + [np.array([3.0, 3.0, -1.0, 3.0])]


@pytest.mark.parametrize("z", ROWS)
def test_softmax_loss_and_slopes_agree_with_the_package(arithmetic, z):
    np.testing.assert_allclose(arithmetic("softmax", z), softmax(z), rtol=1e-12, atol=0)
    for y in range(len(z)):
        value, slopes = softmax_cross_entropy(z, y)
        assert arithmetic("softmaxLoss", z, y) == pytest.approx(value, rel=1e-12, abs=0)
        np.testing.assert_allclose(arithmetic("softmaxSlopes", z, y), slopes, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("z", [row for row in ROWS if np.abs(row).max() < 100])
def test_the_plain_formula_agrees_where_nothing_overflows(arithmetic, z):
    with mp.workdps(40):
        powers = [mp.exp(score) for score in z.tolist()]
        exact = [float(power / sum(powers)) for power in powers]
    np.testing.assert_allclose(arithmetic("plainSoftmax", z), exact, rtol=1e-12, atol=0)


@pytest.mark.parametrize("rise", [-800, 720, 800])
def test_the_plain_formula_fails_beyond(arithmetic, rise):
    assert arithmetic("plainSoftmax", np.array([0.5, 2.0, -1.0]) + rise) == [None] * 3  # nan in JSON
    figure = figures.softmax([0.5, 2, -1, 0], rise=rise)
    assert "The plain formula gives nan for 4 of 4 classes." in repr(figure)


def test_shifting_changes_nothing_that_softmax_shows():
    """The caption's question: no bar on the right moves, and the plain formula's marks are gone."""
    still, raised = (figures.softmax([2, 1, -1, 0], rise=rise) for rise in (0, 800))
    bars = r'<path [^>]*data-part="a\d"></path>'
    assert re.findall(bars, still.body) == re.findall(bars, raised.body)
    assert len(re.findall(bars, still.body)) == 4
    assert re.findall(r'd=""[^>]*data-part="plain\d"', raised.body)
    assert "agrees" in repr(still)


@pytest.mark.parametrize("seed", range(8))
def test_the_longest_arrow_is_the_true_class_s(seed):
    rng = np.random.default_rng(seed)
    z, target = rng.uniform(-8, 8, 4), int(rng.integers(1, 5))
    arrows = re.search(
        r"truth minus answer: ([^.]*\d\.\d+(?:, −?\d\.\d+)*)\.", repr(figures.softmax(z, target))
    )
    lengths = [float(text.replace("−", "-")) for text in arrows[1].split(", ")]
    assert max(lengths, key=abs) == lengths[target - 1] >= 0
    assert sum(lengths) == pytest.approx(0, abs=3e-4)


def test_the_picture_says_in_words_what_it_shows():
    figure = figures.softmax([2, 1, -1, 0], target=2)
    a = softmax(np.array([2.0, 1, -1, 0]))
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    assert "softmax. " + " ".join(labels) == repr(figure)
    assert "z₃ = −1.0" in labels[0]
    assert f"a₁ = {a[0]:.4f}" in labels[1]
    assert "Predict first" in figure.caption
    assert "\n" not in repr(figure)


def test_the_same_bytes_each_time_and_few_of_them():
    html = figures.softmax([2, 1, -1, 0], 2)._repr_html_()
    assert html == figures.softmax(np.array([2.0, 1, -1, 0]), 2, 0, 1)._repr_html_()
    assert len(html.encode()) < 26_000
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"z": [1, 2, 3]}, "z=[1.0, 2.0, 3.0]"),
        ({"z": [[1, 2, 3, 4]]}, "z=[[1.0"),
        ({"z": [1, 2, 3, 9]}, "9.0]"),
        ({"z": [1, 2, 3, np.nan]}, "nan]"),
        ({"target": 0}, "target=0"),
        ({"target": 5}, "target=5"),
        ({"rise": 801}, "rise=801"),
        ({"rise": np.nan}, "rise=nan"),
        ({"temperature": 0}, "temperature=0"),
        ({"temperature": 3}, "temperature=3"),
    ],
)
def test_bad_input_is_refused(change, message):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        figures.softmax(**({"z": [2, 1, -1, 0]} | change))
    assert message in str(error.value)
