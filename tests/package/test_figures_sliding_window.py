"""The sliding windows without a browser: their arithmetic in V8, their HTML, what they refuse."""

import json
import re

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from byhand import figures
from byhand.convolution import convolution
from byhand.figures import frame
from byhand.figures.sliding_window import KERNELS, scores
from byhand.figures.sliding_window_picture import amount, levels, weight

RNG = np.random.default_rng(8)
SIGNAL, PICTURE = RNG.normal(size=37).round(2), RNG.uniform(size=(20, 20)).round(2)


@pytest.fixture(scope="module")
def script():
    """Call a function of window_sums.js by name."""
    racer = MiniRacer()
    text = (frame.FOLDER / "window_sums.js").read_text(encoding="utf-8")
    racer.eval(re.sub(r"^export ", "", text, flags=re.M))

    def call(name, *values):
        arguments = ",".join(json.dumps(np.asarray(value).tolist()) for value in values)
        return np.array(json.loads(racer.eval(f"JSON.stringify({name}({arguments}))")))

    return call


@pytest.mark.parametrize("seed", range(20))
def test_scores_agree_with_the_package(script, seed):
    rng = np.random.default_rng(seed)
    size = rng.integers(1, 6, 2)
    x = rng.normal(size=size + rng.integers(1, 9, 2)) * 10.0 ** rng.integers(-3, 4)
    w = rng.normal(size=size)
    ours = convolution(x[None, :, :, None], w[:, :, None, None], np.zeros(1))[0, :, :, 0]
    limit = 1e-12 * np.abs(x).max() * np.abs(w).sum()
    np.testing.assert_allclose(script("scores", x, w), ours, rtol=1e-12, atol=limit)
    r, c = (int(rng.integers(0, n)) for n in ours.shape)
    held = script("holds", x, w.shape, r, c)
    np.testing.assert_array_equal(held, x[r : r + size[0], c : c + size[1]])
    products = script("products", held, w)
    np.testing.assert_allclose(products, held * w, rtol=1e-15)
    np.testing.assert_allclose(script("total", products), ours[r, c], rtol=1e-12, atol=limit)


def test_a_signal_is_convolved_as_in_one_dimension(script):
    w = RNG.normal(size=5)
    ours = convolution(SIGNAL[None, :, None], w[:, None, None], np.zeros(1))[0, :, 0]
    np.testing.assert_allclose(script("scores", SIGNAL[None], w[None])[0], ours, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(scores(SIGNAL[None], w[None])[0], ours, rtol=1e-15)


def test_a_kernel_turned_round_is_what_numpy_convolves_with(script):
    w = RNG.normal(size=5)
    turned = script("turned", w[None])
    np.testing.assert_allclose(
        script("scores", SIGNAL[None], turned)[0], np.convolve(SIGNAL, w, "valid"), rtol=1e-12, atol=1e-12
    )
    np.testing.assert_array_equal(script("turned", PICTURE), PICTURE[::-1, ::-1])


def figure(**setting):
    return figures.sliding_window(SIGNAL, PICTURE, **{"at": 9} | setting)


def text(html, part):
    return re.search(rf'data-part="{part}">([^<]*)<', html)[1]


@pytest.mark.parametrize("flip", [0, 1])
@pytest.mark.parametrize("kernel", range(3))
def test_what_the_window_holds_is_spelled_out_and_adds_up(kernel, flip):
    html = figure(at=7, row=3, column=18, kernel=kernel, flip=flip).body
    held = SIGNAL[6:11], PICTURE[2:5, 17:20].ravel()
    for side in (0, 1):
        w = np.ravel(list(KERNELS.values())[kernel][side])[:: -1 if flip else 1]
        for j, (x, weight_) in enumerate(zip(held[side], w, strict=True)):
            assert float(text(html, f"x{side}{j}").replace("−", "-")) == pytest.approx(x, abs=1e-9)
            assert float(text(html, f"w{side}{j}").replace("−", "-")) == weight_
            assert float(text(html, f"p{side}{j}").replace("−", "-")) == pytest.approx(x * weight_, abs=1e-9)
            assert all(text(html, f"{k}{side}{j}") == text(html, f"t{k}{side}{j}") for k in "xwp")
        total = float(text(html, f"sum{side}").removeprefix("sum z = ").replace("−", "-"))
        assert total == pytest.approx(held[side] @ w, abs=1e-9)


def test_the_map_is_sorted_by_sign_and_size():
    z = np.array([[0.0, 1, -2], [7.9, -8, 0.9], [3.1, -4.9, 5.1]])
    assert levels(z).tolist() == [[0, 0, -1], [4, -4, 0], [2, -2, 3]]
    assert not levels(np.zeros((2, 3))).any()


def test_a_signal_and_a_picture_of_nothing_can_be_drawn():
    assert "nan" not in figures.sliding_window(np.zeros(10), np.zeros((20, 20)), at=6)._repr_html_()


@pytest.mark.parametrize(("value", "words"), [(-1.0, "−1"), (0.1, "0.1"), (0.0, "0"), (8.0, "8")])
def test_a_weight_has_the_digits_it_needs(value, words):
    assert weight(value) == words


def test_products_of_tenths_have_a_third_digit():
    assert amount(0.123, np.array([0.1, 1])) == "0.123"
    assert amount(-0.12, np.array([-1.0, 2])) == "−0.12"


def test_bytes_are_few_and_the_same_each_time():
    html = figure()._repr_html_()
    assert html == figures.sliding_window(SIGNAL.tolist(), PICTURE * (1 - 1e-9), at=9)._repr_html_()
    assert len(html.encode()) < 50_000  # a picture that is noise; a digit takes 35,000
    assert not re.search(r"https?:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signal": SIGNAL[:9]}, "signal.shape=(9,)"),
        ({"signal": np.zeros(201)}, "signal.shape=(201,)"),
        ({"signal": SIGNAL[:, None]}, "signal.shape=(37, 1)"),
        ({"signal": np.where(SIGNAL > 1, np.nan, SIGNAL)}, "signal.shape=(37,)"),
        ({"picture": PICTURE[:19]}, "picture.shape=(19, 20)"),
        ({"picture": PICTURE + 0.5}, "picture.shape=(20, 20)"),
        ({"picture": PICTURE * np.nan}, "picture.shape=(20, 20)"),
        ({"at": 0}, "at=0"),
        ({"at": 34}, "at=34"),
        ({"at": 2.5}, "at=2.5"),
        ({"row": 19}, "row=19"),
        ({"column": 0}, "column=0"),
        ({"kernel": 3}, "kernel=3"),
        ({"flip": 2}, "flip=2"),
        ({"flip": -1}, "flip=-1"),
    ],
)
def test_bad_input_is_refused(change, said):
    given = {"signal": SIGNAL, "picture": PICTURE, "at": 1} | change
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: ") as error:
        figures.sliding_window(**given)
    assert str(error.value).endswith(said)
