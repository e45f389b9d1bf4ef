"""What a learner hands in: every exercise tried, whether it is solved, and a seal."""

import sys
import tomllib
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from byhand.exercises import check, exercises
from byhand.exercises.session import is_whole, report


@pytest.fixture(autouse=True)
def nothing_tried(monkeypatch):
    monkeypatch.setattr("byhand.exercises.session._SEEN", {})


def printed(capsys, author=""):
    capsys.readouterr()
    check.report(author)
    return capsys.readouterr().out


def test_it_says_what_was_tried_and_solved_and_after_how_many_tries(capsys):
    check.steps_per_epoch(...)
    check.steps_per_epoch(lambda m, size: m // size)
    check.steps_per_epoch(lambda m, size: -(-m // size))
    check.steps_per_epoch(lambda m, size: 0)
    check.slopes_from_outputs((0.1, 0.2, 0.3))
    lines = printed(capsys, "Ada  Byron").splitlines()
    assert lines[0] == "Neural Networks by Hand, exercises of Ada Byron"
    assert lines[2:5] == [
        "solved  steps_per_epoch, 2 tries",
        "open    slopes_from_outputs, 1 try",
        "1 of 2 tried are solved.",
    ]
    assert len(lines) == 6


def test_it_says_when_it_was_run_and_on_what(capsys):
    before = datetime.now().astimezone().replace(second=0, microsecond=0)
    time, *versions = printed(capsys, "Ada").splitlines()[1].split(", ")
    assert before <= datetime.strptime(time, "%Y-%m-%d %H:%M %z") <= datetime.now().astimezone()
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    python = sys.version.split()[0]
    assert versions == [f"byhand {project['version']}", f"numpy {np.__version__}", f"Python {python}"]


def test_nothing_tried_is_a_report_too(capsys):
    check.report()
    assert capsys.readouterr().out == printed(capsys)
    lines = printed(capsys).splitlines()
    assert lines[0] == "Neural Networks by Hand, exercises of (no name)"
    assert lines[2] == "0 of 0 tried are solved."


def test_the_seal_fits_as_printed_and_after_a_mail_has_folded_it(capsys):
    check.steps_per_epoch(lambda m, size: m // size)
    text = printed(capsys, "Ada")
    assert is_whole(text)
    assert is_whole("\r\n".join("  " + line + " " for line in text.splitlines()) + "\n\n")


@pytest.mark.parametrize(
    "change",
    [
        ("open  ", "solved"),
        ("numpy ", "numpy 9"),
        ("Ada", "Bob"),
        ("1 try", "2 tries"),
        ("0 of 1", "1 of 1"),
        ("Seal ", "Seal 0"),
    ],
)
def test_a_changed_report_is_found_out(capsys, change):
    check.steps_per_epoch(lambda m, size: m // size)
    text = printed(capsys, "Ada")
    assert change[0] in text
    assert not is_whole(text.replace(*change))


@pytest.mark.parametrize("text", ["", "\n", "Seal ", "Seal 0123456789ab"])
def test_a_text_that_is_no_report_is_not_whole(text):
    assert not is_whole(text)


def test_an_answer_that_breaks_the_comparison_is_not_counted_as_solved(capsys):
    class Odd:
        def __eq__(self, other):
            raise RuntimeError

        __hash__ = None

    check.slopes_from_outputs(Odd())
    assert "solved  " not in printed(capsys)


def test_no_exercise_is_called_like_a_method_of_check():
    assert "report" not in exercises()
    assert callable(report)
    assert np.isin(["report"], dir(check)).all()
