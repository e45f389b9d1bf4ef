"""Set every formula as MathML while the book is built: no script on the page, nothing to fetch.

Temml (vendored, MIT) turns LaTeX into MathML; it runs in the V8 that the mini-racer wheel carries.
"""

# ruff: noqa: D103
import atexit
import json
from functools import cache
from pathlib import Path

from docutils import nodes
from py_mini_racer import MiniRacer
from sphinx.errors import SphinxError
from sphinx.util.math import get_node_equation_number

MACROS = {r"\R": r"\mathbb{R}", r"\T": r"\top"}


@cache
def engine():
    racer = MiniRacer()
    atexit.register(racer.close)  # left to the garbage collector, V8 hangs Python 3.13 on its way out
    racer.eval(Path(__file__).with_name("temml.min.js").read_text(encoding="utf-8"))
    return racer


@cache
def to_mathml(latex, display):
    """MathML of one formula; the LaTeX stays inside as an annotation, for copying."""
    options = {"displayMode": display, "throwOnError": True, "annotate": True, "macros": MACROS}
    try:
        return engine().eval(f"temml.renderToString({json.dumps(latex)}, {json.dumps(options)})")
    except Exception as error:
        raise SphinxError(f"Expected LaTeX that Temml can set. Received: {latex!r} ({error})") from None


def visit_inline(self, node):
    self.body.append(to_mathml(node.astext(), False))
    raise nodes.SkipNode


def visit_block(self, node):
    self.body.append(self.starttag(node, "div", CLASS="math-block") + to_mathml(node.astext(), True))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append(node.get("mark", "") + "</span>")  # from `equations`, where a test holds it
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("temml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
