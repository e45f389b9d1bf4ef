"""How far the chapters are from Jupyter Book 2: its engine, mystmd, reads them, and names what it lacks."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "npm" / "node_modules" / ".bin" / "myst"
PROJECT = """version: 1
project:
  bibliography: [book/references.bib]
  toc: [{file: book/index.md}, {pattern: chapters/*.md}, {file: book/glossary.md}]
site: {}
"""
# What the chapters use that mystmd doesn't know, as CONTRIBUTING.md lists it.
LACKS = {
    "unknown role: glue:text": "numbers in the text",
    "unknown role: run-time": "the time on the card",
    "unknown directive: quiz": "quizzes",
    'unexpected option "mystnb" provided (in code-cell)': "alt texts of outputs",
    'value is not a string for option "tags" (in code-cell)': "tags of cells",
    'unexpected option "pyobject" provided (in literalinclude)': "listings by name",
    'unexpected option "dedent" provided (in literalinclude)': "listings by name",
    "Cross reference target was not found: term-*": "terms in another form",
    "'frontmatter' extra key ignored: myst": "descriptions of pages",
}


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """What mystmd says about each chapter: [(chapter, message)]."""
    myst = shutil.which("myst") or (OWN if OWN.exists() else None)
    if not myst:
        pytest.skip("Expected mystmd, from `npm ci --prefix tests/npm`. Received: no command myst")
    folder = tmp_path_factory.mktemp("book")
    for name in ("chapters", "book", "code"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_*"))
    (folder / "myst.yml").write_text(PROJECT, encoding="utf-8")
    command = [myst, "build", "--site"]
    quiet = os.environ | {"NO_COLOR": "1", "CI": "1"}
    found = subprocess.run(command, cwd=folder, env=quiet, capture_output=True, text=True, timeout=300)
    assert (folder / "_build" / "site" / "content" / "training-steps.json").exists(), found.stdout
    said = re.findall(r"^\W+(chapters/[\w-]+\.md)\S* +(.+)$", found.stdout + found.stderr, re.M)
    return [(chapter, re.sub(r"(?<=term-).+", "*", message.split(" (at ")[0])) for chapter, message in said]


def test_nothing_but_what_is_listed_stands_in_the_way(messages):
    unknown = {said for said in messages if said[1] not in LACKS and "unknownSymbol" not in said[1]}
    assert sorted(unknown) == []


def test_what_is_listed_is_needed(messages):
    assert set(LACKS) == {message for _, message in messages} & set(LACKS)


def test_the_guide_lists_each():
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [what for what in LACKS.values() if f"| {what} |" not in guide] == []
