"""The committed notebooks are what the chapters give, executed, and readable where directives are not."""

import re
import shutil
import subprocess
import sys

import nbformat
import pytest

import notebooks
import rendering
import runs

CHAPTERS = notebooks.chapters()


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_the_notebook_is_fresh(chapter):
    why = notebooks.problem(chapter)
    assert not why, f"notebooks/{chapter.stem}.ipynb is stale: {why}. Run `make notebooks`."


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_every_cell_ran_without_error_or_noise(chapter):
    for cell in notebooks.read(chapter).cells:
        if cell.cell_type == "code":
            assert cell.execution_count, f"not executed: {cell.source}"
            assert not cell.source.rstrip().endswith(";"), f"a trailing ; hides the output: {cell.source}"
            for output in cell.outputs:
                assert output.output_type != "error", cell.source
                assert output.get("name") != "stderr", output.text


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_no_raw_markup_reaches_a_reader(chapter):
    for cell in notebooks.read(chapter).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"```.*?```|\$\$.*?\$\$|`[^`]*`|\$[^$]*\$", "", cell.source, flags=re.S)
            assert not re.search(r"\{[\w:-]+\}|^:::|^\([\w-]+\)=", prose, re.M), cell.source


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_the_notebook_is_valid_and_its_first_cell_installs(chapter):
    notebook = notebooks.read(chapter)
    nbformat.validate(notebook)
    assert "%pip install" in notebook.cells[0].source
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_solutions_are_folded(chapter):
    source = chapter.read_text(encoding="utf-8")
    folded = [c for c in notebooks.read(chapter).cells if c.metadata.get("jupyter", {}).get("source_hidden")]
    assert len(folded) >= source.count("{solution-start}") - source.count(":label: ex-open")
    assert sum("<summary>Solution" in c.source for c in notebooks.read(chapter).cells) >= source.count(
        "{solution-start}"
    )


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A chapter and its notebook to spoil."""
    for folder in ("chapters", "notebooks"):
        shutil.copytree(notebooks.ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(notebooks, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(notebooks, "CHAPTERS", tmp_path / "chapters")
    chapter = tmp_path / "chapters" / CHAPTERS[0].name
    (tmp_path / "code").symlink_to(notebooks.ROOT / "code")
    monkeypatch.setattr(runs, "FILE", tmp_path / "notebooks" / "runs.json")
    return chapter


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_cell_makes_it_stale(copy):
    change(copy, "few = load_digits((0, 1))", "few = load_digits((1, 0))")
    assert "code" in notebooks.problem(copy)


def test_changed_prose_makes_it_stale_without_a_run(copy, monkeypatch):
    change(copy, "three steps, and you have met", "three steps, and you met")
    assert "prose" in notebooks.problem(copy)
    monkeypatch.setattr(notebooks, "execute", None)
    assert "no cell run" in notebooks.make(copy, notebooks.problem(copy))
    assert notebooks.problem(copy) == ""


def test_an_edit_by_hand_makes_it_stale(copy):
    change(notebooks.notebook_of(copy), "At its heart it is three steps", "At its heart it is four steps")
    assert "by hand" in notebooks.problem(copy)


def test_a_changed_package_or_lock_makes_it_stale(copy, monkeypatch):
    monkeypatch.setattr(notebooks.digest, "LOCK", notebooks.ROOT / "README.md")
    assert "lock" in notebooks.problem(copy)


def test_a_fork_has_fresh_notebooks_and_can_point_them_at_itself(copy, monkeypatch):
    monkeypatch.setenv("BOOK_REPOSITORY", "somebody/a-fork")
    assert notebooks.problem(copy) == ""
    monkeypatch.setattr(notebooks, "execute", None)
    assert "no cell run" in notebooks.make(copy, notebooks.problem(copy))
    first = notebooks.read(copy).cells[0].source
    assert '%pip install --quiet "byhand[chapters] @ git+https://github.com/somebody/a-fork@main"' in first
    assert "nothing changed" in notebooks.make(copy, notebooks.problem(copy))


def test_an_output_edited_by_hand_is_seen_and_run_again(copy):
    change(notebooks.notebook_of(copy), "10025 + 390 + 16 = 10431", "10025 + 390 + 16 = 10432")
    assert "outputs are not those of the run" in notebooks.problem(copy)
    ran = []
    run_before = notebooks.outputs_of(notebooks.read(CHAPTERS[0]))
    notebooks.make(copy, notebooks.problem(copy), lambda chapter: (ran.append(chapter) or run_before, 1.0))
    assert ran == [copy]


def test_a_picture_painted_over_is_seen(copy):
    notebook = notebooks.read(copy)
    pictures = [o for c in notebook.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    pictures[0].data["image/png"] = pictures[1].data["image/png"]
    nbformat.write(notebook, notebooks.notebook_of(copy))
    assert "outputs are not those of the run" in notebooks.problem(copy)


def test_a_notebook_without_a_chapter_is_named(copy, capsys):
    shutil.copyfile(notebooks.notebook_of(copy), copy.parents[1] / "notebooks" / "99-gone.ipynb")
    assert notebooks.check() == 1
    assert "99-gone.ipynb is stale: it has no chapter" in capsys.readouterr().out


def test_away_from_a_copy_and_a_repository_the_first_cell_says_what_it_expects(tmp_path):
    cell = rendering.INSTALL.format(otherwise=rendering.NOWHERE, or_from="")
    script = "import importlib.util\nimportlib.util.find_spec = lambda name: None\n"
    script += cell.replace("        %pip", "        pass  # %pip")
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert "Expected a copy of the book around me. Received: " in result.stderr


def test_a_missing_notebook_is_named(copy):
    notebooks.notebook_of(copy).unlink()
    assert notebooks.problem(copy) == "there is no notebook yet that can be read"
    notebooks.notebook_of(copy).write_text("<<<<<<< HEAD", encoding="utf-8")
    assert notebooks.problem(copy) == "there is no notebook yet that can be read"


def test_rendering_twice_gives_the_same_bytes():
    chapter = CHAPTERS[0]
    outputs = notebooks.outputs_of(notebooks.read(chapter))
    first, second = (nbformat.writes(notebooks.render(chapter, outputs, "")) for _ in range(2))
    assert first == second
