"""A failing run names the versions it ran on; the ranges of the package meet what is locked and tested."""

import os
import re
import subprocess
import sys
import tomllib

import keras
import numpy as np
import pytest
from elsewhere import ROOT
from packaging.requirements import Requirement

SCRIPT = (ROOT / ".ci" / "versions").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RANGES = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["chapters"]
COLAB = (ROOT / "tests" / "anywhere" / "colab.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("verdict", "told"), [("True", 0), ("False", 1)])
def test_where_something_fails_the_versions_are_told(verdict, told, tmp_path):
    (tmp_path / "test_one.py").write_text(f"def test_one():\n    assert {verdict}\n")
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    said = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path).stdout
    line = rf"On these versions: Python 3\.\d+\.\d+, numpy {np.__version__}, .*keras {keras.__version__}, "
    assert len(re.findall(line, said)) == told
    loud = subprocess.run(
        [part for part in command if part != "-q"], capture_output=True, text=True, cwd=tmp_path
    )
    assert f"numpy {np.__version__}" in re.search("versions: .*", loud.stdout)[0]


@pytest.mark.parametrize("text", RANGES)
def test_the_package_asks_for_ranges(text):
    signs = {clause.operator for clause in Requirement(text).specifier}
    assert ">=" in signs
    assert signs <= {">=", "<"}


@pytest.mark.parametrize("text", RANGES)
def test_what_colab_has_is_in_range(text):
    asked = Requirement(text)
    assert asked.specifier.contains(re.search(rf"^{re.escape(asked.name)}==(\S+)", COLAB, re.M)[1])


def test_the_matrix_tries_the_oldest_and_the_newest_versions():
    workflows = {
        path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")
    }
    tried = {stem: set(re.findall(r"which: (\w+)", text)) for stem, text in workflows.items()}
    assert tried["test"] == {"oldest", "newest"}
    assert tried["weekly"] == {"newest", "coming"}
    assert {f"{which})" for which in ("oldest", "newest", "coming")} <= set(SCRIPT.split())


def test_an_unknown_choice_is_refused():
    done = subprocess.run(
        ["bash", ROOT / ".ci" / "versions", "old"], capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, done.stderr) == (2, "Expected oldest, newest or coming. Received: 'old'\n")
