import json
import os
import stat

import numpy as np
import pytest

from byhand import saving
from byhand.layers import Conv1D, Dense, Flatten
from byhand.losses import binary_cross_entropy, squared_error
from byhand.network import Network

pytestmark = pytest.mark.filterwarnings("error")

NETWORK = Network((6, 2), [Conv1D(3, 4, activation="relu"), Flatten(), Dense(2)], squared_error)


@pytest.fixture
def theta(rng):
    return NETWORK.initialize(rng)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trained.npz"


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_what_was_saved_is_loaded_bit_by_bit(dtype, file, rng):
    theta = NETWORK.initialize(rng, dtype)
    theta[:3] = np.nan, -0.0, np.inf
    NETWORK.save(file, theta)
    loaded = NETWORK.load(file)
    assert loaded.dtype == dtype
    assert loaded.tobytes() == theta.tobytes()
    loaded += 1


@pytest.mark.parametrize("name", ["trained", "trained.npz", "trained.model"])
def test_the_file_has_the_name_it_was_given_as_text_or_path(name, tmp_path, theta):
    NETWORK.save(str(tmp_path / name), theta)
    assert os.listdir(tmp_path) == [name]
    np.testing.assert_array_equal(NETWORK.load(str(tmp_path / name)), theta)


def test_the_file_holds_numbers_and_text_only(file, theta):
    NETWORK.save(file, theta)
    with np.load(file, allow_pickle=False) as opened:
        assert set(opened.files) == {"theta", "architecture", "version"}
        assert int(opened["version"]) == 1
        found = json.loads(str(opened["architecture"]))
    assert found["inputs"] == [6, 2]
    assert [layer["layer"] for layer in found["layers"]] == ["Conv1D", "Flatten", "Dense"]
    assert found["layers"][0]["kernel_size"] == [4]


def test_others_may_read_it_as_any_new_file(file, theta):
    (file.parent / "other").touch()
    NETWORK.save(file, theta)
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE((file.parent / "other").stat().st_mode)


def test_another_loss_or_penalty_does_not_matter(file, theta):
    NETWORK.save(file, theta)
    twin = Network((6, 2), NETWORK.layers, binary_cross_entropy, l2=2.0)
    np.testing.assert_array_equal(twin.load(file), theta)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Network((6, 2), [Conv1D(3, 4), Flatten(), Dense(2)], squared_error), ['"relu"', '"linear"']),
        (Network((6, 2), [Flatten(), Dense(3), Dense(2)], squared_error), ['"units": 3', '"Conv1D"']),
        (Network(12, [Dense(2)], squared_error), ['"inputs": [12]', '"inputs": [6, 2]']),
    ],
)
def test_another_architecture_is_refused(other, words, file, theta):
    NETWORK.save(file, theta)
    with pytest.raises(ValueError, match=r"^Expected parameters of the network .+\. Received: ") as caught:
        other.load(file)
    assert all(word in str(caught.value) for word in words)


def test_a_later_version_is_refused(file, theta, monkeypatch):
    monkeypatch.setattr(saving, "VERSION", 2)
    NETWORK.save(file, theta)
    monkeypatch.undo()
    with pytest.raises(ValueError, match=r"Expected a file of version 1\. Received: version=2"):
        NETWORK.load(file)


def test_no_byte_can_be_damaged_unseen(file, theta):
    """Whatever byte is turned over, the same theta comes back or the file is refused in words."""
    NETWORK.save(file, theta)
    whole = file.read_bytes()
    refused = 0
    for i in range(len(whole)):
        file.write_bytes(whole[:i] + bytes([whole[i] ^ 0xFF]) + whole[i + 1 :])
        try:
            loaded = NETWORK.load(file)
        except ValueError as error:
            refused += str(error).startswith("Expected")
        else:
            assert loaded.tobytes() == theta.tobytes()
    assert refused > len(whole) / 2


def test_a_file_cut_short_is_refused(file, theta):
    NETWORK.save(file, theta)
    whole = file.read_bytes()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"^Expected an undamaged file .+\. Received: "):
            NETWORK.load(file)


def write(file, **changes):
    arrays = {"theta": np.zeros(NETWORK.size), "architecture": saving.architecture(NETWORK), "version": 1}
    np.savez(file, **{name: value for name, value in (arrays | changes).items() if value is not None})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"theta": np.zeros(3)}, r"floating point\. Received: theta.shape=\(3,\)"),
        ({"theta": np.zeros(NETWORK.size, int)}, "theta.dtype=int64"),
        ({"theta": np.zeros(NETWORK.size, complex)}, "theta.dtype=complex128"),
        ({"theta": None}, "undamaged file .+KeyError"),
        ({"version": None}, "undamaged file .+KeyError"),
        ({"architecture": "{}"}, r"Received: \{\}"),
        ({"version": np.array([1, 1])}, r"version 1\. Received: version=\[1 1\]"),
        ({"architecture": np.array(["a", "b"])}, r"Received: \['a' 'b'\]"),
    ],
)
def test_a_file_of_other_contents_is_refused(changes, words, file):
    write(file)
    assert not NETWORK.load(file).any()
    write(file, **changes)
    with pytest.raises(ValueError, match=words):
        NETWORK.load(file)


class Poison:
    def __reduce__(self):
        return os.mkdir, ("poisoned",)


def test_nothing_in_a_file_is_ever_run(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    write(file, theta=np.array([Poison()], object))
    with pytest.raises(ValueError, match="undamaged file"):
        NETWORK.load(file)
    np.save(file.with_suffix(".npy"), np.zeros(3))
    with pytest.raises(ValueError, match="undamaged file"):
        NETWORK.load(file.with_suffix(".npy"))
    assert not os.path.exists("poisoned")


def test_a_missing_file_is_called_missing(file):
    with pytest.raises(FileNotFoundError, match=r"trained\.npz"):
        NETWORK.load(file)


def test_an_interruption_after_the_last_step_is_not_hidden(file, theta, monkeypatch):
    rename = os.replace

    def rename_and_stop(*names):
        rename(*names)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", rename_and_stop)
    with pytest.raises(KeyboardInterrupt):
        NETWORK.save(file, theta)
    assert os.listdir(file.parent) == [file.name]


@pytest.mark.parametrize("interruption", [OSError("disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("at", ["savez", "fsync", "replace"])
def test_an_interrupted_save_leaves_the_old_file_and_nothing_else(at, interruption, file, theta, monkeypatch):
    NETWORK.save(file, theta)
    before = file.read_bytes()

    def fail(*args, **kwargs):
        raise interruption

    monkeypatch.setattr(np if at == "savez" else os, at, fail)
    with pytest.raises(type(interruption)):
        NETWORK.save(file, 2 * theta)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == [file.name]


def test_a_theta_of_another_network_is_not_saved(file, theta):
    with pytest.raises(ValueError, match="Expected theta"):
        NETWORK.save(file, theta[1:])
    with pytest.raises(ValueError, match="floating"):
        NETWORK.save(file, theta.astype(int))
    assert not file.exists()
