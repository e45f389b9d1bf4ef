"""Data that are not what they should be, and libraries that are not there: refused in words."""

import gzip
import importlib.resources
import sys
from pathlib import Path

import numpy as np
import pytest
import sklearn.datasets

from byhand import keras_models, notebook
from byhand.data import load_digits
from byhand.layers import Dense
from byhand.losses import squared_error
from byhand.network import Network


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A copy of the file that scikit-learn ships, read in place of it."""
    folder = Path(sklearn.datasets.__file__).parent / "data"
    copy = tmp_path / "digits.csv.gz"
    copy.write_bytes((folder / copy.name).read_bytes())
    files = importlib.resources.files
    monkeypatch.setattr(
        importlib.resources, "files", lambda name: tmp_path if name.endswith(".data") else files(name)
    )
    return copy


def change_grey(text, new):
    first, rest = text.split(b",", 3)[2:]
    assert first == b"5"
    return b"0,0," + new + b"," + rest


DAMAGES = {
    "cut short": lambda whole: whole[: len(whole) // 2],
    "empty": lambda whole: b"",
    "no archive": lambda whole: b"<!doctype html>",
    "a byte turned over": lambda whole: whole[:9000] + bytes([whole[9000] ^ 0xFF]) + whole[9001:],
    "another grey": lambda whole: gzip.compress(change_grey(gzip.decompress(whole), b"6")),
    "half a grey more": lambda whole: gzip.compress(change_grey(gzip.decompress(whole), b"5.5")),
    "a row less": lambda whole: gzip.compress(gzip.decompress(whole).split(b"\n", 1)[1]),
}


@pytest.mark.filterwarnings("ignore:loadtxt")
@pytest.mark.parametrize("damage", DAMAGES)
def test_other_digits_than_the_books_are_refused(damage, shipped, digits):
    whole = shipped.read_bytes()
    np.testing.assert_array_equal(load_digits().x, digits.x)
    shipped.write_bytes(DAMAGES[damage](whole))
    with pytest.raises(ValueError, match=r"Expected the digits of scikit-learn undamaged .*\. Received: "):
        load_digits()
    shipped.write_bytes(whole)
    np.testing.assert_array_equal(load_digits().x, digits.x)


# Libraries that are missing


@pytest.mark.parametrize("missing", [["keras"], ["tensorflow"], ["keras", "tensorflow"]])
def test_a_chapter_without_its_libraries_says_what_to_install(missing, monkeypatch):
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    said = rf"Expected keras and tensorflow, .*: pip install {' '.join(missing)}\. Received: no {missing[0]}"
    with pytest.raises(ImportError, match=said):
        notebook.prepare()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: keras_models.from_keras(None, squared_error),
        lambda: keras_models.to_keras(Network(3, [Dense(2)], squared_error), np.zeros(8)),
    ],
    ids=["from Keras", "to Keras"],
)
def test_without_keras_no_model_is_taken_or_given(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    with pytest.raises(ImportError, match=r"Expected Keras .*: pip install keras tensorflow\. Received: "):
        ask()
