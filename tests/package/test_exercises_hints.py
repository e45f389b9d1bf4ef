"""What is told where nobody foresaw the mistake, word by word; when answers are the same; what is noted."""

import threading
import time
import warnings

import numpy as np
import pytest

from byhand.exercises import hints, session, trial
from byhand.exercises.trial import Outcome, same


class Broken:
    def __array__(self, *arguments, **keywords):
        raise TypeError("no array")


LOOK = "Work one example through on paper, then print each step of your function beside it."


@pytest.mark.parametrize(
    ("value", "expected", "hint"),
    [
        (None, 3.0, "Nothing came back: does your function end with `return`?"),
        ("3", 3.0, "Expected a number: write it without quotation marks."),
        ({3}, 3.0, "Expected a number or an array of numbers, not set."),
        (Broken(), 3.0, "Expected a number or an array of numbers, not Broken."),
        ([1, [2, 3]], 3.0, "Expected a number or an array of numbers, not list."),
        (np.ones((2, 3)), np.ones(6), "The shape is (2, 3), expected (6,)."),
        (np.array([1, np.nan]), np.ones(2),
         "There is a nan: some step computed 0 · log 0, 0/0 or inf − inf."),
        (np.array([1, np.nan]), np.array([np.nan, 1]), LOOK),
        (np.array([-1.0, 2.0]), np.array([1.0, -2.0]), "The sign is turned round."),
        (np.array([1.0, 2.0]), np.array([1.0, 3.0]), LOOK),
        (0.0, 1.0, LOOK),
        ([1, 2], {"a": 1}, "Expected a dict, not (1, 2)."),
        ({"a": 1}, (1, 2), "Expected a tuple of 2, not {'a': 1}."),
        ({"a": 1, "b": 2}, (1, 2), "Expected a tuple of 2, not {'a': 1, 'b': 2}."),
        ((1, 2, 3), (1, 2), "Expected a tuple of 2, not (1, 2, 3)."),
        (5, (1, 2), "Expected a tuple of 2, not 5."),
        (5, "fit", "Expected a str, not 5."),
        ("compile", "fit", "Expected a str, not 'compile'."),
        ({"a": 1}, {"b": 1, "c": 2}, "Expected the keys 'b', 'c'."),
        ({"c": 3, "b": 0}, {"b": 1, "c": 2}, "Look again at 'b', 'c'."),
        ({"c": 2, "b": 0}, {"b": 1, "c": 2}, "Look again at 'b'."),
        ((1, 5), (1, 2), "Look again at result 2."),
        ([4, 5], (1, 2), "Look again at result 1. Look again at result 2."),
        ((1.0000001, 5), (1, 2), "Look again at result 2."),
        ((1.00001, 2), (1, 2), "Look again at result 1."),
        ((np.ones(2), "a"), (np.ones((2, 1)), 3), "Result 1 has the shape (2,), expected (2, 1). "
         "Look again at result 2."),
        ((np.array([1.0, 2.0]), 3), (np.array([1.0, 4.0]), 3), "Look again at result 1."),
        (("ab", 2), (np.ones(2), 2), "Look again at result 1."),
    ],
)  # fmt: skip
def test_a_wrong_result_is_told_by_its_form(value, expected, hint):
    assert hints.from_form(Outcome(value), expected, True) == hint


def test_a_value_is_told_without_speaking_of_a_function():
    assert hints.from_form(Outcome(4.0), 3.0, False) == (
        "Work it through on paper once more, one line at a time."
    )
    assert hints.from_form(Outcome(-3.0), 3.0, False) == "The sign is turned round."


def test_a_failure_comes_first():
    assert hints.from_form(Outcome(failure="it raised"), 3.0, True) == "An error inside your function."


def test_arguments_changed_in_place_are_named():
    assert hints.worked_in_place([]) == ""
    assert hints.worked_in_place(["w", "b"]) == (
        "The result is right, but your function also changed the caller's w, b: "
        "`w -= …` works in place; write `w = w - …`."
    )


def named(x):
    return x


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (0.123456, "0.1235"),
        (np.float64(2), "2."),
        (np.array([1.0, 2.5]), "[1. , 2.5]"),
        (np.arange(8), "[0, 1, 2, 3, 4, 5, 6, 7]"),
        (np.arange(9), "[0, 1, 2, ..., 6, 7, 8]"),
        ((1, [2.0, "a"]), "(1, (2., 'a'))"),
        (named, "named"),
        ("x" * 158, "'" + "x" * 158 + "'"),
        ("x" * 159, "'" + "x" * 156 + "…"),
        ({"a": 1}, "{'a': 1}"),
        (None, "None"),
    ],
)
def test_a_value_in_a_few_characters(value, text):
    assert hints.shown(value) == text
    assert len(text) <= 160


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ({"m": 5, "rate": 0.5}, "m=5, rate=0.5"),
        ({"x": np.arange(6)}, "x=[0, 1, 2, 3, 4, 5]"),
        ({"x": np.zeros((7, 1))}, "x of shape (7, 1)"),
        ({"weights": [np.ones((2, 3)), np.ones(3)]}, "weights of shapes (2, 3), (3,)"),
        ({"score": named, "grey": 0.5}, "score=named, grey=0.5"),
        ({"sizes": [1, 2]}, "sizes=(1, 2)"),
    ],
)
def test_arguments_in_a_few_characters(case, text):
    assert hints.shown_arguments(case) == text


@pytest.mark.parametrize(
    ("a", "b", "rtol", "answer"),
    [
        (1.0, 1 + 1e-10, 1e-9, True), (1.0, 1 + 1e-8, 1e-9, False), (1.0, 1 + 1e-8, 1e-6, True),
        (0.0, 9e-13, 1e-9, True), (0.0, 2e-12, 1e-9, False),
        (np.nan, np.nan, 1e-9, True), (np.nan, 1.0, 1e-9, False), (np.inf, np.inf, 1e-9, True),
        (True, 1, 1e-9, True), (3 + 0j, 3, 1e-9, False), ("3", 3, 1e-9, False), (3, "3", 1e-9, False),
        ([1, 2], np.array([1, 2]), 1e-9, True), (np.array([1.0, 2]), [1, 2], 1e-9, True),
        ([[1, 2]], np.array([1, 2]), 1e-9, False),
        ((1, 2), (1, 2), 1e-9, True), ([1, 2], (1, 2), 1e-9, True), ((1, 2, 3), (1, 2), 1e-9, False),
        ((1, 2 + 1e-8), (1, 2), 1e-9, False), ((1, 2 + 1e-8), (1, 2), 1e-6, True), (3, (1, 2), 1e-9, False),
        ([np.ones(2), np.ones(3)], [np.ones(2), np.ones(3)], 1e-9, True),
        ([np.ones(2), np.ones(4)], [np.ones(2), np.ones(3)], 1e-9, False),
        ({"a": 1}, {"a": 1}, 1e-9, True), ({"a": 1}, {"b": 1}, 1e-9, False),
        ({"a": 2}, {"a": 1}, 1e-9, False),
        ({"a": 1 + 1e-8}, {"a": 1}, 1e-6, True), ([1], {"a": 1}, 1e-9, False), ({"a": 1}, [1.0], 1e-9, False),
        (" model.Fit() ", "fit", 1e-9, True), ("a.b.c", "C", 1e-9, True), ("fits", "fit", 1e-9, False),
        (named, named, 1e-9, True), (lambda x: x, named, 1e-9, False), (3, named, 1e-9, False),
        (Broken(), 3, 1e-9, False),
    ],
)  # fmt: skip
def test_two_answers_are_the_same_or_not(a, b, rtol, answer):
    assert same(a, b, rtol) is answer


def test_numbers_are_the_same_to_nine_digits_if_nothing_is_said():
    assert same(1.0, 1 + 5e-10)
    assert not same(1.0, 1 + 5e-9)


@pytest.mark.parametrize(
    ("value", "dtype"), [(3, "f8"), ([True, False], "f8"), (np.uint8([1, 2]), "f8"), (np.float32(0.5), "f8")]
)
def test_numbers_of_any_kind_become_floats(value, dtype):
    found = trial.as_numbers(value)
    assert found.dtype == dtype
    np.testing.assert_array_equal(found, np.asarray(value))


@pytest.mark.parametrize("value", ["3", None, 1j, [1, [2, 3]], {1}, Broken(), {"a": 1}])
def test_what_is_no_number_is_none(value):
    assert trial.as_numbers(value) is None


# A call


def test_a_call_gets_copies_and_gives_back_a_copy_in_the_order_of_the_arguments():
    kept = [1, 2]

    def subtract(b, a):
        a.append(9)
        kept.append(b - a[0])
        return kept

    given = {"first": 7, "second": [3]}
    found = trial.attempt(subtract, given)
    assert found == Outcome([1, 2, 4], "", ["second"])
    assert given == {"first": 7, "second": [3]}
    assert found.value is not kept


def test_a_failure_says_its_kind_and_its_words():
    assert trial.attempt(lambda x: x / 0, {"x": 1}) == Outcome(
        failure="it raised ZeroDivisionError: division by zero"
    )


def test_what_a_call_writes_and_warns_of_is_heard_by_nobody(capsys):
    def loud():
        print("said")
        warnings.warn("careful", stacklevel=1)
        return 5

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert trial.attempt(loud, {}).value == 5
    print("after")
    assert capsys.readouterr() == ("after\n", "")


def test_an_endless_call_ends():
    running = []

    def forever():
        running.append(threading.current_thread())
        while True:
            time.sleep(0.001)

    found = trial.attempt(forever, {}, 0.25)
    assert found == Outcome(None, "it did not finish within 0.25 seconds", [])
    assert running[0].daemon
    running[0].join(5)
    assert not running[0].is_alive()


# A session


@pytest.fixture
def seen(monkeypatch):
    monkeypatch.setattr(session, "_SEEN", {})


def test_a_report_counts_tries_up_to_the_first_right_one(seen):
    for name, right in [("a", False), ("a", True), ("b", True), ("c", False), ("c", False), ("a", False)]:
        session.note(name, right)
    lines = session.report("  Ada  L. ").splitlines()
    circumstances = lines.pop(1)
    assert f"numpy {np.__version__}" in circumstances
    assert lines[:-1] == [
        "Neural Networks by Hand, exercises of Ada L.",
        "solved  a, 2 tries",
        "solved  b, 1 try",
        "open    c, 2 tries",
        "2 of 3 tried are solved.",
    ]
    assert lines[-1] == f"Seal {session.seal([lines[0], circumstances, *lines[1:-1]])}"


def test_a_seal_is_twelve_digits_of_sha_256():
    """Of "ab c" and "d" on two lines; from coreutils: printf 'ab c\\nd' | sha256sum."""
    assert session.seal([" ab  c", "d "]) == "758f8fcd17d0"


def test_a_report_is_whole_or_not(seen):
    session.note("a", True)
    text = session.report()
    assert text.startswith("Neural Networks by Hand, exercises of (no name)\n")
    assert "\nsolved  a, 1 try\n1 of 1 tried" in text
    assert session.is_whole(text)
    assert session.is_whole("\n  " + text.replace("\n", "  \n ") + "\n\n")
    assert not session.is_whole(text.replace("1 try", "2 try"))
    assert not session.is_whole(text[:-1])
    assert not session.is_whole("")
