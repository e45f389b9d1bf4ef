import hashlib
import io
import math
import os
import pickle
import sys
import tempfile
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import map_coordinates, zoom
from sklearn.datasets import load_digits as load_originals

from byhand.data import load_digits, splits

pytestmark = pytest.mark.filterwarnings("error")

SHA256 = {
    "x": "fd2de436a90485937192cd15050e0990b54556ba7bdca7b5ade13a94068592ec",
    "y": "f1c8b0ef48870eb94b6f7fb22a68ea3c935d71a598b0c5fdd1aacb8307fea18b",
    "fold": "2967f6c402193ef3bb99fae29e24556467c129b894da734b9736213d163d04b9",
}


def same(one, other):
    return all(np.array_equal(a, b) and a.dtype == b.dtype for a, b in zip(one, other, strict=True))


# The embedded digits


@pytest.mark.parametrize("column", list(SHA256))
def test_the_bytes_are_the_same_on_every_machine(column, digits):
    array = getattr(digits, column)
    assert hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest() == SHA256[column]


def test_there_are_500_of_each_class_and_50_in_each_fold(digits):
    assert digits.x.shape == (5000, 400)
    assert [column.dtype for column in digits] == [np.float32, np.int64, np.int64]
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (digits.y, digits.fold), 1)
    np.testing.assert_array_equal(counts, np.full((10, 10), 50))


def test_greys_are_the_256_levels_from_0_to_1(digits):
    assert digits.x.min() == 0
    assert digits.x.max() == 1
    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    np.testing.assert_array_equal(np.unique(digits.x), levels)


def test_classes_and_folds_are_mixed(digits):
    """In a random order one neighbour in ten is of the same class; in a sorted one nearly all are."""
    assert 0.08 < np.mean(digits.y[1:] == digits.y[:-1]) < 0.12
    assert 0.08 < np.mean(digits.fold[1:] == digits.fold[:-1]) < 0.12


@pytest.fixture(scope="module")
def redrawn():
    """Every picture again in order of making, drawn by another routine, with the original it came from."""
    pixels, labels = load_originals(return_X_y=True)
    rng = np.random.default_rng(20)
    pictures, origins = np.empty((5000, 400)), np.empty(5000, int)
    row, column = np.divmod(np.arange(400), 20)
    made = 0
    for label in range(10):
        order = np.flatnonzero(labels == label)
        order = order[np.argsort(rng.random(len(order)))]
        for f in range(10):
            mine = [o for place, o in enumerate(order) if place % 10 == f]
            for copy in range(50):
                turned, larger, down, right = rng.random(4)
                angle, scale = math.radians(20 * turned - 10), 8 / (15.5 + 1.5 * larger)
                v, h = row - 9.5 - (2 * down - 1), column - 9.5 - (2 * right - 1)
                at = (
                    3.5 + scale * (math.cos(angle) * v - math.sin(angle) * h),
                    3.5 + scale * (math.sin(angle) * v + math.cos(angle) * h),
                )
                origins[made] = mine[copy % len(mine)]
                pictures[made] = map_coordinates(pixels[origins[made]].reshape(8, 8) / 16, at, order=3)
                made += 1
    return np.clip(pictures, 0, 1), origins, np.argsort(rng.random(5000))


def test_no_original_is_shared_between_folds(digits, redrawn):
    """The pixels prove which original each picture shows; then its folds are counted."""
    pictures, origins, order = redrawn
    pictures, origins = pictures[order], origins[order]
    assert np.abs(pictures - digits.x).max() < 0.51 / 255  # right to the rounding of the grey
    pixels, labels = load_originals(return_X_y=True)
    np.testing.assert_array_equal(labels[origins], digits.y)
    folds = {}
    for original, fold in zip(origins, digits.fold, strict=True):
        folds.setdefault(original, set()).add(fold)
    assert {len(f) for f in folds.values()} == {1}
    assert len(folds) == len(pixels) == 1797


def test_copies_of_one_original_lie_in_one_fold_as_the_pictures_alone_show(digits):
    """The nearest picture is often a sister copy; copies dealt at random would share 1 fold in 10."""
    x, y, fold = digits
    squares = (x**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * x @ x.T
    np.fill_diagonal(distances, np.inf)
    nearest = distances.argmin(axis=1)
    assert np.mean(y[nearest] == y) > 0.97
    assert np.mean(fold[nearest] == fold) > 0.2


@pytest.mark.parametrize("label", range(10))
def test_pictures_stand_upright(label, digits):
    """The mean picture looks like the mean original enlarged, and less like it turned or mirrored."""
    pixels, labels = load_originals(return_X_y=True)
    wanted = zoom(
        pixels[labels == label].mean(axis=0).reshape(8, 8), 2, order=1, grid_mode=True, mode="nearest"
    )
    mean = digits.x[digits.y == label].mean(axis=0).reshape(20, 20)[2:18, 2:18]
    likeness = [
        np.corrcoef(m.ravel(), wanted.ravel())[0, 1] for m in (mean, mean.T, mean[::-1], mean[:, ::-1])
    ]
    assert likeness[0] > 0.88
    assert likeness[0] == max(likeness)


def test_splits_are_disjoint_and_exhaustive(digits):
    parts = {split: load_digits(split=split) for split in ("train", "validation", "test")}
    assert [len(part.y) for part in parts.values()] == [4000, 500, 500]
    assert [set(part.fold) for part in parts.values()] == [set(range(8)), {8}, {9}]
    for split, part in parts.items():
        kept = np.isin(digits.fold, sorted(set(part.fold)))
        assert same(part, [column[kept] for column in digits]), split
    assert same(load_digits(split="all"), digits)


def test_classes_are_kept_in_the_same_order(digits):
    got = load_digits([7, 3], split="test")
    kept = np.isin(digits.y, [3, 7]) & (digits.fold == 9)
    assert same(got, [column[kept] for column in digits])
    assert np.bincount(got.y).tolist() == [0, 0, 0, 50, 0, 0, 0, 50]


def test_classes_may_be_any_iterable_of_labels():
    wanted = load_digits([0, 1])
    for classes in ((1, 0), {0, 1}, range(2), np.array([0, 1]), iter([0, 1])):
        assert same(load_digits(classes), wanted)


def test_global_random_numbers_are_neither_read_nor_drawn(digits):
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    assert same(load_digits(), digits)
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_every_call_gives_new_arrays(digits):
    again = load_digits()
    assert not any(np.shares_memory(a, b) for a, b in zip(again, digits, strict=True))


def test_keras_is_not_needed_for_the_embedded_digits(monkeypatch, digits):
    monkeypatch.setitem(sys.modules, "keras", None)
    assert same(load_digits(), digits)


# A folder of one's own


@pytest.fixture
def own(tmp_path):
    """Writes X.npy and y.npy and returns the folder."""

    def write(x, y):
        np.save(tmp_path / "X.npy", x)
        np.save(tmp_path / "y.npy", y)
        return tmp_path

    return write


def pictures(rng, each=10, classes=10):
    """Upright pictures no two of which are alike, beyond [0, 1] a little, and labels in a mixed order."""
    images = rng.uniform(-0.13, 1.13, (each * classes, 20, 20))
    return images, rng.permutation(np.repeat(np.arange(classes), each))


@pytest.mark.parametrize("column", [False, True], ids=["y (M,)", "y (M, 1)"])
@pytest.mark.parametrize("kind", [np.uint8, np.int64, np.float64])
def test_files_written_column_by_column_come_back_upright(column, kind, own, rng):
    images, labels = pictures(rng)
    unrolled = np.array([image.ravel(order="F") for image in images])
    written = np.where(labels == 0, 10, labels).astype(kind)
    got = load_digits(path=own(unrolled, written[:, None] if column else written))
    assert [c.dtype for c in got] == [np.float32, np.int64, np.int64]
    wanted = {image.astype(np.float32).tobytes(): label for image, label in zip(images, labels, strict=True)}
    found = {row.tobytes(): label for row, label in zip(got.x, got.y, strict=True)}
    assert found == wanted  # the same pictures, upright, untouched, each with its label
    assert len(got.y) == 100


def test_zeros_may_also_be_written_as_0(own, rng):
    images, labels = pictures(rng)
    x = images.reshape(-1, 400)
    assert same(load_digits(path=own(x, labels)), load_digits(path=own(x, np.where(labels, labels, 10))))


def test_own_pictures_are_dealt_evenly_and_mixed(own, rng):
    images, labels = pictures(rng, each=30)
    folder = own(images.reshape(-1, 400), np.sort(labels))
    got = load_digits(path=str(folder))
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (got.y, got.fold), 1)
    np.testing.assert_array_equal(counts, np.full((10, 10), 3))
    assert np.mean(got.y[1:] == got.y[:-1]) < 0.25
    assert got.y[:6].tolist() == [9, 8, 8, 4, 1, 6]  # one fixed order
    assert len(load_digits(path=folder, split="train").y) == 240
    assert same(load_digits(path=folder), got)


def test_own_classes_may_be_few(own, rng):
    images, labels = pictures(rng, each=10, classes=3)
    folder = own(images.reshape(-1, 400), labels)
    assert set(load_digits([2, 1], path=folder).y) == {1, 2}


@pytest.mark.parametrize(("lowest", "highest"), [(-0.14, 1.14), (-1, 2), (0, 1), (0.2, 0.3)])
def test_greys_a_little_outside_are_kept_as_they_are(lowest, highest, own, rng):
    images, labels = pictures(rng)
    images[3, 4, 5], images[6, 7, 8] = lowest, highest
    got = load_digits(path=own(images.clip(lowest, highest).reshape(-1, 400), labels))
    assert got.x.min() == np.float32(lowest)
    assert got.x.max() == np.float32(highest)


def refused(folder, words, error=ValueError):
    with pytest.raises(error, match="Expected") as caught:
        load_digits([0, 1], path=folder)
    message = str(caught.value)
    assert "Received: " in message
    for word in words:
        assert word in message
    return message


ROWS = np.zeros((20, 400))
LABELS = np.repeat([0, 1], 10)


@pytest.mark.parametrize("missing", ["X.npy", "y.npy"])
def test_a_missing_file_is_named(missing, own):
    folder = own(ROWS, LABELS)
    (folder / missing).unlink()
    refused(folder, [missing, "Received: path=", folder.name], FileNotFoundError)


def test_a_missing_folder_is_named(tmp_path):
    refused(tmp_path / "nowhere", ["X.npy", "nowhere"], FileNotFoundError)


BAD = {
    "pictures of another size": (np.zeros((20, 784)), LABELS, ["(M, 400)", "(20, 784)"]),
    "pictures not unrolled": (np.zeros((20, 20, 20)), LABELS, ["(M, 400)", "(20, 20, 20)"]),
    "no pictures": (np.zeros((0, 400)), np.zeros(0), ["(M, 400)", "(0, 400)"]),
    "a label too few": (ROWS, LABELS[1:], ["(20,) or (20, 1)", "(19,)"]),
    "labels one-hot": (ROWS, np.eye(10)[LABELS], ["(20,) or (20, 1)", "(20, 10)"]),
    "labels in a row": (ROWS, LABELS[None], ["(20,) or (20, 1)", "(1, 20)"]),
    "label 11": (ROWS, np.append(LABELS[1:], 11), ["labels 0 to 9", "y=11"]),
    "label -1": (ROWS, np.append(LABELS[1:], -1), ["labels 0 to 9", "-1"]),
    "label 0.5": (ROWS, np.append(LABELS[1:], 0.5), ["labels 0 to 9", "0.5"]),
    "label not a number": (ROWS, np.append(LABELS[1:], np.nan), ["labels 0 to 9", "nan"]),
    "grey not a number": (np.where(np.eye(20, 400), np.nan, ROWS), LABELS, ["finite", "20 NaN"]),
    "grey infinite": (np.where(np.eye(20, 400), -np.inf, ROWS), LABELS, ["finite", "20 NaN"]),
    "greys up to 255": (255 * np.eye(20, 400, dtype=np.uint8), LABELS, ["about 1", "255"]),
    "greys a little above 2": (2.5 * np.eye(20, 400), LABELS, ["about 1", "2.5"]),
    "greys a little below -1": (-1.5 * np.eye(20, 400), LABELS, ["about 0", "-1.5"]),
    "greys down to -3": (-3 * np.eye(20, 400), LABELS, ["about 0", "-3"]),
    "one class only": (ROWS, np.zeros(20, int), ["every class", "classes=[1]"]),
    "text": (ROWS.astype(str), LABELS, ["X.npy", "numbers", "<U"]),
    "booleans": (ROWS > 0, LABELS, ["X.npy", "numbers", "bool"]),
    "complex numbers": (ROWS * 1j, LABELS, ["X.npy", "numbers", "complex"]),
}


@pytest.mark.parametrize("case", list(BAD))
def test_contents_that_do_not_fit_are_refused(case, own):
    x, y, words = BAD[case]
    refused(own(x, y), words)


def test_a_split_without_a_class_is_refused(own, rng):
    images, labels = pictures(rng, each=9)
    folder = own(images.reshape(-1, 400), labels)
    assert set(load_digits([4, 5], path=folder, split="train").y) == {4, 5}
    with pytest.raises(ValueError, match="Expected pictures of every class") as caught:
        load_digits([4, 5], path=folder, split="test")
    assert "Received: none of classes=[4, 5]" in str(caught.value)


class Poison:
    """Unpickling it makes the folder it names."""

    def __init__(self, file):
        self.file = str(file)

    def __reduce__(self):
        return os.mkdir, (self.file,)


@pytest.mark.parametrize("name", ["X.npy", "y.npy"])
@pytest.mark.parametrize("how", ["object array", "bare pickle"])
def test_a_poisoned_file_is_refused_and_its_code_never_runs(name, how, own, tmp_path):
    folder, mark = own(ROWS, LABELS), tmp_path / "it ran"
    if how == "object array":
        np.save(folder / name, np.array([Poison(mark)] * 20), allow_pickle=True)
    else:
        (folder / name).write_bytes(pickle.dumps(Poison(mark)))
    refused(folder, [name, "numbers"])
    assert not mark.exists()
    np.load(folder / name, allow_pickle=True)  # the poison is real
    assert mark.exists()


def test_an_archive_under_the_name_of_an_array_is_refused(own):
    folder = own(ROWS, LABELS)
    archive = io.BytesIO()
    np.savez(archive, X=ROWS)
    (folder / "X.npy").write_bytes(archive.getvalue())
    refused(folder, ["X.npy", "NpzFile"])
    (folder / "X.npy").write_bytes(archive.getvalue()[:-40])
    refused(folder, ["X.npy", "numbers"])


@pytest.mark.parametrize("text", [b"", b"\n", b"0.1 0.2\n", b"<!doctype html>", b"PK\x03\x04", b"\x93NUMPY"])
def test_a_file_of_something_else_is_refused(text, own):
    folder = own(ROWS, LABELS)
    (folder / "X.npy").write_bytes(text)
    refused(folder, ["X.npy", "numbers"])


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [(b"}", b" "), (b"(20,)", b"(2x,)"), (b"(20,)", b"(020)"), (b"<i8", b"|O8"), (b"<i8", b"<i9")],
)
def test_a_damaged_header_is_refused(whole, damaged, own):
    folder = own(ROWS, LABELS)
    content = (folder / "y.npy").read_bytes()
    assert content.count(whole) == 1
    (folder / "y.npy").write_bytes(content.replace(whole, damaged))
    refused(folder, ["y.npy", "numbers"])


@settings(max_examples=80)
@given(st.integers(0, 127 + 20 * 8))
def test_a_file_cut_short_anywhere_is_refused(length):
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder, "X.npy"), ROWS)
        np.save(Path(folder, "y.npy"), LABELS)
        whole = Path(folder, "y.npy").read_bytes()
        assert len(whole) == 128 + 20 * 8
        Path(folder, "y.npy").write_bytes(whole[:length])
        refused(folder, ["y.npy", "numbers"])


# MNIST


@pytest.fixture
def mnist(keras_module, monkeypatch):
    """Stands in for the download: 560 pictures a class, each with its class and number in its pixels."""
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(10, dtype=np.uint8), 560))
    images = np.full((5600, 28, 28), 77, np.uint8)
    images[:, 4:24, 4:24] = 0
    number = np.empty(5600, int)
    for label in range(10):
        number[labels == label] = np.arange(560)
    images[:, 4, 4], images[:, 4, 5], images[:, 4, 23] = labels, number // 256, number % 256
    images[:, 23, 4] = 200
    test_set = np.zeros((3, 28, 28), np.uint8), np.zeros(3, np.uint8)
    monkeypatch.setattr(keras_module.datasets.mnist, "load_data", lambda: ((images, labels), test_set))


def test_mnist_gives_the_first_500_of_each_class_cropped(mnist):
    got = load_digits(source="mnist")
    assert got.x.shape == (5000, 400)
    assert [column.dtype for column in got] == [np.float32, np.int64, np.int64]
    box = np.rint(got.x * 255).astype(int).reshape(-1, 20, 20)
    np.testing.assert_array_equal(box[:, 0, 0], got.y)
    np.testing.assert_array_equal(box[:, 19, 0], 200)
    assert got.x.max() <= 1
    assert not (box == 77)[:, 1:].any()
    numbers = box[:, 0, 1] * 256 + box[:, 0, 19]
    for label in range(10):
        assert sorted(numbers[got.y == label]) == list(range(500))
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (got.y, got.fold), 1)
    np.testing.assert_array_equal(counts, np.full((10, 10), 50))
    assert same(load_digits(source="mnist"), got)
    assert got.y[:6].tolist() == [6, 1, 6, 9, 2, 5]  # one fixed order
    assert len(load_digits([1, 8], "test", source="mnist").y) == 100


@pytest.mark.parametrize(
    "error", [URLError("no route"), OSError("disk"), Exception("URL fetch failure"), ValueError("hash")]
)
def test_without_a_network_mnist_says_what_to_do(error, keras_module, monkeypatch):
    def fail():
        raise error

    monkeypatch.setattr(keras_module.datasets.mnist, "load_data", fail)
    with pytest.raises(ConnectionError, match="Expected to fetch MNIST") as caught:
        load_digits(source="mnist")
    message = str(caught.value)
    assert 'source="embedded"' in message
    assert f"Received: {type(error).__name__}" in message
    assert caught.value.__cause__ is error


def test_without_keras_mnist_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras.datasets", None)
    with pytest.raises(ConnectionError, match="Received: ModuleNotFoundError"):
        load_digits(source="mnist")


def test_a_keyboard_interrupt_is_not_swallowed(keras_module, monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(keras_module.datasets.mnist, "load_data", interrupted)
    with pytest.raises(KeyboardInterrupt):
        load_digits(source="mnist")


def test_split_names_cover_the_folds_once():
    """The table of splits, read alone: three ranges side by side, and one over all."""
    ranges = [range(splits.FIRST_FOLD[s], splits.LAST_FOLD[s] + 1) for s in ("train", "validation", "test")]
    assert [f for r in ranges for f in r] == list(range(splits.FOLDS))
    assert (splits.FIRST_FOLD["all"], splits.LAST_FOLD["all"]) == (0, splits.FOLDS - 1)
