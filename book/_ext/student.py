"""The student edition: the same book without the solutions, for classes that hand exercises in.

python book/_ext/student.py    write _build/student/source, a book of its own with its notebooks
"""

import re
import shutil
import subprocess
from pathlib import Path

import nbformat

import notebooks
from rendering import address_in, render

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "_build" / "student" / "source"
SOLUTION = re.compile(
    r"^(?P<mark>`{3,})\{solution-start\}.*?^`{3,}\{solution-end\}\n(?P=mark)\n+", re.M | re.S
)
CELL = re.compile(r"^`{3,}\{code-cell\}", re.M)


def strip(text):
    """A chapter's text without its solutions.

    Raises:
        ValueError: if a part of a solution is left over.
    """
    stripped = SOLUTION.sub("", text)
    if left := re.search(r"\{solution-(?:start|end)\}.*", stripped):
        raise ValueError(f"Expected every solution to start and to end. Received: {left.group()!r}")
    return stripped


def kept(text):
    """For each code cell of a chapter's text, whether it stays."""
    stays, end = [], 0
    for solution in SOLUTION.finditer(text):
        stays += [True] * len(CELL.findall(text[end : solution.start()]))
        stays += [False] * len(CELL.findall(solution.group()))
        end = solution.end()
    return stays + [True] * len(CELL.findall(text[end:]))


def edition(chapter, folder):
    """Write a chapter without solutions, and its notebook, under folder; the outputs are those of the run."""
    text, notebook = chapter.read_text(encoding="utf-8"), notebooks.read(chapter)
    student = folder / "chapters" / chapter.name
    student.write_text(strip(text), encoding="utf-8")
    outputs = [o for o, stays in zip(notebooks.outputs_of(notebook), kept(text), strict=True) if stays]
    fresh = render(student, outputs, address_in(notebook))
    target = folder / "notebooks" / notebooks.notebook_of(chapter).name
    target.write_text(nbformat.writes(fresh) + "\n", encoding="utf-8")


def copy(folder):
    """The files of the book that are under version control, in a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    config = folder / "_config.yml"
    title = re.sub(r"^(title: .*)$", r"\1, without solutions", config.read_text("utf-8"), flags=re.M)
    config.write_text(title, encoding="utf-8")


def main():
    """Command line."""
    stale = [chapter.stem for chapter in notebooks.chapters() if notebooks.problem(chapter)]
    if stale:
        raise SystemExit(
            f"Expected fresh notebooks: run `make notebooks`. Received: stale={', '.join(stale)}"
        )
    copy(TARGET)
    for chapter in notebooks.chapters():
        edition(chapter, TARGET)
    print(f"   {len(notebooks.chapters())} chapters and notebooks without solutions: {TARGET}")


if __name__ == "__main__":
    main()
