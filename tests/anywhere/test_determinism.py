"""Ten runs of every chapter, each under other circumstances, all with the outputs that are committed."""

import shutil
import subprocess
from dataclasses import dataclass, field

import pytest
from elsewhere import ROOT, nbval, outside

import notebooks

THREADS = ("OPENBLAS_NUM", "OMP_NUM", "MKL_NUM", "TF_NUM_INTRAOP", "TF_NUM_INTEROP")
# In a name space of its own the process may do what elsewhere only root may.
NO_NETWORK = ["--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
READ_ONLY_HOME = ["--mount", "sh", "-c", 'mount -t tmpfs -o ro tmpfs "$HOME" && exec "$@"', "sh"]
pytestmark = pytest.mark.slow


@dataclass
class Circumstances:
    """What is other than usual: variables of the environment, the folder, or what a process may do."""

    settings: dict[str, str] = field(default_factory=dict)
    folder: str = "book"
    spaces: list[str] = field(default_factory=list)


def threads(count):
    return {f"{name}_THREADS": str(count) for name in THREADS}


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
RUNS = {
    "one thread": Circumstances(threads(1)),
    "two threads": Circumstances(threads(2)),
    "four threads": Circumstances(threads(4)),
    "hash seed 1": Circumstances({"PYTHONHASHSEED": "1"}),
    "hash seed 4242": Circumstances({"PYTHONHASHSEED": "4242"}),
    "a locale of 1963": Circumstances(ASCII),
    "the other end of the world": Circumstances({"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8"}),
    "spaces and letters beyond ASCII": Circumstances(folder="Ein Buch – дом 本"),
    # Without a place for its list of fonts, matplotlib says on stderr that it has chosen another.
    "a home that can't be written to": Circumstances({"MPLCONFIGDIR": "fonts"}, spaces=READ_ONLY_HOME),
    "no network": Circumstances(spaces=NO_NETWORK),
}


def unshared(words, home):
    """The start of a command that runs in name spaces of its own, or no test where there are none."""
    start = ["unshare", "--map-root-user", *words] if words else []
    if words and subprocess.run([*start, "true"], env=outside(HOME=str(home))).returncode:
        pytest.skip(
            "Expected a system with name spaces for everybody (unshare --map-root-user). Received: none"
        )
    return start


def test_there_are_ten_runs():
    assert len(RUNS) == 10


@pytest.mark.parametrize("chapter", notebooks.chapters(), ids=lambda chapter: chapter.stem)
@pytest.mark.parametrize("run", RUNS)
def test_a_chapter_gives_the_same_outputs(run, chapter, tmp_path):
    circumstances = RUNS[run]
    folder, home = tmp_path / circumstances.folder, tmp_path / "home"
    home.mkdir()
    start = unshared(circumstances.spaces, home)
    shutil.copytree(ROOT / "code", folder / "code", ignore=shutil.ignore_patterns("__pycache__"))
    file = shutil.copy(notebooks.notebook_of(chapter), folder)
    settings = {"HOME": str(home), "PYTHONPATH": str(folder / "code")} | circumstances.settings
    words = ["--nbval-current-env", "--nbval-cell-timeout=600"]
    nbval(file, words=words, start=start, cwd=folder, env=outside() | settings)
