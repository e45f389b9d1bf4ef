"""The figure of four slopes without a browser: its arithmetic in V8, its words, what it refuses."""

import re

import numpy as np
import pytest

from byhand import activations
from byhand.figures.slopes import brief, output_and_slope, slopes

ZS = [*np.linspace(-6, 6, 121).round(1).tolist(), 1e-300, -1e-9, 36.8, -36.8, 700, -700]
NAMES = ("sigmoid", "tanh", "relu", "silu")


@pytest.mark.parametrize("name", NAMES)
def test_outputs_and_slopes_agree_with_the_package(arithmetic, name):
    g = activations.get(name)
    for z in ZS:
        a = float(g.function(np.float64(z)))
        before = a if g.in_output else z
        assert arithmetic(name, z) == pytest.approx(a, rel=1e-12, abs=0)
        slope = float(g.derivative(np.float64(before)))
        assert arithmetic(f"{name}Slope", before) == pytest.approx(slope, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("name", NAMES)
def test_a_slope_is_what_a_small_step_makes_of_the_output(name):
    for z in (-4.0, -0.7, 0.3, 4.0):
        above, below = (output_and_slope(name, z + step)[0] for step in (1e-6, -1e-6))
        assert output_and_slope(name, z)[1] == pytest.approx((above - below) / 2e-6, abs=1e-9)


def test_the_picture_says_in_words_what_it_shows():
    html = slopes(4)._repr_html_()
    labels = re.findall(r'role="img" aria-label="([^"]+)"', html)
    assert [label.split(":")[0] for label in labels] == ["sigmoid", "tanh", "ReLU", "SiLU"]
    assert labels[0].endswith("At z = 4.0 the output is 0.9820 and the slope 0.0177.")
    assert "Predict first" in html
    text = repr(slopes(-4))
    assert "\n" not in text
    assert "slope −0.0527." in text


def test_what_is_predicted_is_so():
    """The caption asks for the smallest slope and one above 1 at z = 4, for 0 and below 0 at z = −4."""
    at = {z: {name: output_and_slope(name, z)[1] for name in NAMES} for z in (4, -4)}
    assert min(at[4], key=at[4].get) == "tanh"
    assert [name for name in NAMES if at[4][name] > 1] == ["silu"]
    assert [name for name in NAMES if at[-4][name] == 0] == ["relu"]
    assert [name for name in NAMES if at[-4][name] < 0] == ["silu"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.0000"),
        (1, "1.0000"),
        (1e-4, "0.0001"),
        (3.1e-18, "3·10⁻¹⁸"),
        (9.6e-5, "1·10⁻⁴"),
        (2.4, "2.4000"),
    ],
)
def test_small_numbers_are_written_as_powers_of_ten(value, text):
    assert brief(value) == text


def test_the_same_bytes_each_time_and_few_of_them():
    html = slopes()._repr_html_()
    assert html == slopes(1.0)._repr_html_() == slopes(1.04)._repr_html_()
    assert len(html.encode()) < 27_500
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)


@pytest.mark.parametrize("z", [6.1, -7, float("nan"), float("inf")])
def test_a_z_off_the_axis_is_refused(z):
    with pytest.raises(ValueError, match=r"^Expected z from −6 to 6\. Received: z="):
        slopes(z)
