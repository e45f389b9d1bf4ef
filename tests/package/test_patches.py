import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.patches import margins, patches, patches_vjp, places

pytestmark = pytest.mark.filterwarnings("error")

SIGNALS = st.tuples(st.integers(4, 11), st.integers(1, 4), st.integers(1, 4), st.integers(1, 2)).filter(
    lambda s: (s[1] - 1) * s[3] + 1 <= s[0]
)


def test_the_windows_of_a_signal_can_be_read_off():
    x = np.arange(6).reshape(1, 6, 1)
    assert patches(x, 3)[0, :, :, 0].tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]
    assert patches(x, 3, stride=2)[0, :, :, 0].tolist() == [[0, 1, 2], [2, 3, 4]]
    assert patches(x, 3, dilation=2)[0, :, :, 0].tolist() == [[0, 2, 4], [1, 3, 5]]
    assert patches(x, 2, stride=4, fill=9)[0, :, :, 0].tolist() == [[0, 1], [4, 5]]


def test_what_same_padding_can_not_share_evenly_goes_after():
    x = np.arange(1, 6).reshape(1, 5, 1)
    assert margins((5,), 4, padding="same") == [(1, 2)]
    assert margins((6,), 4, padding="same") == [(1, 2)]  # with a stride of 2 it would be (1, 1)
    assert margins((6,), 4) == [(0, 0)]
    assert patches(x, 4, padding="same")[0, :, :, 0].tolist() == [
        [0, 1, 2, 3],
        [1, 2, 3, 4],
        [2, 3, 4, 5],
        [3, 4, 5, 0],
        [4, 5, 0, 0],
    ]
    assert patches(x, 2, stride=4, padding="same", fill=-7)[0, :, :, 0].tolist() == [[1, 2], [5, -7]]
    assert margins((5,), 2, 4, "same") == [(0, 1)]
    assert margins((9,), 2, 4, "same") == [(0, 1)]
    assert margins((8,), 2, 4, "same") == [(0, 0)]
    assert margins((7, 5), (3, 2), (1, 2), "same", (2, 1)) == [(2, 2), (0, 1)]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), ((2, 3), 1), (1, (2, 3))])
def test_patches_of_a_picture_agree_with_a_slow_loop(padding, stride, dilation, rng):
    x = rng.normal(size=(2, 9, 11, 3))
    (s, t), (d, e) = np.broadcast_to(stride, 2), np.broadcast_to(dilation, 2)
    got = patches(x, (4, 2), stride=stride, padding=padding, dilation=dilation)
    (above, _), (left, _) = margins((9, 11), (4, 2), stride, padding, dilation)
    assert got.shape == (2, *places((9, 11), (4, 2), stride, padding, dilation), 4, 2, 3)
    for m, p, q, i, j, c in np.ndindex(got.shape):
        row, column = p * s + i * d - above, q * t + j * e - left
        inside = 0 <= row < 9 and 0 <= column < 11
        assert got[m, p, q, i, j, c] == (x[m, row, column, c] if inside else 0)


def test_nothing_is_copied_and_nothing_can_be_written():
    x = np.zeros((2, 8, 9, 3))
    for view in (patches(x, (3, 2)), patches(x, (3, 2), stride=2), patches(x, (3, 2), dilation=(1, 3))):
        assert np.shares_memory(view, x)
        with pytest.raises(ValueError, match="read-only"):
            view[...] = 1
    x[1, 4, 5, 2] = 7
    assert patches(x, (3, 2))[1, 2, 4, 2, 1, 2] == 7


def test_same_padding_leaves_the_signal_itself_alone(rng, unchanged):
    x = rng.normal(size=(2, 5, 3))
    with unchanged(x):
        assert not np.shares_memory(patches(x, 4, padding="same"), x)
        patches_vjp(iter(rng.normal(size=(4, 2, 5, 3))), x, 4, padding="same")


@given(SIGNALS)
def test_places_are_where_a_window_fits(numbers):
    n, k, s, d = numbers
    starts = [t for t in range(0, n, s) if t + (k - 1) * d < n]
    assert places((n,), k, s, "valid", d) == (len(starts),)
    assert places((n,), k, s, "same", d) == (len(range(0, n, s)),)


def test_the_windows_of_chapter_eight():
    assert places((100,), 20, 10) == (9,)
    assert places((9,), 5, 2) == (3,)


def test_windows_stand_side_by_side_unless_asked_otherwise():
    assert places((28, 13), 5) == (24, 9)


@given(SIGNALS, st.sampled_from(["valid", "same"]), st.integers(0, 99))
def test_the_gradient_is_the_adjoint(numbers, padding, seed):
    n, k, s, d = numbers
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, n, 3))
    window = {"stride": s, "padding": padding, "dilation": d}
    seen = patches(x, k, **window)
    weights = rng.normal(size=seen.shape)
    dx = patches_vjp(np.moveaxis(weights, 2, 0), x, k, **window)
    assert dx.shape == x.shape
    assert np.vdot(seen, weights) == pytest.approx(np.vdot(x, dx), abs=1e-11)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), ((2, 3), 1), (1, (2, 3))])
def test_the_gradient_of_a_picture_is_the_adjoint(padding, stride, dilation, rng):
    x, window = (
        rng.normal(size=(2, 9, 11, 3)),
        {"stride": stride, "padding": padding, "dilation": dilation},
    )
    seen = patches(x, (4, 2), **window)
    weights = rng.normal(size=seen.shape)
    dx = patches_vjp([weights[:, :, :, i, j] for i in range(4) for j in range(2)], x, (4, 2), **window)
    assert np.vdot(seen, weights) == pytest.approx(np.vdot(x, dx), rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_gradient_has_the_dtype_of_the_signal(dtype):
    x = np.ones((2, 5, 3), dtype)
    assert patches(x, 2, padding="same").dtype == dtype
    assert patches_vjp([x, x], x, 2, padding="same").dtype == dtype
    assert patches_vjp([x, x], np.ones((2, 5, 3), int), 2, padding="same").dtype == np.float64
