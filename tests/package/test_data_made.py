"""The data sets that are made: blobs, street scenes, heartbeats."""

import hashlib

import numpy as np
import pytest

from byhand.data import ecg, load_blobs, load_ecg, load_scenes, scenes, street
from byhand.data.drawing import box, disc, new_canvas, picture, slab

pytestmark = pytest.mark.filterwarnings("error")

LOADERS = {"blobs": load_blobs, "scenes": load_scenes, "ecg": load_ecg}
SHA256 = {
    ("blobs", 100): "b806e2394fad86157dee42779fd910b99ec9f4e37b2a983642a7f58ede8a87c1",
    ("blobs", 2000): "bd16791cf08167e99f09d6d41235e5f5e9e9470c627aaad84e727cf587fa9ee7",
    ("scenes", 300): "b174626d03e91a8aea21ec778ffddaefc46eef1221e75a6b0f9144e483157c32",
    ("ecg", 2000): "afe63162fdf90bb27b08388151d2a123ed201be59b80107160a121098293fc18",
}
every_set = pytest.mark.parametrize("name", list(LOADERS))


def same(one, other):
    return all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("name", "examples"), list(SHA256))
def test_the_bytes_are_the_same_on_every_machine(name, examples):
    sha = hashlib.sha256()
    for column in LOADERS[name](examples):
        sha.update(np.ascontiguousarray(column).tobytes())
    assert sha.hexdigest() == SHA256[name, examples]


@every_set
def test_splits_are_disjoint_and_exhaustive(name):
    load = LOADERS[name]
    whole = load(200)
    parts = {split: load(200, split) for split in ("train", "validation", "test")}
    assert [len(part.y) for part in parts.values()] == [160, 20, 20]
    assert [set(part.fold) for part in parts.values()] == [set(range(8)), {8}, {9}]
    for part in parts.values():
        kept = np.isin(whole.fold, sorted(set(part.fold)))
        assert same(part, [column[kept] for column in whole])
    assert same(load(200, "all"), whole)


@every_set
def test_no_two_examples_are_alike(name):
    x = LOADERS[name](400).x.reshape(400, -1)
    assert len(np.unique(x, axis=0)) == 400


@pytest.mark.parametrize("load", [load_scenes, load_ecg])
def test_there_are_two_thousand_if_nothing_is_said(load):
    assert len(load().y) == 2000


@every_set
def test_every_call_gives_new_arrays_of_plain_types(name):
    one, two = LOADERS[name](50), LOADERS[name](50)
    assert same(one, two)
    assert not any(np.shares_memory(a, b) for a, b in zip(one, two, strict=True))
    assert [column.dtype for column in one] == [np.float32, np.int64, np.int64]


@every_set
def test_the_number_of_examples_may_be_of_numpy(name):
    assert same(LOADERS[name](np.int64(50)), LOADERS[name](50))


@every_set
def test_global_random_numbers_are_neither_read_nor_drawn(name):
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    LOADERS[name](50)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@pytest.mark.parametrize("load", [load_scenes, load_ecg])
def test_fewer_examples_are_the_first_of_more_and_seeds_differ(load):
    few, more = load(30), load(60)
    assert same(few, [column[:30] for column in more])
    assert same(few, load(30, seed=0))
    assert not np.array_equal(few.x, load(30, seed=1).x)
    assert not np.array_equal(few.y, load(30, seed=1).y)


# Blobs


def test_the_blobs_are_those_of_the_course():
    blobs = load_blobs()
    assert blobs.y[:10].tolist() == [3, 3, 3, 0, 3, 3, 3, 3, 2, 0]
    assert blobs.x.shape == (100, 2)
    assert np.bincount(blobs.y).tolist() == [25] * 4


@pytest.mark.parametrize("examples", [100, 2000])
def test_each_blob_lies_around_its_centre_with_deviation_one(examples):
    x, y, _ = load_blobs(examples)
    error = 4 / np.sqrt(examples / 4)
    for label, centre in enumerate([(-5, 2), (-2, -2), (1, 2), (5, -2)]):
        np.testing.assert_allclose(x[y == label].mean(axis=0), centre, atol=error)
        np.testing.assert_allclose(x[y == label].std(axis=0), 1, atol=error)


def test_every_fold_has_every_blob():
    for examples in (40, 100):
        counts = np.zeros((4, 10), int)
        _, y, fold = load_blobs(examples)
        np.add.at(counts, (y, fold), 1)
        assert counts.min() >= examples // 40
        assert counts.max() <= examples // 40 + 1


# Street scenes


@pytest.fixture(scope="module")
def street_scenes():
    return load_scenes(600)


def test_scenes_are_pictures_of_256_levels(street_scenes):
    x, y, fold = street_scenes
    assert x.shape == (600, 32, 48, 3)
    assert y.shape == (600, 3)
    assert fold.shape == (600,)
    np.testing.assert_array_equal(np.rint(x * 255) / np.float32(255), x)
    assert 0 <= x.min() < 0.05
    assert 0.95 < x.max() <= 1


def test_a_chance_equal_to_the_frequency_is_a_no():
    assert scenes._labels(np.array([0.6, 0.25, 0.45])).tolist() == [0, 0, 0]


def test_each_label_has_its_own_frequency_and_they_are_independent():
    chances = np.random.default_rng(0).random((4000, scenes.CHANCES))
    y = scenes._labels(chances)
    np.testing.assert_allclose(y.mean(axis=0), [0.6, 0.25, 0.45], atol=0.03)
    assert np.abs(np.corrcoef(y.T) - np.eye(3)).max() < 0.05
    np.testing.assert_array_equal(
        load_scenes(20).y, scenes._labels(np.random.default_rng(0).random((20, scenes.CHANCES)))
    )


def without(i):
    """A scene with everything in it, and the same without the i-th thing."""
    chances = np.random.default_rng(i).random(scenes.CHANCES)
    chances[:3] = 0
    whole = scenes._scene(chances)
    chances[i] = 0.99
    return whole, scenes._scene(chances)


@pytest.mark.parametrize(("i", "name"), list(enumerate(scenes.LABELS)))
def test_a_label_alone_decides_what_is_drawn_and_where(i, name):
    """Only the pixels of that thing change: they fill a frame of its own size in its own lane."""
    whole, less = without(i)
    rows, columns = np.nonzero((whole != less).any(axis=2))
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    expected = {"car": (6, 9, 12, 18), "bus": (10, 14, 21, 28), "pedestrian": (11, 16, 3, 8)}[name]
    assert expected[0] <= height <= expected[1]
    assert expected[2] <= width <= expected[3]
    lowest = {"car": (26, 28), "bus": (20, 22), "pedestrian": (30, 31)}[name]
    assert lowest[0] <= rows.max() <= lowest[1]


@pytest.mark.parametrize("heading", [0.2, 0.8])
@pytest.mark.parametrize(("name", "more", "width"), [("car", 3, 14), ("bus", 3, 25), ("pedestrian", 4, 3)])
def test_things_reach_both_ends_of_the_street_and_stay_whole(name, more, width, heading):
    widths = set()
    for place, end in ((0.0, slice(0, 9)), (1 - 1e-9, slice(-9, None))):
        canvas = new_canvas(32, 48, (255, 0, 255))
        chances = [place, *[0.5] * more]
        chances[5 if name == "pedestrian" else 3 :] = [heading] if name == "pedestrian" else [heading, 0.5]
        getattr(street, name)(canvas, *chances)
        drawn = (canvas != (255, 0, 255)).any(axis=2)
        assert drawn[:, end].any()
        widths.add(int(np.ptp(np.nonzero(drawn)[1]) // 3))
    assert max(widths) - min(widths) <= 1
    assert min(widths) >= width - 1


@pytest.mark.parametrize(("thing", "colours"), [("car", street.PAINTS), ("bus", street.LIVERIES)])
def test_vehicles_come_in_every_colour_and_both_directions(thing, colours):
    pictures = set()
    for paint in range(len(colours)):
        for heading in (0.2, 0.8):
            canvas = new_canvas(32, 48, (0, 0, 0))
            getattr(street, thing)(canvas, 0.5, 0.5, 0.5, heading, (paint + 0.5) / len(colours))
            assert (canvas == colours[paint]).all(axis=2).sum() > 200
            pictures.add(canvas.tobytes())
    assert len(pictures) == 2 * len(colours)


def test_the_other_direction_is_the_mirror_image():
    for thing in (street.car, street.bus):
        one, other = new_canvas(32, 48, (0, 0, 0)), new_canvas(32, 48, (0, 0, 0))
        thing(one, 0.5, 0.5, 0.5, 0.2, 0.5)
        thing(other, 0.5, 0.5, 0.5, 0.5, 0.5)  # from one half on it heads the other way
        assert not np.array_equal(one, other)
        assert np.mean((one != other[:, ::-1]).any(axis=2)) < 0.02


def test_the_light_and_the_noise_are_within_their_bounds():
    levels = np.full((32, 48, 3), 100, np.uint16)
    noise = np.random.default_rng(0).random(32 * 48)
    dark, bright = (scenes._lit(levels, light, noise) for light in (0.0, 1.0))
    assert (dark.min(), dark.max()) == (54, 66)
    assert (bright.min(), bright.max()) == (99, 111)
    assert scenes._lit(np.full_like(levels, 255), 1.0, noise).max() == 255
    assert scenes._lit(np.zeros_like(levels), 0.0, noise).min() == 0


def test_one_linear_unit_a_label_reads_the_scenes_better_than_chance_but_not_perfectly(street_scenes):
    """The labels are in the pictures: least squares on pixels, judged on held-out scenes."""
    x, y, fold = street_scenes
    features = x[:, ::2, ::2].reshape(600, -1)
    train, test = fold < 8, fold >= 8
    penalised = features[train].T @ features[train] + 30 * np.eye(features.shape[1])
    w = np.linalg.solve(penalised, features[train].T @ (2.0 * y[train] - 1))
    right = np.mean((features[test] @ w > 0) == y[test], axis=0)
    assert (right > np.maximum(y.mean(axis=0), 1 - y.mean(axis=0)) + 0.05).all()


# The canvas


def test_a_box_fills_whole_pixels_and_shares_of_others():
    canvas = new_canvas(4, 5, (0, 0, 90))
    box(canvas, 1, 1, 3, 2 + 1 / 3, (90, 0, 0))
    got = picture(canvas)
    wanted = np.zeros((4, 5))
    wanted[1, 1:3] = 90
    wanted[2, 1:3] = 30
    np.testing.assert_array_equal(got[..., 0], wanted)
    np.testing.assert_array_equal(got[..., 2], 90 - wanted)


def test_what_lies_beyond_the_edge_is_not_drawn():
    canvas = new_canvas(4, 5, (0, 0, 0))
    box(canvas, -9, -9, -1, 20, (90, 0, 0))
    box(canvas, 6, 1, 9, 2, (90, 0, 0))
    disc(canvas, -3, 2, 2, 2, (90, 0, 0))
    assert not picture(canvas).any()
    box(canvas, -2, -2, 9, 9, (90, 90, 90))
    assert (picture(canvas) == 90).all()


def test_a_disc_has_the_area_of_an_ellipse_around_its_middle():
    canvas = new_canvas(30, 40, (0, 0, 0))
    disc(canvas, 22, 13, 12, 8, (255, 255, 255))
    got = picture(canvas)[..., 0] / 255
    assert got.sum() == pytest.approx(np.pi * 12 * 8, rel=0.01)
    rows, columns = np.nonzero(got)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (5, 20, 10, 33)


def test_a_disc_is_the_same_seen_from_the_other_side():
    """At (1.5, 1.5) the middles of the canvas at 0.5 and 2.5 lie on its edge."""
    canvas = new_canvas(3, 3, (0, 0, 0))
    disc(canvas, 1.5, 1.5, 1, 1, (255, 255, 255))
    assert canvas.any()
    np.testing.assert_array_equal(canvas, canvas[:, ::-1])
    np.testing.assert_array_equal(canvas, canvas[::-1])


def test_slabs_that_share_an_edge_leave_no_gap_and_do_not_overlap():
    """The middle at (1.5, 0.5) lies on the edge."""
    painted = []
    for upper, lower in (((0, 2), (0, 1)), ((2, 3), (1, 3))):
        canvas = new_canvas(1, 3, (0, 0, 0))
        slab(canvas, 0, upper, 1, lower, (1, 1, 1))
        painted.append(canvas)
    assert (painted[0] + painted[1] == 1).all()


def test_a_slab_has_the_area_of_a_trapezium():
    canvas = new_canvas(30, 40, (0, 0, 0))
    slab(canvas, 5, (10, 14), 25, (2, 30), (255, 255, 255))
    got = picture(canvas)[..., 0] / 255
    assert got.sum() == pytest.approx((4 + 28) / 2 * 20, rel=0.01)
    assert got[5].sum() == pytest.approx(4.6, abs=0.4)
    assert got[24].sum() == pytest.approx(27.4, abs=0.4)
    assert got[24, :2].sum() == 0
    assert got[24, 30:].sum() == 0


def test_a_picture_is_rounded_to_the_nearest_level():
    canvas = new_canvas(1, 2, (0, 0, 0))
    canvas[0, 0] = (4, 5, 255)
    canvas[:, 3:] = 255
    np.testing.assert_array_equal(picture(canvas), [[[0, 1, 28], [255, 255, 255]]])
    assert (canvas.dtype, picture(canvas).dtype) == (np.uint8, np.uint16)


# Heartbeats


@pytest.fixture(scope="module")
def beats():
    return load_ecg(2000)


def test_heartbeats_are_rounded_to_a_two_hundredth_of_a_millivolt(beats):
    assert beats.x.shape == (2000, 100)
    np.testing.assert_allclose(np.rint(beats.x * 200), beats.x * 200, atol=1e-4)
    assert -1 < beats.x.min() < beats.x.max() < 2


def test_three_beats_in_ten_are_ectopic(beats):
    assert set(beats.y) == {0, 1}
    assert beats.y.mean() == pytest.approx(0.3, abs=0.03)


def quiet(label, pace=0.2):
    """One beat of mean heights without noise, its R wave at sample 40; 0.2 is 60 beats a minute."""
    chances = np.full((1, 7), 0.5)
    chances[0, 1] = pace
    return ecg._beats(np.array([label == 1]), chances)[0]


def test_a_normal_beat_shows_its_five_waves_at_their_times_and_heights():
    """At 60 a minute: P, Q, R, S, T of McSharry's table, angles of a full turn a second."""
    beat = quiet(0)
    angles = {"P": -np.pi / 3, "Q": -np.pi / 12, "R": 0, "S": np.pi / 12, "T": np.pi / 2}
    heights = dict(
        zip(
            "PQRST",
            np.array([1.2, -5, 30, -7.5, 0.75]) * np.array([0.25, 0.1, 0.1, 0.1, 0.4]) ** 2,
            strict=True,
        )
    )
    for wave in "PRT":
        place = 40 + 125 * angles[wave] / (2 * np.pi)
        nearby = beat[round(place) - 3 : round(place) + 4]
        assert nearby.max() == pytest.approx(heights[wave] / heights["R"], abs=0.06), wave
        assert abs(round(place) - 3 + nearby.argmax() - place) <= 1, wave
    assert beat[33:40].min() < -0.1
    assert beat[41:49].min() < -0.15


def test_waves_draw_together_by_the_root_of_the_rate():
    """At 100 a minute the T wave follows after √0.6 of its time at 60."""
    slow, fast = quiet(0), quiet(0, pace=1.0)
    late, early = 55 + slow[55:].argmax() - 40, 55 + fast[55:].argmax() - 40
    assert early == pytest.approx(late * np.sqrt(0.6), abs=1)


def test_an_ectopic_beat_is_wide_without_p_and_with_t_the_other_way():
    normal, ectopic = quiet(0), quiet(1)
    assert normal[10:30].max() > 0.2
    assert abs(ectopic[10:27]).max() < 0.03
    width = [np.sum(beat > beat.max() / 2) / 125 for beat in (normal, ectopic)]
    assert width[0] < 0.05
    assert width[1] > 0.08
    assert normal[60:].max() > 0.3
    assert ectopic[60:].max() < 0.02
    assert ectopic[60:].min() < -0.4


def test_the_r_wave_lies_between_samples_30_and_50(beats):
    peaks = beats.x.argmax(axis=1)
    assert 29 <= peaks.min() <= 31
    assert 49 <= peaks.max() <= 51
    assert np.histogram(peaks, 4, (30, 50))[0].min() > 400


def test_every_wave_has_a_height_of_its_own():
    chances = np.full((2, 7), 0.5)
    chances[:, 2:] = [[1, 0, 1, 0, 1], [0, 1, 0, 1, 0]]
    high, low = ecg._beats(np.array([False, False]), chances)
    time = (np.arange(100) - 40) / 125
    stretch = np.sqrt(60 / 75)
    waves = [ecg.bump(time, c * stretch, b * stretch) for c, b in zip(ecg.CENTRES, ecg.WIDTHS, strict=True)]
    factors = np.linalg.lstsq((np.array(waves).T * ecg.HEIGHTS), np.array([high, low]).T, rcond=None)[0]
    np.testing.assert_allclose(factors.T, [[1.25, 0.75, 1.25, 0.75, 1.25], [0.75, 1.25, 0.75, 1.25, 0.75]])


def test_noise_and_drift_are_within_their_bounds():
    chances = np.random.default_rng(0).random((500, 204))
    got = ecg._disturbances(chances)
    drift = got.mean(axis=1)
    rough = np.diff(got, axis=1).std(axis=1)
    assert np.abs(drift).max() < 0.12
    assert drift.std() > 0.02
    assert 0.008 < rough.min() < rough.max() < 0.08
    assert np.corrcoef(rough, chances[:, 2])[0, 1] > 0.9


def test_the_late_wave_tells_the_beats_apart(beats):
    """The label is in the signal: an ectopic beat ends below the line."""
    late = beats.x[:, 55:].min(axis=1)
    assert np.mean((late < -0.28) == (beats.y == 1)) > 0.98
