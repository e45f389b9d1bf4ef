"""A chapter's digest moves with everything its outputs depend on, and with nothing else."""

import pytest

import digest

SOURCES = [
    "from byhand import figures\nfrom byhand.exercises import check",
    "%matplotlib inline\nfrom byhand.ops import dense",
    "figures.one_unit(x, y)\ncheck.which_call(answer)",
]


def test_modules_are_followed_through_one_another():
    names = {file.relative_to(digest.CODE).as_posix() for file in digest.reached(SOURCES)}
    assert {
        "byhand/figures/__init__.py",
        "byhand/ops.py",
        "byhand/losses.py",
        "byhand/activations.py",
    } <= names
    assert "byhand/data/digits.py" not in names


def test_only_the_figures_and_exercises_that_a_chapter_asks_for_count():
    asked = {file.stem for file in digest.reached(SOURCES)}
    assert {"one_unit", "training_steps", "exercise"} <= asked
    unasked = {file.stem for file in digest.reached([source for source in SOURCES if "answer" not in source])}
    assert not {"one_unit", "training_steps"} & unasked


def test_the_scripts_of_figures_count():
    files = digest.files_behind(digest.reached(SOURCES))
    assert {"one_unit.js", "arithmetic.js", "controls.js", "drawing.js", "frame.js"} == {
        f.name for f in files if f.suffix == ".js"
    }


@pytest.mark.parametrize(
    "file", ["byhand/losses.py", "byhand/figures/arithmetic.js", "byhand/exercises/hints.py"]
)
def test_a_changed_file_behind_a_chapter_changes_the_digest(file, tmp_path, monkeypatch):
    import shutil

    before = digest.digest(SOURCES)
    shutil.copytree(digest.CODE, tmp_path / "code")
    monkeypatch.setattr(digest, "CODE", tmp_path / "code")
    assert digest.digest(SOURCES) == before
    with (tmp_path / "code" / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert digest.digest(SOURCES) != before


def test_a_file_no_cell_reaches_does_not(tmp_path, monkeypatch):
    import shutil

    before = digest.digest(SOURCES)
    shutil.copytree(digest.CODE, tmp_path / "code")
    monkeypatch.setattr(digest, "CODE", tmp_path / "code")
    (tmp_path / "code" / "byhand" / "data" / "digits.py").write_text("changed = True\n", encoding="utf-8")
    assert digest.digest(SOURCES) == before


def test_code_cells_count():
    assert digest.digest(SOURCES) != digest.digest([*SOURCES, "1 + 1"])
