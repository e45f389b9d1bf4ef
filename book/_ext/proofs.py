"""{proof}: the test of what a page says, shown in a fold; tests/book/test_proofs.py sees that it is one.

Four kinds. Python that can be run as it stands; `:cell:`, lines of a chapter's cell, run with that chapter;
`:contract:`, the label of an equation that the formula tests hold to the package; `:test:`, a function of the
tests, file::name.
"""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(
    r"^ *(?P<mark>`{3,}|:{3,})\{proof\}\n(?P<options>(?: *:\w+:[^\n]*\n)*)(?P<body>.*?)^ *(?P=mark)$",
    re.M | re.S,
)
KINDS = ("cell", "contract", "test")


@dataclass(frozen=True)
class Proof:
    """One proof: what kind, where it lies, and its lines where the page gives them."""

    kind: str
    place: str
    body: str


def proofs_of(page):
    """Every proof of a page, given as text."""
    for match in FENCE.finditer(page):
        option = re.search(r":(\w+): *(\S+)", match["options"])
        kind, place = option.groups() if option else ("code", "")
        yield Proof(kind, place, match["body"])


def cells_with(chapter, lines):
    """The code cells of a chapter that hold these lines, one after the other."""
    cells = jupytext.read(ROOT / "chapters" / f"{chapter}.md").cells
    return [cell for cell in cells if cell.cell_type == "code" and lines.strip() in cell.source]


def source_of(place):
    """The source of a test function, given as file::name; LookupError if there is none."""
    file, _, name = place.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if getattr(node, "name", None) == name:
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    raise LookupError(f"Expected a test in {file}. Received: name={name}")


class ProofDirective(SphinxDirective):
    """A fold with the listing, or a line that leads to the contract."""

    has_content = True
    option_spec = dict.fromkeys(KINDS, directives.unchanged_required)

    def run(self):
        """The Markdown of the fold, parsed."""
        kind = next((kind for kind in KINDS if kind in self.options), "code")
        place = self.options.get(kind, "")
        return self.parse_text_to_nodes(getattr(self, kind)(place, "\n".join(self.content)))

    @staticmethod
    def code(_place, body):
        """Lines to run as they stand."""
        return fold("The test", f"```python\n{body}\n```")

    @staticmethod
    def cell(place, body):
        """Lines of a chapter's cell."""
        where = f"In the run of {{doc}}`../chapters/{place}`:"
        return fold("The test", f"{where}\n\n```python\n{body}\n```")

    @staticmethod
    def contract(place, _body):
        """The equation and its contract."""
        return f"The test: {{eq}}`{place}` is {{ref}}`held to the package <test-{place}>`."

    def test(self, place, _body):
        """The function."""
        self.env.note_dependency(str(ROOT / place.split("::")[0]))
        return fold("The test", f"In `{place.split('::')[0]}`:\n\n```python\n{source_of(place)}\n```")


def fold(title, content):
    """A fold in Markdown, of colons, so that content may have backticks."""
    return f":::::{{dropdown}} {title}\n{content}\n:::::"


def setup(app):
    """Add the directive."""
    app.add_directive("proof", ProofDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
