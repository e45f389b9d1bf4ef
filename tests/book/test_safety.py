"""Nothing that a reader runs unpickles a file, runs text as code, or asks a network for anything."""

import ast
import inspect
import re
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "code").rglob("*.py"), *(ROOT / "book" / "_ext").glob("*.py")])
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))
PICKLING = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
NETWORK = {"socket", "ssl", "http", "ftplib", "requests", "urllib3", "httpx", "aiohttp", "urllib.request"}
# What is meant, each with its reason.
MEANT = {
    "code/byhand/data/digits.py": ["load_data"],  # MNIST for who asks for it; Keras compares its SHA-256
    "code/byhand/launcher.py": ["socket"],  # is a port of this machine free?
}
CALLS = {"eval", "exec", "compile", "urlopen", "urlretrieve", "get_file", "load_data"}


def risks(source):
    """What in a source unpickles, runs text or fetches: line and name."""
    tree = ast.parse(re.sub(r"^\s*[%!].*$", "pass", source, flags=re.M))
    return [
        f"{node.lineno}: {name}" for node in ast.walk(tree) for name in names(node) if is_risk(name, node)
    ]


def names(node):
    """The modules that a node imports, the function that it calls, and its argument allow_pickle."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module, *(f"{module}.{alias.name}" for alias in node.names)]
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        allowed = [k for k in node.keywords if k.arg == "allow_pickle" and getattr(k.value, "value", True)]
        return [called] + ["allow_pickle"] * len(allowed)
    return []


def is_risk(name, node):
    if isinstance(node, ast.Call):
        own = isinstance(node.func, ast.Name) or name not in (
            "eval",
            "exec",
            "compile",
        )  # model.compile is Keras's
        return own and (name in CALLS or name == "allow_pickle" or name.startswith("fetch_"))
    return name.split(".")[0] in PICKLING | NETWORK or name in NETWORK


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_takes_no_risk(path):
    found = [risk.split(": ")[1] for risk in risks(path.read_text(encoding="utf-8"))]
    assert found == MEANT.get(path.relative_to(ROOT).as_posix(), [])


def test_keras_compares_what_it_fetches_with_its_sha_256():
    mnist = pytest.importorskip("keras.datasets.mnist")
    assert re.search(r'file_hash=\(?\s*(?:#.*\s*)?"[0-9a-f]{64}"', inspect.getsource(mnist.load_data))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_no_cell_of_a_chapter_takes_a_risk(chapter):
    cells = [cell.source for cell in jupytext.read(chapter).cells if cell.cell_type == "code"]
    assert [risk for source in cells for risk in risks(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "np.load(file, allow_pickle=True)",
        "np.load(file, allow_pickle=choice)",
        "eval(text)",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "fetch_openml('mnist_784')",
        "keras.datasets.mnist.load_data()",
        "import socket",
    ],
)
def test_a_risk_would_be_seen(source):
    assert len(risks(source)) >= 1


@pytest.mark.parametrize(
    "source", ["np.load(f, allow_pickle=False)", "model.compile()", "from urllib.parse import quote"]
)
def test_what_is_harmless_is_left_alone(source):
    assert risks(source) == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.stem)
def test_each_locked_package_has_its_hashes(lock):
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if re.match(r"[\w.\[\]-]+==", line)]
    assert len(pins) > 3
    assert [pin[:60] for pin in pins if "--hash=sha256:" not in pin] == []
