"""What Binder does with binder/, and what a reader does there: open a chapter, run it, move its figure."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from elsewhere import clone, environment, outside, run

CHAPTER = "04-softmax"
TOKEN = "a-token-of-the-test"
SECONDS = 600
pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("binder")]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The repository as Binder clones it; the reader's notebook has not been run."""
    folder = clone(tmp_path_factory.mktemp("binder") / "home")
    file = folder / "notebooks" / f"{CHAPTER}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, file)
    return folder


@pytest.fixture(scope="module")
def settings(home):
    """A new environment, made as repo2docker makes it: the requirements, then postBuild, from the root."""
    version = (home / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    requirements = home / "binder" / "requirements.txt"
    interpreter = environment(home.parent / "environment", version, "--requirement", requirements)
    path = f"{interpreter.parent}{os.pathsep}{os.environ['PATH']}"
    found = outside(HOME=str(home), PATH=path, VIRTUAL_ENV=str(interpreter.parents[1]))
    run(home / "binder" / "postBuild", cwd=home, env=found)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(home, settings):
    """The address of a JupyterLab that has been started in the repository."""
    port = free_port()
    words = ["--no-browser", "--allow-root", "--ServerApp.port_retries=0", f"--ServerApp.port={port}"]
    command = [
        shutil.which("jupyter", path=settings["PATH"]),
        "lab",
        *words,
        f"--IdentityProvider.token={TOKEN}",
    ]
    with (home.parent / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=home, env=settings, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    yield wait_for(address, server, home.parent / "log")
    server.terminate()
    server.wait(60)


def wait_for(address, server, log):
    over = time.monotonic() + SECONDS
    while time.monotonic() < over and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return address
    pytest.fail(f"Expected JupyterLab to start. Received: {log.read_text()[-2000:]}")


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SECONDS * 1000)
    yield page
    page.close()


def open_in_lab(page, lab, path):
    page.goto(f"{lab}/lab/tree/{path}?token={TOKEN}&reset")
    page.locator(".jp-NotebookPanel:visible .jp-CodeCell").first.wait_for()


def menu(page, name, item):
    page.locator(".lm-MenuBar-item", has_text=name).first.click()
    page.locator(".lm-Menu-item", has_text=item).first.click()


def run_to_the_end(page, file):
    """Run All, and then save until the file has a number for every cell; the notebook as it was saved."""
    page.locator(".jp-NotebookPanel:visible").get_by_text("Python 3").first.wait_for()
    menu(page, "Run", "Run All Cells")
    over = time.monotonic() + SECONDS
    while time.monotonic() < over:
        page.wait_for_timeout(3000)
        page.keyboard.press("Control+s")
        cells = [c for c in nbformat.read(file, as_version=4).cells if c.cell_type == "code" and c.source]
        if all(cell.execution_count for cell in cells):
            return cells
    done = sum(bool(cell.execution_count) for cell in cells)
    pytest.fail(f"Expected {len(cells)} cells to run within {SECONDS} s. Received: {done}")


def test_a_chapter_opens_as_a_notebook(page, lab):
    """A click on the MyST file, as postBuild sets it."""
    open_in_lab(page, lab, f"chapters/{CHAPTER}.md")
    title = page.locator(".jp-NotebookPanel .jp-MarkdownCell h1").first
    title.wait_for()
    assert title.inner_text().startswith("Softmax")


def test_a_notebook_runs_from_top_to_bottom_and_its_figure_moves(page, lab, home):
    file = Path(home, "notebooks", f"{CHAPTER}.ipynb")
    open_in_lab(page, lab, f"notebooks/{CHAPTER}.ipynb")
    cells = run_to_the_end(page, file)
    assert not [o for cell in cells for o in cell.outputs if o.output_type == "error"]
    slider = page.locator(".jp-OutputArea input[type=range]").first
    slider.scroll_into_view_if_needed()
    figure = page.locator(".jp-OutputArea-output", has=page.locator("input[type=range]")).first
    before = figure.inner_text()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert figure.inner_text() != before
