"""The figure of the descent without a browser: its arithmetic in V8, its HTML, what it refuses."""

import re

import numpy as np
import pytest

from byhand import figures
from byhand.bowl import bowl, path
from byhand.figures.descent import CURVATURES, STEPS, rates
from byhand.figures.descent_picture import RULES, brief, spots
from byhand.optimizers import get

RATES = [0.001, 0.013, 0.1, 0.124, 0.126, 0.7, 10.0]


@pytest.mark.parametrize("turn", [0, 45])
@pytest.mark.parametrize("curvature", CURVATURES)
@pytest.mark.parametrize("rule", range(4))
def test_the_way_agrees_with_the_package(arithmetic, rule, curvature, turn):
    """To 1e-12 of the largest number met so far, for where a way jumps about its errors jump along."""
    H = arithmetic("hessian", curvature, turn)
    for rate in RATES:
        optimizer, start = get(list(RULES)[rule])(rate), [-6.3, 2.1]
        way = path(bowl([1, curvature], turn), start, optimizer, STEPS)
        received = np.array(arithmetic("walk", rule, rate, start, H, STEPS))
        sizes = np.maximum.accumulate(np.abs(way).max(axis=1))[:, None]
        assert (np.abs(received - way) <= 1e-12 * sizes).all()


@pytest.mark.parametrize("turn", [0, 45])
@pytest.mark.parametrize("curvature", CURVATURES)
def test_cost_and_slopes_agree_with_the_package(arithmetic, curvature, turn, rng):
    cost, H = bowl([1, curvature], turn), arithmetic("hessian", curvature, turn)
    for theta in rng.normal(0, 5, (9, 2)):
        value, grad = cost(theta)
        size = curvature * np.abs(theta).max()
        assert arithmetic("bowlCost", theta, H) == pytest.approx(value, rel=1e-12, abs=1e-12 * size**2)
        np.testing.assert_allclose(arithmetic("slopesAt", theta, H), grad, rtol=1e-12, atol=1e-12 * size)


def found(**setting):
    return repr(figures.descent(**setting))


def test_the_questions_of_the_caption_have_their_answers():
    assert "cost 0.00393; arrived" in found()
    assert "The limit 2/λ of gradient descent is 0.125" in found()
    assert "arrived" not in found(rate=0.12)
    assert "on the way" in found(rate=0.12)
    assert "diverged" in found(rate=0.13)
    ways = [path(bowl([1, c]), [-6, 2], get("adam")(0.1), STEPS) for c in (1, 100)]
    np.testing.assert_allclose(*ways, atol=1e-5)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"rate": 0.001}, "on the way"),
        ({"rate": 10.0}, "diverged"),
        ({"optimizer": "momentum", "rate": 3.0}, "diverged"),
        ({"optimizer": "rmsprop", "rate": 10.0, "start": (0.5, 0.0)}, "higher than at the start"),
        ({"optimizer": "adam", "rate": 1.0}, "on the way"),
        ({"start": (0.0, 0.0)}, "arrived"),
    ],
)
def test_the_verdict(setting, words):
    assert f"; {words}. Cost after" in found(**setting)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.125, "−0.125"), (12.0, "12.0"), (999.4, "999"), (999.6, "1.00e3"), (1e-4, "1.00e−4"),
     (np.inf, "inf"), (-np.inf, "−inf"), (np.nan, "nan"), (-2.5e120, "−2.50e120"), (100.0, "100")],
)  # fmt: skip
def test_a_number_is_printed(value, text):
    assert brief(value) == text


def test_a_way_is_drawn_until_it_is_outside():
    way = np.array([[1.0, 2.0], [50.0, 0.0], [1.0, 1.0]])
    assert len(spots(way)) == 2
    assert len(spots(way[:1])) == 1
    assert np.isfinite(spots(np.array([[0.0, 0.0], [np.inf, np.nan]]))).all()


def test_the_curve_is_the_cost_at_the_end_for_every_rate():
    assert len(rates()) == 41
    np.testing.assert_allclose(rates()[[0, 20, 40]], [1e-3, 0.1, 10])


def test_bytes_are_few_and_the_same_each_time():
    html = figures.descent()._repr_html_()
    assert html == figures.descent((-6, 2), "gradient_descent", 0.1, 16, 0)._repr_html_()
    assert len(html.encode()) < 24_000
    assert not re.search(r"https?:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


def test_each_drawing_says_in_words_what_it_shows():
    figure = figures.descent((3.5, -1), "adam", 0.3, 100, 45)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    assert repr(figure) == " ".join(["descent.", *labels])
    assert "turned by 45 degrees. Adam from (3.50, −1.00) with learning rate 0.300" in labels[0]
    assert "Predict first" in figure.caption


@pytest.mark.parametrize(
    "change",
    [{"start": (9, 0)}, {"start": (0, -6)}, {"start": (1,)}, {"optimizer": "sgd"}, {"rate": 0}, {"rate": 11},
     {"rate": np.nan}, {"curvature": 2}, {"turn": 30}],
)  # fmt: skip
def test_bad_input_is_refused(change):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: ") as error:
        figures.descent(**change)
    ((name, value),) = change.items()
    assert f"{name}={value!r}" in str(error.value)
