"""Student notebooks as nbgrader assignments: below each exercise a locked cell that gives a point for it.

python book/_ext/grading.py COURSE    write COURSE/source/<chapter>/<chapter>.ipynb, after `make student`
"""

import ast
import sys
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
# What nbgrader notes of a cell.
MARKS = {"grade": True, "points": 1, "locked": True, "solution": False, "task": False, "schema_version": 3}
STUDENT = ROOT / "_build" / "student" / "source" / "notebooks"


def checked(source):
    """The call of a check that a cell ends with, as (name, arguments), or None."""
    try:
        last = ast.parse(source).body[-1].value
        is_check = last.func.value.id == "check" and last.func.attr != "report"
    except (SyntaxError, IndexError, AttributeError):
        return None
    return (last.func.attr, ", ".join(map(ast.unparse, last.args))) if is_check else None


def graded(name, arguments):
    """A cell that fails unless the answer is right, by the verdict that the student has seen."""
    source = f"from byhand.exercises import check\n\nassert check.{name}.is_right({arguments})"
    cell = nbformat.v4.new_code_cell(source, id=f"grade-{name.replace('_', '-')}"[:64])
    cell.metadata["nbgrader"] = MARKS | {"grade_id": name}
    return cell


def assignment(notebook):
    """The notebook with a graded cell below each exercise, and without outputs."""
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if found := checked(cell.source):
            cells.append(graded(*found))
    notebook.cells = cells
    return notebook


def main():
    """Command line."""
    course = Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
    found = sorted(STUDENT.glob("*.ipynb"))
    if not found:
        sys.exit(f"Expected notebooks without solutions, made by `make student`. Received: none in {STUDENT}")
    for path in found:
        target = course / "source" / path.stem / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(assignment(nbformat.read(path, as_version=4)), target)
    print(f"   {len(found)} assignments: {course / 'source'}")


if __name__ == "__main__":
    main()
