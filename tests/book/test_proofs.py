"""Each proof of the back matter is real: its code runs, its cell is in the chapter, its test is there."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import proofs

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "book").glob("*.md"))
ALL = [(page.stem, proof) for page in PAGES for proof in proofs.proofs_of(page.read_text(encoding="utf-8"))]


def of(kind):
    """The proofs of a kind, numbered on their page."""
    return [
        pytest.param(proof, id=f"{page}-{k}") for k, (page, proof) in enumerate(ALL, 1) if proof.kind == kind
    ]


def asserts(code):
    """Whether code can fail: it has an assert of something other than a constant, or expects an error."""
    tree = ast.parse(code)
    real = [n for n in ast.walk(tree) if isinstance(n, ast.Assert) and not isinstance(n.test, ast.Constant)]
    return bool(real)


@pytest.mark.parametrize("proof", of("code"))
def test_its_code_runs(proof):
    assert asserts(proof.body)
    exec(compile(proof.body, "proof", "exec"), {})


@pytest.mark.parametrize("proof", of("cell"))
def test_its_lines_are_in_the_chapter_and_assert(proof):
    assert asserts(proof.body)
    assert len(proofs.cells_with(proof.place, proof.body)) == 1


@pytest.mark.parametrize("proof", of("contract"))
def test_its_equation_has_a_contract(proof):
    contracts = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "tests/equations").glob("contracts_*.py")
    )
    assert f'@contract("{proof.place}"' in contracts


@pytest.mark.parametrize("proof", of("test"))
def test_its_test_is_collected(proof):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", proof.place]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 0
    assert "assert" in proofs.source_of(proof.place)


def test_every_proof_is_of_a_known_kind():
    assert {proof.kind for _, proof in ALL} <= {"code", *proofs.KINDS}
    fences = sum(page.read_text(encoding="utf-8").count("{proof}") for page in PAGES)
    assert fences == len(ALL) > 20


# The page of mistakes

MISTAKES = (ROOT / "book" / "mistakes.md").read_text(encoding="utf-8")


def mistakes():
    """{heading: text} of each mistake."""
    parts = re.split(r"^### (.+)$", MISTAKES, flags=re.M)[1:]
    return [
        pytest.param(text.split("\n## ")[0], id=title)
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    ]


@pytest.mark.parametrize("text", mistakes())
def test_a_mistake_says_why_it_is_believed_what_is_true_and_where(text):
    assert "**Why it is believed.**" in text
    assert "**What is true.**" in text
    assert re.search(r"\]\(\.\./chapters/|\{ref\}`", text), "say where it is treated"
    assert list(proofs.proofs_of(text)), "give its proof"


def test_every_chapter_that_is_there_has_its_mistakes():
    treated = set(re.findall(r"chapters/(\d\d-[\w-]+)", MISTAKES))
    assert sorted(path.stem for path in (ROOT / "chapters").glob("*.md")) == sorted(treated)


# The reader of proofs

TWO = "text\n\n```{proof}\n:cell: 01-one\nassert x == 1\n```\n\n:::{proof}\n\nassert y\n\n:::\n"


def test_proofs_are_read_from_a_page():
    cell, code = proofs.proofs_of(TWO)
    assert (cell.kind, cell.place, cell.body.strip()) == ("cell", "01-one", "assert x == 1")
    assert (code.kind, code.body.strip()) == ("code", "assert y")


@pytest.mark.parametrize(("code", "real"), [("assert x", True), ("assert True", False), ("x = 1", False)])
def test_a_proof_must_be_able_to_fail(code, real):
    assert asserts(code) is real


def test_lines_that_no_cell_has_are_not_found():
    assert proofs.cells_with("01-training-steps", "assert math.ceil(5000 / 32) == 157")
    assert not proofs.cells_with("01-training-steps", "assert math.ceil(5000 / 32) == 158")


def test_a_test_that_is_not_there_is_refused():
    with pytest.raises(LookupError, match=r"Expected a test in .* Received: name=nothing"):
        proofs.source_of("tests/book/test_proofs.py::nothing")
