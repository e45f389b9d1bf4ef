"""The label of an equation gives way to its number: in listings of the package, and in the reference.

A docstring says `eq-layer`; a reader of the chapter sees (1.5), the number beside the formula.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from flatten import LABEL


class equation(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A label in the reference, until the number is known."""


def equation_role(_name, _rawtext, text, _line, _inliner, _options=None, _content=()):
    """:equation:`eq-layer`: like `eq`, but no fault where no chapter has that equation yet."""
    return [equation("", text, label=text)], []


class NumberLabels(SphinxPostTransform):
    """Runs when every equation of the book has its number."""

    default_priority = 200

    def run(self, **kwargs):
        """Replace labels in listings; one that names no equation stays as it is."""
        for listing in self.document.findall(nodes.literal_block):
            text = LABEL.sub(self.number, listing.rawsource or listing.astext())
            if text != listing.astext():
                listing.rawsource, listing.children = text, []
                listing += nodes.Text(text)
        for label in list(self.document.findall(equation)):
            label.replace_self(self.reference(label["label"]))

    def reference(self, label):
        """A link to the equation with its number, or the label as it stands."""
        text = nodes.Text(LABEL.sub(self.number, f"({label})"))
        page, _ = self.env.get_domain("math").equations.get(label) or (None, 0)
        here = self.env.docname
        return make_refnode(self.app.builder, here, page, f"equation-{label}", text) if page else text

    def number(self, match):
        """(chapter.k) of the equation that a match names."""
        found = self.env.get_domain("math").equations.get(match[1])
        if not found:
            return match[0]
        page, k = found
        chapter = self.env.toc_secnumbers.get(page, {}).get("", ("",))[0]
        return f"({chapter}.{k})"


def setup(app):
    """Add the transform."""
    app.add_node(equation)
    app.add_role("equation", equation_role)
    app.add_post_transform(NumberLabels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
