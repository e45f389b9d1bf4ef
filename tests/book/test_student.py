"""The student edition: no solution is left, everything else is."""

import re
import subprocess
import sys

import nbformat
import pytest

import notebooks
import student

CHAPTERS = notebooks.chapters()
SOLVED = """
```{exercise-start} Add
:label: ex-add
```

Add.

```{code-cell}
answer = ...
```

```{exercise-end}
```

```{solution-start} ex-add
:class: dropdown
```

It is three.

```{code-cell}
answer = 3
```

```{solution-end}
```

## Next
"""


def test_a_solution_goes_and_nothing_else():
    assert student.strip(SOLVED) == SOLVED[: SOLVED.index("```{solution-start}")] + "## Next\n"
    assert student.kept(SOLVED) == [True, False]


@pytest.mark.parametrize("torn", [SOLVED.replace("solution-end", "exercise-end"), "```{solution-end}\n```\n"])
def test_half_a_solution_is_refused(torn):
    with pytest.raises(ValueError, match=r"Expected every solution to start and to end\. Received"):
        student.strip(torn)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The book copied without solutions."""
    target = tmp_path_factory.mktemp("student") / "a book"
    student.copy(target)
    for chapter in CHAPTERS:
        student.edition(chapter, target)
    return target


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.stem)
def test_a_notebook_keeps_every_cell_but_the_solutions_with_the_outputs_of_the_run(folder, chapter):
    whole = notebooks.read(chapter)
    without = nbformat.read(folder / "notebooks" / f"{chapter.stem}.ipynb", as_version=4)
    text = chapter.read_text(encoding="utf-8")
    solved = "".join(solution.group() for solution in student.SOLUTION.finditer(text))
    cells = [[c for c in book.cells if c.cell_type == "code"] for book in (whole, without)]
    gone = len(re.findall(r"^```\{code-cell\}", solved, re.M))
    assert gone > 0
    assert len(cells[0]) - len(cells[1]) == gone
    outputs = iter((c.source, c.outputs) for c in cells[0])
    for cell in cells[1]:
        pair = next(pair for pair in outputs if pair[0] == cell.source)
        assert [strip_counts(o) for o in pair[1]] == [strip_counts(o) for o in cell.outputs]
    assert "Solution to exercise" not in nbformat.writes(without)
    assert nbformat.writes(without).count("### Exercise") == nbformat.writes(whole).count("### Exercise") > 0


def strip_counts(output):
    return {key: value for key, value in output.items() if key != "execution_count"}


def test_nothing_of_the_student_book_is_stale(folder):
    """Its own generator would write the same bytes, so that no cell is run when it is built."""
    check = [sys.executable, "book/_ext/notebooks.py", "--check"]
    found = subprocess.run(check, cwd=folder, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
