"""The text alternative of a picture that a cell drew: the cell's own, or else the words that the run gave.

`plots` says in words what it drew, and `notebook.prepare` makes that the first line of the output's text,
`alt: …`. Sphinx keeps the text beside the picture until it chooses one of the two for a page; until then the
words can be read there, whether the output comes from notebooks/ or from a run of its own.
"""

from docutils import nodes
from sphinx.util import logging

MARK = "alt: "


def add(app, document):
    """Give every picture of an output its words; a picture without any is a warning."""
    for bundle in document.findall(_is_bundle):
        for picture in bundle.findall(nodes.image):
            if not picture.get("alt"):
                picture["alt"] = words(bundle)
            if not picture["alt"]:
                logging.getLogger(__name__).warning("a picture without a text alternative", location=bundle)


def words(bundle):
    """What the output's text says after `alt: `, or an empty string."""
    for part in bundle.children:
        first = part.astext().strip().partition("\n")[0]
        if part["mime_type"] == "text/plain" and first.startswith(MARK):
            return first.removeprefix(MARK)
    return ""


def _is_bundle(node):
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


def setup(app):
    """Read each page once it is parsed."""
    app.connect("doctree-read", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
