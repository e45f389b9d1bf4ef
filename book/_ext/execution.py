"""Run a chapter's cells in a kernel of their own, and say in words what kept it from the end."""

import tempfile
import time

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

TIMEOUT = 300  # seconds that a cell may take


class RunError(Exception):
    """A run that did not come to its end: which chapter, which cell, and why."""


def execute(chapter):
    """Run a chapter in an empty folder; the outputs of each code cell, and the seconds it took.

    Raises:
        RunError: if a cell fails, or takes longer than TIMEOUT, or if the kernel dies.
    """
    source = jupytext.read(chapter)
    cells = [nbformat.v4.new_code_cell(c.source) for c in source.cells if c.cell_type == "code"]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": source.metadata["kernelspec"]})
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        _run(notebook, folder, chapter.stem)
    return [cell.outputs for cell in notebook.cells], time.perf_counter() - started


def _run(notebook, folder, name):
    begun = []
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": folder}},
        extra_arguments=["--log-level=ERROR"],
        on_cell_start=lambda cell, cell_index: begun.append(cell),
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        where = f"code cell {len(begun)} of {name}:\n{begun[-1].source}" if begun else f"the start of {name}"
        raise RunError(f"{_reason(error)} in {where}\n{getattr(error, 'traceback', '')}".strip()) from error


def _reason(error):
    if isinstance(error, CellTimeoutError):
        return f"Expected every cell to end within {TIMEOUT} s. Received: still at work"
    if isinstance(error, DeadKernelError):
        return "Expected the kernel to live to the end. Received: it died"
    return f"Expected every cell to run. Received: {error.ename}: {error.evalue}"
