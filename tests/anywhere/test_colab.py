"""Each notebook as Colab opens it: alone, in an environment that has never seen the book."""

import pytest
from elsewhere import ROOT, environment, installed, kernel, nbval, outside, wheel, write

import notebooks
import rendering

CHAPTERS = notebooks.chapters()
# Cells that say how hundreds of steps of a CNN in single precision end: another NumPy rounds otherwise, and
# what starts as the last bit of a weight becomes one picture of a hundred. They run, and aren't compared.
ROUNDED = {
    "08-convolution": (
        "cnn_still=band(",
        'learned = networks["CNN"]',
        "def slope_share(",
        "moved = np.concatenate(",
    )
}
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("colab")]


@pytest.fixture(scope="module")
def colab(tmp_path_factory):
    """A folder without the repository, the Python of its kernel, and the address that the first cells get."""
    folder = tmp_path_factory.mktemp("colab")
    interpreter = environment(
        folder / "runtime", "3.12", "--requirement", ROOT / "tests" / "anywhere" / "colab.txt"
    )
    kernel(interpreter, folder / "jupyter")
    return folder, interpreter, wheel(folder).as_uri()


@pytest.fixture(scope="module")
def before(colab):
    """What is installed before the first notebook runs."""
    return installed(colab[1])


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_a_notebook_runs_as_colab_opens_it(chapter, colab, before):
    folder, interpreter, address = colab
    outputs = notebooks.outputs_of(notebooks.read(chapter))
    fresh = folder / chapter.stem
    notebook = rendering.render(chapter, outputs, address)
    for words in ROUNDED.get(chapter.stem, ()):
        (cell,) = [cell for cell in notebook.cells if cell.cell_type == "code" and words in cell.source]
        cell.metadata["tags"] = [*cell.metadata.get("tags", ()), "nbval-ignore-output"]
    file = write(notebook, fresh / "content" / f"{chapter.stem}.ipynb")
    words = ["--nbval-kernel-name", "elsewhere", "--nbval-cell-timeout=600"]
    nbval(file, words=words, cwd=file.parent, env=outside(JUPYTER_PATH=str(folder / "jupyter")))
    after = installed(interpreter)
    assert after.pop("byhand")
    assert after == before, "the first cell replaced what was there: Colab would ask to restart"
