"""Make notebooks/ from chapters/: flatten, run what changed, write the same bytes every time.

python book/_ext/notebooks.py             run what changed
python book/_ext/notebooks.py --all       run everything
python book/_ext/notebooks.py --check     change nothing, say what is stale
"""

import argparse
import ast
import hashlib
import json
import math
import os
import platform
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
import repository
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

import bibliography
import digest
import flatten

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS, NOTEBOOKS = ROOT / "chapters", ROOT / "notebooks"
RUNS = NOTEBOOKS / "runs.json"
TIMEOUT = 300
GLUED = "application/papermill.record/text/plain"
INSTALL = """\
# On a new machine (Colab, say) this installs the book's package; elsewhere it does nothing.
import importlib.util

if importlib.util.find_spec("byhand") is None or importlib.util.find_spec("keras") is None:
    %pip install --quiet "{requirement}"
"""


def chapters():
    """The chapters' files, in reading order."""
    return sorted(CHAPTERS.glob("[0-9][0-9]-*.md"))


def notebook_of(chapter):
    """Where a chapter's notebook lies."""
    return NOTEBOOKS / (chapter.stem + ".ipynb")


def code_sources(chapter):
    """The text of each code cell of a chapter."""
    return [cell.source for cell in jupytext.read(chapter).cells if cell.cell_type == "code"]


def render(chapter, outputs):
    """The chapter as a notebook with these outputs, one list a code cell; None where none were made yet.

    Args:
        chapter: path of the MyST file.
        outputs: list of lists of outputs, in the order of the chapter's code cells.
    """
    source = jupytext.read(chapter)
    text = chapter.read_text(encoding="utf-8")
    context = flatten.Context(
        folder=chapter.parent,
        equations=flatten.number_equations(text, int(chapter.stem[:2])),
        exercises=flatten.number_exercises(text, int(chapter.stem[:2])),
        values=glued(outputs),
        bibliography=bibliography.authors_and_years(),
        runtime=runtime(chapter),
    )
    cells = [_setup_cell()]
    remaining = iter(outputs)
    for cell in source.cells:
        if cell.cell_type == "code":
            cells.append(_code_cell(cell, next(remaining), context.solving))
            continue
        for part in _parts(cell.source, context):
            cells.append(nbformat.v4.new_markdown_cell(part))
    if context.cited:
        entries = "\n".join(f"- {entry}" for entry in bibliography.entries(context.cited))
        cells.append(nbformat.v4.new_markdown_cell(f"## References of this chapter\n\n{entries}"))
    _name(cells)
    return nbformat.v4.new_notebook(cells=cells, metadata=_metadata(chapter))


def _parts(text, context):
    """A markdown cell, cut where a solution begins or ends so that only the solution is folded."""
    for piece in re.split(r"(?=^`{3,}\{solution-(?:start|end)\})", text, flags=re.M):
        if piece.startswith("```{solution-end}") or piece.startswith("````{solution-end}"):
            context.solving = ""
        flat = flatten.flatten(piece, context)
        if flat:
            yield flat


def _setup_cell():
    cell = nbformat.v4.new_code_cell(INSTALL.format(requirement=requirement()))
    cell.execution_count = 1
    return cell


def requirement():
    """What pip installs the package from: the repository, or the folder above where there is none."""
    found = repository.find(ROOT)
    return (
        f"byhand[chapters] @ git+https://github.com/{found.owner}/{found.name}" if found else "..[chapters]"
    )


def _code_cell(cell, outputs, solving):
    metadata = {key: value for key, value in cell.metadata.items() if key in ("tags", "mystnb")}
    if solving or "remove-cell" in metadata.get("tags", ()):
        metadata |= {"jupyter": {"source_hidden": True}, "cellView": "form"}
    return nbformat.v4.new_code_cell(cell.source, metadata=metadata, outputs=outputs or [])


def _name(cells):
    """Ids from what a cell says, so that a change elsewhere moves none; execution counts in order."""
    seen, count = {}, 0
    for cell in cells:
        key = hashlib.sha256(f"{cell.cell_type}\0{cell.source}".encode()).hexdigest()[:8]
        seen[key] = seen.get(key, 0) + 1
        cell.id = key if seen[key] == 1 else f"{key}-{seen[key]}"
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count


def _metadata(chapter):
    return {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "byhand": {"digest": digest.digest(code_sources(chapter))},
    }


def glued(outputs):
    """{name: text} of the values the run named for the prose."""
    values = {}
    for output in (output for cell in outputs if cell for output in cell):
        scrap = output.get("metadata", {}).get("scrapbook")
        if scrap:
            values[scrap["name"]] = ast.literal_eval(output.data[GLUED])
    return values


def read(chapter):
    """The committed notebook of a chapter, or None."""
    file = notebook_of(chapter)
    return nbformat.read(file, as_version=4) if file.is_file() else None


def outputs_of(notebook):
    """The outputs of each code cell but the first, which only installs."""
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"][1:]


def problem(chapter):
    """Why a chapter's notebook is stale, or an empty string."""
    notebook = read(chapter)
    if notebook is None:
        return "there is no notebook yet"
    if notebook.metadata.get("byhand", {}).get("digest") != digest.digest(code_sources(chapter)):
        return "the chapter's code, the package under it or the lock has changed since it was run"
    if nbformat.writes(render(chapter, outputs_of(notebook))) != nbformat.writes(notebook):
        return "the chapter's prose has changed since, or the notebook was edited by hand"
    return ""


def execute(chapter):
    """Run a chapter in an empty folder; the outputs of each code cell, and the seconds it took."""
    source = jupytext.read(chapter)
    cells = [nbformat.v4.new_code_cell(c.source) for c in source.cells if c.cell_type == "code"]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": source.metadata["kernelspec"]})
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            notebook,
            timeout=TIMEOUT,
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
            extra_arguments=["--log-level=ERROR"],
        ).execute()
    return [cell.outputs for cell in notebook.cells], time.perf_counter() - started


def make(chapter, always=False):
    """Bring one notebook up to date; what was done, in words."""
    why = "asked for" if always else problem(chapter)
    if not why:
        return f"{chapter.stem}: nothing changed"
    notebook = read(chapter)
    current = notebook and notebook.metadata.get("byhand", {}).get("digest")
    if not always and current == digest.digest(code_sources(chapter)):
        write(chapter, outputs_of(notebook))
        return f"{chapter.stem}: text brought up to date, no cell run"
    outputs, seconds = execute(chapter)
    record(chapter, seconds)
    write(chapter, outputs)
    return f"{chapter.stem}: run in {seconds:.0f} s, because {why}"


def write(chapter, outputs):
    """Write the notebook whole or not at all."""
    text = nbformat.writes(render(chapter, outputs)) + "\n"
    NOTEBOOKS.mkdir(exist_ok=True)
    replace(notebook_of(chapter), text)


def replace(file, text):
    """Put text in a file's place in one move, so that a build killed half way leaves the old one."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as draft:
        draft.write(text)
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, file)


def record(chapter, seconds):
    """Note how long a run took, rounded up to five seconds; a repeat of the same run keeps the first note."""
    noted = runs()
    now = {"digest": digest.digest(code_sources(chapter)), "python": platform.python_version()}
    if noted.get(chapter.stem, {}).get("digest") != now["digest"]:
        noted[chapter.stem] = now | {"seconds": 5 * math.ceil(seconds / 5)}
        replace(RUNS, json.dumps(noted, indent=1, sort_keys=True) + "\n")


def runs():
    """{chapter: what was noted of its last run}."""
    return json.loads(RUNS.read_text(encoding="utf-8")) if RUNS.is_file() else {}


def runtime(chapter):
    """How long the chapter's run took, in words."""
    noted = runs().get(chapter.stem)
    return f"about {noted['seconds']} s" if noted else "not measured yet"


def check():
    """Print what is stale and the command that mends it; the number of stale notebooks."""
    stale = {chapter.stem: why for chapter in chapters() if (why := problem(chapter))}
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
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        making = {chapter: pool.submit(make, chapter, arguments.all) for chapter in chapters()}
        for chapter, run in making.items():
            try:
                print("   " + run.result(), flush=True)
            except CellExecutionError as error:
                failed += 1
                print(f"   {chapter.stem}: a cell failed\n{error}", file=sys.stderr)
    sys.exit(failed)


if __name__ == "__main__":
    main()
