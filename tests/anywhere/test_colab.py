"""Each notebook as Colab opens it: alone, in an environment that has never seen the book."""

import pytest
from elsewhere import ROOT, environment, installed, kernel, nbval, outside, wheel, write

import notebooks
import rendering

CHAPTERS = notebooks.chapters()
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
    fresh = folder / chapter.stem
    notebook = rendering.render(chapter, notebooks.outputs_of(notebooks.read(chapter)), address)
    file = write(notebook, fresh / "content" / f"{chapter.stem}.ipynb")
    words = ["--nbval-kernel-name", "elsewhere", "--nbval-cell-timeout=600"]
    nbval(file, words=words, cwd=file.parent, env=outside(JUPYTER_PATH=str(folder / "jupyter")))
    after = installed(interpreter)
    assert after.pop("byhand")
    assert after == before, "the first cell replaced what was there: Colab would ask to restart"
