"""The figure to draw in without a browser: its arithmetic in V8, its HTML, the packed network."""

import base64
import gzip
import re

import numpy as np
import pytest
from scipy.ndimage import affine_transform

from byhand import figures
from byhand.data import strokes
from byhand.figures.draw_digit import look
from byhand.figures.draw_digit_samples import FIELD, SAMPLES
from byhand.figures.draw_digit_samples import strokes as read
from byhand.figures.packed import packed, rounded
from byhand.layers import Dense, Flatten
from byhand.losses import softmax, softmax_cross_entropy
from byhand.network import Network

LAYERS = [Dense(25, "relu"), Dense(15, "relu"), Dense(10)]
NETWORK = Network(400, LAYERS, softmax_cross_entropy)
THETA = NETWORK.initialize(np.random.default_rng(3), np.float64)
MODEL = figures.draw_digit(NETWORK, THETA).model
RNG = np.random.default_rng(8)
RANDOM = [
    [
        RNG.integers(0, FIELD + 1, (int(RNG.integers(1, 9)), 2)).tolist()
        for _ in range(int(RNG.integers(1, 4)))
    ]
    for _ in range(12)
]
DRAWINGS = [*map(read, SAMPLES.values()), *RANDOM, [[(7, 50)]], []]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=range(len(DRAWINGS)))
@pytest.mark.parametrize("turn", [0, 5, -35])
def test_strokes_become_the_same_picture_as_in_python(arithmetic, drawing, turn):
    black = arithmetic("bitmap", drawing, turn, MODEL["fit"])
    ours = strokes.bitmap(drawing, turn)
    assert np.count_nonzero(np.array(black) != ours) <= (
        1 if turn else 0
    )  # a sine may differ in its last bit
    np.testing.assert_array_equal(arithmetic("blocks", ours.astype(int)), strokes.blocks(ours))
    if (np.array(black) == ours).all():
        picture = arithmetic("pictureOf", drawing, turn, MODEL["fit"], MODEL["mixing"])
        np.testing.assert_allclose(picture, strokes.picture(drawing, turn), rtol=1e-12)


def test_greys_of_any_eight_by_eight_agree(arithmetic, rng):
    for _ in range(20):
        image = rng.integers(0, 17, (8, 8)) / 16
        greys = np.array(arithmetic("greys", image, MODEL["mixing"]))
        np.testing.assert_allclose(greys, strokes.redrawn(image), rtol=1e-12)


def test_the_mixing_is_scipy_s_spline_in_both_directions(rng):
    image = rng.random((8, 8))
    scale = 8 / 16.25
    theirs = affine_transform(image, [scale, scale], 3.5 - scale * 9.5, (20, 20), order=3)
    R = np.array(MODEL["mixing"])
    np.testing.assert_allclose(R @ image @ R.T, theirs, atol=1e-11)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_answer_in_the_page_is_the_rounded_network_s(arithmetic, name):
    x = strokes.picture(read(SAMPLES[name]))
    theirs = arithmetic("answerOf", MODEL["network"], x)
    _, *ours = NETWORK.forward(rounded(NETWORK, THETA), x[None])
    for a, b in zip(theirs, ours, strict=True):
        np.testing.assert_allclose(a, b[0], rtol=1e-12, atol=1e-12)


def test_bytes_are_read_as_python_writes_them(arithmetic):
    for length in (1, 2, 3, 250):
        values = RNG.integers(-128, 128, length).astype(np.int8)
        assert arithmetic("bytes", base64.b64encode(values.tobytes()).decode()) == values.tolist()


def test_a_rounded_weight_is_at_most_half_a_step_away():
    near = rounded(NETWORK, THETA)
    for before, after, layer in zip(
        NETWORK.views(THETA), NETWORK.views(near), packed(NETWORK, THETA)["layers"], strict=True
    ):
        assert np.abs(before["W"] - after["W"]).max() <= layer["step"] / 2 * (1 + 1e-9)
        assert np.abs(before["b"] - after["b"]).max() <= 5e-5
        assert layer["step"] == pytest.approx(np.abs(before["W"]).max() / 127, rel=1e-5)
        levels = np.frombuffer(base64.b64decode(layer["levels"]), np.int8).reshape(layer["shape"])
        np.testing.assert_allclose(levels * layer["step"], after["W"], rtol=1e-15)
    np.testing.assert_array_equal(rounded(NETWORK, near), near)


def test_a_layer_of_zeros_can_be_packed():
    assert not rounded(NETWORK, np.zeros(NETWORK.size)).any()
    assert packed(NETWORK, np.zeros(NETWORK.size))["layers"][0]["step"] == 1


def test_the_picture_says_in_words_what_it_shows():
    figure = figures.draw_digit(NETWORK, THETA, sample="7", turn=10)
    labels = re.findall(r'role="img" aria-label="([^"]+)"', figure._repr_html_())
    assert len(labels) == 4
    assert repr(figure).startswith("draw-digit. " + " ".join(labels))
    p = softmax(NETWORK.predict(rounded(NETWORK, THETA), strokes.picture(read(SAMPLES["7"]), 10)[None]))[0]
    assert f"Answer {p.argmax()} with probability {p.max():.3f}" in repr(figure)
    assert "2 strokes" in labels[0]
    assert "Predict first" in figure.caption
    assert "\n" not in repr(figure)


def test_the_same_bytes_each_time_and_not_too_many():
    html = figures.draw_digit(NETWORK, THETA)._repr_html_()
    assert html == figures.draw_digit(NETWORK, THETA * (1 + 1e-14))._repr_html_()
    assert len(gzip.compress(html.encode())) < 30_000
    assert not re.search(r"https?:|blob:|data:|\beval\(|new Function|\bimport\b|\bexport\b|src=|url\(", html)
    assert not re.search(r'\son\w+="|style="', html)
    assert html.count("</script>") == 2


SMALL = Network(400, [Dense(25, "relu"), Dense(10)], softmax_cross_entropy)
BENT = Network(400, [Dense(25, "tanh"), Dense(15, "relu"), Dense(10)], softmax_cross_entropy)
WIDE = Network(100, LAYERS, softmax_cross_entropy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"network": SMALL, "theta": np.ones(SMALL.size)}, "layers="),
        ({"network": BENT, "theta": np.ones(BENT.size)}, "layers="),
        ({"network": WIDE, "theta": np.ones(WIDE.size)}, "inputs=100"),
        ({"theta": THETA[:-1]}, "theta.shape=(10574,)"),
        ({"sample": "Q"}, "sample='Q'"),
        ({"turn": 7}, "turn=7"),
        ({"turn": 65}, "turn=65"),
        ({"turn": np.nan}, "turn=nan"),
    ],
)
def test_bad_input_is_refused(change, message):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        figures.draw_digit(**({"network": NETWORK, "theta": THETA} | change))
    assert message in str(error.value)


def test_only_dense_layers_are_packed():
    network = Network((2, 3, 1), [Flatten(), Dense(4)], softmax_cross_entropy)
    for function in (packed, rounded):
        with pytest.raises(ValueError, match=r"^Expected dense layers\. Received: layers="):
            function(network, np.ones(network.size))


def test_what_is_looked_at_is_what_is_drawn():
    seen = look(NETWORK, THETA, read(SAMPLES["4"]))
    np.testing.assert_allclose(seen.probabilities, softmax(seen.outputs[-1]))
    assert [len(a) for a in seen.outputs] == [25, 15, 10]
