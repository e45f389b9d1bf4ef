"""One chapter as a notebook: its text flattened, its cells with the outputs they are given."""

import ast
import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path

import jupytext
import nbformat

import bibliography
import digest
import flatten
import repository
import runs

ROOT = Path(__file__).resolve().parents[2]
GLUED = "application/papermill.record/text/plain"
ADDRESS = re.compile(r"git\+https://github\.com/[^\s\"]+")
INSTALL = """\
# Where the book's package is missing, this installs it: from the copy around the notebook{or_from}.
import importlib.util
from pathlib import Path

if not all(map(importlib.util.find_spec, ("byhand", "keras", "tensorflow"))):
    if Path("../pyproject.toml").is_file():
        %pip install --quiet "..[chapters]"
    else:
        {otherwise}
"""
FROM_ADDRESS = '%pip install --quiet "byhand[chapters] @ {address}"'
NOWHERE = 'raise FileNotFoundError(f"Expected a copy of the book around me. Received: {Path.cwd()}")'


def code_sources(chapter):
    """The text of each code cell of a chapter."""
    return list(_code_sources(chapter.read_text(encoding="utf-8")))


@cache
def _code_sources(text):
    return [cell.source for cell in jupytext.reads(text, fmt="md:myst").cells if cell.cell_type == "code"]


def render(chapter, outputs, address):
    """The chapter as a notebook with these outputs, one list a code cell; None where none were made yet.

    Args:
        chapter: path of the MyST file.
        outputs: list of lists of outputs, in the order of the chapter's code cells.
        address: where the first cell installs from; may be empty.
    """
    source = jupytext.read(chapter)
    text = chapter.read_text(encoding="utf-8")
    context = flatten.Context(
        folder=chapter.parent,
        equations=equations(chapter),
        exercises=flatten.number_exercises(text, int(chapter.stem[:2])),
        values=glued(outputs),
        bibliography=bibliography.authors_and_years(),
        runtime=runs.runtime(chapter),
    )
    cells = [_setup_cell(address)]
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
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = _metadata(digest.digest(code_sources(chapter)), outputs_digest(notebook))
    return notebook


def equations(chapter):
    """{label: "chapter.k"} of the equations of this chapter and of those beside it."""
    found = {}
    for other in sorted({chapter, *chapter.parent.glob("[0-9][0-9]-*.md")}):
        found |= flatten.number_equations(other.read_text(encoding="utf-8"), int(other.stem[:2]))
    return found


def _parts(text, context):
    """A markdown cell, cut where a solution begins or ends so that only the solution is folded."""
    for piece in re.split(r"(?=^`{3,}\{solution-(?:start|end)\})", text, flags=re.M):
        if re.match(r"`{3,}\{solution-end\}", piece):
            context.solving = ""
        flat = flatten.flatten(piece, context)
        if flat:
            yield flat


def _setup_cell(address):
    otherwise = FROM_ADDRESS.format(address=address) if address else NOWHERE
    or_from = ", or from its repository" if address else ""
    return nbformat.v4.new_code_cell(INSTALL.format(otherwise=otherwise, or_from=or_from))


def address(notebook):
    """Where the first cell is to install from: the repository that the environment names, else as it stands.

    A git remote does not count: a fork made to send a change back would differ in every notebook.
    """
    if os.environ.get("BOOK_REPOSITORY") or os.environ.get("GITHUB_REPOSITORY"):
        found = repository.find(ROOT)
        return f"git+{found.url}@{found.branch}"
    return address_in(notebook) if notebook else ""


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


def _metadata(code, outputs):
    return nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "byhand": {"digest": code, "outputs": outputs},
        }
    )


def outputs_digest(notebook):
    """SHA-256 over all outputs, images too: nbval compares no images, and nobody should paint in them."""
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256(json.dumps(outputs, sort_keys=True).encode()).hexdigest()


def glued(outputs):
    """{name: text} of the values the run named for the prose."""
    values = {}
    for output in (output for cell in outputs if cell for output in cell):
        scrap = output.get("metadata", {}).get("scrapbook")
        if scrap:
            values[scrap["name"]] = ast.literal_eval(output.data[GLUED])
    return values


def address_in(notebook):
    """Where the first cell of a notebook installs from, or an empty string."""
    found = ADDRESS.search(notebook.cells[0].source)
    return found[0] if found else ""
