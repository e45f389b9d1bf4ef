"""Strokes of a pen as pictures: against a slow loop and the digits themselves."""

import math

import numpy as np
import pytest

from byhand.data import digits as digits_module
from byhand.data import strokes
from byhand.figures.draw_digit_samples import FIELD, SAMPLES
from byhand.figures.draw_digit_samples import strokes as read

DRAWINGS = {name: read(text) for name, text in SAMPLES.items()}


def distance(p, start, end):
    """Of a point from a segment, by trying many of its points."""
    ways = np.linspace(0, 1, 2001)[:, None]
    return np.hypot(*(np.array(start) + ways * np.subtract(end, start) - p).T).min()


@pytest.mark.parametrize("name", ["1", "4", "X"])
def test_a_pixel_is_black_if_the_pen_covers_its_middle(name):
    """The drawing as large as fits 24 by 32 less the pen, in the middle."""
    places = [np.array(stroke, float) for stroke in DRAWINGS[name]]
    low, high = np.concatenate(places).min(axis=0), np.concatenate(places).max(axis=0)
    scale = min((24 - 5.2) / (high[0] - low[0]), (32 - 5.2) / (high[1] - low[1]))
    lines = [(stroke - (low + high) / 2) * scale + 16 for stroke in places]
    found = strokes.bitmap(DRAWINGS[name])
    for row, column in np.ndindex(32, 32):
        middle = np.array([column + 0.5, row + 0.5])
        near = min(distance(middle, *line[k : k + 2]) for line in lines for k in range(len(line) - 1))
        if abs(near - 2.6) > 1e-3:
            assert found[row, column] == (near < 2.6)


def test_blocks_count_pixels(rng):
    black = rng.random((32, 32)) < 0.4
    found = strokes.blocks(black)
    for row, column in np.ndindex(8, 8):
        assert found[row, column] == black[4 * row : 4 * row + 4, 4 * column : 4 * column + 4].sum() / 16


def test_from_the_blocks_on_a_drawing_takes_the_steps_of_the_digits():
    """Of the digits, the one whose chances are all in the middle is what `redrawn` gives."""
    from sklearn.datasets import load_digits

    image = load_digits().images[5] / 16
    middle = strokes.redrawn(image)
    assert set(np.rint(255 * middle)) <= set(range(256))
    np.testing.assert_allclose(255 * middle, np.rint(255 * middle), atol=1e-12)
    moved = [
        digits_module._redrawn(image, np.array(chance)) / 255 for chance in ([0.5] * 4, [0.4, 0.6, 0.4, 0.6])
    ]
    np.testing.assert_array_equal(middle, moved[0])
    assert 0 < np.abs(moved[1] - middle).mean() < 0.1
    assert np.corrcoef(middle, moved[1])[0, 1] > 0.85


@pytest.mark.parametrize("name", SAMPLES)
def test_place_and_size_of_the_drawing_don_t_matter(name):
    drawing = [np.array(stroke, float) for stroke in DRAWINGS[name]]
    usual = strokes.picture(drawing)
    for scale, shift in ((0.5, 7), (3, -20)):
        moved = strokes.picture([scale * stroke + shift for stroke in drawing])
        np.testing.assert_allclose(moved, usual, atol=0.2)
        assert np.abs(moved - usual).mean() < 0.002


def test_a_turn_is_clockwise_and_a_full_one_changes_nothing():
    bar = [[(30, 10), (30, 50)]]
    upright, lying = (strokes.picture(bar, turn).reshape(20, 20) for turn in (0, 90))
    assert (upright > 0.5).any(axis=1).sum() > 2 * (lying > 0.5).any(axis=1).sum()
    flag = [[(30, 50), (30, 10), (40, 10)]]  # at the upper end to the right: clockwise it comes down right
    turned = strokes.bitmap(flag, 90)
    assert turned[:, 16:].sum() > turned[:, :16].sum()
    seven = DRAWINGS["7"]
    assert np.abs(strokes.picture(seven, 360.0) - strokes.picture(seven)).mean() < 0.002


def test_samples_have_as_much_ink_as_digits(digits):
    ink = np.mean([strokes.picture(DRAWINGS[str(d)]).mean() for d in range(10)])
    assert abs(ink - digits.x.mean()) < 0.03
    heights = [(strokes.picture(DRAWINGS[str(d)]).reshape(20, 20) > 0.3).any(axis=1).sum() for d in range(10)]
    assert min(heights) >= 13


def test_a_dot_is_a_dot_and_nothing_is_white():
    dot = strokes.bitmap([[(12, 44)]])
    assert dot.sum() == sum(
        math.hypot(r + 0.5 - 16, c + 0.5 - 16) <= 2.6 for r in range(32) for c in range(32)
    )
    assert not strokes.picture([]).any()


def test_nothing_and_something_are_both_black_and_white():
    assert strokes.bitmap([]).dtype == strokes.bitmap([[(12, 44)]]).dtype == bool


def test_a_line_one_unit_wide_is_drawn_as_large_as_any():
    one, eight = (strokes.bitmap([[(0, 0), (width, 1.5 * width)]]) for width in (1, 8))
    np.testing.assert_array_equal(one, eight)


def test_a_pixel_beside_a_piece_shorter_than_itself_is_measured_from_its_nearest_point():
    """Its middle lies 1 to the right of the start and 2.55 below: (0.4, 2.55) from the end, within 2.6."""
    start = np.array([15.5, 13.95])
    assert strokes._under_pen(start, start + np.array([0.6, 0]))[16, 16]
    assert math.hypot(0.4, 2.55) < 2.6 < math.hypot(1 - 0.6**2, 2.55)


def test_a_pixel_exactly_at_the_edge_of_the_pen_is_black():
    place = np.array([-2.1, 0.5])
    assert 0.5 - place[0] == strokes.PEN
    assert strokes._under_pen(place, place)[0, 0]


def test_every_sample_lies_in_the_field():
    for drawing in DRAWINGS.values():
        for stroke in drawing:
            assert len(stroke) >= 2
            assert all(0 <= value <= FIELD for place in stroke for value in place)


@pytest.mark.parametrize(
    ("drawing", "turn", "message"),
    [
        ([[]], 0, "stroke=[]"),
        ([[(1, 2, 3)]], 0, "stroke="),
        ([[1, 2, 3]], 0, "stroke="),
        ([[(1, np.nan)]], 0, "stroke="),
        ([[(1, None)]], 0, "stroke="),
        ([[(1, 2)]], np.inf, "turn=inf"),
        ([], np.nan, "turn=nan"),
    ],
)
def test_bad_drawings_are_refused(drawing, turn, message):
    with pytest.raises(ValueError, match=r"^Expected .*\. Received: .+") as error:
        strokes.picture(drawing, turn)
    assert message in str(error.value)


def test_a_picture_of_whole_numbers_is_redrawn_as_one_of_floats():
    np.testing.assert_array_equal(strokes.redrawn(np.eye(8, dtype=int)), strokes.redrawn(np.eye(8)))


def test_another_size_than_eight_by_eight_is_refused():
    with pytest.raises(ValueError, match=r"image.shape=\(8, 7\)"):
        strokes.redrawn(np.zeros((8, 7)))
