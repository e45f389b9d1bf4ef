"""The practice lab from end to end as a reader runs it: every answer filled in, on own digits."""

import re
from pathlib import Path

import jupytext
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from byhand.data import load_digits

pytestmark = pytest.mark.xdist_group("digits-lab")  # one run serves all

CHAPTER = Path(__file__).parents[2] / "chapters" / "11-digits-lab.md"
VERDICT = re.compile(r"^(check\.|leaderboard\()")
PAIR = "(my_{0}, book_{0})"
MINE = ("softmax", "network", "compiled", "gallery", "stop", "confusion")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """X.npy and y.npy as the well-known course has them: column by column, greys that overshoot, (m, 1)."""
    digits, folder = load_digits(), tmp_path_factory.mktemp("own")
    keep = np.concatenate([np.flatnonzero(digits.y == label)[:60] for label in range(10)])
    columns = digits.x[keep].reshape(-1, 20, 20).transpose(0, 2, 1).reshape(-1, 400)
    np.save(folder / "X.npy", 1.11 * columns.astype(float) - 0.06)
    np.save(folder / "y.npy", digits.y[keep][:, None])
    return folder


def filled(markdown):
    """The code of the chapter with each solution's answer, under the reader's names, in its exercise."""
    cells, place, asked = [], "", None
    for cell in jupytext.reads(markdown, fmt="md:myst").cells:
        found = re.findall(r"\{(exercise|solution)-(start|end)\}", cell.source)
        if cell.cell_type == "markdown":
            place = found[-1][0] if found and found[-1][1] == "start" else ("" if found else place)
            asked = None if found and found[-1] == ("exercise", "start") else asked
            continue
        cells.append(cell.source)
        if place == "exercise":
            asked = len(cells) - 1
        elif place == "solution" and asked is not None:
            cells[asked] = answer(cell.source, cells[asked])
            asked = None
    return cells


def answer(solution, exercise):
    """The solution up to its check, with whatever the exercise imports first."""
    lines = solution.replace("book_", "my_").splitlines()
    last = next(i for i, line in enumerate(lines) if VERDICT.match(line))
    imports = [line for line in exercise.splitlines() if line.startswith("import ")]
    return "\n".join([*imports, *lines[: last + 1]])


@pytest.fixture(scope="module")
def run(folder):
    """(source, what it printed) of every cell, run in an empty folder on the reader's digits."""
    markdown = CHAPTER.read_text(encoding="utf-8")
    assert markdown.count("PATH = None\n") == 1
    cells = filled(markdown.replace("PATH = None\n", f"PATH = {str(folder)!r}\n"))
    cells.append("not any(mine is book for mine, book in [" + ", ".join(map(PAIR.format, MINE)) + "])")
    cells.append("my_history is not book_history, float(train.x.min()), len(train.x), scores['test'].shape")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}})
    client.execute()
    return [(cell.source, printed(cell)) for cell in notebook.cells]


def printed(cell):
    plain = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs]
    return "".join(plain)


def test_every_answer_of_the_lab_is_right_on_own_digits(run):
    answers = [text for source, text in run if re.search(r"^check\.", source, re.M)]
    assert len(answers) == 2 * 12
    for text in answers:
        assert text.startswith("Right."), text


def test_the_lab_goes_on_with_the_readers_answers(run):
    assert run[-2][1] == "True"
    assert run[-1][1] == "(True, -0.05999999865889549, 480, (60, 10))"


def test_the_digits_stand_upright(run, folder):
    """Unrolled by columns and read by rows they would lie on their side; ours come back as they were."""
    ours = {row.tobytes() for row in np.rint(load_digits().x * 255).astype(int)}
    own = load_digits(path=folder)
    assert all(row.tobytes() in ours for row in np.rint((own.x + 0.06) / 1.11 * 255).astype(int))


def test_the_board_has_a_row_of_the_readers(run):
    boards = [text for source, text in run if "my_shares" in source and "leaderboard" in source]
    assert "\nmine " in "\n" + boards[0]
