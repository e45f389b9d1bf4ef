"""In listings of the package, the label of an equation gives way to its number on the page.

A docstring says `eq-layer`; a reader of the chapter sees (1.5), the number beside the formula.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from flatten import LABEL


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
    app.add_post_transform(NumberLabels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
