"""The figure of one logit without a browser: its arithmetic in V8, its HTML, what it refuses."""

import json
import math
import re

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from byhand import figures
from byhand.activations import sigmoid
from byhand.figures import frame
from byhand.figures.stability import compute
from byhand.figures.stability_picture import FORMS, printed, verdict

FUNCTIONS = {"naive": "naiveForm", "clipped": "clippedForm", "stable": "stableForm"}
RNG = np.random.default_rng(5)
LOGITS = [
    *RNG.normal(0, 6, 30),
    *RNG.uniform(-1000, 1000, 30),
    0.0,
    1e-3,
    16.0,
    -16.0,
    40.0,
    -40.0,
    710.0,
    -746.0,
]


@pytest.fixture(scope="module")
def form():
    """[loss, slope] of a form as JavaScript computes it; JSON itself has no inf and no nan."""
    racer = MiniRacer()
    racer.eval(frame.inlined("loss_forms.js"))

    def call(name, z, y, bits):
        place = f"Math.fround({z!r})" if bits == 32 else repr(z)
        values = racer.eval(f"JSON.stringify({FUNCTIONS[name]}({place}, {y}, {bits}).map(String))")
        return [float(value.replace("Infinity", "inf")) for value in json.loads(values)]

    return call


def agrees(received, name, z, y, bits):
    """Loss and slope of a form are the package's: to 1e-12 in double precision, to 3 roundings in single.

    V8's e^z and NumPy's may be one rounding apart. That moves f by one place, f − y by one rounding of 1,
    and in the naive and the clipped form 1 − f and its logarithm by what one place of f is there.
    """
    step = 2.0**-52 if bits == 64 else 2.0**-23
    small = max(min(sigmoid(z), sigmoid(-z)), step / 4)
    lost = 0 if name == "stable" else 2 * step / small / min(1, abs(math.log1p(-small)))
    limits = {"rtol": max(1e-12 if bits == 64 else 3 * step, lost), "err_msg": f"{name} at z = {z}"}
    (loss, slope), (right, right_slope) = received, compute(name, z, y, bits)
    np.testing.assert_allclose(loss, right, atol=1e-44, **limits)
    np.testing.assert_allclose(slope, right_slope, atol=step, **limits)


@pytest.mark.parametrize("bits", [64, 32])
@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("name", FORMS)
def test_every_form_agrees_with_the_package(form, name, y, bits):
    with np.errstate(all="ignore"):
        for z in [*map(float, LOGITS), *(np.linspace(-120, 120, 499).tolist() if name == "stable" else [])]:
            agrees(form(name, z, y, bits), name, z, y, bits)


def found(z, y, bits):
    return figures.stability(z, y, bits)


def test_the_first_state_shows_all_three():
    assert "naive inf, clipped 16.118, stable 40." in repr(found(40, 0, 64))
    assert "naive nan, clipped 0, stable 1." in repr(found(40, 0, 64))


@pytest.mark.parametrize(
    ("z", "y", "bits", "words"),
    [
        (36, 0, 64, "naive 36.044, clipped 16.118, stable 36."),
        (16.5, 0, 32, "naive 15.942, clipped 15.942, stable 16.500."),
        (17, 0, 32, "naive inf, clipped 15.942, stable 17."),
        (-40, 1, 64, "naive 40, clipped 16.118, stable 40."),
        (-1000, 1, 64, "naive inf, clipped 16.118, stable 1000."),
        (1000, 1, 64, "naive nan, clipped 1.000e−7, stable 0."),
        (0, 1, 64, "naive 0.69315, clipped 0.69315, stable 0.69315."),
    ],
)
def test_what_the_forms_print(z, y, bits, words):
    assert words in repr(found(z, y, bits))


def test_the_questions_of_the_caption_have_their_answers():
    assert "naive inf" in repr(found(36.8, 0, 64))
    assert "naive inf" not in repr(found(36.7, 0, 64))
    assert "clipped 0, stable" in repr(found(16.2, 0, 64))
    assert "clipped 0, stable" not in repr(found(16.1, 0, 64))
    assert "naive inf" in repr(found(16.7, 0, 32))
    assert "clipped 0, stable" not in repr(found(15.9, 0, 32))


@pytest.mark.parametrize(
    ("loss", "slope", "words"),
    [
        (math.nan, math.nan, "no number"),
        (math.inf, math.nan, "infinite"),
        (40.0, math.nan, "no slope"),
        (16.1, 0.0, "never mended"),
        (41.0, 1.0, "too high"),
        (39.0, 1.0, "too low"),
        (40.1, 1.0, "right"),
    ],
)
def test_the_verdict(loss, slope, words):
    assert verdict((loss, slope), (40.0, 1.0)) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [(math.inf, "inf"), (-math.inf, "−inf"), (math.nan, "nan"), (-0.0, "0"), (-1.0, "−1"), (1e-7, "1.000e−7"),
     (0.0012345678, "0.0012346"), (-16.118095, "−16.118"), (4.248e-18, "4.248e−18")],
)  # fmt: skip
def test_a_number_is_printed(value, text):
    assert printed(value) == text


def test_bytes_are_few_and_the_same_each_time():
    html = figures.stability()._repr_html_()
    assert html == figures.stability(40, 0, 64)._repr_html_()
    assert len(html.encode()) < 31_000
    assert not re.search(r"https?:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)


@pytest.mark.parametrize(
    "change",
    [{"z": 1001}, {"z": -1000.1}, {"z": math.nan}, {"y": 2}, {"y": 0.5}, {"bits": 16}, {"bits": "64"}],
)
def test_bad_input_is_refused(change):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: z=") as error:
        figures.stability(**change)
    ((name, value),) = change.items()
    assert f"{name}={value!r}" in str(error.value)
