"""Make notebooks/ from chapters/: flatten, run what changed, write the same bytes every time.

python book/_ext/notebooks.py             run what changed
python book/_ext/notebooks.py --all       run everything
python book/_ext/notebooks.py --check     change nothing, say what is stale
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

import alone
import digest
import runs
from execution import RunError, execute
from rendering import address, address_in, code_sources, outputs_digest, render

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS, NOTEBOOKS = ROOT / "chapters", ROOT / "notebooks"
PROSE = "the chapter's prose has changed since, or the notebook was edited by hand"


def chapters():
    """The chapters' files, in reading order."""
    return sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))


def notebook_of(chapter):
    """Where a chapter's notebook lies."""
    return NOTEBOOKS / (chapter.stem + ".ipynb")


def read(chapter):
    """The committed notebook of a chapter, or None if there is none, or one that a merge has torn."""
    file = notebook_of(chapter)
    try:
        return nbformat.read(file, as_version=4) if file.is_file() else None
    except nbformat.reader.NotJSONError:
        return None


def outputs_of(notebook):
    """The outputs of each code cell but the first, which only installs."""
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"][1:]


def problem(chapter):
    """Why a chapter's notebook is stale, or an empty string.

    Which repository its first cell installs from does not count: a fork's notebooks are fresh.
    """
    notebook = read(chapter)
    if notebook is None:
        return "there is no notebook yet that can be read"
    noted = notebook.metadata.get("byhand", {})
    if noted.get("digest") != digest.digest(code_sources(chapter)):
        return "the chapter's code, the package under it or the lock has changed since it was run"
    if noted.get("outputs") != outputs_digest(notebook):
        return "its outputs are not those of the run: they were edited by hand"
    fresh = render(chapter, outputs_of(notebook), address_in(notebook))
    if nbformat.writes(fresh) != nbformat.writes(notebook):
        return PROSE
    return ""


def make(chapter, why, run=execute):
    """Bring one notebook up to date; what was done, in words.

    Args:
        chapter: path of the chapter.
        why: what is wrong with its notebook, as `problem` says it.
        run: gives the outputs and the seconds, as `execute` does.
    """
    notebook = read(chapter)
    if not why and address_in(notebook) == address(notebook):
        return f"{chapter.stem}: nothing changed"
    if not why or why == PROSE:
        write(chapter, outputs_of(notebook))
        return f"{chapter.stem}: text brought up to date, no cell run"
    outputs, seconds = run(chapter)
    runs.record(chapter, digest.digest(code_sources(chapter)), seconds)
    write(chapter, outputs)
    return f"{chapter.stem}: run in {seconds:.0f} s, because {why}"


def write(chapter, outputs):
    """Write the notebook whole or not at all."""
    notebook = render(chapter, outputs, address(read(chapter)))
    runs.replace(notebook_of(chapter), nbformat.writes(notebook) + "\n")


def check():
    """Print what is stale and the command that mends it; the number of stale notebooks."""
    stale = {chapter.stem: why for chapter in chapters() if (why := problem(chapter))}
    orphans = {file.stem for file in NOTEBOOKS.glob("*.ipynb")} - {chapter.stem for chapter in chapters()}
    stale |= dict.fromkeys(sorted(orphans), "it has no chapter; remove it")
    for name, why in stale.items():
        print(f"notebooks/{name}.ipynb is stale: {why}. Run `make notebooks`.")
    return len(stale)


def main():
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="run every chapter, changed or not")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is stale")
    arguments = parser.parse_args()
    if arguments.check:
        sys.exit(check())
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with alone.turn():
        sys.exit(make_all({c: "asked for" if arguments.all else problem(c) for c in chapters()}))


def make_all(reasons):
    """Bring all notebooks up to date, two running at a time; how many failed.

    The threads do nothing but run: ast.parse of Python 3.11 fails now and then in two threads at once.
    """
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        running = {c: pool.submit(execute, c) for c, why in reasons.items() if why not in ("", PROSE)}
        for chapter, why in reasons.items():
            try:
                print("   " + make(chapter, why, lambda c: running[c].result()), flush=True)
            except (RunError, OSError) as error:
                failed += 1
                print(f"   {chapter.stem}: no new notebook. {error}", file=sys.stderr, flush=True)
    return failed


if __name__ == "__main__":
    main()
