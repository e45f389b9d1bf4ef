"""The page on what is tested says what a run of the tests has noted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup

import results
import tested

TESTS = """
import pytest

def test_passes(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_passes_twice(n): pass

@pytest.mark.slow
def test_takes_long(): pass

def test_fails(): assert False

@pytest.fixture
def broken(): raise OSError

def test_breaks_before_it_begins(broken): pass

@pytest.mark.skip
def test_is_skipped(): pass
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The records of a test of our own."""
    monkeypatch.setattr(results, "FILE", tmp_path / "results.json")
    return results.FILE


@pytest.fixture
def run(root, tmp_path):
    """Run these tests in a folder of their own; returns what pytest said, and the records it wrote."""
    (tmp_path / "tests" / "odd").mkdir(parents=True)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_ext").symlink_to(root / "book" / "_ext")
    (tmp_path / "conftest.py").write_bytes((root / "conftest.py").read_bytes())
    (tmp_path / "tests" / "odd" / "test_it.py").write_text(TESTS)
    found = tmp_path / "found.json"
    script = f"import sys; sys.path.insert(0, {str(root / 'book' / '_ext')!r}); import results, pytest; "
    script += f"results.FILE = results.Path({str(found)!r}); pytest.main(sys.argv[1:])"

    def run_with(*options):
        command = [sys.executable, "-c", script, "tests", "-o", "markers=slow: minutes", *options]
        quick = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        said = subprocess.run(command, cwd=tmp_path, env=quick, capture_output=True, text=True).stdout
        return said, json.loads(found.read_text()) if found.exists() else None

    return run_with


def test_a_run_is_counted_as_pytest_counts_it(run):
    said, (record,) = run("--note", "-p", "xdist", "-n", "2")
    assert "1 failed, 4 passed, 1 skipped, 1 error" in said
    assert record["counts"] == {
        "tests/odd": {"passed": 3, "failed": 2, "skipped": 1},
        "slow/tests/odd/test_it.py": {"passed": 1, "failed": 0, "skipped": 0},
    }
    assert record["versions"]["numpy"] == np.__version__
    assert record["versions"]["python"] == sys.version.split()[0]


def test_without_the_option_nothing_is_written(run):
    said, records = run()
    assert "4 passed" in said
    assert records is None


ONE = {"passed": 5, "failed": 0, "skipped": 2}


def test_runs_on_the_same_text_and_versions_are_one_record(file, monkeypatch):
    monkeypatch.setattr(results, "tested", lambda: "text 1")
    results.note({"tests/package": ONE})
    results.note({"notebooks": ONE})
    monkeypatch.setattr(results, "environment", lambda: {"python": "3.99.0"})
    results.note({"tests/package": ONE})
    assert [set(record["counts"]) for record in results.noted()] == [
        {"tests/package", "notebooks"},
        {"tests/package"},
    ]


def test_a_run_on_another_text_forgets_the_earlier_ones(file, monkeypatch):
    for text in ("text 1", "text 2"):
        monkeypatch.setattr(results, "tested", lambda text=text: text)
        results.note({"tests/package" if text == "text 1" else "notebooks": ONE})
    assert [record["counts"] for record in results.noted()] == [{"notebooks": ONE}]


def rows(table, *records):
    return list(table.rows(table, records))


def record(python, counts, digest=None):
    return {
        "versions": {"python": python},
        "digest": digest or results.tested(),
        "date": "2030-01-02",
        "counts": counts,
    }


def test_the_tables_say_what_was_noted():
    colab = "slow/tests/anywhere/test_colab.py"
    records = (
        record("3.13.1", {"tests/package": ONE, "tests/package/deeper": ONE, colab: ONE}),
        record("3.9.2", {"notebooks": {"passed": 1, "failed": 3, "skipped": 0}}, "old"),
    )
    by_kind = dict(zip(tested.KINDS, rows(tested.Tested, *records), strict=True))
    assert by_kind["tests/package"][1:] == ("10", "0", "4")
    assert by_kind["notebooks"][1:] == by_kind["tests/anywhere"][1:] == ("not run", "", "")
    long = dict(zip(tested.LONG, rows(tested.TestedLong, *records), strict=True))
    assert [name for name, row in long.items() if row[1:] != ("not run", "", "")] == [colab]
    assert long[colab][1:] == ("5", "0", "2")
    environments = rows(tested.TestedOn, *records)
    assert [row[0] for row in environments] == ["3.9.2", "3.13.1"]
    assert environments[0][-3:] == ("1", "3", "2030-01-02, of an earlier text")
    assert environments[1][-3:] == ("15", "0", "2030-01-02")


def test_every_folder_of_tests_has_its_words(root):
    folders = {path.parent.relative_to(root).as_posix() for path in root.glob("tests/**/test_*.py")}
    assert [folder for folder in folders if not any(folder.startswith(known) for known in tested.KINDS)] == []


def test_every_file_with_slow_tests_has_its_words(root):
    others = set(root.glob("tests/**/test_*.py")) - {Path(__file__)}
    files = [path for path in others if re.search(r"^(pytestmark|@).+slow", path.read_text("utf-8"), re.M)]
    assert {f"slow/{path.relative_to(root).as_posix()}" for path in files} == set(tested.LONG)


def test_the_page_shows_the_noted_run_and_the_pythons_of_the_workflow(root, site):
    text = BeautifulSoup((site / "book/tested.html").read_text("utf-8"), "html.parser").main.get_text(" ")
    for found in results.noted():
        assert found["versions"]["python"] in text
        assert found["date"] in text
    pythons = re.findall(r'python: \["(.+)"\]', tested.WORKFLOW.read_text(encoding="utf-8"))[0].split('", "')
    assert all(version in text for version in pythons)
