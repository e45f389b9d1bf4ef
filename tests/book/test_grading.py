"""Student notebooks become nbgrader assignments, and nbgrader gives the points that are due."""

import csv
import os
import shutil
import subprocess
import sys
import venv

import nbformat
import pytest

import grading
import notebooks
import student
from byhand.exercises import exercises

CHAPTERS = notebooks.chapters()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Student notebooks."""
    target = tmp_path_factory.mktemp("student")
    student.copy(target)
    for chapter in CHAPTERS:
        student.edition(chapter, target)
    return target / "notebooks"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("answer = ...\ncheck.cost(answer)", ("cost", "answer")),
        ("check.lab_fit(my_history, len(train.x))", ("lab_fit", "my_history, len(train.x)")),
        ("check.report('Ada')", None),
        ("x = 1", None),
        ("%matplotlib inline", None),
        ("", None),
    ],
)
def test_an_exercise_is_the_cell_that_ends_with_its_check(source, found):
    assert grading.checked(source) == found


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_each_exercise_of_a_chapter_has_one_graded_cell_below_it(folder, chapter):
    before = nbformat.read(folder / f"{chapter.stem}.ipynb", as_version=4)
    after = grading.assignment(nbformat.read(folder / f"{chapter.stem}.ipynb", as_version=4))
    nbformat.validate(after)
    graded = [cell for cell in after.cells if "nbgrader" in cell.metadata]
    names = [cell.metadata["nbgrader"]["grade_id"] for cell in graded]
    assert [cell for cell in after.cells if cell not in graded] == [
        without_outputs(cell) for cell in before.cells
    ]
    assert len(names) == len(set(names)) >= 5
    assert set(names) <= set(exercises())
    assert all(cell.outputs == [] for cell in after.cells if cell.cell_type == "code")


def without_outputs(cell):
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    return cell


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """nbgrader in an environment of its own, or a skip where it can't be had."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    needed = ["nbgrader", "numpy", "scipy", "scikit-learn", "matplotlib", "tqdm", "ipython"]
    install = subprocess.run(
        [folder / "bin" / "pip", "install", "--quiet", *needed], capture_output=True, text=True
    )
    if install.returncode:
        pytest.skip(f"Expected nbgrader from the registry. Received: {install.stderr.strip()[-200:]}")
    return folder / "bin"


RIGHT = "def steps_per_epoch(examples, batch_size):\n    return -(-examples // batch_size)\n"
WRONG = RIGHT.replace("-(-examples // batch_size)", "examples // batch_size")


def hand_in(release, target, answer, tampered=False):
    """A notebook with one exercise answered, and perhaps with its graded cell changed."""
    notebook = nbformat.read(release, as_version=4)
    for cell in notebook.cells:
        if "assert check.steps_per_epoch" in cell.source and tampered:
            cell.source = "assert True"
        elif "check.steps_per_epoch(" in cell.source:
            cell.source = f"{answer}\n\ncheck.steps_per_epoch(steps_per_epoch)"
    target.parent.mkdir(parents=True)
    nbformat.write(notebook, target)


@pytest.mark.slow
def test_nbgrader_gives_a_point_for_what_is_right(root, folder, nbgrader, tmp_path, monkeypatch):
    chapter = "01-training-steps"
    monkeypatch.setattr(grading, "STUDENT", folder)
    monkeypatch.setattr(sys, "argv", ["grading.py", str(tmp_path)])
    grading.main()
    path = os.pathsep.join([str(nbgrader), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(root / "code")}

    def run(*arguments):
        command = [shutil.which("nbgrader", path=path), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]

    run("generate_assignment", chapter)
    release = tmp_path / "release" / chapter / f"{chapter}.ipynb"
    for who, answer, tampered in (("ada", RIGHT, False), ("bob", WRONG, False), ("eve", WRONG, True)):
        hand_in(release, tmp_path / "submitted" / who / chapter / release.name, answer, tampered)
    run("autograde", chapter)
    run("export")
    with (tmp_path / "grades.csv").open(encoding="utf-8") as file:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert points == {"ada": 1, "bob": 0, "eve": 0}
