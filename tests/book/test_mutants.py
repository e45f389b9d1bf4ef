"""The list of mutants that nothing notices: each entry has its reason, and a function it speaks of."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ENTRIES = yaml.safe_load((ROOT / "tests" / "mutants.yml").read_text(encoding="utf-8"))


def functions():
    """Every function and method of the package by its full name, each with its source."""
    for path in (ROOT / "code" / "byhand").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        module = ".".join(path.relative_to(ROOT / "code").with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(source).body:
            for part in node.body if isinstance(node, ast.ClassDef) else [node]:
                if isinstance(part, ast.FunctionDef):
                    owner = f"{module}.{node.name}" if part is not node else module
                    yield f"{owner}.{part.name}", ast.get_source_segment(source, part)


SOURCES = dict(functions())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["reason"][:40])
def test_an_entry_says_where_what_and_why(entry):
    assert {"becomes", "reason"} <= entry.keys() <= {"in", "was", "becomes", "reason"}
    meant = [source for name, source in SOURCES.items() if re.fullmatch(entry.get("in", ".*"), name)]
    assert any(re.search(entry.get("was", ""), source) for source in meant), "no such line any more"
    assert entry["reason"].endswith(".")
