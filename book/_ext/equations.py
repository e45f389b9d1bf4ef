"""Show what the formula tests found: a mark beside each equation they hold, and tables in the back matter.

The tests write _build/equations.json (tests/equations/conftest.py); where what they read has changed since,
they are run first. An equation whose test fails has no mark and no row.
"""

import hashlib
import json
import math
import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / "_build" / "equations.json"
SYMBOLS = ROOT / "book" / "symbols.yml"
PAGE = "book/checked"
READ = ("tests/equations/*.*", "book/symbols.yml", "code/byhand/**/*.py")
EQUATION = re.compile(rb"^\$\$\n.*?^\$\$[^\n]*$", re.M | re.S)
UNSHAPED = ("size", "index", "function")
MARK = (
    '<a class="held" href="{href}" title="Held to {by}: {caught} misprints caught">'
    '<span aria-hidden="true">✓</span><span class="visually-hidden">Tested: equation {number}</span></a>'
)


def refresh(app):
    """Run the formula tests if they would read something else than when they found what they found."""
    noted = FOUND.with_suffix(".sha256")
    if not noted.exists() or noted.read_text() != standing():
        command = [sys.executable, "-m", "pytest", "tests/equations/test_contracts.py", "--quiet"]
        subprocess.run(
            command, cwd=ROOT, env=os.environ | {"PYTEST_ADDOPTS": ""}, capture_output=True, check=False
        )
        noted.parent.mkdir(exist_ok=True)
        noted.write_text(standing())


def standing():
    """SHA-256 of what the formula tests found and of all they read: of a chapter, its equations."""
    sha = hashlib.sha256(FOUND.read_bytes() if FOUND.exists() else b"")
    for path in sorted({path for pattern in READ for path in ROOT.glob(pattern) if path.is_file()}):
        sha.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    for chapter in sorted(ROOT.glob("chapters/*.md")):
        sha.update(b"\0".join([chapter.stem.encode(), *EQUATION.findall(chapter.read_bytes())]))
    return sha.hexdigest()


def findings():
    """{label: what its tests found}, for those that have passed both."""
    found = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.exists() else {}
    return {label: held for label, held in found.items() if {"difference", "caught"} <= held.keys()}


def symbols():
    """The table of symbols, group by group."""
    return yaml.safe_load(SYMBOLS.read_text(encoding="utf-8"))


def mark(app, doctree, docname):
    """Give each equation with a contract its mark; `temml` sets it beside the number."""
    if app.builder.format != "html" or PAGE not in app.env.found_docs:
        return
    found = findings()
    for node in doctree.findall(nodes.math_block):
        label = node.get("label")
        if label in found:
            href = f"{app.builder.get_relative_uri(docname, PAGE)}#held-{label}"
            by = ", ".join(found[label]["by"])
            node["mark"] = MARK.format(href=href, by=by, number=label, caught=found[label]["caught"])


def shape(symbol):
    """(m, K) in mathematics; nothing for a single number."""
    sides = symbol.get("shape", ())
    return rf"\;({', '.join(map(str, sides))}{',' * (len(sides) == 1)})" if sides else ""


def below(difference):
    """A difference as the power of ten it stays below."""
    return f"$10^{{{math.floor(math.log10(difference)) + 1}}}$" if difference else "0"


class Rows(SphinxDirective):
    """A table whose cells are Markdown."""

    header: tuple = ()

    def table(self, rows):
        """A table of {id or None: cells}."""
        group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in self.header), cols=len(self.header))
        group += nodes.thead("", self.row(self.header))
        group += nodes.tbody("", *(self.row(cells, name) for name, cells in rows))
        return nodes.table("", group)

    def row(self, cells, name=None):
        """One row, with an id to link to."""
        row = nodes.row("", *(nodes.entry("", *self.parse_text_to_nodes(cell)) for cell in cells))
        row["ids"] += [name] if name else []
        return row

    def run(self):
        """What the page shows, made again whenever tests or symbols change."""
        for path in (FOUND, SYMBOLS):
            self.env.note_dependency(str(path))
        return list(self.content_of(findings(), symbols()))


class HeldEquations(Rows):
    """{held-equations}: every equation with a contract, chapter by chapter."""

    header = ("Equation", "Symbols and shapes", "Held to", "Largest difference", "Misprints caught")

    def content_of(self, found, groups):
        """One table."""
        rows = {row["code"]: row for group in groups.values() for row in group}
        order = sorted(found, key=lambda label: found[label]["place"])
        yield self.table([(f"held-{label}", self.cells(label, found[label], rows)) for label in order])

    @staticmethod
    def cells(label, held, rows):
        """The five cells of an equation."""
        used = [rows[code] for code in held["symbols"] if rows[code].get("values") not in UNSHAPED]
        shapes = ", ".join(f"${row.get('entry') or row['latex']}{shape(row)}$" for row in used)
        by = ", ".join(name.removeprefix("byhand.") for name in held["by"])
        caught = f"{held['caught']} of {held['misprints']}"
        return f"{{eq}}`{label}`", shapes, f"{{ref}}`{by} <test-{label}>`", below(held["difference"]), caught


class Contracts(SphinxDirective):
    """{contracts}: the tests themselves, as they are written."""

    def run(self):
        """A listing each, in a fold a chapter."""
        self.env.note_dependency(str(FOUND))
        held = sorted(findings().items(), key=lambda pair: pair[1]["place"])
        text = []
        for chapter, contracts in groupby(held, lambda pair: pair[1]["chapter"]):
            listings = [f"(test-{label})=\n```python\n{found['source']}```" for label, found in contracts]
            text += [f"::::{{dropdown}} {title(chapter)}", "\n\n".join(listings), "::::", ""]
        return self.parse_text_to_nodes("\n".join(text))


def title(chapter):
    """The heading of a chapter."""
    text = (ROOT / "chapters" / f"{chapter}.md").read_text(encoding="utf-8")
    return re.search(r"^# (.+)$", text, re.M)[1]


class Notation(Rows):
    """{notation}: every symbol, group by group, and the equations that use it."""

    header = ("Symbol", "Meaning", "Shape", "In code", "Equations")

    def content_of(self, found, groups):
        """A heading and a table each."""
        for title, rows in groups.items():
            yield nodes.rubric("", title)
            yield self.table([(None, self.cells(row, found)) for row in rows])

    @staticmethod
    def cells(row, found):
        """The five cells of a symbol."""
        forms = [latex for latex in (row["latex"], row.get("entry")) if latex]
        used = sorted(
            (held["place"], label) for label, held in found.items() if row["code"] in held["symbols"]
        )
        return (
            ", ".join(f"${latex}$" for latex in forms),
            row["meaning"],
            f"${shape(row)}$" if shape(row) else "",
            f"`{row['code']}`",
            ", ".join(f"{{eq}}`{label}`" for _, label in used),
        )


def setup(app):
    """Before the build the tests; then marks and tables."""
    app.add_directive("held-equations", HeldEquations)
    app.add_directive("contracts", Contracts)
    app.add_directive("notation", Notation)
    app.connect("builder-inited", refresh)
    app.connect("doctree-resolved", mark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
